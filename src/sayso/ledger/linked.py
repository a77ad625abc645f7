"""Links in the ledger: one table of found links, one of their members; replaced as a whole by each link run.

Of the articles in `retold` the links that people want shown stand in tables of their own, beside the machine's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from sayso.ledger.rows import Row, pack, unpack
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    Exchange,
    ExchangeMember,
    FigureMember,
    FigureThread,
    Links,
    StatementMember,
    Story,
    Thread,
)

T = TypeVar("T")
Found = Story | Thread | FigureThread | Conflict | Duplicate | Exchange
Member = FigureMember | StatementMember | ExchangeMember
KINDS: dict[str, tuple[str, type]] = {
    "stories": ("story", Story),
    "threads": ("thread", Thread),
    "figure_threads": ("figure thread", FigureThread),
    "conflicts": ("conflict", Conflict),
    "duplicates": ("duplicate", Duplicate),
    "exchanges": ("exchange", Exchange),
}
"""Field of Links -> the kind under which the ledger keeps it, and its noun."""


def replace(connection: sqlite3.Connection, links: Links) -> None:
    """Put `links` in the place of all that stood there; the caller holds the transaction."""
    connection.execute("DELETE FROM links")
    connection.execute("DELETE FROM members")
    _insert(connection, links, "links", "members")
    show(connection, Links(), ())
    connection.execute("UPDATE state SET value = '' WHERE key = 'judged'")


def show(connection: sqlite3.Connection, links: Links, articles: Iterable[str]) -> None:
    """Show `links` in the place of all that the machine found in `articles`; the caller holds the transaction."""
    for table in ("judged", "judged_members", "retold"):
        connection.execute(f"DELETE FROM {table}")
    _insert(connection, links, "judged", "judged_members")
    connection.executemany("INSERT INTO retold VALUES (?)", ((article,) for article in articles))


def _insert(connection: sqlite3.Connection, links: Links, table: str, member_table: str) -> None:
    for place, (kind, id_, found, members) in enumerate(_flat(links)):
        connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", (kind, id_, place, pack(found)))
        rows = [(kind, id_, *member) for member in members]
        connection.executemany(f"INSERT INTO {member_table} VALUES (?, ?, ?, ?)", rows)


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
    for exchange in links.exchanges:
        sides = (exchange.reply,) if exchange.statement is None else (exchange.reply, exchange.statement)
        yield "exchange", exchange.id, exchange, _items(sides)


def _whole(articles: tuple[str, ...]) -> list[Row]:
    return [(article, None) for article in articles]


def _items(members: Sequence[Member]) -> list[Row]:
    return [(m.article, str(m.figure if isinstance(m, FigureMember) else m.attribution)) for m in members]


_IN_STORY = "article IN (SELECT value FROM json_each(:articles))"


def read(
    connection: sqlite3.Connection, kind: str, noun: type[T], story: Story | None = None, machine: bool = False
) -> list[T]:
    """All links of a kind in the order that linking gave them, or those with a member in `story`.

    As people want them shown; with `machine` as the machine found them.
    """
    values = {"kind": kind, "articles": None if story is None else json.dumps(story.articles)}
    rows = connection.execute(f"{_sql(story is not None, machine)} ORDER BY place, id", values)
    return [_unpack(found, noun) for found, *_ in rows]


def count(connection: sqlite3.Connection, kind: str) -> int:
    """How many links of a kind are shown."""
    row = connection.execute(f"SELECT count(*) FROM ({_sql(False, False)})", {"kind": kind}).fetchone()
    return int(row[0])


def _sql(in_story: bool, machine: bool) -> str:
    def of(table: str, members: str) -> str:
        told = f"SELECT found, place, id FROM {table} WHERE kind = :kind"
        return f"{told} AND id IN (SELECT id FROM {members} WHERE kind = :kind AND {_IN_STORY})" if in_story else told

    found = of("links", "members")
    if machine:
        return found
    hidden = "SELECT id FROM retold JOIN members USING (article) WHERE kind = :kind"
    hidden += f" AND {_IN_STORY}" if in_story else ""
    return f"{found} AND id NOT IN ({hidden}) UNION ALL {of('judged', 'judged_members')}"


def _unpack(found: str, noun: type[T]) -> T:
    if noun is not Conflict:
        return unpack(found, noun)
    told = json.loads(found)
    told["members"] = tuple(_member(member) for member in told["members"])
    told["judged"] = tuple(told.get("judged", ()))
    return noun(**told)


def _member(told: dict[str, object]) -> Member:
    if "figure" in told:
        return msgspec.convert(told, FigureMember)
    return msgspec.convert(told, StatementMember)
