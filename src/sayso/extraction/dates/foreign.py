"""Foreign: the rules that read days, months and years of the Hijri calendars and of the Republic of China."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from sayso.extraction.dates import lunar, solar
from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.numbers.read import number_at
from sayso.text.folding import fold_word

_FIRST: Final[dict[str, Callable[[int, int], date | None]]] = {"solar": solar.first_day, "lunar": lunar.first_day}
_LENGTH: Final[dict[str, Callable[[int, int], int]]] = {"solar": solar.length, "lunar": lunar.length}
_MINGUO: Final = 1911
_NOW: Final = {"solar": (621, 365.2422), "lunar": (579, 354.367)}
"""A year that is surely before today's, counted from, and the length of a year in days."""
_PLAIN: Final = range(1200, 1600)
_LATEST: Final = 200
_DECADES: Final = range(20, 100)
_COMMON: Final = range(1700, 2100)
_SOLAR_CENTURY: Final = 1300


def converted(calendar: str, year: int, month: int, day: int) -> date | None:
    """A day of the solar or the lunar calendar as a Gregorian one; None where it does not exist."""
    first = _FIRST[calendar](year, month) if 1 <= month <= 12 else None
    if first is None or not 1 <= day <= _LENGTH[calendar](year, month):
        return None
    return first + timedelta(days=day - 1)


def _month_span(calendar: str, year: int, month: int) -> tuple[date, date] | None:
    first = _FIRST[calendar](year, month)
    return None if first is None else (first, first + timedelta(days=_LENGTH[calendar](year, month) - 1))


def _years_near(calendar: str, today: date) -> range:
    """Years of the calendar around the one of `today`."""
    epoch = (today - date(622, 3, 21)).days
    year = int(epoch / _NOW[calendar][1]) + 1
    return range(year - 2, year + 3)


def foreign_day(moment: Moment, i: int) -> Found | None:
    """«15 رمضان 1445هـ», «21 بهمن 1402», «الأول من محرم»: without a year the day closest to the published one."""
    day = _day(moment, i) if moment.words.months else None
    if day is None:
        return None
    at = moment.after(day[0], moment.words.of) or day[0]
    named = moment.at(at, moment.words.months) if not _broken(moment, at) else None
    if named is None:
        return None
    end, (calendar, month) = named
    end, year = _year_after(moment, end)
    found: date | None = None
    if year is not None:
        found = converted(calendar, year, month, day[1])
    elif moment.today is not None:
        found = _nearest(calendar, month, day[1], moment.today)
    return Found(moment.opened(i), end, found.isoformat()) if found else None


def _nearest(calendar: str, month: int, day: int, today: date) -> date | None:
    """The day in the year that brings it closest to `today`."""
    near = [converted(calendar, year, month, day) for year in _years_near(calendar, today)]
    return min((found for found in near if found), key=lambda found: abs((found - today).days), default=None)


def _broken(moment: Moment, i: int) -> bool:
    return i >= len(moment.view.tokens) or moment.view.tokens.breaks[i]


def _day(moment: Moment, i: int) -> tuple[int, int] | None:
    """(end, day) in digits or as a word ("first")."""
    form = moment.form(i)
    if form.isdecimal() and len(form) <= 2:
        return i + 1, int(form)
    rank = moment.at(i, moment.words.ranks)
    return rank if rank is not None and rank[1] > 0 else None


def _year_after(moment: Moment, end: int) -> tuple[int, int | None]:
    """(end, year) of the calendar's year at token `end`, its sign taken in."""
    at = moment.after(end, moment.words.of) or end
    unit = moment.at(at, moment.view.lexicon.units)
    at = unit[0] if unit is not None and unit[1] == "year" else at
    found = _year(moment, at) if not _broken(moment, at) else None
    return (found[0], found[1]) if found is not None else (end, None)


def _year(moment: Moment, i: int) -> tuple[int, int, str | None] | None:
    """(end, year, calendar that its sign tells) of a number like 1402 or «1445هـ» at token `i`."""
    form = moment.form(i)
    digits, rest = form[:4], form[4:]
    if not digits.isdecimal() or len(digits) != 4 or int(digits) not in _PLAIN:
        return None
    if rest:
        era = moment.words.signs.get(rest)
        return (i + 1, int(digits), era) if era else None
    sign = moment.at(i + 1, moment.words.eras)
    return (sign[0], int(digits), sign[1]) if sign is not None else (i + 1, int(digits), None)


def foreign_month(moment: Moment, i: int) -> Found | None:
    """«بهمن 1402», «شهر رمضان», «في رمضان»: the Gregorian days that it lasts."""
    named = moment.at(i, moment.words.months)
    if named is None:
        return None
    end, (calendar, month) = named
    day = moment.form(i - 1) if i > moment.done and not _broken(moment, i) else ""
    if day.isdecimal() and len(day) <= 2:
        return None
    first = _month_word(moment, i)
    end, year = _year_after(moment, end)
    if year is not None:
        span = _month_span(calendar, year, month)
    else:
        told = first != i or (_told_month(moment, i) if calendar == "solar" else moment.opened(i) != i)
        if not told or moment.today is None:
            return None
        span = _begun(calendar, month, moment.today)
    return Found(moment.opened(first), end, f"{span[0]}/{span[1]}") if span else None


def _month_word(moment: Moment, i: int) -> int:
    """Start of the word "month" before token `i`, or `i`."""
    near = i - 1 >= moment.done and not _broken(moment, i)
    return i - 1 if near and moment.at(i - 1, moment.view.lexicon.units) == (i, "month") else i


def _told_month(moment: Moment, i: int) -> bool:
    """Whether a solar month's name carries the word "month" («بهمن‌ماه»): alone they are other words too."""
    form = moment.form(i)
    words = map(fold_word, moment.view.lexicon.words.times.units["month"])
    return any(form.endswith(word) and form != word for word in words)


def _begun(calendar: str, month: int, today: date) -> tuple[date, date] | None:
    """The latest such month that has begun."""
    spans = [_month_span(calendar, year, month) for year in _years_near(calendar, today)]
    return max((span for span in spans if span and span[0] <= today), default=None)


def foreign_year(moment: Moment, i: int) -> Found | None:
    """«سال 1402», «عام 1445هـ»: the Gregorian days that it lasts; a bare number is no year."""
    read = _year(moment, i)
    if read is None:
        return None
    end, year, era = read
    worded = i - 1 >= moment.done and moment.at(i - 1, moment.view.lexicon.units) == (i, "year")
    calendar = era or (moment.words.counting if worded else None)
    if calendar not in _FIRST:
        return None
    first, last = (_month_span(calendar, year, month) for month in (1, 12))
    return Found(moment.opened(i - worded), end, f"{first[0]}/{last[1]}") if first and last else None


def foreign_decade(moment: Moment, i: int) -> Found | None:
    """«دهه ۹۰», «دهه هشتاد میلادی»: where years are solar, the days that ten of them last, or else what a sign says."""
    unit = moment.at(i, moment.view.lexicon.units)
    if unit is None or unit[1] != "decade" or moment.words.counting != "solar" or _broken(moment, unit[0]):
        return None
    number = number_at(moment.view, unit[0])
    if number is None or number.value is None or number.unit is not None or number.value % 10:
        return None
    year, sign = int(number.value), moment.at(number.end, moment.words.eras)
    end, era = sign if sign is not None else (number.end, "solar")
    if year in _COMMON or (era == "common" and year in _DECADES):
        return Found(moment.opened(i), end, f"{year // 10 if year in _COMMON else 190 + year // 10:03d}")
    first = year + _SOLAR_CENTURY if year in _DECADES else year
    spans = [_month_span("solar", at, month) for at, month in ((first, 1), (first + 9, 12))]
    if era != "solar" or first not in _PLAIN or spans[0] is None or spans[1] is None:
        return None
    return Found(moment.opened(i), end, f"{spans[0][0]}/{spans[1][1]}")


def minguo(moment: Moment, i: int) -> Found | None:
    """«民國113年»: a year of the Republic of China."""
    sign = moment.at(i, moment.words.eras)
    if sign is None or sign[1] != "minguo":
        return None
    form = moment.form(sign[0])
    unit = moment.at(sign[0] + 1, moment.view.lexicon.units)
    if not form.isdecimal() or len(form) > 3 or unit is None or unit[1] != "year" or not 0 < int(form) < _LATEST:
        return None
    return Found(moment.opened(i), moment.closed(unit[0]), f"{_MINGUO + int(form):04d}")
