"""Kept: whether the ledger's rows are those that the log tells of: none altered, none gone, none put in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.documents.nouns import Version
from sayso.extraction.nouns import Reading
from sayso.ledger import rest
from sayso.ledger.digests import LINK_TABLES, canonical, digest, table_digest
from sayso.ledger.evidence.claims import BROKEN, Claims, Step, entry, key
from sayso.ledger.rows import VERSION_COLUMNS, Row, attribution_rows, figure_rows, unpack, version_of
from sayso.linking.judgements.nouns import Judgement

_SHOWN = 60
_CURRENT = """SELECT id, count(*) FROM versions GROUP BY id HAVING sum(current IS 1) != 1 UNION ALL
    SELECT id, number FROM versions WHERE current IS NOT 0 AND current IS NOT 1 UNION ALL
    SELECT v.id, v.number FROM versions AS v JOIN versions AS w ON w.id = v.id
    WHERE v.current AND (-w.cut, w.seen, w.number) > (-v.cut, v.seen, v.number)"""


def kept(connection: sqlite3.Connection, claims: Claims, step: Step) -> Iterator[str]:
    """What is wrong with the rows, one line each: table, row, and what the log says of it."""
    yield from _captures(connection, claims)
    yield from _versions(connection, claims, step)
    yield from _repeats(connection, claims)
    for id_, _ in connection.execute(_CURRENT):
        why = "not the version that came last is marked as the current one, nor the last of those that are not cut"
        yield f"versions: of the article {id_} {why}"
    yield from _links(connection, claims)
    yield from _judgements(connection, claims)
    yield from _rest(connection, claims)


def _captures(connection: sqlite3.Connection, claims: Claims) -> Iterator[str]:
    left = dict(claims.bodies)
    sql = "SELECT digest, name, media_type, captured, body IS NOT x'' FROM captures"
    for found, name, media_type, captured, outside in connection.execute(sql):
        number = left.pop(key(found), None)
        if number is None:
            why = (
                "is kept outside the archive still: the next `sayso read` moves it, or it is damaged"
                if outside
                else "was put in"
            )
            yield f"captures: no entry of the log tells of {name} ({found}): the row {why}"
            continue
        leaf = entry(connection, number)
        for column, value in (("name", name), ("media_type", media_type), ("captured", captured)):
            if value != leaf.get(column):
                yield f"captures: {found}: {column} is {value!r}, but log entry {number} says {leaf.get(column)!r}"
        if outside:
            yield f"captures: {found}: holds bytes of its own, and log entry {number} says they lie in the archive"
    yield from _gone(connection, "captures", left.values(), "name")


def _gone(connection: sqlite3.Connection, table: str, numbers: Iterable[int], name: str) -> Iterator[str]:
    for number in sorted(numbers):
        what = entry(connection, number).get(name, "what it names")
        yield f"{table}: log entry {number} tells of {what}, but no row is as it says: it was changed or taken out"


def _versions(connection: sqlite3.Connection, claims: Claims, step: Step) -> Iterator[str]:
    left, latest = dict(claims.readings), -1
    total = connection.execute("SELECT count(*) FROM versions").fetchone()[0]
    sql = f"""SELECT number, seen, cut, made_by, found, {VERSION_COLUMNS} FROM versions
              LEFT JOIN readings ON version = number ORDER BY number"""
    for done, (number, seen, cut, made_by, found, *row) in enumerate(connection.execute(sql)):
        try:
            # The row as it stands: what it means may be the same and the row another.
            name = key(digest(canonical(row)))
            if (told := left.pop(name, None)) is None:
                yield f"versions: row {number} ({row[0]}) is in no entry of the log: it was changed, doubled or put in"
                continue
            if seen != claims.seen[name]:
                yield f"versions: row {number} ({row[0]}): seen is {seen!r}, but the log says {claims.seen[name]!r}"
            if cut != (name in claims.cuts):
                says = "so" if name in claims.cuts else "nothing of it"
                yield f"versions: row {number} ({row[0]}): cut is {cut!r}, but the log says {says}"
            # Of versions seen in one second the number tells which one is current.
            if -1 < claims.first[name] < latest:
                yield f"versions: row {number} ({row[0]}) stands behind one that was logged later: they were swapped"
            latest = max(latest, claims.first[name])
            yield from _reading(connection, told, number, made_by, found)
            yield from _found(connection, number, version_of(tuple(row)), found)
        except BROKEN as error:
            yield f"versions: row {number} ({row[0]!r}) or its reading cannot be read any more: {error}"
        if done % 100 == 0:
            step("checking the rows", done, total)
    yield from _gone(connection, "versions", left.values(), "id")
    for table in ("readings", "attributions", "figures"):
        below = "readings" if table != "readings" else "versions"
        of = "version" if table != "readings" else "number"
        sql = f"SELECT DISTINCT version FROM {table} WHERE version IS NULL OR version NOT IN (SELECT {of} FROM {below})"
        for (number,) in connection.execute(sql):
            yield f"{table}: rows of the version {number}, which the ledger does not have, were left or put in"


def _reading(connection: sqlite3.Connection, told: int, number: int, made_by: object, found: object) -> Iterator[str]:
    leaf = entry(connection, told)
    if not isinstance(found, str):
        yield f"readings: the row of version {number} ({leaf.get('id')}), which log entry {told} tells of, is gone"
        return
    if digest(found.encode()) != leaf.get("reading"):
        yield f"readings: what was found in version {number} ({leaf.get('id')}) is not what log entry {told} says"
    if made_by != leaf.get("made_by"):
        yield f"readings: version {number}: made_by is {made_by!r}, but log entry {told} says {leaf.get('made_by')!r}"


def _found(connection: sqlite3.Connection, number: int, version: Version, found: object) -> Iterator[str]:
    """The rows that queries use are made of the reading alone."""
    if not isinstance(found, str):
        return
    reading = unpack(found, Reading)
    made = (
        ("attributions", list(attribution_rows(number, version.text, reading))),
        ("figures", list(figure_rows(number, reading))),
    )
    for table, rows in made:
        kept = connection.execute(f"SELECT * FROM {table} WHERE version = ? ORDER BY place", (number,)).fetchall()
        if kept != rows:
            yield f"{table}: {_differs(kept, rows)} of version {number} ({version.id}) is not what its reading gives"


def _differs(kept: list[Row], made: list[Row]) -> str:
    """The first place at which two lists of rows differ, in words."""
    for one, other in zip(kept, made, strict=False):
        if one != other:
            held, given = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
            return f"row {other[1]} ({_short(held)} in the place of {_short(given)})"
    return f"row {min(len(kept), len(made))}, which is {'too many' if len(kept) > len(made) else 'missing'},"


def _short(value: object) -> str:
    told = repr(value)
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"


def _repeats(connection: sqlite3.Connection, claims: Claims) -> Iterator[str]:
    left = dict(claims.repeats)
    sql = f"""SELECT repeats.digest, repeats.version, {", ".join(f"v.{c}" for c in VERSION_COLUMNS.split(", "))}
              FROM repeats LEFT JOIN versions AS v ON number = repeats.version"""
    at = VERSION_COLUMNS.split(", ").index("digest")
    for capture, number, *row in connection.execute(sql):
        try:
            row[at] = capture
            if left.pop(key(capture, digest(canonical(row))), None) is None:
                raise ValueError("no entry of the log says so")
        except BROKEN as error:
            yield f"repeats: the row ({capture}, {number}) was changed or put in: {error}"
    yield from _gone(connection, "repeats", left.values(), "capture")


def _links(connection: sqlite3.Connection, claims: Claims) -> Iterator[str]:
    for table in LINK_TABLES:
        told = claims.links.get(table)
        if told is None:
            if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                yield f"{table}: has rows, but no entry of the log tells of any"
            continue
        number, said = told
        try:
            same = table_digest(connection, table) == said
        except BROKEN:
            same = False
        if not same:
            yield f"{table}: its rows are not those that log entry {number} tells of: changed, taken out or put in"


def _judgements(connection: sqlite3.Connection, claims: Claims) -> Iterator[str]:
    left = dict(claims.judgements)
    for id_, at, found in connection.execute("SELECT id, at, found FROM judgements"):
        number = left.pop(key(id_), None)
        if number is None:
            yield f"judgements: no entry of the log tells of {id_}: it was put in, or its id changed"
            continue
        try:
            same = digest(found.encode()) == entry(connection, number).get("digest")
            if not same or _moment(found) != at:
                raise ValueError(f"it is not what log entry {number} says")
        except BROKEN as error:
            yield f"judgements: {id_} was changed: {error}"
    yield from _gone(connection, "judgements", left.values(), "id")


def _rest(connection: sqlite3.Connection, claims: Claims) -> Iterator[str]:
    """Rows that the log names only all together, by the sum over each table."""
    if claims.rest is None:
        return
    number, said = claims.rest
    before = connection.execute("SELECT value FROM state WHERE key = ?", (rest.BEFORE,)).fetchone()
    if before is None or before[0] != claims.before_rest:
        yield f"state: the row {rest.BEFORE!r} is not that of the log: log or row was changed"
    try:
        if rest.whole(connection) != said:
            yield f"sums: its rows are not those that log entry {number} tells of: changed, taken out or put in"
            return
    except BROKEN:
        yield f"sums: its rows cannot be read any more, and log entry {number} tells of them"
        return
    for table in (*rest.TABLES, rest.CHECKPOINTS):
        try:
            same = rest.total(connection, table, number) == rest.kept(connection, table)
        except BROKEN:
            same = False
        if not same:
            what = "; `sayso verify --renew` lets go of them" if table in rest.CACHES else ""
            yield f"{table}: its rows are not those that the log covers: changed, taken out or put in{what}"


def _moment(found: str) -> Any:  # noqa: ANN401  (whatever the row holds)
    return unpack(found, Judgement).at
