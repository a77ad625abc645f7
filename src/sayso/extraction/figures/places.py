"""Places: where a count of people, buildings or money holds, when its own clause says so."""

from __future__ import annotations

from typing import Final

from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.figures.scopes import STRUCK, segment, sentence
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import MONTH, NUMBER, WEEKDAY
from sayso.languages.gazetteer import by_name

LOCATED: Final = STRUCK | {"detained", "people", "families", "homes", "buildings"}
"""Units, besides money, that are told for a place."""
_REACH: Final = 8
"""Words between a figure and its place."""
_NEAR: Final = 3
"""The same for a place that the gazetteer does not know."""
_WORDS: Final = 3
_SIGNS: Final = frozenset(",،;؛:.!?؟)—–")


def place(view: View, found: Quantity) -> str | None:
    """The place named behind the figure in its clause, else the nearest before it; its English name where known."""
    left, right = segment(view, found.first, found.end)
    nearby = found.unit in LOCATED
    for i in range(found.end, min(right, found.end + _REACH)):
        if _barred(view, i):
            break
        named = place_at(view, i) or (_unknown(view, i) if nearby and i - found.end < _NEAR else None)
        if named is not None:
            return named
    for i in range(found.first - 1, max(left, found.first - _REACH) - 1, -1):
        if view.lexicon.openers.at(view.tokens, i) is not None:
            return None
        named = place_at(view, i) or (_unknown(view, i) if nearby and i == left else None)
        if named is not None:
            return named
    return None


def audience(view: View, found: Quantity) -> str | None:
    """The place that a count of a platform holds for: named right behind it or its platform, or opening the sentence
    before a comma; where those stand who were counted, not what they saw."""
    _, right = segment(view, found.first, found.end)
    near = found.end
    for i in range(found.end, right):
        on = view.lexicon.platforms.at(view.tokens, i)
        near = on[0] if on is not None else near
        if i - near >= _NEAR or _barred(view, i):
            break
        named = place_at(view, i)
        if named is not None:
            return named
    opened = sentence(view, found.first, found.end)[0]
    named = place_at(view, opened) if opened < found.first else None
    comma = any(view.tokens.forms[i] in ",،，" for i in range(opened, min(found.first, opened + _WORDS + 2)))
    return named if comma else None


def _barred(view: View, i: int) -> bool:
    """Whether another figure or another part of the clause begins at token `i`."""
    form = view.tokens.forms[i]
    return form in _SIGNS or form in view.lexicon.coordinators or bool(view.lexicon.roles[form] & NUMBER)


def place_at(view: View, i: int) -> str | None:
    """The place of the gazetteer that a preposition at token `i` leads to."""
    at = _named_at(view, i)
    found = view.lexicon.places.at(view.tokens, at) if at is not None else None
    return found[1] if found is not None else None


def _named_at(view: View, i: int) -> int | None:
    """Token of the name behind a preposition at token `i`, an article passed over."""
    at = view.after(i, view.lexicon.within) if i < len(view.tokens.forms) else None
    if at is None or at >= len(view.tokens.forms) or view.tokens.breaks[at]:
        return None
    after = view.after(at, view.lexicon.articles)
    at = at if after is None else after
    return at if at < len(view.tokens.forms) and not view.tokens.text[view.tokens.starts[at]].islower() else None


def _unknown(view: View, i: int) -> str | None:
    """A capitalised name that nothing but a sign, a preposition or a number follows; not in an inflected language."""
    words, at = view.lexicon.words, _named_at(view, i)
    if at is None or words.language.capitals != "names" or words.scopes.endings:
        return None
    end = at
    while end < min(len(view.tokens.forms), at + _WORDS) and _name_word(view, end):
        end += 1
    if end == at or not _ends(view, end):
        return None
    written = view.tokens.span(at, end).of(view.tokens.text)
    return None if by_name(written) is not None else written


def _name_word(view: View, i: int) -> bool:
    taken = view.lexicon.roles[view.tokens.forms[i]] & (MONTH | WEEKDAY | NUMBER)
    return view.tokens.text[view.tokens.starts[i]].isupper() and not taken and not view.tokens.breaks[i]


def _ends(view: View, i: int) -> bool:
    """Whether a name may end before token `i`."""
    tokens, lexicon = view.tokens, view.lexicon
    if (
        i >= len(tokens.forms)
        or tokens.breaks[i]
        or tokens.forms[i] in _SIGNS
        or tokens.forms[i] in lexicon.coordinators
    ):
        return True
    return bool(lexicon.roles[tokens.forms[i]] & NUMBER) or lexicon.prepositions.at(tokens, i) is not None
