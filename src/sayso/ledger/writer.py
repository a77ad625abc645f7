"""Writer: what may be written to a ledger. Every call is one transaction: all of it stays, or nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.documents.nouns import Capture, Version
from sayso.errors import InputError, LedgerError, NotFound
from sayso.extraction.nouns import Reading
from sayso.ledger import judgements, linked, order, search, watched
from sayso.ledger.archive import FOLDER, Archive
from sayso.ledger.connection import plainly, transaction
from sayso.ledger.digests import LINK_TABLES, digest, extractor, reading_leaf, table_digest, version_digest
from sayso.ledger.log import Log
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
from sayso.linking.judgement import Judgement, Ruling
from sayso.linking.nouns import Links

if TYPE_CHECKING:
    from sayso.ledger.nouns import Vectors
    from sayso.ledger.watched import Watched


class Writer:
    """Writes to one ledger; made by `Ledger.writer()`, which keeps every other writer out."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._log = Log(connection)
        self._archive = Archive(connection, path.parent, self._log)
        self._unindexed: list[tuple[int, Version]] = []
        self._speakers_forgotten = False

    @contextmanager
    def batch(self) -> Iterator[None]:
        """What is written inside is kept together or not at all, several times faster than call by call.

        A call inside that raises takes back only itself, when its error is caught inside.
        """
        outermost, before = not self._connection.in_transaction, len(self._unindexed)
        with plainly(self._path), self._archived(outermost), transaction(self._connection):
            try:
                yield
                if outermost:
                    self._index()
                    self._log_speakers()
                    self._log.seal()
                    self._archive.flush()
            except BaseException:
                del self._unindexed[before if self._connection.in_transaction else 0 :]
                raise

    @contextmanager
    def _archived(self, outermost: bool) -> Iterator[None]:
        """What was flushed stays when the transaction around it was committed, and is cut off when it was not."""
        try:
            yield
        except BaseException:
            if outermost:
                self._archive.undo()
            raise
        if outermost:
            self._archive.settle()

    def _index(self) -> None:
        """Index new versions at the end of a transaction: each savepoint would make SQLite write the index out."""
        for number, version in self._unindexed:
            search.index(self._connection, number, version)
        self._unindexed.clear()

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
        new version beside the old one; the version captured last is the current one. `made_by` names what made the
        reading: a reading made by something else replaces the old one. Raises InputError when a text cannot be stored.
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

    def adopt(self, digest: str) -> None:
        """Move a capture from the ledger's own file to the archive, and log it with the readings of its versions."""
        with self.batch():
            self._archive.adopt(digest)
            sql = "SELECT number, found, made_by FROM versions JOIN readings ON version = number WHERE digest = ?"
            for number, found, made_by in self._connection.execute(sql, (digest,)).fetchall():
                self._log_reading(number, found, made_by, None)

    def adopt_rows(self) -> None:
        """Log the judgements and links that were there before the log was."""
        with self.batch():
            ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM judgements ORDER BY at, id")]
            self._log_judgements(ids)
            self._log_links()

    def seen(self, capture: Capture, made_by: str = "") -> int:
        """How many versions were read from the same bytes, when each has a reading by `made_by`; else 0.

        Ask before the bytes are read, to save the work; that they came again is archived and noted.
        """
        with self.batch():
            sql = """SELECT number, id FROM versions WHERE digest = ?1
                     UNION SELECT number, id FROM repeats JOIN versions ON number = version WHERE repeats.digest = ?1"""
            known = list(self._connection.execute(sql, (capture.digest,)))
            if not known or not all(self._has_reading(number, made_by) for number, _ in known):
                return 0
            self._archive.put(capture)
            moved = [self._note(number, id, capture.captured) for number, id in known]
            if any(moved):
                self._connection.execute("UPDATE state SET value = value + 1 WHERE key = 'revision'")
            return len(known)

    def index(self) -> None:
        """Index what the archive's CDXJ files do not hold yet."""
        from sayso.ledger import index

        with plainly(self._path):
            index.bring_up_to_date(self._connection, self._path.parent / FOLDER)

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

    def remember(self, model: str, found: Mapping[str, Vectors]) -> None:
        """Keep vectors (d,) that `model` made, by the digest of their text."""
        from sayso.ledger import vectors

        with self.batch():
            vectors.remember(self._connection, model, found)

    def put_links(
        self,
        links: Links,
        speakers: Mapping[tuple[str, int], str] | None = None,
        revision: int | None = None,
        made_by: str = "",
    ) -> bool:
        """Replace all that an earlier link run found. `speakers`: (article id, attribution's index) -> canonical name.

        `revision` is the `View.revision` that the links were found in; the present one when not given. False, and
        nothing is done, when links that the same maker found in a later one are there by now.
        """
        with self.batch():
            state = dict(self._connection.execute("SELECT key, value FROM state"))
            if revision is not None and state["linked"] > revision and state["linked_by"] == made_by:
                return False
            linked.replace(self._connection, links)
            self._connection.execute("DELETE FROM speakers")
            rows = [(self._current(id_)[0], index, name) for (id_, index), name in (speakers or {}).items()]
            self._connection.executemany("INSERT INTO speakers VALUES (?, ?, ?)", rows)
            found_in = state["revision"] if revision is None else revision
            self._connection.execute("UPDATE state SET value = ? WHERE key = 'linked'", (found_in,))
            self._connection.execute("UPDATE state SET value = ? WHERE key = 'linked_by'", (made_by,))
            self._log_links()
            return True

    def keep(self, kind: str, found: Mapping[str, bytes]) -> None:
        """Keep what linking found, by a digest of all that it depends on."""
        with self.batch():
            rows = [(kind, digest, one) for digest, one in found.items()]
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def forget(self, used: Mapping[str, Iterable[str]]) -> None:
        """Let go of what was kept under the kinds named, but for what is `used`: kind -> digests."""
        with self.batch():
            sql = "DELETE FROM kept WHERE kind = ? AND digest NOT IN (SELECT value FROM json_each(?))"
            self._connection.executemany(sql, [(kind, json.dumps(list(digests))) for kind, digests in used.items()])

    def put_judgements(self, found: Iterable[Judgement]) -> list[str]:
        """Keep what people said of links; the ids of judgements that were new, or are withdrawn by this."""
        with self.batch():
            changed = judgements.put(self._connection, found)
            self._log_judgements(changed)
            return changed

    def _log_judgements(self, ids: Iterable[str]) -> None:
        for id_, written in judgements.written(self._connection, ids):
            self._log.append({"kind": "judgement", "id": id_, "digest": digest(written.encode())})

    def put_shown(self, links: Links, articles: Iterable[str], rulings: Iterable[Ruling], stamp: str) -> None:
        """Show `links` in the place of the machine's links of `articles`, which are kept beside them.

        `stamp` is the `View.stamp` of the links and judgements that they were made from.
        """
        with self.batch():
            linked.show(self._connection, links, articles)
            judgements.put_rulings(self._connection, rulings, stamp)
            self._log_links()

    def _log_links(self, *tables: str) -> None:
        found = {table: table_digest(self._connection, table) for table in tables or LINK_TABLES}
        self._log.append({"kind": "links", "tables": found})

    def _log_speakers(self) -> None:
        """Readings made anew lose the names that linking gave; the log says how the table stands after it."""
        if self._speakers_forgotten:
            self._log_links("speakers")
            self._speakers_forgotten = False

    def put_stamp(self, size: int, response: bytes) -> None:
        """Keep what a time stamp authority answered (RFC 3161) for the checkpoint over `size` entries; it is logged."""
        with self.batch():
            self._connection.execute("UPDATE checkpoints SET stamp = ? WHERE size = ?", (response, size))
            self._log.append({"kind": "stamp", "size": size, "digest": digest(response)})

    def watch(self, found: Iterable[Watched]) -> None:
        """Keep what is known of feeds and pages that are come back to, in the place of what was."""
        with self.batch():
            watched.put(self._connection, found)

    def add_failure(self, name: str, reason: str) -> None:
        """Keep that an input could not be read; forgotten once a capture of that name is added."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.batch():
            self._connection.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", (name, reason, now))

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

    def _current(self, id: str) -> tuple[int, str]:
        """Number and digest of an article's current version."""
        found = self._connection.execute(
            "SELECT number, digest FROM versions WHERE id = ? AND current", (id,)
        ).fetchone()
        if found is None:
            raise NotFound(f"no article {id!r} in the ledger")
        return int(found[0]), str(found[1])

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
