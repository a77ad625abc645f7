from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.fetching.outlet import outlet
from tests.fetching.serving import answer, redirect, serving

from sayso import workspace
from sayso.documents.nouns import Capture
from sayso.errors import FetchError
from sayso.fetching.addresses import parsed
from sayso.fetching.fetch import Fetcher
from sayso.fetching.kept import KEPT, Kept
from sayso.fetching.robots import KEPT_UNREACHABLE, Robots
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

    def robots(self, kept: Kept | None = None) -> Robots:
        return Robots(self.ask, "sayso", lambda: self.now, kept)


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
    ("later", "asked"),
    [(0.0, 0), (KEPT - 1, 0), (KEPT + 1, 1), (-60.0, 1)],  # the last: the clock was set back
)
@pytest.mark.parametrize("found", [RULES, FetchError("x", "was not there", 404)])
def test_what_a_run_was_told_holds_for_the_next_ones_of_a_day(
    tmp_path: Path, found: bytes | FetchError, later: float, asked: int
) -> None:
    folder, origins = tmp_path / "robots", ("https://n.example", "http://n.example:8080", "http://[2001:db8::1]")
    hosts, next_run = Hosts(found), Hosts(found)
    first = hosts.robots(Kept(folder, lambda: 1000.0))
    second = next_run.robots(Kept(folder, lambda: 1000.0 + later + next_run.now))
    for origin in origins:
        assert first.permit(parsed(f"{origin}/a")) == second.permit(parsed(f"{origin}/a"))
    assert (hosts.asked, next_run.asked) == (len(origins), asked * len(origins))
    assert len(list(folder.iterdir())) == len(origins)
    if not asked:
        next_run.now = KEPT - later + 1
        second.permit(parsed("https://n.example/a"))
        assert next_run.asked == 1


@pytest.mark.parametrize("found", [RULES, b"", FetchError("x", "was not there", 404)])
def test_a_kept_file_without_a_byte_says_nothing(tmp_path: Path, found: bytes | FetchError) -> None:
    folder = tmp_path / "robots"
    Hosts(found).robots(Kept(folder)).permit(parsed("https://n.example/a"))
    (file,) = folder.iterdir()
    assert file.read_bytes() != b""
    file.write_bytes(b"")
    hosts = Hosts(RULES)
    with pytest.raises(FetchError, match="asks programs not to fetch it"):
        hosts.robots(Kept(folder)).permit(parsed("https://n.example/closed"))
    assert hosts.asked == 1


def test_what_is_kept_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[int, list[str]]] = []

    def sync(handle: int) -> None:
        synced.append((os.fstat(handle).st_size, [path.name for path in tmp_path.glob("robots/*.txt")]))

    monkeypatch.setattr(os, "fsync", sync)
    Kept(tmp_path / "robots").put("https://n.example", RULES)
    assert synced == [(len(RULES), [])]
    assert len(list(tmp_path.glob("robots/*.txt"))) == 1


def test_what_killed_runs_left_and_old_answers_go(tmp_path: Path) -> None:
    folder, now = tmp_path / "robots", time.time()
    folder.mkdir()
    for name, age in (
        ("tmpa1", 2 * KEPT),
        ("tmpb2", 60),
        ("old.txt", 2 * KEPT),
        ("new.txt", 60),
        ("note.md", 2 * KEPT),
    ):
        (folder / name).write_bytes(RULES)
        os.utime(folder / name, (now - age, now - age))
    Kept(folder).put("https://n.example", RULES)
    ours = "https%3A%2F%2Fn.example.txt"
    assert sorted(path.name for path in folder.iterdir()) == [ours, "new.txt", "note.md", "tmpb2"]


def test_what_the_first_read_into_a_new_ledger_was_told_holds_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_PRIVATE", "1")
    ledger = workspace.open_ledger(tmp_path / "new" / "ledger")
    with outlet(1) as site:
        site.routes |= {"/robots.txt": answer(b"User-agent: *\nDisallow: /no\n"), "/no": site.routes["/1"]}
        assert len(workspace.read([f"{site.url}/1"], ledger, tagger=False).new) == 1
        (failure,) = workspace.read([f"{site.url}/no"], ledger, tagger=False).failures
        assert "asks programs not to fetch it" in str(failure)
        assert [path for path, _ in site.asked] == ["/robots.txt", "/1"]


@pytest.mark.parametrize("status", [429, 500, None])
def test_that_nothing_may_be_fetched_for_now_is_not_kept(tmp_path: Path, status: int | None) -> None:
    hosts = Hosts(FetchError("x", "was not there", status))
    with pytest.raises(FetchError):
        hosts.robots(Kept(tmp_path / "robots")).permit(parsed("https://n.example/a"))
    assert not (tmp_path / "robots").exists()


def test_a_folder_that_cannot_be_used_costs_a_request_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "none" / "robots", None):
        hosts = Hosts(RULES)
        for _ in range(2):
            assert hosts.robots(Kept(folder)).permit(parsed("https://n.example/open")) == 7.0
        assert hosts.asked == 2
    long = Hosts(RULES)
    assert long.robots(Kept(tmp_path / "robots")).permit(parsed(f"https://{'n.' * 120}example/open")) == 7.0
    assert [path.name for path in tmp_path.glob("robots/*")] == []


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
