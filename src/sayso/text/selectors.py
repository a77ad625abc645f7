"""Selectors: a span that can be found again in a text that has changed around it (W3C TextQuoteSelector)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from sayso.text.span import Span

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Selector:
    """A span with its words and up to 32 code points on both sides."""

    span: Span
    exact: str
    prefix: str
    suffix: str


def select(text: str, span: Span) -> Selector:
    """The selector of `span` in `text`. Raises ValueError when the span does not lie inside the text."""
    if not 0 <= span.start <= span.end <= len(text):
        raise ValueError(f"{span} does not lie inside a text of {len(text)} characters")
    prefix = text[max(0, span.start - CONTEXT) : span.start]
    return Selector(span, span.of(text), prefix, text[span.end : span.end + CONTEXT])


def find(text: str, selector: Selector) -> Span | None:
    """Where the selected words stand now: same place and context, else the best context, then the nearest; or None."""
    if _still_there(text, selector):
        return selector.span
    best: tuple[int, int, int] | None = None
    for start in _occurrences(text, selector.exact):
        agreement = _agreement(text, start, selector)
        rank = (-agreement, abs(start - selector.span.start), start)
        if best is None or rank < best:
            best = rank
    return None if best is None else Span(best[2], best[2] + len(selector.exact))


def _still_there(text: str, selector: Selector) -> bool:
    """True when words and context stand in `text` exactly where they were selected."""
    span = selector.span
    return span.end <= len(text) and select(text, span) == selector


def _occurrences(text: str, exact: str) -> Iterator[int]:
    start = text.find(exact)
    while start >= 0:
        yield start
        start = text.find(exact, start + 1)


def _agreement(text: str, start: int, selector: Selector) -> int:
    """How many code points of context agree, counted outwards from the words."""
    before = text[max(0, start - len(selector.prefix)) : start]
    end = start + len(selector.exact)
    after = text[end : end + len(selector.suffix)]
    return _shared(reversed(before), reversed(selector.prefix)) + _shared(after, selector.suffix)


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """How many leading characters are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
