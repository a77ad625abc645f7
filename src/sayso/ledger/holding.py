"""Holding: which articles may hold a quote, whole or in part, by the index of words; the texts are not looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from sayso.ledger.terms import stems, words

_RUNS = 48  # runs of the quote that are looked up, spread over all of it
_LONG = 24  # words of a part that must stand in a row to count as whole

# "NOT IN": with "IN", SQLite asks the index anew for every version.
_PAST = "SELECT number FROM versions WHERE NOT current"
_WHOLE = f"SELECT rowid FROM words WHERE words MATCH ? AND rowid NOT IN ({_PAST}) ORDER BY rowid"
_PARTLY = f"SELECT rowid FROM words WHERE words MATCH ? AND rowid NOT IN ({_PAST}) ORDER BY bm25(words), rowid LIMIT ?"


def holding(connection: sqlite3.Connection, parts: Sequence[str], limit: int) -> list[str]:
    """Ids of the current versions that hold all `parts` of a quote; then of those that hold most of its pairs of words.

    `parts`: its words between cuts; at most `limit` of the second kind, the likeliest first.
    """
    cut = [forms for part in parts if (forms := words(part))]
    if not cut:
        return []
    langs = [lang for (lang,) in connection.execute("SELECT DISTINCT lang FROM versions WHERE current")]
    if not langs:
        return []
    whole = " AND ".join(_any(_stemmed(forms[:_LONG], langs)) for forms in cut)
    partly = _any(sorted({run for forms in cut for stem in _stemmed(forms, langs) for run in _runs(stem, len(cut))}))
    numbers = [number for (number,) in connection.execute(_WHOLE, (_in_text(whole),))]
    numbers += [number for (number,) in connection.execute(_PARTLY, (_in_text(partly), limit))]
    ids = "SELECT id FROM versions WHERE number = ?"
    return [connection.execute(ids, (number,)).fetchone()[0] for number in dict.fromkeys(numbers)]


def _stemmed(forms: list[str], langs: list[str]) -> list[tuple[str, ...]]:
    """The words as the index keeps them in each language of the ledger."""
    return sorted({tuple(stems(forms, lang)) for lang in langs})


def _runs(stem: tuple[str, ...], parts: int) -> Iterator[tuple[str, ...]]:
    """Pairs of neighbours, at most _RUNS over all parts; a word that stands alone."""
    if len(stem) == 1:
        yield stem
    step = max(1, (len(stem) - 1) * parts // _RUNS)
    for i in range(0, len(stem) - 1, step):
        yield stem[i : i + 2]


def _any(phrases: Sequence[tuple[str, ...]]) -> str:
    return "(" + " OR ".join('"' + " ".join(phrase).replace('"', '""') + '"' for phrase in phrases) + ")"


def _in_text(asked: str) -> str:
    return f"{{text}} : ({asked})"
