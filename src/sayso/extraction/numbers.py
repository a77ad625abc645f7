"""Numbers: numerals in running text put together to values, in digits and in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sayso.extraction.fractions import part_at
from sayso.extraction.lexicon import View
from sayso.extraction.numerals import LONGEST, Numeral, Vague, fits, place, read_digits
from sayso.extraction.touching import dump_end as dump_end
from sayso.extraction.touching import skip_at as skip_at
from sayso.extraction.touching import whole

_LARGEST: Final = Decimal(10) ** 18
_HUNDRED: Final = Decimal(100)
_THOUSAND: Final = Decimal(1000)
_ONE: Final = Decimal(1)
_TEN: Final = Decimal(10)
_TENS: Final = frozenset(map(Decimal, range(20, 100, 10)))
_LETTERS: Final = frozenset("km")
"""Scales of one letter; digits behind them are another number ("12 m 2 dm")."""
_MILLION: Final = Decimal(10) ** 6
_CAPITALS: Final = frozenset("LVW")
"""Units of one capital letter."""
_ABBREVIATED: Final = 4
_HYPHENS: Final = frozenset("-‐‑")
_MINUS: Final = frozenset("-−")


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `first` to `end` (excluded) read as `value` (None: "dozens"); `scale` is its last scale word's value."""

    first: int
    end: int
    value: Decimal | None
    scale: Decimal = _ONE
    spelled: bool = False
    grouped: bool = False
    rough: bool = False
    """A round word for about so many ("vingtaine")."""
    unit: str | None = None
    part: bool = False
    """A part of a whole ("two thirds", "1/4")."""
    least: Decimal | None = None
    """The least that a vague count says ("dozens": 24)."""

    @property
    def mantissa(self) -> Decimal:
        """The value without its scale word ("12" of "12 million")."""
        return (self.value or Decimal(0)) / self.scale


class _Sum:
    """A number while it is being read: `terms` are the finished scales, falling; `current` is below the next one."""

    __slots__ = ("before", "current", "elided", "end", "first", "grouped", "scale", "spelled", "terms", "unit")

    def __init__(self) -> None:
        self.terms: list[tuple[Decimal, Decimal]] = []
        """(value, scale) of each finished scale."""
        self.current: Decimal | None = None
        self.scale: Decimal = _ONE
        self.spelled = True
        self.grouped = False
        self.unit: str | None = None
        self.first = self.end = 0
        self.before: Decimal | None = None
        """The scale that was taken last, right before what comes next."""
        self.elided = Decimal(0)

    @property
    def value(self) -> Decimal:
        return sum((value for value, _ in self.terms), self.current or Decimal(0)) + self.elided

    @property
    def last(self) -> Decimal | None:
        """The scale that was finished last."""
        return self.terms[-1][1] if self.terms else None

    @property
    def empty(self) -> bool:
        return self.current is None and not self.terms

    def add_word(self, value: Decimal) -> bool:
        """Whether a number word goes on this number; adds it if so. A word for thousands is a finished scale."""
        if self.current is None:
            if self.last is not None and value >= self.last:
                return False
            if value >= _THOUSAND and self.spelled:
                self.terms.append((value, Decimal(place(value))))
            else:
                self.current = value
        elif not self.spelled or not fits(self.current % _HUNDRED or self.current, value):
            return False
        else:
            self.current += value
        return True

    def add_scale(self, scale: Decimal) -> bool:
        """Whether a scale word goes on; multiplies if so. A larger one takes all smaller ones ("mil millones")."""
        if scale == _HUNDRED and self.spelled and (self.current is None or self.current < _HUNDRED):
            self.current = (self.current or _ONE) * scale
            return True
        value = self.current
        while self.terms and self.terms[-1][1] < scale:
            value = (value or Decimal(0)) + self.terms.pop()[0]
        if self.last == scale or (value is None and self.terms):
            return False
        self.terms.append(((_ONE if value is None else value) * scale, scale))
        self.current, self.scale = None, scale
        return True

    def add_fraction(self, value: Decimal) -> None:
        """A part of the scale that was finished last ("two million and a half")."""
        self.terms.append((value * self.scale, value * self.scale))


def number_at(view: View, i: int) -> Number | None:
    """The number that starts at token `i`, or None. `end` of a refused run of digits is found by `skip_at`."""
    tokens, numerals = view.tokens, view.lexicon.numerals
    vague = numerals.vague.at(tokens, i)
    if vague is not None and not vague[1].exact:
        return _bounded_scale(view, i, vague[0]) or _vague(view, i, vague)
    found = _Sum()
    found.first = found.end = i
    while found.end < len(tokens) and _step(view, found):
        pass
    part = part_at(view, i, found.end if found.end > i else None)
    if part is not None:
        whole = _part_of(view, part.end)
        if whole is not None and whole.value is not None:
            return replace(whole, first=i, value=whole.value * part.value)
        return Number(i, part.end, part.value, spelled=part.named, part=True)
    if found.empty or found.value > _LARGEST:
        return None
    _and_part(view, found)
    _point(view, found)
    rough = vague is not None and vague[0] == found.end
    return Number(i, found.end, found.value, found.scale, found.spelled, found.grouped, rough, found.unit)


def _part_of(view: View, at: int) -> Number | None:
    """The large number that a part is of ("two thirds of a million")."""
    after = view.after(at, view.lexicon.of)
    if after is None or after >= len(view.tokens) or part_at(view, after, after + 1) is not None:
        return None
    number = number_at(view, after)
    large = number is not None and number.value is not None and number.value >= _THOUSAND and number.spelled
    return number if large else None


def _and_part(view: View, found: _Sum) -> None:
    """Take in the part behind a whole number ("10 1/2", "two million and three fifths")."""
    tokens = view.tokens
    at = found.end + (found.end < len(tokens) and tokens.forms[found.end] in view.lexicon.numerals.joiners)
    if (
        at >= len(tokens)
        or tokens.breaks[at]
        or found.unit is not None
        or found.value != found.value.to_integral_value()
    ):
        return
    touching = tokens.starts[at] == tokens.ends[at - 1]
    numeral = view.lexicon.numerals[tokens.forms[at]]
    part = part_at(view, at, at + 1 if numeral is not None else None)
    if part is None or part.value >= 1 or (touching and not tokens.forms[at][:1].isnumeric()):
        return
    if at == found.end and not view.glued(at) and part.named and tokens.forms[at][:1].isalpha():
        return
    found.terms.append((part.value * found.scale, Decimal(1)))
    found.end = part.end


def _point(view: View, found: _Sum) -> None:
    """Take in decimals told digit by digit ("two point five", 十点二三)."""
    tokens, lexicon = view.tokens, view.lexicon
    at = view.after(found.end, lexicon.spoken_points) if found.spelled and not found.unit else None
    digits = ""
    while at is not None and at < len(tokens) and len(digits) < LONGEST and not tokens.breaks[at]:
        numeral = lexicon.numerals[tokens.forms[at]]
        if numeral is None or numeral.kind != "word" or numeral.unit or not 0 <= numeral.value < _TEN:
            break
        digits, at = f"{digits}{int(numeral.value)}", at + 1
    if at is not None and digits:
        found.terms.append((Decimal(f"0.{digits}"), _ONE))
        found.end = at


def _bounded_scale(view: View, i: int, end: int) -> Number | None:
    """A plural that is a plain scale behind a qualifier: «более тысячи» is over 1000, «тысячи» alone are thousands."""
    scale = view.lexicon.numerals[view.tokens.forms[i]]
    if end != i + 1 or scale is None or scale.kind != "scale" or view.before(i, view.lexicon.qualifiers) is None:
        return None
    return Number(i, end, scale.value, scale.value, spelled=True)


def _vague(view: View, i: int, found: tuple[int, Vague]) -> Number:
    """ "dozens", "hundreds of thousands": no value of its own, but a least one; a scale behind it multiplies that."""
    tokens, lexicon = view.tokens, view.lexicon
    end, least = found[0], found[1].least
    after = lexicon.of.at(tokens, end) if end < len(tokens) else None
    for at in (end, after[0] if after is not None else end):
        more = _magnitude(view, at)
        if more is not None:
            return Number(i, more[0], None, spelled=True, least=least * more[1])
    return Number(i, end, None, spelled=True, least=least)


def _magnitude(view: View, at: int) -> tuple[int, Decimal] | None:
    """(end, power of ten) of the scale or the vague plural of one at token `at` ("thousands")."""
    if at >= len(view.tokens):
        return None
    plural = view.lexicon.numerals.vague.at(view.tokens, at)
    if plural is not None and not plural[1].exact:
        return plural[0], Decimal(10) ** plural[1].least.adjusted()
    found = view.lexicon.numerals.phrases.at(view.tokens, at)
    return (found[0], found[1].value) if found is not None and found[1].kind == "scale" else None


def _step(view: View, found: _Sum) -> bool:
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


def _elide(view: View, found: _Sum, piece: Numeral) -> None:
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


def _take_word(view: View, found: _Sum, piece: Numeral, at: int, end: int, joined: bool) -> bool:
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


def _coins(view: View, found: _Sum, at: int) -> bool:
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


def _below(view: View, found: _Sum, end: int, value: Decimal) -> bool:
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


def _take_fraction(view: View, found: _Sum, piece: Numeral, end: int) -> bool:
    """ "half a million", "two and a half million", "deux millions et demi"."""
    if found.empty:
        hyphen = end < len(view.tokens) and view.tokens.forms[end] in _HYPHENS
        if _scale_ahead(view, end + hyphen) is None:
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


def _scale_ahead(view: View, at: int) -> Numeral | None:
    after = view.lexicon.numerals.phrases.at(view.tokens, at) if at < len(view.tokens) else None
    return after[1] if after is not None and after[1].kind == "scale" else None


def _take_digits(view: View, found: _Sum, at: int, piece: Numeral, joined: bool) -> bool:
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


def negative(view: View, number: Number) -> Number:
    """`number` with a minus sign that touches it taken in ("-5"), where the sign cannot be a dash, or a word for it."""
    word = view.before(number.first, view.lexicon.minus, 1) if number.value is not None else None
    if word is not None and number.value and view.before(number.first, view.lexicon.qualifiers) is None:
        return replace(number, first=word, value=-number.value)
    sign = number.first - 1
    if sign < 0 or number.value is None or not view.adjacent(number.first) or view.tokens.forms[sign] not in _MINUS:
        return number
    start = view.tokens.starts[sign]
    if start and not view.tokens.text[start - 1].isspace():
        return number
    return replace(number, first=sign, value=-number.value)
