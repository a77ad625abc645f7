"""Homes: the quantity that a figure without a scope or a unit belongs to, where only one can be meant."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sayso.linking.figures.bounds import Bounds, bounds
from sayso.linking.figures.quantities import GROWING, NEAR, Told, Value, is_telling, value
from sayso.text.folding import fold_word

Key = tuple[str, str]
"""Unit and folded scope; the scope is "" where none is told."""


def scope_key(scope: str) -> str:
    """Scopes compared by their folded words, in any order."""
    return " ".join(sorted(fold_word(word) for word in scope.replace("+", " ").split()))


def keyed(told: Iterable[Told]) -> dict[Key, list[Told]]:
    """Figures with a unit by unit and scope; those without a scope where their value is told, else the main scope."""
    having = [one for one in told if one.figure.unit is not None]
    groups: dict[Key, list[Told]] = defaultdict(list)
    for one in having:
        if one.figure.scope:
            groups[one.figure.unit or "", scope_key(one.figure.scope)].append(one)
    homes = _Homes(groups, having)
    loose = [one for one in having if not one.figure.scope]
    for one, home in [(one, homes.of(one)) for one in loose]:
        groups[home].append(one)
    return groups


class _Homes:
    """Which scope of its unit a figure without one is told of."""

    def __init__(self, groups: Mapping[Key, Sequence[Told]], told: Sequence[Told]) -> None:
        ranges: dict[str, list[tuple[Bounds, str]]] = defaultdict(list)
        self._scopes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for (unit, scope), members in sorted(groups.items()):
            self._scopes[unit].append((scope, len(members)))
            ranges[unit] += [(left, scope) for one in members if (left := _near(one)) is not None]
        self._ranges = {unit: _Ranges(held) for unit, held in ranges.items()}
        self._having = Counter(one.figure.unit for one in told)

    def of(self, one: Told) -> Key:
        unit, left = one.figure.unit or "", _near(one)
        fitting = self._ranges[unit].only(left) if left is not None and unit in self._ranges else None
        if fitting is not None:
            return unit, fitting
        scopes = self._scopes[unit]
        main = unit in GROWING and len(scopes) == 1 and 2 * scopes[0][1] >= self._having[unit]
        return unit, scopes[0][0] if main else ""


def _near(one: Told) -> Bounds | None:
    """What the figure leaves open, near its value: "up to 18,000" and "hundreds" fit too much to tell anything."""
    left = bounds(one.figure)
    if left is None or one.figure.value is None or one.figure.value_high is not None or one.figure.value < 0:
        return left if one.figure.value is not None else None
    return Bounds(max(left.low, one.size / NEAR), min(left.high, one.size * NEAR))


class _Ranges:
    """Ranges of values, each of a scope; made to be asked often."""

    def __init__(self, held: Iterable[tuple[Bounds, str]]) -> None:
        ordered = sorted(held)
        self._lows = [left.low for left, _ in ordered]
        self._best: list[tuple[float, str]] = []
        self._other: list[float] = []
        best, other = (-math.inf, ""), -math.inf
        for left, scope in ordered:
            if scope == best[1]:
                best = max(best, (left.high, scope))
            elif left.high > best[0]:
                best, other = (left.high, scope), best[0]
            else:
                other = max(other, left.high)
            self._best.append(best)
            self._other.append(other)

    def only(self, wanted: Bounds) -> str | None:
        """The one scope with a range that meets `wanted`; None where there is none or several."""
        at = bisect_right(self._lows, wanted.high) - 1
        if at < 0 or self._best[at][0] < wanted.low or self._other[at] >= wanted.low:
            return None
        return self._best[at][1]


def lend(groups: Sequence[list[Told]], loose: Iterable[Told], units: Collection[str] | None = None) -> list[Told]:
    """Put each figure into the one group (of these units) that holds its value; gives back those that none holds.

    Not where the figure's article tells another value of that group: it would have used the same noun.
    """
    holding: dict[Value, list[int]] = defaultdict(list)
    telling: dict[tuple[int, str], set[Value]] = defaultdict(set)
    for i, group in enumerate(groups):
        if units is None or group[0].figure.unit in units:
            for one in group:
                telling[i, one.article].add(value(one))
            for held in {value(one) for one in group}:
                holding[held].append(i)
    left: list[Told] = []
    for one in loose:
        homes = holding[value(one)] if is_telling(one) else []
        if len(homes) == 1 and telling.get((homes[0], one.article), {value(one)}) == {value(one)}:
            groups[homes[0]].append(one)
        else:
            left.append(one)
    return left


def by_value(told: Iterable[Told]) -> list[list[Told]]:
    """Figures without a unit: those of one telling value together, each other one alone."""
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for one in told:
        groups[value(one) if is_telling(one) else (one.article, one.id)].append(one)
    return list(groups.values())
