"""Dateline: the day that an article says it was written on ("MOSCOW, February 10. /TASS/.", «القاهرة - 9 فبراير»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sayso.extraction.dates.calendar import make
from sayso.extraction.dates.foreign import converted
from sayso.extraction.words.times import TimeWords, time_words
from sayso.languages.pack import find_or_neutral, load
from sayso.languages.schema import Words
from sayso.text.phrases import Phrases
from sayso.text.tokens import Tokens, tokenize

_HEAD = 3000
_FIRST_LINES = 8
_LONGEST_PLACE = 6
_LONGEST_DATE_LINE = 12
_LONGEST_NAME = 8
_MOST_DAYS_APART = 7
_DAY = re.compile(r"(\d{1,2})(?:[^\W\d]{1,3})?")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(?<!\d)(\d{1,2})([./])(\d{1,2})\5(\d{4})(?!\d)")
_YEAR = re.compile(r"((?:19|20)\d\d)[^\W\d]?")
_SIGNED = re.compile(r"(1[2-5]\d\d)([^\W\d]*)")
_APART = 5  # words at most between a date and the same in another calendar
_CRESCENT = 2  # days by which a month may begin earlier or later than its table says
_COMMAS = frozenset(",،、")
_ENDS = frozenset(".-–—(/|:;)")
_SEPARATORS = _COMMAS | _ENDS


class Day(NamedTuple):
    """A date as written; `year` is 0 where none stands."""

    year: int
    month: int
    day: int
    first: int
    """Its first token, and the one after its last."""
    end: int
    twice: bool = False
    """Told in two calendars («12 رمضان 1445 هـ الموافق 22 مارس 2024»), as only datelines do."""


def dateline(text: str, lang: str, near: date | None = None) -> str | None:
    """The ISO date of the dateline, or of a line that is nothing but a date, at the head of `text`; or None.

    A year that is not stated is taken from `near` (a day known to be close), else from the latest full date in the text
    that is at most a week away; without either there is no answer, since a wrong year is worse than none.
    """
    words = find_or_neutral(lang)
    tokens = tokenize(text[:_HEAD])
    for first, end in _lines(tokens):
        found = _of_line(tokens, first, end, words)
        if found:
            day = _with_year(found, near, text, words)
            return day.isoformat() if day else None
    return None


def _lines(tokens: Tokens) -> list[tuple[int, int]]:
    """First tokens and ends of the first lines."""
    starts = [i for i, opens in enumerate(tokens.breaks) if opens]
    return list(pairwise([*starts, len(tokens)]))[:_FIRST_LINES]


def _of_line(tokens: Tokens, first: int, end: int, words: Words) -> Day | None:
    """The date that opens the line behind a place, or that is all there is in the line."""
    for found in _days(tokens, first, min(end, first + _LONGEST_DATE_LINE + 4), words):
        if _is_all(tokens, found, first, end) or _follows_place(tokens, found, first, end, words):
            return found
    return None


def _is_all(tokens: Tokens, found: Day, first: int, end: int) -> bool:
    """A full date behind a few words (or a name and a comma) and before one at most ("Uhr", "GMT"): no sentence's."""
    behind = sum(form.isalpha() for form in tokens.forms[found.end : end])
    named = found.end == end and tokens.forms[found.first - 1] in _COMMAS and tokens.word(first)[0].isupper()
    few = found.first - first <= (_LONGEST_NAME if named else 3)
    short = end - first <= _LONGEST_DATE_LINE and few and behind <= 1
    return bool(found.year) and short and (found.end == end or tokens.forms[end - 1] not in ".!?:")


def _follows_place(tokens: Tokens, found: Day, first: int, end: int, words: Words) -> bool:
    """A place of a few words and a mark before the date, and a mark, no further word, after it."""
    forms, small = tokens.forms, _small(words)
    opening = found.first
    while opening > first and (forms[opening - 1] in small or forms[opening - 1] in _SEPARATORS):
        opening -= 1
    if forms[first] in small:
        return False
    marked = any(form in _SEPARATORS for form in forms[opening : found.first])
    capitals = all(tokens.word(i).isupper() for i in range(first, opening))
    if not first < opening <= first + _LONGEST_PLACE or not (marked or capitals or found.twice):
        return False
    if found.twice:
        return True
    after = found.end + (found.end < end and forms[found.end] in _COMMAS)
    return after < end and forms[after] in _ENDS


@lru_cache(maxsize=64)
def _small_of(code: str) -> frozenset[str]:
    words = load(code)
    forms = [form for day in words.times.weekdays for form in day] + words.times.prepositions
    return frozenset(tokenize(" ".join(forms)).forms)


def _small(words: Words) -> frozenset[str]:
    """Weekdays and prepositions that may stand between place and date."""
    return _small_of(words.language.code)


@lru_cache(maxsize=64)
def _months_of(code: str) -> Phrases[int]:
    months = load(code).times.months
    return Phrases((form, number) for number, forms in enumerate(months, 1) for form in forms)


def _days(tokens: Tokens, first: int, end: int, words: Words) -> Iterator[Day]:
    """Dates between two tokens, with or without a year, written with a month's name or in figures; those of another
    calendar with its year."""
    months, other, past = _months_of(words.language.code), time_words(words), first
    for i in range(first, end):
        foreign = _foreign(tokens, i, end, other) if i >= past else None
        if foreign is not None:
            both = _again(tokens, foreign, end, words)
            past = both.end
            yield both
        if i < past:
            continue
        month = months.at(tokens, i)
        found = _around(tokens, i, month[0], month[1], end) if month else _numeric(tokens, i, words)
        if found:
            yield _with_year_word(tokens, found, end, words)


def _foreign(tokens: Tokens, i: int, end: int, words: TimeWords) -> Day | None:
    """«15 شعبان 1445 هـ», «۲۱ بهمن ۱۴۰۲»: a day of the Hijri calendars as a common one."""
    named = words.months.at(tokens, i + 1) if i + 1 < end and _DAY.fullmatch(tokens.forms[i]) else None
    if named is None or named[0] >= end:
        return None
    after, (calendar, month) = named
    year = _SIGNED.fullmatch(tokens.forms[after])
    if year is None or (year[2] and words.signs.get(year[2]) != calendar):
        return None
    day = converted(calendar, int(year[1]), month, int(tokens.forms[i])) if tokens.forms[i].isdecimal() else None
    sign = words.eras.at(tokens, after + 1) if after + 1 < end else None
    closing = sign[0] if sign is not None and sign[1] == calendar else after + 1
    return Day(day.year, day.month, day.day, i, closing) if day else None


def _again(tokens: Tokens, found: Day, end: int, words: Words) -> Day:
    """`found` with the common date told right behind it, which counts where the two are a day or two apart."""
    months = _months_of(words.language.code)
    for i in range(found.end, min(end, found.end + _APART)):
        month = months.at(tokens, i)
        common = _around(tokens, i, month[0], month[1], end) if month else None
        told, day = (make(d.year, d.month, d.day) if d and d.year else None for d in (common, found))
        if common and told and day and common.first >= found.end and abs((told - day).days) <= _CRESCENT:
            return common._replace(first=found.first, twice=True)
    return found


def _with_year_word(tokens: Tokens, found: Day, end: int, words: Words) -> Day:
    """The date with the word for "year" behind it («14 марта 2025 г.»)."""
    if not found.year or found.end >= end or tokens.forms[found.end] not in _year_words(words.language.code):
        return found
    stop = found.end + 1 < end and tokens.forms[found.end + 1] == "." and len(tokens.forms[found.end]) == 1
    return found._replace(end=found.end + 1 + stop)


@lru_cache(maxsize=64)
def _year_words(code: str) -> frozenset[str]:
    return frozenset(tokenize(" ".join(load(code).times.units.get("year", []))).forms)


def _around(tokens: Tokens, i: int, after: int, month: int, end: int) -> Day | None:
    """The day before the month ("9 février", "3. März", "5 de abril") or after it ("Feb. 9", "February 10, 2024")."""
    after += after < end and tokens.forms[after] == "."
    for back in (1, 2):
        between = tokens.forms[i - back + 1 : i]
        if i >= back and all(form == "." or (len(form) <= 3 and form.isalpha()) for form in between):
            day = _DAY.fullmatch(tokens.forms[i - back])
            if day:
                year, closing = _year(tokens, after, end)
                return Day(year, month, int(day[1]), i - back, closing)
    day = _DAY.fullmatch(tokens.forms[after]) if after < end else None
    if not day:
        return None
    year, closing = _year(tokens, after + 1, end)
    return Day(year, month, int(day[1]), i, closing)


def _year(tokens: Tokens, i: int, end: int) -> tuple[int, int]:
    """(year, end) of a year at `i`, at most one mark or small word further on; (0, i) when there is none."""
    for at in (i, i + 1):
        if at < end and (year := _YEAR.fullmatch(tokens.forms[at])):
            return int(year[1]), at + 1
        if at < end and not (tokens.forms[at] in ",،" or (len(tokens.forms[at]) <= 3 and tokens.forms[at].isalpha())):
            break
    return 0, i


def _numeric(tokens: Tokens, i: int, words: Words) -> Day | None:
    """2024-02-09, 09.02.2024 or 2/9/2024, in the language's order."""
    if not tokens.forms[i][0].isdecimal() or (i and tokens.ends[i - 1] == tokens.starts[i]):
        return None
    found = _NUMERIC.match(tokens.text, tokens.starts[i])
    if not found:
        return None
    end = next((k for k in range(i, len(tokens)) if tokens.starts[k] >= found.end()), len(tokens))
    if found[1]:
        return Day(int(found[1]), int(found[2]), int(found[3]), i, end)
    one, other = int(found[4]), int(found[6])
    month_first = words.times.order == "mdy" and found[5] == "/" and one <= 12
    month, day = (one, other) if month_first or other > 12 else (other, one)
    return Day(int(found[7]), month, day, i, end)


def _with_year(found: Day, near: date | None, text: str, words: Words) -> date | None:
    """The date with the year that is stated, or else the one that fits."""
    if found.year:
        return make(found.year, found.month, found.day)
    if near:
        return _closest(found, near, 366)
    stated = max(_full_dates(text, words), default=None)
    return stated and _closest(found, stated, _MOST_DAYS_APART)


def _closest(found: Day, near: date, most: int) -> date | None:
    """The day and month in the year that brings them closest to `near`, when that is at most `most` days away."""
    days = [make(near.year + by, found.month, found.day) for by in (-1, 0, 1)]
    return min(
        (day for day in days if day and abs((day - near).days) <= most), key=lambda day: abs(day - near), default=None
    )


def _full_dates(text: str, words: Words) -> Iterator[date]:
    """All dates of the text that stand with their year."""
    tokens = tokenize(text)
    for found in _days(tokens, 0, len(tokens), words):
        day = make(found.year, found.month, found.day) if found.year else None
        if day:
            yield day
