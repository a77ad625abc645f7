"""Groups: many small items in lots, so large that a lot costs little, so small that little is lost with one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

MOST = 64
LARGEST = 16_000_000
"""Bytes."""
LONGEST = 1.0
"""Seconds that an item waits for others, if they come at all."""


def groups(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Items in order, a group at a time; `size` tells the bytes of one."""
    group: list[T] = []
    held, began = 0, 0.0
    for item in items:
        held, began = (held, began) if group else (0, monotonic())
        group.append(item)
        held += size(item)
        if len(group) == MOST or held > LARGEST or monotonic() - began > LONGEST:
            yield group
            group = []
    if group:
        yield group
