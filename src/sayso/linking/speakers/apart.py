"""Apart: whether two speakers are one, may be one, or are surely two; and words that two of them are said to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

import numpy as np

from sayso.languages.gazetteer import by_name
from sayso.languages.people import given_in_latin
from sayso.linking.likeness.groups import Groups
from sayso.linking.speakers.names import same_name, words
from sayso.linking.telling import Telling
from sayso.models.weights import Floats
from sayso.text.folding import fold_word

NAMELESS = 0.07
"""A speaker unnamed, or named by one article only: the words must agree so much more."""
_RUN = 8  # words in one order that two people don't say by chance
_MOST = 0.8  # share of the longer telling that the shared words must be
_LOOKED_AT = 5  # quotations that open with the same words: the rest are joined through these
_ALIKE = 0.8  # names this much alike may be one


def of_speakers(told: Sequence[Telling], sure: Set[str]) -> Floats:
    """(n, n): 0 for one speaker, -inf for two, and in between where one is unnamed or not among the sure ones."""
    numbers = {name: i for i, name in enumerate(sorted({one.speaker for one in told if one.speaker}))}
    who = np.array([numbers[one.speaker] if one.speaker else -1 for one in told])
    unsure = np.array([one.speaker not in sure for one in told])
    apart = np.where(unsure[:, None] | unsure[None, :], -NAMELESS, -np.inf)
    return np.where((who[:, None] == who[None, :]) & (who[:, None] >= 0), 0, apart)


def sure_speakers(told: Sequence[Telling]) -> set[str]:
    """Speakers that are surely themselves: told in two articles, publicly known, or with a full name.

    The rest are one article's word for somebody ("a spokesman"), who may go by a name elsewhere.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.speaker:
            places[one.speaker].add(one.article.id)
    return {name for name, ids in places.items() if len(ids) > 1 or is_full(name) or by_name(name)}


def is_full(name: str) -> bool:
    """Two words or more, all with capitals."""
    parts = name.split()
    return len(parts) > 1 and all(word[0].isupper() for word in parts)


@lru_cache(maxsize=1 << 14)
def are_two_persons(a: str, b: str) -> bool:
    """True when both names are surely of persons, and not of one: a ministry may speak through its minister."""
    return _is_person(a) and _is_person(b) and not set(words(a)) & set(words(b)) and same_name(a, b) < _ALIKE


def _is_person(name: str) -> bool:
    entry = by_name(name)
    if entry is not None:
        return entry.kind == "person"
    return is_full(name) and fold_word(name.split()[0]) in given_in_latin()


def joined(told: Sequence[Telling], groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups of `told`, those made one that share a quotation word for word, whoever is said to say it."""
    home = {i: n for n, group in enumerate(groups) for i in group}
    whole: Groups[int] = Groups(range(len(groups)))
    for a, b in _same_words(told):
        whole.join(home[a], home[b])
    return [sorted(i for n in part for i in groups[n]) for part in whole.lists()]


def _same_words(told: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs of quotations in two articles of which one is nearly all of the other, word for word.

    A statement inside another one shares its words without being it.
    """
    articles = {t.article.id: t.article for t in told}
    outer = {id: {one.nested_in for one in article.attributions} for id, article in articles.items()}
    opening: dict[tuple[str, ...], list[int]] = defaultdict(list)
    quoted = [i for i, t in enumerate(told) if _is_quoted(t) and t.index not in outer[t.article.id]]
    for i in quoted:
        opening[told[i].forms[:_RUN]].append(i)
    for i in quoted:
        own = told[i].forms
        for at in range(int(len(own) * (1 - _MOST)) + 1):
            for other in opening.get(own[at : at + _RUN], ())[:_LOOKED_AT]:
                short = told[other].forms
                if other != i and len(short) >= _MOST * len(own) and own[at : at + len(short)] == short:
                    yield other, i


def _is_quoted(one: Telling) -> bool:
    said = one.attribution
    return said.type == "direct" and said.nested_in is None and len(one.forms) >= _RUN
