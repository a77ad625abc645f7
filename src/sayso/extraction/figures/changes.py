"""Changes: whether a figure tells how much something changed, or where it stands."""

from __future__ import annotations

from typing import Final

from sayso.extraction.figures.quantity import Quantity
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
    if view.before(found.first, view.lexicon.levels) is not None or reached(view, found):
        return False
    return _before(view, found) or _behind(view, found)


def _multiple(found: Quantity) -> bool:
    """ "doubled", told by one word."""
    return found.unit == TIMES and found.number.unit == TIMES


def _before(view: View, found: Quantity) -> bool:
    for i in range(found.first - 1, max(-1, found.first - 1 - _REACH), -1):
        form = view.tokens.forms[i]
        if form in _STOPS or view.tokens.breaks[i + 1] or form[:1].isdecimal():
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


def moved(view: View, first: int, end: int) -> bool:
    """Whether words shortly before token `first` or from token `end` on tell of going from one level to another."""
    words = (view.lexicon.changes, view.lexicon.moving)
    for places in (
        range(first - 1, max(-1, first - 1 - 2 * _REACH), -1),
        range(end, min(len(view.tokens), end + _NEAR)),
    ):
        for i in places:
            if view.tokens.forms[i] in _STOPS or (i < first and view.tokens.breaks[i + 1]):
                break
            if any(view.after(i, phrases) is not None for phrases in words):
                return True
    return False


def left_for(view: View, first: int, end: int, second: int) -> bool:
    """Whether the number of tokens `[first, end)` is the level that a change left for the number at token `second`
    ("from 12 to 31")."""
    if not 0 < second - end <= _MIDDLE:
        return False
    for opener, middle in view.lexicon.moves:
        if view.after(end, middle) == second and (opener is None or view.before(first, opener, 2) is not None):
            return True
    return False


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
