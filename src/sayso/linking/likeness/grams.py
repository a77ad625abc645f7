"""Grams: texts that share runs of three to five letters, by an inverted index: spellings, names and numbers count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.linking.likeness.overlap import added
from sayso.text.folding import fold

Sums = NDArray[np.float32]
_Codes = NDArray[np.uint64]

SIZES = (3, 4, 5)
_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, bits well mixed: the high half of products is a good hash
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


class Grams:
    """Cosines of tf-idf bags of grams, of one text against all of a pool; the same in every process."""

    def __init__(self, pool: Sequence[str]) -> None:
        self._size = len(pool)
        keys, counts = np.unique(_keyed(pool), return_counts=True)
        owners = (keys & _LOW).astype(np.int32)
        self._known, starts = np.unique(keys >> _HALF, return_index=True)
        self._ends = np.append(starts, len(keys))
        having = np.diff(self._ends)
        self._rarity = (np.log((1 + len(pool)) / (1 + having)) + 1).astype(np.float32)
        weights = (1 + np.log(counts)) * np.repeat(self._rarity, having)
        lengths = np.sqrt(np.bincount(owners, weights * weights, max(1, len(pool))))
        self._owners, self._weights = owners, (weights / lengths[owners]).astype(np.float32)

    def scores(self, text: str) -> Sums:
        """Cosines of `text` with each text of the pool, 0 to 1, (n,)."""
        grams, counts = np.unique(_keyed([text]) >> _HALF, return_counts=True)
        at = np.minimum(np.searchsorted(self._known, grams), max(0, len(self._known) - 1))
        known = self._known[at] == grams if len(self._known) else np.zeros(len(grams), bool)
        weights = (1 + np.log(counts[known])) * self._rarity[at[known]]
        # What the pool does not know counts for the length of the text as what one text of it knows would.
        strange = (1 + np.log(counts[~known])) * (np.log((1 + self._size) / 2) + 1)
        length = float(np.sqrt(np.square(weights).sum() + np.square(strange).sum())) or 1.0
        sums = added(self._ends, self._owners, self._weights, at[known], weights / length, self._size)
        return sums.astype(np.float32)


def _keyed(texts: Sequence[str]) -> _Codes:
    """Every gram of every text: its hash in the high half, the number of the text in the low one."""
    plain = [f" {' '.join(_WORD.findall(fold(text).text))} " for text in texts]
    codes = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(plain), dtype=np.uint64), [len(text) for text in plain])
    return np.concatenate([np.zeros(0, np.uint64), *_windows(codes, owners)])


def _windows(codes: _Codes, owners: _Codes) -> Iterator[_Codes]:
    for size in SIZES:
        count = len(codes) - size + 1
        if count <= 0:
            return
        hashed = np.full(count, size, np.uint64)
        for i in range(size):
            hashed = (hashed ^ codes[i : i + count]) * _FACTOR
            hashed ^= hashed >> _HALF
        whole = owners[:count] == owners[size - 1 :]
        yield ((hashed << _HALF) | owners[:count])[whole]
