from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from tests.fetching.serving import answer, serving

from sayso.fetching.fetch import Fetcher
from sayso.fetching.pace import SLOWEST, Pace
from sayso.fetching.settings import Settings


def test_turns_leave_the_longer_of_pause_and_delay() -> None:
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(1.0, sleep, lambda: now[0])
    for delay in (0.0, 5.0, 500.0, 0.0):
        with pace.turn("n.example:443", delay):
            now[0] += 0.25
    with pace.turn("other.example:443"):
        pass
    assert slept == [0.0, 1.0, 5.0, SLOWEST, 0.0]


def test_a_host_is_held_for_the_longest_time_asked() -> None:
    now = [0.0]
    pace = Pace(1.0, clock=lambda: now[0])
    pace.hold("n.example:443", 60)
    pace.hold("n.example:443", 10)
    now[0] = 20.0
    assert (pace.held("n.example:443"), pace.held("other.example:443")) == (40.0, 0.0)


def test_one_request_at_a_time_to_a_host_and_hosts_side_by_side() -> None:
    both = threading.Barrier(2, timeout=5)

    def meet(_asked: dict[str, str]) -> bytes:
        both.wait()
        return answer(b"x")

    with serving() as one, serving("127.0.0.2") as other, ThreadPoolExecutor(6) as threads:
        for site in (one, other):
            site.routes = {"/meet": meet, **{f"/{n}": answer(b"x") for n in range(3)}}
        fetcher = Fetcher(Settings(private=True, pause=0.1))
        meeting = [threads.submit(fetcher.get, f"{site.url}/meet") for site in (one, other)]
        assert all(future.result() for future in meeting)
        began = time.monotonic()
        rest = [threads.submit(fetcher.get, f"{one.url}/{n}") for n in range(3)]
        assert all(future.result() for future in rest)
    assert time.monotonic() - began >= 0.3
    spans = sorted(one.times)
    assert all(later[0] - sooner[1] >= 0.08 for sooner, later in pairwise(spans))
