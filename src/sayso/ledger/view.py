"""View: what may be asked of a ledger, as it stood when the view was opened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rapidfuzz import process

from sayso.documents.nouns import Capture, Version
from sayso.errors import NotFound
from sayso.extraction.nouns import Reading
from sayso.ledger import judgements, linked, watched
from sayso.ledger import search as fulltext
from sayso.ledger.archive import FOLDER, Archive
from sayso.ledger.connection import plainly
from sayso.ledger.nouns import Captured, Embeddings, Failure, Hit, Read, Speaker, Statement
from sayso.ledger.rows import VERSION_COLUMNS, Row, unpack, version_of
from sayso.ledger.terms import terms
from sayso.linking.judgement import Judgement, Ruling
from sayso.linking.nouns import Conflict, Duplicate, Exchange, FigureThread, Links, Story, Thread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from sayso.ledger.nouns import Vectors
    from sayso.ledger.watched import Watched

_V = ", ".join(f"v.{column}" for column in VERSION_COLUMNS.split(", "))
_HISTORY = "SELECT {} FROM versions AS v WHERE v.id = ? ORDER BY v.current, v.seen, v.number"
_SPEAKERS = """attributions AS a JOIN versions AS v ON v.number = a.version AND v.current
    LEFT JOIN speakers AS s ON s.version = a.version AND s.attribution = a.place"""


class View:
    """Reads one ledger; made by `Ledger.view()`. Lists of articles speak of their current versions, in order of ids."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    # Articles

    def versions(self) -> Iterator[Version]:
        """The current version of every article."""
        for row in self._rows(f"SELECT {_V} FROM versions AS v WHERE v.current ORDER BY v.id"):
            yield version_of(row)

    def articles(self) -> Iterator[tuple[Version, Reading]]:
        """The current version of every article with its reading: what linking works on."""
        sql = f"""SELECT r.found, {_V} FROM versions AS v JOIN readings AS r ON r.version = v.number
                  WHERE v.current ORDER BY v.id"""
        for found, *row in self._rows(sql):
            yield version_of(tuple(row)), unpack(found, Reading)

    def version(self, id: str) -> Version:
        """The current version of an article, by its id or the only beginning of one. Raises NotFound."""
        return self.history(id)[-1]

    def history(self, id: str) -> list[Version]:
        """All versions of an article, the current one last. Raises NotFound."""
        return [version_of(row) for row in self._rows(_HISTORY.format(_V), self._article(id))]

    def captured(self, id: str) -> list[Captured]:
        """Every capture of an article, in the order of time, with the version that it gave. Raises NotFound."""
        sql = """WITH gave (digest, number) AS (SELECT digest, number FROM versions WHERE id = ?1 UNION
                 SELECT p.digest, v.number FROM versions AS v JOIN repeats AS p ON p.version = v.number WHERE v.id = ?1)
                 SELECT coalesce(r.captured, c.captured) AS at, r.url, digest, number FROM gave
                 JOIN captures AS c USING (digest) LEFT JOIN records AS r USING (digest) ORDER BY at, r.entry, number"""
        article = self._article(id)
        found = list(self._rows(sql, article))
        places = {number: place for place, (number,) in enumerate(self._rows(_HISTORY.format("v.number"), article))}
        return [Captured(at, url, digest, places[number]) for at, url, digest, number in found]

    def reading(self, id: str) -> Reading:
        """The reading of an article's current version. Raises NotFound."""
        sql = (
            "SELECT r.found FROM readings AS r JOIN versions AS v ON v.number = r.version WHERE v.current AND v.id = ?"
        )
        return unpack(next(self._rows(sql, self._article(id)))[0], Reading)

    def readings(self, id: str) -> list[Read]:
        """The readings of all versions of an article, in the order of `history`. Raises NotFound."""
        read = ", ".join(f"(SELECT {column} FROM readings WHERE version = v.number)" for column in ("found", "made_by"))
        rows = self._rows(_HISTORY.format(f"{read}, v.seen"), self._article(id))
        return [Read(unpack(found, Reading), *about) for found, *about in rows]

    def several(self) -> list[str]:
        """Ids of the articles that have more than one version."""
        return [id for (id,) in self._rows("SELECT DISTINCT id FROM versions WHERE NOT current ORDER BY id")]

    def embeddings(self, id: str, model: str) -> Embeddings | None:
        """The vectors of an article's current version by one model, or None. Raises NotFound."""
        from sayso.ledger import vectors

        sql = """SELECT e.model, e.spans, e.vectors FROM embeddings AS e JOIN versions AS v ON v.number = e.version
                 WHERE v.current AND v.id = ? AND e.model = ?"""
        row = next(self._rows(sql, self._article(id), model), None)
        return None if row is None else vectors.get(*row)

    def without_embeddings(self, model: str) -> list[str]:
        """Ids of the articles whose current version has no vectors by `model`."""
        sql = """SELECT v.id FROM versions AS v WHERE v.current AND NOT EXISTS
                 (SELECT 1 FROM embeddings AS e WHERE e.version = v.number AND e.model = ?) ORDER BY v.id"""
        return [id_ for (id_,) in self._rows(sql, model)]

    def capture(self, digest: str) -> Capture:
        """The bytes as received. Raises NotFound; LedgerError when they are no longer the same."""
        with plainly(self._path):
            return Archive(self._connection, self._path.parent).get(digest)

    def write_wacz(
        self,
        out: IO[bytes],
        articles: Iterable[str] | None = None,
        title: str = "sayso",
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Write the captures of `articles` (None: all) to `out` as WACZ; returns how many. Raises LedgerError."""
        from sayso.ledger import wacz

        with plainly(self._path):
            return wacz.write(self._connection, self._path.parent / FOLDER, out, articles, title, progress)

    def holds(self, digest: str) -> bool:
        """Whether the capture with this digest is kept."""
        return digest in Archive(self._connection, self._path.parent)

    def failures(self) -> list[Failure]:
        """Inputs that could not be read, the latest last."""
        return [Failure(*row) for row in self._rows("SELECT name, reason, at FROM failures ORDER BY at, name")]

    # Links

    def watched(self, urls: Iterable[str] | None = None) -> list[Watched]:
        """Feeds and pages that are come back to: those of `urls` that are known, else all that a person named."""
        if urls is None:
            return watched.named(self._connection)
        return list(watched.get(self._connection, urls).values())

    def watched_pages(self, feeds: Iterable[str]) -> list[Watched]:
        """Pages that these feeds named and that are to be visited again, those due first in front."""
        return watched.pages(self._connection, feeds)

    def links(self) -> Links:
        """All links as people want them shown."""
        return Links(
            tuple(self.stories()),
            tuple(self.threads()),
            tuple(self.figure_threads()),
            tuple(self.conflicts()),
            tuple(self.duplicates()),
            tuple(self.exchanges()),
        )

    def machine_links(self) -> Links:
        """All that the last link run found, whatever people judged since."""
        with plainly(self._path):
            kinds = linked.KINDS.items()
            return Links(**{f: tuple(linked.read(self._connection, *of, machine=True)) for f, of in kinds})

    def judgements(self) -> list[Judgement]:
        """All that people said of links, withdrawn judgements too, the oldest first."""
        with plainly(self._path):
            return judgements.every(self._connection)

    def judgement(self, id: str) -> Judgement:
        """One judgement, by its id or the only beginning of one. Raises NotFound."""
        known = {one.id: one for one in self.judgements()}
        return known[only(id, list(known), "judgement")]

    def rulings(self) -> dict[str, Ruling]:
        """Judgement's id -> what became of it when the links were shown last."""
        with plainly(self._path):
            return judgements.rulings(self._connection)

    @property
    def judged(self) -> bool:
        """Whether the links shown are those of the machine's links and the judgements as they stand."""
        return not self._state("judgements") or self._text("judged") == self.stamp

    @property
    def stamp(self) -> str:
        """Changes with the machine's links and with the judgements."""
        return f"{self._text('linked')} {self._text('linked_by')} {self._text('judgements')}"

    def stories(self) -> list[Story]:
        """All stories, in the order that linking gave them."""
        with plainly(self._path):
            return linked.read(self._connection, "story", Story)

    def story(self, id: str) -> Story:
        """One story, by its id or the only beginning of one. Raises NotFound."""
        stories = {story.id: story for story in self.stories()}
        return stories[only(id, list(stories), "story")]

    def threads(self, story: Story | None = None) -> list[Thread]:
        """All threads, or those told in a story."""
        with plainly(self._path):
            return linked.read(self._connection, "thread", Thread, story)

    def figure_threads(self, story: Story | None = None) -> list[FigureThread]:
        """All figure threads, or those told in a story."""
        with plainly(self._path):
            return linked.read(self._connection, "figure thread", FigureThread, story)

    def conflicts(self, story: Story | None = None) -> list[Conflict]:
        """All conflicts, or those told in a story."""
        with plainly(self._path):
            return linked.read(self._connection, "conflict", Conflict, story)

    def duplicates(self, story: Story | None = None) -> list[Duplicate]:
        """All duplicates, or those in a story."""
        with plainly(self._path):
            return linked.read(self._connection, "duplicate", Duplicate, story)

    def exchanges(self, story: Story | None = None) -> list[Exchange]:
        """All exchanges, or those in a story."""
        with plainly(self._path):
            return linked.read(self._connection, "exchange", Exchange, story)

    def stamps(self) -> Iterator[tuple[str, str | None, str]]:
        """Of every article its id, date, and a stamp that changes with its current version and with its reading."""
        sql = """SELECT v.id, v.published, v.number || ' ' || r.made_by FROM versions AS v
                 JOIN readings AS r ON r.version = v.number WHERE v.current ORDER BY v.id"""
        yield from self._rows(sql)

    def kept(self, kind: str, digests: Iterable[str]) -> dict[str, bytes]:
        """What linking keeps under these digests."""
        sql = "SELECT digest, found FROM kept WHERE kind = ? AND digest IN (SELECT value FROM json_each(?))"
        return dict(self._rows(sql, kind, json.dumps(list(digests))))

    @property
    def revision(self) -> int:
        """Grows with every change of what linking works on."""
        return self._state("revision")

    @property
    def linked_by(self) -> str:
        """What made the links."""
        return str(self._text("linked_by"))

    @property
    def linked(self) -> bool:
        """Whether the links were found in the articles as they stand now."""
        return self._state("linked") == self.revision

    # Speakers

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

    def statements_of(self, *names: str) -> list[Statement]:
        """All statements of the speakers with one of these names, in any script, earliest first. Raises NotFound.

        A speaker answers to each name that an article gives, whole or in part ("Peskov" finds "Dmitry Peskov"), and so
        do all whom linking took for the same.
        """
        wanted = [frozenset(terms(name).forms) for name in names]
        speakers = self.speakers()
        chosen = [s.name for s in speakers if any(_answers(s, forms) for forms in wanted)]
        if not chosen:
            raise NotFound(_missing("speaker", " or ".join(names), [s.name for s in speakers]))
        sql = f"""SELECT v.id, a.place, coalesce(s.speaker, a.speaker) AS name, r.found FROM {_SPEAKERS}
                  JOIN readings AS r ON r.version = v.number
                  WHERE name IN (SELECT value FROM json_each(?)) ORDER BY v.published, v.id, a.place"""
        rows = self._rows(sql, json.dumps(chosen))
        return [Statement(id_, i, name, unpack(found, Reading).attributions[i]) for id_, i, name, found in rows]

    # Search

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

    def _count(self, what: str, *values: str) -> int:
        return int(next(self._rows(f"SELECT count(*) FROM {what}", *values))[0])

    def _state(self, key: str) -> int:
        return int(self._text(key))

    def _text(self, key: str) -> str:
        return str(next(self._rows("SELECT value FROM state WHERE key = ?", key))[0])

    def _rows(self, sql: str, *values: object) -> Iterator[Row]:
        with plainly(self._path):
            # Not `yield from`: it would close the cursor, which fails once the view is closed.
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row

    def _article(self, id: str) -> str:
        if next(self._rows("SELECT 1 FROM versions WHERE id = ?", id), None):
            return id
        return only(id, [row[0] for row in self._rows("SELECT id FROM versions WHERE current")], "article")


def only(id: str, ids: list[str], kind: str) -> str:
    """The one of `ids` that is `id` or begins with it. Raises NotFound, naming what comes near."""
    if id in ids:
        return id
    beginning = [known for known in ids if id and known.startswith(id)]
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        some = ", ".join(sorted(beginning)[:5])
        raise NotFound(f"{len(beginning)} ids begin with {id!r}, among them {some}: give more of it")
    raise NotFound(_missing(kind, id, ids))


def _missing(kind: str, name: str, known: list[str]) -> str:
    near = [found for found, _, _ in process.extract(name, known, limit=3, score_cutoff=50)]
    return f"no {kind} {name!r} in the ledger" + (f"; nearest: {', '.join(near)}" if near else "")


def _answers(speaker: Speaker, forms: frozenset[str]) -> bool:
    return bool(forms) and any(forms <= frozenset(terms(name).forms) for name in (speaker.name, *speaker.names))
