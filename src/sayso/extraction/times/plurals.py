"""Plurals: the rule that reads plural units without a number."""

from __future__ import annotations

from sayso.extraction.dates import calendar
from sayso.extraction.dates.moments import Found, Moment


def plural(moment: Moment, i: int) -> Found | None:
    """For years, seit Jahren, «в последние годы», hours later: so many units that nobody counted."""
    lexicon = moment.view.lexicon
    named = lexicon.units.at(moment.view.tokens, i) if moment.form(i) in lexicon.plurals else None
    if named is None or moment.form(named[0]).isdecimal():
        return None
    end, unit = named
    for phrases, value in ((lexicon.ago, "PAST_REF"), (lexicon.ahead, "FUTURE_REF")):
        start, stop = moment.before(i, phrases), moment.after(end, phrases)
        if start is not None or (stop is not None and moment.before(stop, lexicon.prepositions) is None):
            return Found(i if start is None else start, end if stop is None else stop, value)
    if moment.after(end, lexicon.elsewhere) is not None:
        return Found(i, end, calendar.duration(None, unit))
    first, stop, turn = moment.turn(i, end)
    lasting = moment.before(i, lexicon.lasting)
    if turn is None and lasting is None:
        return None
    first = lasting if lasting is not None else moment.opened(first)
    return Found(first, stop, calendar.duration(None, unit))
