"""Figure threads: the same measured quantity told in several articles of one story."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.extraction.nouns import Figure, Spans
from sayso.languages.measures import is_measure
from sayso.linking.article import Annotated
from sayso.linking.bounds import bounds, significant
from sayso.linking.groups import Groups
from sayso.linking.nouns import FigureMember, FigureThread, Story, Thread
from sayso.text.folding import fold_word

_NEAR = 1.15  # measured values this close (as a ratio) are tellings of one quantity


@dataclass(frozen=True, slots=True)
class Told:
    """One figure where it is told."""

    article: str
    id: int | str
    figure: Figure

    @property
    def member(self) -> FigureMember:
        """The thread member that stands for it."""
        return FigureMember(self.article, self.id)


def figure_threads(
    articles: Sequence[Annotated], stories: Sequence[Story], statements: Sequence[Thread] = ()
) -> list[FigureThread]:
    """Threads of all stories, deterministic and independent of the order of `articles`.

    Same story, unit and scope; figures without a scope join the one that fits; units of measure need near values, or
    to stand in tellings of one statement. Changes and levels are told apart.
    """
    by_id = {a.id: a for a in articles}
    ties = [tie for thread in statements for tie in _ties(thread, by_id)]
    threads: list[FigureThread] = []
    for story in sorted(stories, key=lambda s: s.id):
        told = [t for id in sorted(story.articles) if id in by_id for t in _told(by_id[id])]
        for change in (False, True):
            groups = _groups([t for t in told if t.figure.change is change])
            threads += [_thread(story, group) for group in _tied(groups, ties)]
    return sorted(threads, key=lambda t: t.id)


def _told(article: Annotated) -> Iterable[Told]:
    for id, figure in zip(article.figure_ids, article.figures, strict=True):
        if figure.unit is not None or figure.value is not None:
            yield Told(article.id, id, figure)


def _groups(told: list[Told]) -> list[list[Told]]:
    """The figures of one story in groups of one quantity each."""
    keyed: dict[tuple[str, str], list[Told]] = defaultdict(list)
    loose: list[Told] = []
    for one in told:
        if one.figure.unit is None or one.figure.scope is None:
            loose.append(one)
        else:
            keyed[one.figure.unit, scope_key(one.figure.scope)].append(one)
    for one in loose:
        keyed[_home(one, keyed, told)].append(one)
    groups: list[list[Told]] = []
    for (unit, scope), members in sorted(keyed.items()):
        many = not scope and (is_measure(unit) or members[0].figure.change)
        groups.extend(_near(members) if many else [members])
    return groups


def scope_key(scope: str) -> str:
    """Scopes compared by their folded words, in any order."""
    return " ".join(sorted(fold_word(word) for word in scope.replace("+", " ").split()))


def _home(one: Told, keyed: dict[tuple[str, str], list[Told]], told: list[Told]) -> tuple[str, str]:
    """The group of a figure that lacks its scope or unit: where its value is told, else the unit's main scope."""
    figure = one.figure
    if figure.unit is None:
        same = [k for k, ms in keyed.items() if any(_same_value(figure, m.figure) for m in ms)]
        return same[0] if len(same) == 1 else ("", f"{one.article}#{one.id}")
    scopes = sorted(key for key in keyed if key[0] == figure.unit and key[1] != "")
    fitting = [k for k in scopes if any(_fits(figure, m.figure) for m in keyed[k] if m.figure.scope is not None)]
    if len(fitting) == 1:
        return fitting[0]
    if len(scopes) == 1 and _is_main(scopes[0], keyed, told):
        return scopes[0]
    return figure.unit, ""


def _is_main(key: tuple[str, str], keyed: dict[tuple[str, str], list[Told]], told: list[Told]) -> bool:
    """True when most articles that tell the unit tell this scope of it."""
    having = Counter(t.figure.unit for t in told if t.figure.unit == key[0])
    return 2 * sum(m.figure.scope is not None for m in keyed[key]) >= having[key[0]]


def _same_value(a: Figure, b: Figure) -> bool:
    return a.value is not None and a.value == b.value and significant(float(a.value)) >= 3


def _fits(a: Figure, b: Figure) -> bool:
    left, right = bounds(a), bounds(b)
    return left is not None and right is not None and left.meets(right)


def _near(members: list[Told]) -> list[list[Told]]:
    """Cut figures of one measure where the gap between neighbours is too wide for one quantity."""
    valued = sorted(
        (m for m in members if m.figure.value is not None), key=lambda m: (float(m.figure.value or 0), m.article)
    )
    groups: list[list[Told]] = []
    for one in valued:
        value = float(one.figure.value or 0)
        last = float(groups[-1][-1].figure.value or 0) if groups else 0.0
        if groups and value <= last * _NEAR:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups + [[m] for m in members if m.figure.value is None]


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


def _thread(story: Story, group: list[Told]) -> FigureThread:
    units = Counter(t.figure.unit for t in group if t.figure.unit)
    scopes = Counter(t.figure.scope for t in group if t.figure.scope)
    first = min(f"{t.article}\x00{t.id}" for t in group)
    name = hashlib.sha256(f"{story.id}\x00figure\x00{first}".encode()).hexdigest()[:12]
    members = sorted((t.member for t in group), key=lambda m: (m.article, str(m.figure)))
    return FigureThread(f"f-{name}", _most(units), _most(scopes), tuple(members), group[0].figure.change)


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda k: (-counts[k], k), default=None)
