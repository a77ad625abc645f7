"""Writer: what may be written to a ledger. Every call is one transaction: all of it stays, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sayso.ledger import rest, search, watched
from sayso.ledger.archive import FOLDER
from sayso.ledger.article_writer import ArticleWriter
from sayso.ledger.connection import plainly
from sayso.ledger.digests import digest
from sayso.ledger.link_writer import LinkWriter
from sayso.ledger.terms import made_by
from sayso.ledger.view import View

if TYPE_CHECKING:
    from sayso.ledger.nouns import Vectors
    from sayso.ledger.watched import Watched


class Writer(ArticleWriter, LinkWriter):
    """Writes to one ledger; made by `Ledger.writer()`, which keeps every other writer out."""

    def view(self) -> View:
        """The ledger as it is being written."""
        return View(self._connection, self._path)

    def adopt_rows(self) -> None:
        """Log the judgements and links that were there before the log was, unless it tells of any already."""
        with self.batch():
            told = (f'*"kind":"{kind}"*' for kind in ("links", "judgement"))
            if self._connection.execute(
                "SELECT 1 FROM log WHERE leaf GLOB ? OR leaf GLOB ? LIMIT 1", (*told,)
            ).fetchone():
                return
            ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM judgements ORDER BY at, id")]
            self._log_judgements(ids)
            self._log_links()

    def index(self) -> None:
        """Index what the archive's CDXJ files do not hold yet."""
        from sayso.ledger import index

        with plainly(self._path):
            index.bring_up_to_date(self._connection, self._path.parent / FOLDER)

    def renew(self) -> None:
        """Make the search index anew, and forget all else that is only kept to be faster."""
        with plainly(self._path):
            self._rest.restore()
        with self.batch():
            rest.empty(self._connection, *rest.CACHES)
            search.renew(self._connection)

    def prepare_search(self) -> None:
        """Make the search index anew where it was made by other stemmers."""
        if search.index_made_by(self._connection) != made_by():
            with self.batch():
                search.prepare(self._connection)

    def remember(self, model: str, found: Mapping[str, Vectors]) -> None:
        """Keep vectors (d,) that `model` made, by the digest of their text."""
        from sayso.ledger import vectors

        with self.batch():
            vectors.remember(self._connection, model, found)

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
