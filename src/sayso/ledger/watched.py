"""Watched: feeds and pages that are come back to, when, and what is known of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Literal

from sayso.documents.absence import Absence

if TYPE_CHECKING:
    import sqlite3

Kind = Literal["feed", "page"]


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a feed or page; moments are ISO 8601 date-times, UTC."""

    address: str
    """Where it is fetched."""
    feed: str | None = None
    """The feed that named a page; None for what a person named."""
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    """Last-Modified, as it came."""
    digest: str | None = None
    """Of the body that came last."""
    first: str | None = None
    """When it was fetched for the first time."""
    last: str | None = None
    """When it was asked for last."""
    told: str | None = None
    """When a page was changed, as its feed says."""
    entry: str | None = None
    """The digest of the feed's capture that holds the page's whole text."""
    interval: float | None = None
    """Seconds between two visits, at present."""
    errors: int = 0
    """How many visits in a row brought nothing."""
    why: str | None = None
    """Why the last visit brought nothing."""
    ended: str | None = None
    """Why it is not visited again."""
    refused: bool = False
    """Whether our own settings refused the last visit."""
    article: str | None = None
    """The id of the article that a page held last."""
    absence: Absence | None = None
    """When the page was found without an article last."""
    earlier: tuple[Absence, ...] = ()
    """The same of other articles that the page held before, one for each."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A feed or page that is come back to."""

    url: str
    """What it is known by: the address as a person gave it, or a page's address in its normal form."""
    kind: Kind
    due: str | None
    """When to visit it; None: not again."""
    state: State


def put(connection: sqlite3.Connection, found: Iterable[Watched]) -> None:
    """Keep what is known, in the place of what was. The caller holds the transaction."""
    rows = [(one.url, one.kind, one.due, _packed(one.state)) for one in found]
    # No REPLACE: the order of rows is that in which they were named.
    sql = """INSERT INTO watched VALUES (?, ?, ?, ?) ON CONFLICT (url)
             DO UPDATE SET kind = excluded.kind, due = excluded.due, state = excluded.state"""
    connection.executemany(sql, rows)


def get(connection: sqlite3.Connection, urls: Iterable[str]) -> dict[str, Watched]:
    """What is known, as far as it is watched."""
    sql = "SELECT url, kind, due, state FROM watched WHERE url IN (SELECT value FROM json_each(?))"
    return {row[0]: _watched(row) for row in connection.execute(sql, (json.dumps(list(urls)),))}


def named(connection: sqlite3.Connection) -> list[Watched]:
    """All that a person named, in the order in which it was."""
    sql = """SELECT url, kind, due, state FROM watched WHERE json_extract(state, '$.feed') IS NULL ORDER BY rowid"""
    return [_watched(row) for row in connection.execute(sql)]


def pages(connection: sqlite3.Connection, feeds: Iterable[str], done: bool = False) -> list[Watched]:
    """Pages that these feeds named, those due first in front; with `done` those that are not visited again, too."""
    sql = f"""SELECT url, kind, due, state FROM watched WHERE {"TRUE" if done else "due IS NOT NULL"}
              AND json_extract(state, '$.feed') IN (SELECT value FROM json_each(?)) ORDER BY due, rowid"""
    return [_watched(row) for row in connection.execute(sql, (json.dumps(list(feeds)),))]


def absences(connection: sqlite3.Connection) -> dict[str, Absence]:
    """By the ids of articles, what was found last in the place of each."""
    sql = """SELECT url, kind, due, state FROM watched WHERE json_extract(state, '$.absence') IS NOT NULL
             ORDER BY rowid"""
    states = [_watched(row).state for row in connection.execute(sql)]
    found = [one for state in states for one in (*state.earlier, state.absence) if one]
    return {one.article: one for one in sorted(found, key=lambda one: one.last)}


def _packed(state: State) -> str:
    told = {one.name: getattr(state, one.name) for one in fields(state)}
    told["absence"] = asdict(state.absence) if state.absence else None
    told["earlier"] = [asdict(one) for one in state.earlier] or None
    return json.dumps({name: value for name, value in told.items() if value not in (None, 0)}, ensure_ascii=False)


def _watched(row: tuple[str, Kind, str | None, str]) -> Watched:
    url, kind, due, state = row
    told = json.loads(state)
    absence = told.pop("absence", None)
    told["earlier"] = tuple(Absence(**one) for one in told.pop("earlier", ()))
    return Watched(url, kind, due, State(**told, absence=Absence(**absence) if absence else None))
