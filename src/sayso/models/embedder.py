"""Embedder: what linking asks of an encoder; and Remembered, one that embeds each text only once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from sayso.models.weights import Floats

AT_ONCE = 256
"""Texts that are embedded and kept together: what an interrupted run may lose."""


class Embedder(Protocol):
    """Texts to vectors; `sayso.models.encoder.Encoder` is one."""

    @property
    def name(self) -> str:
        """Names what the vectors depend on."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors of the texts, float32 (n, d), unit length."""


class Memory(Protocol):
    """Where vectors are kept: the ledger."""

    def recall(self, model: str, digests: Iterable[str]) -> Mapping[str, Floats]:
        """The vectors (d,) that are kept of these."""

    def remember(self, model: str, vectors: Mapping[str, Floats]) -> None:
        """Keep vectors (d,) by the digest of their text."""


class Remembered:
    """An embedder that asks `memory` first and embeds what it lacks, kept group by group."""

    def __init__(self, embedder: Embedder, memory: Memory) -> None:
        self._embedder = embedder
        self._memory = memory

    @property
    def name(self) -> str:
        """The name of the embedder itself: the vectors are the same."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors of the texts, in the order given."""
        if not texts:
            return self._embedder.embed(texts)
        digests = [digest(text) for text in texts]
        found = dict(self._memory.recall(self.name, set(digests)))
        unknown = {key: text for key, text in zip(digests, texts, strict=True) if key not in found}
        # Texts of about one length run faster together.
        keys = sorted(unknown, key=lambda key: (len(unknown[key]), key))
        for at in range(0, len(keys), AT_ONCE):
            group = keys[at : at + AT_ONCE]
            made = dict(zip(group, self._embedder.embed([unknown[key] for key in group]), strict=True))
            self._memory.remember(self.name, made)
            found.update(made)
        return np.stack([found[key] for key in digests])


class Prepared:
    """An embedder that holds the vectors of texts that were embedded in one go, which is faster than few by few."""

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self._embedder = embedder
        self._rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        self._vectors = embedder.embed(list(self._rows))

    @property
    def name(self) -> str:
        """The name of the embedder itself: the vectors are the same."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors of the texts, in the order given; of others than those that were prepared too."""
        rows = [self._rows.get(text) for text in texts]
        if None in rows:
            return self._embedder.embed(texts)
        return self._vectors[np.array(rows, np.intp)]


def prepared(texts: Sequence[str], embedder: Embedder | None) -> Embedder | None:
    """`embedder` with the vectors of `texts` at hand; None for None."""
    return Prepared(embedder, texts) if embedder is not None and texts else embedder


def digest(text: str) -> str:
    """What a text is remembered by; half of a surrogate pair counts as it stands."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
