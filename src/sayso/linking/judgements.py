"""Judgements: the machine's links as people want them shown. Pure: the same links and judgements give the same view.

Only the stories that a judgement speaks of are looked at. Where people put other articles into a story than the machine
did, its statements and figures are compared anew, so the view is what linking finds in the stories as people see them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from sayso.linking.article import Annotated, early
from sayso.linking.bench import Bench, Node
from sayso.linking.conflicts import conflicts
from sayso.linking.figures import as_thread as figure_thread
from sayso.linking.figures import figure_threads
from sayso.linking.judgement import About, Judgement, Kind, Ruling
from sayso.linking.nouns import Conflict, FigureMember, FigureThread, Links, StatementMember, Story, Thread
from sayso.linking.quantities import Told
from sayso.linking.speakers import Mention, speakers
from sayso.linking.stories import as_one
from sayso.linking.telling import telling
from sayso.linking.threads import as_thread
from sayso.linking.within import Within, together, within
from sayso.models.embedder import Embedder

L = TypeVar("L", Thread, FigureThread)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown in the place of the machine's links of `articles`, and what became of each judgement."""

    links: Links
    articles: tuple[str, ...]
    rulings: tuple[Ruling, ...]


def touched(links: Links, judgements: Iterable[Judgement]) -> list[Story]:
    """The machine's stories with an article that a judgement speaks of."""
    told = {thing.article for one in judgements if not one.withdrawn for thing in one.things}
    return [story for story in links.stories if not told.isdisjoint(story.articles)]


def judged(
    links: Links, judgements: Sequence[Judgement], articles: Iterable[Annotated], encoder: Embedder | None = None
) -> Shown:
    """The machine's `links` as people want them; `articles`: at least those of the stories that are `touched`."""
    old = touched(links, judgements)
    wanted = {id for story in old for id in story.articles}
    by_id = {article.id: article for article in sorted(articles, key=early) if article.id in wanted}
    bench = Bench(judgements, by_id)
    stories = _stories(bench, old, encoder)
    found = _within(links, old, stories, by_id, encoder)
    names = speakers(list(by_id.values()), stories)
    found = _threads(bench, found, stories, names)
    weighed = tuple(c for c in (_weighed(bench, conflict) for conflict in found.conflicts) if c is not None)
    _unmet(bench, "conflict")
    shown = Links(tuple(stories), **{f.name: getattr(found, f.name) for f in fields(found)})
    return Shown(replace(shown, conflicts=weighed), tuple(by_id), tuple(bench.rulings.values()))


def whole(links: Links, shown: Shown) -> Links:
    """All links as they are shown."""
    hidden = set(shown.articles)
    parts: dict[str, Any] = {}
    for field in fields(Links):
        kept = (link for link in getattr(links, field.name) if hidden.isdisjoint(_articles(link)))
        parts[field.name] = (*kept, *getattr(shown.links, field.name))
    return Links(**parts)


def _articles(link: Any) -> Iterable[str]:  # noqa: ANN401  (any link)
    """The articles that a link is between."""
    return link.articles if hasattr(link, "articles") else [member.article for member in link.members]


# Stories


def _stories(bench: Bench, old: Sequence[Story], encoder: Embedder | None) -> list[Story]:
    """The stories as people want them; one that no machine found is told as the machine would tell it."""
    reasons = sorted((reason for story in old for reason in story.reasons), key=lambda r: (-r.score, r.left, r.right))
    ties = [(reason.left, reason.right) for reason in reasons]
    scores: dict[Node, float] = {
        reason.left: reason.score for story in old if len(story.articles) > 1 for reason in story.reasons
    }
    known: dict[frozenset[Node], Story] = {frozenset(story.articles): story for story in old}
    found: list[Story] = []
    for group in bench.settle("story", [story.articles for story in old], ties, scores):
        story = known.get(frozenset(group)) or as_one([bench.articles[str(id)] for id in group], encoder)
        found.append(replace(story, judged=bench.marks("story", group)))
    return sorted(found, key=lambda story: early(bench.articles[story.articles[0]]))


def _within(
    links: Links,
    old: Sequence[Story],
    stories: Sequence[Story],
    by_id: Mapping[str, Annotated],
    encoder: Embedder | None,
) -> Within:
    """What stands in the stories: the machine's finds in those it knows, new ones in the others."""
    known = {story.articles for story in old}
    kept = {id for story in stories if story.articles in known for id in story.articles}
    machine: dict[str, Any] = {
        f.name: tuple(link for link in getattr(links, f.name) if not kept.isdisjoint(_articles(link)))
        for f in fields(Within)
    }
    parts = [Within(**machine)]
    for story in stories:
        if story.articles not in known:
            own = [by_id[id] for id in story.articles]
            parts.append(within(story, own, speakers(own, [story]), encoder))
    return together(parts)


# Threads


def _threads(bench: Bench, found: Within, stories: Sequence[Story], names: Mapping[Mention, str]) -> Within:
    """Threads, figure threads and conflicts; what follows from a changed thread is found anew."""
    story_of = {id: story for story in stories for id in story.articles}
    articles = list(bench.articles.values())

    def statements(group: list[Node]) -> Thread:
        places = _in_order(bench, group)
        return as_thread([telling(article, i, names.get((article.id, i))) for article, i in places])

    def quantity(group: list[Node]) -> FigureThread:
        told = [
            Told(article.id, _id(article.figure_ids, i), article.figures[i]) for article, i in _in_order(bench, group)
        ]
        return figure_thread(story_of[told[0].article], told)

    told = _judged(bench, "thread", "statement", found.threads, statements)
    same = _members(told) == _members(found.threads)
    figures = found.figure_threads if same else tuple(figure_threads(articles, stories, told))
    counted = _judged(bench, "figures", "figure", figures, quantity)
    same = same and _members(counted) == _members(figures)
    clashes = found.conflicts if same else tuple(conflicts(articles, told, counted))
    return replace(found, threads=told, figure_threads=counted, conflicts=clashes)


def _judged(
    bench: Bench, about: About, kind: Kind, threads: Sequence[L], make: Callable[[list[Node]], L]
) -> tuple[L, ...]:
    """Threads as people want them, by id; those that stay as they are stay the same to the letter."""
    groups = [[node for member in t.members if (node := _node(bench, kind, member))] for t in threads]
    known = {frozenset(group): thread for group, thread in zip(groups, threads, strict=True)}
    found: list[L] = []
    for group in bench.settle(about, groups):
        thread, marks = known.get(frozenset(group)), bench.marks(about, group)
        if thread is None and len(group) > 1:
            thread = make(group)
        if thread is not None:
            found.append(replace(thread, judged=marks))
    return tuple(sorted(found, key=lambda thread: thread.id))


def _members(threads: Iterable[L]) -> set[frozenset[Any]]:
    return {frozenset((m.article, _own(m)) for m in thread.members) for thread in threads}


def _own(member: StatementMember | FigureMember) -> int | str:
    return member.figure if isinstance(member, FigureMember) else member.attribution


def _node(bench: Bench, kind: Kind, member: StatementMember | FigureMember) -> Node | None:
    article = bench.articles.get(member.article)
    if article is None:
        return None
    ids = article.figure_ids if kind == "figure" else article.attribution_ids
    return article.id, kind, ids.index(_own(member)) if ids else _own(member)


def _id(ids: Sequence[int | str], place: int) -> int | str:
    return ids[place] if ids else place


def _in_order(bench: Bench, group: Iterable[Node]) -> list[tuple[Annotated, int]]:
    """The places of a group in reading order."""
    places = [(bench.articles[node[0]], node[2]) for node in group if isinstance(node, tuple)]
    return sorted(places, key=lambda p: (*early(p[0]), p[1]))


# Conflicts


def _weighed(bench: Bench, conflict: Conflict) -> Conflict | None:
    """The conflict with what people say of it; None where they say that it is none.

    Only judgements that know all of its members count: a new telling makes it worth another look. Of each person the
    last one stands, and one "different" keeps it.
    """
    kind: Kind = "figure" if conflict.kind == "figure" else "statement"
    nodes = {node for member in conflict.members if (node := _node(bench, kind, member))}
    last: dict[str, Judgement] = {}
    for one in bench.about("conflict", next(iter(nodes))):
        if nodes <= {bench.node(thing) for thing in one.things}:
            before, last[one.by] = last.get(one.by), one
            if before:
                why = f"{one.by} judged again on {one.at[:10]} ({one.id})"
                bench.rulings[before.id] = Ruling(before.id, "overruled", why, together=False)
    kept = next((one for one in last.values() if one.verdict == "different"), None)
    for one in last.values():
        stands = kept is None or one.verdict == "different"
        why = f"left out: {conflict.why}" if kept is None else ""
        if kept is not None and not stands:
            why = f"{kept.by} says that it is one ({kept.id}): it is shown"
        bench.rulings[one.id] = Ruling(one.id, "stands" if stands else "contradicted", why, together=False)
    if last and kept is None:
        return None
    marks = tuple(bench.sentence(one) for one in last.values() if one.verdict == "different")
    return replace(conflict, judged=marks)


def _unmet(bench: Bench, about: About) -> None:
    """What is left over speaks of a link that the machine does not find."""
    for one in bench.on(about):
        if one.id not in bench.rulings:
            here = all(bench.is_here(bench.node(thing)) for thing in one.things)
            why = f"the machine finds no such {about} now" if here else bench.missing(one)
            bench.rulings[one.id] = Ruling(one.id, "waits", why)
