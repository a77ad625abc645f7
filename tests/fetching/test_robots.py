from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.fetching.serving import answer, redirect, serving

from sayso.documents.nouns import Capture
from sayso.errors import FetchError
from sayso.fetching.addresses import parsed
from sayso.fetching.fetch import Fetcher
from sayso.fetching.robots import KEPT, KEPT_UNREACHABLE, Robots
from sayso.fetching.settings import Settings

LOCAL = Settings(private=True, pause=0.0, seconds=5.0)
RULES = b"User-agent: *\nDisallow: /\n\nUser-agent: sayso\nDisallow: /closed\nCrawl-delay: 7\n"


class Hosts:
    """Plays the network: what each robots.txt brings, and a clock."""

    def __init__(self, found: bytes | FetchError) -> None:
        self.found, self.asked, self.now = found, 0, 0.0

    def ask(self, _url: str) -> bytes:
        self.asked += 1
        if isinstance(self.found, FetchError):
            raise self.found
        return self.found

    def robots(self) -> Robots:
        return Robots(self.ask, "sayso", lambda: self.now)


def test_rules_are_heeded_and_asked_for_once_a_day() -> None:
    hosts = Hosts(RULES)
    robots = hosts.robots()
    assert robots.permit(parsed("https://n.example/open")) == 7.0
    with pytest.raises(FetchError, match=r"asks programs not to fetch it \(https://n.example/robots.txt\)"):
        robots.permit(parsed("https://n.example/closed/1"))
    assert hosts.asked == 1
    robots.permit(parsed("https://n.example:8443/open"))
    assert hosts.asked == 2
    hosts.now = KEPT + 1
    robots.permit(parsed("https://n.example/open"))
    assert hosts.asked == 3


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (302, True), (429, False), (500, False), (None, False)]
)
def test_what_stands_for_no_rules(status: int | None, allowed: bool) -> None:
    hosts = Hosts(FetchError("x", "was not there", status))
    robots = hosts.robots()
    if allowed:
        assert robots.permit(parsed("https://n.example/a")) == 0.0
        return
    with pytest.raises(FetchError, match="without which nothing is fetched"):
        robots.permit(parsed("https://n.example/a"))
    hosts.found, hosts.now = b"", KEPT_UNREACHABLE + 1
    assert robots.permit(parsed("https://n.example/a")) == 0.0


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00", b"User-agent", b"Disallow: /", b"Crawl-delay: x\nUser-agent: *\nCrawl-delay: -1"]
)
def test_odd_files_close_nothing(body: bytes) -> None:
    assert Hosts(body).robots().permit(parsed("https://n.example/a")) <= 0.0


def test_robots_over_the_network() -> None:
    with serving() as site:
        site.routes |= {"/robots.txt": redirect("/rules"), "/rules": answer(RULES, Content_Type="text/plain")}
        site.routes |= {"/a": redirect("/closed"), "/closed": answer(b"x"), "/b": answer(b"x")}
        waited: list[float] = []
        fetcher = Fetcher(LOCAL, sleep=waited.append)
        with pytest.raises(FetchError, match="asks programs not to fetch"):
            fetcher.get(f"{site.url}/a")
        assert [path for path, _ in site.asked] == ["/robots.txt", "/rules", "/a"]
        assert isinstance(fetcher.get(f"{site.url}/b"), Capture)
        assert 6 < waited[-1] <= 7


@pytest.mark.parametrize(("links", "allowed"), [(5, True), (9, True)])
def test_many_redirects_of_robots_count_as_none(links: int, allowed: bool) -> None:
    with serving() as site:
        site.routes |= {f"/r{n}": redirect(f"/r{n + 1}") for n in range(links)}
        site.routes |= {"/robots.txt": redirect("/r0"), "/b": answer(b"x")}
        assert isinstance(Fetcher(LOCAL).get(f"{site.url}/b"), Capture) == allowed
        assert len(site.asked) == min(links + 2, 6) + 1


def test_why_and_how_long_nothing_is_fetched_goes_on_to_each_address() -> None:
    for told, lasting, wait in (
        (FetchError("x", "leads to 127.0.0.1", lasting=True), True, None),
        (FetchError("x", "is asked too often", 429, 900.0), False, 900.0 - 5),
        (FetchError("x", "is asked too often", 429, 30.0), False, KEPT_UNREACHABLE - 5),
        (FetchError("x", "asks us to stay away", wait=60.0), False, 60.0 - 5),
        (FetchError("x", "has a fault", 500), False, None),
    ):
        hosts = Hosts(told)
        robots = hosts.robots()
        for hosts.now in (0.0, 5.0):
            with pytest.raises(FetchError) as raised:
                robots.permit(parsed("https://n.example/a"))
        assert (raised.value.lasting, raised.value.wait, raised.value.status) == (lasting, wait, None), told
        assert hosts.asked == 1


def test_who_waits_for_a_turn_hears_what_the_host_said_meanwhile() -> None:
    with serving() as site:
        begun = threading.Event()

        def busy(_: dict[str, str]) -> bytes:
            begun.set()
            time.sleep(0.3)
            return answer(b"", "429 Too Many Requests", Retry_After="90")

        site.routes |= {"/known": answer(b"x"), "/busy": busy, "/next": answer(b"x")}
        fetcher = Fetcher(LOCAL)
        fetcher.get(f"{site.url}/known")
        with ThreadPoolExecutor(1) as thread:
            first = thread.submit(fetcher.get, f"{site.url}/busy")
            assert begun.wait(5)
            with pytest.raises(FetchError, match=r"stay away for (90|89) seconds"):
                fetcher.get(f"{site.url}/next")
            with pytest.raises(FetchError, match="too often"):
                first.result()
        assert site.paths() == ["/known", "/busy"]
