"""Crew: worker processes, each on its own pipe, so that a dead one is known with the very part it held."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any

from sayso.engines.engine import Failure, attempt, failure

TRIES = 2
_LEAVE_SECONDS = 5.0
_INDEX_BYTES = 8


@dataclass(slots=True)
class Task:
    """A part on its way."""

    index: int
    part: Any
    tries: int = 0


class Worker:
    """One process that takes parts and gives results until its pipe is closed."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        context = _context()
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, function), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None

    def give(self, task: Task) -> None:
        """Hand over a part. Raises what pickling raises."""
        message = task.index.to_bytes(_INDEX_BYTES, "big") + ForkingPickler.dumps(task.part)
        self.task = task
        # A worker that died while idle is noticed by `take`, and the part is tried again.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send_bytes(message)

    def take(self) -> bytes:
        """The result that stands ready, pickled. Raises EOFError or OSError when the process died over it."""
        return self.pipe.recv_bytes()

    def leave(self, now: bool) -> None:
        """End the process: at once, or when it sees that no more parts come."""
        self.pipe.close()
        if now:
            self.process.kill()
        self.process.join(_LEAVE_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Crew:
    """At most `size` workers for one function; a context manager that leaves no process behind."""

    def __init__(self, function: Callable[[Any], Any], size: int) -> None:
        self._function = function
        self._size = size
        self._idle: list[Worker] = []
        self._busy: list[Worker] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in (*self._busy, *self._idle):
            worker.leave(now=kind is not None or worker in self._busy)

    @property
    def busy(self) -> bool:
        """Whether any part is being worked on."""
        return bool(self._busy)

    @property
    def free(self) -> bool:
        """Whether another part can be begun."""
        return len(self._busy) < self._size

    def begin(self, task: Task) -> Failure | None:
        """Start on a part; a Failure at once when it cannot be sent to a process."""
        worker = self._idle.pop() if self._idle else Worker(self._function)
        try:
            worker.give(task)
        except Exception as error:  # noqa: BLE001 - pickling runs the part's own code, which may raise anything
            self._idle.append(worker)
            return failure(task.index, error)
        self._busy.append(worker)
        return None

    def finished(self, block: bool) -> Iterator[tuple[Task, Any]]:
        """Parts that are done, each with its result, or with itself when its worker died and it is due again.

        Waits until there are some when `block` is true.
        """
        ready = wait([worker.pipe for worker in self._busy], None if block else 0)
        for worker in [worker for worker in self._busy if worker.pipe in ready]:
            self._busy.remove(worker)
            task = worker.task
            assert task is not None
            try:
                message = worker.take()
            except (EOFError, OSError):
                worker.leave(now=False)
                yield task, self._died(task, worker.process.exitcode)
            else:
                self._idle.append(worker)
                yield task, attempt(ForkingPickler.loads, task.index, message)

    def _died(self, task: Task, exit_code: int | None) -> Task | Failure:
        task.tries += 1
        if task.tries < TRIES:
            return task
        reason = f"its process ended {TRIES} times before it was done (last exit code {exit_code})"
        return Failure(task.index, "WorkerDied", reason)


def _context() -> ForkServerContext | SpawnContext:
    """Never plain fork: a child forked beside threads (ONNX Runtime's, say) may wait on their locks for ever."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def _serve(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """A worker's life. Ctrl-C is the parent's business; a dead parent ends the worker at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _patient()
    threading.Thread(target=_follow_parent, daemon=True).start()
    while True:
        try:
            message = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_answer(function, message))


def _patient() -> None:
    """Look for cyclic garbage less often: what was loaded once (models, word lists) is looked through each time.

    A fifth of the time of reading pages went there.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _answer(function: Callable[[Any], Any], message: bytes) -> memoryview:
    """The pickled result, or the pickled Failure when the part, the work or the result fails."""
    index, packed = int.from_bytes(message[:_INDEX_BYTES], "big"), message[_INDEX_BYTES:]
    answer = attempt(lambda part: ForkingPickler.dumps(function(ForkingPickler.loads(part))), index, packed)
    return ForkingPickler.dumps(answer) if isinstance(answer, Failure) else answer
