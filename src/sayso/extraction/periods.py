"""Periods: the rules that read durations, windows, and what lies some units away."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sayso.extraction import calendar
from sayso.extraction.lexicon import NUMBER
from sayso.extraction.moments import Found, Moment
from sayso.extraction.numbers import number_at

_LONG: Final = ("week", "month", "year", "decade")
_SMALLER: Final = {"hour": ("minute",), "minute": ("second",), "year": ("month",), "day": ("hour",)}


def span_of_time(moment: Moment, i: int) -> Found | None:
    """A count of units: three days ago, the past two years, within 24 hours, 14 days."""
    counted = _counted(moment, i)
    if counted is None:
        return None
    end, count, unit, value = counted
    lexicon = moment.view.lexicon
    if moment.after(end, lexicon.ages) is not None or (
        moment.after(end + 1, lexicon.ages) is not None and moment.form(end) == "-"
    ):
        return None
    bounded = moment.before(i, lexicon.qualifiers)
    first = i if bounded is None else bounded
    for read in (_ago, _ahead, _past, _next):
        found = read(moment, first, end, count, unit, value)
        if found is not None:
            return found
    return _window(moment, first, end, value) or Found(i, end, value)


def _counted(moment: Moment, i: int) -> tuple[int, Decimal | None, str, str] | None:
    """(end, count, unit, duration) of a number (or "several") and the unit right after it, smaller units added."""
    several = moment.view.lexicon.several.at(moment.view.tokens, i)
    if several is not None:
        end, count, named = several[0], None, None
    else:
        number = number_at(moment.view, i)
        if number is None:
            return None
        end, count, named = number.end, number.value, number.unit
    if named is None:
        unit = _unit(moment, end)
        if unit is None:
            return None
        end, named = unit
    if named not in _UNITS:
        return None
    value = calendar.duration(count, named)
    more = _smaller(moment, end, named) if count is not None else None
    if more is None:
        return end, count, named, value
    joined = value + (more[1].removeprefix("PT") if value.startswith("PT") else more[1].removeprefix("P"))
    return more[0], count, named, joined


_UNITS: Final = frozenset(["second", "minute", "hour", "day", "week", "month", "year", "decade"])


def _unit(moment: Moment, at: int) -> tuple[int, str] | None:
    """(end, unit) at token `at`, a hyphen between allowed."""
    tokens, lexicon = moment.view.tokens, moment.view.lexicon
    if moment.form(at) == "-" and moment.view.adjacent(at):
        stem = lexicon.numerals.unit_of_stem(moment.form(at + 1)) if at + 1 < len(tokens) else None
        if stem in _UNITS:
            return at + 2, stem
        at += 1
    if at >= len(tokens) or tokens.breaks[at]:
        return None
    return lexicon.units.at(tokens, at) or _after_of(moment, at)


def _after_of(moment: Moment, at: int) -> tuple[int, str] | None:
    after = moment.after(at, moment.view.lexicon.of)
    if after is None or after >= len(moment.view.tokens):
        return None
    return moment.view.lexicon.units.at(moment.view.tokens, after)


def _smaller(moment: Moment, end: int, unit: str) -> tuple[int, str] | None:
    """The "six minutes" of "two hours and six minutes"."""
    at = end + 1 if moment.form(end) in moment.view.lexicon.numerals.joiners else end
    if unit not in _SMALLER or at >= len(moment.view.tokens):
        return None
    if not moment.view.lexicon.roles[moment.form(at)] & NUMBER:
        return None
    number = number_at(moment.view, at)
    named = _unit(moment, number.end) if number is not None and number.value is not None else None
    if number is None or named is None or named[1] not in _SMALLER[unit]:
        return None
    return named[0], calendar.duration(number.value, named[1])


def _moved(moment: Moment, count: Decimal | None, unit: str, sign: int) -> str | None:
    """The date `count` units away, as exact as the unit is; None for parts of units and unknown counts."""
    if count is None or moment.today is None or count != count.to_integral_value():
        return None
    day = calendar.shift(moment.today, sign * int(count), unit)
    if day is None:
        return None
    return calendar.at_grain(day, {"year": "month", "decade": "year"}.get(unit, unit))


def _ago(moment: Moment, first: int, end: int, count: Decimal | None, unit: str, value: str) -> Found | None:
    """Three days ago; «قبل ثلاثة أيام»."""
    start, stop = moment.before(first, moment.view.lexicon.ago), moment.after(end, moment.view.lexicon.ago)
    if start is None and stop is None:
        return None
    moved = _moved(moment, count, unit, -1)
    shown = moved or ("PAST_REF" if count is None else value)
    return Found(first if start is None else start, end if stop is None else stop, shown)


def _ahead(moment: Moment, first: int, end: int, count: Decimal | None, unit: str, value: str) -> Found | None:
    """Three days from now; several days to come."""
    lexicon = moment.view.lexicon
    start, stop = moment.before(first, lexicon.ahead), moment.after(end, lexicon.ahead)
    if start is None and stop is None:
        return None
    moved = _moved(moment, count, unit, 1)
    shown = moved or ("FUTURE" if count is None else value)
    return Found(first if start is None else start, end if stop is None else stop, shown)


def _past(moment: Moment, first: int, end: int, count: Decimal | None, unit: str, value: str) -> Found | None:
    """The past two years: from then to the published day; hours stay a duration."""
    lexicon = moment.view.lexicon
    start, stop = moment.before(first, lexicon.past), moment.after(end, lexicon.last)
    if start is None:
        start = moment.before(first, lexicon.last)
    if start is None and stop is None:
        return None
    return Found(
        first if start is None else start, end if stop is None else stop, _interval(moment, count, unit, -1) or value
    )


def _next(moment: Moment, first: int, end: int, count: Decimal | None, unit: str, value: str) -> Found | None:
    """The next three days; «أيام قادمة»."""
    lexicon = moment.view.lexicon
    start, stop = moment.before(first, lexicon.next), moment.after(end, lexicon.next)
    if start is None and stop is None:
        return None
    shown = "FUTURE" if count is None else _interval(moment, count, unit, 1) or value
    return Found(first if start is None else start, end if stop is None else stop, shown)


def _interval(moment: Moment, count: Decimal | None, unit: str, sign: int) -> str | None:
    """ "2022-02-10/2024-02-10" between the published day and the day `count` units away; None below a day."""
    if count is None or moment.today is None or unit in ("second", "minute", "hour"):
        return None
    if count != count.to_integral_value():
        return None
    other = calendar.shift(moment.today, sign * int(count), unit)
    if other is None:
        return None
    return "/".join(day.isoformat() for day in sorted((other, moment.today)))


def _window(moment: Moment, first: int, end: int, value: str) -> Found | None:
    """In the first 24 hours; «خلال نحو 23 ساعة»."""
    start = moment.before(first, moment.view.lexicon.first)
    return None if start is None else Found(start, end, value)


def period(moment: Moment, i: int) -> Found | None:
    """Last month, this week, the end of the year, «الأسبوع الماضي», «за первые сутки»."""
    lexicon = moment.view.lexicon
    named = lexicon.units.at(moment.view.tokens, i)
    if named is None:
        return None
    end, unit = named
    opened = moment.before(i, lexicon.first)
    if opened is not None and moment.after(end, lexicon.last) is None:
        return Found(opened, end, "PT24H" if unit == "day" else calendar.duration(Decimal(1), unit))
    first, end, turn = moment.turn(i, end)
    if turn is None:
        if unit not in _LONG or moment.before(i, lexicon.early_late) is None:
            return None
        turn = 0
    if moment.today is None or unit in ("second", "minute", "hour"):
        return None
    if unit == "day" and turn != 0:
        return None
    day = calendar.shift(moment.today, turn, unit)
    return Found(moment.opened(first), end, calendar.at_grain(day, unit)) if day else None


def part_of_today(moment: Moment, i: int) -> Found | None:
    """This morning, last night."""
    end = moment.after(i, moment.view.lexicon.parts)
    if end is None or moment.today is None:
        return None
    first, end, turn = moment.turn(i, end)
    day = calendar.shift(moment.today, turn, "day") if turn is not None else None
    return Found(first, end, day.isoformat()) if day else None


def rate(moment: Moment, i: int) -> Found | None:
    """Every day, daily, per week."""
    found = moment.view.lexicon.every.at(moment.view.tokens, i)
    return Found(i, found[0], calendar.duration(Decimal(1), found[1])) if found is not None else None


def vague(moment: Moment, i: int) -> Found | None:
    """Now, recently."""
    found = moment.view.lexicon.vague.at(moment.view.tokens, i)
    return Found(i, found[0], found[1]) if found is not None else None
