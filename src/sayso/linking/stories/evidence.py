"""Evidence: what speaks for and against two articles telling one story; its `scores` add it up.

All values are worth the same in every pair of languages. Weights were chosen where pairs of SemEval-2022 Task 8 and
multilingual articles with text are told apart best; then the threshold as the lowest hundredth at which those articles,
two interviews of one man among them, are not mixed; those for records alone on multilingual records. English news
clusters were a check while parts were designed, and set no threshold. Pairs are scored in blocks of rows when asked
for, so that no table of all pairs need be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.languages import pack
from sayso.languages.detect import UNKNOWN
from sayso.linking.likeness.overlap import Bag, Indices, Overlap, Sums
from sayso.linking.stories.offers import SCALE, Offer, bag
from sayso.models.margin import covered
from sayso.models.weights import Floats

THRESHOLD = 0.49
_ACROSS = 0.08  # two languages are farther from each other than one from itself
_UNCOVERED = 0.05  # texts are nearer to each other where the background has no text of their languages
_STRANGE = 0.2  # still nearer where no pack has the language either
_NEARLY = THRESHOLD - 0.15  # what meaning may say at most between two such languages: names or figures must agree too
_NAMES, _UNHEARD = 0.3, 0.2  # the share of names taken for granted where a script cannot be sounded
_BY_WORDS = 1.4  # the share of words that two texts have in common goes up slower than that of names
_NAMELESS, _NAMED = 0.4, 1.2  # what meaning may say at most within one language, by the names that are shared
_CLASH, _FOREIGN = 0.1, 0.4  # two articles each of which is as much about somebody whom the other never names
_UNTOLD = 0.5  # a text that shows no names may be about others too: half as much as it never names of the other's
_FIGURE, _FIGURES = 0.02, 0.06  # for each shared figure, and for all of them at most
_DAY, _LONG, _GRACE = 0.0005, 0.15, 7  # for each day after a week, and for all of them at most
_NO_WORDS, _WORDS, _OTHER_WORDS = 0.27, 1.3, 0.3  # without an encoder
_ENOUGH_RECORDS, _SAME_WEEK, _LATER = 0.07, 0.03, 4  # records alone: what they must share, and what time says of them
SHARED_NAMES, HALF, SOFT = 0.1, 0.6, 0.1  # likeness: rounded from fits on pairs of SemEval-2022 Task 8
_BLOCK = 128  # rows scored at once


class Evidence:
    """Evidence on all pairs of `offers`, which are named by their indices.

    The score of a pair depends on its two offers alone, to the last bit, whatever other offers are there: to link new
    articles, `Evidence([*old, *new]).near(rows)` with the indices of the new ones gives the pairs that a run over all
    would add, and never compares old with old.
    """

    def __init__(self, offers: Sequence[Offer]) -> None:
        self.offers = offers
        self._languages = np.array([o.lang for o in offers])
        self._uncovered = np.array([o.lang not in covered() for o in offers], bool)
        familiar = covered() | set(pack.available()) - {UNKNOWN}
        self._strange = np.array([o.lang not in familiar for o in offers], bool)
        self._days = np.array([np.nan if o.when is None else o.when for o in offers], np.float64)
        self._known = np.array([o.known for o in offers], bool)
        self._capitals = np.array([o.capitals for o in offers], bool)
        self._silent = np.array([o.silent for o in offers], bool)
        self._wordless = np.array([o.wordless for o in offers], bool)
        self._central = np.array([len(bag(o.central).things) > 0 for o in offers], np.float64)
        self._vectors = _vectors(offers)
        self._by_words = not self._vectors.size
        heard = [bag(o.heard) for o in offers]
        self._hearing, self._heard = _both([bag(o.names) for o in offers], heard)
        self._sharing, self._shared = _both([bag(o.central) for o in offers], heard)
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
        """How alike titles and openings are (-1…1); without an encoder by words, which say nothing across languages."""
        across = self._languages[left][:, None] != self._languages[right][None, :]
        if self._by_words:
            return np.where(across, _OTHER_WORDS, _NO_WORDS + _WORDS * self._leads.rows(left, right))
        products = (self._vectors[left] @ self._vectors[right].T).astype(np.float64)
        uncovered = self._uncovered[left][:, None] & self._uncovered[right][None, :]
        return np.asarray(products / SCALE**2 + _ACROSS * across - _UNCOVERED * uncovered, np.float64)

    def likeness(self, left: Indices, right: Indices) -> Sums:
        """How alike two articles with text are to a reader (0…1): mostly one story from a half on."""
        alike = self.meaning(left, right) + SHARED_NAMES * self.names(left, right)
        return np.asarray(1 / (1 + np.exp((HALF - alike) / SOFT)), np.float64)

    def names(self, left: Indices, right: Indices) -> Sums:
        """Share of the names each begins with that the other has (0…1), or what stands for it between scripts."""
        return self._names(left, right, self._hearing.rows(left, right), self._heard.rows(left, right))

    def scores(self, left: Indices, right: Indices) -> Floats:
        """How much speaks for one story, float32 (left, right)."""
        apart = np.abs(self._days[left][:, None] - self._days[right][None, :])
        late = np.minimum(_DAY * np.maximum(np.nan_to_num(apart) - _GRACE, 0), _LONG)
        hearing, heard = self._hearing.rows(left, right), self._heard.rows(left, right)
        score = np.minimum(self._meant(left, right), self._most(left, right, np.maximum(hearing, heard)))
        score += _NAMES * self._names(left, right, hearing, heard) - _CLASH * self._clash(left, right)
        score += np.minimum(self._figures.rows(left, right) * _FIGURE, _FIGURES) - late
        wordless = self._wordless[left][:, None] | self._wordless[right][None, :]
        if wordless.any():
            shared = self._records.rows(left, right) + _SAME_WEEK * (apart <= _GRACE) - _LATER * late
            score = np.where(wordless, THRESHOLD + shared - _ENOUGH_RECORDS, score)
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

    def _most(self, left: Indices, right: Indices, shared: Sums) -> Sums:
        """How much meaning may say: reports of two earthquakes are alike in everything but the names."""
        named = self._known[left][:, None] & self._known[right][None, :]
        one_language = self._languages[left][:, None] == self._languages[right][None, :]
        bound = named & one_language & ~self._unheard(left, right)
        return np.where(bound, _NAMELESS + _NAMED * shared, np.inf)

    def _names(self, left: Indices, right: Indices, hearing: Sums, heard: Sums) -> Sums:
        """Share of the names each begins with that the other has; shared words where no capitals show names."""
        here, there = 1.0 * self._known[left][:, None], 1.0 * self._known[right][None, :]
        hidden = (here + there) == 0
        shared = (hearing * here + heard * there) / np.maximum(here + there, 1)
        if hidden.any():
            shared = np.where(hidden, np.minimum(_BY_WORDS * self._words.rows(left, right), 1), shared)
        return np.where(self._unheard(left, right), _UNHEARD, shared)

    def _clash(self, left: Indices, right: Indices) -> Sums:
        """How much each is about somebody whom the other never names (0…1): the smaller of both shares."""
        lacking = self._central[left][:, None] - self._sharing.rows(left, right)
        lacked = self._central[right][None, :] - self._shared.rows(left, right)
        hidden = ~(self._known & self._capitals)
        lacking = np.where(hidden[left][:, None], _UNTOLD * lacked, lacking)
        lacked = np.where(hidden[right][None, :], _UNTOLD * lacking, lacked)
        foreign = np.clip(np.minimum(lacking, lacked) / _FOREIGN, 0, 1)
        return np.where(self._unheard(left, right), 0, foreign)

    def _unheard(self, left: Indices, right: Indices) -> NDArray[np.bool_]:
        """Where one of the two scripts cannot be sounded."""
        return np.asarray(self._silent[left][:, None] | self._silent[right][None, :], bool)


def _both(asked: list[Bag], heard: list[Bag]) -> tuple[Overlap, Overlap]:
    """What each asks of the other, and the other of it."""
    return Overlap(asked, heard), Overlap(heard, asked)


def _vectors(offers: Sequence[Offer]) -> Floats:
    """The vectors as whole numbers, float32 (n, d); zeros for articles without words."""
    found = np.zeros((len(offers), max((len(o.vector) // 2 for o in offers), default=0)), np.float32)
    for row, offer in zip(found, offers, strict=True):
        if offer.vector:
            row[:] = np.frombuffer(offer.vector, np.int16)
    return found
