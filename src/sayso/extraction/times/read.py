"""Read: expressions of time and their TIMEX3-style values, read on the day an article was published."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Final

from sayso.extraction.bounds import MOST_NUMBERS, too_many
from sayso.extraction.dates.calendar import day_of
from sayso.extraction.dates.foreign import foreign_day, foreign_decade, foreign_month, foreign_year, minguo
from sayso.extraction.dates.gregorian import day_month, day_of_month, month, month_day, numeric_date
from sayso.extraction.dates.moments import Found, Moment, Rule
from sayso.extraction.dates.stretches import century, quarter, ranked_part, season
from sayso.extraction.dates.weekdays import offset, weekday
from sayso.extraction.dates.years import decade, second_year, written_year, year, years_of
from sayso.extraction.nouns import Attribution, Time
from sayso.extraction.numbers.read import dump_end, skip_at
from sayso.extraction.numbers.view import View, viewed
from sayso.extraction.times.clock import clock_time, race_time
from sayso.extraction.times.dayparts import again, near_part, part_of_today, shifted, weekend
from sayso.extraction.times.joins import joined
from sayso.extraction.times.periods import period, rate, span_of_time
from sayso.extraction.times.plurals import plural
from sayso.extraction.times.references import vague
from sayso.extraction.times.spoken import spoken
from sayso.extraction.words.lexicon import (
    ERA,
    EVERY,
    MONTH,
    NUMBER,
    OFFSET,
    OPENING,
    PART,
    SEVERAL,
    TIMELY,
    UNIT,
    VAGUE,
    WEEKDAY,
    Lexicon,
    lexicon,
)
from sayso.extraction.words.times import CLOCK, DAYPART, DIGIT, FOREIGN, SHIFTED, STRETCH, TIMED, TimeWords, time_words
from sayso.languages.schema import Words
from sayso.text.tokens import Tokens

RULES: Final[tuple[tuple[int, tuple[Rule, ...]], ...]] = (
    (SHIFTED, (shifted,)),
    (DAYPART, (again, near_part)),
    (STRETCH, (weekend, quarter)),
    (NUMBER, (numeric_date, race_time, clock_time, day_month, foreign_day, decade, year, second_year)),
    (NUMBER, (foreign_year, day_of_month, span_of_time)),
    (DIGIT, (written_year,)),
    (CLOCK, (clock_time,)),
    (FOREIGN, (day_month, foreign_day, foreign_month, ranked_part, minguo)),
    (MONTH, (month_day, month)),
    (OFFSET, (offset,)),
    (WEEKDAY, (weekday,)),
    (SEVERAL, (span_of_time,)),
    (EVERY, (rate,)),
    (VAGUE, (vague,)),
    (ERA, (season, century)),
    (UNIT, (years_of, plural, foreign_decade, period)),
    (PART | DAYPART, (part_of_today,)),
)
"""(roles of the token, rules tried there in this order); the first rule that finds something is taken."""
_ANY: Final = TIMELY | TIMED | OPENING
_MEMORY: Final = 1 << 17


def times(
    tokens: Tokens,
    words: Words,
    published: str | None,
    attributions: Sequence[Attribution],
) -> list[Time]:
    """Times in text order, none overlapping another. Without `published` only what needs no such day is resolved;
    direct speech whose day is told is read on that day."""
    view = viewed(tokens, lexicon(words))
    today = day_of(published)
    found = _times(view, 0, len(tokens), today)
    for content, day in list(spoken(tokens, found, attributions, today)):
        starts = view.tokens.starts
        first, end = bisect_left(starts, content.start), bisect_left(starts, content.end)
        at = bisect_left(found, content.start, key=_start), bisect_left(found, content.end, key=_start)
        if not at[0] or found[at[0] - 1].span.end <= content.start:
            found[slice(*at)] = _times(view, first, end, day)
    return found


def _start(time: Time) -> int:
    return time.span.start


def _times(view: View, first: int, end: int, today: date | None) -> list[Time]:
    """Times that start at tokens `first` to `end` (excluded), read on the day `today`."""
    words = time_words(view.lexicon.words)
    roles, forms = _roles(view.lexicon, words), view.tokens.forms
    found: list[Time] = []

    def read(done: int, at: int) -> Found | None:
        bits = _bits(view, roles, at)
        return _first(Moment(view, words, today, done), at, _rules(bits)) if bits else None

    at, moment, tried = first, Moment(view, words, today, first), 0
    for i in [i for i in range(first, end) if roles[forms[i]]]:
        bits = _bits(view, roles, i) if i >= at else 0
        if not bits:
            continue
        if bits & NUMBER and (past := dump_end(view, i)) is not None:
            at = past
            continue
        if tried == MOST_NUMBERS:
            raise too_many(MOST_NUMBERS, "numbers and times")
        expression = _first(moment, i, _rules(bits))
        tried += expression is not None or bool(bits & NUMBER)
        if expression is None:
            at = skip_at(view, i)
            continue
        expression = joined(moment, expression, read)
        found.append(Time(view.tokens.span(expression.first, expression.end), expression.value))
        at = expression.end
        moment = Moment(view, words, today, at)
    return found


class _Roles(dict[str, int]):
    """Folded form -> bits of all roles that it can open in an expression of time."""

    def __init__(self, lexicon: Lexicon, words: TimeWords) -> None:
        super().__init__()
        self._lexicon, self._words = lexicon, words

    def __missing__(self, form: str) -> int:
        if len(self) > _MEMORY:
            self.clear()
        bits = self[form] = (self._lexicon.roles[form] | self._words.roles.get(form, 0)) & _ANY
        return bits


@lru_cache(maxsize=64)
def _roles(lexicon: Lexicon, words: TimeWords) -> _Roles:
    return _Roles(lexicon, words)


def _bits(view: View, roles: _Roles, i: int) -> int:
    """The roles of token `i`, without that of a number where it only opens phrases and none stands there."""
    bits = roles[view.tokens.forms[i]]
    if not bits & OPENING:
        return bits
    several = bits & SEVERAL and view.lexicon.several.at(view.tokens, i) is not None
    return bits & ~OPENING if bits & DIGIT or several or view.opens_number(i) else bits & ~(OPENING | NUMBER)


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
