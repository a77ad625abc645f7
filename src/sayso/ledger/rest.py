"""Rest: the tables whose rows no entry of the log names one by one; a sum over each is kept, and the log names that.

A sum adds up a digest of 2,048 bits for each row, whatever order they came in, so that a row more or less moves it
without the others being read (AdHash: Bellare and Micciancio, EUROCRYPT 1997; so long because of Wagner, CRYPTO 2002).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator

from sayso.errors import LedgerError
from sayso.ledger.connection import transaction
from sayso.ledger.digests import canonical, digest
from sayso.ledger.log import Log

CACHES = ("vectors", "embeddings", "kept")
"""What can be made again from what the log names."""
TABLES = (*CACHES, "failures", "watched", "state")
CHECKPOINTS = "checkpoints"
"""Named, too, but for the one that signs the entry that names them."""
KIND = "rest"
_GLOB = f'*"kind":"{KIND}"*'
_NAMED = ("origin", "vkey", "frontier", "index")
"""Rows of `state` that are held against the log itself, and against the search index."""
_BYTES = 256
_Value = str | int | float | bytes | None


class Rest:
    """Names the sums in the log, within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, log: Log) -> None:
        self._connection = connection
        self._log = log
        self._is_held = False

    def hold(self) -> None:
        """What is added is named together with all before it: so the sums must be those that were named already.

        Raises LedgerError when they are not.
        """
        if self._is_held:
            return
        told, _ = self._told()
        if told is not None and told != whole(self._connection):
            raise LedgerError("nothing is written: the table `sums` is not as it was signed: `sayso verify` says more")
        self._is_held = True

    def seal(self, grew: bool) -> None:
        """Name the sums as they stand, when the log `grew` or they moved since they were named last."""
        told, entry = self._told()
        if grew or whole(self._connection) != told:
            self._add_checkpoints(entry)
            self._log.append({"kind": KIND, "digest": whole(self._connection)})

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
    rows = connection.execute("SELECT name, sum FROM sums ORDER BY name")
    return digest(canonical([[name, bytes(sum_).hex()] for name, sum_ in rows]))


def kept(connection: sqlite3.Connection, table: str) -> bytes | None:
    """The sum of a table as it was kept; None where there is none."""
    found = connection.execute("SELECT sum FROM sums WHERE name = ?", (table,)).fetchone()
    return found[0] if found else None


def prepare(connection: sqlite3.Connection) -> None:
    """Have every change of the tables move their sums, as long as the connection is open.

    Tables of a ledger that has no sums yet are added up first; from then on the log covers them.
    """
    connection.create_function("moved", -1, _moved, deterministic=True)
    # A row that is replaced counts as taken out, too.
    connection.execute("PRAGMA recursive_triggers = ON")
    begun = connection.execute("SELECT 1 FROM sums UNION ALL SELECT 1 FROM log WHERE leaf GLOB ? LIMIT 1", (_GLOB,))
    if begun.fetchone() is None:
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


def forget(connection: sqlite3.Connection) -> None:
    """Empty the caches, whatever they hold, and begin their sums anew; the caller holds the transaction."""
    for table in CACHES:
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
