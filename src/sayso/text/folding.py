"""Folding: forms for comparison, in which spellings that a reader takes for the same become the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sayso.text.characters import DOUBLE_QUOTES, INVISIBLE, JOINERS, MARKS, SINGLE_QUOTES
from sayso.text.offsets import Mapped, edited

# Arabic hamza seats, alef maksura, ta marbuta, tatweel; Persian and Urdu kaf, ya and heh; Russian yo.
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ہ": "ه", "ۀ": "ه", "ё": "е"}
)
_TATWEEL = "\u0640"
_QUOTES = str.maketrans(dict.fromkeys(DOUBLE_QUOTES, '"') | dict.fromkeys(SINGLE_QUOTES + "`´", "'"))
_FRACTIONS = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉")
_SILENT = re.compile(rf"[{INVISIBLE}{JOINERS}{_TATWEEL}\ufe00-\ufe0f\u0591-\u05bd\u05bf\u05c1-\u05c7]")
_ARABIC_MARK = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff]"
)

# What Unicode may compose or reorder stays together (no more than 256, since reordering is quadratic).
_TAIL = rf"{MARKS}{INVISIBLE}{JOINERS}{_TATWEEL}\uff9e\uff9f\ufe00-\ufe0f"
_JAMO = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\ud7b0-\ud7fb\uffa0-\uffdc"
_CLUSTER = rf"[\uac00-\ud7a3]?[{_TAIL}]{{0,16}}[{_JAMO}][{_JAMO}{_TAIL}]{{0,256}}|[^{_TAIL}]?[{_TAIL}]{{1,256}}"


def fold_word(word: str) -> str:
    """Folded form of one token: NFKC, case-folded, digits ASCII, Arabic letters unified, quotes plain.

    Arabic vowel signs, Hebrew points, tatweel and everything invisible go. Latin accents stay: they tell words apart.
    So do fractions: "3½" is not "31/2".
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    return fold(word).text if _HAS_CLUSTER(word) else word.translate(_SINGLES)


def fold(text: str) -> Mapped:
    """`fold_word` over a whole text, with the way back to it; folding a folded text changes nothing."""
    if text.isascii():
        return Mapped.same(text.lower().replace("`", "'"))
    singles = {ord(char): _SINGLES[ord(char)] for char in set(text)}
    resized = "".join(chr(code) for code, folded in sorted(singles.items()) if len(folded) != 1)
    same_length = text.translate({code: folded for code, folded in singles.items() if len(folded) == 1})
    return edited(same_length, ((*f.span(), _fold_cluster(f.group())) for f in _resizing(resized).finditer(text)))


@lru_cache(maxsize=256)
def _resizing(chars: str) -> re.Pattern[str]:
    """Everything that cannot be folded in place: clusters, and single characters that change their length."""
    return re.compile(_CLUSTER + (f"|[{re.escape(chars)}]" if chars else ""))


@lru_cache(maxsize=1 << 14)
def _fold_cluster(cluster: str) -> str:
    """One character and what hangs on it, folded until nothing changes any more (a few rounds at most)."""
    previous, folded = "", cluster
    while folded != previous and folded not in _FRACTIONS:
        previous = folded
        folded = unicodedata.normalize("NFKC", folded.translate(_QUOTES)).casefold().translate(_LETTERS)
        folded = _ARABIC_MARK.sub("", _SILENT.sub("", folded)).replace("i\u0307", "i")
        folded = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
    return folded


class _Singles(dict[int, str]):
    """What each single character folds to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_cluster(chr(code))
        return folded


_SINGLES = _Singles()
_HAS_CLUSTER = re.compile(_CLUSTER).search
