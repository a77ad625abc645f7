"""Texts: every version of a ledger with the captures that it must follow from, and the spans that point into it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sayso.documents.nouns import Capture, Version
from sayso.errors import LedgerError, NotFound
from sayso.extraction.nouns import Reading
from sayso.ledger.archive import Archive
from sayso.ledger.digests import version_digest
from sayso.ledger.evidence.claims import BROKEN, entries
from sayso.ledger.evidence.snapshot import snapshot
from sayso.ledger.rows import VERSION_COLUMNS, unpack, version_of
from sayso.text.span import Span


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as the ledger keeps it."""

    number: int
    version: Version
    reading: Reading
    extractor: str | None
    """What took the text out of the page when it was read last; "" when that was before there was a log; None when the
    log does not tell of this version, which `verify` finds."""
    made_by: str
    captures: tuple[tuple[Capture, ...], ...]
    """For each body that gave this version, the capture under each address that it came from."""
    lost: tuple[str, ...]
    """What stands in the way of the other captures."""


def texts(path: Path) -> Iterator[Kept]:
    """All versions of the ledger in the file `path`, current ones and earlier ones. Raises LedgerError."""
    with snapshot(path) as connection:
        archive, told = Archive(connection, path.parent), _told(connection)
        sql = f"SELECT number, found, {VERSION_COLUMNS} FROM versions JOIN readings ON version = number ORDER BY number"
        for number, found, *row in connection.execute(sql):
            version = version_of(tuple(row))
            captures, lost = _captures(connection, archive, number, version.digest)
            extractor, made_by = told.get(version_digest(version), (None, ""))
            yield Kept(number, version, unpack(found, Reading), extractor, made_by, captures, lost)


def count(path: Path) -> int:
    """How many versions `texts` gives."""
    with snapshot(path) as connection:
        return int(connection.execute("SELECT count(*) FROM versions JOIN readings ON version = number").fetchone()[0])


def link_spans(path: Path) -> Iterator[tuple[str, tuple[str, ...], tuple[Span, ...]]]:
    """What links point to: a link's name, and spans in the current version of one of these articles."""
    with snapshot(path) as connection:
        for table in ("links", "judged"):
            for kind, id_, found in connection.execute(f"SELECT kind, id, found FROM {table} ORDER BY kind, id"):
                for articles, spans in _pointed(json.loads(found)):
                    yield f"{table}: {kind} {id_}", articles, spans


def current(path: Path) -> dict[str, int]:
    """Article -> the length, in code points, of its current version's text."""
    with snapshot(path) as connection:
        return {id_: len(text) for id_, text in connection.execute("SELECT id, text FROM versions WHERE current")}


def _told(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Version -> what read its text last: each reading made the same text again."""
    return {
        str(leaf["version"]): (str(leaf["extractor"] or ""), str(leaf["made_by"]))
        for _, leaf in entries(connection, "reading")
    }


def _captures(
    connection: sqlite3.Connection, archive: Archive, number: int, digest: str
) -> tuple[tuple[tuple[Capture, ...], ...], tuple[str, ...]]:
    repeats = connection.execute("SELECT digest FROM repeats WHERE version = ? ORDER BY digest", (number,))
    found, lost = [], []
    for one in (digest, *(other for (other,) in repeats)):
        try:
            capture = archive.get(one)
        except (LedgerError, NotFound, *BROKEN) as error:
            lost.append(str(error))
            continue
        sql = "SELECT DISTINCT url FROM records WHERE digest = ? AND url IS NOT NULL AND url IS NOT ?"
        others = [url for (url,) in connection.execute(sql, (one, capture.url))]
        # A file with the same bytes came from no address, and leaves no record of its own.
        others += [None] if capture.url else []
        found.append((capture, *(replace(capture, url=url) for url in others)))
    return tuple(found), tuple(lost)


def _pointed(found: Any) -> Iterator[tuple[tuple[str, ...], tuple[Span, ...]]]:  # noqa: ANN401  (JSON)
    """Spans in a link, each under the article of the member that they belong to."""
    if isinstance(found, dict):
        if "article" in found and "content" in found:
            yield (found["article"],), _spans(found["content"])
        if isinstance(found.get("reply"), dict):
            sides = [one["article"] for one in (found["reply"], found["statement"]) if one]
            yield (sides[0],), _spans(found["topic"])
            # A question's words stand in the article of the statement.
            yield tuple(sides), _spans(found["words"])
    for value in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from _pointed(value)


def _spans(found: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in found)
