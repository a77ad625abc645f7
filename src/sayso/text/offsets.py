"""Offsets: a text made from another one, and the way back; carried while it is made, never recovered by searching."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.text.span import Span


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and, piece by piece, where in the raw text it came from.

    Piece i is `text[clean[i]:clean[i+1]]`, made from `raw[i]` up to `raw[i+1]` of the raw text. Pieces of equal length
    match code point by code point; all others are wholes: whatever touches them goes to the whole of the other side.
    """

    text: str
    clean: array[int]
    raw: array[int]

    @classmethod
    def same(cls, text: str) -> Mapped:
        """A text in which nothing has moved."""
        return cls(text, _points(len(text)), _points(len(text)))

    def to_raw(self, span: Span) -> Span:
        """Where `span` of `text` came from in the raw text."""
        return _carry(span, self.clean, self.raw)

    def to_clean(self, span: Span) -> Span:
        """What became of `span` of the raw text; empty when all of it was dropped."""
        return _carry(span, self.raw, self.clean)


def edited(raw: str, edits: Iterable[tuple[int, int, str]]) -> Mapped:
    """`raw` with each `[start, end)` replaced; edits come in order, do not overlap, and change something."""
    parts: list[str] = []
    clean_points, raw_points = _points(), _points()
    length = previous = 0
    for start, end, replacement in edits:
        if start > previous:
            parts.append(raw[previous:start])
            length += start - previous
            clean_points.append(length)
            raw_points.append(start)
        parts.append(replacement)
        length += len(replacement)
        clean_points.append(length)
        raw_points.append(end)
        previous = end
    if previous < len(raw) or len(raw_points) == 1:
        parts.append(raw[previous:])
        clean_points.append(length + len(raw) - previous)
        raw_points.append(len(raw))
    return Mapped("".join(parts), clean_points, raw_points)


def _points(*after_zero: int) -> array[int]:
    """A long text has millions of them: eight bytes each, no objects."""
    return array("Q", (0, *after_zero))


def _carry(span: Span, here: array[int], there: array[int]) -> Span:
    """`span` from the side with the points `here` to the side with the points `there`."""
    if span.start >= span.end:
        point = _point(span.start, here, there)
        return Span(point, point)
    first = bisect_right(here, span.start) - 1
    last = bisect_left(here, span.end) - 1
    start = there[first]
    if here[first + 1] - here[first] == there[first + 1] - there[first]:
        start += span.start - here[first]
    end = there[last + 1]
    if here[last + 1] - here[last] == there[last + 1] - there[last]:
        end -= here[last + 1] - span.end
    return Span(start, end)


def _point(point: int, here: array[int], there: array[int]) -> int:
    """A position between characters; inside a whole it goes to the whole's start."""
    piece = min(bisect_right(here, point) - 1, len(here) - 2)
    if here[piece + 1] == point:
        return there[piece + 1]
    if here[piece + 1] - here[piece] == there[piece + 1] - there[piece]:
        return there[piece] + point - here[piece]
    return there[piece]
