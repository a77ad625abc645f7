"""Numbers: numerals in running text put together to values, in digits and in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sayso.extraction.lexicon import View
from sayso.extraction.numerals import LONGEST, Numeral, fits, place, read_digits

_LARGEST: Final = Decimal(10) ** 18
_HUNDRED: Final = Decimal(100)
_ONE: Final = Decimal(1)
_TEN: Final = Decimal(10)
_DUMP: Final = 40
_ABBREVIATED: Final = 4
_HYPHENS: Final = frozenset("-‐‑")
_TOUCHING: Final = frozenset("/:_@=&#\\^~+-‐‑–—−'.,*")
_BEFORE_MINUS: Final = frozenset("([{«“\"'%$€£")
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

    @property
    def mantissa(self) -> Decimal:
        """The value without its scale word ("12" of "12 million")."""
        return (self.value or Decimal(0)) / self.scale


class _Sum:
    """A number while it is being read: `total` of finished scales, `current` below the next one."""

    __slots__ = ("current", "end", "grouped", "last", "scale", "spelled", "total", "unit")

    def __init__(self) -> None:
        self.total: Decimal = Decimal(0)
        self.current: Decimal | None = None
        self.last: Decimal | None = None
        self.scale: Decimal = _ONE
        self.spelled = True
        self.grouped = False
        self.unit: str | None = None
        self.end = 0

    @property
    def value(self) -> Decimal:
        return self.total + (self.current or Decimal(0))

    @property
    def empty(self) -> bool:
        return self.current is None and self.last is None

    def add_word(self, value: Decimal) -> bool:
        """Whether a number word goes on this number; adds it if so."""
        if self.current is None:
            if self.last is not None and value >= self.last:
                return False
            self.current = value
        elif not self.spelled or not fits(self.current % _HUNDRED or self.current, value):
            return False
        else:
            self.current += value
        return True

    def add_scale(self, scale: Decimal) -> bool:
        """Whether a scale word goes on; multiplies if so. A larger one takes all before it ("mil millones")."""
        if scale == _HUNDRED and self.spelled and (self.current is None or self.current < _HUNDRED):
            self.current = (self.current or _ONE) * scale
            return True
        if self.last is not None and scale > self.last:
            self.total = self.value * scale
        elif self.current is None and self.last is not None:
            return False
        else:
            self.total += (_ONE if self.current is None else self.current) * scale
        self.current, self.last, self.scale = None, scale, scale
        return True


def number_at(view: View, i: int) -> Number | None:
    """The number that starts at token `i`, or None. `end` of a refused run of digits is found by `skip_at`."""
    tokens, numerals = view.tokens, view.lexicon.numerals
    vague = numerals.vague.at(tokens, i)
    if vague is not None and not vague[1]:
        return _bounded_scale(view, i, vague[0]) or _vague(view, i, vague[0])
    found = _Sum()
    found.end = i
    while found.end < len(tokens) and _step(view, found):
        pass
    if found.empty or found.value > _LARGEST:
        return None
    rough = vague is not None and vague[0] == found.end
    return Number(i, found.end, found.value, found.scale, found.spelled, found.grouped, rough, found.unit)


def _bounded_scale(view: View, i: int, end: int) -> Number | None:
    """A plural that is a plain scale behind a qualifier: «более тысячи» is over 1000, «тысячи» alone are thousands."""
    scale = view.lexicon.numerals[view.tokens.forms[i]]
    if end != i + 1 or scale is None or scale.kind != "scale" or view.before(i, view.lexicon.qualifiers) is None:
        return None
    return Number(i, end, scale.value, scale.value, spelled=True)


def _vague(view: View, i: int, end: int) -> Number:
    """ "dozens", "hundreds of thousands": no value of its own."""
    tokens, lexicon = view.tokens, view.lexicon
    after = lexicon.of.at(tokens, end) if end < len(tokens) else None
    for at in (end, after[0] if after is not None else end):
        more = _kind_at(view, at, "vague", "scale")
        if more is not None:
            return Number(i, more, None, spelled=True)
    return Number(i, end, None, spelled=True)


def _kind_at(view: View, at: int, *kinds: str) -> int | None:
    """End of the number word of one of `kinds` at token `at`."""
    found = view.lexicon.numerals.phrases.at(view.tokens, at) if at < len(view.tokens) else None
    return found[0] if found is not None and found[1].kind in kinds else None


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
    found.end = _past_stop(view, end) if piece.kind == "scale" else end
    return True


def _past_stop(view: View, end: int) -> int:
    """Token after the stop of an abbreviated scale word when the sentence goes on ("860 тыс. лайков")."""
    tokens = view.tokens
    if end + 1 >= len(tokens) or tokens.forms[end] != "." or not view.adjacent(end) or tokens.breaks[end + 1]:
        return end
    short = tokens.ends[end - 1] - tokens.starts[end - 1] <= _ABBREVIATED
    return end + 1 if short and not tokens.word(end + 1)[0].isupper() else end


def _joint(view: View, at: int) -> tuple[bool, int]:
    """(whether a joiner or a hyphen was passed, the token after it)."""
    tokens = view.tokens
    if tokens.forms[at] in view.lexicon.numerals.joiners:
        return True, at + 1
    if tokens.forms[at] in _HYPHENS and view.adjacent(at) and view.adjacent(at + 1):
        return True, at + 1
    return False, at


def _take_word(view: View, found: _Sum, piece: Numeral, at: int, end: int, joined: bool) -> bool:
    if found.unit is not None:
        return False
    if piece.kind == "scale":
        if found.empty and end == at + 1 and view.tokens.forms[at] not in view.lexicon.numerals.opening:
            return False
        return not (joined and found.last is not None and piece.value >= found.last) and found.add_scale(piece.value)
    if piece.kind == "fraction":
        return _take_fraction(view, found, piece, end)
    if piece.kind != "word" or (joined and not _below(view, found, end, piece.value)):
        return False
    if found.current is not None and found.current < _TEN <= piece.value and not view.glued(at):
        return False
    if piece.unit is not None and not found.empty:
        return False
    taken = found.add_word(piece.value)
    if taken and piece.unit is not None:
        found.unit = piece.unit
    if taken and piece.scale != 1:
        found.scale = piece.scale
    return taken


def _below(view: View, found: _Sum, end: int, value: Decimal) -> bool:
    """After "and": the next number must be smaller than the last scale of this one, its own scale included."""
    after = view.lexicon.numerals.phrases.at(view.tokens, end) if end < len(view.tokens) else None
    if after is None or after[1].kind != "scale":
        return True
    return found.last is not None and value * after[1].value < found.last


def _take_fraction(view: View, found: _Sum, piece: Numeral, end: int) -> bool:
    """ "half a million", "two and a half million", "deux millions et demi"."""
    if found.empty:
        if _scale_ahead(view, end) is None:
            return False
        found.current = piece.value
        return True
    if found.current is None:
        found.total += piece.value * found.scale
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
    if value is None or not _whole(view, at, end):
        return False
    if not found.empty:
        if found.current is not None or found.last is None or value >= found.last or found.unit or piece.unit:
            return False
        if (joined or view.glued(at)) and not _below(view, found, end, value):
            return False
        if not joined and not view.glued(at) and place(found.last) <= value:
            return False
    found.current, found.spelled, found.end = value, found.spelled and not found.empty, end
    if run is None:
        found.unit = piece.unit
    else:
        found.grouped, found.unit = run.grouped, run.unit
        found.scale = run.scale if found.last is None else found.scale
    return True


def _whole(view: View, first: int, end: int) -> bool:
    """False for parts of dates, addresses, phone numbers, scores, versions and names ("10/12", "3:2", "Covid-19")."""
    tokens, text = view.tokens, view.tokens.text
    left, right = tokens.starts[first], tokens.ends[end - 1]
    before, after = text[left - 1 : left], text[right : right + 1]
    if before in _TOUCHING and before and not _opening(text, left - 1):
        return False
    if before == "+" and " " in text[left:right]:
        return False
    if after in _TOUCHING and after and text[right + 1 : right + 2].isdigit():
        return after in "-‐‑–—−" and not _chain(text, left, right)
    return True


def _opening(text: str, at: int) -> bool:
    """Whether the sign at `at` only stands before a number (after a space, or between two numbers as a range)."""
    before = text[at - 1 : at]
    if text[at] in "-‐‑–—−":
        return not before or before.isspace() or before.isdigit() or before in _BEFORE_MINUS
    return not before or before.isspace() or before in "([{«“\"'"


def _chain(text: str, left: int, right: int) -> bool:
    """Digits joined by more than one hyphen: a phone number, a date, an ISBN."""
    at, joints = right, 0
    while at < len(text) and at - right <= 2 * LONGEST and (text[at].isdigit() or text[at] in "-‐‑–—−"):
        joints += not text[at].isdigit()
        at += 1
    at = left - 1
    while at >= 0 and left - at <= 2 * LONGEST and (text[at].isdigit() or text[at] in "-‐‑–—−"):
        joints += not text[at].isdigit() and text[at - 1 : at].isdigit()
        at -= 1
    return joints > 1


def skip_at(view: View, i: int) -> int:
    """Token after the digits and signs that touch each other at `i`, whatever they say (i + 1 without digits)."""
    if not view.tokens.forms[i].isdigit():
        return i + 1
    end = read_digits(view.tokens, i, view.lexicon.numerals).end
    while view.adjacent(end) and (view.tokens.forms[end] in _TOUCHING or view.tokens.forms[end].isdigit()):
        end += 1
    return end


def dump_end(view: View, i: int) -> int | None:
    """Token of the next word when more than 40 tokens from `i` on hold none: a table or a dump, not prose."""
    tokens, end = view.tokens, i
    while end < len(tokens) and not tokens.forms[end][:1].isalpha():
        end += 1
        if end - i > _DUMP:
            break
    else:
        return None
    while end < len(tokens) and not tokens.forms[end][:1].isalpha():
        end += 1
    return end


def negative(view: View, number: Number) -> Number:
    """`number` with a minus sign that touches it taken in ("-5"), where the sign cannot be a dash."""
    sign = number.first - 1
    if sign < 0 or number.value is None or not view.adjacent(number.first) or view.tokens.forms[sign] not in _MINUS:
        return number
    start = view.tokens.starts[sign]
    if start and not view.tokens.text[start - 1].isspace():
        return number
    return replace(number, first=sign, value=-number.value)
