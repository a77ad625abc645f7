"""Fractions: the names of the parts of a whole ("third", "quintos", "ventunesimo"), and fractions in running text."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import Lexicon

SLASHES: Final = frozenset("/／⁄")
_VOWELS: Final = ("", "a", "e", "i", "o")
"""What a number word may lose before an ending ("venticinque", "venticinquesimo")."""
_HYPHENS: Final = frozenset("-‐‑")
_USUAL: Final = frozenset({"2", "3", "4", "5", "6", "8", "10", "16"})
"""Divisors of fractions that are written in digits; with others they may be dates or scores."""
_LOOSE: Final = " \n\t\u00a0,;:.!?()[]\"'«»“”"
_SECOND: Final = 2
_TEN: Final = 10
_HUNDRED: Final = 100


def part_of(lexicon: Lexicon, form: str) -> Decimal | None:
    """Into how many parts the word divides (0: the number before it says so, "avos"), or None."""
    found = lexicon.divisors.get(form)
    if found is not None:
        return found
    for ending in lexicon.part_endings:
        if not form.endswith(ending):
            continue
        stem = form[: -len(ending)]
        if not stem:
            return Decimal(0)
        numeral = next((n for vowel in _VOWELS if (n := lexicon.numerals[stem + vowel]) is not None), None)
        if numeral is not None and numeral.kind in ("word", "scale") and numeral.unit is None and numeral.value > 1:
            return numeral.value
    return None


def divisor_at(view: View, first: int, end: int) -> tuple[int, Decimal | None] | None:
    """(end of the number before it, divisor) of the part that ends at token `end`; the divisor is None where only the
    words before it say it ("vinte e um avos"). A hyphen joins tens to it: "three twenty-firsts" are 3/21."""
    divisor = part_of(view.lexicon, view.tokens.forms[end - 1]) if first < end else None
    if divisor is None:
        return None
    if not divisor:
        return end - 1, None
    stop = end - 1
    hyphened = stop > first and view.tokens.forms[stop - 1] in _HYPHENS
    before = stop - 1 - hyphened
    if divisor == 1:
        before -= before > first and _joins(view, before)
        before -= before > first and view.tokens.forms[before] in _HYPHENS
    tens = _tens(view, before) if before >= first and divisor < _TEN else None
    if tens is not None and (hyphened or divisor <= _SECOND):
        return before, tens + divisor
    return (stop - hyphened, divisor) if divisor > 1 else None


def _tens(view: View, i: int) -> Decimal | None:
    numeral = view.lexicon.numerals[view.tokens.forms[i]]
    if numeral is None or numeral.kind != "word" or not _SECOND * _TEN <= numeral.value < _HUNDRED:
        return None
    return None if numeral.value % _TEN else numeral.value


def _joins(view: View, i: int) -> bool:
    return view.tokens.forms[i] in view.lexicon.numerals.joiners and view.tokens.forms[i] not in _HYPHENS


class Part(NamedTuple):
    """A part of a whole and the token behind it; `named` where words or a sign say it, not two numbers."""

    end: int
    value: Decimal
    named: bool = True


def part_at(view: View, i: int, named: int | None = None) -> Part | None:
    """A part of a whole that starts at token `i` of running text: "1/4", "½", "half", "two thirds".

    `named`: end of the number word at `i`, where there is one."""
    forms = view.tokens.forms
    if forms[i].isdecimal() and i + 2 < len(forms) and forms[i + 1] in SLASHES:
        return _slashed(view, i)
    found = view.lexicon.halves.at(view.tokens, i)
    if found is not None and not _scaled(view, found[0]):
        return Part(found[0], found[1], named=not forms[i][:1].isnumeric() or forms[i].isalpha())
    return _counted(view, i, named) if named is not None else None


def half_behind(view: View, at: int) -> tuple[int, Decimal] | None:
    """(end, fraction) of what is told of one more unit behind it: "dos años y medio", «ساعتين ونصف», 两年半."""
    tokens, numerals = view.tokens, view.lexicon.numerals
    if at >= len(tokens.forms) or tokens.breaks[at]:
        return None
    found = numerals.phrases.at(tokens, at)
    form = tokens.forms[at]
    glued = view.glued(at) or any(form.startswith(word) and form != word for word in view.lexicon.glued_words)
    if found is None or found[1].kind != "fraction" or not (glued or form in numerals.joiners or view.adjacent(at)):
        return None
    end = found[0]
    counted = end < len(tokens.forms) and not tokens.breaks[end] and view.lexicon.units.at(tokens, end) is not None
    return None if counted or _scaled(view, end) else (end, found[1].value)


def _scaled(view: View, at: int) -> bool:
    """Whether a scale follows, a hyphen before it or not ("half a million", "demi-million")."""
    at += at < len(view.tokens.forms) and view.tokens.forms[at] in _HYPHENS
    found = view.lexicon.numerals.phrases.at(view.tokens, at) if at < len(view.tokens.forms) else None
    return found is not None and found[1].kind == "scale"


def _slashed(view: View, i: int) -> Part | None:
    """ "3/4" with the usual divisors; nothing else touches it."""
    above, below = view.tokens.forms[i], view.tokens.forms[i + 2]
    if not (view.adjacent(i + 1) and view.adjacent(i + 2)) or below not in _USUAL or len(above) > len(below):
        return None
    text, left, right = view.tokens.text, view.tokens.starts[i], view.tokens.ends[i + 2]
    if not 0 < int(above) < int(below) or text[left - 1 : left].strip(_LOOSE) or text[right : right + 1].strip(_LOOSE):
        return None
    return Part(i + 3, Decimal(above) / Decimal(below), named=False)


def _counted(view: View, i: int, end: int) -> Part | None:
    """ "two thirds", "three-quarters": a small number word before a part."""
    numeral, forms = view.lexicon.numerals[view.tokens.forms[i]], view.tokens.forms
    if numeral is None or numeral.kind != "word" or end != i + 1 or end >= len(forms) or numeral.unit is not None:
        return None
    last = end + (forms[end] in _HYPHENS and view.adjacent(end))
    if last >= len(forms) or view.tokens.breaks[last]:
        return None
    divisor = part_of(view.lexicon, forms[last])
    if divisor is None or divisor <= _SECOND or not 1 < numeral.value < divisor:
        return None
    return Part(last + 1, numeral.value / divisor)
