"""Figures: quantities as claimed, with what is counted, where, in which window, as of when and who says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sayso.extraction.lexicon import NUMBER, View, lexicon
from sayso.extraction.nouns import Attribution, Figure, Time
from sayso.extraction.numbers import dump_end, skip_at
from sayso.extraction.periods import since
from sayso.extraction.quantities import Quantity, quantity_at
from sayso.extraction.scopes import (
    ENGAGEMENT,
    MEASURES,
    RUNNING,
    Spans,
    asserted_by,
    first_platform,
    passed,
    platform,
    refine,
    sentence,
    speakers,
    window,
    windows,
)
from sayso.languages.schema import Words
from sayso.text.span import Span
from sayso.text.tokens import Tokens

_CARRIED_FROM: Final = 1000
_YEARS: Final = (1900, 2050)
_ONE: Final = 1
_NAMED_BELOW: Final = 1000
_ORDINAL: Final = 100
_OLDEST: Final = 120
_DASHES: Final = frozenset("-‐‑–—−")
_COMMAS: Final = frozenset(",،")
_CLOSING: Final = frozenset(",،);.")


@dataclass(frozen=True, slots=True)
class _Case:
    """One quantity before the rules that say whether it is a figure."""

    view: View
    found: Quantity
    times: Spans[Time]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the rules look at besides the tokens."""

    view: View
    windows: Spans[Time]
    """Durations that running counts may be told for."""
    rates: Spans[Time]
    """Those that other figures may be told for: not the time since an event."""
    told: Spans[Quantity]
    contents: Spans[Attribution]
    published: str | None
    home: tuple[int, str] | None
    """Token and name of the platform that the article names first."""


def figures(
    tokens: Tokens,
    words: Words,
    attributions: Sequence[Attribution],
    times: Sequence[Time],
    published: str | None,
) -> list[Figure]:
    """Figures in text order, none overlapping another. `times` are those of the same tokens."""
    view = lexicon(words).view(tokens)
    found: list[Quantity] = []
    events: list[Quantity] = []
    spans = Spans([(time.span, time) for time in times])
    i = floor = 0
    roles, forms = view.lexicon.roles, view.tokens.forms
    while i < len(forms):
        if not roles[forms[i]] & NUMBER:
            i += 1
            continue
        if (past := dump_end(view, i)) is not None:
            i = past
            continue
        quantity = quantity_at(view, i, floor)
        if quantity is None:
            i = skip_at(view, i)
            continue
        if _is_figure(view, quantity, spans):
            event = quantity.duration and since(view, quantity.first, quantity.end)
            (events if event else found).append(quantity)
        floor = i = max(quantity.end, i + 1)
    found = _with_events(view, found, events)
    told = _placed(view, found)
    periods = Spans([item for item in told if item[1].duration])
    home = first_platform(view)
    chosen = windows(times, periods)
    scene = _Scene(
        view,
        chosen,
        chosen.apart_from(Spans(_placed(view, events))),
        Spans(told),
        speakers(attributions),
        published,
        home,
    )
    return _figures(scene, found)


def _placed(view: View, found: list[Quantity]) -> list[tuple[Span, Quantity]]:
    return [(view.tokens.span(quantity.first, quantity.end), quantity) for quantity in found]


def _with_events(view: View, found: list[Quantity], events: list[Quantity]) -> list[Quantity]:
    """`found` with the times since an event that no running count of their sentence takes as its window."""
    firsts = [quantity.first for quantity in found]
    kept = list(found)
    for event in events:
        left, right = sentence(view, event.first, event.end)
        near = found[bisect_left(firsts, left) : bisect_left(firsts, right)]
        if not any(refine(view, quantity) in RUNNING for quantity in near):
            kept.append(event)
    return sorted(kept, key=lambda quantity: quantity.first)


def _is_figure(view: View, found: Quantity, times: Spans[Time]) -> bool:
    """Whether a quantity is a claim about the world; `NOT_FIGURES` are the rules that say no."""
    case = _Case(view, found, times)
    return not any(rule(case) for rule in NOT_FIGURES)


def in_time(case: _Case) -> bool:
    """Inside a date or a window; a plain period ("14 days") is both a time and a figure."""
    span = case.view.tokens.span(case.found.number.first, case.found.number.end)
    whole = case.view.tokens.span(case.found.first, case.found.end)
    holding = [item for item in case.times.between(whole.start, whole.end) if item[0].overlap(span)]
    holding += [item for item in case.times.around(whole)[:2] if item[0].overlap(span)]
    return any(not (time.value.startswith("P") and whole.contains(place)) for place, time in holding)


def year(case: _Case) -> bool:
    """Four digits that read as a year, with nothing that says otherwise."""
    return case.found.bare and _written_plain(case.found) and _YEARS[0] <= (case.found.low or 0) < _YEARS[1]


def day(case: _Case) -> bool:
    """ "9 February", "February 9": the day of a month, also where no published day tells the year."""
    view, found = case.view, case.found
    if not found.bare:
        return False
    at = found.number.end
    while at < len(view.tokens) and (view.tokens.forms[at] == "." or view.lexicon.of.at(view.tokens, at) is not None):
        at += 1
    return view.after(at, view.lexicon.months) is not None or view.before(found.first, view.lexicon.months) is not None


def small_word(case: _Case) -> bool:
    """ "two", "three" without a known noun: "the two sides", "one of them"; "thousands" of nothing known."""
    vague = case.found.low is None and case.found.unit is None
    return vague or (case.found.bare and case.found.number.spelled)


def compound(case: _Case) -> bool:
    """ "30-something", «30-летие»."""
    return case.found.compound


def ordinal(case: _Case) -> bool:
    """ "30. Geburtstag": a small bare number, the sign of an ordinal, and the sentence goes on."""
    tokens, at = case.view.tokens, case.found.number.end
    if not case.found.bare or (case.found.low or 0) > _ORDINAL or at + 1 >= len(tokens):
        return False
    return tokens.forms[at] in case.view.lexicon.ordinals and case.view.adjacent(at) and not tokens.breaks[at + 1]


def one(case: _Case) -> bool:
    """ "one day", "a person": an article rather than a count, unless it is bounded."""
    return (
        case.found.low == _ONE
        and case.found.number.spelled
        and case.found.number.scale == 1
        and case.found.qualifier is None
    )


def age(case: _Case) -> bool:
    """ "41 years old", "aged 41", «41-летний»."""
    view, found = case.view, case.found
    ages = view.lexicon.ages
    joined = [at for at in (found.end, found.number.end) if at < len(view.tokens) and view.tokens.forms[at] == "-"]
    if any(view.after(at + 1, ages) is not None for at in joined) or view.after(found.end, ages) is not None:
        return True
    return view.before(found.first, ages, 6) is not None or _between_commas(view, found)


def _between_commas(view: View, found: Quantity) -> bool:
    """ "Holt, 65, has": a bare number or years between commas behind a word."""
    if found.unit not in (None, "years") or found.qualifier or not 0 < (found.low or 0) < _OLDEST or found.first < 2:
        return False
    forms = view.tokens.forms
    opened = forms[found.first - 1] in _COMMAS and forms[found.first - 2][:1].isalpha()
    return opened and found.end < len(forms) and forms[found.end] in _CLOSING


def score(case: _Case) -> bool:
    """ "8-7", "220666-6": one of two bare numbers joined by a dash that make no range."""
    text, number = case.view.tokens.text, case.found.number
    if not case.found.bare:
        return False
    span = case.view.tokens.span(number.first, number.end)
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    return (len(after) == 2 and after[0] in _DASHES and after[1].isdigit()) or (
        len(before) == 2 and before[1] in _DASHES and before[0].isdigit()
    )


def clock(case: _Case) -> bool:
    """ "8 p.m."."""
    return case.found.unit is None and case.view.after(case.found.number.end, case.view.lexicon.clock) is not None


def marker(case: _Case) -> bool:
    """A number that opens a list item: "1. ", "2) "."""
    tokens, at = case.view.tokens, case.found.number.end
    opens = tokens.breaks[case.found.first] and case.found.first == case.found.number.first
    return bool(
        case.found.bare
        and opens
        and at < len(tokens)
        and tokens.forms[at] in ".):"
        and case.found.low
        and case.found.low < 100
    )


def sign(case: _Case) -> bool:
    """ "No. 5", "#12", "§ 3"."""
    return case.found.first > 0 and case.view.tokens.forms[case.found.first - 1] in _NUMBERING


def named(case: _Case) -> bool:
    """ "Article 5", "Boeing 737": a small bare number right behind a capitalised word, where capitals mean names."""
    i = case.found.first
    if (
        not case.found.bare
        or i == 0
        or case.view.lexicon.words.language.capitals != "names"
        or case.view.tokens.breaks[i]
    ):
        return False
    opens = i == 1 or case.view.tokens.breaks[i - 1] or case.view.tokens.forms[i - 2] in ".!?"
    return case.view.tokens.word(i - 1)[0].isupper() and not opens and (case.found.low or 0) < _NAMED_BELOW


_NUMBERING: Final = frozenset("#№§")
NOT_FIGURES: Final = (in_time, year, day, small_word, compound, ordinal, one, age, score, clock, marker, sign, named)


def _written_plain(found: Quantity) -> bool:
    return not found.number.grouped and not found.number.spelled and found.number.first == found.number.end - 1


def _figures(scene: _Scene, found: list[Quantity]) -> list[Figure]:
    """Units from the clause, carried over where a sentence goes on counting the same thing; then all the rest."""
    figures: list[Figure] = []
    previous: Quantity | None = None
    for quantity in found:
        unit = refine(scene.view, quantity) or _carried(scene.view, quantity, previous)
        quantity = replace(quantity, unit=unit)
        figures.append(_figure(scene, quantity))
        previous = quantity
    return figures


def _carried(view: View, found: Quantity, previous: Quantity | None) -> str | None:
    """A large bare count counts what the large count before it in the sentence does; views when a platform is named."""
    if previous is None or previous.unit is None or previous.duration or (found.low or 0) < _CARRIED_FROM:
        return None
    if (previous.low or 0) < _CARRIED_FROM:
        return None
    left, _ = sentence(view, found.first, found.end)
    if left <= previous.first:
        return previous.unit
    return "views" if previous.unit in ENGAGEMENT and platform(view, found) is not None else None


def _figure(scene: _Scene, found: Quantity) -> Figure:
    view = scene.view
    span = view.tokens.span(found.first, found.end)
    counted, running = not found.duration and found.unit not in MEASURES, found.unit in RUNNING
    return Figure(
        span=span,
        value=_plain(found.low),
        value_high=_plain(found.high),
        unit=found.unit,
        qualifier=found.qualifier or passed(view, found),
        scope=_scope(scene, found),
        window=window(view, found, scene.windows if running else scene.rates, scene.told) if counted else None,
        as_of=scene.published[:10] if scene.published and running else None,
        asserted_by=asserted_by(span, scene.contents),
    )


def _scope(scene: _Scene, found: Quantity) -> str | None:
    """The platform named next to the figure, else the one that the article is about so far."""
    if found.unit not in ENGAGEMENT or found.unit == "times":
        return None
    home = scene.home[1] if scene.home is not None and scene.home[0] < found.first else None
    return platform(scene.view, found, home)


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
