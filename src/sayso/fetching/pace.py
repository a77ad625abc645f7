"""Pace: one request at a time to a host, with a pause between, and none while a host asks us to stay away."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SLOWEST = 60.0
"""Seconds between two requests that a site may ask for and get; sites that ask for more get this."""


@dataclass(slots=True)
class _Host:
    turn: threading.Lock = field(default_factory=threading.Lock)
    next: float = 0.0
    held: float = 0.0


class Pace:
    """Keeps the turns of all hosts; any number of threads may share one. Times in seconds."""

    def __init__(
        self,
        pause: float,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause, self._sleep, self._clock = pause, sleep, clock
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._all = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float = 0.0) -> Iterator[None]:
        """Wait for one's turn, and keep the host to oneself; `delay` is what its robots.txt asks for."""
        one = self._host(host)
        with one.turn:
            self._sleep(max(one.next - self._clock(), 0.0))
            try:
                yield
            finally:
                one.next = self._clock() + max(self._pause, min(delay, SLOWEST))

    def hold(self, host: str, seconds: float) -> None:
        """Send nothing to the host for so long."""
        one = self._host(host)
        one.held = max(one.held, self._clock() + seconds)

    def held(self, host: str) -> float:
        """For how many seconds nothing is to be sent to the host; 0 when it may be asked."""
        return max(self._host(host).held - self._clock(), 0.0)

    def _host(self, host: str) -> _Host:
        with self._all:
            return self._hosts[host]
