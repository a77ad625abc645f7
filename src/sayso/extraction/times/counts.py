"""Counts: so many units of time, as a number and a unit tell them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from sayso.extraction.dates import calendar
from sayso.extraction.dates.moments import Moment
from sayso.extraction.numbers.fractions import half_behind
from sayso.extraction.numbers.number import Number
from sayso.extraction.numbers.read import number_at
from sayso.extraction.words.lexicon import NUMBER
from sayso.text.phrases import Phrases

T = TypeVar("T")

LONG: Final = ("week", "month", "year", "decade")
SHORT: Final = ("second", "minute", "hour")
_UNITS: Final = frozenset([*SHORT, "day", *LONG])
_SMALLER: Final = {"hour": "minute", "minute": "second", "year": "month", "day": "hour"}
_HYPHENS: Final = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Count:
    """So many units: tokens `first` to `end`; `count` None for "several"; `turn` of a "last" or "next" inside."""

    first: int
    end: int
    count: Decimal | None
    unit: str
    value: str
    turn: int = 0
    vague: bool = False
    """Told with an article ("a year"): "one year earlier" is a date, "a year earlier" seldom one."""


def count_at(moment: Moment, i: int) -> Count | None:
    """A number (or "several") and its unit, smaller units added: "two hours and six minutes"."""
    several = moment.view.lexicon.several.at(moment.view.tokens, i)
    number = number_at(moment.view, i) if several is None else None
    if several is None and number is None:
        return None
    end = several[0] if several is not None else number.end if number is not None else i
    count = number.value if number is not None else None
    turn = 0
    if number is not None and number.unit is not None:
        unit = number.unit
    else:
        turn, at = _turn_inside(moment, end)
        named = _unit(moment, at)
        if named is None or (number is not None and _plain(number) and _of_one(moment, at, named[0])):
            return None
        end, unit = named
    if unit not in _UNITS:
        return None
    half = half_behind(moment.view, end) if count is not None else None
    if count is not None and half is not None:
        end, count = half[0], count + half[1]
    value = calendar.duration(count, unit)
    more = _smaller(moment, end, unit) if count is not None else None
    if more is not None:
        end, value = more[0], value + more[1].removeprefix("PT" if value.startswith("PT") else "P")
    return Count(i, end, count, unit, value, turn)


def _turn_inside(moment: Moment, at: int) -> tuple[int, int]:
    """(turn, token after) of "last" or "next" between number and unit: "les deux dernières années"."""
    for turn, phrases in ((-1, moment.view.lexicon.last), (1, moment.view.lexicon.next)):
        end = moment.after(at, phrases)
        if end is not None and not _single(moment, end):
            return turn, end
    return 0, at


def _plain(number: Number) -> bool:
    """Whether digits alone tell the number ("45", not "45 million" or "dozens")."""
    return not (number.spelled or number.part) and number.scale == 1


def _of_one(moment: Moment, at: int, end: int) -> bool:
    """Whether a unit that is no plural stands behind "of" («45 dell'anno scorso»)."""
    plurals = moment.view.lexicon.plurals
    return (
        bool(plurals) and moment.after(at, moment.view.lexicon.of) is not None and moment.form(end - 1) not in plurals
    )


def _single(moment: Moment, at: int) -> bool:
    """Whether a unit stands there in a form that a plural has a letter more than: "60 last year" counts no years."""
    form = moment.form(at)
    plurals = moment.view.lexicon.plurals
    return bool(form) and form not in plurals and any(plural[:-1] == form for plural in plurals)


def _unit(moment: Moment, at: int) -> tuple[int, str] | None:
    """(end, unit) at token `at`; a hyphen, a stem ("day-long") or a word like "of" may come before."""
    tokens, lexicon = moment.view.tokens, moment.view.lexicon
    if moment.form(at) in _HYPHENS and moment.view.adjacent(at) and at + 1 < len(tokens.forms):
        stem = lexicon.numerals.unit_of_stem(moment.form(at + 1))
        if stem in _UNITS:
            return at + 2, stem
        at += 1
    if at >= len(tokens.forms) or tokens.breaks[at]:
        return None
    after = moment.after(at, lexicon.of)
    return lexicon.units.at(tokens, at) or _at(moment, after if after is not None else len(tokens.forms), lexicon.units)


def _at(moment: Moment, i: int, phrases: Phrases[T]) -> tuple[int, T] | None:
    return phrases.at(moment.view.tokens, i) if i < len(moment.view.tokens.forms) else None


def _smaller(moment: Moment, end: int, unit: str) -> tuple[int, str] | None:
    """(end, duration) of the "six minutes" of "two hours and six minutes"."""
    at = end + 1 if moment.form(end) in moment.view.lexicon.numerals.joiners else end
    if unit not in _SMALLER or at >= len(moment.view.tokens.forms):
        return None
    if not moment.view.lexicon.roles[moment.form(at)] & NUMBER:
        return None
    number = number_at(moment.view, at)
    if number is None or number.value is None:
        return None
    named = (number.end, number.unit) if number.unit is not None else _unit(moment, number.end)
    if named is None or named[1] != _SMALLER[unit]:
        return None
    return named[0], calendar.duration(number.value, named[1])


def is_age(moment: Moment, counted: Count) -> bool:
    """ "41 years old", «41-летний»."""
    ages = moment.view.lexicon.ages
    at = counted.end
    hyphened = any(moment.form(k) in _HYPHENS and moment.after(k + 1, ages) for k in (at, counted.first + 1))
    return hyphened or moment.after(at, ages) is not None or moment.before(counted.first, ages) is not None
