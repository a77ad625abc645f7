"""Relinking: the articles of a ledger as linking asks for them, and the ledger as its memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.comparing import annotated
from sayso.linking.relink import Entry

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.view import View
    from sayso.linking.article import Annotated


@dataclass(frozen=True)
class Archived:
    """The articles of a ledger as one view sees them."""

    view: View

    def entries(self) -> list[Entry]:
        """Every article, in order of ids."""
        return [Entry(*stamp) for stamp in self.view.stamps()]

    def load(self, ids: Sequence[str]) -> list[Annotated]:
        """Some articles with their readings, in the order of `ids`."""
        return [annotated(self.view.version(id), self.view.reading(id)) for id in ids]


@dataclass(frozen=True)
class Shelf:
    """What linking keeps in a ledger."""

    ledger: Ledger

    def recall(self, kind: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        """What is kept of these."""
        with self.ledger.view() as view:
            return view.kept(kind, digests)

    def remember(self, kind: str, found: Mapping[str, bytes]) -> None:
        """Keep these at once."""
        with self.ledger.writer() as writer:
            writer.keep(kind, found)
