"""Stretches: the rules that read quarters and halves of years, seasons and centuries."""

from __future__ import annotations

from typing import Final

from sayso.extraction.dates import calendar
from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.dates.years import year_after

_SEASONS: Final = ("SP", "SU", "FA", "WI")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_CENTURIES: Final = 21
_QUARTERS: Final = 4
_STOPS: Final = frozenset(".-")
_ENDINGS: Final = 2


def season(moment: Moment, i: int) -> Found | None:
    """Last summer, in the winter of 2019, «этим летом»; a season without a year keeps it open ("XXXX-WI")."""
    named = moment.view.lexicon.seasons.at(moment.view.tokens, i)
    if named is None:
        return None
    end, letters = named[0], _SEASONS[named[1]]
    stop, year = year_after(moment, end)
    if year is not None:
        return Found(moment.opened(i), stop, f"{year:04d}-{letters}")
    first, end, turn = moment.turn_of(i, end)
    opened = moment.opened(first)
    if turn is not None and moment.today is not None:
        return Found(opened, end, f"{moment.today.year + turn:04d}-{letters}")
    said = opened != i or i == moment.done or moment.before(i, moment.view.lexicon.articles) is not None
    open_ = f"XXXX-{letters}"
    return Found(opened, end, open_, open_) if said and turn is None else None


def quarter(moment: Moment, i: int) -> Found | None:
    """The first quarter of 2023 (2023-Q1), last quarter, Q1 2023, the second half of the year."""
    named = moment.words.quarter_names.get(moment.form(i))
    if named is not None:
        return _part_of_year(moment, i, i + 1, "Q", named)
    for phrases, letter, parts in ((moment.words.quarters, "Q", _QUARTERS), (moment.words.halves, "H", 2)):
        part = moment.at(i, phrases)
        if part is None:
            continue
        end = part[0]
        ranked = _ranked(moment, i, end, parts)
        found = _part_of_year(moment, ranked[0], ranked[1], letter, ranked[2]) if ranked is not None else None
        return found or (_quarter_near(moment, i, end) if letter == "Q" else None)
    return None


def ranked_part(moment: Moment, i: int) -> Found | None:
    """«第一季度» read at its number, so that a year before it can be joined."""
    rank = moment.at(i, moment.words.ranks)
    return quarter(moment, rank[0]) if rank is not None and rank[0] < len(moment.view.tokens) else None


def _ranked(moment: Moment, i: int, end: int, parts: int) -> tuple[int, int, int] | None:
    """(first, end, rank) of "first quarter", "1-й квартал", «الربع الأول», «第一季度»; the last is `parts`."""
    for start in range(max(moment.done, i - 2), i):
        rank = moment.at(start, moment.words.ranks)
        hyphened = rank is not None and rank[0] == i - 1 and moment.form(i - 1) == "-"
        if rank is not None and (rank[0] == i or hyphened):
            return start, end, parts if rank[1] < 0 else rank[1]
        number = _numbered(moment, start)
        if number is not None and (start == i - 1 or not moment.form(i - 1).isdecimal()):
            return start, end, number
    rank = moment.at(end, moment.words.ranks)
    return None if rank is None else (i, rank[0], parts if rank[1] < 0 else rank[1])


def _numbered(moment: Moment, i: int) -> int | None:
    """1 to 4 in digits (with or without an ending) or Roman figures."""
    form = moment.form(i)
    if form[:1].isdecimal() and len(form) <= 1 + _ENDINGS and not form[1:].isdecimal():
        return int(form[0]) if form[0].isascii() else None
    if form and set(form) <= set("iv") and moment.view.tokens.word(i).isupper():
        return _roman(form)
    return None


def _part_of_year(moment: Moment, first: int, end: int, letter: str, rank: int) -> Found | None:
    """A quarter or half of the year that follows; without one, the latest that has begun (or the next)."""
    if not 1 <= rank <= (_QUARTERS if letter == "Q" else 2):
        return None
    stop, year = year_after(moment, end)
    if year is not None:
        return Found(moment.opened(first), stop, f"{year:04d}-{letter}{rank}")
    if moment.today is None:
        return None
    months = 12 // (_QUARTERS if letter == "Q" else 2)
    begun = (rank - 1) * months < moment.today.month
    year = moment.today.year - (not begun and not moment.ahead(first))
    return Found(moment.opened(first), end, f"{year:04d}-{letter}{rank}", f"XXXX-{letter}{rank}")


def _quarter_near(moment: Moment, i: int, end: int) -> Found | None:
    """Last, this or the next quarter."""
    first, end, turn = moment.turn(i, end)
    if turn is None or moment.today is None:
        return None
    return Found(moment.opened(first), end, calendar.quarter(moment.today, turn))


def century(moment: Moment, i: int) -> Found | None:
    """The 19th century, «XX век», "siglo XX", the third century BC, last century: the first two digits of its years."""
    named = moment.at(i, moment.view.lexicon.centuries)
    if named is None:
        return None
    end = named[0]
    number = _century_number(moment, i, end)
    if number is not None:
        first, stop, count = number
        sign = moment.at(stop, moment.words.eras)
        if sign is not None and sign[1] == "before":
            return Found(moment.opened(first), sign[0], f"BC{count - 1:02d}")
        return Found(moment.opened(first), stop, f"{count - 1:02d}")
    first, stop, turn = moment.turn(i, end)
    if turn is None or moment.today is None:
        return None
    return Found(moment.opened(first), stop, f"{moment.today.year // 100 + turn:02d}")


def _century_number(moment: Moment, i: int, end: int) -> tuple[int, int, int] | None:
    """(first, end, number) of the century's ordinal on either side of its word."""
    for first, stop, at in ((i - 2, end, i - 2), (i - 1, end, i - 1), (i, end + 1, end)):
        number = _ordinal(moment, at) if at >= moment.done and not moment.view.tokens.breaks[i] else None
        if number is not None and (at != i - 2 or moment.form(i - 1) in _STOPS):
            return first, stop, number
    if moment.turn(i, end)[2] is not None:
        return None
    for start in range(max(moment.done, i - 3), i):
        rank = moment.at(start, moment.words.ranks)
        if rank is not None and rank[0] == i and 1 <= rank[1] <= _CENTURIES:
            return start, end, rank[1]
    rank = moment.at(end, moment.words.ranks)
    return (i, rank[0], rank[1]) if rank is not None and 1 <= rank[1] <= _CENTURIES else None


def _ordinal(moment: Moment, i: int) -> int | None:
    """A century's number in digits, with or without an ending, or in Roman figures."""
    form = moment.form(i).removesuffix("e")
    digits = form[:2] if form[:2].isdecimal() else form[:1]
    if digits.isdecimal() and digits.isascii() and len(form) - len(digits) <= _ENDINGS:
        number = int(digits)
    elif form and set(form) <= set(_ROMAN) and moment.view.tokens.word(i)[0].isupper():
        number = _roman(form)
    else:
        return None
    return number if 1 <= number <= _CENTURIES else None


def _roman(form: str) -> int:
    figures = [_ROMAN[sign] for sign in form]
    return sum(-a if a < b else a for a, b in zip(figures, [*figures[1:], 0], strict=True))
