"""Near: which of many sentences may be which others, changed.

Only sentences that share rare words or a place are compared, so that time grows with their number, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

Forms = tuple[str, ...]

NEAR: Final = 0.5
"""Likeness from which a sentence that stands where another stood is that one, changed."""
_CONTAINED, _FEWEST = 0.7, 5  # a sentence all of which stands in a longer one is this like it; words it must have
_RARE = 8  # words of a sentence by which others are found
_HOLDERS = 24  # sentences that may hold such a word
_LIKELY = 6  # sentences with most of these words that are compared
_SMALL = 24  # sentences of a gap that are all compared
_ASIDE = 3  # places to either side of where a sentence would stand in a larger gap


class Near(NamedTuple):
    """Sentence `before` may be `after`; `likeness` 0…1."""

    before: int
    after: int
    likeness: float


class Packed:
    """Sentences as strings of one character a word, which are compared in a fraction of the time."""

    def __init__(self, *texts: Sequence[Forms]) -> None:
        codes: dict[str, str] = {}
        self.sides = [["".join([_code(codes, form) for form in forms]) for forms in side] for side in texts]


def _code(codes: dict[str, str], form: str) -> str:
    """A character of its own for each word; surrogates are left out, and beyond all characters words share some."""
    known = codes.get(form)
    if known is None:
        number = 0x100 + len(codes) % 0x10E000
        known = codes[form] = chr(number if number < 0xD800 else number + 0x800)
    return known


def likeness(a: str, b: str) -> float:
    """Share of the words that stand in both in one order; a short sentence inside a longer one is like it too."""
    shared = LCSseq.similarity(a, b)
    whole = 2 * shared / (len(a) + len(b)) if a or b else 0.0
    short = min(len(a), len(b))
    return max(whole, _CONTAINED * shared / short if short >= _FEWEST else 0.0)


def candidates(
    before: Sequence[str], after: Sequence[str], gaps: tuple[Sequence[int], Sequence[int]], least: float = NEAR
) -> list[Near]:
    """Pairs at least so like each other, of packed sentences; `gaps`: between which of the same ones each stands."""
    wanted: set[tuple[int, int]] = set(_in_gaps(*gaps))
    wanted.update(_by_words(before, after))
    found = (Near(i, j, likeness(before[i], after[j])) for i, j in sorted(wanted))
    return [near for near in found if near.likeness >= least]


def _in_gaps(before: Sequence[int], after: Sequence[int]) -> list[tuple[int, int]]:
    """Sentences of the same gap: each with each in a small one, else those about as far along."""
    places: dict[int, list[int]] = defaultdict(list)
    for j, gap in enumerate(after):
        places[gap].append(j)
    sizes, passed = Counter(before), Counter[int]()
    pairs: list[tuple[int, int]] = []
    for i, gap in enumerate(before):
        there = places.get(gap, [])
        middle = passed[gap] * len(there) // sizes[gap]
        passed[gap] += 1
        is_small = len(there) <= _SMALL and sizes[gap] <= _SMALL
        pairs += ((i, j) for j in (there if is_small else there[max(0, middle - _ASIDE) : middle + _ASIDE + 1]))
    return pairs


def _by_words(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Sentences that share the words that fewest have."""
    holding: dict[str, list[int]] = defaultdict(list)
    for j, words in enumerate(after):
        for word in set(words):
            holding[word].append(j)
    pairs: list[tuple[int, int]] = []
    for i, words in enumerate(before):
        held = sorted(
            (len(there), word) for word in set(words) if len(there := holding.get(word, ())) <= _HOLDERS and there
        )
        shared = Counter(j for _, word in held[:_RARE] for j in holding[word])
        pairs += ((i, j) for j, _ in shared.most_common(_LIKELY))
    return pairs
