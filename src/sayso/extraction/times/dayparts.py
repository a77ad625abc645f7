"""Day parts: the rules that read parts of a day without its name, weekends, and days that come again."""

from __future__ import annotations

from typing import Final

from sayso.extraction.dates import calendar
from sayso.extraction.dates.moments import Found, Moment

_SATURDAY: Final = 5


def part_of_today(moment: Moment, i: int) -> Found | None:
    """This morning (2024-02-10TMO), last night; «فجر السبت» is read at its day."""
    named = moment.at(i, moment.words.day_parts)
    plain = moment.at(i, moment.view.lexicon.parts)
    if plain is None or moment.today is None:
        return None
    end = named[0] if named is not None else plain[0]
    first, end, turn = moment.turn(i, end)
    day = calendar.shift(moment.today, turn, "day") if turn is not None else None
    return Found(first, end, day.isoformat() + (f"T{named[1]}" if named is not None else "")) if day else None


def near_part(moment: Moment, i: int) -> Found | None:
    """Tonight, stamattina, anoche, «昨晚»."""
    named = moment.at(i, moment.words.part_days)
    if named is None or moment.today is None:
        return None
    end, (away, part) = named
    day = calendar.shift(moment.today, away, "day")
    return Found(i, end, f"{day}T{part}") if day else None


def again(moment: Moment, i: int) -> Found | None:
    """Every Tuesday (XXXX-WXX-2), every morning (XXXX-XX-XXTMO), every March (XXXX-03)."""
    each = moment.at(i, moment.words.each)
    end = each[0] if each is not None else len(moment.view.tokens)
    if each is None or end >= len(moment.view.tokens) or moment.view.tokens.breaks[end]:
        return None
    lexicon = moment.view.lexicon
    day, month = moment.at(end, lexicon.weekdays), moment.at(end, lexicon.months)
    part, season = moment.at(end, moment.words.day_parts), moment.at(end, lexicon.seasons)
    if day is not None:
        return Found(i, moment.after(day[0], lexicon.parts) or day[0], f"XXXX-WXX-{day[1] + 1}")
    if part is not None:
        return Found(i, part[0], f"XXXX-XX-XXT{part[1]}")
    if season is not None:
        return Found(i, season[0], f"XXXX-{('SP', 'SU', 'FA', 'WI')[season[1]]}")
    return Found(i, month[0], f"XXXX-{month[1]:02d}") if month is not None else None


def weekend(moment: Moment, i: int) -> Found | None:
    """Last weekend (2024-W05-WE), at the weekend: the one that has begun, or the next where the future is told."""
    named = moment.at(i, moment.words.weekends)
    if named is None or moment.today is None:
        return None
    first, end, turn = moment.turn(i, named[0])
    if turn is None:
        over = moment.today.weekday() < _SATURDAY and not moment.ahead(first)
        turn = -1 if over else 0
    day = calendar.shift(moment.today, turn, "week")
    return Found(moment.opened(first), end, f"{calendar.at_grain(day, 'week')}-WE") if day else None


def shifted(moment: Moment, i: int) -> Found | None:
    """«前年», "vorletzte Woche", «торік»: a period so many units from this one, told in words of its own."""
    named = moment.at(i, moment.words.shifts)
    if named is None or moment.today is None:
        return None
    end, (unit, count) = named
    if unit == "quarter":
        return Found(moment.opened(i), end, calendar.quarter(moment.today, count))
    day = calendar.shift(moment.today, count, unit)
    return Found(moment.opened(i), moment.closed(end), calendar.at_grain(day, unit)) if day else None
