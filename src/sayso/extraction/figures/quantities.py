"""Quantities: a number with what bounds it (qualifier, range) and what it counts (unit)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from sayso.extraction.figures.changes import left_for, moved
from sayso.extraction.figures.money import money_before, price, with_cents
from sayso.extraction.figures.qualified import qualified
from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.numbers.fractions import half_behind
from sayso.extraction.numbers.number import Number
from sayso.extraction.numbers.read import negative, number_at
from sayso.extraction.numbers.units import DURATIONS, WEIGHED, Unit, hyphened, unit_after, unit_at_end
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import NUMBER
from sayso.extraction.words.numerals import TIMES
from sayso.languages.measures import kind

RUNNING_TIME: Final = 5
"""Fewer hours than this are told in minutes, as the running time of a programme is."""
SHARE: Final = "share"
"""The unit of a part of what is counted, from 0 to 1."""
COUNTED: Final = frozenset(
    {"people", "families", "homes", "buildings", "companies", "countries", "votes", "seats", "jobs"}
)
"""Things that are told in shares also without a word between."""
LEADERS: Final = frozenset({"percent"})
"""Units before their number that belong to its span."""
_LEAD: Final = 3
_RATIO: Final = 100
_MILLION: Final = 10**6
_THOUSAND: Final = 1000
_MINUTES: Final = Decimal(60)
_INCHES: Final = Decimal(12)


def quantity_at(view: View, i: int, floor: int = 0) -> Quantity | None:
    """The quantity whose number starts at token `i`, or None; tokens before `floor` belong to others."""
    number = number_at(view, i)
    if number is None:
        return None
    number = negative(view, number) if i > floor else number
    first, money = money_before(view, number.first, floor)
    number = number if money else _metres(view, number)
    ratio = _ratio(view, number)
    if ratio is not None:
        return ratio
    unit = Unit(money, number.end, money=True) if money else unit_after(view, number)
    compound = unit is None and hyphened(view, number.end)
    found = Quantity(first, number.end, number, number.value, compound=compound)
    ranged = _range(view, found, unit, floor) if number.unit != TIMES else None
    if ranged is not None:
        found = ranged
        unit = Unit(money, found.end, money=True) if money else unit_after(view, replace(number, end=found.end))
    found = _with_unit(view, found, unit)
    if found.unit is None or found.unit in LEADERS:
        found = _led(view, found, floor)
    if number.part and found.high is None:
        found = _share(view, found, number)
    return qualified(view, found, floor)


def _metres(view: View, number: Number) -> Number:
    """ "1.8m tall", "2.5m-high": metres, where the letter stands for millions elsewhere."""
    at = number.end + (hyphened(view, number.end))
    letter = number.scale == _MILLION and view.tokens.word(number.end - 1).lstrip("0123456789") == "m"
    end = view.after(at, view.lexicon.across) if letter and number.value is not None else None
    if end is None or hyphened(view, end) or not (at > number.end or _is_size(view, number.first, end)):
        return number
    return replace(number, value=number.mantissa, scale=Decimal(1), unit="m")


def _is_size(view: View, first: int, end: int) -> bool:
    """Whether the word of extent that ends at token `end` goes with the number, not with a noun ("5m deep cuts"): an
    article or another number stands before it ("a 5m deep pool"), or no word that could be counted behind it."""
    tokens, lexicon = view.tokens, view.lexicon
    numbered = first > 0 and not tokens.breaks[first] and lexicon.roles[tokens.forms[first - 1]] & NUMBER
    if numbered or view.before(first, lexicon.articles, 2) is not None:
        return True
    if end >= len(tokens.forms) or tokens.breaks[end] or not tokens.forms[end][:1].isalpha():
        return True
    passing = lexicon.coordinators | lexicon.modals | lexicon.negations
    return tokens.forms[end] in passing or any(
        phrases.at(tokens, end) is not None for phrases in (lexicon.prepositions, lexicon.contrasts)
    )


def _led(view: View, found: Quantity, floor: int) -> Quantity:
    """With the unit that stands before its number ("yüzde 12", 百分之五, "magnitude 7.8")."""
    for start in range(max(floor, found.first - _LEAD), found.first):
        phrase = view.lexicon.leading.at(view.tokens, start)
        if phrase is not None and phrase[0] == found.first and not view.tokens.breaks[found.first]:
            magnitude = phrase[1] not in LEADERS
            return replace(found, first=found.first if magnitude else start, unit=found.unit or phrase[1])
    return found


def _share(view: View, found: Quantity, number: Number) -> Quantity:
    """Parts of what is counted are a share ("two thirds of voters"); parts of a measure are a measure ("1/4 mile")."""
    of = number.end < len(view.tokens.forms) and view.lexicon.of.at(view.tokens, number.end) is not None
    if found.duration or found.unit in view.lexicon.words.units.money:
        return found
    if not (of or found.unit in COUNTED or (found.unit is None and number.spelled and number.end > number.first)):
        return found
    return replace(found, unit=SHARE)


def _ratio(view: View, number: Number) -> Quantity | None:
    """ "One in five homes" is a share of 0.2: two small whole numbers, no time behind them; both in digits or both in
    words, but for one ("one in 20")."""
    at = view.after(number.end, view.lexicon.ratios)
    if (
        at is None
        or number.value is None
        or number.part
        or not 0 < number.value < _RATIO
        or at >= len(view.tokens.forms)
    ):
        return None
    below = number_at(view, at)
    if below is None or below.value is None or below.part or below.unit:
        return None
    if below.spelled != number.spelled and number.value != 1:
        return None
    whole = number.value == int(number.value) and below.value == int(below.value)
    if not whole or not number.value < below.value <= _THOUSAND or _named(unit_at_end(view, below.end)):
        return None
    value = number.value / below.value
    joined = replace(number, end=below.end, value=value)
    return Quantity(number.first, below.end, joined, value, unit=SHARE)


def _named(unit: Unit | None) -> bool:
    """Whether a period or money follows: then the second number is of its own."""
    return unit is not None and (unit.time or unit.money)


def _range(view: View, low: Quantity, unit: Unit | None, floor: int) -> Quantity | None:
    """ "from 5 to 10" (not "rose from 5 to 10"), "between 6,000 and 6,500", "10–15 billion", "12 à 15 millions"."""
    ends: list[tuple[int, str | None]] = [(low.end, None)]
    if unit is not None and unit.end != low.end:
        ends.append((unit.end, unit.name))
    for opener, middle in view.lexicon.ranges:
        start = view.before(low.first, opener, 2) if opener is not None else low.first
        if start is None or start < floor:
            continue
        for end, name in ends:
            at = view.after(end, middle)
            high = _other_end(view, low, at, name)
            if high is not None and at is not None:
                if opener is not None and left_for(view, low.first, end, at) and moved(view, start):
                    return None
                return replace(low, first=start, end=high.end, low=high.low, high=high.high, number=high.number)
    return None


def _other_end(view: View, low: Quantity, at: int | None, unit: str | None) -> Quantity | None:
    """The upper number at token `at`; a scale said once holds for both, a unit said twice must be the same."""
    if at is None or at >= len(view.tokens.forms) or low.low is None or view.tokens.breaks[at]:
        return None
    money = view.lexicon.money.at(view.tokens, at)
    high = number_at(view, money[0] if money is not None and money[0] < len(view.tokens.forms) else at)
    if high is None or high.value is None or (money is not None and low.first == low.number.first):
        return None
    if unit is not None and money is None and _name(unit_after(view, high)) != unit:
        return None
    value = low.low
    if low.number.scale == 1 and high.scale != 1 and value < high.mantissa:
        value *= high.scale
    if value >= high.value or (low.number.part and not high.part and high.value > 1):
        return None
    number = replace(low.number, end=high.end, scale=high.scale, unit=high.unit, spelled=high.spelled)
    return Quantity(low.first, high.end, number, value, high.value)


def _name(unit: Unit | None) -> str | None:
    return unit.name if unit is not None else None


def _with_unit(view: View, found: Quantity, unit: Unit | None) -> Quantity:
    coin = view.lexicon.coins.at(view.tokens, found.end) if found.end < len(view.tokens.forms) else None
    if coin is not None and found.low is not None and found.high is None:
        return replace(found, end=coin[0], low=found.low * coin[1][1], unit=coin[1][0])
    if unit is None:
        return found
    end = max(found.end, unit.end)
    if unit.money:
        found = with_cents(view, replace(found, end=end))
        end, name = price(view, found.end, unit.name)
        return replace(found, end=end, unit=name)
    if not unit.time:
        return _with_inches(view, _with_half(view, replace(found, end=end, unit=unit.name)))
    return _duration(view, replace(found, end=end), unit)


def _with_half(view: View, found: Quantity) -> Quantity:
    """ "two metres and a half", 两米半: a part of one more."""
    half = half_behind(view, found.end) if found.low is not None and found.high is None else None
    if half is None or found.low is None or kind(found.unit) not in WEIGHED or found.low != int(found.low):
        return found
    return replace(found, end=half[0], low=found.low + half[1])


def _with_inches(view: View, found: Quantity) -> Quantity:
    """ "6 feet 2 inches" in feet."""
    at = found.end
    told = found.unit == "feet" and found.low is not None and found.high is None and found.low == int(found.low)
    if (
        not told
        or at >= len(view.tokens.forms)
        or view.tokens.breaks[at]
        or not view.lexicon.roles[view.tokens.forms[at]] & NUMBER
    ):
        return found
    number = number_at(view, at)
    unit = unit_after(view, number) if number is not None else None
    if number is None or number.value is None or found.low is None or not 0 < number.value < _INCHES:
        return found
    if unit is None or unit.name != "inches":
        return found
    return replace(found, end=unit.end, low=found.low + number.value / _INCHES)


def _duration(view: View, found: Quantity, unit: Unit) -> Quantity:
    """A period told in one unit: "two hours and six minutes" is 126 minutes, two weeks are 14 days."""
    name, times = DURATIONS[unit.name]
    half = half_behind(view, found.end) if found.high is None else None
    if found.low is not None and half is not None:
        found = replace(found, end=half[0], low=found.low + half[1])
    low = None if found.low is None else found.low * times
    high = None if found.high is None else found.high * times
    end = found.end
    if unit.name == "hour" and low is not None:
        more = _minutes_after(view, end)
        if more is not None or max(low, high or low) < RUNNING_TIME:
            name, low = "minutes", low * _MINUTES
            high = None if high is None else high * _MINUTES
        if more is not None:
            low, end = low + more[1], more[0]
    least = found.number.least
    number = found.number if least is None else replace(found.number, least=least * times)
    return replace(found, end=end, unit=name, low=low, high=high, number=number, duration=True)


def _minutes_after(view: View, at: int) -> tuple[int, Decimal] | None:
    """(end, minutes) of "and six minutes" at token `at`."""
    tokens, lexicon = view.tokens, view.lexicon
    if at < len(tokens.forms) and tokens.forms[at] in lexicon.numerals.joiners:
        at += 1
    number = number_at(view, at) if at < len(tokens.forms) and lexicon.roles[tokens.forms[at]] & NUMBER else None
    if number is None or number.value is None:
        return None
    unit = unit_after(view, number)
    return (unit.end, number.value) if unit is not None and unit.name == "minute" else None
