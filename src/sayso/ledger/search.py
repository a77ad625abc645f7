"""Full-text search: whole words by their stems, pieces of words by trigrams; hits carry exact spans."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable

from sayso.documents.nouns import Version
from sayso.ledger.connection import transaction
from sayso.ledger.nouns import Hit
from sayso.ledger.query import Part, parse
from sayso.ledger.rows import VERSION_COLUMNS, version_of
from sayso.ledger.terms import joined, made_by, stems, terms, words
from sayso.text.span import Span

SNIPPET = 240
"""Code points of a snippet, at most (more only where one word is longer)."""

# Every character but white space belongs to a word: the words were cut before.
INDICES = ("words", "pieces")
_FORMAT = 4
"""Of an index, as FTS5 writes it since SQLite 3.9."""
_MAKE = (
    "DROP TABLE IF EXISTS words",
    "DROP TABLE IF EXISTS pieces",
    "CREATE VIRTUAL TABLE words USING fts5 (title, text, content='', "
    """tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")""",
    "CREATE VIRTUAL TABLE pieces USING fts5 (title, text, content='', tokenize = 'trigram case_sensitive 1')",
)
_RANKS = "SELECT rowid, bm25({0}, 2.0, 1.0) FROM {0} WHERE {0} MATCH ? AND rowid NOT IN (SELECT number FROM versions \
WHERE NOT current)"
# A whole word is worth more than any piece of one.
_WHOLE = 1000.0


def ready(connection: sqlite3.Connection) -> bool:
    """Whether the indices were ever made (by older stemmers, perhaps: those still find most)."""
    return bool(index_made_by(connection))


def prepare(connection: sqlite3.Connection) -> None:
    """Make the indices anew where they are missing or were made by other stemmers."""
    if index_made_by(connection) != made_by():
        with transaction(connection):
            _make_and_fill(connection)


def renew(connection: sqlite3.Connection) -> None:
    """Make the indices anew, whatever they hold."""
    with transaction(connection):
        for table in INDICES:
            settings = connection.execute(f"SELECT k, v FROM {table}_config").fetchall()
            if settings != [("version", _FORMAT)]:  # SQLite would not even drop an index with others
                connection.execute(f"INSERT OR REPLACE INTO {table}_config VALUES ('version', {_FORMAT})")
        _make_and_fill(connection)


def _make_and_fill(connection: sqlite3.Connection) -> None:
    make(connection)
    for number, *row in connection.execute(f"SELECT number, {VERSION_COLUMNS} FROM versions"):
        index(connection, number, version_of(tuple(row)))
    connection.execute("UPDATE state SET value = ? WHERE key = 'index'", (made_by(),))


def make(connection: sqlite3.Connection) -> None:
    """Make empty indices, in the place of those that are there."""
    for statement in _MAKE:
        connection.execute(statement)


def index_made_by(connection: sqlite3.Connection) -> str:
    """What the terms of the indices were made with; "" where there are none yet."""
    found = connection.execute("SELECT value FROM state WHERE key = 'index'").fetchone()
    return str(found[0]) if found else ""


def index(connection: sqlite3.Connection, number: int, version: Version) -> None:
    """Add one version to both indices; the caller holds the transaction."""
    cut = [words(version.title or ""), words(version.text)]
    whole = [" ".join(stems(part, version.lang)) for part in cut]
    connection.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, *whole))
    connection.execute("INSERT INTO pieces (rowid, title, text) VALUES (?, ?, ?)", (number, *map(joined, cut)))


def search(connection: sqlite3.Connection, query: str, limit: int) -> list[Hit]:
    """The current versions that hold all parts of the query, best first. Raises InputError on a query without words."""
    parts = parse(query)
    langs = [lang for (lang,) in connection.execute("SELECT DISTINCT lang FROM versions")]
    found = [_scores(connection, part, langs) for part in parts]
    common = set.intersection(*map(set, found))
    ranked = sorted((-sum(scores[number] for scores in found), number) for number in common)[:limit]
    return [_hit(connection, number, parts, langs, -score) for score, number in ranked]


def _scores(connection: sqlite3.Connection, part: Part, langs: Iterable[str]) -> dict[int, float]:
    """Score of every version that holds the part, as whole words or as a piece of running text."""
    piece = _phrase(part.piece())
    scores = {number: -rank for number, rank in connection.execute(_RANKS.format("pieces"), (piece,))}
    stemmed = part.stems(langs)
    if stemmed:
        any_of = " OR ".join(_phrase(" ".join(stem)) for stem in sorted(stemmed))
        whole = connection.execute(_RANKS.format("words"), (any_of,))
        scores.update({number: _WHOLE - rank for number, rank in whole})
    return scores


def _phrase(running: str) -> str:
    """An FTS5 string: nothing inside is syntax."""
    return '"' + running.replace('"', '""') + '"'


def _hit(connection: sqlite3.Connection, number: int, parts: list[Part], langs: list[str], score: float) -> Hit:
    sql = f"SELECT {VERSION_COLUMNS} FROM versions WHERE number = ?"
    version = version_of(connection.execute(sql, (number,)).fetchone())
    marks = _marks(version, parts, langs)
    snippet = _snippet(version.text, marks)
    return Hit(version.id, version.digest, snippet, tuple(m for m in marks if snippet.contains(m)), score)


def _marks(version: Version, parts: list[Part], langs: list[str]) -> list[Span]:
    """Where the parts stand: the text is cut as it was for the index, so every span is exact."""
    cut = terms(version.text)
    stemmed = stems(cut.forms, version.lang)
    places: set[tuple[int, int]] = set()
    for part in parts:
        places.update(cut.pieces(part.piece()))
        for wanted in part.stems(langs):
            places.update(cut.runs(stemmed, list(wanted)))
    return sorted({cut.span(first, last) for first, last in places})


def _snippet(text: str, marks: list[Span]) -> Span:
    """The window with the most marks, the earliest of equals; a little is shown before its first mark."""
    if not marks:
        return Span(0, min(SNIPPET, len(text))).trim(text)
    starts = [mark.start for mark in marks]
    inside = [bisect_left(starts, start + SNIPPET * 3 // 4) - i for i, start in enumerate(starts)]
    best = marks[inside.index(max(inside))]
    start = max(0, best.start - SNIPPET // 4)
    end = min(len(text), max(start + SNIPPET, best.end))
    return _whole_words(text, Span(start, end), best)


def _whole_words(text: str, window: Span, kept: Span) -> Span:
    """Cut words at the edges are left out, unless that would cut into `kept`."""
    start, end = window
    if start > 0:
        start = next((i + 1 for i in range(start - 1, kept.start) if text[i].isspace()), start)
    if end < len(text):
        end = next((i for i in range(end, kept.end - 1, -1) if text[i].isspace()), end)
    return Span(start, end).trim(text)
