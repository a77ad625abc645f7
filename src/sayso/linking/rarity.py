"""Rarity: how much a word says about a text, against fixed background sentences, never against what is linked."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

from sayso.models.margin import sentences
from sayso.text.tokens import tokenize


def rarity(word: str) -> float:
    """Inverse frequency of a folded word in the background: 1 when all sentences have it, highest for unknown words."""
    having, total = _counts()
    return 1 + math.log((1 + total) / (1 + having.get(word, 0)))


@cache
def _counts() -> tuple[Counter[str], int]:
    """In how many sentences each word stands, and how many there are."""
    found = sentences()
    return Counter(form for sentence in found for form in set(tokenize(sentence).forms)), len(found)
