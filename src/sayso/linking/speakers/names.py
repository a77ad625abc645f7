"""Names: whether two names are one, across scripts and inflections."""

from __future__ import annotations

import math
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from sayso.languages.romanisation import bare, inflected, skeleton, sounds
from sayso.text.folding import fold_word
from sayso.text.tokens import tokenize

SAME = 0.89
"""From here on two names are taken for one when a story holds both."""
_WORST = 0.85
"""Below this two words are not one name, however alike the rest of the names is."""
_WEIGHT = 0.17  # of each of two distances between 0 and 1
_SPELLING = 0.78  # Jaro-Winkler of two spellings of one name in one script


def same_word(a: str, b: str) -> float:
    """How alike two single names sound (⅔…1, 0 for nothing to hear): edit distance over sounds and over consonants."""
    if fold_word(a) == fold_word(b):
        return 1.0
    return max(_alike(sounds(a), sounds(b)), _alike(bare(a), bare(b)))


@lru_cache(maxsize=1 << 16)
def _alike(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    apart = Levenshtein.normalized_distance(a, b) + Levenshtein.normalized_distance(skeleton(a), skeleton(b))
    return 1 - _WEIGHT * apart


def same_name(a: str, b: str) -> float:
    """How surely two names are one (0…1).

    The words of the shorter name are paired in order with words of the longer; the mean of the pairs counts, and no
    pair may be bad. Names in one script are held to their letters: only case endings and spellings may differ.
    """
    left, right = sorted((words(a), words(b)), key=len)
    if not left or abs(len(left) - len(right)) > 1 + len(left):
        return 0.0
    compare = _same_script_word if script(a) == script(b) else same_word
    return _paired([[compare(x, y) for y in right] for x in left])


@lru_cache(maxsize=1 << 15)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without marks and single letters; of a name in Chinese characters each of them."""
    forms = tokenize(name).forms
    return tuple(f for f in forms if any(c.isalnum() for c in f) and (len(f) > 1 or "\u3040" <= f <= "\u9fff"))


def _paired(table: list[list[float]]) -> float:
    """Highest mean over all ways to pair every row with a later column than the row before; 0 with a bad pair."""
    best = [0.0] * (len(table[0]) + 1)
    for row in table:
        now = [-math.inf]
        for column, value in enumerate(row):
            pair = best[column] + value if value >= _WORST else -math.inf
            now.append(max(now[-1], pair))
        best = now
    return max(0.0, best[-1] / len(table))


def script(name: str) -> str:
    """A rough name of a name's script: its first letter's block of 256 code points, Latin as one."""
    first = next((c for c in name if c.isalpha()), "a")
    return "latin" if ord(first) < 0x250 else str(ord(first) >> 8)


@lru_cache(maxsize=1 << 16)
def _same_script_word(a: str, b: str) -> float:
    """1 for one word, also in two cases or spellings; else how alike the letters are, which alone is never enough."""
    left, right = fold_word(a), fold_word(b)
    if left == right or sounds(a) == sounds(b) or bare(a) == bare(b) or inflected(left, right):
        return 1.0
    alike = JaroWinkler.similarity(sounds(a), sounds(b))
    return max(_WORST, min(alike, SAME - 0.01)) if alike >= _SPELLING else 0.0
