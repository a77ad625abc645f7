"""Engine: maps a function over parts of the work, here or elsewhere, in order."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failure:
    """Stands in the place of a part's result when there is none; the other parts are not touched by it."""

    part: int
    """Which part it was, counted from 0."""
    kind: str
    """Name of the exception's class; "WorkerDied" when no exception could be told."""
    reason: str
    trace: str = ""
    """For engineers: where it was raised."""


class Engine(Protocol):
    """Where work is done."""

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R | Failure]:
        """One result for each part, in the order of the parts; a Failure for a part whose function raised.

        `parts` may be endless: only a bounded number of them is drawn before their results are taken. An error of
        `parts` itself ends the map and is raised. Closing the iterator stops the work.
        """
        ...


def attempt(function: Callable[[P], R], index: int, part: P) -> R | Failure:
    """The result of one part, or the Failure that its exception makes."""
    try:
        return function(part)
    except Exception as error:  # noqa: BLE001 - whatever a part raises is handed on in its place, not swallowed
        return failure(index, error)


def failure(index: int, error: Exception) -> Failure:
    """What is told of an exception; text only, since not every exception survives the way between processes."""
    return Failure(index, type(error).__name__, str(error), "".join(traceback.format_exception(error)))


def paired(engine: Engine, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[tuple[P, R | Failure]]:
    """Each part with its result, in order."""
    drawn: deque[P] = deque()

    def drawing() -> Iterator[P]:
        for part in parts:
            drawn.append(part)
            yield part

    for result in engine.map(function, drawing()):
        yield drawn.popleft(), result
