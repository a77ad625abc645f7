"""Ledger: a folder that remembers captures, versions, readings and links. One writer at a time, any number of views.

ledger = Ledger(Path("~/news").expanduser())
with ledger.writer() as writer:
    writer.add(capture, version, reading)
with ledger.view() as view:
    view.search("министр")
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import LedgerError
from sayso.ledger import folders, rest, schema, search
from sayso.ledger.adopting import adopt
from sayso.ledger.archive import refuse_missing, refuse_orphans
from sayso.ledger.connection import checkpoint, open_to_read, open_to_write, plainly
from sayso.ledger.lock import only_writer
from sayso.ledger.view import View
from sayso.ledger.writer import Writer

if TYPE_CHECKING:
    from sayso.ledger.nouns import Vectors

FILE = "ledger.sqlite"
WRITER_SECONDS = 60.0
"""Programs that read hold the ledger for a moment at a time; only an index made anew may take longer than this."""


class Ledger:
    """The ledger in `folder`; the first writer makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE

    @contextmanager
    def writer(self, timeout: float = WRITER_SECONDS) -> Iterator[Writer]:
        """The only writer, across processes; waits up to `timeout` seconds for another to finish.

        Each call on it is kept at once: leaving the block by an exception takes back only the call it broke.
        Raises LedgerError when another keeps writing, or when the folder holds no ledger and none can be made.
        """
        refuse_orphans(self.path)
        self._make_folder()
        with plainly(self.path), only_writer(self.folder, timeout), closing(open_to_write(self.path)) as connection:
            schema.migrate(connection, self.path)
            schema.refuse_strangers(connection, self.path)
            if not rest.begun(connection):
                search.prepare(connection)  # what it says of itself is among the sums
            rest.prepare(connection)
            writer = Writer(connection, self.path)
            writer.prepare_search()
            adopt(writer, connection)
            yield writer
            checkpoint(connection)

    @contextmanager
    def view(self) -> Iterator[View]:
        """The ledger as it stands now: whatever is written meanwhile, this view does not change.

        Raises LedgerError when there is no ledger, or none that this sayso can read.
        """
        refuse_missing(self.path)
        with plainly(self.path), closing(open_to_read(self.path)) as connection:
            self._pin(connection)
            yield View(connection, self.path)

    def recall(self, model: str, digests: Iterable[str]) -> dict[str, Vectors]:
        """Vectors (d,) that `model` made of texts with these digests, as far as they are kept."""
        with self.view() as view:
            return view.recall(model, digests)

    def remember(self, model: str, found: Mapping[str, Vectors]) -> None:
        """Keep vectors (d,) by the digest of their text."""
        with self.writer() as writer:
            writer.remember(model, found)

    def _pin(self, connection: sqlite3.Connection) -> None:
        if schema.version_of(connection, self.path) < schema.VERSION or not search.ready(connection):
            with self.writer():
                pass
        connection.execute("BEGIN")
        connection.execute("SELECT value FROM state").fetchone()

    def _make_folder(self) -> None:
        try:
            if not self.path.exists():
                folders.make(self.folder)
        except OSError as error:
            raise LedgerError(f"{self.folder}: this folder cannot be made: {error.strerror}") from error
