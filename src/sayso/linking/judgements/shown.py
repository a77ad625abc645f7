"""Shown: the machine's links as people want them shown. Pure: the same links and judgements give the same view.

Only the stories that a judgement speaks of are looked at. Where people put other articles into a story than the machine
did, its statements and figures are compared anew, so the view is what linking finds in the stories as people see them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from sayso.linking.judgements.members import articles_of, kind_of, members, node, own
from sayso.linking.judgements.nouns import About, Judgement, Ruling
from sayso.linking.judgements.weighed import rejected, weighed
from sayso.linking.nouns import (
    FigureThread,
    Links,
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
    clashes = weighed(bench, "conflict", found.conflicts)
    found = replace(
        found,
        threads=agreed(bench, found.threads, rejected(bench, found.conflicts, clashes)),
        conflicts=clashes,
        exchanges=weighed(bench, "exchange", found.exchanges),
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
    return [known for member in members(thread) if (known := node(bench, kind_of(thread), member))]


def _members(threads: Iterable[L]) -> set[frozenset[Any]]:
    return {frozenset((m.article, own(m)) for m in thread.members) for thread in threads}


def _id(ids: Sequence[int | str], place: int) -> int | str:
    return ids[place] if ids else place


def _in_order(bench: Bench, group: Iterable[Node]) -> list[tuple[Annotated, int]]:
    """The places of a group in reading order."""
    places = [(bench.articles[node[0]], node[2]) for node in group if isinstance(node, tuple)]
    return sorted(places, key=lambda p: (*early(p[0]), p[1]))
