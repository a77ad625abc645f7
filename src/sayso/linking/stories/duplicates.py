"""Duplicates: articles that are one text, found by the runs of words they share."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from sayso.extraction.agency import agency
from sayso.linking.article import Annotated, early
from sayso.linking.likeness.groups import Groups
from sayso.linking.nouns import Duplicate
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


def duplicates(articles: Sequence[Annotated]) -> list[Duplicate]:
    """Groups of articles of which most words stand in the same runs of eight; articles without text have none.

    "same page": nearly all of both, in one outlet; "wire copy": most of the shorter one, in another outlet, or less
    where both name one agency in their datelines, or one is the agency's own.
    """
    ordered = sorted(articles, key=early)
    words = [_words(article.text or "") for article in ordered]
    runs = [_runs(forms) for forms in words]
    groups: Groups[int] = Groups(range(len(ordered)))
    kinds: dict[int, bool] = {}
    outlets = [article.outlet or article.url for article in ordered]
    wires = [agency(article.text or "") for article in ordered]
    for a, b in _candidates(runs):
        shared = len(np.intersect1d(runs[a], runs[b], assume_unique=True))
        of_longer = shared / max(len(runs[a]), len(runs[b]))
        of_shorter = shared / min(len(runs[a]), len(runs[b]))
        edited = _one_wire(wires[a], wires[b], outlets[a], outlets[b]) and _begin_alike(words[a], words[b])
        wanted = [*_COPIES, _EDITED] if edited else _COPIES
        if any(of_shorter >= least and of_longer >= part for least, part in wanted):
            groups.join(a, b)
            one_page = of_longer >= _SAME_PAGE and outlets[a] == outlets[b]
            kinds[a] = kinds[b] = one_page and kinds.get(a, True) and kinds.get(b, True)
    return [
        Duplicate(tuple(ordered[i].id for i in group), "same page" if all(kinds[i] for i in group) else "wire copy")
        for group in groups.lists()
        if len(group) > 1
    ]


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
