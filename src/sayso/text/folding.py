"""Folding: forms for comparison, in which spellings that a reader takes for the same become the same."""

from __future__ import annotations

import unicodedata

# Arabic hamza seats, alef maksura, ta marbuta, tatweel; Persian kaf and ya; Russian yo.
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ё": "е", "ـ": None}
)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂「」『』", '"') | dict.fromkeys("‘’‚‛‹›′`´ʼ", "'"))


def _bare(char: str) -> str:
    """One character without its combining marks (Latin accents stay: they tell words apart in most languages)."""
    return "" if unicodedata.combining(char) and "\u0600" <= char <= "\u06ff" else char


def fold_word(word: str) -> str:
    """Folded form of one token: NFKC, case-folded, digits ASCII, Arabic letters unified, quotes plain."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS).translate(_QUOTES)
    if folded.isascii():
        return folded
    folded = "".join(map(_bare, folded))
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
