"""Pieces: what each word and each run of digits adds to a number that is being read."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sayso.extraction.numbers.digits import read_digits
from sayso.extraction.numbers.fractions import part_at, part_of
from sayso.extraction.numbers.sums import Sum
from sayso.extraction.numbers.touching import whole
from sayso.extraction.numbers.view import View
from sayso.extraction.words.numerals import Numeral, place

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
_HALVES: Final = 2
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
            if at >= len(tokens.forms):
                return False
            phrase = numerals.phrases.at(tokens, at)
    piece = phrase[1] if phrase is not None else numerals[tokens.forms[at]]
    if piece is None:
        return _take_one(view, found, at)
    if piece.kind == "digits":
        return _take_digits(view, found, at, piece, joined)
    end = phrase[0] if phrase is not None else at + 1
    if not _take_word(view, found, piece, at, end, joined or view.glued(at)):
        return False
    _elide(view, found, piece)
    if piece.kind == "fraction":
        end = _past_same(view, found, end)
    found.end = _past_stop(view, end) if piece.kind == "scale" else end
    return True


def _past_same(view: View, found: Sum, end: int) -> int:
    """Token after the scale said again behind its part («مليون ونصف المليون»)."""
    again = _scale_ahead(view, end) if found.current is None else None
    return end + 1 if again is not None and again.value == found.scale else end


def _take_one(view: View, found: Sum, at: int) -> bool:
    """ "deux cent un navires", "cento e um": an article that is the last number word, behind round hundreds or
    thousands, where no noun of which there is one follows ("he sold two hundred a month later")."""
    lexicon = view.lexicon
    if found.empty or found.unit is not None or view.tokens.forms[at] not in lexicon.ones or lexicon.numerals.has_one:
        return False
    if found.value % _HUNDRED or found.scale > _THOUSAND or (found.current is None and found.last is None):
        return False
    if not _several(view, at + 1) or not found.add_word(Decimal(1)):
        return False
    found.end = at + 1
    return True


def _several(view: View, at: int) -> bool:
    """Whether token `at` ends the phrase, or is a word for many of what is counted."""
    tokens, lexicon = view.tokens, view.lexicon
    if at >= len(tokens.forms) or tokens.breaks[at] or not tokens.forms[at][:1].isalpha():
        return True
    if lexicon.units.at(tokens, at) is not None:
        return tokens.forms[at] in lexicon.plurals
    return any(phrases.at(tokens, at) is not None for phrases in (lexicon.things, lexicon.money))


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
    if end + 1 >= len(tokens.forms) or tokens.forms[end] != "." or not view.adjacent(end) or tokens.breaks[end + 1]:
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
    if not 0 < at < len(view.tokens.forms) - 1 or view.adjacent(at):
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
        if _coins(view, found, at) or _measures(view, at, end) or _metres(view, found, at, end):
            return False
        return found.add_scale(piece.value)
    if piece.kind == "fraction":
        return _take_fraction(view, found, piece, at, end, joined)
    if piece.kind != "word" or (joined and not _below(view, found, end, piece.value)):
        return False
    if joined and part_at(view, at, end) is not None:
        return False
    if found.current is not None and 0 < found.current < _TEN <= piece.value and not _written_on(view, at):
        return False
    if not found.empty and (piece.unit is not None or _opens(view, at, end)):
        return False
    taken = found.add_word(piece.value)
    if taken and piece.unit is not None:
        found.unit = piece.unit
    if taken and piece.scale != 1:
        found.scale = piece.scale
    return taken


def _opens(view: View, at: int, end: int) -> bool:
    """Whether the word would have to go on with a scale, and none follows ("两万两": a weight)."""
    return view.tokens.forms[at] in view.lexicon.numerals.never_last and _scale_ahead(view, end) is None


def _metres(view: View, found: Sum, at: int, end: int) -> bool:
    """ "12 m": metres, where the small letter stands apart from digits, no money before and nothing counted behind."""
    tokens, lexicon = view.tokens, view.lexicon
    if tokens.word(at) != "m" or view.adjacent(at) or found.spelled:
        return False
    sums, before = (lexicon.money, lexicon.codes), found.first - 1
    if before >= 0 and any(signs.at(tokens, before) for signs in sums):
        return False
    follows = end < len(tokens.forms) and not tokens.breaks[end]
    return not (follows and any(names.at(tokens, end) for names in (lexicon.things, *sums)))


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


def _take_fraction(view: View, found: Sum, piece: Numeral, at: int, end: int, joined: bool) -> bool:
    """ "half a million", "two and a half million", "deux millions et demi", "drei halbe" (three of them)."""
    if found.empty:
        if not _scaled(view, end):
            return False
        found.current = piece.value
        return True
    if found.current is None:
        after = _scale_ahead(view, end)
        if after is not None and after.value < found.scale:
            found.current = piece.value
        else:
            found.add_fraction(piece.value)
        return True
    if found.current == found.current.to_integral_value() and found.current < _HUNDRED:
        halves = end == at + 1 and not joined and part_of(view.lexicon, view.tokens.forms[at]) == _HALVES
        found.current = found.current * piece.value if halves else found.current + piece.value
        return True
    return False


def _scaled(view: View, at: int) -> bool:
    """Whether a scale follows, a hyphen before it or not."""
    hyphen = at < len(view.tokens.forms) and view.tokens.forms[at] in _HYPHENS
    return _scale_ahead(view, at + hyphen) is not None


def _scale_ahead(view: View, at: int) -> Numeral | None:
    after = view.lexicon.numerals.phrases.at(view.tokens, at) if at < len(view.tokens.forms) else None
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
