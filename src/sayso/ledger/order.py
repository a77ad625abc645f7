"""Order: which version of an article is the current one: the one captured last, also when the clock went back.

Versions that hold only the beginning of the last whole one before them are passed over (`cut`).
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


def cut(connection: sqlite3.Connection, log: Log, whole: Version, parts: Mapping[int, Version], number: int) -> bool:
    """Pass over the versions `parts`, by their numbers; `whole`, which has this `number`, is not passed over any more.

    True when another version becomes the current one.
    """
    for one, version in {number: whole, **parts}.items():
        of = None if one == number else version_digest(whole)
        sql = "UPDATE versions SET cut = ?1 WHERE number = ?2 AND cut != ?1"
        if connection.execute(sql, (of is not None, one)).rowcount:
            log.append({"kind": "cut", "id": whole.id, "version": version_digest(version), "of": of})
    return _choose(connection, whole.id)


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
