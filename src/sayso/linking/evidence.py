"""Evidence: what speaks for and against two articles telling one story; its `score` adds it up.

All values are worth the same in every pair of languages. The constants were chosen on English news clusters and on
multilingual stories (benchmarks/linking.py), with precision first. Pairs are scored in blocks of rows when asked for,
so that no table of all pairs need be kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.languages import pack
from sayso.languages.detect import UNKNOWN
from sayso.linking.article import Annotated
from sayso.linking.overlap import Indices, Overlap, Sums, each, weighed
from sayso.linking.traits import traits
from sayso.models.embedder import Embedder
from sayso.models.margin import above, covered, usual
from sayso.models.weights import Floats
from sayso.text.tokens import tokenize

THRESHOLD = 0.03
_ACROSS = 0.06  # margins between languages lie lower than within one
_STRANGE = 0.05  # margins lie higher where the background has no text of the language
_NEARLY = THRESHOLD - 0.01  # what meaning may say at most between two such languages: names or figures must agree too
_NAMES, _USUAL_NAMES = 0.15, 0.35
_CLASH, _CLASH_OF_WORDS = 0.1, 0.15
_ENOUGH = 3  # names without which nothing follows from sharing none
_FIGURE, _FIGURES = 0.02, 0.06  # for each shared figure, and for all of them at most
_DAY, _LONG, _GRACE = 0.0005, 0.15, 7  # for each day after a week, and for all of them at most
_WORDS, _USUAL_WORDS = 0.8, 0.05
_RECORDS, _USUAL_RECORDS = 0.6, 0.02
_BY_WORDS, _USUAL_OVERLAP = 2.0, 0.12
_BLOCK = 256  # rows scored at once
_ROUNDING = 1e-4  # how far one score may differ between two blocks


class Evidence:
    """Evidence on all pairs of `articles`, which are named by their indices."""

    def __init__(self, articles: Sequence[Annotated], encoder: Embedder | None) -> None:
        self.articles = articles
        self.traits = found = [traits(article) for article in articles]
        self._languages = np.array([article.lang.split("-")[0].lower() for article in articles])
        familiar = covered() | set(pack.available()) - {UNKNOWN}
        self._strange = np.array([language not in familiar for language in self._languages.tolist()], bool)
        self._days = np.array([day.toordinal() if (day := article.day()) else np.nan for article in articles])
        self._known = np.array([len(t.names) >= _ENOUGH for t in found], bool)
        self._silent = np.array([t.silent for t in found], bool)
        self._wordless = np.array([t.wordless for t in found], bool)
        self._centrals = np.array([len(t.central) for t in found])
        self._against = _CLASH if encoder is not None else _CLASH_OF_WORDS
        self._vectors, self._usual, self._leads = _meanings([t.lead for t in found], encoder)
        names = {name for t in found for name in t.names}
        heard, central = [each(t.heard & names) for t in found], [each(t.central) for t in found]
        self._hearing, self._heard = Overlap([t.names for t in found], heard), Overlap(heard, [t.names for t in found])
        self._lacking, self._lacked = Overlap(central, heard), Overlap(heard, central)
        words = weighed([t.words for t in found])
        self._words = Overlap([{} if known else bag for known, bag in zip(self._known, words, strict=True)])
        self._records = Overlap(weighed([Counter(t.records) for t in found]))
        self._figures = Overlap([each(t.figures) for t in found])

    def near(self) -> Iterator[tuple[int, Indices]]:
        """Each article with the later ones whose score with it reaches the threshold."""
        everything = np.arange(len(self.articles))
        for start in range(0, len(everything), _BLOCK):
            scores = self._score(everything[start : start + _BLOCK], everything[start:])
            for i, row in enumerate(scores >= THRESHOLD - _ROUNDING):
                yield start + i, start + i + 1 + np.flatnonzero(row[i + 1 :])

    def table(self, among: Indices) -> Floats:
        """The scores of all pairs among some articles, float32 (n, n)."""
        return np.concatenate([self._score(among[at : at + _BLOCK], among) for at in range(0, len(among), _BLOCK)])

    def meaning(self, left: Indices, right: Indices) -> Floats:
        """Margins of title and opening; without an encoder how many words they share, and nothing across languages."""
        across = self._languages[left][:, None] != self._languages[right][None, :]
        if self._leads is not None:
            shared = _WORDS * (self._leads.rows(left, right) - _USUAL_WORDS)
            return np.asarray(np.where(across, 0, shared), np.float32)
        margins = above(self._vectors[left], self._usual[left], self._vectors[right], self._usual[right])
        return np.asarray(margins + _ACROSS * across, np.float32)

    def apart(self, left: Indices, right: Indices) -> Sums:
        """Days between the days of publication; 0 where one is unknown."""
        return np.asarray(np.nan_to_num(np.abs(self._days[left][:, None] - self._days[right][None, :])), np.float64)

    def _score(self, left: Indices, right: Indices) -> Floats:
        score = self._meant(left, right) + _NAMES * (self._names(left, right) - _USUAL_NAMES)
        score += np.minimum(self._figures.rows(left, right) * _FIGURE, _FIGURES)
        score -= self._against * self._clash(left, right)
        wordless = self._wordless[left][:, None] | self._wordless[right][None, :]
        if wordless.any():
            score = np.where(wordless, _RECORDS * (self._records.rows(left, right) - _USUAL_RECORDS), score)
        score -= np.minimum(_DAY * np.maximum(self.apart(left, right) - _GRACE, 0), _LONG)
        return score.astype(np.float32)

    def _meant(self, left: Indices, right: Indices) -> Floats:
        """Meaning, believed less where both texts are in languages that the margin was never held against."""
        meaning = self.meaning(left, right)
        strange = self._strange[left][:, None] & self._strange[right][None, :]
        if self._leads is not None or not strange.any():
            return meaning
        across = self._languages[left][:, None] != self._languages[right][None, :]
        doubted = np.where(across, np.minimum(meaning, _NEARLY), meaning - _STRANGE)
        return np.asarray(np.where(strange, doubted, meaning), np.float32)

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


def _meanings(leads: Sequence[str], encoder: Embedder | None) -> tuple[Floats, Floats, Overlap | None]:
    """Vectors of the leads and how near the usual text is to each; without an encoder their words."""
    if encoder is None:
        none = np.zeros((len(leads), 0), np.float32)
        return none, none, Overlap(weighed([_words(lead) for lead in leads]))
    vectors = encoder.embed(leads)
    return vectors, usual(vectors, encoder), None


def _words(text: str) -> Counter[str]:
    return Counter(form for form in tokenize(text).forms if len(form) > 1)
