"""Counted: what a number counts whose noun is missing or only says "people", from the words of its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.extraction.figures.changes import left_for
from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.figures.scopes import (
    CLAUSE,
    COMMAS,
    ENGAGEMENT,
    STRUCK,
    ahead,
    behind,
    outward,
    platform,
    sentence,
)
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import MONTH, NUMBER, WEEKDAY

PERSONS: Final = frozenset({"people", "times", None})
"""Units that other words of the clause can make more exact: people who died, times that something was viewed."""
TOLD_ELSEWHERE: Final = (ENGAGEMENT - {"times", "shares"}) | STRUCK | {"magnitude"}
"""Units that a sentence often names away from their number."""
_AT_PLACES: Final = "hospitalised"
"""The unit whose states only name a place, where others work, live or visit."""
_HARMED: Final = frozenset({"deaths", "injured", "missing", _AT_PLACES})


def refine(view: View, found: Quantity) -> str | None:
    """The unit of a quantity whose noun is missing or only says "people": from verbs and nouns of its clause."""
    if found.duration or found.unit not in PERSONS:
        return found.unit
    before, after = _nearest(view, found, ahead(view, found)), _nearest(view, found, behind(view, found))
    apart = before is not None and _of_another(view, found, before[2])
    state = _state(view, found) if apart or before is None else None
    if apart:
        after = after if after is not None and not _joined(view, found.end, after[2]) else None
        before = before if (after or state) is None and not _goes_on(view, found.end) else None
    if state is not None and (after is None or state[0] < after[0]):
        return state[1]
    return min(filter(None, (before, after)), default=(0, _acted(view, found)))[1]


def is_pair(view: View, first: Quantity, second: Quantity) -> bool:
    """Whether two numbers are the levels that a change left and led to: they count the same, or one says no unit."""
    if not left_for(view, first.number.first, first.end, second.number.first):
        return False
    return first.unit == second.unit or not PERSONS.isdisjoint((first.unit, second.unit))


def levels(view: View, first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Two levels that a change is told by; they count the same."""
    told = [refine(view, first), refine(view, second)]
    unit = next((unit for unit in told if unit not in PERSONS), told[0] or told[1])
    return replace(first, unit=unit, level=True), replace(second, unit=unit, level=True)


def goes_with(view: View, first: Quantity, second: Quantity) -> bool:
    """Whether two counts of people are told by one verb ("killed 15 civilians and 31 soldiers"): a word for "and" alone
    parts them, and the second goes on with none of its own."""
    between = view.tokens.forms[first.end : second.first]
    glued = view.glued(second.first) or view.glued(second.number.first)
    joined = all(form in view.lexicon.coordinators for form in between) and (glued or bool(between))
    return joined and not _goes_on(view, second.end)


def _nearest(view: View, found: Quantity, places: Iterator[tuple[int, int]]) -> tuple[int, str, int] | None:
    """(distance, unit, token) of the phrase closest to the quantity; a magnitude is told in digits."""
    for distance, i in places:
        phrases = (phrase.at(view.tokens, i) for phrase in (view.lexicon.counted, view.lexicon.things))
        told = [phrase[1] for phrase in phrases if phrase is not None and phrase[1] in TOLD_ELSEWHERE]
        told = [unit for unit in told if unit != "magnitude" or not found.number.spelled]
        if told:
            return distance, min(told), i
    return None


def _of_another(view: View, found: Quantity, i: int) -> bool:
    """Whether the word at token `i` goes with a number before it, and a comma or "and" parts both from this one
    ("15 dead and 31 in hospital")."""
    if not _joined(view, i, found.number.first + view.glued(found.number.first)):
        return False
    left = max(sentence(view, i, i + 1)[0], i - CLAUSE)
    return any(view.lexicon.roles[view.tokens.forms[k]] & NUMBER for k in range(left, i))


def _joined(view: View, first: int, end: int) -> bool:
    """Whether a comma, or a word that joins what is equal, stands in tokens `[first, end)`."""
    forms, coordinators = view.tokens.forms, view.lexicon.coordinators
    return any(forms[k] in COMMAS or forms[k] in coordinators or view.glued(k) for k in range(first, end))


def _goes_on(view: View, at: int) -> bool:
    """Whether words of its own follow a number that ends at token `at` ("and 31 were rescued"), not only where or when
    ("and 12 in Syria")."""
    tokens, lexicon = view.tokens, view.lexicon
    if at >= len(tokens.forms) or tokens.breaks[at] or not tokens.forms[at][:1].isalpha() or view.glued(at):
        return False
    if tokens.forms[at] in lexicon.coordinators or lexicon.roles[tokens.forms[at]] & (MONTH | WEEKDAY):
        return False
    return all(view.after(at, phrases) is None for phrases in (lexicon.prepositions, lexicon.within, lexicon.contrasts))


def _state(view: View, found: Quantity) -> tuple[int, str] | None:
    """(distance, unit) of the words behind a number that say where those counted are, or how ("31 in hospital")."""
    for distance, i in behind(view, found):
        if view.tokens.forms[i] in view.lexicon.coordinators:
            return None
        phrase = view.lexicon.states.at(view.tokens, i)
        if phrase is not None and (phrase[1] != _AT_PLACES or _borne(view, found, i, phrase[0])):
            return distance, phrase[1]
    return None


def _borne(view: View, found: Quantity, first: int, end: int) -> bool:
    """Whether those counted are only said to be at, or brought to, the place of tokens `[first, end)`: no verb of
    another kind stands by it ("200 people work in hospital"); where none does, others are harmed or no more is told."""
    bearing, at = view.lexicon.bearing, found.end
    while at < first:
        step = view.after(at, bearing)
        if step is None:
            return False
        at = step
    if view.after(end, bearing) is not None:
        return True
    if _verb_at(view, end):
        return False
    if found.end < first or view.before(found.first, bearing) is not None or _harmed(view, found):
        return True
    return _opens(view, found.first) and not _goes_on(view, end)


def _verb_at(view: View, at: int) -> bool:
    """Whether a verb may stand behind a place: in languages where it comes last, a German one in small letters."""
    if not _goes_on(view, at):
        return False
    language = view.lexicon.words.language
    return language.order == "sov" or (language.capitals == "nouns" and view.tokens.word(at).islower())


def _harmed(view: View, found: Quantity) -> bool:
    """Whether the sentence tells of dead, injured or missing."""
    left, right = sentence(view, found.first, found.end)
    near = [i for i in range(left, right) if not found.first <= i < found.end]
    told = (phrases.at(view.tokens, i) for i in near for phrases in (view.lexicon.counted, view.lexicon.things))
    return any(phrase is not None and phrase[1] in _HARMED for phrase in told)


def _opens(view: View, first: int) -> bool:
    """Whether token `first` opens its sentence, or what follows a comma."""
    left, _ = sentence(view, first, first + 1)
    return first == left or view.tokens.forms[first - 1] in COMMAS


def _acted(view: View, found: Quantity) -> str | None:
    """ "opened the video 3 million times": a verb of the clause with what it is done to, or on a platform."""
    if found.unit != "times":
        return found.unit
    near = [i for _, i in outward(view, found)]
    acts, objects = (
        {phrase[1] for i in near if (phrase := phrases.at(view.tokens, i)) is not None}
        for phrases in (view.lexicon.acts, view.lexicon.objects)
    )
    told = acts if acts and platform(view, found) is not None else acts & objects
    return min(told, default=found.unit)
