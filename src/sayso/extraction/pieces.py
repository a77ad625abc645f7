"""Pieces: what each word and each run of digits adds to a number that is being read."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sayso.extraction.digits import read_digits
from sayso.extraction.fractions import part_at
from sayso.extraction.lexicon import View
from sayso.extraction.numerals import Numeral, place
from sayso.extraction.sums import Sum
from sayso.extraction.touching import whole

_HUNDRED: Final = Decimal(100)
_THOUSAND: Final = Decimal(1000)
_TEN: Final = Decimal(10)
_TENS: Final = frozenset(map(Decimal, range(20, 100, 10)))
_LETTERS: Final = frozenset("km")
"""Scales of one letter; digits behind them are another number ("12 m 2 dm")."""
_MILLION: Final = Decimal(10) ** 6
_CAPITALS: Final = frozenset("LVW")
"""Units of one capital letter."""
_ABBREVIATED: Final = 4
_HYPHENS: Final = frozenset("-‐‑")


def take(view: View, found: Sum) -> bool:
    """Take one more piece into `found`; False where the number ends."""
    tokens, numerals, at = view.tokens, view.lexicon.numerals, found.end
    joined = False
    phrase = numerals.phrases.at(tokens, at)
    if not found.empty:
        if tokens.breaks[at]:
            return False
        if phrase is None:
            joined, at = _joint(view, at)
            if at >= len(tokens):
                return False
            phrase = numerals.phrases.at(tokens, at)
    piece = phrase[1] if phrase is not None else numerals[tokens.forms[at]]
    if piece is None:
        return False
    if piece.kind == "digits":
        return _take_digits(view, found, at, piece, joined)
    end = phrase[0] if phrase is not None else at + 1
    if not _take_word(view, found, piece, at, end, joined or view.glued(at)):
        return False
    _elide(view, found, piece)
    found.end = _past_stop(view, end) if piece.kind == "scale" else end
    return True


def _elide(view: View, found: Sum, piece: Numeral) -> None:
    """Note what a last digit right behind a scale leaves out: 四百五 is 450."""
    if not view.lexicon.words.numbers.elides:
        return
    digit = piece.kind == "word" and 1 <= piece.value < _TEN
    found.elided = piece.value * (found.before / _TEN - 1) if digit and found.before else Decimal(0)
    found.before = piece.value if piece.kind == "scale" else None


def _past_stop(view: View, end: int) -> int:
    """Token after the stop of an abbreviated scale word when the sentence goes on ("860 тыс. лайков")."""
    tokens = view.tokens
    if end + 1 >= len(tokens) or tokens.forms[end] != "." or not view.adjacent(end) or tokens.breaks[end + 1]:
        return end
    short = tokens.ends[end - 1] - tokens.starts[end - 1] <= _ABBREVIATED
    return end + 1 if short and not tokens.word(end + 1)[0].isupper() else end


def _joint(view: View, at: int) -> tuple[bool, int]:
    """(whether a word for "and" was passed, the token after it or after a hyphen)."""
    tokens = view.tokens
    if tokens.forms[at] in _HYPHENS:
        return False, at + (_tens_behind(view, at) or (view.adjacent(at) and view.adjacent(at + 1)))
    numeral = view.lexicon.numerals[tokens.forms[at]]
    joiner = tokens.forms[at] in view.lexicon.numerals.joiners
    return joiner and numeral is None, at + joiner


def _tens_behind(view: View, at: int) -> bool:
    """ "ninety - five": a hyphen set apart, between a word for tens and one for ones."""
    if not 0 < at < len(view.tokens) - 1 or view.adjacent(at):
        return False
    tens, ones = (view.lexicon.numerals[view.tokens.forms[i]] for i in (at - 1, at + 1))
    if tens is None or ones is None or tens.kind != "word" or ones.kind != "word":
        return False
    return tens.value in _TENS and 0 < ones.value < _TEN


def _take_word(view: View, found: Sum, piece: Numeral, at: int, end: int, joined: bool) -> bool:
    if found.unit is not None:
        return False
    if piece.kind == "scale":
        if found.empty and end == at + 1 and view.tokens.forms[at] not in view.lexicon.numerals.opening:
            return False
        if joined and found.last is not None and piece.value >= found.last:
            return False
        return not _coins(view, found, at) and not _measures(view, at, end) and found.add_scale(piece.value)
    if piece.kind == "fraction":
        return _take_fraction(view, found, piece, end)
    if piece.kind != "word" or (joined and not _below(view, found, end, piece.value)):
        return False
    if joined and part_at(view, at, end) is not None:
        return False
    if found.current is not None and 0 < found.current < _TEN <= piece.value and not _written_on(view, at):
        return False
    if piece.unit is not None and not found.empty:
        return False
    taken = found.add_word(piece.value)
    if taken and piece.unit is not None:
        found.unit = piece.unit
    if taken and piece.scale != 1:
        found.scale = piece.scale
    return taken


def _coins(view: View, found: Sum, at: int) -> bool:
    """ "34 cents" in French: digits before a word for hundredths of money, where hundreds would be odd."""
    if found.spelled or found.current is None or view.after(at, view.lexicon.cents) is None:
        return False
    return found.current >= _TEN or found.current != found.current.to_integral_value()


def _measures(view: View, at: int, end: int) -> bool:
    """Whether a longer name of a unit begins with the scale (千米)."""
    thing = view.lexicon.things.at(view.tokens, at)
    return thing is not None and thing[0] > end


def _written_on(view: View, at: int) -> bool:
    """Whether an "and" that a language writes onto its word stands before token `at`, also where it stands apart."""
    return view.glued(at) or (at > 0 and view.tokens.forms[at - 1] in view.lexicon.glued_words)


def _below(view: View, found: Sum, end: int, value: Decimal) -> bool:
    """After "and": the next number must be smaller than the last scale of this one, its own scale included.

    "Two hundred and fifty thousand" is one number, "between two hundred and three thousand" are two."""
    after = _scale_ahead(view, end)
    if after is None:
        return True
    if found.last is not None:
        return value * after.value < found.last
    return after.value >= _THOUSAND and found.spelled and not _bounded(view, found.first)


def _bounded(view: View, first: int) -> bool:
    """Whether the opener of a range stands right before token `first` ("between")."""
    return any(a is not None and view.before(first, a, 2) is not None for a, _ in view.lexicon.ranges)


def _take_fraction(view: View, found: Sum, piece: Numeral, end: int) -> bool:
    """ "half a million", "two and a half million", "deux millions et demi"."""
    if found.empty:
        if not _scaled(view, end):
            return False
        found.current = piece.value
        return True
    if found.current is None:
        found.add_fraction(piece.value)
        return True
    if found.current == found.current.to_integral_value() and found.current < _HUNDRED:
        found.current += piece.value
        return True
    return False


def _scaled(view: View, at: int) -> bool:
    """Whether a scale follows, a hyphen before it or not."""
    hyphen = at < len(view.tokens) and view.tokens.forms[at] in _HYPHENS
    return _scale_ahead(view, at + hyphen) is not None


def _scale_ahead(view: View, at: int) -> Numeral | None:
    after = view.lexicon.numerals.phrases.at(view.tokens, at) if at < len(view.tokens) else None
    return after[1] if after is not None and after[1].kind == "scale" else None


def _take_digits(view: View, found: Sum, at: int, piece: Numeral, joined: bool) -> bool:
    """Digits open a number, or go on after a scale word ("3 mil 700", «6 آلاف و445»)."""
    run = read_digits(view.tokens, at, view.lexicon.numerals) if piece.unit is None else None
    value = run.value if run is not None else piece.value
    end = run.end if run is not None else at + 1
    unit = run.unit if run is not None else piece.unit
    capital = _capital(view.tokens.word(end - 1)) if unit is not None else None
    if value is None or capital == "" or not whole(view, at, end):
        return False
    if not found.empty:
        if found.current is not None or found.last is None or value >= found.last or found.unit or unit:
            return False
        if not view.glued(at) and view.tokens.forms[found.end - 1] in _LETTERS:
            return False
        if (joined or view.glued(at)) and not _below(view, found, end, value):
            return False
        if not joined and not view.glued(at) and place(found.last) <= value:
            return False
    found.current, found.spelled, found.end = value, found.spelled and not found.empty, end
    found.unit = unit
    if run is not None:
        found.grouped, found.scale = run.grouped, run.scale if found.last is None else found.scale
    if capital is not None:
        found.unit, found.current, found.scale = None, value * _MILLION, _MILLION
    return True


def _capital(word: str) -> str | None:
    """ "M" of "10M", which is millions; nothing ("") for other capitals on digits that are no unit ("5G", "3D")."""
    if not word[-1:].isupper() or word[-2:-1].isalpha() or word[-1] in _CAPITALS:
        return None
    return "M" if word[-1] == "M" else ""
