"""Asked: rows of one ledger, and the article, story or judgement that an id, or the beginning of one, means."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import process

from sayso.documents.nouns import first_id
from sayso.errors import NotFound
from sayso.ledger.connection import plainly
from sayso.ledger.rows import Row

_ANOTHER = re.compile(r"(.+)(-[0-9]+)")
"""The beginning of the id of another text at an address: "3f2a-2"."""


class Asked:
    """What every part of a view asks by."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def _count(self, what: str, *values: str) -> int:
        return int(next(self._rows(f"SELECT count(*) FROM {what}", *values))[0])

    def _state(self, key: str) -> int:
        return int(self._text(key))

    def _text(self, key: str) -> str:
        return str(next(self._rows("SELECT value FROM state WHERE key = ?", key))[0])

    def _rows(self, sql: str, *values: object) -> Iterator[Row]:
        with plainly(self._path):
            # Not `yield from`: it would close the cursor, which fails once the view is closed.
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row

    def _article(self, id: str) -> str:
        if next(self._rows("SELECT 1 FROM versions WHERE id = ?", id), None):
            return id
        return only(id, [row[0] for row in self._rows("SELECT id FROM versions WHERE current")], "article")


def only(id: str, ids: list[str], kind: str) -> str:
    """The one of `ids` that is `id` or begins with it. Raises NotFound, naming what comes near."""
    if id in ids:
        return id
    beginning = sorted(known for known in ids if id and known.startswith(id))
    if not beginning and (split := _ANOTHER.fullmatch(id)):
        beginning = sorted(known for known in ids if known.startswith(split[1]) and known.endswith(split[2]))
    # "…-2" is another text at the address of "…", which is the one that its beginning names.
    if len(beginning) == 1 or (beginning and {*map(first_id, beginning)} == {beginning[0]}):
        return beginning[0]
    if beginning:
        some = ", ".join(sorted(beginning)[:5])
        raise NotFound(f"{len(beginning)} ids begin with {id!r}, among them {some}: give more of it")
    raise NotFound(missing(kind, id, ids))


def missing(kind: str, name: str, known: list[str]) -> str:
    """That nothing answers to a name, with what comes near it."""
    near = [found for found, _, _ in process.extract(name, known, limit=3, score_cutoff=50)]
    return f"no {kind} {name!r} in the ledger" + (f"; nearest: {', '.join(near)}" if near else "")
