"""Duplicates: articles that are one text, found by the runs of words they share."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence

from sayso.linking.article import Annotated
from sayso.linking.groups import Groups
from sayso.linking.nouns import Duplicate
from sayso.linking.stories import early
from sayso.text.tokens import tokenize

_RUN = 8
_COMMON = 40
"""A run of words that more articles share than this is furniture ("All rights reserved…") and finds no pairs."""
_SAME_PAGE, _WIRE_COPY = 0.9, 0.6


def duplicates(articles: Sequence[Annotated]) -> list[Duplicate]:
    """Groups of articles of which most words stand in the same runs of eight; articles without text have none.

    "same page": nearly all of both, in one outlet; "wire copy": most of the shorter one, in another outlet.
    """
    ordered = sorted(articles, key=early)
    runs = {article.id: _runs(article.text or "") for article in ordered}
    groups: Groups[str] = Groups([article.id for article in ordered])
    kinds: dict[str, bool] = {}
    outlets = {article.id: article.outlet or article.url for article in ordered}
    for a, b in sorted(_candidates(runs)):
        shared = len(runs[a] & runs[b])
        of_longer = shared / max(len(runs[a]), len(runs[b]))
        of_shorter = shared / min(len(runs[a]), len(runs[b]))
        if of_shorter >= _WIRE_COPY and of_longer >= _WIRE_COPY / 2:
            groups.join(a, b)
            one_page = of_longer >= _SAME_PAGE and outlets[a] == outlets[b]
            kinds[a] = kinds[b] = one_page and kinds.get(a, True) and kinds.get(b, True)
    return [
        Duplicate(tuple(group), "same page" if all(kinds[id] for id in group) else "wire copy")
        for group in groups.lists()
        if len(group) > 1
    ]


def _runs(text: str) -> frozenset[int]:
    forms = [form for form in tokenize(text).forms if any(char.isalnum() for char in form)]
    return frozenset(
        zlib.crc32(" ".join(forms[at : at + _RUN]).encode()) for at in range(max(0, len(forms) - _RUN + 1))
    )


def _candidates(runs: dict[str, frozenset[int]]) -> set[tuple[str, str]]:
    """Pairs that share at least one run."""
    where: dict[int, list[str]] = defaultdict(list)
    for id, found in runs.items():
        for run in found:
            where[run].append(id)
    return {(a, b) for ids in where.values() if len(ids) <= _COMMON for i, a in enumerate(ids) for b in ids[i + 1 :]}
