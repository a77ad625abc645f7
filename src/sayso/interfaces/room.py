"""Room: which places of a drawing are taken; asked in the time that what lies near takes, not all of the drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final, NamedTuple

_CELL: Final = 16
"""Pixels of a cell's side: about a mark with what is drawn around it."""


class Box(NamedTuple):
    """A rectangle that something takes up, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """True when the two share any place."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Room:
    """What is taken so far, by cells; `left` and `right` are where the drawing ends."""

    def __init__(self, left: float, right: float, taken: Iterable[Box] = ()) -> None:
        self._left, self._right = left, right
        self._cells: dict[tuple[int, int], set[Box]] = defaultdict(set)
        for box in taken:
            self.take(box)

    def take(self, box: Box) -> None:
        """Nothing else is free there from now on."""
        for cell in _cells(box):
            self._cells[cell].add(box)

    def is_free(self, box: Box) -> bool:
        """True when the box lies between both ends and meets nothing that is taken."""
        if box.left < self._left or box.right > self._right:
            return False
        return not any(box.meets(other) for cell in _cells(box) for other in self._cells.get(cell, ()))


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    columns, rows = (
        range(int(a // _CELL), int(b // _CELL) + 1) for a, b in ((box.left, box.right), (box.top, box.bottom))
    )
    return product(columns, rows)
