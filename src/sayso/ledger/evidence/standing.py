"""Standing: how a log stands, what a witness outside is sent of it, and which of its checkpoints are stamped."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger.evidence.claims import BROKEN, said_by
from sayso.ledger.evidence.merkle import consistency, leaf_hash, root
from sayso.ledger.evidence.note import Checkpoint, parsed
from sayso.ledger.evidence.snapshot import snapshot


@dataclass(frozen=True, slots=True)
class Standing:
    """A log as it stands; nothing of it is checked, which `verify` does."""

    origin: str
    vkey: str
    size: int
    checkpoint: str
    """The note of the newest checkpoint; "" where there is none yet."""
    checkpoints: int
    stamped: tuple[tuple[int, str, bytes], ...]
    """Size, note and time stamp of each checkpoint that has one."""
    kinds: dict[str, int]
    """Kind of entry -> how many."""


def standing(path: Path) -> Standing:
    """How the log of the ledger in the file `path` stands. Raises LedgerError when there is no ledger."""
    with snapshot(path) as connection:
        state = dict(connection.execute("SELECT key, value FROM state WHERE key IN ('origin', 'vkey')"))
        newest = connection.execute("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1").fetchone()
        sql = "SELECT size, note, stamp FROM checkpoints WHERE stamp IS NOT NULL ORDER BY size"
        return Standing(
            origin=str(state.get("origin", "")),
            vkey=str(state.get("vkey", "")),
            size=connection.execute("SELECT count(*) FROM log").fetchone()[0],
            checkpoint=str(newest[0]) if newest else "",
            checkpoints=connection.execute("SELECT count(*) FROM checkpoints").fetchone()[0],
            stamped=tuple((size, str(note), bytes(stamp)) for size, note, stamp in connection.execute(sql)),
            kinds=dict(Counter(map(_kind, connection.execute("SELECT leaf FROM log")))),
        )


def request(path: Path, old: str | None = None) -> str:
    """What is posted to a witness to have the newest checkpoint cosigned (c2sp.org/tlog-witness, add-checkpoint).

    `old`: the note of the checkpoint that the witness knows. Raises LedgerError when the log does not begin with it.
    """
    with snapshot(path) as connection:
        hashes = leaf_hashes(connection)
        newest = connection.execute("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1").fetchone()
    if newest is None:
        raise LedgerError("the log is empty: there is nothing to witness yet")
    size = Checkpoint.parse(parsed(str(newest[0]))[0]).size
    known = None if old is None else Checkpoint.parse(parsed(old)[0])
    if known is not None and (known.size > size or root(hashes[: known.size]) != known.root):
        raise LedgerError(f"the log does not begin with the {known.size} entries of the checkpoint given")
    first = 0 if known is None else known.size
    proof = [base64.b64encode(one).decode() for one in consistency(hashes[:size], first)]
    return "\n".join([f"old {first}", *proof, "", str(newest[0])])


def with_digest(path: Path, digest: bytes) -> tuple[int, str] | None:
    """Size and note of the checkpoint whose note has this SHA-256 (32 bytes), the newest of several."""
    with snapshot(path) as connection:
        for size, note in connection.execute("SELECT size, note FROM checkpoints ORDER BY size DESC"):
            if hashlib.sha256(str(note).encode("utf-8", "surrogateescape")).digest() == digest:
                return int(size), str(note)
    return None


def leaf_hashes(connection: sqlite3.Connection) -> list[bytes]:
    """The hash (32 bytes) of every entry of the log."""
    rows = connection.execute("SELECT leaf FROM log ORDER BY entry")
    return [leaf_hash(str(leaf).encode("utf-8", "surrogateescape")) for (leaf,) in rows]


def _kind(row: tuple[object]) -> str:
    try:
        return str(said_by(row[0])["kind"])
    except BROKEN:
        return "damaged"
