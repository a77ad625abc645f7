"""Read: quantities as claimed, with what is counted, where, in which window, as of when and who says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sayso.extraction.bounds import MOST_NUMBERS, too_many
from sayso.extraction.figures.bare import bare
from sayso.extraction.figures.changes import is_change, reached
from sayso.extraction.figures.claims import Case, claimed
from sayso.extraction.figures.counted import goes_with, is_pair, levels, refine
from sayso.extraction.figures.places import LOCATED, audience, place, place_at
from sayso.extraction.figures.quantities import quantity_at
from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.figures.scopes import (
    ENGAGEMENT,
    RUNNING,
    Spans,
    asserted_by,
    first_platform,
    passed,
    platform,
    sentence,
    speakers,
)
from sayso.extraction.figures.windows import window, windows
from sayso.extraction.nouns import Attribution, Figure, Qualifier, Time
from sayso.extraction.numbers.touching import dump_end, skip_at
from sayso.extraction.numbers.units import STANDING
from sayso.extraction.numbers.view import View, viewed
from sayso.extraction.times.periods import since
from sayso.extraction.words.lexicon import NUMBER, lexicon
from sayso.languages.measures import kind
from sayso.languages.schema import Words
from sayso.text.span import Span
from sayso.text.tokens import Tokens

_CARRIED_FROM: Final = 1000


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
    view = viewed(tokens, lexicon(words))
    spans = Spans([(time.span, time) for time in times])
    alone = [found for found in bare(view) if not _dated(view, found, spans)]
    if alone:
        return _figures(_scene(view, alone, [], attributions, times, published), alone)
    found, events = _found(view, spans)
    found = _with_events(view, found, events)
    return _figures(_scene(view, found, events, attributions, times, published), found)


def _dated(view: View, found: Quantity, times: Spans[Time]) -> bool:
    """Whether all of a bare number is a date or a time of day ("2024", "9/11/2001")."""
    whole = view.tokens.span(found.first, found.end)
    return any(span.contains(whole) for span, _ in [*times.around(whole)[:1], *times.between(whole.start, whole.end)])


def _found(view: View, spans: Spans[Time]) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities that are claims, and apart from them the times since an event."""
    found: list[Quantity] = []
    events: list[Quantity] = []
    last: Quantity | None = None
    at = floor = tried = 0
    roles = view.lexicon.roles
    for i in [i for i, form in enumerate(view.tokens.forms) if roles[form] & NUMBER]:
        if i < at or not view.opens_number(i):
            continue
        if (past := dump_end(view, i)) is not None:
            at = past
            continue
        if tried == MOST_NUMBERS:
            raise too_many(MOST_NUMBERS, "numbers")
        tried += 1
        quantity = quantity_at(view, i, floor)
        if quantity is None:
            at = skip_at(view, i)
            continue
        if last is not None and is_pair(view, last, quantity):
            found = found[:-1] if found and found[-1] is last else found
            last, quantity = levels(view, last, quantity)
            found += [last] if claimed(Case(view, last, spans)) else []
        last = quantity
        if claimed(Case(view, quantity, spans)):
            event = quantity.duration and since(view, quantity.first, quantity.end)
            (events if event else found).append(quantity)
        floor = at = max(quantity.end, i + 1)
    return found, events


def _scene(
    view: View,
    found: list[Quantity],
    events: list[Quantity],
    attributions: Sequence[Attribution],
    times: Sequence[Time],
    published: str | None,
) -> _Scene:
    told = _placed(view, found)
    periods = Spans([item for item in told if item[1].duration])
    chosen = windows(times, periods)
    rates = chosen.apart_from(Spans(_placed(view, events)))
    return _Scene(view, chosen, rates, Spans(told), speakers(attributions), published, first_platform(view))


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


def _figures(scene: _Scene, found: list[Quantity]) -> list[Figure]:
    """Units from the clause, carried over where a sentence goes on counting the same thing; then all the rest."""
    figures: list[Figure] = []
    previous: Quantity | None = None
    persons = False
    for told in found:
        unit = refine(scene.view, told) or _carried(scene.view, told, previous)
        if unit == "people" and persons and previous is not None and goes_with(scene.view, previous, told):
            unit = previous.unit
        quantity = told if unit == told.unit else replace(told, unit=unit)
        figures.append(_figure(scene, quantity))
        previous, persons = quantity, told.unit == "people"
    return figures


def _carried(view: View, found: Quantity, previous: Quantity | None) -> str | None:
    """A large bare count counts what the large count before it in the sentence does, as does a count with a place
    ("and 12 in Syria"); views when a platform is named."""
    if previous is None or previous.unit is None or previous.duration:
        return None
    if previous.unit in RUNNING and place_at(view, found.end) is not None:
        return previous.unit if sentence(view, found.first, found.end)[0] <= previous.first else None
    if (found.low or 0) < _CARRIED_FROM:
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
    counted, running = not found.duration and kind(found.unit) not in STANDING, found.unit in RUNNING
    return Figure(
        span=span,
        value=_plain(found.low),
        value_high=_plain(found.high),
        unit=found.unit,
        qualifier=_qualifier(view, found),
        scope=_scope(scene, found),
        window=window(view, found, scene.windows if running else scene.rates, scene.told) if counted else None,
        as_of=scene.published[:10] if scene.published and running else None,
        asserted_by=asserted_by(view.tokens.span(found.number.first, found.number.end), scene.contents),
        change=is_change(view, found),
        least=_plain(found.number.least) if found.low is None else None,
    )


def _qualifier(view: View, found: Quantity) -> Qualifier:
    """A word that bounds a number may only tell the level that a change led to («выросли до 3 млн»)."""
    if found.qualifier == "up to" and reached(view, found):
        return "exact"
    return found.qualifier or passed(view, found)


def _scope(scene: _Scene, found: Quantity) -> str | None:
    """The platform named next to the figure, else the one that the article is about so far, with the place that the
    count is told for ("X+Germany"); other counts: a place."""
    if found.unit in LOCATED or found.unit in scene.view.lexicon.words.units.money:
        return place(scene.view, found)
    if found.unit not in ENGAGEMENT or found.unit == "times":
        return None
    home = scene.home[1] if scene.home is not None and scene.home[0] < found.first else None
    parts = (platform(scene.view, found, home), audience(scene.view, found))
    return "+".join(filter(None, parts)) or None


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
