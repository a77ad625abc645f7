"""Align: which sentences of the later text are which of the earlier one: kept, changed, joined, parted or moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import sqrt
from typing import Final

from rapidfuzz.distance import LCSseq

from sayso.linking.edits.looks import Unit
from sayso.linking.edits.near import Near, Packed, candidates
from sayso.linking.edits.sequences import matching, rising

_MOVED: Final = 0.7  # likeness from which a sentence that stands elsewhere was moved and changed
_FEWEST: Final = 5  # words of such a sentence
_JOINED: Final = 0.6  # share of a sentence's words that another one must take up for both to be one now
_MORE: Final = 2  # words at least


Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences of the earlier text that became those of the later one; `moved`: they stand in another order."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    moved: bool = False


def align(before: Sequence[Unit], after: Sequence[Unit]) -> list[Match]:
    """What became of the sentences, as indices, in the order of the later text; what came or went is in none.

    Which sentences stand in order, and which were moved, is chosen so that as much text as can be keeps its order.
    """
    looks = [unit.looks for unit in before], [unit.looks for unit in after]
    kept = matching(*looks)
    left = _rest(len(before), [i for i, _ in kept]), _rest(len(after), [j for _, j in kept])
    same = [*kept, *_same(left, looks)]
    ours, theirs = _rest(len(before), [i for i, _ in same]), _rest(len(after), [j for _, j in same])
    if not (ours or theirs) and len(same) == len(kept):
        return [Match((i,), (j,)) for i, j in kept]
    gaps = _gaps(ours, [i for i, _ in kept]), _gaps(theirs, [j for _, j in kept])
    sides = Packed([before[i].forms for i in ours], [after[j].forms for j in theirs]).sides
    near = [
        Near(ours[one.before], theirs[one.after], one.likeness)
        for one in candidates(sides[0], sides[1], gaps)
        if gaps[0][one.before] == gaps[1][one.after] or _is_sure(one, sides)
    ]
    chosen = _in_order(same, near, before)
    elsewhere = _elsewhere(chosen, same, [one for one in near if one.likeness >= _MOVED])
    packed = [dict(zip(places, side, strict=True)) for places, side in zip((ours, theirs), sides, strict=True)]
    parted = _joined(chosen, elsewhere, packed, set(same))
    moved = [Match((i,), (j,), True) for i, j in elsewhere]
    return sorted([*parted, *moved], key=lambda match: match.after)


def _rest(size: int, taken: Sequence[int]) -> list[int]:
    known = set(taken)
    return [i for i in range(size) if i not in known]


def _gaps(places: Sequence[int], anchors: Sequence[int]) -> list[int]:
    """Between which of the kept sentences each place lies."""
    return [bisect_left(anchors, place) for place in places]


def _same(
    left: tuple[Sequence[int], Sequence[int]], looks: tuple[Sequence[tuple[str, ...]], Sequence[tuple[str, ...]]]
) -> list[tuple[int, int]]:
    """Sentences that are the same in another place, the first with the first."""
    there: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in reversed(left[1]):
        there[looks[1][j]].append(j)
    return [(i, there[looks[0][i]].pop()) for i in left[0] if there.get(looks[0][i])]


def _is_sure(one: Near, sides: Sequence[Sequence[str]]) -> bool:
    """Whether two sentences are one wherever they stand."""
    return one.likeness >= _MOVED and min(len(sides[0][one.before]), len(sides[1][one.after])) >= _FEWEST


def _in_order(same: Sequence[Pair], near: Sequence[Near], before: Sequence[Unit]) -> list[Pair]:
    """Of all pairs those that keep their order and hold most text."""
    pairs = [*same, *((one.before, one.after) for one in near)]
    likeness = [1.0] * len(same) + [one.likeness**2 for one in near]
    return rising(pairs, [like * sqrt(len(before[i].words)) for like, (i, _) in zip(likeness, pairs, strict=True)])


def _elsewhere(chosen: Sequence[Pair], same: Sequence[Pair], near: Sequence[Near]) -> list[Pair]:
    """Sentences that stand elsewhere, the same ones first, then the likest; each once."""
    taken = {i for i, _ in chosen}, {j for _, j in chosen}
    likest = sorted(near, key=lambda one: (-one.likeness, one.before, one.after))
    found: list[Pair] = []
    for i, j in [*same, *((one.before, one.after) for one in likest)]:
        if i not in taken[0] and j not in taken[1]:
            found.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return found


def _joined(
    chosen: Sequence[Pair], elsewhere: Sequence[Pair], packed: Sequence[Mapping[int, str]], same: Set[Pair]
) -> list[Match]:
    """The chosen pairs, with the neighbours that were joined to one sentence or parted from it."""
    free = [set(side) - {pair[k] for pair in (*chosen, *elsewhere)} for k, side in enumerate(packed)]
    groups: list[Match] = []
    for pair in chosen:
        sides = [pair[0]], [pair[1]]
        if pair not in same:
            _grow(sides[0], sides[1], packed[0], packed[1], free[0])
            _grow(sides[1], sides[0], packed[1], packed[0], free[1])
        groups.append(Match(tuple(sides[0]), tuple(sides[1])))
    return groups


def _grow(
    own: list[int], others: Sequence[int], packed: Mapping[int, str], there: Mapping[int, str], free: set[int]
) -> None:
    """Add free neighbours of one side as long as the other side takes their words up."""
    other = "".join(there[j] for j in others)
    grown = True
    while grown:
        shared = LCSseq.similarity("".join(packed[i] for i in own), other)
        grown = False
        for wider, k in ((([own[0] - 1, *own]), own[0] - 1), ([*own, own[-1] + 1], own[-1] + 1)):
            if k not in free:
                continue
            gain = LCSseq.similarity("".join(packed[i] for i in wider), other) - shared
            if gain >= max(_MORE, _JOINED * len(packed[k])):
                own[:] = wider
                free.discard(k)
                grown = True
                break
