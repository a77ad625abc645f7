"""References: the rule that reads times without a date of their own, and decades by their names."""

from __future__ import annotations

from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.words.lexicon import NUMBER, SEVERAL


def vague(moment: Moment, i: int) -> Found | None:
    """Now, recently, the nineties; not where a period goes on («в прошлом» «году»)."""
    lexicon = moment.view.lexicon
    found = lexicon.vague.at(moment.view.tokens, i)
    if found is None:
        return None
    if not found[1].isdecimal() and _goes_on(moment, found[0]):
        return None
    counted = lexicon.roles[moment.form(found[0])] & (NUMBER | SEVERAL) if moment.form(found[0]) else 0
    if counted and found[1] in ("PAST_REF", "FUTURE_REF"):
        return None
    first = moment.opened(i) if found[1].isdecimal() else i
    return Found(first, found[0], found[1])


def _goes_on(moment: Moment, end: int) -> bool:
    """Whether a unit or a name of the calendar stands at token `end`, in the same line."""
    lexicon, words = moment.view.lexicon, moment.words
    if end >= len(moment.view.tokens) or moment.view.tokens.breaks[end]:
        return False
    units = (lexicon.units, lexicon.seasons, lexicon.months, lexicon.weekdays)
    return (
        moment.at(end, words.quarters) is not None
        or moment.at(end, words.weekends) is not None
        or moment.at(end, lexicon.centuries) is not None
        or any(phrases.at(moment.view.tokens, end) is not None for phrases in units)
    )
