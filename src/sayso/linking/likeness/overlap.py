"""Overlap: how much bags of things have in common, by an inverted index: only what two bags share costs anything.

Things are kept as stable hashes of 32 bits, so that a bag is two plain arrays.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.linking.likeness.rarity import rarity

Indices = NDArray[np.intp]
Sums = NDArray[np.float64]


class Bag(NamedTuple):
    """Weighted things: hashes, ascending, each once, uint32 (n,), and what each weighs, float32 (n,)."""

    things: NDArray[np.uint32]
    weights: NDArray[np.float32]


class Overlap:
    """Sums, over the things that one bag asks for and another holds, of the products of both weights.

    `asking` and `held` have one bag for each article, in one order. A sum depends on its two bags alone, to the last
    digit: sums run in the order of the hashes.
    """

    def __init__(self, asking: Sequence[Bag], held: Sequence[Bag] | None = None) -> None:
        held = asking if held is None else held
        self._size = len(held)
        things = np.concatenate([*(bag.things for bag in held), np.zeros(0, np.uint32)])
        weights = np.concatenate([*(bag.weights for bag in held), np.zeros(0, np.float32)])
        order = np.argsort(things, kind="stable")
        owners = np.repeat(np.arange(len(held), dtype=np.int32), [len(bag.things) for bag in held])
        self._owners, self._weights = owners[order], weights[order]
        self._known, starts = np.unique(things[order], return_index=True)
        self._starts = np.append(starts, len(things))
        self._asked = asking

    def rows(self, left: Indices, right: Indices) -> Sums:
        """What each of `left` asks for and each of `right` holds, (left, right)."""
        found = np.zeros((len(left), len(right)))
        for row, i in zip(found, left, strict=True):
            bag = self._asked[i]
            places = np.searchsorted(self._known, bag.things)
            there = np.flatnonzero(places < len(self._known))
            there = there[self._known[places[there]] == bag.things[there]]
            if len(there):
                sums = added(self._starts, self._owners, self._weights, places[there], bag.weights[there], self._size)
                row[:] = sums[right]
        return found


def added(
    starts: Indices,
    owners: NDArray[np.int32],
    held: NDArray[np.float32],
    places: Indices,
    asked: NDArray[np.floating[Any]],
    size: int,
) -> Sums:
    """For each of `size` owners the sum of `asked` times what it holds at `places` of an inverted index, (size,).

    What is held at place p stands in `owners` and `held` from `starts[p]` to `starts[p + 1]`.
    """
    first, counts = starts[places], starts[places + 1] - starts[places]
    at = np.arange(counts.sum()) + np.repeat(first - np.cumsum(counts) + counts, counts)
    products = held[at].astype(np.float64) * np.repeat(asked, counts)
    return np.bincount(owners[at], products, size).astype(np.float64, copy=False)


NOTHING = Bag(np.zeros(0, np.uint32), np.zeros(0, np.float32))


def thing(word: str) -> int:
    """What a word is kept as, the same in every process."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def weighted(weights: Mapping[str, float]) -> Bag:
    """A bag of things with what each weighs; of two with one hash the first in their order stands."""
    rows = {thing(word): weights[word] for word in sorted(weights, reverse=True)}
    things = sorted(rows)
    return Bag(np.array(things, np.uint32), np.array([rows[one] for one in things], np.float32))


def each(things: Iterable[str]) -> Bag:
    """A bag of things that weigh the same."""
    return weighted(dict.fromkeys(things, 1.0))


def counted(counts: Mapping[str, int]) -> Bag:
    """A bag of counted words, of unit length: rare words (see `rarity`) and repeated ones weigh more."""
    return unit({word: (1 + math.log(count)) * rarity(word) for word, count in counts.items()})


def unit(weights: Mapping[str, float]) -> Bag:
    """The same as `weighted`, of unit length."""
    bag = weighted(weights)
    length = math.sqrt(math.fsum(float(weight) ** 2 for weight in bag.weights)) or 1.0
    return Bag(bag.things, (bag.weights / np.float32(length)).astype(np.float32))
