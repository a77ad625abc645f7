"""Indexed: whether the CDXJ files beside the archive say what its records say; asked of an archive that is whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sayso.ledger.archive import FOLDER
from sayso.ledger.evidence.claims import BROKEN
from sayso.ledger.index import index_of


def indexed(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """What is wrong in the index files of the ledger in `folder`; records that came after the last index are not."""
    from sayso.documents.warcs.cdxj import lines

    for (file,) in connection.execute("SELECT DISTINCT file FROM records ORDER BY file").fetchall():
        path = index_of(folder / FOLDER / file)
        if not path.exists():
            continue
        told = path.read_bytes().splitlines()
        made: dict[bytes, int] = {}
        with (folder / FOLDER / file).open("rb") as stored:
            sql = "SELECT start, length FROM records WHERE file = ? ORDER BY start"
            for start, length in connection.execute(sql, (file,)):
                stored.seek(start)
                made |= {line.encode(): start for line in lines(stored.read(length), file, start)}
        yield from _held(f"{FOLDER}/{path.name}", told, made)


def _held(name: str, told: list[bytes], made: dict[bytes, int]) -> Iterator[str]:
    seen: set[bytes] = set()
    for number, line in enumerate(told, 1):
        if line not in made or line in seen:
            yield f"{name}: line {number} is not what the archive gives: it was changed or doubled; delete the file"
            return
        seen.add(line)
    end = max((made[line] for line in seen), default=-1)
    for line, start in made.items():
        if line not in seen and start <= end:
            yield f"{name}: a line about {_url(line)} is gone: delete the file, and it is made anew"
            return


def _url(line: bytes) -> str:
    try:
        return str(json.loads(line.split(b" ", 2)[2])["url"])
    except BROKEN:
        return "a record"
