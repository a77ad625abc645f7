"""Embeddings in the ledger, and the search by meaning over them: flat and exact, no index to keep."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sayso.errors import LedgerError
from sayso.ledger.nouns import Embeddings, Hit
from sayso.text.span import Span

_STORED = np.dtype("<f4")


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
    return Embeddings(model, kept, np.frombuffer(vectors, dtype=_STORED).reshape(len(kept), -1))


def nearest(rows: Iterable[tuple[str, str, str, bytes]], vector: ArrayLike, limit: int) -> list[Hit]:
    """The versions with the part nearest to `vector` (d,), best first, one hit each.

    Rows are (id, digest, spans, vectors). Raises LedgerError when the vectors are of another size.
    """
    wanted = np.asarray(vector, dtype=_STORED)
    owners = [row for row in rows if row[3]]
    if not owners:
        return []
    _, _, spans, vectors = owners[0]
    if len(vectors) != len(json.loads(spans)) * wanted.nbytes:
        raise LedgerError(f"the ledger's vectors are not of size {len(wanted)}")
    firsts = np.cumsum([0, *(len(row[3]) // wanted.nbytes for row in owners)])
    flat = np.frombuffer(b"".join(row[3] for row in owners), dtype=_STORED)
    scores: NDArray[np.float32] = flat.reshape(firsts[-1], -1) @ wanted
    best = np.maximum.reduceat(scores, firsts[:-1])
    hits = []
    for i in np.argsort(-best, kind="stable")[:limit].tolist():
        id_, digest, spans, _ = owners[i]
        part = int(np.argmax(scores[firsts[i] : firsts[i + 1]]))
        hits.append(Hit(id_, digest, Span(*json.loads(spans)[part]), (), float(best[i])))
    return hits
