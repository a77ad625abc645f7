"""Embeddings in the ledger, and the search by meaning over them: flat and exact, no index to keep."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from sayso.errors import LedgerError
from sayso.ledger.nouns import Embeddings, Hit
from sayso.text.span import Span

if TYPE_CHECKING:
    from sayso.ledger.nouns import Vectors

_STORED = np.dtype("<f4")
_CHUNK = 32 * 2**20  # bytes of vectors held at a time


def put(connection: sqlite3.Connection, number: int, embeddings: Embeddings) -> None:
    """Keep a version's vectors of one model, in the place of older ones; the caller holds the transaction."""
    vectors = np.ascontiguousarray(embeddings.vectors, dtype=_STORED)
    if vectors.ndim != 2 or len(vectors) != len(embeddings.spans):
        raise LedgerError(f"{len(embeddings.spans)} spans do not fit vectors of shape {vectors.shape}")
    row = (number, embeddings.model, json.dumps(embeddings.spans), vectors.tobytes())
    connection.execute("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?)", row)


def get(model: str, spans: str, vectors: bytes) -> Embeddings:
    """The inverse of `put`, from the columns of one row."""
    kept = tuple(Span(*span) for span in json.loads(spans))
    return Embeddings(model, kept, np.frombuffer(vectors, dtype=_STORED).reshape(len(kept), -1 if kept else 0))


def recall(connection: sqlite3.Connection, model: str, digests: Iterable[str]) -> dict[str, Vectors]:
    """The vectors (d,) that `model` made of texts with these digests, as far as they are kept."""
    sql = "SELECT digest, vector FROM vectors WHERE model = ? AND digest IN (SELECT value FROM json_each(?))"
    rows = connection.execute(sql, (model, json.dumps(list(digests))))
    return {digest: np.frombuffer(vector, dtype=_STORED) for digest, vector in rows}


def remember(connection: sqlite3.Connection, model: str, vectors: Mapping[str, Vectors]) -> None:
    """Keep vectors by the digest of their text; the caller holds the transaction."""
    rows = ((model, digest, np.ascontiguousarray(v, dtype=_STORED).tobytes()) for digest, v in vectors.items())
    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)


def nearest(connection: sqlite3.Connection, vector: ArrayLike, model: str, limit: int) -> list[Hit]:
    """The current versions with the part nearest to `vector` (d,), best first, one hit each.

    Raises LedgerError when the vectors are of another size.
    """
    wanted = np.asarray(vector, dtype=_STORED)
    best: list[tuple[float, int, int]] = []
    for numbers, firsts, vectors in _chunks(connection, model, wanted.nbytes):
        best = sorted([*best, *_best(numbers, firsts, vectors @ wanted, limit)])[:limit]
    return [_hit(connection, model, number, part, -score) for score, number, part in best]


def _chunks(connection: sqlite3.Connection, model: str, size: int) -> Iterator[tuple[list[int], list[int], Vectors]]:
    """The vectors a few thousand at a time: numbers of versions, the row at which each begins, the rows."""
    sql = """SELECT e.version, e.vectors FROM embeddings AS e JOIN versions AS v ON v.number = e.version
             WHERE v.current AND e.model = ? AND length(e.vectors) ORDER BY e.version"""
    if not _fit(connection, model, size):
        raise LedgerError(f"the ledger's vectors are not of size {size // _STORED.itemsize}")
    numbers, firsts, flat = list[int](), list[int](), bytearray()
    for number, vectors in connection.execute(sql, (model,)):
        if len(flat) + len(vectors) > _CHUNK and numbers:
            yield numbers, firsts, np.frombuffer(flat, dtype=_STORED).reshape(-1, size // _STORED.itemsize)
            numbers, firsts, flat = [], [], bytearray()
        numbers.append(number)
        firsts.append(len(flat) // size)
        flat += vectors
    if numbers:
        yield numbers, firsts, np.frombuffer(flat, dtype=_STORED).reshape(-1, size // _STORED.itemsize)


def _fit(connection: sqlite3.Connection, model: str, size: int) -> bool:
    """Whether the vectors have `size` bytes each, judged by one version's: a model has one size."""
    sql = "SELECT length(vectors), json_array_length(spans) FROM embeddings WHERE model = ? AND length(vectors) LIMIT 1"
    length, spans = connection.execute(sql, (model,)).fetchone() or (0, 0)
    return bool(length == spans * size)


def _best(numbers: list[int], firsts: list[int], scores: Vectors, limit: int) -> Iterator[tuple[float, int, int]]:
    """(-score, version, part) of the best versions of a chunk."""
    highest = np.maximum.reduceat(scores, firsts)
    ends = [*firsts[1:], len(scores)]
    for i in np.argsort(-highest, kind="stable")[:limit].tolist():
        yield -float(highest[i]), numbers[i], int(np.argmax(scores[firsts[i] : ends[i]]))


def _hit(connection: sqlite3.Connection, model: str, number: int, part: int, score: float) -> Hit:
    sql = """SELECT v.id, v.digest, e.spans FROM embeddings AS e JOIN versions AS v ON v.number = e.version
             WHERE e.version = ? AND e.model = ?"""
    id_, digest, spans = connection.execute(sql, (number, model)).fetchone()
    return Hit(id_, digest, Span(*json.loads(spans)[part]), (), score)
