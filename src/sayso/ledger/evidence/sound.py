"""Sound: whether the ledger's own file is whole as SQLite sees it, and holds sayso's tables and nothing else."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.ledger import schema, search

_MOST = 20
"""Sentences of SQLite that are passed on; a damaged page can give thousands."""


def sound(connection: sqlite3.Connection, name: str, quick: bool) -> Iterator[str]:
    """What is wrong with the file `name`; `quick`: indices are not held against their tables."""
    check = "quick_check" if quick else "integrity_check"
    for (said,) in connection.execute(f"PRAGMA {check}({_MOST})"):
        if said != "ok":
            yield f"{name}: is damaged: {' '.join(str(said).split())}"
    orphans = Counter((table, parent) for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"))
    for (table, parent), count in orphans.items():
        rows = "1 row points" if count == 1 else f"{count} rows point"
        yield f"{table}: {rows} to a row of {parent} that is not there"
    ours, found = _schema(_fresh()), _schema(connection)
    for kind, what, _ in sorted(found - ours, key=str):
        yield f"{name}: the {kind} {what} is none of sayso's: it was put in or changed"
    for kind, what, _ in sorted(ours - found, key=str):
        yield f"{name}: the {kind} {what} is not there as sayso makes it"


def _fresh() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(made, Path("memory"))
    search.prepare(made)
    return made


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
    return {(kind, name, sql) for kind, name, sql in rows}
