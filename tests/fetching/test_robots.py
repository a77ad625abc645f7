from __future__ import annotations

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
