"""Units: what a number counts, behind it: a period of time, a thing, money, a measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.extraction.numbers.number import Number
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import MONTH, NUMBER, WEEKDAY

DURATIONS: Final = {
    "second": ("seconds", 1),
    "minute": ("minutes", 1),
    "hour": ("hours", 1),
    "day": ("days", 1),
    "week": ("days", 7),
    "month": ("months", 1),
    "year": ("years", 1),
    "decade": ("years", 10),
}
"""Time unit -> the unit that figures are told in, and how many of it make one."""
STANDING: Final = frozenset({"length", "area", "temperature", "speed", "strength"})
"""Kinds of measures of what is, not of what happens: they have no window."""
WEIGHED: Final = STANDING | {"mass", "volume", "power", "energy"}
"""Kinds of measures whose one is a measure, not an article ("one mile")."""
_REACH: Final = 3
_NEAR: Final = 1
"""Words between a number and its noun: after digits, after a small number word."""
_HYPHENS: Final = frozenset("-‐‑")
_APOSTROPHES: Final = frozenset("'’")
_OPENING: Final = frozenset("([{<")
_CLOSING: Final = frozenset(")]}>")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the token behind it; `money` and `time` say what kind it is."""

    name: str
    end: int
    money: bool = False
    time: bool = False


def unit_at_end(view: View, at: int) -> Unit | None:
    """`unit_at` where token `at` may be past the end."""
    return unit_at(view, at) if at < len(view.tokens.forms) else None


def hyphened(view: View, at: int) -> bool:
    """Whether a hyphen at token `at` joins the number to letters."""
    if at + 1 >= len(view.tokens.forms) or view.tokens.forms[at] not in _HYPHENS:
        return False
    return view.adjacent(at) and view.adjacent(at + 1) and view.tokens.forms[at + 1][:1].isalpha()


def unit_after(view: View, number: Number) -> Unit | None:
    """What is counted: the nearest known noun within a few words, so that "900 new daily cases" are cases."""
    if number.unit is not None:
        return Unit(number.unit, number.end, time=number.unit in DURATIONS)
    tokens, lexicon, at = view.tokens, view.lexicon, number.end
    if hyphened(view, at):
        stem = lexicon.numerals.unit_of_stem(tokens.forms[at + 1])
        if stem is not None:
            return Unit(stem, at + 2, time=stem in DURATIONS)
        at += 1
    bracketed = _bracketed(view, at)
    if bracketed is not None:
        return bracketed
    direct = True
    for _ in range((_NEAR if number.spelled and number.scale == 1 else _REACH) + 1):
        if at >= len(tokens.forms) or tokens.breaks[at]:
            return None
        found = unit_at(view, at)
        if found is not None:
            return found if direct or not (found.time or (number.part and number.spelled)) else None
        direct = direct and lexicon.of.at(tokens, at) is not None
        if not _passable(view, at):
            return None
        at += 1
        if at + 1 < len(tokens.forms) and tokens.forms[at] in _HYPHENS and view.adjacent(at) and view.adjacent(at + 1):
            at += 1 if unit_at(view, at + 1) or tokens.forms[at + 1][:1].isalpha() else 2
    return None


def _bracketed(view: View, at: int) -> Unit | None:
    """A sign of a measure in brackets: "20 (kg)"."""
    if at + 2 >= len(view.tokens.forms) or view.tokens.forms[at] not in _OPENING:
        return None
    sign = view.lexicon.signs.at(view.tokens, at + 1)
    closed = sign is not None and sign[0] < len(view.tokens.forms) and view.tokens.forms[sign[0]] in _CLOSING
    return Unit(sign[1], sign[0] + 1) if sign is not None and closed else None


def unit_at(view: View, at: int) -> Unit | None:
    """The longest unit phrase at token `at`: a period of time, a thing, money."""
    tokens, lexicon = view.tokens, view.lexicon
    if _elided(view, at):
        return None
    time, thing, money = lexicon.units.at(tokens, at), lexicon.things.at(tokens, at), lexicon.money.at(tokens, at)
    code, sign = lexicon.codes.at(tokens, at), lexicon.signs.at(tokens, at)
    cents = lexicon.cents.at(tokens, at)
    found = [Unit(time[1], time[0], time=True)] if time is not None else []
    if thing is not None:
        found.append(Unit(thing[1], thing[0]))
    if money is not None:
        found.append(Unit(money[1], money[0], money=True))
    if code is not None:
        found.append(Unit(code[1], code[0], money=True))
    if sign is not None:
        found.append(Unit(sign[1], sign[0]))
    if cents is not None:
        found.append(Unit(cents[1], cents[0]))
    return max(found, key=lambda unit: unit.end, default=None)


def _elided(view: View, at: int) -> bool:
    """Whether the word lost its vowel to the next one ("45 l'an dernier" are no litres)."""
    tokens = view.tokens
    short = (
        at + 2 < len(tokens.forms) and tokens.forms[at] in view.lexicon.elided and tokens.forms[at + 1] in _APOSTROPHES
    )
    return short and view.adjacent(at + 1) and view.adjacent(at + 2) and tokens.forms[at + 2][:1].isalpha()


def _passable(view: View, at: int) -> bool:
    """Whether a unit may stand behind the word at token `at`."""
    tokens, lexicon = view.tokens, view.lexicon
    if lexicon.of.at(tokens, at) is not None:
        return True
    if not tokens.forms[at][:1].isalpha() or tokens.forms[at] in lexicon.numerals.joiners or view.glued(at):
        return False
    if lexicon.roles[tokens.forms[at]] & (NUMBER | MONTH | WEEKDAY) or tokens.forms[at] in lexicon.linking:
        return False
    return lexicon.prepositions.at(tokens, at) is None and lexicon.counted.at(tokens, at) is None
