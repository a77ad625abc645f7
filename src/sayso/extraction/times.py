"""Times: expressions of time and their TIMEX3-style values, read on the day an article was published."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from sayso.extraction.calendar import day_of
from sayso.extraction.dates import clock_time, day_month, decade, month, month_day, numeric_date, offset, weekday, year
from sayso.extraction.eras import century, plural, season
from sayso.extraction.lexicon import (
    ERA,
    EVERY,
    MONTH,
    NUMBER,
    OFFSET,
    PART,
    SEVERAL,
    TIMELY,
    UNIT,
    VAGUE,
    WEEKDAY,
    View,
    lexicon,
)
from sayso.extraction.moments import Found, Moment, Rule
from sayso.extraction.nouns import Attribution, Time
from sayso.extraction.numbers import dump_end, skip_at
from sayso.extraction.periods import part_of_today, period, rate, span_of_time, vague
from sayso.extraction.spoken import spoken
from sayso.languages.schema import Words
from sayso.text.tokens import Tokens

RULES: Final[tuple[tuple[int, tuple[Rule, ...]], ...]] = (
    (NUMBER, (numeric_date, clock_time, day_month, decade, year, span_of_time)),
    (MONTH, (month_day, month)),
    (OFFSET, (offset,)),
    (WEEKDAY, (weekday,)),
    (SEVERAL, (span_of_time,)),
    (EVERY, (rate,)),
    (VAGUE, (vague,)),
    (ERA, (season, century)),
    (UNIT, (plural, period)),
    (PART, (part_of_today,)),
)
"""(roles of the token, rules tried there in this order); the first rule that finds something is taken."""


def times(
    tokens: Tokens,
    words: Words,
    published: str | None,
    attributions: Sequence[Attribution],
) -> list[Time]:
    """Times in text order, none overlapping another. Without `published` only what needs no such day is resolved;
    direct speech whose day is told is read on that day."""
    view = lexicon(words).view(tokens)
    today = day_of(published)
    found = _times(view, 0, len(tokens), today)
    for content, day in list(spoken(tokens, found, attributions, today)):
        first, end = bisect_left(tokens.starts, content.start), bisect_left(tokens.starts, content.end)
        at = bisect_left(found, content.start, key=_start), bisect_left(found, content.end, key=_start)
        if not at[0] or found[at[0] - 1].span.end <= content.start:
            found[slice(*at)] = _times(view, first, end, day)
    return found


def _start(time: Time) -> int:
    return time.span.start


def _times(view: View, first: int, end: int, today: date | None) -> list[Time]:
    """Times that start at tokens `first` to `end` (excluded), read on the day `today`."""
    roles, forms = view.lexicon.roles, view.tokens.forms
    found: list[Time] = []
    done = i = first
    while i < end:
        bits = roles[forms[i]]
        if not bits & TIMELY:
            i += 1
            continue
        if bits & NUMBER and (past := dump_end(view, i)) is not None:
            i = past
            continue
        expression = _first(Moment(view, today, done), i, _rules(bits))
        if expression is None:
            i = skip_at(view, i)
            continue
        found.append(Time(view.tokens.span(expression.first, expression.end), expression.value))
        done = i = expression.end
    return found


@cache
def _rules(bits: int) -> tuple[Rule, ...]:
    """The rules for a token with these roles, in order, each once."""
    chosen = [rule for roles, rules in RULES if bits & roles for rule in rules]
    return tuple(dict.fromkeys(chosen))


def _first(moment: Moment, i: int, rules: tuple[Rule, ...]) -> Found | None:
    """What the first rule that fits finds at token `i`."""
    for rule in rules:
        found = rule(moment, i)
        if found is not None:
            return found
    return None
