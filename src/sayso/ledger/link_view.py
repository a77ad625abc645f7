"""Link view: stories, threads, conflicts and what people judged, as they stood when the view was opened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sayso.ledger import judgements, linked
from sayso.ledger.asked import Asked, only
from sayso.ledger.connection import plainly
from sayso.linking.judgements.nouns import Judgement, Ruling
from sayso.linking.nouns import Conflict, Duplicate, Exchange, FigureThread, Links, Story, Thread


class LinkView(Asked):
    """Links as people want them shown, and how they stand to the articles."""

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
