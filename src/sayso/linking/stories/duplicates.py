"""Duplicates: articles that are one text, found by the runs of words they share."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import chain, combinations, pairwise, product

import numpy as np
from numpy.typing import NDArray

from sayso.extraction.agency import agency
from sayso.linking.article import Annotated, early
from sayso.linking.likeness.groups import Groups
from sayso.linking.nouns import Duplicate
from sayso.linking.stories.otherwise import says_otherwise
from sayso.text.tokens import tokenize

Runs = NDArray[np.uint32]

_RUN = 8
_COMMON = 40
"""Where more articles share a run of words, not all their pairs are looked at: it may be "All rights reserved…"."""
_SAME_PAGE = 0.9
_COPIES = ((0.6, 0.3), (0.85, 0.2))
"""What a copy shares: at least so much of the shorter text and of the longer one. A wire may be cut to a brief."""
_EDITED = (0.35, 0.2)
"""The same where both give one agency as their source and begin with words in common: desks write such texts over, but
two dispatches may share a background."""
_BEGINNING = 80  # words
_TEXTS = 3
"""So many texts of a group are held against those of another before both are one group."""


def duplicates(articles: Sequence[Annotated]) -> list[Duplicate]:
    """Groups of articles of which most words stand in the same runs of eight; articles without text have none.

    "same page": nearly all of both, in one outlet; "wire copy": most of the shorter one, in another outlet, or less
    where both name one agency in their datelines, or one is the agency's own. An article that says otherwise than
    another is no copy of it: of a wire and its copies two editions may be left, each with copies of its own.
    """
    ordered = sorted(articles, key=early)
    words = [_words(article.text or "") for article in ordered]
    runs = [_runs(forms) for forms in words]
    groups = _Editions(ordered)
    kinds: dict[int, bool] = {}
    outlets = [article.outlet or article.url for article in ordered]
    wires = [agency(article.text or "") for article in ordered]
    for a, b in _candidates(runs):
        shared = len(np.intersect1d(runs[a], runs[b], assume_unique=True))
        of_longer = shared / max(len(runs[a]), len(runs[b]))
        of_shorter = shared / min(len(runs[a]), len(runs[b]))
        edited = _one_wire(wires[a], wires[b], outlets[a], outlets[b]) and _begin_alike(words[a], words[b])
        wanted = [*_COPIES, _EDITED] if edited else _COPIES
        if any(of_shorter >= least and of_longer >= part for least, part in wanted) and groups.join(a, b):
            one_page = of_longer >= _SAME_PAGE and outlets[a] == outlets[b]
            kinds[a] = kinds[b] = one_page and kinds.get(a, True) and kinds.get(b, True)
    return [
        Duplicate(tuple(ordered[i].id for i in group), "same page" if all(kinds[i] for i in group) else "wire copy")
        for group in groups.lists()
        if len(group) > 1
    ]


class _Editions:
    """Articles joined into groups in which none says otherwise than another."""

    def __init__(self, articles: Sequence[Annotated]) -> None:
        self._articles = articles
        self._groups: Groups[int] = Groups(range(len(articles)))
        first: dict[str | None, int] = {}
        self._same = [first.setdefault(article.text, i) for i, article in enumerate(articles)]
        self._texts = {i: [same] for i, same in enumerate(self._same)}
        """Of each group its texts, each by the first article that has it."""
        self._known: dict[tuple[int, int], bool] = {}

    def join(self, a: int, b: int) -> bool:
        """Make one group of two; False, and nothing done, where they say otherwise."""
        one, other = self._groups.of(a), self._groups.of(b)
        if one != other:
            near = [(self._same[a], self._same[b])]
            all_pairs = product(self._texts[one][:_TEXTS], self._texts[other][:_TEXTS])
            if any(self._apart(x, y) for x, y in chain(near, all_pairs)):
                return False
            texts = list(dict.fromkeys([*self._texts[one], *self._texts[other]]))
            self._groups.join(one, other)
            self._texts[self._groups.of(one)] = texts
        return True

    def lists(self) -> list[list[int]]:
        """All groups, in the order of the articles."""
        return self._groups.lists()

    def _apart(self, a: int, b: int) -> bool:
        pair = min(a, b), max(a, b)
        if pair not in self._known:
            self._known[pair] = says_otherwise(self._articles[pair[0]], self._articles[pair[1]])
        return self._known[pair]


def _one_wire(a: str | None, b: str | None, outlet_a: str | None, outlet_b: str | None) -> bool:
    """True when both texts are one agency's by their datelines, or one's dateline names the outlet of the other."""
    if a and b:
        return a.casefold() == b.casefold()
    own, outlet = (a, outlet_b) if a else (b, outlet_a)
    told = [tokenize(name or "").forms for name in (own, outlet)]
    size = len(told[0])
    return own is not None and any(told[0] == told[1][at : at + size] for at in range(len(told[1]) - size + 1))


def _begin_alike(a: Sequence[str], b: Sequence[str]) -> bool:
    return len(np.intersect1d(_runs(a[:_BEGINNING]), _runs(b[:_BEGINNING]), assume_unique=True)) > 0


def _words(text: str) -> list[str]:
    return [form for form in tokenize(text).forms if any(char.isalnum() for char in form)]


def _runs(forms: Sequence[str]) -> Runs:
    """Stable hashes of all runs of eight words, ascending, each once."""
    hashes = (zlib.crc32(" ".join(forms[at : at + _RUN]).encode()) for at in range(max(0, len(forms) - _RUN + 1)))
    return np.unique(np.fromiter(hashes, np.uint32))


def _candidates(runs: Sequence[Runs]) -> list[tuple[int, int]]:
    """Pairs of indices that share at least one run, ascending; of a run that very many share, neighbours only."""
    owners = np.repeat(np.arange(len(runs)), [len(found) for found in runs])
    everything = np.concatenate([*runs, np.zeros(0, np.uint32)])
    order = np.argsort(everything, kind="stable")
    _, starts, counts = np.unique(everything[order], return_index=True, return_counts=True)
    pairs: set[tuple[int, int]] = set()
    for start, count in zip(starts[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
        having = owners[order[start : start + count]].tolist()
        pairs.update(combinations(having, 2) if count <= _COMMON else pairwise(having))
    return sorted(pairs)
