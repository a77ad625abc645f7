"""Article writer: captures, the versions read from them, and what was found in these."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.documents.nouns import Capture, Version, first_id
from sayso.errors import InputError, LedgerError
from sayso.extraction.nouns import Reading
from sayso.ledger import order
from sayso.ledger.addressed import SAME_ADDRESS, addressed
from sayso.ledger.batch import Batch
from sayso.ledger.connection import plainly
from sayso.ledger.digests import extractor, reading_leaf, version_digest
from sayso.ledger.nouns import Embeddings
from sayso.ledger.rows import (
    VERSION_COLUMNS,
    attribution_rows,
    figure_rows,
    pack,
    same_but_bytes,
    version_of,
    version_row,
)


class ArticleWriter(Batch):
    """Every call is one transaction."""

    def add(
        self,
        capture: Capture,
        version: Version,
        reading: Reading,
        embeddings: Embeddings | None = None,
        made_by: str = "",
    ) -> bool:
        """Keep a capture, the version read from it and the version's reading; True when anything of it is new.

        The same version is kept once, from whatever bytes it was read. Another text or title under the same id makes a
        new version beside the old one; the version captured last is the current one, unless it is cut. `made_by` names
        what made the reading: a reading made by something else replaces the old one. Raises InputError when a text
        cannot be stored.
        """
        try:
            with self.batch():
                if self._archive.put(capture) != version.digest:
                    reason = f"its version names other bytes ({version.digest}) than were captured"
                    raise LedgerError(f"{capture.name}: {reason}")
                number = self._number(version)
                new = number is None or not self._has_reading(number, made_by)
                if number is None:
                    number = self._insert(capture, version)
                elif new:
                    self._forget_reading(number)
                if new:
                    self._put_reading(number, version, reading, made_by)
                if new and embeddings is not None:
                    self._put_embeddings(number, embeddings)
                self._note_repeat(number, version)
                if self._note(number, version.id, capture.captured) or new:
                    self._connection.execute("UPDATE state SET value = value + 1 WHERE key = 'revision'")
                self._connection.execute("DELETE FROM failures WHERE name = ?", (capture.name,))
                return new
        except UnicodeEncodeError as error:
            raise InputError(capture.name, "holds half of a surrogate pair, which no file can keep") from error

    def put(self, capture: Capture) -> None:
        """Archive a capture of which no article was read: what a fetcher received is kept, whatever it was."""
        with self.batch():
            self._archive.put(capture)

    def adopt(self, digest: str) -> bool:
        """Move a capture from the ledger's own file to the archive, and log it with the readings of its versions.

        False for one whose bytes are damaged: it stays where it is, out of the log, and `verify` tells of it.
        """
        with self.batch():
            if not self._archive.adopt(digest):
                return False
            sql = "SELECT number, found, made_by FROM versions JOIN readings ON version = number WHERE digest = ?"
            for number, found, made_by in self._connection.execute(sql, (digest,)).fetchall():
                self._log_reading(number, found, made_by, None)
            return True

    def seen(self, capture: Capture, made_by: str = "") -> list[str]:
        """Ids of the articles that were read from the same bytes at this address; none unless each has a reading by
        `made_by`.

        Ask before the bytes are read, to save the work; that they came again is archived and noted.
        """
        with self.batch():
            known = addressed(self._connection, capture.digest).read(capture.url)
            if not known or not all(self._has_reading(number, made_by) for number, *_ in known):
                return []
            self._archive.put(capture)
            moved = [self._note(number, id, capture.captured) for number, id, _ in known]
            if any(moved):
                self._connection.execute("UPDATE state SET value = value + 1 WHERE key = 'revision'")
            return [one.id for one in known]

    def standing(self, id: str) -> list[Version]:
        """The current versions of the article `id` and of other texts that stood at its address, the latest first."""
        with plainly(self._path):
            sql = f"""SELECT {VERSION_COLUMNS} FROM versions WHERE current AND {SAME_ADDRESS}
                      ORDER BY seen DESC, number DESC"""
            found = [version_of(row) for row in self._connection.execute(sql, (id,))]
            return [version for version in found if first_id(version.id) == id]

    def lengths(self, id: str) -> list[tuple[int, bool]]:
        """Of each version of an article, the one captured last in front: code points, and whether it is cut."""
        with plainly(self._path):
            sql = "SELECT length(text), cut FROM versions WHERE id = ? ORDER BY seen DESC, number DESC"
            return [(length, bool(cut)) for length, cut in self._connection.execute(sql, (id,))]

    def cut(self, whole: Version, parts: Sequence[Version]) -> None:
        """Keep `parts`, which hold only the beginning of `whole`, from being the current version; it is logged."""
        with self.batch():
            number, *numbers = (self._number(version) for version in (whole, *parts))
            if number is None or None in numbers:
                raise LedgerError(f"{self._path}: versions of {whole.id} that are to be told apart are not in it")
            held = {one: part for one, part in zip(numbers, parts, strict=True) if one is not None}
            if order.cut(self._connection, self._log, whole, held, number):
                self._connection.execute("UPDATE state SET value = value + 1 WHERE key = 'revision'")

    def gave(self, digest: str) -> set[str]:
        """Ids of all articles that were read from the bytes with this digest, at whatever address."""
        with plainly(self._path):
            return {one.id for one in addressed(self._connection, digest).versions}

    def current(self, id: str) -> int | None:
        """The number of an article's current version; None for one that is not there."""
        with plainly(self._path):
            sql = "SELECT number FROM versions WHERE id = ? AND current"
            return next((int(number) for (number,) in self._connection.execute(sql, (id,))), None)

    def versions(self, id: str) -> int:
        """How many versions of an article are kept."""
        with plainly(self._path):
            sql = "SELECT count(*) FROM versions WHERE id = ?"
            return int(self._connection.execute(sql, (id,)).fetchone()[0])

    def put_embeddings(self, id: str, embeddings: Embeddings, digest: str | None = None) -> None:
        """Keep vectors of the current version of `id`, in the place of older ones of the same model.

        With the `digest` of the version that they were made from nothing is kept when another one is current by now.
        """
        with self.batch():
            number, current = self._current(id)
            if digest in (None, current):
                self._put_embeddings(number, embeddings)

    def _number(self, version: Version) -> int | None:
        """The row of exactly this version, whatever bytes it was read from: versions never change."""
        sql = f"SELECT number, {VERSION_COLUMNS} FROM versions WHERE id = ?"
        wanted = version_row(version)
        for number, *row in self._connection.execute(sql, (version.id,)):
            if same_but_bytes(tuple(row), wanted):
                return int(number)
        return None

    def _note_repeat(self, number: int, version: Version) -> None:
        """Other bytes that gave a version which is there already: they are known from now on, and need no reading."""
        sql = "SELECT digest = ? FROM versions WHERE number = ?"
        if self._connection.execute(sql, (version.digest, number)).fetchone()[0]:
            return
        sql = "INSERT OR IGNORE INTO repeats VALUES (?, ?)"
        if self._connection.execute(sql, (version.digest, number)).rowcount:
            leaf = {"kind": "repeat", "id": version.id, "capture": version.digest, "version": version_digest(version)}
            self._log.append(leaf)

    def _has_reading(self, number: int, made_by: str) -> bool:
        sql = "SELECT 1 FROM readings WHERE version = ? AND made_by = ?"
        return self._connection.execute(sql, (number, made_by)).fetchone() is not None

    def _insert(self, capture: Capture, version: Version) -> int:
        row = version_row(version)
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO versions (seen, current, {VERSION_COLUMNS}) VALUES (?, 0, {marks})"
        number = self._connection.execute(sql, (capture.captured, *row)).lastrowid
        assert number is not None
        self._unindexed.append((number, version))
        return number

    def _forget_reading(self, number: int) -> None:
        for table in ("readings", "attributions", "figures", "speakers", "embeddings"):
            gone = self._connection.execute(f"DELETE FROM {table} WHERE version = ?", (number,)).rowcount
            self._speakers_forgotten |= table == "speakers" and gone > 0

    def _put_reading(self, number: int, version: Version, reading: Reading, made_by: str) -> None:
        found = pack(reading)
        self._connection.execute("INSERT INTO readings VALUES (?, ?, ?)", (number, made_by, found))
        attributions, figures = attribution_rows(number, version.text, reading), figure_rows(number, reading)
        self._connection.executemany(f"INSERT INTO attributions VALUES ({', '.join('?' * 7)})", attributions)
        self._connection.executemany(f"INSERT INTO figures VALUES ({', '.join('?' * 11)})", figures)
        self._log_reading(number, found, made_by, extractor())

    def _log_reading(self, number: int, found: str, made_by: str, extractor: str | None) -> None:
        (seen,) = self._connection.execute("SELECT seen FROM versions WHERE number = ?", (number,)).fetchone()
        self._log.append(reading_leaf(self._version(number), seen, found, made_by, extractor))

    def _version(self, number: int) -> Version:
        sql = f"SELECT {VERSION_COLUMNS} FROM versions WHERE number = ?"
        return version_of(self._connection.execute(sql, (number,)).fetchone())

    def _put_embeddings(self, number: int, embeddings: Embeddings) -> None:
        from sayso.ledger import vectors

        vectors.put(self._connection, number, embeddings)

    def _note(self, number: int, id: str, captured: str) -> bool:
        return order.note(self._connection, self._log, number, id, captured)
