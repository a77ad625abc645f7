"""Calendar: arithmetic on dates and TIMEX3-style values; nothing here knows a word of any language."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta
from decimal import Decimal
from typing import Final

_TIME_LETTERS: Final = {"second": "S", "minute": "M", "hour": "H"}
_DATE_LETTERS: Final = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_MONTHS: Final = {"month": 1, "year": 12, "decade": 120}
_DAYS: Final = {"day": 1, "week": 7}
_HOURS: Final = {"second": 3600, "minute": 60, "hour": 1}
_FAR: Final = 10_000


def day_of(published: str | None) -> date | None:
    """The day of an ISO date or date-time; None where there is none or it does not exist."""
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None when it does not exist (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def duration(count: Decimal | None, unit: str) -> str:
    """ISO 8601 duration: (24, "hour") -> "PT24H"; "X" for an unknown count."""
    if unit == "decade":
        count, unit = None if count is None else count * 10, "year"
    shown = "X" if count is None else format(count.normalize(), "f")
    return f"PT{shown}{_TIME_LETTERS[unit]}" if unit in _TIME_LETTERS else f"P{shown}{_DATE_LETTERS[unit]}"


def shift(day: date, count: int, unit: str) -> date | None:
    """`day` moved by `count` units; the month's last day where the day does not exist; None beyond the calendar."""
    if abs(count) > _FAR:
        return None
    if unit in _MONTHS:
        months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
        year, month = divmod(months, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return None
        return next(found for d in range(day.day, 0, -1) if (found := make(year, month + 1, d)))
    days = count * _DAYS[unit] if unit in _DAYS else int(count / (24 * _HOURS[unit]))
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def at_grain(day: date, unit: str) -> str:
    """The value of the unit around `day`: "2024-W06", "2024-02", "2024", "202" (a decade)."""
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "month":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "year":
        return f"{day.year:04d}"
    if unit == "decade":
        return f"{day.year // 10:03d}"
    return day.isoformat()


def weekday(published: date, day: int, turn: int) -> date | None:
    """The weekday (0 = Monday) before (`turn` -1, a week back on the same day), nearest past (0) or next (1)."""
    back = (published.weekday() - day) % 7
    if turn > 0:
        return shift(published, (day - published.weekday()) % 7 or 7, "day")
    return shift(published, -(back or 7) if turn < 0 else -back, "day")


def near_year(published: date, month: int, day: int) -> date | None:
    """Day and month without a year: the year that brings them closest to the published day."""
    found = [d for year in (-1, 0, 1) if (d := make(published.year + year, month, day))]
    return min(found, key=lambda d: abs((d - published).days), default=None)


def month_value(published: date, month: int, turn: int) -> str | None:
    """A month without a year: the latest that has begun, or the next one (`turn` 1)."""
    year = published.year
    if turn > 0:
        year += month <= published.month
    elif month > published.month or (turn < 0 and month == published.month):
        year -= 1
    found = make(year, month, 1)
    return at_grain(found, "month") if found else None


def quarter(day: date, turn: int) -> str:
    """The quarter so many quarters from the one of `day`: "2023-Q4"; years before 1 do not exist."""
    year, index = divmod(day.year * 4 + (day.month - 1) // 3 + turn, 4)
    return f"{year:04d}-Q{index + 1}"


def day_of_week(week: str, day: int) -> str | None:
    """The day (1 = Monday) of an ISO week: ("2024-W06", 5) -> "2024-02-09"."""
    try:
        return date.fromisocalendar(int(week[:4]), int(week[6:8]), day).isoformat()
    except ValueError:
        return None
