from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from tests.fetching.serving import answer, serving

from sayso.documents.nouns import Capture
from sayso.errors import FetchError
from sayso.fetching.addresses import parsed, server_of
from sayso.fetching.fetch import Fetcher
from sayso.fetching.pace import SLOWEST, Pace
from sayso.fetching.settings import Settings
from sayso.fetching.several import Want, several


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


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("https://n.example/a", "n.example:443"),
        ("https://N.Example:443/b#top", "n.example:443"),
        (" https://n.example.", "n.example:443"),
        ("http://n.example/a", "n.example:80"),
        ("http://n.example:8080/a", "n.example:8080"),
        ("https://www.n.example/a", "www.n.example:443"),
        ("https://почта.example/a", "xn--80a1acny.example:443"),
        ("https://xn--80a1acny.example/b", "xn--80a1acny.example:443"),
        ("http://[2001:db8::1]:81/", "2001:db8::1:81"),
    ],
)
def test_host_and_port_are_the_same_however_they_are_spelled(url: str, server: str) -> None:
    assert server_of(url) == server_of(parsed(url)) == server


def test_several_lines_up_what_is_of_one_host_and_port_and_tells_what_cannot_be_fetched() -> None:
    with serving() as one, serving() as other:
        for site in (one, other):
            site.routes = {f"/{n}": answer(b"x") for n in range(3)}
        spelled = one.url.replace("http", "HTTP")
        wants = [f"{one.url}/0", f"{spelled}/1", f"{one.url}/2", *(f"{other.url}/{n}" for n in range(3)), "no address"]
        fetcher = Fetcher(Settings(private=True, pause=0.1))
        found = {want.url: got for want, got in several(fetcher, map(Want, wants, wants), threading.Event())}
    assert isinstance(found.pop("no address"), FetchError)
    assert [type(got) for got in found.values()] == [Capture] * 6
    for site in (one, other):
        assert site.paths() == ["/0", "/1", "/2"]
        assert all(later[0] - sooner[1] >= 0.08 for sooner, later in pairwise(sorted(site.times)))
