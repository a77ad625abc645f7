"""Crew: worker processes, each on its own pipe, so that a dead one is known with the very part it held."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import Empty, SimpleQueue
from struct import Struct
from types import TracebackType
from typing import Any

from sayso.engines.engine import Failure, attempt, failure

TRIES = 2
_LEAVE_SECONDS = 5.0
_SERVER_SECONDS = 10.0
_PAUSE = 0.02
_INDEX = Struct(">Q")


def start(loaded: Sequence[str]) -> None:
    """Start what workers are forked from and have it load the modules `loaded`, while this process does other things.

    Does nothing where it is started already, or where workers are not forked.
    """
    context = _context()
    if isinstance(context, ForkServerContext):
        context.set_forkserver_preload(["__main__", *loaded])
        resource_tracker.ensure_running()  # which forkserver would start, and let Ctrl-C through again
        with _undisturbed():
            forkserver.ensure_running()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C is held back for a moment: a process that is started now never hears it, and leaves when we do."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(slots=True)
class Task:
    """A part on its way."""

    index: int
    part: Any
    tries: int = 0
    message: bytes = b""
    """The part as it is sent."""

    @property
    def size(self) -> int:
        """Bytes that are sent."""
        return len(self.message)


class Worker:
    """One process that takes parts and gives results until its pipe is closed."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        context = _context()
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, function), daemon=True)
        self.process.start()
        theirs.close()

    def answer(self, message: bytes) -> bytes | None:
        """The pickled result of a part; None when the process died over it."""
        try:
            self.pipe.send_bytes(message)
            return self.pipe.recv_bytes()
        except (EOFError, OSError):
            return None

    def leave(self) -> None:
        """End the process when it sees that no more parts come, or else by force."""
        self.pipe.close()
        self.process.join(_LEAVE_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Crew:
    """At most `size` workers for one function; a context manager that leaves no process behind.

    Each worker is attended by a thread, so that none waits while this process is busy with results.
    """

    def __init__(self, function: Callable[[Any], Any], size: int) -> None:
        self._function = function
        self._size = size
        self._due = SimpleQueue[Task | None]()
        self._done = SimpleQueue[tuple[Task, bytes | int | Exception | None]]()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._workers: list[Worker] = []
        self._closed = False
        self.busy = 0
        """How many parts are begun and not taken back."""

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(Empty):
            while True:
                self._due.get_nowait()
        with self._lock:
            self._closed = True
            if kind is not None:
                for worker in self._workers:
                    worker.process.kill()
        for _ in self._threads:
            self._due.put(None)
        for thread in self._threads:
            thread.join()

    def begin(self, task: Task) -> Failure | None:
        """Start on a part; a Failure at once when it cannot be sent to a process."""
        try:
            task.message = task.message or _INDEX.pack(task.index) + ForkingPickler.dumps(task.part)
        except Exception as error:  # noqa: BLE001 - pickling runs the part's own code, which may raise anything
            return failure(task.index, error)
        self.busy += 1
        if len(self._threads) < min(self.busy, self._size):
            self._threads.append(threading.Thread(target=self._attend, daemon=True))
            self._threads[-1].start()
        self._due.put(task)
        return None

    def finished(self, block: bool) -> Iterator[tuple[Task, Any]]:
        """Parts that are done, each with its result, or with itself when its worker died and it is due again.

        Waits until there is one when `block` is true. Raises what starting a process raises.
        """
        while self.busy and (block or not self._done.empty()):
            block = False
            task, answer = self._done.get()
            self.busy -= 1
            if isinstance(answer, Exception):
                raise answer
            if isinstance(answer, bytes):
                yield task, attempt(ForkingPickler.loads, task.index, answer)
            else:
                yield task, self._died(task, answer)

    def _died(self, task: Task, exit_code: int | None) -> Task | Failure:
        task.tries += 1
        if task.tries < TRIES:
            return task
        reason = f"its process ended {TRIES} times before it was done (last exit code {exit_code})"
        return Failure(task.index, "WorkerDied", reason)

    def _attend(self) -> None:
        """A thread's life: parts to one worker at a time, so that a dead one is known with the very part it held."""
        worker: Worker | None = None
        while (task := self._due.get()) is not None:
            try:
                worker = worker or self._started()
            except Exception as error:  # noqa: BLE001 - a thread cannot raise it to whom it concerns: `finished` does
                self._done.put((task, error))
                continue
            answer = worker.answer(task.message)
            if answer is None:
                worker.leave()
                self._done.put((task, worker.process.exitcode))
                worker = None
            else:
                self._done.put((task, answer))
        if worker:
            worker.leave()

    def _started(self) -> Worker:
        worker = _forked(self._function)
        with self._lock:
            self._workers.append(worker)
            if self._closed:
                worker.process.kill()
        return worker


def _forked(function: Callable[[Any], Any]) -> Worker:
    """A worker, from a new server where the one that workers are forked from died.

    It may have died of what it was to load, so the new one loads nothing: workers do it themselves. A dying server
    refuses connections some time before it is known to be dead. Raises EOFError or ConnectionError when no server
    comes within `_SERVER_SECONDS`.
    """
    until = time.monotonic() + _SERVER_SECONDS
    while True:
        try:
            return Worker(function)
        except (EOFError, ConnectionError):
            if time.monotonic() > until:
                raise
            forkserver.set_forkserver_preload([])
            time.sleep(_PAUSE)


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
    (index,), packed = _INDEX.unpack_from(message), memoryview(message)[_INDEX.size :]
    answer = attempt(lambda part: ForkingPickler.dumps(function(ForkingPickler.loads(part))), index, packed)
    return ForkingPickler.dumps(answer) if isinstance(answer, Failure) else answer
