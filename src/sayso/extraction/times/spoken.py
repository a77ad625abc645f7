"""Spoken: on which day a direct quotation was said, where its own sentence tells it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sayso.extraction.dates.calendar import day_of
from sayso.extraction.nouns import Attribution, Time
from sayso.text.span import Span
from sayso.text.tokens import Tokens

_FAR: Final = 60
"""Characters between a cue and the day of speech."""
_STOPS: Final = frozenset('.!?؟。;؛\n“”«»"')
_DATE: Final = 10


def spoken(
    tokens: Tokens, times: Sequence[Time], attributions: Sequence[Attribution], today: date | None
) -> Iterator[tuple[Span, date]]:
    """(content, day) of direct speech said before `today`, as in “We leave tomorrow,” she said on Monday."""
    if today is None:
        return
    starts = [time.span.start for time in times]
    for attribution in attributions:
        if attribution.type != "direct" or not attribution.cue or not attribution.content:
            continue
        day = _day(tokens, times, starts, attribution.cue[0])
        if day is not None and day < today:
            yield from ((content, day) for content in attribution.content)


def _day(tokens: Tokens, times: Sequence[Time], starts: Sequence[int], cue: Span) -> date | None:
    """The one full date told beside the cue in its sentence, behind it rather than before it."""
    at, after = bisect_left(starts, cue.start), bisect_left(starts, cue.end)
    beside = [(t, Span(cue.end, t.span.start)) for t in times[after : after + 1]]
    beside += [(t, Span(t.span.end, cue.start)) for t in times[max(0, at - 1) : at] if t.span.end <= cue.start]
    for time, gap in beside:
        if time.value[_DATE:][:1] in ("", "T") and gap.length <= _FAR and _STOPS.isdisjoint(gap.of(tokens.text)):
            return day_of(time.value)
    return None
