"""Evidence: what speaks for and against two articles telling one story; its `score` adds it up.

All values are worth the same in every pair of languages. The constants were chosen on English news clusters and on
multilingual stories (benchmarks/linking.py), with precision first. Pairs are scored in blocks of rows when asked for,
so that no table of all pairs need be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.languages import pack
from sayso.languages.detect import UNKNOWN
from sayso.linking.offers import SCALE, Offer, bag
from sayso.linking.overlap import Indices, Overlap, Sums
from sayso.models.margin import covered
from sayso.models.weights import Floats

THRESHOLD = 0.03
_ACROSS = 0.06  # margins between languages lie lower than within one
_STRANGE = 0.05  # margins lie higher where the background has no text of the language
_NEARLY = THRESHOLD - 0.01  # what meaning may say at most between two such languages: names or figures must agree too
_NAMES, _USUAL_NAMES = 0.15, 0.35
_CLASH, _CLASH_OF_WORDS = 0.1, 0.15
_FIGURE, _FIGURES = 0.02, 0.06  # for each shared figure, and for all of them at most
_DAY, _LONG, _GRACE = 0.0005, 0.15, 7  # for each day after a week, and for all of them at most
_WORDS, _USUAL_WORDS = 0.8, 0.05
_RECORDS, _USUAL_RECORDS = 0.6, 0.02
_BY_WORDS, _USUAL_OVERLAP = 2.0, 0.12
_BLOCK = 256  # rows scored at once


class Evidence:
    """Evidence on all pairs of `offers`, which are named by their indices.

    The score of a pair depends on its two offers alone, to the last bit, whatever other offers are there: to link new
    articles, `Evidence([*old, *new]).near(rows)` with the indices of the new ones gives the pairs that a run over all
    would add, and never compares old with old.
    """

    def __init__(self, offers: Sequence[Offer]) -> None:
        self.offers = offers
        self._languages = np.array([o.lang for o in offers])
        familiar = covered() | set(pack.available()) - {UNKNOWN}
        self._strange = np.array([o.lang not in familiar for o in offers], bool)
        self._days = np.array([np.nan if o.day is None else o.day for o in offers], np.float64)
        self._known = np.array([o.known for o in offers], bool)
        self._silent = np.array([o.silent for o in offers], bool)
        self._wordless = np.array([o.wordless for o in offers], bool)
        self._centrals = np.array([len(bag(o.central).things) for o in offers])
        self._vectors = np.array([np.frombuffer(o.vectors, np.int16) for o in offers], np.float32)
        self._usual = np.array([o.usual[0] for o in offers])
        self._by_words = not self._vectors.size
        names, heard, central = (
            [bag(o.names) for o in offers],
            [bag(o.heard) for o in offers],
            [bag(o.central) for o in offers],
        )
        self._hearing, self._heard = Overlap(names, heard), Overlap(heard, names)
        self._lacking, self._lacked = Overlap(central, heard), Overlap(heard, central)
        self._words = Overlap([bag(o.words) for o in offers])
        self._leads = Overlap([bag(o.lead) for o in offers])
        self._records = Overlap([bag(o.records) for o in offers])
        self._figures = Overlap([bag(o.figures) for o in offers])

    def near(self, rows: Indices | None = None) -> Iterator[tuple[int, Indices]]:
        """Pairs whose score reaches the threshold, each pair once: one end with its other ends, ascending.

        With `rows` only pairs that have an end among them: their cost grows with rows times articles.
        """
        everything = np.arange(len(self.offers))
        rows = everything if rows is None else np.sort(rows)
        new = np.isin(everything, rows)
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            for i, scores in zip(block.tolist(), self.scores(block, everything), strict=True):
                yield i, np.flatnonzero((scores >= THRESHOLD) & (~new | (everything > i)))

    def table(self, among: Indices) -> Floats:
        """The scores of all pairs among some articles, float32 (n, n)."""
        blocks = [self.scores(among[at : at + _BLOCK], among) for at in range(0, len(among), _BLOCK)]
        return np.concatenate([*blocks, np.zeros((0, len(among)), np.float32)])

    def meaning(self, left: Indices, right: Indices) -> Sums:
        """Margins of title and opening; without an encoder how many words they share, and nothing across languages."""
        across = self._languages[left][:, None] != self._languages[right][None, :]
        if self._by_words:
            shared = _WORDS * (self._leads.rows(left, right) - _USUAL_WORDS)
            return np.where(across, 0, shared)
        products = (self._vectors[left] @ self._vectors[right].T).astype(np.float64)
        margins = 2 * products - (self._usual[left][:, None] + self._usual[right][None, :])
        return np.asarray(margins / SCALE**2 + _ACROSS * across, np.float64)

    def apart(self, left: Indices, right: Indices) -> Sums:
        """Days between the days of publication; 0 where one is unknown."""
        return np.asarray(np.nan_to_num(np.abs(self._days[left][:, None] - self._days[right][None, :])), np.float64)

    def scores(self, left: Indices, right: Indices) -> Floats:
        """How much speaks for one story, float32 (left, right)."""
        score = self._meant(left, right) + _NAMES * (self._names(left, right) - _USUAL_NAMES)
        score += np.minimum(self._figures.rows(left, right) * _FIGURE, _FIGURES)
        score -= (_CLASH_OF_WORDS if self._by_words else _CLASH) * self._clash(left, right)
        wordless = self._wordless[left][:, None] | self._wordless[right][None, :]
        if wordless.any():
            score = np.where(wordless, _RECORDS * (self._records.rows(left, right) - _USUAL_RECORDS), score)
        score -= np.minimum(_DAY * np.maximum(self.apart(left, right) - _GRACE, 0), _LONG)
        return score.astype(np.float32)

    def _meant(self, left: Indices, right: Indices) -> Sums:
        """Meaning, believed less where both texts are in languages that the margin was never held against."""
        meaning = self.meaning(left, right)
        strange = self._strange[left][:, None] & self._strange[right][None, :]
        if self._by_words or not strange.any():
            return meaning
        across = self._languages[left][:, None] != self._languages[right][None, :]
        doubted = np.where(across, np.minimum(meaning, _NEARLY), meaning - _STRANGE)
        return np.asarray(np.where(strange, doubted, meaning), np.float64)

    def _names(self, left: Indices, right: Indices) -> Sums:
        """Share of each other's names that is heard; shared words where neither script shows names by capitals."""
        here, there = 1.0 * self._known[left][:, None], 1.0 * self._known[right][None, :]
        both = self._hearing.rows(left, right) * here + self._heard.rows(left, right) * there
        hidden = (here + there) == 0
        shared = both / np.maximum(here + there, 1)
        if hidden.any():
            words = _USUAL_NAMES + _BY_WORDS * (self._words.rows(left, right) - _USUAL_OVERLAP)
            shared = np.where(hidden, words, shared)
        return np.asarray(np.where(self._unheard(left, right), _USUAL_NAMES, shared), np.float64)

    def _clash(self, left: Indices, right: Indices) -> Sums:
        """1 where each has a central name that the other lacks."""
        lacking = self._lacking.rows(left, right) < self._centrals[left][:, None]
        lacked = self._lacked.rows(left, right) < self._centrals[right][None, :]
        return np.asarray(lacking & lacked & ~self._unheard(left, right), np.float64)

    def _unheard(self, left: Indices, right: Indices) -> NDArray[np.bool_]:
        """Where one of the two scripts cannot be sounded."""
        return np.asarray(self._silent[left][:, None] | self._silent[right][None, :], bool)
