"""Join: figures that tell the same measured quantity in several articles of one story, made into figure threads."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.extraction.nouns import Spans
from sayso.languages.measures import is_measure
from sayso.linking.article import Annotated
from sayso.linking.figures.homes import by_value, keyed, lend
from sayso.linking.figures.quantities import PERSONS, Told, quantities
from sayso.linking.likeness.groups import Groups
from sayso.linking.nouns import FigureMember, FigureThread, Story, Thread


def figure_threads(
    articles: Sequence[Annotated], stories: Sequence[Story], statements: Sequence[Thread] = ()
) -> list[FigureThread]:
    """Threads of all stories, deterministic and independent of the order of `articles`.

    Same story, unit and scope (`quantities`); figures without a scope join the one that fits, those without a unit the
    one of their value; what tellings of one statement measure is one quantity. Changes and levels are told apart.
    """
    by_id = {a.id: a for a in articles}
    ties = [tie for thread in statements for tie in _ties(thread, by_id)]
    threads: list[FigureThread] = []
    for story in sorted(stories, key=lambda s: s.id):
        told = [t for id in sorted(story.articles) if id in by_id for t in _told(by_id[id])]
        for change in (False, True):
            groups = _groups([t for t in told if t.figure.change is change])
            threads += [as_thread(story, group) for group in _tied(groups, ties)]
    return sorted(threads, key=lambda t: t.id)


def _told(article: Annotated) -> Iterable[Told]:
    for id, figure in zip(article.figure_ids, article.figures, strict=True):
        if figure.unit is not None or figure.value is not None:
            yield Told(article.id, id, figure)


def _groups(told: list[Told]) -> list[list[Told]]:
    """The figures of one story in groups of one quantity each."""
    homes = keyed(told)
    people = homes.pop(("people", ""), [])
    groups = [group for (unit, scope), members in sorted(homes.items()) for group in quantities(unit, scope, members)]
    crowds = lend(groups, people, PERSONS)
    if crowds:
        groups += quantities("people", "", crowds)
    return groups + by_value(lend(groups, [one for one in told if one.figure.unit is None]))


def _ties(thread: Thread, by_id: Mapping[str, Annotated]) -> list[list[FigureMember]]:
    """The figures that a statement's tellings give of one measure, where each telling gives one."""
    found: dict[tuple[str | None, bool], list[FigureMember]] = defaultdict(list)
    for member in thread.members:
        article = by_id.get(member.article)
        inside = _measured(article, member.content) if article else []
        counts = Counter((one.figure.unit, one.figure.change) for one in inside)
        for one in inside:
            kind = one.figure.unit, one.figure.change
            if counts[kind] == 1:
                found[kind].append(one.member)
    return [members for members in found.values() if len(members) > 1]


def _measured(article: Annotated, content: Spans) -> list[Told]:
    """Measures without a scope inside `content`."""
    return [
        one
        for one in _told(article)
        if is_measure(one.figure.unit) and not one.figure.scope and one.figure.value is not None
        if one.figure.span.length and any(span.contains(one.figure.span) for span in content)
    ]


def _tied(groups: list[list[Told]], ties: list[list[FigureMember]]) -> list[list[Told]]:
    """Groups of which a tie holds members become one."""
    home = {one.member: i for i, group in enumerate(groups) for one in group}
    joined = Groups(range(len(groups)))
    for tie in ties:
        held = [home[member] for member in tie if member in home]
        for other in held[1:]:
            joined.join(held[0], other)
    return [[one for i in part for one in groups[i]] for part in joined.lists()]


def as_thread(story: Story, group: list[Told]) -> FigureThread:
    """The thread of these figures."""
    units = Counter(t.figure.unit for t in group if t.figure.unit)
    scopes = Counter(t.figure.scope for t in group if t.figure.scope)
    first = min(f"{t.article}\x00{t.id}" for t in group)
    name = hashlib.sha256(f"{story.id}\x00figure\x00{first}".encode()).hexdigest()[:12]
    members = sorted((t.member for t in group), key=lambda m: (m.article, str(m.figure)))
    return FigureThread(f"f-{name}", _most(units), _most(scopes), tuple(members), group[0].figure.change)


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda k: (-counts[k], k), default=None)
