"""Judgements in the ledger: what people said of links, apart from what the machine finds; no link run writes here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from sayso.ledger.rows import pack, unpack
from sayso.linking.judgements.nouns import Judgement, Ruling


def put(connection: sqlite3.Connection, judgements: Iterable[Judgement]) -> list[str]:
    """Keep judgements; the ids of those that were new or are withdrawn by this. The caller holds the transaction.

    Merging: the same judgement is kept once, and one that was withdrawn anywhere stays withdrawn, at the earliest.
    """
    changed: list[str] = []
    for one in judgements:
        kept = _get(connection, one.id)
        moments = [j.withdrawn for j in (one, kept) if j is not None and j.withdrawn]
        merged = replace(kept or one, withdrawn=min(moments, default=None))
        if merged != kept:
            row = (merged.id, merged.at, pack(merged))
            connection.execute("INSERT OR REPLACE INTO judgements VALUES (?, ?, ?)", row)
            changed.append(merged.id)
    if changed:
        connection.execute("UPDATE state SET value = value + 1 WHERE key = 'judgements'")
    return changed


def every(connection: sqlite3.Connection) -> list[Judgement]:
    """All judgements, withdrawn ones too, the oldest first."""
    rows = connection.execute("SELECT found FROM judgements ORDER BY at, id")
    return [unpack(found, Judgement) for (found,) in rows]


def written(connection: sqlite3.Connection, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Id and row, as it is kept, of these judgements."""
    sql = "SELECT id, found FROM judgements WHERE id = ?"
    return [row for id_ in ids for row in connection.execute(sql, (id_,))]


def _get(connection: sqlite3.Connection, id: str) -> Judgement | None:
    row = connection.execute("SELECT found FROM judgements WHERE id = ?", (id,)).fetchone()
    return None if row is None else unpack(row[0], Judgement)


def put_rulings(connection: sqlite3.Connection, rulings: Iterable[Ruling], stamp: str) -> None:
    """Keep what became of each judgement, and the `View.stamp` of what it was found in."""
    connection.execute("DELETE FROM rulings")
    rows = [(ruling.judgement, pack(ruling)) for ruling in rulings]
    connection.executemany("INSERT INTO rulings VALUES (?, ?)", rows)
    connection.execute("UPDATE state SET value = ? WHERE key = 'judged'", (stamp,))


def rulings(connection: sqlite3.Connection) -> dict[str, Ruling]:
    """Judgement's id -> what became of it."""
    rows = connection.execute("SELECT judgement, found FROM rulings")
    return {id_: unpack(found, Ruling) for id_, found in rows}
