"""Bench: judgements brought to the things of a set of articles: what each says of which, what stands, and in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from sayso.linking.article import Annotated
from sayso.linking.judgements import places
from sayso.linking.judgements.nouns import About, Judgement, Kind, Ruling, Thing
from sayso.linking.judgements.partition import Clash, Said, Settled, settle

Node = Hashable
"""An article's id; (article id, kind, place) of a statement or figure; the Thing itself where it is not found."""

_NAME = 60  # characters by which a thing is named in a sentence
_STEPS = 6  # things of a chain that are named
_MARKS = 20  # judgements that are told beside a link
_ONE: dict[About, str] = {
    "story": "one story",
    "thread": "one statement",
    "figures": "one quantity",
    "conflict": "no difference",
    "exchange": "one exchange",
}
_TWO: dict[About, str] = {
    "story": "another story than",
    "thread": "another statement than",
    "figures": "another quantity than",
    "conflict": "a difference",
    "exchange": "no exchange",
}
_MANY: dict[About, str] = {"story": "stories", "thread": "statements", "figures": "quantities"}


class Bench:
    """All judgements on some articles; `rulings` fills up as their matters are settled one after the other."""

    def __init__(self, judgements: Iterable[Judgement], articles: Mapping[str, Annotated]) -> None:
        self.articles = articles
        self.rulings: dict[str, Ruling] = {}
        self._known: dict[str, Judgement] = {}
        self._of: dict[About, list[Judgement]] = defaultdict(list)
        for judgement in sorted(judgements, key=lambda j: (j.at, j.id)):
            self._known[judgement.id] = judgement
            if judgement.withdrawn:
                self.rulings[judgement.id] = Ruling(judgement.id, "withdrawn")
            else:
                self._of[judgement.about].append(judgement)
        self._nodes: dict[Thing, Node] = {}
        self._speaking: dict[About, dict[Node, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for about, own in self._of.items():
            for judgement in own:
                for thing in judgement.things:
                    self._speaking[about][self.node(thing)][judgement.id] = None

    def on(self, about: About) -> list[Judgement]:
        """The judgements of a matter that were not withdrawn, the oldest first."""
        return self._of[about]

    def about(self, about: About, node: Node) -> list[Judgement]:
        """Those of them that speak of `node`."""
        return [self._known[id] for id in self._speaking[about].get(node, ())]

    def node(self, thing: Thing) -> Node:
        """What stands for the thing in these articles."""
        if thing not in self._nodes:
            self._nodes[thing] = self._find(thing)
        return self._nodes[thing]

    def _find(self, thing: Thing) -> Node:
        if thing.kind == "article":
            return thing.article
        article = self.articles.get(thing.article)
        place = places.place(article, thing) if article else None
        return thing if place is None else (thing.article, thing.kind, place)

    def is_here(self, node: Node) -> bool:
        """Whether it is a thing of these articles."""
        return node in self.articles if isinstance(node, str) else not isinstance(node, Thing)

    def settle(
        self,
        about: About,
        groups: Sequence[Sequence[Node]],
        machine: Sequence[Sequence[Node]],
        ties: Iterable[tuple[Node, Node]] = (),
        scores: Mapping[Node, float] | None = None,
    ) -> list[list[Node]]:
        """`groups`, and judged things outside them, as people want them.

        `machine`: the groups that the machine found, and `scores`: how surely it holds each thing to be of its group.
        """
        said = [self._said(judgement) for judgement in self.on(about)]
        grouped = {node for group in groups for node in group}
        things = dict.fromkeys(node for one in said for node in one.things if self.is_here(node))
        every = [*groups, *([node] for node in things if node not in grouped)]
        settled = settle(every, said, ties)
        clashes: dict[str, Clash[Node]] = {}
        for clash in settled.clashes:
            clashes.setdefault(clash.judgement, clash)
        where = {node: -1 - i for i, node in enumerate(node for group in every for node in group)}
        where |= {node: i for i, group in enumerate(machine) for node in group}
        for one in said:
            self.rulings[one.id] = self._ruling(one, settled, clashes.get(one.id), where, scores or {})
        return settled.groups

    def _said(self, judgement: Judgement) -> Said[Node]:
        left, right = (tuple(map(self.node, side)) for side in (judgement.left, judgement.right))
        return Said(judgement.id, judgement.by, judgement.at, judgement.verdict == "same", left, right)

    def _ruling(
        self,
        one: Said[Node],
        settled: Settled[Node],
        clash: Clash[Node] | None,
        where: Mapping[Node, int],
        scores: Mapping[Node, float],
    ) -> Ruling:
        here = [node for node in one.things if node in where]
        if one.same:
            known, together = len(here) > 1, len({where[node] for node in here}) == 1
        else:
            pairs = [where[x] == where[y] for x, y in one.pairs() if x in where and y in where]
            known, together = bool(pairs), any(pairs)
        if not known:
            return Ruling(one.id, "waits", self.missing(self._known[one.id]))
        least = min((scores[node] for node in here if node in scores), default=None) if together else None
        later, wholly = settled.overruled.get(one.id, ("", False))
        if later and wholly:
            return Ruling(one.id, "overruled", self._later(later), together, least)
        if clash is not None:
            return Ruling(one.id, "contradicted", self._contradiction(clash), together, least)
        return Ruling(one.id, "stands", f"in part: {self._later(later)}" if later else "", together, least)

    # In words

    def sentence(self, judgement: Judgement, seen: Iterable[Node] = ()) -> str:
        """The judgement in words; the things that are `seen` need no name."""
        what = _ONE[judgement.about] if judgement.verdict == "same" else _TWO[judgement.about]
        if judgement.verdict == "different" and judgement.about in _MANY:
            others = self._others(judgement, set(seen))
            what = f"{what} {self.names(others)}" if others else self._all_apart(judgement)
        note = f": {judgement.note}" if judgement.note else ""
        return f"judged {what} by {judgement.by} on {judgement.at[:10]}{note}"

    def marks(self, about: About, group: Sequence[Node]) -> tuple[str, ...]:
        """What stands of the judgements on a group, the oldest first, each in words."""
        seen: dict[str, int] = defaultdict(int)
        for node in group:
            for id in self._speaking[about].get(node, ()):
                seen[id] += 1
        told = sorted((self._known[id] for id, n in seen.items() if self._holds(id, n)), key=lambda j: (j.at, j.id))
        more = f"and {len(told) - _MARKS} judgements more"
        return (*(self.mark(one, group) for one in told[:_MARKS]), *([more] if len(told) > _MARKS else ()))

    def mark(self, judgement: Judgement, seen: Iterable[Node] = ()) -> str:
        """The judgement as told beside the things that are `seen`, and what the machine says."""
        return f"{self.sentence(judgement, seen)}; {machine(judgement.about, self.rulings[judgement.id])}"

    def _holds(self, id: str, things: int) -> bool:
        return self.rulings[id].state == "stands" and (self._known[id].verdict == "different" or things > 1)

    def missing(self, judgement: Judgement) -> str:
        """Which of its things cannot be found, or that they have become one."""
        for thing in judgement.things:
            if thing.article not in self.articles:
                return f"the ledger holds no article {thing.article!r}"
            if not self.is_here(self.node(thing)):
                return f"no such {thing.kind} any more in {self.name(thing)}"
        return f"the {judgement.things[0].kind}s are one now"

    def name(self, thing: Thing) -> str:
        """A thing as a sentence names it."""
        article = self.articles.get(thing.article)
        words = thing.words or (article.title if article and thing.kind == "article" else "") or ""
        words = " ".join(words.split())
        short = words if len(words) <= _NAME else words[:_NAME].rsplit(" ", 1)[0] + " …"
        return thing.article + (f" (“{short}”)" if short else "")

    def _all_apart(self, judgement: Judgement) -> str:
        return f"{len(judgement.things)} different {_MANY[judgement.about]}"

    def _others(self, judgement: Judgement, seen: set[Node]) -> list[Thing]:
        left, right = ([t for t in side if self.node(t) not in seen] for side in (judgement.left, judgement.right))
        return (right if len(right) == len(judgement.right) else left) if judgement.right else left

    def names(self, things: Sequence[Thing]) -> str:
        """The first of some things, and how many more there are."""
        more = f" and {len(things) - 1} more" if len(things) > 1 else ""
        return f"{self.name(things[0])}{more}"

    def _later(self, id: str) -> str:
        later = self._known[id]
        return f"{later.by} said otherwise on {later.at[:10]} ({id})"

    def _contradiction(self, clash: Clash[Node]) -> str:
        """What a "same" clashes with, and by which judgements."""
        if not clash.chain:
            return "with other judgements it would put together what people tell apart; those apart stay apart"
        against = self._known[clash.against]
        names = [self._named(node) for node, _ in clash.chain]
        by = {id: f"{self._known[id].by}, {id}" for _, id in clash.chain if id}
        if len(names) > _STEPS:
            names = [*names[: _STEPS - 1], f"{len(names) - _STEPS} more", names[-1]]
        some = [*list(by.values())[:_STEPS], *([f"{len(by) - _STEPS} more"] if len(by) > _STEPS else [])]
        return (
            f"{' = '.join(names)} ({'; '.join(some)}), but {against.by} tells the first and the last of them apart "
            f"({clash.against}): they stay apart until one judgement is undone"
        )

    def _named(self, node: Node) -> str:
        if isinstance(node, Thing):
            return self.name(node)
        if isinstance(node, tuple):
            kind: Kind = node[1]
            return self.name(places.thing(self.articles[node[0]], kind, node[2]))
        return self.name(Thing(str(node)))


def machine(about: About, ruling: Ruling) -> str:
    """What the machine says of the things of a judgement."""
    if ruling.together is None:
        return "the machine does not know them"
    if about == "conflict":
        return "the machine finds that they differ"
    if about == "exchange":
        return "the machine finds it"
    if not ruling.together:
        return "the machine holds them apart"
    return "the machine holds them together" + ("" if ruling.score is None else f", score {ruling.score:.2f}")
