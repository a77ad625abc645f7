"""Periods: the rules that read durations, windows, and what lies some units away."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from sayso.extraction.dates import calendar
from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.numbers.read import number_at
from sayso.extraction.numbers.view import View
from sayso.extraction.times.counts import LONG, SHORT, Count, count_at, is_age
from sayso.extraction.words.lexicon import NUMBER
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases

T = TypeVar("T")


def span_of_time(moment: Moment, i: int) -> Found | None:
    """A count of units: three days ago, the past two years, within 24 hours, 14 days."""
    counted = count_at(moment, i)
    if counted is None:
        return _lower_end(moment, i)
    if is_age(moment, counted):
        return None
    bounded = moment.before(i, moment.view.lexicon.qualifiers)
    first = i if bounded is None else bounded
    for read in (_since, _ago, _ahead, _past, _next, _window):
        found = read(moment, first, counted)
        if found is not None:
            return found
    return Found(i, counted.end, counted.value)


def _lower_end(moment: Moment, i: int) -> Found | None:
    """The "12" of "12 to 18 months": the unit stands behind the second number."""
    number = number_at(moment.view, i)
    if number is None or number.value is None or number.unit is not None or number.end >= len(moment.view.tokens.forms):
        return None
    middles = [middle for _, middle in moment.view.lexicon.ranges if middle is not None]
    at = next((end for middle in middles if (end := moment.after(number.end, middle)) is not None), None)
    if at is None or at >= len(moment.view.tokens.forms) or not moment.view.lexicon.roles[moment.form(at)] & NUMBER:
        return None
    upper = count_at(moment, at)
    if upper is None or upper.count is None or upper.count <= number.value or is_age(moment, upper):
        return None
    return Found(i, number.end, calendar.duration(number.value, upper.unit))


def _sides(moment: Moment, first: int, end: int, before: Phrases[T], after: Phrases[T]) -> tuple[int, int] | None:
    """(first, end) with a phrase on one side taken in, or None when there is none."""
    stop, start = moment.after(end, after), moment.before(first, before)
    if stop is not None and moment.before(stop, moment.view.lexicon.prepositions) and moment.form(stop)[:1].isalpha():
        stop = None
    if start is None and stop is None:
        return None
    return (first if start is None else start), (end if stop is None else stop)


def _since(moment: Moment, first: int, counted: Count) -> Found | None:
    """23 hours after release, three days later, «спустя два дня»: counted from a moment that the text tells."""
    if since(moment.view, first, counted.end):
        return Found(counted.first, counted.end, counted.value)
    lexicon = moment.view.lexicon
    start, stop = moment.before(first, lexicon.elsewhere), moment.after(counted.end, lexicon.elsewhere)
    back = moment.before(first, lexicon.ago) is not None or moment.after(counted.end, lexicon.ago) is not None
    if counted.count is None or (start is None and stop is None) or (back and not counted.vague):
        return None
    return Found(first if start is None else start, counted.end if stop is None else stop, counted.value)


def since(view: View, first: int, end: int) -> bool:
    """Whether the duration at tokens `first` to `end` is counted from an event."""
    return any(
        (before is None or view.before(first, before) is not None)
        and (after is None or view.after(end, after) is not None)
        for before, after in view.lexicon.since
    )


def _ago(moment: Moment, first: int, counted: Count) -> Found | None:
    """Three days ago; «قبل ثلاثة أيام»."""
    sides = _sides(moment, first, counted.end, moment.view.lexicon.ago, moment.view.lexicon.ago)
    if sides is None:
        return None
    return Found(*sides, "PAST_REF" if counted.count is None else _moved(moment, counted, -1) or counted.value)


def _ahead(moment: Moment, first: int, counted: Count) -> Found | None:
    """Three days from now; in three days."""
    sides = _sides(moment, first, counted.end, moment.view.lexicon.ahead, moment.view.lexicon.ahead)
    soon = moment.before(first, moment.words.soon) if sides is None else None
    if soon is not None and moment.ahead(soon):
        sides = soon, counted.end
    if sides is None:
        return None
    return Found(*sides, "FUTURE" if counted.count is None else _moved(moment, counted, 1) or counted.value)


def _past(moment: Moment, first: int, counted: Count) -> Found | None:
    """The past two years: from then to the published day; hours stay a duration."""
    lexicon = moment.view.lexicon
    sides = _sides(moment, first, counted.end, lexicon.past, lexicon.last) or _sides(
        moment, first, counted.end, lexicon.last, lexicon.last
    )
    if sides is None and counted.turn != -1:
        return None
    return Found(*(sides or (first, counted.end)), _interval(moment, counted, -1) or counted.value)


def _next(moment: Moment, first: int, counted: Count) -> Found | None:
    """The next three days; «أيام قادمة»."""
    sides = _sides(moment, first, counted.end, moment.view.lexicon.next, moment.view.lexicon.next)
    if sides is None and counted.turn != 1:
        return None
    if counted.count is None:
        behind = moment.after(counted.end, moment.view.lexicon.next) is not None
        return Found(*(sides or (first, counted.end)), "FUTURE" if behind else counted.value)
    return Found(*(sides or (first, counted.end)), _interval(moment, counted, 1) or counted.value)


def _window(moment: Moment, first: int, counted: Count) -> Found | None:
    """In the first 24 hours; «خلال نحو 23 ساعة»."""
    start = moment.before(first, moment.view.lexicon.first)
    return None if start is None else Found(start, counted.end, counted.value)


def _moved(moment: Moment, counted: Count, sign: int) -> str | None:
    """The date so many units away, as exact as the unit is; one year away is told by its month."""
    if counted.count is None or moment.today is None or counted.count != counted.count.to_integral_value():
        return None
    day = calendar.shift(moment.today, sign * int(counted.count), counted.unit)
    if day is None:
        return None
    grain = {"year": "month" if counted.count == 1 else "year", "decade": "year"}.get(counted.unit, counted.unit)
    return calendar.at_grain(day, grain)


def _interval(moment: Moment, counted: Count, sign: int) -> str | None:
    """ "2022-02-10/2024-02-10" between the published day and the day so many units away; None below a day."""
    if counted.count is None or moment.today is None or counted.unit in SHORT:
        return None
    if counted.count != counted.count.to_integral_value():
        return None
    other = calendar.shift(moment.today, sign * int(counted.count), counted.unit)
    return None if other is None else "/".join(day.isoformat() for day in sorted((other, moment.today)))


def period(moment: Moment, i: int) -> Found | None:
    """Last month, this week, the end of the year, «الأسبوع الماضي», «за первые сутки»."""
    lexicon = moment.view.lexicon
    named = lexicon.units.at(moment.view.tokens, i)
    if named is None:
        return None
    end, unit = named
    counted = _count_after(moment, i, end, unit) or _one(moment, i, end, unit)
    if counted is not None:
        return counted
    opened = moment.before(i, lexicon.first)
    if opened is not None and moment.after(end, lexicon.last) is None and not moment.form(end).isdecimal():
        return Found(opened, end, "PT24H" if unit == "day" else calendar.duration(Decimal(1), unit))
    first, stop, turn = moment.turn(i, end)
    if turn == -1 and unit == "day" and (past := moment.before(i, lexicon.past)) is not None and past < i - 1:
        return Found(past, stop, "PT24H")
    if turn is None:
        if unit not in LONG or (moment.before(i, lexicon.early_late) is None and moment.closed(stop) == stop):
            return None
        turn = 0
    return _around(moment, moment.opened(first), moment.closed(stop), unit, turn)


def _one(moment: Moment, i: int, end: int, unit: str) -> Found | None:
    """«неделю назад», «через месяц», «قبل شهر»: one unit, where the language needs no number for it."""
    words = moment.view.lexicon.words
    definite = tuple(map(fold_word, words.grammar.definite))
    if not words.times.uncounted or moment.form(end).isdecimal() or (definite and moment.form(i).startswith(definite)):
        return None
    if moment.at(end, moment.view.lexicon.weekdays) is not None or moment.turn(i, end)[2] is not None:
        return None
    one = Count(i, end, Decimal(1), unit, calendar.duration(Decimal(1), unit))
    return _since(moment, i, one) or _ago(moment, i, one) or _ahead(moment, i, one)


def _around(moment: Moment, first: int, end: int, unit: str, turn: int) -> Found | None:
    """The last, this or the next unit; a decade is as long as it is, hours and other days are not dates."""
    if unit == "decade" and turn != 0:
        return Found(first, end, "P10Y")
    if moment.today is None or unit in SHORT:
        return None
    day = calendar.shift(moment.today, turn, unit)
    return Found(first, end, calendar.at_grain(day, unit)) if day else None


def _count_after(moment: Moment, i: int, end: int, unit: str) -> Found | None:
    """The unit first, then the number, then "last": «الأيام الثلاثة الماضية», «الساعات الـ24 الماضية»."""
    if end >= len(moment.view.tokens.forms) or not moment.view.lexicon.roles[moment.form(end)] & NUMBER:
        return None
    number = number_at(moment.view, end)
    if number is None or number.value is None or number.unit is not None:
        return None
    for turn, phrases in ((-1, moment.view.lexicon.last), (1, moment.view.lexicon.next)):
        stop = moment.after(number.end, phrases)
        if stop is not None:
            counted = Count(i, stop, number.value, unit, calendar.duration(number.value, unit))
            return Found(moment.opened(i), stop, _interval(moment, counted, turn) or counted.value)
    return None


def rate(moment: Moment, i: int) -> Found | None:
    """Every day, daily, per week; not where a year follows («im Jahr 2014»)."""
    found = moment.view.lexicon.every.at(moment.view.tokens, i)
    if found is not None and moment.form(found[0]).isdecimal():
        return None
    if found is None:
        return None
    value = calendar.duration(Decimal(1), found[1])
    plain, counted = Found(i, found[0], value), Count(i, found[0], Decimal(1), found[1], value, vague=True)
    if moment.after(found[0], moment.view.lexicon.ago) or moment.after(found[0], moment.view.lexicon.ahead):
        return _since(moment, i, counted) or _ago(moment, i, counted) or _ahead(moment, i, counted) or plain
    return plain
