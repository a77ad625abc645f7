"""Quantities: figures of one unit and scope are one quantity, unless an article tells of several things by them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.extraction.nouns import Figure
from sayso.languages.measures import is_measure, is_steady, kind
from sayso.linking.figures.bounds import Bounds, bounds, scale_slip, significant
from sayso.linking.likeness.groups import Groups
from sayso.linking.nouns import FigureMember

# What may be counted where a text, or its language's words, say no more than "people".
PERSONS = frozenset(
    {"deaths", "injured", "hospitalised", "missing", "displaced", "evacuated", "rescued", "arrests", "cases"}
)
# Counts that grow by the hour, of platforms and of disasters: only figures of one moment can differ.
GROWING = PERSONS | {"views", "likes", "reposts", "comments", "bookmarks", "downloads", "subscribers"}
GROWING |= {"buildings", "homes", "aftershocks"}

NEAR = 1.15  # values this close (as a ratio) may be tellings of one quantity
_SLIGHT = 1.01  # lengths, weights and times this close, where nothing tells of what
_ROUNDED = 1.05  # so close where an article tells several: what rounding to two digits leaves
_LEAP = 10.0  # what does not grow by the hour is not told in values this far apart
_DRIFT = 2.0  # nor, where one article tells several quantities, so far apart under one of them
_PARTS = 4  # more values than these of one moment are no total with its parts


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

    @property
    def size(self) -> float:
        """How large it is, whatever its sign; of a vague count the least it says."""
        value = self.figure.least if self.figure.value is None else self.figure.value
        return abs(float(value or 0))


Value = tuple[float | int | None, float | int | None]


def value(told: Told) -> Value:
    """The value and the higher one of two."""
    return told.figure.value, told.figure.value_high


def is_telling(told: Told) -> bool:
    """True for values that seldom agree by chance: of three digits or more, written or in size."""
    amount = told.figure.value
    return amount is not None and (abs(amount) >= 100 or significant(float(amount)) >= 3)


def quantities(unit: str | None, scope: str, members: list[Told]) -> list[list[Told]]:
    """Figures of one unit and scope, in groups of one quantity each; `scope` is "" where none is told."""
    change = members[0].figure.change
    if not scope and (change or is_measure(unit) or unit not in GROWING):
        return _unscoped(unit, members)
    if change or is_measure(unit):
        return _leaps(members)
    if unit in GROWING:
        return [part for group in _estimates(members) for part in _ranks(group)]
    return [part for group in _leaps(members) for part in _parts(group)]


def _unscoped(unit: str | None, members: list[Told]) -> list[list[Told]]:
    """Without a scope values must agree: 20 and 18 percent may be of two things. A story tells few magnitudes, though,
    and a length of 127 minutes is another telling of 126."""
    if members[0].figure.change or not is_steady(unit):
        return _near(members, NEAR, agree=True)
    return _alike(members, NEAR if kind(unit) == "strength" else _SLIGHT)


def _alike(members: list[Told], ratio: float = NEAR) -> list[list[Told]]:
    """Near values are one quantity, and only equal ones where an article tells several."""
    groups = []
    for group in _near(members, ratio):
        several = any(len(classes) > 1 for classes in _classes(_together(group), _ROUNDED))
        groups += _near(group, _ROUNDED) if several else [group]
    return groups


def _near(members: Iterable[Told], ratio: float, agree: bool = False) -> list[list[Told]]:
    """Groups around the values that most articles tell; figures without a value stand alone."""
    groups: list[list[Told]] = []
    signed: dict[bool, dict[float, list[Told]]] = {False: defaultdict(list), True: defaultdict(list)}
    for one in members:
        if one.figure.value is None:
            groups.append([one])
        else:
            signed[one.figure.value < 0][one.size].append(one)
    for told in signed.values():
        groups += _around(told, ratio, agree)
    return groups


def _around(told: Mapping[float, list[Told]], ratio: float, agree: bool) -> list[list[Told]]:
    sizes = sorted(told)
    free = dict.fromkeys(sizes, True)
    reach = {size: _reach(told[size]) for size in sizes} if agree else {}
    groups: list[list[Told]] = []
    for size in sorted(sizes, key=lambda s: (-len({one.article for one in told[s]}), s)):
        if not free[size]:
            continue
        near = sizes[bisect_left(sizes, size / ratio) : bisect_right(sizes, size * ratio)]
        held = [s for s in near if free[s] and (not agree or reach[s].meets(reach[size]))]
        free.update(dict.fromkeys(held, False))
        groups.append([one for s in held for one in told[s]])
    return groups


def _reach(told: Iterable[Told]) -> Bounds:
    """All that tellings of one value leave open."""
    ranges = [left for one in told if (left := bounds(one.figure)) is not None]
    return Bounds(min(left.low for left in ranges), max(left.high for left in ranges))


def _leaps(members: list[Told]) -> list[list[Told]]:
    """Cut where neighbouring values lie too far apart; a slip of scale is no other quantity."""
    sized = sorted(members, key=lambda one: one.size)
    cuts = [
        i
        for i, (a, b) in enumerate(pairwise(sized), 1)
        if 0 < a.size * _LEAP < b.size and not scale_slip(a.size, b.size)
    ]
    return [sized[start:end] for start, end in pairwise([0, *cuts, len(sized)])]


def _together(members: Iterable[Told]) -> list[list[Told]]:
    """What one article tells of one moment on one authority, where it tells several values; largest first."""
    sets: dict[tuple[str, str | None, str | None, str | None], list[Told]] = defaultdict(list)
    for one in members:
        if one.figure.value is not None:
            told = one.figure
            sets[one.article, told.as_of, told.window, told.asserted_by].append(one)
    return [sorted(told, key=lambda one: -one.size) for told in sets.values() if len(told) > 1]


def _classes(sets: Sequence[list[Told]], ratio: float) -> list[list[list[Told]]]:
    """Each set's values, those that restate the one before with it."""
    return [_restated(told, ratio) for told in sets]


def _restated(told: list[Told], ratio: float) -> list[list[Told]]:
    classes = [told[:1]]
    for one in told[1:]:
        last = classes[-1][-1]
        if last.size <= one.size * ratio or _meet(last.figure, one.figure):
            classes[-1].append(one)
        else:
            classes.append([one])
    return classes


def _meet(a: Figure, b: Figure) -> bool:
    left, right = bounds(a), bounds(b)
    return left is not None and right is not None and left.meets(right)


def _estimates(members: list[Told]) -> list[list[Told]]:
    """What is counted so far, and the estimates of what it may come to.

    A range or an upper bound that an article gives beside another count is an estimate, and so are those near it.
    """
    open_ended = [one for one in members if _is_estimate(one.figure)]
    counted: dict[str, list[float]] = defaultdict(list)
    for one in members:
        if one.figure.value is not None and not _is_estimate(one.figure):
            counted[one.article].append(one.size)
    beside = {article: (min(sizes), max(sizes)) for article, sizes in counted.items()}
    tops = sorted(_top(one) for one in open_ended if any(_apart(_top(one), s) for s in beside.get(one.article, ())))
    held = {one.member for one in open_ended if _is_near(_top(one), tops)}
    groups = [one for one in members if one.member not in held], [one for one in members if one.member in held]
    return [group for group in groups if group]


def _is_estimate(figure: Figure) -> bool:
    return figure.value is not None and (figure.value_high is not None or figure.qualifier in ("up to", "under"))


def _top(one: Told) -> float:
    return max(one.size, abs(float(one.figure.value_high or 0)))


def _apart(a: float, b: float) -> bool:
    return min(a, b) * NEAR < max(a, b)


def _is_near(size: float, sizes: Sequence[float]) -> bool:
    """True when one of `sizes`, which ascend, is near."""
    at = bisect_left(sizes, size / NEAR)
    return at < len(sizes) and sizes[at] <= size * NEAR


def _ranks(members: list[Told]) -> list[list[Told]]:
    """A growing count with its parts ("2,059 injured, 1,404 of them badly"): the largest of a moment is the whole.

    A value told alone is of the whole, unless another article tells it as a part on the same day.
    """
    stated = [one for one in members if one.figure.as_of or one.figure.window]
    sets = [classes for classes in _classes(_together(stated), NEAR) if len(classes) > 1]
    if not sets:
        return [members]
    if max(map(len, sets)) > _PARTS:
        return _near(members, NEAR)
    rank = {one.member: i for classes in sets for i, same in enumerate(classes) for one in same}
    daily = {(value(one), one.figure.as_of): rank[one.member] for one in members if rank.get(one.member)}
    daily.update({(value(one), one.figure.as_of): 0 for one in members if rank.get(one.member) == 0})
    ranked: dict[int, list[Told]] = defaultdict(list)
    for one in members:
        alike = daily.get((value(one), one.figure.as_of), 0) if one.figure.as_of else 0
        ranked[rank.get(one.member, alike)].append(one)
    return list(ranked.values())


def _parts(members: list[Told]) -> list[list[Told]]:
    """A count that does not grow: values that one article tells side by side are of several things."""
    sets = [classes for classes in _classes(_together(members), NEAR) if len(classes) > 1]
    if not sets:
        return [members]
    beside = {one.member: i for i, classes in enumerate(sets) for same in classes for one in same}
    groups = sorted(_alike(members), key=lambda group: min(one.size for one in group))
    held = [{beside[one.member] for one in group if one.member in beside} for group in groups]
    joined = Groups(range(len(groups)))
    for gap, i in sorted((_gap(a, b), i) for i, (a, b) in enumerate(pairwise(groups))):
        left, right = joined.of(i), joined.of(i + 1)
        if gap <= _DRIFT and not held[left] & held[right]:
            joined.join(left, right)
            held[left] |= held[right]
    return [[one for i in part for one in groups[i]] for part in joined.lists()]


def _gap(left: list[Told], right: list[Told]) -> float:
    """How many times the largest of `left` the smallest of `right` is."""
    least, most = min(one.size for one in right), max(one.size for one in left)
    return least / most if most else float(least > 0)
