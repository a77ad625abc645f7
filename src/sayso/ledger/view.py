"""View: what may be asked of a ledger, as it stood when the view was opened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sayso.errors import NotFound
from sayso.extraction.nouns import Reading
from sayso.ledger import linked, watched
from sayso.ledger import search as fulltext
from sayso.ledger.article_view import ArticleView
from sayso.ledger.asked import missing
from sayso.ledger.connection import plainly
from sayso.ledger.link_view import LinkView
from sayso.ledger.nouns import Hit, Speaker, Statement
from sayso.ledger.rows import unpack
from sayso.ledger.terms import terms

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from sayso.documents.absence import Absence
    from sayso.ledger.nouns import Vectors
    from sayso.ledger.watched import Watched

_SPEAKERS = """attributions AS a JOIN versions AS v ON v.number = a.version AND v.current
    LEFT JOIN speakers AS s ON s.version = a.version AND s.attribution = a.place"""


class View(ArticleView, LinkView):
    """Reads one ledger; made by `Ledger.view()`. Lists of articles speak of their current versions, in order of ids."""

    def speakers(self) -> list[Speaker]:
        """Everyone who is quoted, the most quoted first."""
        sql = f"""SELECT coalesce(s.speaker, a.speaker) AS name, a.speaker, count(*) FROM {_SPEAKERS}
                  WHERE name IS NOT NULL GROUP BY name, a.speaker ORDER BY name, a.speaker"""
        names: dict[str, list[str]] = {}
        statements: dict[str, int] = {}
        for name, told, count in self._rows(sql):
            names.setdefault(name, []).extend([told] if told else [])
            statements[name] = statements.get(name, 0) + count
        return [Speaker(n, tuple(names[n]), statements[n]) for n in sorted(names, key=lambda n: (-statements[n], n))]

    def _before(self, wanted: Sequence[frozenset[str]]) -> str:
        """Which articles had a speaker of these names in an earlier version."""
        sql = """SELECT DISTINCT v.id, a.speaker FROM attributions AS a JOIN versions AS v ON v.number = a.version
                 WHERE NOT v.current AND a.speaker IS NOT NULL ORDER BY v.id"""
        ids = {id for id, name in self._rows(sql) if any(forms and forms <= {*terms(name).forms} for forms in wanted)}
        some = ", ".join(sorted(ids)[:3]) + (", …" if len(ids) > 3 else "")
        return f"; only earlier versions of {some} have one: `sayso changes ID` shows them" if ids else ""

    def statements_of(self, *names: str) -> list[Statement]:
        """All statements of the speakers with one of these names, in any script, earliest first. Raises NotFound.

        A speaker answers to each name that an article gives, whole or in part ("Peskov" finds "Dmitry Peskov"), and so
        do all whom linking took for the same.
        """
        wanted = [frozenset(terms(name).forms) for name in names]
        speakers = self.speakers()
        chosen = [s.name for s in speakers if any(_answers(s, forms) for forms in wanted)]
        if not chosen:
            raise NotFound(missing("speaker", " or ".join(names), [s.name for s in speakers]) + self._before(wanted))
        sql = f"""SELECT v.id, a.place, coalesce(s.speaker, a.speaker) AS name, r.found FROM {_SPEAKERS}
                  JOIN readings AS r ON r.version = v.number
                  WHERE name IN (SELECT value FROM json_each(?)) ORDER BY v.published, v.id, a.place"""
        rows = self._rows(sql, json.dumps(chosen))
        return [Statement(id_, i, name, unpack(found, Reading).attributions[i]) for id_, i, name, found in rows]

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Articles that hold all words and "quoted phrases" of the query, in any script, best first.

        Raises InputError when the query holds no word.
        """
        with plainly(self._path):
            return fulltext.search(self._connection, query, limit)

    def holding(self, parts: Sequence[str], limit: int) -> list[str]:
        """Ids of the articles that may hold a quote, whole (all of them) or partly (at most `limit`).

        `parts`: the quote's words between cuts.
        """
        from sayso.ledger.holding import holding

        with plainly(self._path):
            return holding(self._connection, parts, limit)

    def nearest(self, vector: ArrayLike, model: str, limit: int = 20) -> list[Hit]:
        """Articles with the part nearest in meaning to `vector` (d,), best first; only parts embedded by `model`."""
        from sayso.ledger import vectors

        with plainly(self._path):
            return vectors.nearest(self._connection, vector, model, limit)

    def recall(self, model: str, digests: Iterable[str]) -> dict[str, Vectors]:
        """Vectors (d,) that `model` made of texts with these digests, as far as they are kept."""
        from sayso.ledger import vectors

        with plainly(self._path):
            return vectors.recall(self._connection, model, digests)

    def watched(self, urls: Iterable[str] | None = None) -> list[Watched]:
        """Feeds and pages that are come back to: those of `urls` that are known, else all that a person named."""
        if urls is None:
            return watched.named(self._connection)
        return list(watched.get(self._connection, urls).values())

    def watched_pages(self, feeds: Iterable[str], done: bool = False) -> list[Watched]:
        """Pages that these feeds named, those due first in front; with `done` those that are not visited again, too."""
        return watched.pages(self._connection, feeds, done)

    def absences(self) -> dict[str, Absence]:
        """By the ids of articles, what visits to their pages found in the place of each."""
        return watched.absences(self._connection)

    def counts(self) -> dict[str, int]:
        """How much of everything the ledger holds; statements and figures of the current versions alone."""
        counts = {"articles": self._count("versions WHERE current")}
        for table in ("captures", "versions", "failures"):
            counts[table] = self._count(table)
        for table in ("attributions", "figures"):
            past = f"{table} WHERE version IN (SELECT number FROM versions WHERE NOT current)"
            counts[table] = self._count(table) - self._count(past)
        for kind in ("story", "thread", "figure thread", "conflict", "duplicate", "exchange"):
            counts[kind] = linked.count(self._connection, kind)
        return counts


def _answers(speaker: Speaker, forms: frozenset[str]) -> bool:
    return bool(forms) and any(forms <= frozenset(terms(name).forms) for name in (speaker.name, *speaker.names))
