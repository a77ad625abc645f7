"""Gregorian: the rules that read days and months of the Gregorian calendar, and stretches of days in one month."""

from __future__ import annotations

from datetime import date
from typing import Final

from sayso.extraction.dates import calendar
from sayso.extraction.dates.foreign import converted
from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.dates.years import year_after

_DATE_SIGNS: Final = frozenset("-./")
_CHAINS: Final = frozenset("-/:.")
_AFTER_DAY: Final = frozenset(".-–")
_BETWEEN_NAMES: Final = frozenset("/(")
_SHAPES: Final = frozenset(
    [(4, 2, 2), (4, 1, 1), (4, 1, 2), (4, 2, 1), (2, 2, 4), (1, 1, 4), (1, 2, 4), (2, 1, 4), (2, 2, 2)]
)
_FOREIGN: Final = 1500
"""Years before this one are counted by the pack's other calendar, where it has one."""


def numeric_date(moment: Moment, i: int) -> Found | None:
    """2024-02-09, 09.02.2024, 2/9/2024 in the pack's order; 1402/11/21 where years are counted so."""
    parts = _numeric_parts(moment, i)
    if parts is None:
        return None
    a, b, c = parts
    if len(a) == 4:
        year, month, day = int(a), int(b), int(c)
    else:
        day, month, year = int(a), int(b), int(c)
        if (moment.view.lexicon.words.times.order == "mdy" and moment.form(i + 1) == "/" and day <= 12) or month > 12:
            day, month = month, day
        year += 2000 if len(c) == 2 else 0
    found = _made(moment, year, month, day)
    return Found(moment.opened(i), i + 5, found.isoformat()) if found else None


def _made(moment: Moment, year: int, month: int, day: int) -> date | None:
    if year < _FOREIGN and moment.words.counting is not None:
        return converted(moment.words.counting, year, month, day)
    return calendar.make(year, month, day)


def _numeric_parts(moment: Moment, i: int) -> tuple[str, str, str] | None:
    """Three touching digit groups with the same sign between them, year first or last."""
    view = moment.view
    if moment.form(i + 1) not in _DATE_SIGNS or moment.form(i + 3) != moment.form(i + 1):
        return None
    if not all(view.adjacent(k) for k in range(i + 1, i + 5)):
        return None
    parts = moment.form(i), moment.form(i + 2), moment.form(i + 4)
    chained = view.adjacent(i + 5) and moment.form(i + 5) in _CHAINS and view.adjacent(i + 6)
    if not all(part.isdecimal() for part in parts) or chained or (view.adjacent(i) and moment.form(i - 1) in _CHAINS):
        return None
    sizes = tuple(map(len, parts))
    return parts if sizes in _SHAPES else None


def day_month(moment: Moment, i: int) -> Found | None:
    """9 February 2024, 9. Februar, 1er mars, 9 de febrero, «9 فبراير/شباط», "the first of May"; 5 to 9 February."""
    days = _days(moment, i)
    if days is None:
        return None
    at, first, last = days
    while moment.form(at) in _AFTER_DAY or moment.after(at, moment.view.lexicon.of) is not None:
        at += 1
    at = moment.after(at, moment.words.of) or at
    month = _month(moment, at)
    if month is None or moment.view.tokens.breaks[at]:
        return None
    end, year = year_after(moment, month[0])
    return _dated(moment, i, end, year, month[1], first, last)


def _days(moment: Moment, i: int) -> tuple[int, int, int | None] | None:
    """(end, day, last day or None) of "9" and of "5 to 9"."""
    first = _day(moment, i)
    if first is None:
        return None
    end, middle = first[0], _through(moment, first[0])
    last = _day(moment, middle) if middle is not None else None
    if last is None or last[1] <= first[1]:
        return end, first[1], None
    return last[0], first[1], last[1]


def _through(moment: Moment, end: int) -> int | None:
    """Token after "to" between two days; letters written onto the second one are enough («5 و8»)."""
    end += moment.form(end) in moment.view.lexicon.ordinals and moment.view.adjacent(end)
    if end >= len(moment.view.tokens.forms) or moment.view.tokens.breaks[end]:
        return None
    return moment.after(end, moment.words.through) or (end if moment.view.glued(end) else None)


def _day(moment: Moment, i: int) -> tuple[int, int] | None:
    """(end, day of a month) in digits, ordinal endings allowed ("9th", «5-го»), or as a word ("first")."""
    form = moment.form(i)
    digits = form[:2] if form[:2].isdecimal() else form[:1]
    if not digits.isdecimal():
        rank = moment.at(i, moment.words.ranks)
        return (rank[0], rank[1]) if rank is not None and 1 <= rank[1] <= 31 else None
    if not digits.isascii() or len(form) - len(digits) > 2 or form[len(digits) :].isdecimal():
        return None
    joined = i > 0 and moment.view.adjacent(i) and moment.form(i - 1) in ".,:/" and moment.form(i - 2).isalnum()
    if joined or not 1 <= int(digits) <= 31:
        return None
    return moment.after(i + 1, moment.words.day_marks) or i + 1, int(digits)


def _month(moment: Moment, at: int) -> tuple[int, int] | None:
    """(end, month) at token `at`; a second name of the same month after a slash belongs to it."""
    tokens, months = moment.view.tokens, moment.view.lexicon.months
    found = months.at(tokens, at) if at < len(tokens.forms) else None
    if found is None:
        return None
    end, month = found
    if moment.form(end) == "." and moment.view.adjacent(end) and moment.form(end + 1).isdecimal():
        end += 1
    if moment.form(end) in _BETWEEN_NAMES and end + 1 < len(tokens.forms):
        other = months.at(tokens, end + 1)
        if other is not None and other[1] == month:
            end = other[0]
            end += moment.form(end) == ")"
    return end, month


def _dated(
    moment: Moment, first: int, end: int, year: int | None, month: int, day: int, last: int | None = None
) -> Found | None:
    """A full date or a stretch of days; without a year the one closest to the published day."""
    found = calendar.make(year, month, day) if year else None
    if year is None and moment.today is not None:
        found = calendar.near_year(moment.today, month, day)
    if found is None:
        return None
    end = moment.suffixed(end)
    if last is None:
        open_ = "" if year else f"XXXX-{month:02d}-{day:02d}"
        return Found(moment.opened(first), end, found.isoformat(), open_)
    until = calendar.make(found.year, month, last)
    return Found(moment.opened(first), end, f"{found}/{until}") if until else None


def month_day(moment: Moment, i: int) -> Found | None:
    """February 9, 2024; February 9; January 5-9."""
    if moment.view.lexicon.words.times.order != "mdy":
        return None
    month = _month(moment, i)
    if month is None or month[0] >= len(moment.view.tokens.forms) or moment.view.tokens.breaks[month[0]]:
        return None
    days = _days(moment, month[0])
    if days is None or not moment.form(month[0])[:1].isdecimal():
        return None
    end, year = year_after(moment, days[0])
    return _dated(moment, i, end, year, month[1], days[1], days[2])


def month(moment: Moment, i: int) -> Found | None:
    """February 2024; in February; last February."""
    named = _month(moment, i)
    if named is None or (moment.form(named[0]).isdecimal() and moment.after(named[0] + 1, moment.words.day_marks)):
        return None
    end, year = year_after(moment, named[0])
    if year is not None:
        return Found(moment.opened(i), moment.closed(end), f"{year:04d}-{named[1]:02d}")
    first, end, turn = moment.turn_of(i, named[0])
    opened, end = moment.opened(first), moment.closed(end)
    alone = turn is None and opened == first and end == named[0]
    if moment.today is None or (alone and not _capital_month(moment, i)):
        return None
    open_ = f"XXXX-{named[1]:02d}" if turn is None else ""
    turn = 1 if turn is None and (moment.ahead(first) or moment.due(first)) else turn
    value = calendar.month_value(moment.today, named[1], turn or 0)
    return Found(opened, end, value, open_) if value else None


def _capital_month(moment: Moment, i: int) -> bool:
    """A month that stands alone must be written as the pack writes it, with a capital: not "may", "march".

    Chinese has no such words; where years stand before months, a month right behind a year is one however written."""
    word = moment.view.tokens.word(i)
    if moment.view.lexicon.words.times.calendar_weeks or (moment.words.tails and i == moment.done):
        return True
    return word[0].isupper() and any(word == form for forms in moment.view.lexicon.words.times.months for form in forms)


def day_of_month(moment: Moment, i: int) -> Found | None:
    """«9日»: the last such day; not a number of days, which other words count."""
    day = _day(moment, i)
    if day is None or day[0] == i + 1 or moment.today is None or not moment.form(i).isdecimal():
        return None
    if moment.before(i, moment.view.lexicon.months) is not None:
        return None
    month = moment.today.replace(day=1)
    if day[1] > moment.today.day and not moment.ahead(i):
        earlier = calendar.shift(month, -1, "month")
        month = earlier or month
    found = calendar.make(month.year, month.month, day[1])
    return Found(moment.opened(i), day[0], found.isoformat(), f"XXXX-XX-{day[1]:02d}") if found else None
