"""Words: which words of a sentence were kept, lost and got, in pieces that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sayso.linking.edits.looks import Word
from sayso.linking.edits.nouns import Op, Piece
from sayso.linking.edits.sequences import matching
from sayso.text.span import Span

_SMALL: Final = 4  # letters of kept words between changed ones that are too few to be read on their own
_AROUND: Final = 4  # changed words around them from which this holds

Run = tuple[Op, int, int]
"""Words from one place to another of the earlier sentence where they are removed, else of the later one."""


def pieces(before: Sequence[Word], after: Sequence[Word]) -> tuple[Piece, ...]:
    """Pieces in reading order, lost words before those that stand in their place."""
    hunks = _readable(_hunks(before, after), after)
    made: list[Piece] = []
    for kind, start, end in _runs(hunks, len(before), len(after)):
        words = before if kind == "removed" else after
        made.append(Piece(kind, Span(words[start].start, _end(words, end))))
    return tuple(made)


def _end(words: Sequence[Word], end: int) -> int:
    """Where a run ends: at the next word, so that the white space between belongs to the words before it."""
    return words[end].start if end < len(words) else words[-1].end


def _hunks(before: Sequence[Word], after: Sequence[Word]) -> list[tuple[range, range]]:
    """What differs between words that are kept; empty ones on both sides are left out."""
    kept = matching([word.look for word in before], [word.look for word in after])
    edges = [(-1, -1), *kept, (len(before), len(after))]
    found = ((range(i + 1, m), range(j + 1, n)) for (i, j), (m, n) in pairwise(edges))
    return [(ours, theirs) for ours, theirs in found if ours or theirs]


def _readable(hunks: Sequence[tuple[range, range]], after: Sequence[Word]) -> list[tuple[range, range]]:
    """Hunks with so little between them that they are read as one are one."""
    made: list[tuple[range, range]] = []
    for ours, theirs in hunks:
        if made:
            left, right = made[-1]
            between = after[right.stop : theirs.start]
            letters = sum(len(word.look) for word in between if word.form)
            changed = sum(map(len, (ours, theirs, left, right)))
            if letters < _SMALL and changed >= _AROUND and ((ours and left) or (theirs and right)):
                made[-1] = range(left.start, ours.stop), range(right.start, theirs.stop)
                continue
        made.append((ours, theirs))
    return made


def _runs(hunks: Sequence[tuple[range, range]], ours: int, theirs: int) -> Iterator[Run]:
    at = 0
    for left, right in [*hunks, (range(ours, ours), range(theirs, theirs))]:
        if right.start > at:
            yield "same", at, right.start
        if left:
            yield "removed", left.start, left.stop
        if right:
            yield "added", right.start, right.stop
        at = right.stop
