"""Log: the append-only list of what the ledger took in (RFC 6962); each transaction ends in a signed checkpoint."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from functools import cached_property

from sayso.ledger.digests import canonical
from sayso.ledger.evidence.keys import signer, trust, trusted
from sayso.ledger.evidence.merkle import Frontier, leaf_hash
from sayso.ledger.evidence.note import Checkpoint, Signer

ORIGIN = "sayso/"


class Log:
    """Appends within the caller's transaction; what is rolled back was never in it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def append(self, leaf: Mapping[str, object]) -> int:
        """Add a leaf; returns its entry, counted from 0."""
        written = canonical(leaf)
        frontier = self._frontier()
        entry = frontier.size
        frontier.append(leaf_hash(written))
        self._connection.execute("INSERT INTO log VALUES (?, ?)", (entry, written.decode()))
        self._put("frontier", frontier.pack())
        return entry

    def seal(self) -> None:
        """Sign the log as it stands, when it grew since the last checkpoint. Raises LedgerError without a key."""
        size = self._connection.execute("SELECT coalesce(max(size), 0) FROM checkpoints").fetchone()[0]
        if self._frontier().size == size:
            return
        self._declare_key()
        frontier = self._frontier()
        note = self._signer.sign(Checkpoint(self._origin, frontier.size, frontier.root()).text())
        self._connection.execute("INSERT INTO checkpoints (size, note) VALUES (?, ?)", (frontier.size, note))

    def _declare_key(self) -> None:
        """The first key is taken down; another key than the last one enters the log before it signs."""
        ours, last = self._signer.vkey, self._get("vkey")
        if not last and trusted(self._origin) is None:
            trust(self._origin, ours)
        if last and last != ours:
            self.append({"kind": "key", "vkey": ours, "before": last})
        if last != ours:
            self._put("vkey", ours)

    @cached_property
    def _origin(self) -> str:
        if not self._get("origin"):
            self._put("origin", ORIGIN + secrets.token_hex(8))
        return self._get("origin")

    @cached_property
    def _signer(self) -> Signer:
        return signer(self._origin)

    def _frontier(self) -> Frontier:
        packed = self._get("frontier")
        return Frontier.unpack(packed) if packed else Frontier()

    def _get(self, key: str) -> str:
        found = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def _put(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))
