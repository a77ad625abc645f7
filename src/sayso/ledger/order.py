"""Order: which version of an article is the current one: the one captured last, also when the clock went back.

A version that holds only the beginning of the one before it is passed over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sayso.documents.nouns import Version
from sayso.ledger.digests import version_digest
from sayso.ledger.log import Log
from sayso.ledger.rows import VERSION_COLUMNS, version_of


def note(connection: sqlite3.Connection, log: Log, number: int, id: str, captured: str) -> bool:
    """Move a version's time of capture forward; True when another version becomes the current one."""
    seen = _after(connection, number, id, captured)
    sql = "UPDATE versions SET seen = ?1 WHERE number = ?2 AND seen < ?1"
    if connection.execute(sql, (seen, number)).rowcount:
        row = connection.execute(f"SELECT {VERSION_COLUMNS} FROM versions WHERE number = ?", (number,)).fetchone()
        log.append({"kind": "seen", "id": id, "version": version_digest(version_of(row)), "at": seen})
    return _choose(connection, id)


def cut(connection: sqlite3.Connection, log: Log, id: str, parts: Mapping[int, Version]) -> bool:
    """Pass over these versions of an article, each of which holds only the beginning of the one given, and no others.

    True when another version becomes the current one.
    """
    rows = connection.execute(f"SELECT number, cut, {VERSION_COLUMNS} FROM versions WHERE id = ?", (id,)).fetchall()
    for number, was_cut, *row in rows:
        whole = parts.get(number)
        if bool(was_cut) != (whole is not None):
            connection.execute("UPDATE versions SET cut = ? WHERE number = ?", (whole is not None, number))
            of = whole and version_digest(whole)
            log.append({"kind": "cut", "id": id, "version": version_digest(version_of(tuple(row))), "of": of})
    return _choose(connection, id)


def _choose(connection: sqlite3.Connection, id: str) -> bool:
    sql = "SELECT number, current FROM versions WHERE id = ? ORDER BY cut, seen DESC, number DESC LIMIT 1"
    latest, is_current = connection.execute(sql, (id,)).fetchone()
    if is_current:
        return False
    connection.execute("UPDATE versions SET current = 0 WHERE id = ? AND current", (id,))
    connection.execute("UPDATE versions SET current = 1 WHERE number = ?", (latest,))
    return True


def _after(connection: sqlite3.Connection, number: int, id: str, captured: str) -> str:
    """`captured`; where the article's other captures lie ahead of the clock, which went back since, just after them.

    The capture's record and its entry in the log keep the time that the clock told.
    """
    sql = "SELECT max(seen) FROM versions WHERE id = ? AND number != ?"
    (latest,) = connection.execute(sql, (id, number)).fetchone()
    if latest is None or latest <= _now():
        return captured
    return max(captured, (datetime.fromisoformat(latest) + timedelta(seconds=1)).isoformat())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
