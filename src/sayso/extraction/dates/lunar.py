"""Lunar: days of the Hijri calendar as Gregorian ones, by the Umm al-Qura tables for the years 1343 to 1500.

An approximation: outside Saudi Arabia months begin when the crescent is seen, often a day earlier or later.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from hijridate import Hijri

_YEARS: Final = range(1343, 1501)


def first_day(year: int, month: int) -> date | None:
    """The first day of a month, 1 to 12; None outside the tables."""
    if year not in _YEARS:
        return None
    found = Hijri(year, month, 1).to_gregorian()
    return date(found.year, found.month, found.day)


def length(year: int, month: int) -> int:
    """Days of a month, 29 or 30; `year` must be in the tables."""
    return Hijri(year, month, 1).month_length()
