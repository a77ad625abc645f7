"""Dates: the rules that read days, months, years and clock times."""

from __future__ import annotations

from typing import Final

from sayso.extraction import calendar
from sayso.extraction.moments import Found, Moment

_YEARS: Final = (1500, 2100)
_CENTURY: Final = (1900, 2050)
_DATE_SIGNS: Final = frozenset("-./")


def numeric_date(moment: Moment, i: int) -> Found | None:
    """2024-02-09, 09.02.2024, 2/9/2024 in the pack's order."""
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
    found = calendar.make(year, month, day)
    return Found(moment.opened(i), i + 5, found.isoformat()) if found else None


def _numeric_parts(moment: Moment, i: int) -> tuple[str, str, str] | None:
    """Three touching digit groups with the same sign between them, year first or last."""
    view = moment.view
    if moment.form(i + 1) not in _DATE_SIGNS or moment.form(i + 3) != moment.form(i + 1):
        return None
    if not all(view.adjacent(k) for k in range(i + 1, i + 5)):
        return None
    parts = moment.form(i), moment.form(i + 2), moment.form(i + 4)
    chained = view.adjacent(i + 5) and moment.form(i + 5) in _CHAINS and view.adjacent(i + 6)
    if not all(part.isdigit() for part in parts) or chained or (view.adjacent(i) and moment.form(i - 1) in _CHAINS):
        return None
    sizes = tuple(map(len, parts))
    return parts if sizes in _SHAPES else None


_CHAINS: Final = frozenset("-/:.")
_SHAPES: Final = frozenset(
    [(4, 2, 2), (4, 1, 1), (4, 1, 2), (4, 2, 1), (2, 2, 4), (1, 1, 4), (1, 2, 4), (2, 1, 4), (2, 2, 2)]
)


def clock_time(moment: Moment, i: int) -> Found | None:
    """15:30, 8 p.m."""
    lexicon, form = moment.view.lexicon, moment.form(i)
    if not form.isdigit() or len(form) > 2 or (moment.form(i - 1) == ":" and moment.view.adjacent(i)):
        return None
    minutes, end = "", i + 1
    if moment.form(i + 1) == ":" and moment.form(i + 2).isdigit() and len(moment.form(i + 2)) == 2:
        if not (moment.view.adjacent(i + 1) and moment.view.adjacent(i + 2)):
            return None
        minutes, end = moment.form(i + 2), i + 3
    said = lexicon.clock.at(moment.view.tokens, end) if end < len(moment.view.tokens) else None
    if not minutes and (said is None or lexicon.units.at(moment.view.tokens, end) is not None):
        return None
    hour = int(form) % 12 + 12 if said is not None and said[1] == 12 else int(form)
    if hour > 24 or (minutes and int(minutes) > 59) or (moment.form(end) == ":" and moment.view.adjacent(end)):
        return None
    day = moment.today.isoformat() if moment.today else ""
    clock = f"{hour:02d}:{minutes}" if minutes else f"{hour:02d}"
    return Found(moment.opened(i), said[0] if said is not None else end, f"{day}T{clock}")


def day_month(moment: Moment, i: int) -> Found | None:
    """9 February 2024, 9. Februar, 1er mars, 9 de febrero, «9 فبراير/شباط»."""
    day, at = _day(moment, i), i + 1
    if day is None:
        return None
    while moment.form(at) in _AFTER_DAY or moment.after(at, moment.view.lexicon.of) is not None:
        at += 1
    month = _month(moment, at)
    if month is None:
        return None
    end, year = year_after(moment, month[0])
    return _dated(moment, i, end, year, month[1], day)


_AFTER_DAY: Final = frozenset(".-–")


def _day(moment: Moment, i: int) -> int | None:
    """Day of a month in digits, ordinal endings allowed ("9th")."""
    form = moment.form(i)
    digits = form[:2] if form[:2].isdigit() else form[:1]
    if not digits.isdigit() or not digits.isascii() or len(form) - len(digits) > 2 or form[len(digits) :].isdigit():
        return None
    joined = i > 0 and moment.view.adjacent(i) and moment.form(i - 1) in ".,:/"
    return int(digits) if 1 <= int(digits) <= 31 and not joined else None


def _month(moment: Moment, at: int) -> tuple[int, int] | None:
    """(end, month) at token `at`; a second name of the same month after a slash belongs to it."""
    tokens, months = moment.view.tokens, moment.view.lexicon.months
    found = months.at(tokens, at) if at < len(tokens) and not tokens.breaks[at] else None
    if found is None:
        return None
    end, month = found
    if moment.form(end) == "." and moment.view.adjacent(end) and moment.form(end + 1).isdigit():
        end += 1
    if moment.form(end) in _BETWEEN_NAMES and end + 1 < len(tokens):
        other = months.at(tokens, end + 1)
        if other is not None and other[1] == month:
            end = other[0]
            end += moment.form(end) == ")"
    return end, month


_BETWEEN_NAMES: Final = frozenset("/(")


def year_after(moment: Moment, end: int) -> tuple[int, int | None]:
    """(end, year) when a year follows, after a comma or a word like "de"."""
    at = end
    if moment.form(at) == ",":
        at += 1
    else:
        at = moment.after(at, moment.view.lexicon.of) or at
    unit = moment.view.lexicon.units.at(moment.view.tokens, at) if at < len(moment.view.tokens) else None
    if unit is not None and unit[1] == "year":
        at = unit[0]
    year = _year(moment, at)
    if year is None or moment.view.tokens.breaks[at]:
        return end, None
    unit = moment.view.lexicon.units.at(moment.view.tokens, at + 1) if at + 1 < len(moment.view.tokens) else None
    return (unit[0] if unit is not None and unit[1] == "year" else at + 1), year


def _year(moment: Moment, i: int) -> int | None:
    """A year in four plain digits."""
    form = moment.form(i)
    if len(form) != 4 or not form.isdigit() or not form.isascii() or not _YEARS[0] <= int(form) < _YEARS[1]:
        return None
    view = moment.view
    before = view.adjacent(i) and moment.form(i - 1) in _GLUE
    inside = before and (moment.form(i - 1) not in _STOPS or (moment.form(i - 2).isdigit() and view.adjacent(i - 1)))
    glued = inside or (
        view.adjacent(i + 1) and moment.form(i + 1) in _GLUE and moment.form(i + 2).isdigit() and view.adjacent(i + 2)
    )
    return None if glued else int(form)


_STOPS: Final = frozenset(".,:")
_GLUE: Final = frozenset(".,:/'$€£#№")


def _dated(moment: Moment, first: int, end: int, year: int | None, month: int, day: int) -> Found | None:
    """A full date; without a year the one closest to the published day."""
    found = calendar.make(year, month, day) if year else None
    if year is None and moment.today is not None:
        found = calendar.near_year(moment.today, month, day)
    return Found(moment.opened(first), end, found.isoformat()) if found else None


def month_day(moment: Moment, i: int) -> Found | None:
    """February 9, 2024; February 9."""
    if moment.view.lexicon.words.times.order != "mdy":
        return None
    month = _month(moment, i)
    day = _day(moment, month[0]) if month is not None else None
    if month is None or day is None or moment.view.tokens.breaks[month[0]]:
        return None
    end, year = year_after(moment, month[0] + 1)
    return _dated(moment, i, end, year, month[1], day)


def month(moment: Moment, i: int) -> Found | None:
    """February 2024; in February; last February."""
    named = _month(moment, i)
    if named is None:
        return None
    end, year = year_after(moment, named[0])
    if year is not None:
        return Found(moment.opened(i), end, f"{year:04d}-{named[1]:02d}")
    first, end, turn = moment.turn(i, named[0])
    opened = moment.opened(first)
    if moment.today is None or (turn is None and opened == first and not _capital_month(moment, i)):
        return None
    turn = 1 if turn is None and moment.ahead(first) else turn
    value = calendar.month_value(moment.today, named[1], turn or 0)
    return Found(opened, end, value) if value else None


def _capital_month(moment: Moment, i: int) -> bool:
    """A month that stands alone must be written as the pack writes it, with a capital: not "may", "march"."""
    word = moment.view.tokens.word(i)
    return word[0].isupper() and any(word == form for forms in moment.view.lexicon.words.times.months for form in forms)


def weekday(moment: Moment, i: int) -> Found | None:
    """Friday, last Tuesday, Thursday last, Sunday night; Friday, February 9."""
    named = moment.view.lexicon.weekdays.at(moment.view.tokens, i)
    if named is None:
        return None
    end = named[0]
    exact = _date_after(moment, end)
    if exact is not None:
        return Found(moment.opened(_with_part_before(moment, i)), exact.end, exact.value)
    end = _with_part_after(moment, end)
    first, end, turn = moment.turn(i, end)
    end = _with_part_after(moment, end)
    if moment.today is None:
        return None
    turn = 1 if turn is None and (moment.ahead(first) or moment.due(first)) else turn
    day = calendar.weekday(moment.today, named[1], turn or 0)
    return Found(moment.opened(_with_part_before(moment, first)), end, day.isoformat()) if day else None


def _date_after(moment: Moment, end: int) -> Found | None:
    """A date right after a weekday, with or without a comma."""
    at = end + 1 if moment.form(end) in _COMMAS else end
    at = moment.after(at, moment.view.lexicon.prepositions) or at
    if at >= len(moment.view.tokens) or moment.view.tokens.breaks[at]:
        return None
    for rule in (numeric_date, day_month, month_day):
        found = rule(moment, at)
        if found is not None:
            return found
    return None


_COMMAS: Final = frozenset(",،")


def _with_part_after(moment: Moment, end: int) -> int:
    return moment.after(end, moment.view.lexicon.parts) or end


def _with_part_before(moment: Moment, first: int) -> int:
    part = moment.before(first, moment.view.lexicon.parts)
    return first if part is None else part


def offset(moment: Moment, i: int) -> Found | None:
    """Yesterday, yesterday evening, «مساء أمس», «أمس الجمعة» (the weekday wins when the two disagree)."""
    named = moment.view.lexicon.offsets.at(moment.view.tokens, i)
    if named is None:
        return None
    end = _with_part_after(moment, named[0])
    at = end + 1 if moment.form(end) in _COMMAS else end
    day = moment.view.lexicon.weekdays.at(moment.view.tokens, at) if at < len(moment.view.tokens) else None
    end = end if day is None else day[0]
    exact = _date_after(moment, end)
    first = _with_part_before(moment, i)
    if exact is not None:
        return Found(first, exact.end, exact.value)
    found = calendar.shift(moment.today, named[1], "day") if moment.today else None
    if found is not None and day is not None:
        found = calendar.weekday(found, day[1], 0)
    return Found(first, end, found.isoformat()) if found else None


def year(moment: Moment, i: int) -> Found | None:
    """In 2024, «عام 2014», «в 2014 году»; not "2000 people" and not "more than 2000"."""
    value, view = _year(moment, i), moment.view
    if value is None or moment.before(i, view.lexicon.qualifiers) is not None:
        return None
    unit = view.lexicon.units.at(view.tokens, i + 1) if i + 1 < len(view.tokens) else None
    before = [start for start in (i - 1, i - 2) if start >= moment.done and _year_word(moment, start, i)]
    if before and value % 10 == 0 and moment.form(before[-1]) in view.lexicon.plurals:
        return Found(moment.opened(before[-1]), i + 1, f"{value // 10:03d}")
    marked = (unit is not None and unit[1] == "year") or bool(before)
    first = before[-1] if before else i
    if not marked and not _CENTURY[0] <= value < _CENTURY[1] and moment.opened(i) == i:
        return None
    if not marked and (_counts(moment, i + 1) or (view.lexicon.money.at(view.tokens, i - 1) is not None and i > 0)):
        return None
    return Found(moment.opened(first), unit[0] if unit is not None and unit[1] == "year" else i + 1, f"{value:04d}")


def _year_word(moment: Moment, start: int, end: int) -> bool:
    found = moment.view.lexicon.units.at(moment.view.tokens, start)
    return found is not None and found == (end, "year")


def _counts(moment: Moment, i: int) -> bool:
    """Whether the word after four digits is something counted, a scale or a unit."""
    view = moment.view
    if i >= len(view.tokens) or view.tokens.breaks[i]:
        return False
    lexicon = view.lexicon
    listed = (lexicon.things, lexicon.money, lexicon.units, lexicon.numerals.phrases)
    return any(phrases.at(view.tokens, i) is not None for phrases in listed)


def decade(moment: Moment, i: int) -> Found | None:
    """1990s, 90er, 90-х."""
    form = moment.form(i)
    digits, rest, end = form[:4], form[4:], i + 1
    if not (digits.isdigit() and len(digits) == 4):
        digits, rest = form[:2], form[2:]
    if not digits.isdigit() or not digits.isascii() or digits[-1] != "0" or len(digits) not in (2, 4):
        return None
    if not rest and moment.form(i + 1) in "-'’" and moment.view.adjacent(i + 1) and moment.view.adjacent(i + 2):
        rest, end = moment.form(i + 2), i + 3
    if rest not in moment.view.lexicon.decades:
        return None
    unit = moment.view.lexicon.units.at(moment.view.tokens, end) if end < len(moment.view.tokens) else None
    end = unit[0] if unit is not None and unit[1] == "year" else end
    return Found(moment.opened(i), end, digits[:3] if len(digits) == 4 else f"19{digits[0]}")
