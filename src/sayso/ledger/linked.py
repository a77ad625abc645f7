"""Links in the ledger: one table of found links, one of their members; replaced as a whole by each link run."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from sayso.ledger.rows import Row, pack, unpack
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    FigureMember,
    FigureThread,
    Links,
    StatementMember,
    Story,
    Thread,
)

T = TypeVar("T")
Found = Story | Thread | FigureThread | Conflict | Duplicate
Member = FigureMember | StatementMember


def replace(connection: sqlite3.Connection, links: Links) -> None:
    """Put `links` in the place of all that stood there; the caller holds the transaction."""
    connection.execute("DELETE FROM links")
    connection.execute("DELETE FROM members")
    for place, (kind, id_, found, members) in enumerate(_flat(links)):
        connection.execute("INSERT INTO links VALUES (?, ?, ?, ?)", (kind, id_, place, pack(found)))
        connection.executemany("INSERT INTO members VALUES (?, ?, ?, ?)", [(kind, id_, *member) for member in members])


def _flat(links: Links) -> Iterator[tuple[str, str, Found, list[Row]]]:
    for story in links.stories:
        yield "story", story.id, story, _whole(story.articles)
    for thread in links.threads:
        yield "thread", thread.id, thread, _items(thread.members)
    for figures in links.figure_threads:
        yield "figure thread", figures.id, figures, _items(figures.members)
    for i, conflict in enumerate(links.conflicts):
        yield "conflict", str(i), conflict, _items(conflict.members)
    for i, duplicate in enumerate(links.duplicates):
        yield "duplicate", str(i), duplicate, _whole(duplicate.articles)


def _whole(articles: tuple[str, ...]) -> list[Row]:
    return [(article, None) for article in articles]


def _items(members: tuple[Member, ...]) -> list[Row]:
    return [(m.article, str(m.figure if isinstance(m, FigureMember) else m.attribution)) for m in members]


def read(connection: sqlite3.Connection, kind: str, noun: type[T], story: Story | None = None) -> list[T]:
    """All links of a kind in the order that linking gave them, or those with a member in `story`."""
    if story is None:
        rows = connection.execute("SELECT found FROM links WHERE kind = ? ORDER BY place", (kind,))
    else:
        sql = """SELECT found FROM links WHERE kind = :kind AND id IN (
                   SELECT id FROM members WHERE kind = :kind AND article IN (SELECT value FROM json_each(:articles)))
                 ORDER BY place"""
        rows = connection.execute(sql, {"kind": kind, "articles": json.dumps(story.articles)})
    return [_unpack(found, noun) for (found,) in rows]


def _unpack(found: str, noun: type[T]) -> T:
    if noun is not Conflict:
        return unpack(found, noun)
    told = json.loads(found)
    told["members"] = tuple(_member(member) for member in told["members"])
    return noun(**told)


def _member(told: dict[str, object]) -> Member:
    if "figure" in told:
        return msgspec.convert(told, FigureMember)
    return msgspec.convert(told, StatementMember)
