"""Windows: in which time a figure was counted, where words tie a duration to it ("in the first 24 hours")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.figures.scopes import CLAUSE_ENDS, COMMAS, RUNNING, Spans, sentence
from sayso.extraction.nouns import Time
from sayso.extraction.numbers.view import View
from sayso.extraction.times.periods import since
from sayso.extraction.words.lexicon import NUMBER
from sayso.text.span import Span

_FAR: Final = 500
"""Characters within which a window is looked for."""
_PERIODS: Final = ("PT", *(f"P{digit}" for digit in range(10)))
_DASHES: Final = frozenset("-‐‑–—")


@dataclass(frozen=True, slots=True)
class _Window:
    """Tokens of a duration with the words that tie it, if any, to what is counted in it."""

    first: int
    end: int
    tied: bool
    event: bool
    """It is counted from an event ("23 hours after release")."""
    attribute: bool
    """It tells how long something else is ("a nine-day strike")."""


def windows(times: Sequence[Time], told: Spans[Quantity]) -> Spans[Time]:
    """Times that can be windows: durations that are not figures themselves ("in the first 24 hours", "every day")."""
    return Spans([(time.span, time) for time in times if time.value.startswith(_PERIODS)]).apart_from(told)


def window(view: View, found: Quantity, chosen: Spans[Time], told: Spans[Quantity]) -> str | None:
    """Duration of the nearest window in the clause that is tied to this figure, else the sentence's own."""
    own = view.tokens.span(found.first, found.end)
    if not chosen.between(own.start - _FAR, own.end + _FAR):
        return None
    left, right = sentence(view, found.first, found.end, CLAUSE_ENDS)
    clause = Span(view.tokens.starts[left], view.tokens.ends[right - 1])
    near = [
        (min(abs(span.start - own.end), abs(own.start - span.end)), time.value)
        for span, time in chosen.between(clause.start, clause.end)
        if not own.overlap(span)
        and _belongs(view.tokens.text, span, own, clause, told)
        and _ties(view, _around(view, span), found, left)
    ]
    return min(near, default=(0, _opening(view, found, chosen, told)))[1]


def _opening(view: View, found: Quantity, chosen: Spans[Time], told: Spans[Quantity]) -> str | None:
    """A window before all figures of the sentence holds for every running count in it, also behind a semicolon."""
    if found.unit not in RUNNING:
        return None
    left, _ = sentence(view, found.first, found.end)
    start = view.tokens.starts[left]
    figures = told.between(start, view.tokens.starts[found.first] + 1)
    heads = chosen.between(start, figures[0][0].start) if figures else []
    tied = [time for span, time in heads if _is_tied(_around(view, span), found)]
    return tied[-1].value if tied else None


def _belongs(text: str, span: Span, own: Span, clause: Span, told: Spans[Quantity]) -> bool:
    """A window after a figure is that figure's; one before it holds for all that follow, unless it closes another."""
    if span.start >= own.end:
        return not told.between(own.end, span.start)
    before = told.between(clause.start, span.start)
    return not before or not COMMAS.isdisjoint(Span(before[-1][0].end, span.start).of(text))


def _around(view: View, span: Span) -> _Window:
    """The duration at `span` with the words before and behind it that make it a window."""
    tokens, lexicon = view.tokens, view.lexicon
    first, end = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
    bound = view.before(first, lexicon.qualifiers)
    start, stop = _opener(view, first if bound is None else bound), view.after(end, lexicon.during_after)
    named = _named(view, first) or view.before(end, lexicon.during_after) is not None
    return _Window(
        first=first if start is None else start,
        end=end if stop is None else stop,
        tied=named or start is not None or stop is not None,
        event=_since(view, first if bound is None else bound, end),
        attribute=any(_compounds(view, i) for i in range(first, end + 1)),
    )


def _named(view: View, first: int) -> bool:
    """Whether the time's own words open a window or tell a rate."""
    lexicon = view.lexicon
    opened = any(view.after(first, phrases) is not None for phrases in (lexicon.during, lexicon.first, lexicon.past))
    return opened or view.after(first, lexicon.every) is not None


def _since(view: View, first: int, end: int) -> bool:
    """Whether the duration is counted from an event or from a moment that the text tells ("two days later")."""
    elsewhere = view.lexicon.elsewhere
    told = view.before(end, elsewhere), view.after(end, elsewhere), view.after(first, elsewhere)
    return since(view, first, end) or any(at is not None for at in (*told, view.before(first, elsewhere)))


def _compounds(view: View, i: int) -> bool:
    """Whether a dash ties token `i` to what it tells of ("nine-day"), not to another number ("two-three")."""
    forms = view.tokens.forms
    if not 0 < i < len(forms) - 1 or forms[i] not in _DASHES or not view.adjacent(i) or not view.adjacent(i + 1):
        return False
    return not view.lexicon.roles[forms[i + 1]] & NUMBER


def _opener(view: View, first: int) -> int | None:
    """Start of the words before token `first` that make a window; an article may stand between."""
    lexicon = view.lexicon
    article = view.before(first, lexicon.articles, 2)
    for place in (first,) if article is None else (first, article):
        for phrases in (lexicon.during, lexicon.first, lexicon.past):
            start = view.before(place, phrases)
            if start is not None:
                return start
    return None


def _is_tied(around: _Window, found: Quantity) -> bool:
    """Whether words make the duration a window; a time since an event is one for running counts only."""
    if around.attribute:
        return False
    return found.unit in RUNNING if around.event else around.tied


def _ties(view: View, around: _Window, found: Quantity, left: int) -> bool:
    """Whether the duration goes with this figure: nothing that turns to something else stands between the two.

    One that opens the clause holds for all of it. One that nothing ties must stand right beside the figure.
    """
    after = around.first >= found.end
    between = range(found.end, around.first) if after else range(around.end, found.first)
    if around.attribute or not (_is_tied(around, found) or not (around.event or between)):
        return False
    if not after and _opens(view, around.first, left):
        return True
    commas = not around.event and any(view.tokens.forms[i] in COMMAS for i in between)
    return not commas and not any(_turns(view, i) for i in between)


def _opens(view: View, first: int, left: int) -> bool:
    """Whether a clause begins at token `first`, but for one word ("but in two days")."""
    if first - left <= 1:
        return True
    forms = view.tokens.forms
    return (
        any(forms[i] in COMMAS for i in (first - 1, first - 2)) or view.before(first, view.lexicon.openers) is not None
    )


def _turns(view: View, i: int) -> bool:
    """Whether token `i` coordinates or subordinates, also as a letter written onto a word («ويستغرق»)."""
    letters = tuple(view.lexicon.words.language.proclitics)
    joined = bool(letters) and len(view.written[i]) > 1 and view.written[i].startswith(letters)
    return joined or view.lexicon.turning.at(view.tokens, i) is not None
