"""Rest: the tables whose rows no entry of the log names one by one; a sum over each is kept, and the log names that.

A sum adds up a digest of 2,048 bits for each row, whatever order they came in, so that a row more or less moves it
without the others being read (AdHash: Bellare and Micciancio, EUROCRYPT 1997; so long because of Wagner, CRYPTO 2002).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator

from sayso.errors import LedgerError
from sayso.ledger.connection import transaction
from sayso.ledger.digests import canonical, digest
from sayso.ledger.evidence.merkle import Frontier, leaf_hash
from sayso.ledger.log import Log

CACHES = ("vectors", "embeddings", "kept")
"""What can be made again from what the log names."""
TABLES = (*CACHES, "speakers", "failures", "watched", "state")
CHECKPOINTS = "checkpoints"
"""Named, too, but for the one that signs the entry that names them."""
KIND = "rest"
_GLOB = f'*"kind":"{KIND}"*'
BEFORE = "before_rest"
"""Row of `state`: the log's frontier before the newest entry that names the sums."""
_NAMED = ("origin", "vkey", "frontier", BEFORE)
"""Rows of `state` that are held against the log itself."""
_BYTES = 256
_Value = str | int | float | bytes | None


class Rest:
    """Names the sums in the log, within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, log: Log) -> None:
        self._connection = connection
        self._log = log
        self._begun = ""

    def begin(self) -> None:
        """A transaction begins: what the sums are before it is what must have been named."""
        self._begun = whole(self._connection)

    def seal(self) -> None:
        """Name the sums as they stand, when the log grew or they moved.

        What is added is signed together with all before it. So raises LedgerError when the sums that this transaction
        found are not those that were named last, or when the entry that names them is not the one that was signed.
        """
        told, entry = self._told()
        if told == whole(self._connection) == self._begun and not self._log.grew:
            return
        if told is not None and (told != self._begun or not self._is_signed(entry)):
            what = "`sayso verify --renew` puts that right when nothing else was altered; else restore a copy"
            raise LedgerError(f"nothing is written, since the table `sums` is not as it was signed: {what}")
        self._add_checkpoints(entry)
        self._log.put(BEFORE, self._log.frontier().pack())
        self._log.append({"kind": KIND, "digest": whole(self._connection)})

    def restore(self) -> None:
        """Put right altered sums of rows that nobody altered; of others they stay as they are, and `seal` raises."""
        told, entry = self._told()
        sums = {CHECKPOINTS: total(self._connection, CHECKPOINTS, entry)}
        sums |= {table: total(self._connection, table) for table in TABLES}
        if told == _digest_of(sums.items()):
            with transaction(self._connection):
                self._connection.execute("DELETE FROM sums")
                self._connection.executemany("INSERT INTO sums VALUES (?, ?)", sums.items())

    def _is_signed(self, entry: int) -> bool:
        """Whether an entry is the one that the signed log has there: the frontier before it, and all since, make it."""
        before = self._log.get(BEFORE)
        frontier = Frontier.unpack(before) if before else Frontier()
        if frontier.size != entry:
            return False
        size, root = self._log.signed()
        sql = "SELECT leaf FROM log WHERE entry >= ? AND entry < ? ORDER BY entry"
        for (leaf,) in self._connection.execute(sql, (entry, size)):
            frontier.append(leaf_hash(str(leaf).encode()))
        return frontier.size == size and frontier.root() == root

    def _add_checkpoints(self, entry: int) -> None:
        """Add those that were signed since the sums were named last, in that entry."""
        rows = self._connection.execute("SELECT size, note FROM checkpoints WHERE size > ?", (entry,))
        before = kept(self._connection, CHECKPOINTS) or b""
        now = _packed(int.from_bytes(before, "big") + sum(_digest(CHECKPOINTS, row) for row in rows))
        self._connection.execute("UPDATE sums SET sum = ? WHERE name = ?", (now, CHECKPOINTS))

    def _told(self) -> tuple[str | None, int]:
        """The digest that was named last, and the entry; None and -1 where there is none."""
        sql = "SELECT leaf, entry FROM log WHERE leaf GLOB ? ORDER BY entry DESC LIMIT 1"
        found = self._connection.execute(sql, (_GLOB,)).fetchone()
        return (str(json.loads(found[0])["digest"]), int(found[1])) if found else (None, -1)


def whole(connection: sqlite3.Connection) -> str:
    """One digest over all sums."""
    return _digest_of(connection.execute("SELECT name, sum FROM sums"))


def _digest_of(sums: Iterable[tuple[str, bytes]]) -> str:
    return digest(canonical(sorted([name, bytes(sum_).hex()] for name, sum_ in sums)))


def kept(connection: sqlite3.Connection, table: str) -> bytes | None:
    """The sum of a table as it was kept; None where there is none."""
    found = connection.execute("SELECT sum FROM sums WHERE name = ?", (table,)).fetchone()
    return found[0] if found else None


def begun(connection: sqlite3.Connection) -> bool:
    """Whether there are sums, or the log tells of any."""
    sql = "SELECT 1 FROM sums UNION ALL SELECT 1 FROM log WHERE leaf GLOB ? LIMIT 1"
    return connection.execute(sql, (_GLOB,)).fetchone() is not None


def prepare(connection: sqlite3.Connection) -> None:
    """Have every change of the tables move their sums, as long as the connection is open.

    Tables of a ledger that has no sums yet are added up first; from then on the log covers them.
    """
    connection.create_function("moved", -1, _moved, deterministic=True)
    # A row that is replaced counts as taken out, too.
    connection.execute("PRAGMA recursive_triggers = ON")
    if not begun(connection):
        with transaction(connection):
            rows = [(CHECKPOINTS, _packed(0)), *((table, total(connection, table)) for table in TABLES)]
            connection.executemany("INSERT INTO sums VALUES (?, ?)", rows)
    for table in TABLES:
        for statement in _triggers(connection, table):
            connection.execute(statement)


def total(connection: sqlite3.Connection, table: str, entry: int = -1) -> bytes:
    """The sum over the rows of a table as they stand; of checkpoints, over those before the `entry` that names them.

    Raises ValueError or TypeError on text that is none.
    """
    of = {
        "state": f"* FROM state WHERE key NOT IN {_NAMED}",
        CHECKPOINTS: f"size, note FROM checkpoints WHERE size <= {entry}",
    }
    rows = connection.execute(f"SELECT {of.get(table, f'* FROM {table}')}")
    return _packed(sum(_digest(table, row) for row in rows))


def empty(connection: sqlite3.Connection, *tables: str) -> None:
    """Empty tables, whatever they hold, and begin their sums anew; the caller holds the transaction."""
    for table in tables:
        connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE sums SET sum = ? WHERE name = ?", (_packed(0), table))


def _triggers(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [str(name) for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    for event, signs in (("INSERT", {"NEW": 1}), ("DELETE", {"OLD": -1}), ("UPDATE", {"OLD": -1, "NEW": 1})):
        found = "sum"
        for row, sign in signs.items():
            found = f"moved({found}, {sign}, '{table}', {', '.join(f'{row}.{column}' for column in columns)})"
        when = f"WHEN {next(iter(signs))}.key NOT IN {_NAMED}" if table == "state" else ""
        yield f"""CREATE TEMP TRIGGER {table}_{event.lower()} AFTER {event} ON main.{table} {when}
                  BEGIN UPDATE sums SET sum = {found} WHERE name = '{table}'; END"""


def _moved(before: bytes, sign: int, table: str, *row: _Value) -> bytes:
    return _packed(int.from_bytes(before, "big") + sign * _digest(table, row))


def _packed(sum_: int) -> bytes:
    return (sum_ % (1 << 8 * _BYTES)).to_bytes(_BYTES, "big")


def _digest(table: str, row: tuple[_Value, ...]) -> int:
    told = [[hashlib.sha256(value).hexdigest()] if isinstance(value, bytes) else value for value in row]
    return int.from_bytes(hashlib.shake_256(canonical([table, *told])).digest(_BYTES), "big")
