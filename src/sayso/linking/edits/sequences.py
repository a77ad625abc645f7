"""Sequences: which items of two long sequences are the same, in order; never in the product of their lengths.

Items that both have once are joined first (patience), then what lies between them by longest common subsequence, in
bounded stretches: a sequence of many repeats is cut where it would take too long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from math import isqrt
from typing import Final

from rapidfuzz.distance import LCSseq

Pairs = list[tuple[int, int]]
"""(place in the first, place in the second), rising in both."""

_MOST: Final = 1 << 24
"""Cells of the table that one longest common subsequence may fill: bits, two megabytes."""


def matching(a: Sequence[Hashable], b: Sequence[Hashable]) -> Pairs:
    """Pairs of equal items in order, as many as can be joined, or nearly."""
    found: Pairs = []
    start = (0, 0)
    for end in [*_anchors(a, b), (len(a), len(b))]:
        found += _between(a, b, start, end)
        if end != (len(a), len(b)):
            found.append(end)
            start = end[0] + 1, end[1] + 1
    return found


def rising(pairs: Sequence[tuple[int, int]], weights: Sequence[float]) -> Pairs:
    """Of pairs in any order those that rise in both places and weigh most together; O(n log n)."""
    order = sorted(range(len(pairs)), key=lambda k: (pairs[k][0], -pairs[k][1]))
    size = max((b for _, b in pairs), default=-1) + 1
    best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)  # Fenwick tree of prefix maxima over the second place
    before, total = [-1] * len(pairs), [0.0] * len(pairs)
    for k in order:
        weight, last = _most(best, pairs[k][1])
        before[k], total[k] = last, weight + weights[k]
        _raise(best, pairs[k][1] + 1, (total[k], k))
    at = max(order, key=lambda k: total[k], default=-1)
    chosen: Pairs = []
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _most(tree: list[tuple[float, int]], end: int) -> tuple[float, int]:
    found = (0.0, -1)
    while end > 0:
        found = max(found, tree[end])
        end -= end & -end
    return found


def _raise(tree: list[tuple[float, int]], at: int, value: tuple[float, int]) -> None:
    while at < len(tree):
        tree[at] = max(tree[at], value)
        at += at & -at


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable]) -> Pairs:
    """Items that both have exactly once, the longest run of them that rises in both."""
    once, again = Counter(a), Counter(b)
    places = {item: j for j, item in enumerate(b) if again[item] == 1}
    pairs = [(i, places[item]) for i, item in enumerate(a) if once[item] == 1 and item in places]
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for k, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before[k] = ends[at - 1] if at else -1
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [k]
    chosen: Pairs = []
    last = ends[-1] if ends else -1
    while last >= 0:
        chosen.append(pairs[last])
        last = before[last]
    return chosen[::-1]


def _between(
    a: Sequence[Hashable], b: Sequence[Hashable], start: tuple[int, int], end: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Equal items between two anchors: those at both ends, then of the rest those that both sides have."""
    (i, j), (m, n) = start, end
    while i < m and j < n and a[i] == b[j]:
        yield i, j
        i, j = i + 1, j + 1
    tail: Pairs = []
    while i < m and j < n and a[m - 1] == b[n - 1]:
        m, n = m - 1, n - 1
        tail.append((m, n))
    shared = set(a[i:m]) & set(b[j:n])
    if shared:
        yield from _common([k for k in range(i, m) if a[k] in shared], [k for k in range(j, n) if b[k] in shared], a, b)
    yield from reversed(tail)


def _common(
    ours: list[int], theirs: list[int], a: Sequence[Hashable], b: Sequence[Hashable]
) -> Iterator[tuple[int, int]]:
    """The longest common subsequence of some places of both; of stretches of them where all would take too long."""
    stretches = isqrt(max(0, len(ours) * len(theirs) - 1) // _MOST) + 1
    for k in range(stretches):
        left = ours[len(ours) * k // stretches : len(ours) * (k + 1) // stretches]
        right = theirs[len(theirs) * k // stretches : len(theirs) * (k + 1) // stretches]
        blocks = LCSseq.editops([a[i] for i in left], [b[j] for j in right]).as_matching_blocks()
        yield from ((left[block.a + x], right[block.b + x]) for block in blocks for x in range(block.size))
