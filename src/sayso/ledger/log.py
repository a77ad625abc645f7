"""Log: the append-only list of what the ledger took in (RFC 6962); each transaction ends in a signed checkpoint."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger.digests import canonical
from sayso.ledger.evidence import memory
from sayso.ledger.evidence.keys import signer, trust, trusted
from sayso.ledger.evidence.merkle import Frontier, leaf_hash
from sayso.ledger.evidence.note import Checkpoint, Signer, Verifier, opened, parsed

ORIGIN = "sayso/"


class Log:
    """Appends within the caller's transaction; what is rolled back was never in it."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._new_origin = ORIGIN + secrets.token_hex(8)
        self._is_held = False

    def append(self, leaf: Mapping[str, object]) -> int:
        """Add a leaf; returns its entry, counted from 0. Raises LedgerError for a log that is not as it was signed."""
        if not self._is_held:
            self._hold()
        written = canonical(leaf)
        frontier = self.frontier()
        entry = frontier.size
        frontier.append(leaf_hash(written))
        self._connection.execute("INSERT INTO log VALUES (?, ?)", (entry, written.decode()))
        self.put("frontier", frontier.pack())
        return entry

    @property
    def grew(self) -> bool:
        """Whether it grew since the last checkpoint."""
        size = self._connection.execute("SELECT coalesce(max(size), 0) FROM checkpoints").fetchone()[0]
        return bool(self.frontier().size != size)

    def signed(self) -> tuple[int, bytes]:
        """Size and root of the log, as the newest checkpoint says; whose signature it is, `append` looks at."""
        told = Checkpoint.parse(parsed(self._newest())[0])
        return told.size, told.root

    def seal(self) -> None:
        """Sign the log as it stands, when it grew since the last checkpoint. Raises LedgerError without a key."""
        if not self.grew:
            return
        self._declare_key()
        frontier = self.frontier()
        note = self._signer.sign(Checkpoint(self._origin, frontier.size, frontier.root()).text())
        self._connection.execute("INSERT INTO checkpoints (size, note) VALUES (?, ?)", (frontier.size, note))
        self._is_held = False

    def _hold(self) -> None:
        """What is added is signed together with all before it: so all before it must be what was signed already."""
        (entries,) = self._connection.execute("SELECT coalesce(max(entry) + 1, 0) FROM log").fetchone()
        note = self._newest()
        origin, last, frontier = self.get("origin"), self.get("vkey"), self.frontier()
        if note or entries or frontier.size or origin or last:
            try:
                signed = Checkpoint.parse(opened(note, [Verifier.from_vkey(last)]))
            except LedgerError as error:
                raise LedgerError(
                    f"nothing is added to the log, whose newest checkpoint does not hold: {error}"
                ) from error
            if signed != Checkpoint(origin, frontier.size, frontier.root()) or entries != frontier.size:
                raise LedgerError(
                    "nothing is added to the log, which is not as it was signed: `sayso verify` says more"
                )
            self._meet(origin, last)
            self._refuse_older(origin, entries)
        self._is_held = True

    def _newest(self) -> str:
        """The note of the newest checkpoint; "" where there is none."""
        found = self._connection.execute("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1").fetchone()
        return str(found[0]) if found else ""

    def _meet(self, origin: str, last: str) -> None:
        """The key that signed last is ours, or the one that this machine knows the log by, if it knows it."""
        known = trusted(origin)
        if last != self._signer.vkey and known not in (None, last):
            what = "if its owner changed it, give the new one once by `sayso verify --key`"
            raise LedgerError(f"the log is signed by {last}, but this machine knows it by {known}: {what}")

    def _refuse_older(self, origin: str, entries: int) -> None:
        """A log put back to an older state would go on otherwise than it did, and both would be signed."""
        known = memory.found_in(self._folder)
        if known and known.origin == origin and known.size > entries:
            raise LedgerError(
                f"nothing is added to the log, which has {entries} entries, since {known.size} were found in it here "
                f"before: it was put back to an older state; if that was meant, delete {known.file}"
            )

    def _declare_key(self) -> None:
        """The first key is taken down; another key than the last one enters the log before it signs."""
        ours, last = self._signer.vkey, self.get("vkey")
        if not last and trusted(self._origin) is None:
            trust(self._origin, ours)
        if last and last != ours:
            self.append({"kind": "key", "vkey": ours, "before": last})
        if last != ours:
            self.put("vkey", ours)

    @property
    def _origin(self) -> str:
        # What is rolled back takes the row with it, so it is looked for each time.
        if not self.get("origin"):
            self.put("origin", self._new_origin)
        return self.get("origin")

    @cached_property
    def _signer(self) -> Signer:
        return signer(self._origin)

    def frontier(self) -> Frontier:
        """The tree as it stands."""
        packed = self.get("frontier")
        return Frontier.unpack(packed) if packed else Frontier()

    def get(self, key: str) -> str:
        """A row of `state`; "" where there is none."""
        found = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def put(self, key: str, value: str) -> None:
        """Keep a row of `state`, in the place of what was."""
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))
