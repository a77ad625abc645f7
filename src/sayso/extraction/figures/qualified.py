"""Qualified: what bounds a quantity, said right before or right behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.nouns import Qualifier
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import NUMBER

_QUALIFIERS: Final[dict[str, Qualifier]] = {
    "over": "over",
    "about": "about",
    "at least": "at least",
    "nearly": "nearly",
    "up to": "up to",
    "under": "under",
}


def qualified(view: View, found: Quantity, floor: int) -> Quantity:
    """Bounds said right before or right after; a range is about, "dozens" are at least so many."""
    bounded = _bound_before(view, found.first, floor)
    if bounded is not None:
        return replace(found, first=bounded[0], qualifier=bounded[1])
    qualifier, end = found.qualifier, found.end
    for at in (end, found.number.end):
        after = view.lexicon.after_qualifiers.at(view.tokens, at) if at < len(view.tokens.forms) else None
        if after is not None and not _opens_number(view, at):
            return replace(found, end=max(end, after[0]), qualifier=_QUALIFIERS[after[1]])
    if qualifier is None and (found.high is not None or found.number.rough):
        qualifier = "about"
    if qualifier is None and found.low is None:
        qualifier = "at least"
    return found if qualifier == found.qualifier else replace(found, qualifier=qualifier)


def _bound_before(view: View, first: int, floor: int) -> tuple[int, Qualifier] | None:
    """(start, qualifier) of the bound that ends at token `first`, or a preposition before it («более чем в»)."""
    between = first - 1 if view.after(first - 1, view.lexicon.prepositions) == first and first > floor else None
    for start in range(max(floor, first - 5), first):
        phrase = view.lexicon.qualifiers.at(view.tokens, start)
        if phrase is None:
            continue
        comparative = phrase[0] - start == 1 and phrase[1] in ("over", "under")
        if phrase[0] == first or (phrase[0] == between and not comparative):
            return start, _QUALIFIERS[phrase[1]]
    return None


def _opens_number(view: View, at: int) -> bool:
    """Whether a bound of the next number begins at token `at` («وأكثر من 860 ألف»)."""
    for start in (at, at + 1):
        phrase = view.lexicon.qualifiers.at(view.tokens, start) if start < len(view.tokens.forms) else None
        if phrase is not None and phrase[0] < len(view.tokens.forms):
            return bool(view.lexicon.roles[view.tokens.forms[phrase[0]]] & NUMBER)
    return False
