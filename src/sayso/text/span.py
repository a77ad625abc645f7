"""Span: a half-open interval of code points (W3C TextPositionSelector)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)` in code points of one text; `Span(2, 5).of("abcdef") == "cde"`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points; never negative for a valid span."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` inside the span."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """How many code points both spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        """True when `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same span `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def trim(self, text: str, characters: str | None = None) -> Span:
        """Narrowed so that neither edge is white space (or one of `characters`)."""
        inner = self.of(text)
        start = self.start + len(inner) - len(inner.lstrip(characters))
        return Span(start, max(start, self.end - len(inner) + len(inner.rstrip(characters))))


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span around all of `spans`. Raises ValueError when there are none."""
    kept = list(spans)
    if len(kept) == 1:
        return kept[0]
    return Span(min(s.start for s in kept), max(s.end for s in kept))
