"""Batch: one transaction over rows, log and archive: all of it stays, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.documents.nouns import Version
from sayso.errors import NotFound
from sayso.ledger import search
from sayso.ledger.archive import Archive
from sayso.ledger.connection import plainly, transaction
from sayso.ledger.digests import LINK_TABLES, table_digest
from sayso.ledger.log import Log
from sayso.ledger.rest import Rest


class Batch:
    """What every part of a writer writes by."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._log = Log(connection, path.parent)
        self._rest = Rest(connection, self._log)
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
                if outermost:
                    self._rest.begin()
                yield
                if outermost:
                    self._index()
                    self._log_speakers()
                    self._rest.seal()
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

    def _current(self, id: str) -> tuple[int, str]:
        """Number and digest of an article's current version."""
        found = self._connection.execute(
            "SELECT number, digest FROM versions WHERE id = ? AND current", (id,)
        ).fetchone()
        if found is None:
            raise NotFound(f"no article {id!r} in the ledger")
        return int(found[0]), str(found[1])

    def _log_links(self, *tables: str) -> None:
        found = {table: table_digest(self._connection, table) for table in tables or LINK_TABLES}
        self._log.append({"kind": "links", "tables": found})

    def _log_speakers(self) -> None:
        """Readings made anew lose the names that linking gave; the log says how the table stands after it."""
        if self._speakers_forgotten:
            self._log_links("speakers")
            self._speakers_forgotten = False
