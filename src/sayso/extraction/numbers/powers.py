"""Powers: numbers in digits that letters or exponents scale ("10k", "12.32e+14", "2^-1")."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation, localcontext
from typing import Final

from sayso.extraction.numbers.read import number_at
from sayso.extraction.numbers.view import viewed
from sayso.extraction.words.lexicon import Lexicon
from sayso.text.tokens import tokenize

_LONGEST: Final = 128
"""Digits of the powers that are computed."""
_POWER: Final = re.compile(r"([\d.,]{1,16})\s?([eE^])([+\-−]?)(\d{1,3})")
_SHORT: Final = re.compile(r"(.*\d)\s*([kKMGBbTt])", re.DOTALL)
_PREFIXES: Final = {"k": 3, "K": 3, "M": 6, "G": 9, "B": 9, "b": 9, "T": 12, "t": 12}
"""Letters right behind digits -> powers of ten (SI, and the finance pages' B); "5G" is a network."""
_DIGITS: Final = 10


def shortened(lexicon: Lexicon, text: str) -> Decimal | None:
    """ "10k", "1.2 B"; "5G" is a network."""
    found = _SHORT.fullmatch(text)
    value = _digits(lexicon, found[1]) if found is not None else None
    if value is None or found is None or (found[2] == "G" and value < _DIGITS):
        return None
    return value.scaleb(_PREFIXES[found[2]])


def power(lexicon: Lexicon, text: str) -> Decimal | None:
    """ "12.32e+14", "2^-1"."""
    found = _POWER.fullmatch(text)
    base = _digits(lexicon, found[1]) if found is not None else None
    if found is None or base is None:
        return None
    exponent = int(found[4]) * (-1 if found[3] in ("-", "−") else 1)
    return _raised(base, exponent) if found[2] == "^" else base.scaleb(exponent)


def _digits(lexicon: Lexicon, text: str) -> Decimal | None:
    """A number in digits, cut out of the text."""
    view = viewed(tokenize(text), lexicon)
    number = number_at(view, 0) if len(view.tokens) else None
    return number.value if number is not None and number.end == len(view.tokens) else None


def _raised(base: Decimal, exponent: int) -> Decimal | None:
    """`base` to the power of `exponent`, None where it leaves the range of figures."""
    if not base or abs(exponent) * abs(base.adjusted() + 1) > _LONGEST:
        return None
    with localcontext() as context:
        context.prec = 28
        try:
            return base**exponent
        except InvalidOperation:
            return None
