"""Judging: the ledger's links as people want them, and what became of what people said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.comparing import annotated
from sayso.linking.judgements.bench import Bench, machine
from sayso.linking.judgements.nouns import Judgement, Ruling, State, to_row
from sayso.linking.judgements.shown import Shown, judged, touched

if TYPE_CHECKING:
    from sayso.ledger.view import View
    from sayso.linking.article import Annotated
    from sayso.linking.relink import Memory
    from sayso.models.embedder import Embedder


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement as people see it: in words, and what became of it."""

    judgement: Judgement
    words: str
    state: State
    why: str
    machine: str
    """What the machine had found."""

    def row(self) -> dict[str, Any]:
        """For JSON: the judgement as it is exported, and what became of it."""
        about = {"words": self.words, "state": self.state, "why": self.why, "machine": self.machine}
        return {**to_row(self.judgement), **about}


def shown(view: View, encoder: Embedder | None, memory: Memory | None = None) -> Shown:
    """The machine's links as people want them; `memory` keeps what was found in stories that people made."""
    links, judgements = view.machine_links(), view.judgements()
    articles = read_articles(view, [id for story in touched(links, judgements) for id in story.articles])
    return judged(links, judgements, articles.values(), encoder, memory)


def told(view: View, ids: Collection[str] | None = None) -> list[Judged]:
    """All judgements in words, the oldest first; or only those of `ids`."""
    judgements, rulings = [one for one in view.judgements() if ids is None or one.id in ids], view.rulings()
    known = {version.id for version in view.versions()} if judgements else set()
    named = {thing.article for one in judgements for thing in one.things} & known
    bench = Bench(judgements, read_articles(view, sorted(named)))
    return [_judged(bench, one, rulings.get(one.id, Ruling(one.id, "waits"))) for one in judgements]


def _judged(bench: Bench, one: Judgement, ruling: Ruling) -> Judged:
    seen = map(bench.node, one.left)
    beside = f" with {bench.names(one.right)}" if one.right and one.verdict == "same" else ""
    words = f"{bench.names(one.left)}{beside}: {bench.sentence(one, seen)}"
    found = "" if ruling.state == "withdrawn" else machine(one.about, ruling)
    return Judged(one, words, ruling.state, ruling.why, found)


def read_articles(view: View, ids: Sequence[str]) -> dict[str, Annotated]:
    """Articles by their ids, each once."""
    return {id: annotated(view.version(id), view.reading(id)) for id in dict.fromkeys(ids)}
