"""Pages: whether the table of contents that SQLite keeps for a search index is that of its pages.

The format is told at the head of SQLite's fts5_index.c: each page of terms has a row that leads to it, with the
shortest word that no earlier page reaches, or with its first term where writing was taken up again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby, takewhile, zip_longest
from operator import itemgetter
from typing import Any, NamedTuple

_PAGE, _HEIGHT, _SKIPS = 31, 5, 1
"""Bits of a page's number: its place, its height, and whether it only says what to skip; above, its segment."""
WITHIN = (1 << _PAGE + _HEIGHT + _SKIPS) - 1
"""All those bits."""
STRUCTURE = 10
"""The row of `data` that says which segments there are; pages have higher numbers."""
_FIRST = 2
"""Twice the place of the first page of all, to which the empty word leads."""
_HEAD = 4
_MOST = 9
"""Bytes of the longest number; its last has eight bits."""


class Page(NamedTuple):
    """A page with its first and its last term; None where it goes on with a term of an earlier one."""

    segment: int
    place: int
    first: bytes | None
    last: bytes | None


def leads(connection: sqlite3.Connection, index: str) -> bool:
    """Whether the rows of contents lead to the pages of the index as they must. Raises IndexError on broken pages.

    Of a segment that is just being merged into another the first pages are gone, and their rows stay to the end.
    """
    rows = connection.execute(f"SELECT segid, pgno, term FROM {index}_idx ORDER BY segid, term")
    skips = {(segment, place) for segment, place, _, skips in _numbers(connection, index) if skips}
    held, made = groupby(rows, itemgetter(0)), groupby(_contents(pages(connection, index), skips), itemgetter(0))
    nothing: tuple[int | None, Iterator[tuple[int, int, Any]]] = (None, iter(()))
    return all(
        segment == other and _lead(own, wanted)
        for (segment, own), (other, wanted) in zip_longest(held, made, fillvalue=nothing)
    )


def _lead(held: Iterator[tuple[int, int, bytes]], made: Iterator[tuple[int, int, tuple[bytes, ...]]]) -> bool:
    """The same of one segment. To its first page, when it was cut since, a word leads that is gone by now."""
    _, begins, _ = next(made)
    first = next((row for row in held if row[1] >= begins), None)
    if first is None or first[1] != begins or (begins == _FIRST and first[2]):
        return False
    return all(
        row is not None and page is not None and row[1] == page[1] and row[2] in page[2]
        for row, page in zip_longest(held, made)
    )


def _contents(found: Iterator[Page], skips: set[tuple[int, int]]) -> Iterator[tuple[int, int, tuple[bytes, ...]]]:
    """Segment, page (twice its place, one more where it has pages to skip) and the words that may lead to it."""
    for segment, own in groupby(found, lambda page: page.segment):
        before = b""
        for page in own:
            if page.first is not None and page.last is not None:
                shared = sum(1 for _ in takewhile(_same, zip(before, page.first, strict=False)))
                words = (page.first[: shared + 1], page.first) if page.place != 1 else (b"",)
                yield segment, page.place * 2 + ((segment, page.place) in skips), words
                before = page.last


def _same(pair: tuple[int, int]) -> bool:
    return pair[0] == pair[1]


def pages(connection: sqlite3.Connection, index: str) -> Iterator[Page]:
    """The pages that hold terms, segment by segment."""
    for segment, place, height, skips in _numbers(connection, index):
        if not height and not skips:
            number = segment * (WITHIN + 1) + place
            (block,) = connection.execute(f"SELECT block FROM {index}_data WHERE id = ?", (number,)).fetchone()
            first, last = _terms(block)
            yield Page(segment, place, first, last)


def _numbers(connection: sqlite3.Connection, index: str) -> Iterator[tuple[int, int, int, bool]]:
    """Segment, place, height and whether it only says what to skip, of each page."""
    for (number,) in connection.execute(f"SELECT id FROM {index}_data WHERE id >= ? ORDER BY id", (1 << _PAGE,)):
        rest, place = number >> _PAGE, number & (1 << _PAGE) - 1
        yield rest >> _HEIGHT + _SKIPS, place, rest & (1 << _HEIGHT) - 1, bool(rest >> _HEIGHT & 1)


def _terms(block: bytes) -> tuple[bytes | None, bytes | None]:
    """The first and the last term that begin on a page."""
    end = int.from_bytes(block[2:_HEAD], "big")
    at, offset = end, 0
    first: bytes | None = None
    term = b""
    while at < len(block):
        step, at = _number(block, at)
        offset += step
        shared, place = _number(block, offset) if first is not None else (0, offset)
        size, place = _number(block, place)
        term = term[:shared] + block[place : place + size]
        first = term if first is None else first
    return first, term if first is not None else None


def _number(block: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    found = 0
    for place in range(at, at + _MOST - 1):
        found = found << 7 | block[place] & 0x7F
        if block[place] < 0x80:
            return found, place + 1
    return found << 8 | block[at + _MOST - 1], at + _MOST
