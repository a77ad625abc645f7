"""Eras: the rules that read seasons, centuries and plural units without a number."""

from __future__ import annotations

from typing import Final

from sayso.extraction import calendar
from sayso.extraction.dates import year_after
from sayso.extraction.moments import Found, Moment

_SEASONS: Final = ("SP", "SU", "FA", "WI")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_CENTURIES: Final = 21
_SHORT: Final = frozenset({"second", "minute", "hour"})


def season(moment: Moment, i: int) -> Found | None:
    """Last summer, in the winter of 2019, «этим летом»; a season without a year keeps it open ("XXXX-WI")."""
    named = moment.view.lexicon.seasons.at(moment.view.tokens, i)
    if named is None:
        return None
    end, letters = named[0], _SEASONS[named[1]]
    stop, year = year_after(moment, end)
    if year is not None:
        return Found(moment.opened(i), stop, f"{year:04d}-{letters}")
    first, end, turn = moment.turn(i, end)
    opened = moment.opened(first)
    if turn is not None and moment.today is not None:
        return Found(opened, end, f"{moment.today.year + turn:04d}-{letters}")
    said = opened != i or moment.before(i, moment.view.lexicon.articles) is not None
    return Found(opened, end, f"XXXX-{letters}") if said and turn is None else None


def century(moment: Moment, i: int) -> Found | None:
    """The 19th century, «XX век», "siglo XX": the first two digits of its years."""
    lexicon = moment.view.lexicon
    end = moment.after(i, lexicon.centuries)
    if end is None:
        return None
    for first, stop, at in ((i - 2, end, i - 2), (i - 1, end, i - 1), (i, end + 1, end)):
        number = _ordinal(moment, at) if at >= moment.done and not moment.view.tokens.breaks[i] else None
        if number is not None and (at != i - 2 or moment.form(i - 1) in _STOPS):
            return Found(moment.opened(first), stop, f"{number - 1:02d}")
    return None


_STOPS: Final = frozenset(".-")


def _ordinal(moment: Moment, i: int) -> int | None:
    """A century's number in digits, with or without an ending, or in Roman figures."""
    form = moment.form(i).removesuffix("e")
    digits = form[:2] if form[:2].isdigit() else form[:1]
    if digits.isdigit() and digits.isascii() and len(form) - len(digits) <= 2:
        number = int(digits)
    elif form and set(form) <= set(_ROMAN) and moment.view.tokens.word(i)[0].isupper():
        figures = [_ROMAN[sign] for sign in form]
        number = sum(-a if a < b else a for a, b in zip(figures, [*figures[1:], 0], strict=True))
    else:
        return None
    return number if 1 <= number <= _CENTURIES else None


def plural(moment: Moment, i: int) -> Found | None:
    """For years, seit Jahren, «в последние годы», hours later: so many units that nobody counted."""
    lexicon = moment.view.lexicon
    named = lexicon.units.at(moment.view.tokens, i) if moment.form(i) in lexicon.plurals else None
    if named is None or moment.form(named[0]).isdigit():
        return None
    end, unit = named
    for phrases, value in ((lexicon.ago, "PAST_REF"), (lexicon.ahead, "FUTURE_REF")):
        start, stop = moment.before(i, phrases), moment.after(end, phrases)
        if start is not None or (stop is not None and moment.before(stop, lexicon.prepositions) is None):
            return Found(i if start is None else start, end if stop is None else stop, value)
    first, stop, turn = moment.turn(i, end)
    lasting = moment.before(i, lexicon.lasting)
    if turn is None and lasting is None:
        return None
    first = lasting if lasting is not None else moment.opened(first)
    return Found(first, stop, calendar.duration(None, unit))
