"""Overlap: how much bags of things have in common, by an inverted index: only what two bags share costs anything."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Bag = Mapping[Any, float]
Indices = NDArray[np.intp]
Sums = NDArray[np.float64]
T = TypeVar("T", bound=Hashable)

_BUCKETS = 1 << 13


class Overlap:
    """Sums, over the things that one bag asks for and another holds, of the products of both weights.

    `asking` and `held` have one bag for each article, in one order. Things of one overlap are of one sortable type, and
    sums run in their order: the same in every process.
    """

    def __init__(self, asking: Sequence[Bag], held: Sequence[Bag] | None = None) -> None:
        held = asking if held is None else held
        self._size = len(held)
        place = {thing: i for i, thing in enumerate(sorted({thing for bag in held for thing in bag}))}
        self._asked = [_asked(bag, place) for bag in asking]
        total = sum(map(len, held))
        places = np.fromiter((place[thing] for bag in held for thing in bag), np.int64, total)
        weights = np.fromiter((weight for bag in held for weight in bag.values()), np.float32, total)
        owners = np.repeat(np.arange(len(held), dtype=np.int32), [len(bag) for bag in held])
        order = np.argsort(places, kind="stable")
        self._owners, self._weights = owners[order], weights[order]
        self._starts = np.searchsorted(places[order], np.arange(len(place) + 1))

    def rows(self, left: Indices, right: Indices) -> Sums:
        """What each of `left` asks for and each of `right` holds, (left, right)."""
        found = np.zeros((len(left), len(right)))
        for row, i in zip(found, left, strict=True):
            places, weights = self._asked[i]
            if len(places):
                row[:] = self._sums(places, weights)[right]
        return found

    def _sums(self, places: NDArray[np.int64], weights: NDArray[np.float32]) -> Sums:
        starts, counts = self._starts[places], self._starts[places + 1] - self._starts[places]
        at = np.arange(counts.sum()) + np.repeat(starts - np.cumsum(counts) + counts, counts)
        products = self._weights[at].astype(np.float64) * np.repeat(weights, counts)
        return np.bincount(self._owners[at], products, self._size).astype(np.float64, copy=False)


def _asked(bag: Bag, place: Mapping[Any, int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    known = sorted((place[thing], weight) for thing, weight in bag.items() if thing in place)
    return np.array([at for at, _ in known], np.int64), np.array([weight for _, weight in known], np.float32)


def each(things: Iterable[T]) -> dict[T, float]:
    """A bag of things that weigh the same."""
    return dict.fromkeys(things, 1.0)


def weighed(bags: Sequence[Mapping[str, int]]) -> list[dict[int, float]]:
    """Counted words as tf-idf bags of unit length; words fall into buckets by a stable hash."""
    rows = [_bucketed(bag) for bag in bags]
    having = Counter(bucket for row in rows for bucket in row)
    return [_unit({b: w * (math.log((1 + len(bags)) / (1 + having[b])) + 1) for b, w in row.items()}) for row in rows]


def _bucketed(bag: Mapping[str, int]) -> dict[int, float]:
    row: dict[int, float] = {}
    for word, count in sorted(bag.items()):
        bucket = zlib.crc32(word.encode()) % _BUCKETS
        row[bucket] = row.get(bucket, 0.0) + 1 + math.log(count)
    return row


def _unit(row: dict[int, float]) -> dict[int, float]:
    length = math.sqrt(sum(weight * weight for weight in row.values())) or 1.0
    return {bucket: weight / length for bucket, weight in row.items()}
