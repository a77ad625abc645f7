"""Searched: whether the search index holds what the versions give: both are brought into one form and compared."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger import search
from sayso.ledger.evidence.claims import BROKEN, Step
from sayso.ledger.evidence.pages import STRUCTURE, WITHIN, leads
from sayso.ledger.rows import VERSION_COLUMNS, version_of
from sayso.ledger.terms import made_by

_PARTS = ("data", "idx", "docsize", "config")
"""The tables that SQLite keeps an index in."""
_RENEW = "`sayso verify --renew` makes it anew"
_TEMPORARY = "the search index cannot be checked in the temporary folder"
_ELSEWHERE = "make room there, or name another by $TMPDIR; `sayso verify --quick` leaves the index out"
_ROOM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
"""What SQLite says where a temporary file cannot be written."""
_BESIDE = (
    "SELECT * FROM {}_docsize ORDER BY id",
    "SELECT * FROM {}_config ORDER BY k",
    "SELECT block FROM {}_data WHERE id = 1",
    f"SELECT substr(block, 1, 4) FROM {{}}_data WHERE id = {STRUCTURE}",
)
"""What an index keeps beside its terms: lengths, settings, totals, and how often the settings changed."""


def searched(connection: sqlite3.Connection, name: str, findings: list[str], notes: list[str], step: Step) -> None:
    """Add to `findings` what is wrong with the search index of the ledger file `name`, and to `notes` what is not.

    An index of other stemmers is not compared. A copy and a new one lie in a temporary folder meanwhile. Raises
    LedgerError when there is no room for them.
    """
    try:
        wrong = _compared(connection, step)
    except OSError as error:
        raise LedgerError(f"{_TEMPORARY} ({error.strerror or error}): {_ELSEWHERE}") from error
    except (sqlite3.DatabaseError, *BROKEN) as error:
        if getattr(error, "sqlite_errorname", "").startswith(_ROOM) or "may not be modified" in str(error):
            raise LedgerError(f"{_TEMPORARY} ({error}): {_ELSEWHERE}") from error
        findings.append(f"{name}: the search index is damaged ({error}): {_RENEW}")
        return
    by = search.index_made_by(connection)
    if wrong and by != made_by():
        notes.append(
            f"the search index was made with {by or 'nothing'} and is not compared: the next writing makes it anew"
        )
    elif wrong:
        what = " and ".join(wrong)
        findings.append(f"{name}: the search index of {what} does not hold what the articles say: {_RENEW}")


def _compared(connection: sqlite3.Connection, step: Step) -> list[str]:
    """The indices that differ from what the versions give."""
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        made, held = Path(folder) / "made", Path(folder) / "held"
        with closing(_made(connection, made, step)) as one, closing(_held(connection, held)) as other:
            return list(_differing(one, other))


def _made(connection: sqlite3.Connection, path: Path, step: Step) -> sqlite3.Connection:
    """An index made anew."""
    made = _empty(path)
    total = connection.execute("SELECT count(*) FROM versions").fetchone()[0]
    made.execute("BEGIN")
    for done, (number, *row) in enumerate(connection.execute(f"SELECT number, {VERSION_COLUMNS} FROM versions")):
        search.index(made, number, version_of(tuple(row)))
        if done % 100 == 0:
            step("checking the search index", done, total)
    made.execute("COMMIT")
    return made


def _held(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A copy of the index as the ledger holds it; SQLite finds it sound."""
    with closing(_empty(path)) as copy:
        copy.execute("BEGIN")
        for table in (f"{index}_{part}" for index in search.INDICES for part in _PARTS):
            copy.execute(f"DELETE FROM {table}")
            rows = connection.execute(f"SELECT * FROM {table}")
            copy.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})", rows)
        copy.execute("COMMIT")
    held = sqlite3.connect(path, isolation_level=None)  # anew: SQLite remembers what an index held
    for index in search.INDICES:
        held.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    return held


def _empty(path: Path) -> sqlite3.Connection:
    made = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF"):
        made.execute(f"PRAGMA {pragma}")
    search.make(made)
    return made


def _differing(made: sqlite3.Connection, held: sqlite3.Connection) -> Iterator[str]:
    """The indices that differ: as a rule one segment each is the same to the byte; if not, place by place is asked."""
    for index in search.INDICES:
        if not leads(held, index):
            yield index
            continue
        for one in (made, held):
            one.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        if not _same(made, held, index):
            yield index


def _same(made: sqlite3.Connection, held: sqlite3.Connection, index: str) -> bool:
    for sql in _BESIDE:
        if not _alike(made.execute(sql.format(index)), held.execute(sql.format(index))):
            return False
    return _alike(_pages(made, index), _pages(held, index)) or _alike(_places(made, index), _places(held, index))


def _alike(some: Iterable[object], others: Iterable[object]) -> bool:
    return all(one == other for one, other in zip_longest(some, others))


def _pages(connection: sqlite3.Connection, index: str) -> sqlite3.Cursor:
    """All of an index but its segments' numbers, of which there is one at last."""
    number = f"iif(id > {STRUCTURE}, id & {WITHIN}, id)"
    return connection.execute(f"SELECT {number}, block FROM {index}_data WHERE id != {STRUCTURE} ORDER BY id")


def _places(connection: sqlite3.Connection, index: str) -> Iterator[tuple[object, ...]]:
    """Each term with every place where it stands."""
    connection.execute(f"CREATE VIRTUAL TABLE temp.{index}_places USING fts5vocab('main', '{index}', 'instance')")
    yield from connection.execute(f"SELECT term, doc, col, offset FROM temp.{index}_places")
