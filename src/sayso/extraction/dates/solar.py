"""Solar: days of the Solar Hijri calendar (Iran, Afghanistan) as Gregorian ones, exact for the years 1178 to 1633."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_YEARS: Final = range(1178, 1634)
_LEAP: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Leap years in each cycle of 33; in these centuries the cycle agrees with the astronomical new year."""
_KNOWN: Final = 1403, date(2024, 3, 20)
"""A year and its first day."""
_LONG: Final = 6
"""Months of 31 days; the others have 30, the last one 29 or 30."""


def leap(year: int) -> bool:
    """Whether the last month of `year` has 30 days."""
    return year % 33 in _LEAP


def new_year(year: int) -> date | None:
    """The first day of `year`; None outside the years that are exact."""
    if year not in _YEARS:
        return None
    known, day = _KNOWN
    low, high = sorted((known, year))
    days = sum(365 + leap(y) for y in range(low, high))
    return day + timedelta(days=days if year >= known else -days)


def first_day(year: int, month: int) -> date | None:
    """The first day of a month, 1 to 12."""
    start = new_year(year)
    before = (month - 1) * 30 + min(month - 1, _LONG)
    return None if start is None else start + timedelta(days=before)


def length(year: int, month: int) -> int:
    """Days of a month, 1 to 12."""
    if month <= _LONG:
        return 31
    return 30 if month < 12 or leap(year) else 29
