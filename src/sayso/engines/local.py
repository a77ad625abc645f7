"""Engines on this machine: Serial (here and now) and Processes (a crew of worker processes)."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sayso.engines.crew import Crew, Task, start
from sayso.engines.engine import Failure, attempt

P = TypeVar("P")
R = TypeVar("R")

AHEAD = 16
"""How many parts per worker may be drawn before their results are taken."""
LARGEST = 64_000_000
"""Bytes of parts whose results are not taken, from which on no other part is drawn."""


class Serial:
    """Does one part after another in this process."""

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R | Failure]:
        """See Engine."""
        for index, part in enumerate(parts):
            yield attempt(function, index, part)


class Processes:
    """Does up to `workers` parts at once in processes of their own (default: one for each core we may use).

    `function`, parts and results are pickled. A part whose process is killed is tried once more in a new process, then
    it is a Failure. No process outlives the map, the iterator's closing, Ctrl-C, or this process.

    `loaded` names modules that all workers need: they are loaded once, from now on, beside what this process does.
    """

    def __init__(self, workers: int | None = None, loaded: Sequence[str] = ()) -> None:
        self.workers = workers or cores()
        if loaded:
            start(loaded)

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R | Failure]:
        """See Engine."""
        coming = (Task(index, part) for index, part in enumerate(parts))
        again: deque[Task] = deque()
        done: dict[int, R | Failure] = {}
        sizes: dict[int, int] = {}
        told = 0
        with Crew(function, self.workers) as crew:
            while True:
                while again or (len(sizes) < self.workers * AHEAD and sum(sizes.values()) < LARGEST):
                    task = again.popleft() if again else next(coming, None)
                    if task is None:
                        break
                    refused = crew.begin(task)
                    sizes[task.index] = task.size
                    if refused:
                        done[task.index] = refused
                ready = told in done
                if not ready and not crew.busy:
                    return
                for task, result in crew.finished(block=not ready):
                    if result is task:
                        again.append(task)
                    else:
                        done[task.index] = result
                if told in done:
                    yield done.pop(told)
                    del sizes[told]
                    told += 1


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
