"""Conflicts: tellings of one quantity that cannot all be right. Says what differs, never who is wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from sayso.languages.measures import is_steady
from sayso.linking.article import Annotated
from sayso.linking.bounds import bounds, digits_moved
from sayso.linking.nouns import Conflict, FigureMember, FigureThread, Thread
from sayso.linking.quantities import GROWING, Told

_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?)?")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings of one thread, in two articles or of two sources in one."""

    left: Told
    right: Told
    left_day: str | None
    right_day: str | None
    shared: int
    """How many growing counts both articles tell alike."""
    beside: bool
    """One of two articles tells the other's value too."""


def conflicts(
    articles: Sequence[Annotated], threads: Sequence[Thread], figure_threads: Sequence[FigureThread]
) -> list[Conflict]:
    """All figure conflicts, and the statements told in changed words; ordered by thread."""
    by_id = {a.id: a for a in articles}
    snapshots = _snapshots(by_id, figure_threads)
    found: list[Conflict] = []
    for thread in figure_threads:
        told = [t for m in thread.members if (t := _look_up(by_id, m)) is not None]
        clashes = [p for p in _pairs(told, by_id, snapshots) if cannot_both_be(p)]
        if clashes:
            found.append(_conflict(thread, clashes))
    return found + [c for t in threads if (c := _changed(t)) is not None]


def _look_up(by_id: Mapping[str, Annotated], member: FigureMember) -> Told | None:
    article = by_id.get(member.article)
    if article is None or member.figure not in article.figure_ids:
        return None
    return Told(article.id, member.figure, article.figures[article.figure_ids.index(member.figure)])


def _snapshots(by_id: Mapping[str, Annotated], threads: Sequence[FigureThread]) -> dict[str, set[tuple[str, float]]]:
    """Per article, the (thread, value) of its running counts: who shares one speaks of the same moment."""
    seen: dict[str, set[tuple[str, float]]] = {}
    for thread in threads:
        for member in thread.members:
            told = _look_up(by_id, member)
            if told is not None and told.figure.unit in GROWING and told.figure.value is not None:
                seen.setdefault(told.article, set()).add((thread.id, float(told.figure.value)))
    return seen


def _pairs(
    told: list[Told], by_id: Mapping[str, Annotated], snapshots: Mapping[str, set[tuple[str, float]]]
) -> list[Pair]:
    def day(t: Told, beside: Told) -> str | None:
        """As of when; what one article sets side by side is of one day unless it says otherwise."""
        same = beside.figure.as_of if beside.article == t.article else None
        return (t.figure.as_of or same or by_id[t.article].published or "")[:10] or None

    values: dict[str, set[tuple[float | int | None, ...]]] = defaultdict(set)
    for one in told:
        values[one.article].add(_value(one))

    def pair(a: Told, b: Told) -> Pair:
        shared = len(snapshots.get(a.article, set()) & snapshots.get(b.article, set()))
        beside = _value(a) in values[b.article] or _value(b) in values[a.article]
        return Pair(a, b, day(a, b), day(b, a), shared, a.article != b.article and beside)

    return [pair(a, b) for a, b in combinations(told, 2) if a.article != b.article or _of_two_sources(a, b)]


def _value(told: Told) -> tuple[float | int | None, ...]:
    """The value, or the least that a vague count says: "dozens" are not "thousands"."""
    return told.figure.value, told.figure.least


def _of_two_sources(a: Told, b: Told) -> bool:
    """One article may set two sources against each other."""
    left, right = a.figure.asserted_by, b.figure.asserted_by
    return left is not None and right is not None and left != right


def cannot_both_be(pair: Pair) -> bool:
    """True when no value satisfies both and nothing (growth, another moment, another window) explains it."""
    left, right = bounds(pair.left.figure), bounds(pair.right.figure)
    if left is None or right is None or left.meets(right):
        return False
    return not any(rule(pair) for rule in EXPLANATIONS)


def other_day(pair: Pair) -> bool:
    """What moves from day to day can only differ on one day."""
    if is_steady(pair.left.figure.unit):
        return False
    return pair.left_day is None or pair.right_day is None or pair.left_day != pair.right_day


def other_window(pair: Pair) -> bool:
    """Both say after how long, and the longer time has the larger count."""
    a, b = hours(pair.left.figure.window), hours(pair.right.figure.window)
    if a is None or b is None or a == b:
        return False
    early, late = (pair.left, pair.right) if a < b else (pair.right, pair.left)
    fewer, more = bounds(early.figure), bounds(late.figure)
    return fewer is not None and more is not None and fewer.low <= more.low


def other_moment(pair: Pair) -> bool:
    """A growing count without a stated moment, in articles that tell no other growing count alike."""
    same_window = pair.left.figure.window is not None and pair.left.figure.window == pair.right.figure.window
    stated = hours(pair.left.figure.window) is not None and hours(pair.right.figure.window) is not None
    return pair.left.figure.unit in GROWING and not (same_window or stated or pair.shared)


def other_window_kind(pair: Pair) -> bool:
    """A rate against a total: only one of two figures that are no running counts has a window."""
    one = (pair.left.figure.window is None) != (pair.right.figure.window is None)
    return one and pair.left.figure.unit not in GROWING


def told_beside(pair: Pair) -> bool:
    """Who tells both values tells of two things: a total and a part, or before and after."""
    return pair.beside


EXPLANATIONS: tuple[Callable[[Pair], bool], ...] = (
    other_day,
    other_window,
    other_moment,
    other_window_kind,
    told_beside,
)


def hours(window: str | None) -> float | None:
    """An ISO 8601 duration of days, hours and minutes in hours."""
    found = _DURATION.fullmatch(window or "")
    if found is None or not any(found.groups()):
        return None
    days, hour, minute = (float(g or 0) for g in found.groups())
    return 24 * days + hour + minute / 60


def _conflict(thread: FigureThread, clashes: list[Pair]) -> Conflict:
    """One conflict per thread: its members are all that clash with another."""
    told = {(t.article, str(t.id)): t for p in clashes for t in (p.left, p.right)}
    values = list(dict.fromkeys(amount(t.figure) for _, t in sorted(told.items())))
    moved = any(digits_moved(float(p.left.figure.value or 0), float(p.right.figure.value or 0)) for p in clashes)
    changed = "the change of" if thread.change and thread.unit else "the change" if thread.change else None
    about = " ".join(filter(None, [changed, thread.unit, f"on {thread.scope}" if thread.scope else None]))
    why = f"Different figure for {about or 'the same quantity'}: {' against '.join(values)}"
    why += "; the digits are the same in another order." if moved else "."
    return Conflict("figure", thread.id, tuple(t.member for _, t in sorted(told.items())), why)


class Valued(Protocol):
    """Whatever has a figure's value."""

    @property
    def value(self) -> float | int | None:
        """The value, or the lower one of two."""

    @property
    def value_high(self) -> float | int | None:
        """The higher one of two."""

    @property
    def qualifier(self) -> str:
        """What bounds it."""

    @property
    def least(self) -> float | int | None:
        """The least that a vague count says."""


def amount(figure: Valued) -> str:
    """A figure's qualifier and value in words a reader knows: "over 296,000", "5 to 7"; never rounded."""
    if figure.value is None:
        return number(None) if figure.least is None else f"vague, at least {number(figure.least)}"
    value = number(figure.value)
    if figure.value_high is not None:
        value += f" to {number(figure.value_high)}"
    return value if figure.qualifier == "exact" else f"{figure.qualifier} {value}"


def number(value: float | int | None) -> str:
    """A value with its thousands grouped; "no number" for None."""
    if value is None:
        return "no number"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.12f}".rstrip("0").rstrip(".")


def _changed(thread: Thread) -> Conflict | None:
    changed = [m for m in thread.members if m.relation == "changed"]
    if not changed:
        return None
    reason = next((m.reason for m in changed if m.reason), "the tellings differ")
    return Conflict("statement", thread.id, thread.members, f"Told in different words: {reason}.")
