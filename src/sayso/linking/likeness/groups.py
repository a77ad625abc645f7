"""Groups: things joined pair by pair into groups (union-find), and groups grown by average linkage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from sayso.models.weights import Floats

Table = NDArray[np.float64]

T = TypeVar("T", bound=Hashable)


class Groups(Generic[T]):
    """Joined things; the representative of a group is its first thing in the order given."""

    def __init__(self, things: Iterable[T]) -> None:
        self._order = {thing: i for i, thing in enumerate(things)}
        self._parent = {thing: thing for thing in self._order}

    def of(self, thing: T) -> T:
        """The representative of the thing's group."""
        while self._parent[thing] != thing:
            self._parent[thing] = self._parent[self._parent[thing]]
            thing = self._parent[thing]
        return thing

    def join(self, a: T, b: T) -> None:
        """From now on `a` and `b` are in one group."""
        first, second = sorted((self.of(a), self.of(b)), key=self._order.__getitem__)
        self._parent[second] = first

    def lists(self) -> list[list[T]]:
        """All groups, things and groups in the order given."""
        found: dict[T, list[T]] = defaultdict(list)
        for thing in self._order:
            found[self.of(thing)].append(thing)
        return list(found.values())


def parts(n: int, pairs: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The parts of 0…n-1 that pairs (m, 2) connect, each ascending, in order of their first."""
    lowest = np.arange(n)
    while True:
        low = lowest[pairs].min(axis=1)
        now = lowest.copy()
        np.minimum.at(now, pairs[:, 0], low)
        np.minimum.at(now, pairs[:, 1], low)
        now = now[now]
        if np.array_equal(now, lowest):
            break
        lowest = now
    order = np.argsort(lowest, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(lowest[order])) + 1) if n else []


def connected(n: int, near: Iterable[tuple[int, NDArray[np.intp]]]) -> list[NDArray[np.intp]]:
    """The same; `near` gives one end of each pair with its other ends."""
    pairs = [np.stack([np.full(len(others), one), others], axis=1) for one, others in near]
    return parts(n, np.concatenate([*pairs, np.zeros((0, 2), np.intp)]).astype(np.intp))


def average_linkage(scores: Floats, threshold: float) -> list[list[int]]:
    """Groups of 0…n-1: the two groups with the highest mean score are joined while it is at least `threshold`.

    `scores` is symmetric (n, n); -inf keeps a pair apart for good. Ties go to the lowest indices.
    """
    n = len(scores)
    table = scores.astype(np.float64).copy()
    np.fill_diagonal(table, -np.inf)
    sizes = np.ones(n)
    members = [[i] for i in range(n)]
    best = table.argmax(axis=1) if n else np.zeros(0, np.int64)
    while n > 1:
        tops = table[np.arange(n), best]
        a = int(tops.argmax())
        if tops[a] < threshold:
            break
        a, b = sorted((a, int(best[a])))
        _merge(table, sizes, best, a, b)
        members[a], members[b] = sorted(members[a] + members[b]), []
    return sorted(group for group in members if group)


def _merge(table: Table, sizes: Table, best: NDArray[np.int64], a: int, b: int) -> None:
    """Join group `b` into `a` and keep `best` (each row's best column) right.

    A row whose best was one of them is searched anew only where the mean is worse: copies of one text stay cheap.
    """
    stale = np.flatnonzero((best == a) | (best == b))
    before = table[stale, best[stale]]
    mean = (table[a] * sizes[a] + table[b] * sizes[b]) / (sizes[a] + sizes[b])
    sizes[a] += sizes[b]
    table[a], table[:, a] = mean, mean
    table[b], table[:, b] = -np.inf, -np.inf
    table[a, a] = -np.inf
    best[stale] = a
    worse = stale[mean[stale] < before]
    best[worse] = table[worse].argmax(axis=1)
    best[a] = table[a].argmax()
    better = mean > table[np.arange(len(best)), best]
    best[better] = a
