"""Encoder: texts in any language to vectors; near vectors, near meanings (multilingual-e5-small on ONNX Runtime).

The same text gives the same bytes in every process and beside any other texts: texts of one length run together without
padding, and nothing in the graph looks across texts. Raw cosines live in .7 to .95: compare by `sayso.models.margin`.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from tokenizers import Tokenizer

from sayso.errors import ModelError
from sayso.models import cache, session, vocabulary, weights
from sayso.models.weights import Floats

T = TypeVar("T")
PREFIX = "query: "
"""What the model was trained to see before a text, on both sides of a comparison."""
_TOKENS_AT_ONCE = 1024


class Encoder:
    """`Encoder().embed(texts)`; cheap to make, reads its weights at first use, safe under threads, fork and pickle.

    `threads`: how many each call may use (default: SAYSO_THREADS, else all). `progress(done, total)` is called while
    the graph is made, which happens once per machine. SAYSO_ENCODER names a folder with an official checkpoint.
    """

    def __init__(self, threads: int | None = None, progress: session.Progress | None = None) -> None:
        self.threads = threads if threads is not None else _threads()
        self._progress = progress
        self._folder = os.environ.get("SAYSO_ENCODER") or None
        self._reset()
        _ALIVE.add(self)

    def _reset(self) -> None:
        """Nothing loaded yet; also called in a forked child, where the parent's session and lock are of no use."""
        self._lock = threading.Lock()
        self._loaded: tuple[session.Session, Tokenizer] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return Encoder, (self.threads,)

    @property
    def name(self) -> str:
        """Names weights and graph; whoever keeps embeddings must keep this beside them."""
        return f"e5-{weights.digest(_source(self._folder))}-{session.VERSION}"

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors of the texts, float32 (n, hidden), unit length, in the order given.

        Only the first 512 tokens of a text count. Raises ModelError when there are no weights or they are broken.
        """
        if not texts:
            return np.zeros((0, 384), np.float32)
        return np.stack(self._each(texts, lambda _, hidden: _unit(hidden.mean(axis=0))))

    def states(self, texts: Sequence[str]) -> list[tuple[list[int], Floats]]:
        """Of each text its tokens and what the encoder makes of each, float32 (tokens, hidden); no prefix, no marks.

        Only the first 512 tokens of a text count. Raises ModelError as `embed` does.
        """
        before, after = len(vocabulary.encode(self._load()[1], PREFIX)) - 1, -1
        return self._each(texts, lambda ids, hidden: (ids[before:after], hidden[before:after]))

    def _each(self, texts: Sequence[str], take: Callable[[list[int], Floats], T]) -> list[T]:
        """What `take` makes of the tokens and hidden states (tokens, hidden) of each text, in the order given."""
        loaded, tokenizer = self._load()
        ids = [vocabulary.encode(tokenizer, PREFIX + text) for text in texts]

        def run(batch: list[int]) -> list[tuple[int, T]]:
            hidden = session.run(loaded, np.array([ids[i] for i in batch], np.int64))
            return [(i, take(ids[i], rows)) for i, rows in zip(batch, hidden, strict=True)]

        # Each thread runs its own texts: several in one run of the graph would mostly wait for each other.
        pool = ThreadPoolExecutor(self.threads)
        try:
            found = dict(pair for pairs in pool.map(run, _batches(ids)) for pair in pairs)
        finally:
            pool.shutdown(cancel_futures=True)
        return [found[i] for i in range(len(texts))]

    def _load(self) -> tuple[session.Session, Tokenizer]:
        with self._lock:
            if self._loaded is None:
                path, tokenizer = _model(self._folder, self.name, self._progress)
                self._loaded = session.load(path, 1), tokenizer
            return self._loaded


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / np.sqrt(np.square(vector).sum()), np.float32)


def _threads() -> int:
    given = os.environ.get("SAYSO_THREADS", "")
    if given and not (given.isdecimal() and int(given) > 0):
        raise ModelError(f"SAYSO_THREADS must be a whole number above 0, not {given!r}.")
    return int(given) if given else os.cpu_count() or 1


def _source(folder: str | None) -> Path:
    """The file that decides what the embeddings are."""
    if folder is None:
        return weights.package_file()
    for name in ("model.safetensors", "onnx/model.onnx"):
        if (Path(folder) / name).exists():
            return Path(folder) / name
    raise ModelError(f"SAYSO_ENCODER: {folder} holds neither model.safetensors nor onnx/model.onnx.")


def _model(folder: str | None, name: str, progress: session.Progress | None) -> tuple[Path, Tokenizer]:
    """Path of the graph and the tokenizer; makes and caches the graph when it isn't there yet."""
    source = _source(folder)
    if folder is None:
        tokenizer = vocabulary.from_pieces(weights.read_pieces(source))
    else:
        tokenizer = vocabulary.from_file(Path(folder) / "tokenizer.json")
    if source.suffix == ".onnx":
        return source, tokenizer
    return cache.once(f"{name}.onnx", lambda path: _make(source, path, progress)), tokenizer


def _make(source: Path, path: Path, progress: session.Progress | None) -> None:
    from sayso.models import checkpoint, graph  # onnx is slow to import and needed once only

    official = source.suffix == ".safetensors"
    read = checkpoint.read_checkpoint(source.parent) if official else weights.read_weights(source)
    graph.save(read, path, progress)


def _batches(ids: list[list[int]]) -> list[list[int]]:
    """Indices of texts that run together: the same number of tokens, at most 1024 tokens in all."""
    by_length: dict[int, list[int]] = {}
    for i, tokens in enumerate(ids):
        by_length.setdefault(len(tokens), []).append(i)
    batches = []
    for length, found in sorted(by_length.items()):
        size = max(1, _TOKENS_AT_ONCE // length)
        batches += [found[at : at + size] for at in range(0, len(found), size)]
    return batches


_ALIVE: weakref.WeakSet[Encoder] = weakref.WeakSet()
_ABANDONED: list[Any] = []


def _forget() -> None:
    """In a forked child: the parent's threads are gone, so its sessions are kept unused, never destroyed.

    (ONNX Runtime itself waits for them when a child ends by sys.exit; multiprocessing's children end without that.)
    """
    for encoder in list(_ALIVE):
        _ABANDONED.append(encoder._loaded)
        encoder._reset()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
