"""Index: a CDXJ file beside each WARC file of the archive, for replay tools; made anew from the archive at any time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sayso.documents.warcs.cdxj import lines
from sayso.ledger import folders
from sayso.ledger.connection import files_plainly

SUFFIX = ".cdxj"


def bring_up_to_date(connection: sqlite3.Connection, archive: Path) -> list[Path]:
    """Index what the index files do not hold yet; the files written. Raises LedgerError when one cannot be."""
    written: list[Path] = []
    files = connection.execute("SELECT file, max(start + length) FROM records GROUP BY file ORDER BY file").fetchall()
    for file, end in files:
        path = index_of(archive / file)
        ends = {line: _end(line) for line in _lines_of(path)}
        known = ends.keys() if all(ends.values()) else ()
        first = max((ends[line] for line in known), default=0)
        if first < end:
            new = list(_lines(connection, archive, file, first))
            with files_plainly(archive):
                folders.replace(path, "".join(f"{line}\n" for line in sorted({*known, *new})).encode())
            written.append(path)
    return written


def index_of(file: Path) -> Path:
    """Where the index of a WARC file lies."""
    return file.with_name(file.name.split(".")[0] + SUFFIX)


def _lines_of(path: Path) -> list[str]:
    # Addresses may hold characters that end a line for Python, and for nobody else.
    return path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1] if path.exists() else []


def _end(line: str) -> int:
    """The byte after the record that a line tells; 0 for a line that says neither: then all is indexed anew."""
    try:
        told = json.loads(line.split(" ", 2)[2])
        return int(told["offset"]) + int(told["length"])
    except (IndexError, ValueError, KeyError):
        return 0


def _lines(connection: sqlite3.Connection, archive: Path, file: str, first: int) -> Iterator[str]:
    sql = "SELECT start, length FROM records WHERE file = ? AND start + length > ? ORDER BY start"
    with files_plainly(archive), (archive / file).open("rb") as stored:
        for start, length in connection.execute(sql, (file, first)):
            stored.seek(start)
            yield from lines(stored.read(length), file, start)
