"""Changes: whether a figure tells how much something changed, or where it stands."""

from __future__ import annotations

from typing import Final

from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.numbers.read import number_at
from sayso.extraction.numbers.units import unit_after
from sayso.extraction.numbers.view import View
from sayso.extraction.words.numerals import TIMES

_REACH: Final = 5
"""Words between a verb of change and its number."""
_NEAR: Final = 2
_MIDDLE: Final = 4
"""Longest word between two levels, in tokens."""
_STOPS: Final = frozenset(".!?;:؟。；()")
_POINTS: Final = frozenset({"percentage points", "basis points"})
"""Units that only changes are told in."""


def is_change(view: View, found: Quantity) -> bool:
    """Whether words shortly before or right behind the figure make it a change; those for a level come nearer."""
    if found.duration or found.low is None or found.level:
        return False
    if found.unit in _POINTS or _multiple(found):
        return True
    if view.before(found.first, view.lexicon.levels) is not None or reached(view, found) or _left(view, found):
        return False
    return _before(view, found) or _behind(view, found)


def _multiple(found: Quantity) -> bool:
    """ "doubled", told by one word."""
    return found.unit == TIMES and found.number.unit == TIMES


def _before(view: View, found: Quantity) -> bool:
    for i in range(found.first - 1, max(-1, found.first - 1 - _REACH), -1):
        form = view.tokens.forms[i]
        if form in _STOPS or view.tokens.breaks[i + 1] or form[:1].isdecimal() or form in view.lexicon.coordinators:
            return False
        if view.lexicon.changes.at(view.tokens, i) is not None:
            return True
        if view.after(i, view.lexicon.levels) is not None and found.first - i > _NEAR:
            return False
    return False


def _behind(view: View, found: Quantity) -> bool:
    at = found.end
    return (
        at < len(view.tokens) and not view.tokens.breaks[at] and view.after(at, view.lexicon.after_changes) is not None
    )


def moved(view: View, first: int) -> bool:
    """Whether words of the clause shortly before token `first` tell of going from one level to another."""
    words, ends = (view.lexicon.changes, view.lexicon.moving), (view.lexicon.turning, view.lexicon.ages)
    for i in range(first - 1, max(-1, first - 1 - 2 * _REACH), -1):
        if view.tokens.forms[i] in _STOPS or view.tokens.breaks[i + 1]:
            return False
        if any(view.after(i, phrases) is not None for phrases in words):
            return True
        if _joined(view, i) or any(view.after(i, phrases) is not None for phrases in ends):
            return False
    return False


def _joined(view: View, i: int) -> bool:
    """Whether a letter for "and" is written onto token `i`."""
    return view.glued(i) and view.written[i].startswith(tuple(view.lexicon.words.language.proclitics))


def left_for(view: View, first: int, end: int, second: int) -> bool:
    """Whether the number of tokens `[first, end)` is the level that a change left for the number at token `second`
    ("from 12 to 31")."""
    if not 0 < second - end <= _MIDDLE:
        return False
    for opener, middle in view.lexicon.moves:
        if view.after(end, middle) == second and (opener is None or view.before(first, opener, 2) is not None):
            return True
    return False


def _left(view: View, found: Quantity) -> bool:
    """Whether a word for "from" stands before the figure, and in its clause the word for "to" before such
    another."""
    for opener, middle in view.lexicon.moves:
        if opener is None or view.before(found.first, opener, 2) is None:
            continue
        for i in range(found.end, min(len(view.tokens), found.end + 2 * _REACH)):
            if view.tokens.forms[i] in _STOPS or view.tokens.breaks[i]:
                break
            at = view.after(i, middle)
            if at is not None and found.unit is not None and _unit_at(view, at) == found.unit:
                return True
    return False


def _unit_at(view: View, at: int) -> str | None:
    """What the number at token `at` counts."""
    number = number_at(view, at) if at < len(view.tokens) and view.opens_number(at) else None
    unit = unit_after(view, number) if number is not None else None
    return unit.name if unit is not None else None


def reached(view: View, found: Quantity) -> bool:
    """Whether the figure opens with the word for the level that a change of its clause led to."""
    if view.after(found.first, view.lexicon.levels) is None:
        return False
    for i in range(found.first - 1, max(-1, found.first - 1 - 2 * _REACH), -1):
        if view.tokens.forms[i] in _STOPS or view.tokens.breaks[i + 1]:
            return False
        if view.lexicon.changes.at(view.tokens, i) is not None:
            return True
    return False
