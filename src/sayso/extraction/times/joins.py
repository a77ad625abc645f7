"""Joins: one time told by two expressions side by side: a day and its hour, a month and its year."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sayso.extraction.dates.calendar import day_of, day_of_week
from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.times.clock import at_hour

_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[A-Z]{2})?")
_MONTH: Final = re.compile(r"\d{4}-\d\d")
_YEAR: Final = re.compile(r"\d{4}")
_DECADE: Final = re.compile(r"\d{3}")
_CENTURY: Final = re.compile(r"\d\d")
_WEEK: Final = re.compile(r"\d{4}-W\d\d")
_COMMAS: Final = frozenset(",،，")
_MOST: Final = 3

Read = Callable[[int, int], Found | None]
"""Reads the expression at a token (second) after those of earlier ones (first)."""


def joined(moment: Moment, found: Found, read: Read) -> Found:
    """`found` together with the expressions right behind it that tell the rest of the same time."""
    for _ in range(_MOST):
        more = _with_next(moment, found, read)
        if more is None:
            return found
        found = more
    return found


def _with_next(moment: Moment, found: Found, read: Read) -> Found | None:
    if not found.open and not _DAY.fullmatch(found.value) and not _YEAR.fullmatch(found.value) and not _wide(found):
        return None
    for at, loose in _places(moment, found.end):
        if at >= len(moment.view.tokens) or moment.view.tokens.breaks[at]:
            continue
        part = read(found.end, at) or _turned(moment, found.end, at, read)
        value = _combined(found, part, loose) if part is not None else None
        if part is not None and value is not None:
            return Found(found.first, part.end, value)
    return None


def _turned(moment: Moment, done: int, at: int, read: Read) -> Found | None:
    """The expression behind a "last" or "this" at token `at`, which it takes in itself."""
    lexicon = moment.view.lexicon
    for phrases in (lexicon.last, lexicon.this, lexicon.next):
        end = moment.after(at, phrases)
        if end is not None and end < len(moment.view.tokens) and not moment.view.tokens.breaks[end]:
            return read(done, end)
    return None


def _wide(found: Found) -> bool:
    """A decade, a century, a week or a month: what may name the whole of a smaller part."""
    return bool(_CENTURY.fullmatch(found.value) or _WEEK.fullmatch(found.value) or _MONTH.fullmatch(found.value)) or (
        _DECADE.fullmatch(found.value) is not None
    )


def _places(moment: Moment, end: int) -> list[tuple[int, str]]:
    """(token where the next expression may start, what stands between)."""
    places = [(end, "")]
    of = moment.after(end, moment.words.of)
    if of is not None:
        places.append((of, "of"))
    at = end + 1 if moment.form(end) in _COMMAS else end
    opened = moment.after(at, moment.view.lexicon.prepositions) or moment.after(at, moment.words.oclock)
    if opened is not None:
        places.append((opened, "loose"))
    if at != end:
        places.append((at, "loose"))
    return places


def _combined(found: Found, part: Found, between: str) -> str | None:
    """The value of two expressions as one; only hours may stand behind a comma or a preposition."""
    for one, other in ((part, found), (found, part)):
        day = _DAY.fullmatch(other.value)
        if one.open.startswith("T") and day and not other.open.startswith("T"):
            whole = day_of(day[1])
            return at_hour(whole, one.open) if whole else None
    if between == "loose":
        return None
    whole_first = _filled(part.open, found) if between != "of" else None
    return whole_first or _filled(found.open, part) or _decade(found, part)


def _filled(open_: str, whole: Found) -> str | None:
    """An open value with its year, month or week from `whole`."""
    value = whole.value
    if open_.startswith("XXXX-XX-"):
        filled = value + open_[7:] if _MONTH.fullmatch(value) else ""
        return filled if day_of(filled) else None
    if open_.startswith("XXXX-") and _YEAR.fullmatch(value):
        filled = value + open_[4:]
        return filled if not _DAY.fullmatch(filled) or day_of(filled) else None
    if open_.startswith("WXX-") and _WEEK.fullmatch(value):
        return day_of_week(value, int(open_[-1]))
    if open_.startswith("XX") and len(open_) == 3 and _CENTURY.fullmatch(value):
        return value + open_[2]
    return None


def _decade(found: Found, part: Found) -> str | None:
    """The nineties of the last century."""
    if _DECADE.fullmatch(found.value) and _CENTURY.fullmatch(part.value):
        return part.value + found.value[2]
    return None
