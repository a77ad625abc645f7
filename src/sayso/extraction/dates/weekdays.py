"""Weekdays: the rules that read days by their names and by how far they are from today."""

from __future__ import annotations

from datetime import date
from typing import Final

from sayso.extraction.dates import calendar
from sayso.extraction.dates.foreign import foreign_day
from sayso.extraction.dates.gregorian import day_month, month_day, numeric_date
from sayso.extraction.dates.moments import Found, Moment

_COMMAS: Final = frozenset(",،")


def weekday(moment: Moment, i: int) -> Found | None:
    """Friday, last Tuesday, Thursday last, Sunday night; Friday, February 9."""
    named = moment.view.lexicon.weekdays.at(moment.view.tokens, i)
    if named is None:
        return None
    exact = _date_after(moment, named[0])
    if exact is not None:
        return Found(moment.opened(_with_part_before(moment, i)), exact.end, exact.value)
    end = _with_part_after(moment, named[0])
    first, end, turn = moment.turn(i, end)
    end = _day_in_brackets(moment, _with_part_after(moment, end))
    if moment.today is None:
        return None
    turn = 1 if turn is None and (moment.ahead(first) or moment.due(first) or moment.told_next(end)) else turn
    day = _of_week(moment, moment.today, named[1], turn)
    open_ = f"WXX-{named[1] + 1}" if turn is None or turn == 1 else ""
    first = moment.opened(_with_part_before(moment, first))
    return Found(first, end, day.isoformat(), open_) if day else None


def _of_week(moment: Moment, today: date, day: int, turn: int | None) -> date | None:
    """The weekday that is meant: of a week, or the one nearest to today."""
    if turn is not None and moment.view.lexicon.words.times.calendar_weeks:
        return calendar.shift(today, day - today.weekday() + 7 * turn, "day")
    return calendar.weekday(today, day, turn or 0)


def _day_in_brackets(moment: Moment, end: int) -> int:
    """End of the day of the month that some papers write behind a weekday: "sexta-feira (9)"."""
    form = moment.form(end + 1)
    bracketed = moment.form(end) == "(" and moment.form(end + 2) == ")" and form.isdecimal() and len(form) <= 2
    return end + 3 if bracketed else end


def _date_after(moment: Moment, end: int) -> Found | None:
    """A date right after a weekday, with or without a comma."""
    at = end + 1 if moment.form(end) in _COMMAS else end
    at = moment.after(at, moment.view.lexicon.prepositions) or moment.after(at, moment.view.lexicon.articles) or at
    if at >= len(moment.view.tokens) or moment.view.tokens.breaks[at]:
        return None
    for rule in (numeric_date, day_month, month_day, foreign_day):
        found = rule(moment, at)
        if found is not None:
            return found
    return None


def _with_part_after(moment: Moment, end: int) -> int:
    return moment.after(end, moment.view.lexicon.parts) or end


def _with_part_before(moment: Moment, first: int) -> int:
    part = moment.before(first, moment.view.lexicon.parts)
    of = moment.before(first, moment.words.of) if part is None else None
    if of is not None:
        part = moment.before(of, moment.view.lexicon.parts)
    return first if part is None else part


def offset(moment: Moment, i: int) -> Found | None:
    """Yesterday, yesterday evening, «مساء أمس», «أمس الجمعة» (the weekday wins when the two disagree)."""
    named = moment.view.lexicon.offsets.at(moment.view.tokens, i)
    if named is None:
        return None
    end = _with_part_after(moment, named[0])
    at = end + 1 if moment.form(end) in _COMMAS else end
    day = moment.at(at, moment.view.lexicon.weekdays)
    end = end if day is None else day[0]
    exact = _date_after(moment, end)
    first = _with_part_before(moment, i)
    if exact is not None:
        return Found(first, exact.end, exact.value)
    found = calendar.shift(moment.today, named[1], "day") if moment.today else None
    if found is not None and day is not None:
        found = calendar.weekday(found, day[1], 0)
    return Found(first, _day_in_brackets(moment, end), found.isoformat()) if found else None
