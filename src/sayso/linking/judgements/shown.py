"""Judgements: the machine's links as people want them shown. Pure: the same links and judgements give the same view.

Only the stories that a judgement speaks of are looked at. Where people put other articles into a story than the machine
did, its statements and figures are compared anew, so the view is what linking finds in the stories as people see them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from sayso.linking.article import Annotated, early
from sayso.linking.figures import quantities
from sayso.linking.figures.conflicts import conflicts
from sayso.linking.figures.join import as_thread as figure_thread
from sayso.linking.figures.join import figure_threads
from sayso.linking.judgements.afresh import afresh
from sayso.linking.judgements.agreed import agreed
from sayso.linking.judgements.bench import Bench, Node
from sayso.linking.judgements.nouns import About, Judgement, Kind, Ruling
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    Exchange,
    ExchangeMember,
    FigureMember,
    FigureThread,
    Links,
    StatementMember,
    Story,
    Thread,
)
from sayso.linking.relink import Memory
from sayso.linking.speakers.join import Mention, speakers
from sayso.linking.telling import telling
from sayso.linking.threads.join import as_thread
from sayso.linking.within import Within, together
from sayso.models.embedder import Embedder

L = TypeVar("L", Thread, FigureThread)
W = TypeVar("W", Conflict, Exchange)
Told = Thread | FigureThread | Conflict | Exchange
Member = StatementMember | FigureMember | ExchangeMember


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown in the place of the machine's links of `articles`, and what became of each judgement."""

    links: Links
    articles: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    used: tuple[str, ...] = ()
    """What of the memory still counts: digests of `afresh.KIND`."""


def touched(links: Links, judgements: Iterable[Judgement]) -> list[Story]:
    """The machine's stories with an article that a judgement speaks of."""
    told = {thing.article for one in judgements if not one.withdrawn for thing in one.things}
    return [story for story in links.stories if not told.isdisjoint(story.articles)]


def judged(
    links: Links,
    judgements: Sequence[Judgement],
    articles: Iterable[Annotated],
    encoder: Embedder | None = None,
    memory: Memory | None = None,
) -> Shown:
    """The machine's `links` as people want them; `articles`: at least those of the stories that are `touched`.

    `memory` keeps what was found in stories that people made.
    """
    old = touched(links, judgements)
    wanted = {id for story in old for id in story.articles}
    by_id = {article.id: article for article in sorted(articles, key=early) if article.id in wanted}
    bench = Bench(judgements, by_id)
    groups = _groups(bench, old)
    known = {frozenset(story.articles): story for story in old}
    own = [[by_id[id] for id in group] for group in groups if frozenset(group) not in known]
    new = afresh(own, encoder, memory)
    made = known | {frozenset(one.story.articles): one.story for one in new}
    stories = [replace(made[frozenset(group)], judged=bench.marks("story", group)) for group in groups]
    found = together([_kept(links, stories, old), *(one.within for one in new)])
    found = _threads(bench, found, stories, links)
    clashes = _weighed(bench, "conflict", found.conflicts)
    found = replace(
        found,
        threads=agreed(bench, found.threads, _rejected(bench, found.conflicts, clashes)),
        conflicts=clashes,
        exchanges=_weighed(bench, "exchange", found.exchanges),
    )
    shown = Links(tuple(stories), **{f.name: getattr(found, f.name) for f in fields(found)})
    return Shown(shown, tuple(by_id), tuple(bench.rulings.values()), tuple(one.digest for one in new))


def whole(links: Links, shown: Shown) -> Links:
    """All links as they are shown."""
    hidden = set(shown.articles)
    parts: dict[str, Any] = {}
    for field in fields(Links):
        kept = (link for link in getattr(links, field.name) if hidden.isdisjoint(articles_of(link)))
        parts[field.name] = (*kept, *getattr(shown.links, field.name))
    return Links(**parts)


def articles_of(link: Story | Duplicate | Told) -> tuple[str, ...]:
    """The articles that a link is between."""
    return link.articles if isinstance(link, Story | Duplicate) else tuple(m.article for m in members(link))


def members(link: Told) -> tuple[Member, ...]:
    """The statements or figures that a link is between."""
    if isinstance(link, Exchange):
        return (link.reply, link.statement) if link.statement else (link.reply,)
    return link.members


# Stories


def _groups(bench: Bench, old: Sequence[Story]) -> list[list[str]]:
    """The articles of each story as people want them, in order of publication."""
    reasons = sorted((reason for story in old for reason in story.reasons), key=lambda r: (-r.score, r.left, r.right))
    ties = [(reason.left, reason.right) for reason in reasons]
    scores: dict[Node, float] = {
        reason.left: reason.score for story in old if len(story.articles) > 1 for reason in story.reasons
    }
    machine = [story.articles for story in old]
    order = {id: i for i, id in enumerate(bench.articles)}
    settled = bench.settle("story", machine, machine, ties, scores)
    return sorted((sorted(map(str, group), key=order.__getitem__) for group in settled), key=lambda g: order[g[0]])


def _kept(links: Links, stories: Iterable[Story], old: Iterable[Story]) -> Within:
    """What the machine found in the stories that are as it found them."""
    known = {story.articles for story in old}
    kept = {id for story in stories if story.articles in known for id in story.articles}
    inside = {
        f.name: tuple(link for link in getattr(links, f.name) if not kept.isdisjoint(articles_of(link)))
        for f in fields(Within)
    }
    return Within(**inside)


# Threads


def _threads(bench: Bench, found: Within, stories: Sequence[Story], links: Links) -> Within:
    """Threads, figure threads and conflicts; what follows from a changed thread is found anew.

    `links`: the machine's own.
    """
    story_of = {id: story for story in stories for id in story.articles}
    articles = list(bench.articles.values())

    @cache
    def names(story: Story) -> Mapping[Mention, str]:
        return speakers([bench.articles[id] for id in story.articles], [story])

    def statements(group: list[Node]) -> Thread:
        places = _in_order(bench, group)
        return as_thread([telling(one, i, names(story_of[one.id]).get((one.id, i))) for one, i in places])

    def quantity(group: list[Node]) -> FigureThread:
        told = [
            quantities.Told(article.id, _id(article.figure_ids, i), article.figures[i])
            for article, i in _in_order(bench, group)
        ]
        return figure_thread(story_of[told[0].article], told)

    told = _judged(bench, "thread", found.threads, links.threads, statements)
    same = _members(told) == _members(found.threads)
    figures = found.figure_threads if same else tuple(figure_threads(articles, stories, told))
    counted = _judged(bench, "figures", figures, links.figure_threads, quantity)
    same = same and _members(counted) == _members(figures)
    clashes = found.conflicts if same else tuple(conflicts(articles, told, counted))
    return replace(found, threads=told, figure_threads=counted, conflicts=clashes)


def _judged(
    bench: Bench, about: About, threads: Sequence[L], machine: Sequence[L], make: Callable[[list[Node]], L]
) -> tuple[L, ...]:
    """Threads as people want them, by id; those that stay as they are stay the same to the letter."""
    groups = [_in_group(bench, thread) for thread in threads]
    known = {frozenset(group): thread for group, thread in zip(groups, threads, strict=True)}
    found: list[L] = []
    for group in bench.settle(about, groups, [_in_group(bench, thread) for thread in machine]):
        thread = known.get(frozenset(group))
        if thread is None and len(group) > 1:
            thread = make(group)
        if thread is not None:
            found.append(replace(thread, judged=bench.marks(about, group)))
    return tuple(sorted(found, key=lambda thread: thread.id))


def _in_group(bench: Bench, thread: Thread | FigureThread) -> list[Node]:
    """The members of a thread, as far as they stand in articles that people speak of."""
    return [node for member in members(thread) if (node := _node(bench, kind_of(thread), member))]


def _members(threads: Iterable[L]) -> set[frozenset[Any]]:
    return {frozenset((m.article, _own(m)) for m in thread.members) for thread in threads}


def _own(member: Member) -> int | str:
    return member.figure if isinstance(member, FigureMember) else member.attribution


def _node(bench: Bench, kind: Kind, member: Member) -> Node | None:
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


# Conflicts and exchanges


def _weighed(bench: Bench, about: About, links: Sequence[W]) -> tuple[W, ...]:
    """The links with what people say of them, without those that they reject.

    Only judgements that know all members of a link count: a conflict with a new telling is worth another look. Of each
    person the last one stands, and one "different" outweighs all others.
    """
    found: list[W] = []
    for link in links:
        spoken = _last_words(bench, about, _nodes(bench, link))
        different = next((one for one in spoken if one.verdict == "different"), None)
        rejected = bool(spoken) and (different is None) == (about == "conflict")
        why = f"left out: {_told(link)}" if rejected else ""
        for one in spoken:
            stands = different is None or one.verdict == "different"
            other = "" if different is None else f"{different.by} is more careful ({different.id})"
            ruling = Ruling(one.id, "stands", why) if stands else Ruling(one.id, "contradicted", other)
            bench.rulings[one.id] = replace(ruling, together=about != "conflict")
        if not rejected:
            standing = (one for one in spoken if bench.rulings[one.id].state == "stands")
            found.append(replace(link, judged=tuple(map(bench.mark, standing))))
    _unmet(bench, about, links)
    return tuple(found)


def _rejected(
    bench: Bench, found: Sequence[Conflict], kept: Sequence[Conflict]
) -> Iterator[tuple[Conflict, Judgement]]:
    """The conflicts that people rejected, each with the last judgement that says so."""
    stay = {(clash.kind, clash.thread) for clash in kept}
    for clash in found:
        if (clash.kind, clash.thread) not in stay:
            yield clash, _last_words(bench, "conflict", _nodes(bench, clash))[-1]


def _last_words(bench: Bench, about: About, nodes: set[Node]) -> list[Judgement]:
    """What each person said last of exactly these things, the oldest first; what they said before is overruled."""
    last: dict[str, Judgement] = {}
    for one in bench.about(about, next(iter(nodes))) if nodes else ():
        if nodes <= {bench.node(thing) for thing in one.things}:
            before = last.pop(one.by, None)
            last[one.by] = one
            if before:
                why = f"{one.by} judged again on {one.at[:10]} ({one.id})"
                bench.rulings[before.id] = Ruling(before.id, "overruled", why, about != "conflict")
    return list(last.values())


def _nodes(bench: Bench, link: Conflict | Exchange) -> set[Node]:
    return {node for member in members(link) if (node := _node(bench, kind_of(link), member))}


def kind_of(link: Told) -> Kind:
    """What a link is between."""
    figures = isinstance(link, FigureThread) or (isinstance(link, Conflict) and link.kind == "figure")
    return "figure" if figures else "statement"


def _told(link: Conflict | Exchange) -> str:
    return link.why if isinstance(link, Conflict) else link.reason


def _unmet(bench: Bench, about: About, links: Sequence[Conflict | Exchange]) -> None:
    """What is left over speaks of a link that the machine does not find, or not so."""
    every = (
        [_nodes(bench, link) for link in links] if any(one.id not in bench.rulings for one in bench.on(about)) else []
    )
    for one in bench.on(about):
        if one.id not in bench.rulings:
            nodes = {bench.node(thing) for thing in one.things}
            why = f"the machine finds no such {about} now"
            if not all(map(bench.is_here, nodes)):
                why = bench.missing(one)
            elif any(nodes < grown for grown in every):
                why = f"the {about} has another member since: it is shown, to be judged anew"
            bench.rulings[one.id] = Ruling(one.id, "waits", why)
