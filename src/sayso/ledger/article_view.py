"""Article view: versions, readings and captures of articles, as they stood when the view was opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from sayso.documents.kinds import HTML
from sayso.documents.nouns import Capture, Version, first_id
from sayso.extraction.nouns import Reading
from sayso.ledger.addressed import SAME_ADDRESS, addressed
from sayso.ledger.archive import FOLDER, Archive
from sayso.ledger.asked import Asked
from sayso.ledger.connection import plainly
from sayso.ledger.nouns import Captured, Embeddings, Failure, Read
from sayso.ledger.rows import VERSION_COLUMNS, unpack, version_of

_V = ", ".join(f"v.{column}" for column in VERSION_COLUMNS.split(", "))
_HISTORY = "SELECT {} FROM versions AS v WHERE v.id = ? ORDER BY v.seen, v.number"

_EMPTY = """EXISTS (SELECT 1 FROM captures AS c WHERE c.digest = r.digest AND c.media_type = ?)
    AND NOT EXISTS (SELECT 1 FROM versions AS v WHERE v.digest = r.digest)
    AND NOT EXISTS (SELECT 1 FROM repeats AS p WHERE p.digest = r.digest)"""


class ArticleView(Asked):
    """Lists of articles speak of their current versions, in order of ids."""

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
        sql = f"SELECT {_V} FROM versions AS v WHERE v.current AND v.id = ?"
        return version_of(next(self._rows(sql, self._article(id))))

    def history(self, id: str) -> list[Version]:
        """All versions of an article, the one captured last at the end. Raises NotFound."""
        return [version_of(row) for row in self._rows(_HISTORY.format(_V), self._article(id))]

    def captured(self, id: str) -> list[Captured]:
        """Every capture of an article, in the order of time, with the version that it gave. Raises NotFound."""
        sql = """WITH gave (digest, number) AS (SELECT digest, number FROM versions WHERE id = ?1 UNION
                 SELECT p.digest, v.number FROM versions AS v JOIN repeats AS p ON p.version = v.number WHERE v.id = ?1)
                 SELECT coalesce(r.captured, c.captured) AS at, r.url, digest, number FROM gave
                 JOIN captures AS c USING (digest) LEFT JOIN records AS r USING (digest) ORDER BY at, r.entry, number"""
        article = self._article(id)
        found = list(self._rows(sql, article))
        with plainly(self._path):
            bytes_ = {digest: addressed(self._connection, digest) for digest in {digest for _, _, digest, _ in found}}
        places = {number: place for place, (number,) in enumerate(self._rows(_HISTORY.format("v.number"), article))}
        sources = {(digest, url) for _, url, digest, _ in found}
        told = {(digest, url): {given.number for given in bytes_[digest].at(url)} for digest, url in sources}
        return [
            Captured(at, url, digest, places[number])
            for at, url, digest, number in found
            if number in told[digest, url]
        ]

    def beside(self, id: str) -> list[str]:
        """Ids of the other texts that stood at the address of an article, in the order of their coming."""
        sql = f"SELECT id FROM versions WHERE current AND {SAME_ADDRESS}"
        found = [one for (one,) in self._rows(sql, first_id(id)) if one != id and first_id(one) == first_id(id)]
        return sorted(found, key=lambda one: (len(one), one))

    def emptied(self) -> list[str]:
        """Addresses whose pages were captured with an article and without one."""
        sql = f"""SELECT DISTINCT r.url FROM records AS r WHERE {_EMPTY} AND r.url IN (
                  SELECT records.url FROM records JOIN versions USING (digest) UNION
                  SELECT records.url FROM records JOIN repeats USING (digest))"""
        return [url for (url,) in self._rows(sql, HTML)]

    def empties(self, url: str) -> list[str]:
        """When a page was captured at this address of which no article was read, in order."""
        sql = f"SELECT r.captured FROM records AS r WHERE {_EMPTY} AND r.url = ? ORDER BY r.captured"
        return [at for (at,) in self._rows(sql, HTML, url)]

    def read_at(self, url: str) -> list[str]:
        """Ids of the articles that were read from pages captured at this address."""
        sql = """WITH at (digest) AS (SELECT digest FROM records JOIN captures USING (digest)
                                      WHERE url = ?1 AND media_type = ?2)
                 SELECT v.id FROM at JOIN versions AS v USING (digest) UNION SELECT v.id FROM at
                 JOIN repeats AS p USING (digest) JOIN versions AS v ON v.number = p.version ORDER BY 1"""
        return [id for (id,) in self._rows(sql, url, HTML)]

    def shared(self) -> list[str]:
        """Ids of the articles at whose address another text stood as well."""
        later = {id for (id,) in self._rows("SELECT id FROM versions WHERE current AND id GLOB '*-[1-9]*'")}
        return sorted({one for id in later if first_id(id) != id for one in (*self.beside(id), id)})

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
