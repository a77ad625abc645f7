"""Read: numerals in running text put together to values, in digits and in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from sayso.extraction.numbers.fractions import part_at
from sayso.extraction.numbers.number import Number
from sayso.extraction.numbers.pieces import take
from sayso.extraction.numbers.sums import Sum
from sayso.extraction.numbers.touching import dump_end as dump_end
from sayso.extraction.numbers.touching import skip_at as skip_at
from sayso.extraction.numbers.view import View
from sayso.extraction.words.numerals import LONGEST, Numeral, Vague

_LARGEST: Final = Decimal(10) ** 18
_THOUSAND: Final = Decimal(1000)
_ONE: Final = Decimal(1)
_TEN: Final = Decimal(10)
_MINUS: Final = frozenset("-−")


def number_at(view: View, i: int) -> Number | None:
    """The number that starts at token `i`, or None. `end` of a refused run of digits is found by `skip_at`."""
    if i not in view.numbers:
        view.numbers[i] = _number_at(view, i)
    return view.numbers[i]


def _number_at(view: View, i: int) -> Number | None:
    tokens, numerals = view.tokens, view.lexicon.numerals
    vague = numerals.vague.at(tokens, i)
    if vague is not None and not vague[1].exact:
        return _bounded_scale(view, i, vague[0]) or _vague(view, i, vague)
    found = Sum()
    found.first = found.end = i
    while found.end < len(tokens.forms) and take(view, found):
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
    if vague is None and i + 1 < found.end and _is_one(numerals[tokens.forms[i]]):
        vague = numerals.vague.at(tokens, i + 1)
    rough = vague is not None and vague[0] == found.end and vague[1].least == found.value
    return Number(i, found.end, found.value, found.scale, found.spelled, found.grouped, rough, found.unit)


def _is_one(numeral: Numeral | None) -> bool:
    """Whether the word before a round word is an article or says that there is one of it ("una dozzina")."""
    return numeral is None or numeral.value == 1


def _part_of(view: View, at: int) -> Number | None:
    """The large number that a part is of ("two thirds of a million")."""
    after = view.after(at, view.lexicon.of)
    if after is None or after >= len(view.tokens.forms) or part_at(view, after, after + 1) is not None:
        return None
    number = number_at(view, after)
    large = number is not None and number.value is not None and number.value >= _THOUSAND and number.spelled
    return number if large else None


def _and_part(view: View, found: Sum) -> None:
    """Take in the part behind a whole number ("10 1/2", "two million and three fifths")."""
    tokens = view.tokens
    at = found.end + (found.end < len(tokens.forms) and tokens.forms[found.end] in view.lexicon.numerals.joiners)
    if (
        at >= len(tokens.forms)
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


def _point(view: View, found: Sum) -> None:
    """Take in decimals told digit by digit ("two point five", 十点二三)."""
    tokens, lexicon = view.tokens, view.lexicon
    at = view.after(found.end, lexicon.spoken_points) if found.spelled and not found.unit else None
    digits = ""
    while at is not None and at < len(tokens.forms) and len(digits) < LONGEST and not tokens.breaks[at]:
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
    after = lexicon.of.at(tokens, end) if end < len(tokens.forms) else None
    for at in (end, after[0] if after is not None else end):
        more = _magnitude(view, at)
        if more is not None:
            return Number(i, more[0], None, spelled=True, least=least * more[1])
    return Number(i, end, None, spelled=True, least=least)


def _magnitude(view: View, at: int) -> tuple[int, Decimal] | None:
    """(end, power of ten) of the scale or the vague plural of one at token `at` ("thousands")."""
    if at >= len(view.tokens.forms):
        return None
    plural = view.lexicon.numerals.vague.at(view.tokens, at)
    if plural is not None and not plural[1].exact:
        return plural[0], Decimal(10) ** plural[1].least.adjusted()
    found = view.lexicon.numerals.phrases.at(view.tokens, at)
    return (found[0], found[1].value) if found is not None and found[1].kind == "scale" else None


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
