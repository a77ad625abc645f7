"""Watching feeds and pages of an outlet on loopback, with a clock that the tests set."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.fetching.outlet import Clock, as_feed, feed, item, outlet, page, unless
from tests.fetching.serving import Answer, answer, redirect, serving
from typer.testing import CliRunner

from sayso import workspace
from sayso.documents.nouns import Capture, Record
from sayso.documents.warcs.recorded import recorded
from sayso.errors import FetchError, InputError
from sayso.fetching.fetch import Fetcher
from sayso.fetching.received import NotChanged
from sayso.fetching.settings import Settings
from sayso.interfaces import changes_words
from sayso.interfaces.cli import app
from sayso.interfaces.commands.watching import until_stopped
from sayso.ledger.ledger import Ledger
from sayso.workspace.dues import Plan
from sayso.workspace.visits import Visit
from sayso.workspace.watching import Round

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
LOGIN = b"<html><body><form>Log in to read</form></body></html>"
LOCAL = Settings(private=True, pause=0.0, seconds=5.0)
PLAN = Plan(every=900, again=(3600, 21_600), lasting=0, tagger=False)


class Desk:
    """Who watches: a ledger, a clock, and one round at a time."""

    def __init__(self, folder: Path) -> None:
        self.ledger, self.clock = Ledger(folder / "ledger"), Clock()

    def round(self, *sources: str, plan: Plan = PLAN) -> Round:
        found = list(workspace.watch(sources, self.ledger, plan, Fetcher(LOCAL), now=self.clock))
        return found[0] if found else Round(())

    def visit(self, source: str, plan: Plan = PLAN) -> Visit:
        (found,) = self.round(source, plan=plan).visits
        return found

    def due_in(self, visit: Visit) -> float:
        assert visit.due is not None
        return (datetime.fromisoformat(visit.due) - self.clock.at).total_seconds()

    def articles(self) -> int:
        return workspace.counts(self.ledger)["articles"]

    def records(self) -> int:
        import sqlite3

        with sqlite3.connect(self.ledger.path) as found:
            return int(found.execute("SELECT count(*) FROM records").fetchone()[0])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_feed_is_read_once_and_then_only_when_it_is_due(desk: Desk) -> None:
    with outlet(1, 2) as site:
        first = desk.visit(f"{site.url}/feed")
        assert (len(first.new), first.title, first.failed) == (2, "North Gazette", [])
        assert desk.due_in(first) == 900
        assert sorted(site.paths()) == ["/1", "/2", "/feed"]
        again = desk.visit(f"{site.url}/feed")
        assert again.said == f"is not due before {first.due}; --now visits it all the same"
        assert len(site.paths()) == 3
        assert not desk.visit(f"{site.url}/feed", replace(PLAN, now=True)).asleep
        assert site.paths().count("/feed") == 2
    with desk.ledger.view() as view:
        version = view.version(first.new[0])
        capture = view.capture(version.digest)
        assert (version.outlet, capture.body, capture.url) == ("North Gazette", page(1), f"{site.url}/1")
        assert capture.record is not None
        assert [record.kind for record in capture.record.beside] == ["request"]


def test_an_address_that_none_can_encode_costs_its_neighbours_nothing(desk: Desk) -> None:
    with outlet(1, 3) as site:
        odd = item(site, 2).replace(f"{site.url}/2", "https://xn--/2")
        site.routes["/feed"] = as_feed(feed(item(site, 1), odd, item(site, 3)))
        found = desk.visit(f"{site.url}/feed")
        assert len(found.new) == 2
        (failure,) = found.failed
        assert str(failure).startswith("https://xn--/2: is no address that can be fetched")


def test_unchanged_feeds_are_asked_ever_more_seldom(desk: Desk) -> None:
    with outlet(1) as site:
        whole = site.routes["/feed"]
        site.routes["/feed"] = unless('"a"', whole)
        visit = desk.visit(f"{site.url}/feed", replace(PLAN, again=()))
        waits = []
        for _ in range(5):
            desk.clock.go(seconds=desk.due_in(visit))
            visit = desk.visit(f"{site.url}/feed", replace(PLAN, again=()))
            waits.append(desk.due_in(visit))
        assert waits == [1350, 2025, 3037, 3600, 3600] or waits == [1350, 2025, 3038, 3600, 3600]
        assert [asked.get("if-none-match") for path, asked in site.asked if path == "/feed"][1:] == ['"a"'] * 5
        assert site.paths().count("/1") == 1


def test_a_feed_that_sends_the_same_again_is_not_archived_again(desk: Desk) -> None:
    with outlet(1) as site:
        desk.visit(f"{site.url}/feed", replace(PLAN, again=()))
        before = desk.records()
        desk.clock.go(hours=1)
        assert desk.visit(f"{site.url}/feed", replace(PLAN, again=())).failed == []
        assert site.paths().count("/feed") == 2
        assert desk.records() == before


def test_pages_are_fetched_again_and_changes_become_versions(desk: Desk) -> None:
    with outlet(1, 2) as site:
        site.routes["/2"] = unless('"two"', answer(page(2)))
        ids = sorted(desk.visit(f"{site.url}/feed").new)
        site.routes["/1"] = answer(page(1, weeks=5))
        desk.clock.go(seconds=3599)
        assert desk.visit(f"{site.url}/feed").newer == []
        desk.clock.go(seconds=1)
        later = desk.visit(f"{site.url}/feed")
        assert (len(later.newer), later.unchanged) == (1, 1)
        with desk.ledger.view() as view:
            assert [len(view.history(id)) for id in ids] in ([1, 2], [2, 1])
            assert "for 5 weeks" in view.version(later.newer[0]).text
        site.routes["/1"] = answer(page(1, weeks=5, extra="<!-- another advertisement -->"))
        desk.clock.go(hours=6)
        last = desk.visit(f"{site.url}/feed")
        assert (last.newer, last.unchanged) == ([], 2)
        desk.clock.go(days=30)
        desk.visit(f"{site.url}/feed")
        assert site.paths().count("/1") == 3


def test_a_later_run_applies_its_times_to_the_pages_that_it_knows(desk: Desk) -> None:
    with outlet(1) as site:
        for again, seconds, fetched in (
            ((5,), 0, 1),
            ((5,), 5, 2),
            ((5,), 3600, 2),
            ((5, 7200), 0, 2),
            ((), 3595, 3),
            ((5, 7200), 86_400, 3),
            ((86_400,), 0, 4),
            ((60,), 86_400, 4),
        ):
            desk.clock.go(seconds=seconds)
            desk.visit(f"{site.url}/feed", replace(PLAN, again=again))
            assert site.paths().count("/1") == fetched, again


@pytest.mark.parametrize(
    ("found", "status", "how"),
    [
        (answer(status="404 Not Found"), 404, "gone (HTTP 404)"),
        (answer(status="410 Gone"), 410, "gone (HTTP 410)"),
        (answer(LOGIN), None, "held no article"),
        (unless('"login"', answer(LOGIN)), None, "held no article"),
    ],
)
@pytest.mark.parametrize("source", ["feed", "1"])
def test_a_page_that_lost_its_article_is_told(
    desk: Desk, found: Answer, status: int | None, how: str, source: str
) -> None:
    with outlet(1, 2) as site:
        ids = desk.visit(f"{site.url}/{source}").new
        site.routes["/1"], article = found, site.routes["/1"]
        first = desk.clock.at + timedelta(hours=1)
        plan, tellings = replace(PLAN, now=True), 0
        for _ in range(2):
            desk.clock.go(hours=1)
            tellings += len(desk.visit(f"{site.url}/{source}", plan).gone)
            desk.clock.go(hours=5)
        (history,) = workspace.changed(desk.ledger)
        absence = history.absence
        assert absence is not None
        assert history.article in ids
        assert (absence.status, absence.first, absence.back) == (status, first.isoformat(), None)
        # A feed's page that is gone for good is asked for no more; one that is not there, once more.
        is_asked_on = source == "1" or status != 410
        assert tellings == 1 + is_asked_on
        assert datetime.fromisoformat(absence.last) == first + timedelta(hours=6 * is_asked_on)
        assert changes_words.absence(absence).startswith(f"{how} when visited {first.isoformat()[:10]}")
        if source == "1":
            site.routes["/1"] = article
            desk.visit(f"{site.url}/1", plan)
            back = workspace.changes(desk.ledger, f"{site.url}/1").absence
            assert back == replace(absence, back=desk.clock.at.isoformat())


def test_another_text_at_a_page_is_a_new_article_and_the_old_one_can_come_back(desk: Desk) -> None:
    with outlet(1) as site:
        (id,) = desk.visit(f"{site.url}/1").new
        article, plan = site.routes["/1"], replace(PLAN, now=True)
        wall = " ".join(
            f"Subscribe to read on: offer {n} holds for {n + 3} months and brings {n} papers." for n in range(9)
        )
        site.routes["/1"] = answer(
            f"<html><body><article><h1>Offers</h1><p>{wall}</p></article></body></html>".encode()
        )
        for new, unchanged in (([f"{id}-2"], 0), ([], 1)):
            desk.clock.go(hours=1)
            visit = desk.visit(f"{site.url}/1", plan)
            assert (visit.new, visit.newer, visit.unchanged, visit.gone) == (new, [], unchanged, [])
        (history,) = workspace.changed(desk.ledger)
        assert (history.article, history.turns, [one.article for one in history.others]) == (id, (), [f"{id}-2"])
        site.routes["/1"] = article
        visit = desk.visit(f"{site.url}/1", plan)
        assert (visit.new, visit.newer, visit.unchanged) == ([], [], 1)


WALL = " ".join(f"Subscribe to read on: offer {n} holds for {n + 3} months and brings {n} papers." for n in range(9))
GONE, OFFERS = answer(status="404 Not Found"), answer(f"<article><h1>Offers</h1><p>{WALL}</p></article>".encode())


@pytest.mark.parametrize(
    ("source", "found", "absences"),
    [
        ("feed", "X2X-", {"": (4, None)}),
        ("1", "X2X-", {"": (4, None)}),
        ("1", "X-2", {"": (2, None)}),
        ("1", "X-2-", {"": (2, None), "-2": (4, None)}),
        ("1", "X-2-X", {"": (2, 5), "-2": (4, None)}),
        ("1", "X-2-2X-", {"": (7, None), "-2": (4, 5)}),
        ("1", "X-XX", {"": (2, 3)}),
    ],
)
def test_each_text_of_a_page_has_its_own_absence(
    desk: Desk, source: str, found: str, absences: dict[str, tuple[int, int | None]]
) -> None:
    with outlet(1) as site:
        article, plan = site.routes["/1"], replace(PLAN, now=True, again=(300_000, 660_000, 1_020_000))
        start, id = desk.clock.at, ""
        for hours, letter in enumerate(found, 1):
            desk.clock.at = start + timedelta(hours=hours * 100)
            site.routes["/1"] = {"X": article, "2": OFFERS, "-": GONE}[letter]
            visit = desk.visit(f"{site.url}/{source}", plan)
            id = id or visit.new[0]
        with desk.ledger.view() as view:
            told = view.absences()

        def when(at: str | None) -> int | None:
            return at and (datetime.fromisoformat(at) - start) // timedelta(hours=100)

        assert {one.article: (when(one.first), when(one.back)) for one in told.values()} == {
            id + end: moments for end, moments in absences.items()
        }
        shown = {end: workspace.changes(desk.ledger, id + end).absence for end in absences}
        assert {end: when(one and one.first) for end, one in shown.items()} == {
            end: first for end, (first, _) in absences.items()
        }


def test_a_mirror_tells_its_own_articles(desk: Desk) -> None:
    with outlet(1, 2) as one, serving("127.0.0.2") as other:
        other.routes = {**one.routes, "/feed": as_feed(feed(*(item(other, number) for number in (1, 2))))}
        found = [desk.visit(f"{site.url}/feed") for site in (one, other)]
        assert [len(visit.new) for visit in found] == [2, 2]
        assert desk.articles() == 4


def test_pages_that_never_held_an_article_are_not_told_as_gone(desk: Desk) -> None:
    with outlet(1, 2) as site:
        site.routes["/1"], site.routes["/2"] = answer(LOGIN), answer(status="404 Not Found")
        for _ in range(2):
            assert desk.visit(f"{site.url}/feed").gone == []
            desk.clock.go(hours=1)
        assert workspace.changed(desk.ledger) == []


def test_a_page_whose_article_came_from_its_feed_never_held_one(desk: Desk) -> None:
    with outlet(1, 2, full=True) as site:
        site.routes["/1"], site.routes["/2"] = answer(LOGIN), answer(status="404 Not Found")
        assert len(desk.visit(f"{site.url}/feed").from_feed) == 2
        site.routes["/1"] = answer(LOGIN.replace(b"Log in", b"Sign in"))
        desk.clock.go(hours=1)
        assert desk.visit(f"{site.url}/feed").gone == []
        assert site.paths().count("/1") == 2
        site.routes["/1"] = answer(page(1))
        desk.clock.go(hours=5)
        desk.visit(f"{site.url}/feed")
        site.routes["/1"] = answer(LOGIN)
        desk.clock.go(hours=5)
        plan = replace(PLAN, again=(3600, 21_600, 30_000))
        assert [url for url, _ in desk.visit(f"{site.url}/feed", plan).gone] == [f"{site.url}/1"]


def test_a_page_that_was_read_before_and_is_gone_is_told(shelf: Path) -> None:
    with outlet(1) as site:
        run("read", f"{site.url}/1", "--rules", "--allow-private")
        del site.routes["/1"]
        status, told, _ = run("watch", f"{site.url}/1", "--once", "--rules", "--allow-private")
        assert (status, "1 no longer there, 1 failed" in told) == (1, True)
        assert f"  {site.url}/1: gone (HTTP 404) when visited 20" in told
        status, told, _ = run("watch", f"{site.url}/1", "--once", "--rules", "--allow-private", "--now", "--json")
        assert json.loads(told)["gone"][0]["status"] == 404


def test_a_page_is_fetched_at_once_when_its_feed_says_that_it_changed(desk: Desk) -> None:
    plan = replace(PLAN, again=(7 * 86_400,))
    with outlet(1) as site:
        desk.visit(f"{site.url}/feed", plan)
        site.routes["/feed"] = as_feed(feed(item(site, 1, modified="2026-11-03T10:00:00Z")))
        site.routes["/1"] = answer(page(1, weeks=9))
        desk.clock.go(hours=1)
        assert desk.visit(f"{site.url}/feed", plan).newer == []
        desk.clock.go(days=7)
        assert len(desk.visit(f"{site.url}/feed", plan).newer) == 1


@pytest.mark.parametrize("status", ["403 Forbidden", "402 Payment", "404 Not Found"])
def test_the_text_of_the_feed_is_read_when_the_page_cannot_be_had(desk: Desk, status: str) -> None:
    with outlet(1, 2, full=True) as site:
        site.routes["/2"] = answer(status=status)
        found = desk.visit(f"{site.url}/feed")
        assert (len(found.new), len(found.from_feed), found.failed) == (2, 1, [])
        assert status[:3] in found.from_feed[0].reason
        with desk.ledger.view() as view:
            versions = [view.version(id) for id in found.new]
            version = next(version for version in versions if version.url == f"{site.url}/2")
            assert "bridge 2 would stay closed" in version.text
            assert view.capture(version.digest).url == f"{site.url}/feed"
        desk.clock.go(days=1)
        desk.visit(f"{site.url}/feed")
        assert site.paths().count("/2") == 1


def test_a_page_without_an_article_is_archived_and_the_text_of_the_feed_read(desk: Desk) -> None:
    with outlet(1, full=True) as site:
        site.routes["/1"] = answer(LOGIN)
        found = desk.visit(f"{site.url}/feed")
        assert (len(found.new), len(found.from_feed), found.failed) == (1, 1, [])
        assert desk.records() == 2


def test_a_listed_page_without_an_article_is_archived_and_counted_apart(desk: Desk) -> None:
    with outlet(1) as site:
        site.routes["/1"] = answer(LOGIN)
        found = desk.visit(f"{site.url}/feed")
        assert (found.new, found.failed, [error.name for error in found.no_article]) == ([], [], [f"{site.url}/1"])
        assert desk.records() == 2
        named = desk.visit(f"{site.url}/1")
        assert [error.name for error in named.failed] == [f"{site.url}/1"]


def test_a_page_that_cannot_be_had_is_told_when_the_feed_has_a_summary_only(desk: Desk) -> None:
    with outlet(1) as site:
        site.routes["/1"] = answer(status="403 Forbidden")
        found = desk.visit(f"{site.url}/feed")
        assert (found.new, found.from_feed, [error.name for error in found.failed]) == ([], [], [f"{site.url}/1"])
        with desk.ledger.view() as view:
            assert [failure.name for failure in view.failures()] == [f"{site.url}/1"]


def test_entries_without_an_address_are_read_from_the_feed(desk: Desk) -> None:
    with outlet() as site:
        site.routes["/feed"] = as_feed(feed(item(site, 1, full=True, link=False), item(site, 2, link=False)))
        found = desk.visit(f"{site.url}/feed")
        assert (len(found.new), found.failed) == (1, [])


def test_a_first_round_does_not_flood(desk: Desk) -> None:
    with outlet(*range(5)) as site:
        plan = replace(PLAN, most=2)
        counts = []
        for _ in range(3):
            visit = desk.visit(f"{site.url}/feed", plan)
            counts.append((len(visit.new), visit.left))
        assert counts == [(2, 3), (2, 1), (1, 0)]
        assert site.paths().count("/feed") == 1


def test_a_feed_that_moved_for_good_is_asked_at_its_new_place(desk: Desk) -> None:
    with outlet(1) as site:
        site.routes["/new"] = site.routes["/feed"]
        site.routes["/feed"] = redirect("/new", "301 Moved Permanently")
        found = desk.visit(f"{site.url}/feed")
        assert found.said == f"moved for good to {site.url}/new, where it is visited from now on"
        desk.clock.go(hours=1)
        desk.visit(f"{site.url}/feed", replace(PLAN, again=()))
        assert [path for path in site.paths() if path != "/1"] == ["/feed", "/new", "/new"]


def test_a_feed_that_is_gone_for_good_is_asked_no_more(desk: Desk) -> None:
    with outlet(1) as site:
        site.routes["/feed"] = answer(status="410 Gone")
        found = desk.visit(f"{site.url}/feed")
        assert (found.due, found.said) == (None, "is not visited again")
        desk.clock.go(days=30)
        again = desk.visit(f"{site.url}/feed")
        assert "is not visited again: is gone for good" in (again.said or "")
        assert site.paths() == ["/feed"]


def test_errors_put_the_next_visit_off(desk: Desk) -> None:
    with outlet(1) as site:
        site.routes["/feed"] = answer(status="500 Oops")
        waits = []
        for _ in range(8):
            visit = desk.visit(f"{site.url}/feed")
            assert visit.failed[0].reason == "its host has a fault of its own: try again later (HTTP 500)"
            waits.append(desk.due_in(visit))
            desk.clock.go(seconds=waits[-1])
        for number, wait in enumerate(waits, 1):
            longest = min(900 * 2**number, 86_400)
            assert 0.8 * longest - 1 <= wait <= longest
        site.routes["/feed"] = as_feed(feed(item(site, 1)))
        assert desk.due_in(desk.visit(f"{site.url}/feed")) == 900


def test_a_feed_waits_as_long_as_it_is_asked_to(desk: Desk) -> None:
    with outlet(1) as site:
        site.routes["/feed"] = answer(status="429 Too Many", Retry_After="50000")
        assert desk.due_in(desk.visit(f"{site.url}/feed")) == 50_000


def test_pages_of_a_busy_host_wait_without_being_asked_for(desk: Desk) -> None:
    with outlet(*range(4)) as site:
        site.routes["/1"] = answer(status="429 Too Many", Retry_After="7200")
        found = desk.visit(f"{site.url}/feed")
        assert (len(found.new), len(found.failed), found.left) == (1, 1, 2)
        assert "asks us to stay away" in (found.said or "")
        assert sorted(site.paths()) == ["/0", "/1", "/feed"]
        site.routes["/1"] = answer(page(1))
        desk.clock.go(seconds=7190)
        assert desk.visit(f"{site.url}/feed").new == []
        desk.clock.go(seconds=15)
        assert len(desk.visit(f"{site.url}/feed").new) == 3


def test_what_robots_forbid_is_not_fetched_and_not_tried_again(desk: Desk) -> None:
    with outlet(1, 2) as site:
        site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /2\n", Content_Type="text/plain")
        found = desk.visit(f"{site.url}/feed")
        assert len(found.new) == 1
        assert "asks programs not to fetch it" in found.failed[0].reason
        desk.clock.go(days=2)
        desk.visit(f"{site.url}/feed")
        assert "/2" not in site.paths()


def test_a_page_on_a_broken_host_is_tried_again_for_some_time(desk: Desk) -> None:
    plan = replace(PLAN, again=())
    with outlet(1) as site:
        site.routes["/1"] = answer(status="502 Bad Gateway")
        for _ in range(7):
            desk.visit(f"{site.url}/feed", plan)
            desk.clock.go(days=1)
        assert site.paths().count("/1") == 5


def test_pages_are_watched_too(desk: Desk) -> None:
    with outlet(1) as site:
        found = desk.visit(f"{site.url}/1")
        assert (len(found.new), desk.due_in(found)) == (1, 900)
        desk.clock.go(seconds=900)
        assert desk.visit(f"{site.url}/1").unchanged == 1
        site.routes["/1"] = answer(page(1, weeks=4))
        desk.clock.go(hours=1)
        assert len(desk.visit(f"{site.url}/1").newer) == 1


def test_a_page_that_is_named_and_listed_is_fetched_once(desk: Desk) -> None:
    with outlet(1, 2) as site:
        found = desk.round(f"{site.url}/feed", f"{site.url}/1")
        assert sum(len(visit.new) for visit in found.visits) == 2
        assert site.paths().count("/1") == 1


def test_what_is_no_feed_any_more_is_told(desk: Desk) -> None:
    with outlet(1) as site:
        desk.visit(f"{site.url}/feed")
        site.routes["/feed"] = answer(b"<html><p>We have moved</p></html>")
        desk.clock.go(hours=1)
        (error,) = [e for e in desk.visit(f"{site.url}/feed").failed if e.name.endswith("/feed")]
        assert "feed" in error.reason


def test_nothing_watched_is_told(desk: Desk) -> None:
    with desk.ledger.writer():
        pass
    with pytest.raises(InputError, match="watches nothing yet"):
        list(workspace.watch([], desk.ledger, PLAN))


def test_all_of_before_is_watched_on(desk: Desk) -> None:
    with outlet(1) as one, outlet(2) as other:
        desk.round(f"{one.url}/feed", f"{other.url}/feed")
        desk.clock.go(minutes=20)
        assert len(desk.round().visits) == 2
        assert one.paths().count("/feed") == other.paths().count("/feed") == 2


@pytest.mark.parametrize("back", [{"hours": 5}, {"days": 400}])
def test_a_clock_that_goes_back_stalls_nothing(desk: Desk, back: dict[str, float]) -> None:
    with outlet(1) as site:
        desk.visit(f"{site.url}/feed")
        desk.clock.go(**{unit: -much for unit, much in back.items()})
        found = desk.visit(f"{site.url}/feed")
        assert desk.due_in(found) == 1350
        assert site.paths().count("/feed") == 2


def test_round_follows_round_until_someone_stops_it(desk: Desk) -> None:
    stop = threading.Event()
    with outlet(1) as site:
        whole = site.routes["/feed"]

        def third_stops(_asked: dict[str, str]) -> bytes:
            if site.paths().count("/feed") == 3:
                stop.set()
            assert isinstance(whole, bytes)
            return whole

        site.routes["/feed"] = third_stops
        plan = replace(PLAN, every=0.2, again=(), lasting=None)
        rounds = list(workspace.watch([f"{site.url}/feed"], desk.ledger, plan, Fetcher(LOCAL), stop))
        assert len(rounds[0].visits[0].new) == 1
        assert site.paths().count("/feed") == 3


def test_a_watch_ends_when_its_time_is_over(desk: Desk) -> None:
    with outlet(1) as site:
        plan = replace(PLAN, every=3600, lasting=0.5)
        assert len(list(workspace.watch([f"{site.url}/feed"], desk.ledger, plan, Fetcher(LOCAL)))) == 1


def test_a_stop_is_heard_at_once_and_nothing_is_lost(desk: Desk) -> None:
    """The third page stops the watch, and then takes its time."""
    stop, free = threading.Event(), threading.Event()

    def stopping(_asked: dict[str, str]) -> bytes:
        stop.set()
        free.wait(20)
        return answer(page(2))

    with outlet(*range(6)) as site:
        site.routes["/2"] = stopping
        rounds = workspace.watch([f"{site.url}/feed"], desk.ledger, replace(PLAN, lasting=None), Fetcher(LOCAL), stop)
        began = time.monotonic()
        kept = [id for round in rounds for visit in round.visits for id in visit.new]
        assert time.monotonic() - began < 15
        assert len(kept) <= 2
        free.set()
        site.routes["/2"] = answer(page(2))
        desk.clock = Clock()
        rest = desk.round(f"{site.url}/feed")
        assert len(rest.visits[0].new) + len(kept) == desk.articles() == 6


KILLED = """
import sys
from sayso import workspace
from sayso.fetching.fetch import Fetcher
from sayso.fetching.received import NotChanged
from sayso.fetching.settings import Settings
from sayso.ledger.ledger import Ledger
from sayso.workspace.dues import Plan
from pathlib import Path
fetcher = Fetcher(Settings(private=True, pause=0.02))
print("begun", flush=True)
for round in workspace.watch(sys.argv[2:], Ledger(Path(sys.argv[1])), Plan(lasting=0, tagger=False), fetcher):
    print("done", sum(len(visit.new) for visit in round.visits), flush=True)
"""


@pytest.mark.slow
def test_a_watch_that_is_killed_goes_on_and_neither_loses_nor_doubles(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    with outlet(*range(12)) as site:
        for delay in (0.25, 0.5, 0.75):
            arguments = [sys.executable, "-c", KILLED, str(folder), f"{site.url}/feed"]
            with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as child:
                assert child.stdout is not None
                assert child.stdout.readline() == "begun\n"
                time.sleep(delay)
                child.send_signal(signal.SIGKILL)
        desk = Desk(tmp_path)
        desk.round(f"{site.url}/feed")
        assert desk.articles() == 12
        asked = site.paths()
        # What was fetched and not yet kept is fetched again: at most those that wait, and two on their way.
        assert len(asked) - len(set(asked)) <= 3 * 5
        with desk.ledger.view() as view:
            assert all(len(view.history(version.id)) == 1 for version in view.versions())
        found = workspace.verify(desk.ledger, spans=True)
        assert (found.findings, found.versions) == ((), 12)
        before = len(asked)
        desk.round(f"{site.url}/feed")
        assert len(site.paths()) == before


def test_lists_of_feeds(desk: Desk, tmp_path: Path) -> None:
    with outlet(1) as one, outlet(2) as other:
        opml, lines = tmp_path / "feeds.opml", tmp_path / "feeds.txt"
        opml.write_text(
            f"<opml version='2.0'><body><outline text='Mine' xmlUrl='{one.url}/feed'/>"
            f"<outline text='Gone' xmlUrl='{other.url}/none'/></body></opml>"
        )
        lines.write_text(f"# mine\n{other.url}/feed\n{one.url}/feed\n")
        found = desk.round(str(opml), str(lines), str(tmp_path / "missing.opml"))
        assert {visit.url: len(visit.new) for visit in found.visits} == {
            f"{one.url}/feed": 1,
            f"{other.url}/feed": 1,
            f"{other.url}/none": 0,
        }
        assert next(visit.title for visit in found.visits if visit.url.endswith("none")) == "Gone"
        assert [error.reason for error in found.problems] == ["there is no such file"]


def run(*arguments: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, [*arguments])
    return found.exit_code, found.stdout, found.stderr


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger"))
    monkeypatch.delenv("SAYSO_PRIVATE", raising=False)
    return tmp_path


def test_the_command_tells_each_feed(shelf: Path) -> None:
    with outlet(1) as site:
        status, told, errors = run("watch", f"{site.url}/feed", "--once", "--rules", "--allow-private")
        assert (status, errors) == (0, "")
        assert told.startswith(f"North Gazette ({site.url}/feed): 1 new; next 20")
    with outlet(2) as site:
        site.routes["/2"] = answer(status="404 Not Found")
        status, told, errors = run("watch", f"{site.url}/feed", "--once", "--rules", "--allow-private", "--json")
        row = json.loads(told)
        assert status == 1
        assert (row["new"], row["failed"][0]["url"], row["left"]) == ([], f"{site.url}/2", 0)
        assert f"sayso: {site.url}/2: is not there" in errors


def test_the_command_fails_when_there_is_nothing_to_watch(shelf: Path) -> None:
    status, told, errors = run("watch", str(shelf / "none.opml"))
    assert (status, told) == (1, "")
    assert "there is no such file" in errors


def test_private_addresses_need_the_option(shelf: Path) -> None:
    with outlet(1) as site:
        status, _, errors = run("watch", f"{site.url}/feed", "--once")
        assert status == 1
        assert "--allow-private" in errors
        assert site.asked == []
        assert run("watch", f"{site.url}/feed")[0] == 1
        status, told, errors = run("watch", f"{site.url}/feed", "--once", "--rules", "--allow-private")
        assert (status, errors) == (0, "")
        assert ": 1 new; next 20" in told
        _, told, _ = run("watch", f"{site.url}/feed", "--once", "--rules", "--allow-private")
        assert "is not due before 20" in told
        assert "nothing new" not in told


def test_listed_pages_that_our_settings_refuse_wait_for_other_settings(desk: Desk) -> None:
    with outlet(1) as public, outlet(2) as private:
        public.routes["/feed"] = as_feed(feed(item(public, 1), item(private, 2)))

        class Guarded(Fetcher):
            """As one that reaches the public site alone."""

            def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Capture | NotChanged:
                if url.startswith(private.url):
                    raise FetchError(url, "is private", lasting=True, ours=True)
                return Fetcher(LOCAL).get(url, etag, modified)

        def visit(fetcher: Fetcher) -> Visit:
            (round,) = workspace.watch([f"{public.url}/feed"], desk.ledger, replace(PLAN, now=True), fetcher)
            return round.visits[0]

        assert [len(visit(Guarded(Settings())).failed) for _ in range(2)] == [1, 0]
        assert len(visit(Fetcher(LOCAL)).new) == 1


def test_a_password_is_told_and_not_kept(desk: Desk) -> None:
    (problem,) = desk.round("https://ann:secret@north.example/feed").problems
    assert "holds a user name or password" in problem.reason
    assert b"secret" not in desk.ledger.path.read_bytes()


def test_a_slip_in_a_list_keeps_none_of_the_rest_away(shelf: Path) -> None:
    with outlet(1) as site:
        (shelf / "list.txt").write_text(f"north.example/feed\n{site.url}/feed\n")
        status, told, errors = run("watch", str(shelf / "list.txt"), "--once", "--rules", "--allow-private")
        assert (status, ": 1 new" in told) == (1, True)
        assert "list.txt:1: “north.example/feed” is no address" in errors


def test_what_to_do_is_told_where_nothing_is_watched_yet(shelf: Path) -> None:
    found = CliRunner().invoke(app, ["watch", "--once"])
    assert (found.exit_code, "`sayso watch FEED`" in str(found.exception)) == (1, True)
    assert not (shelf / "ledger").exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("north.example/feed", "; it looks like an address: write https://north.example/feed"),
        ("http//north.example/feed", "; it looks like an address: write http://north.example/feed"),
        ("ftp://north.example/feed", "; an address begins with https:// or http://, not with ftp:"),
        ("feeds.opml", ""),
    ],
)
def test_what_is_no_list_but_reads_like_an_address(shelf: Path, name: str, says: str) -> None:
    status, _, errors = run("watch", name, "--once")
    assert (status, errors.splitlines()) == (1, [f"sayso: {name}: there is no such file{says}"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--every", "soon"), "--every: 'soon' is no time"),
        (("--again", "1h,x"), "--again: 'x' is no time"),
        (("--for", "0m"), "--for: '0m' is no time"),
        (("--once", "--for", "1m"), "either --once or --for"),
    ],
)
def test_wrong_usage(shelf: Path, arguments: tuple[str, ...], says: str) -> None:
    status, _, errors = run("watch", "https://north.example/feed", *arguments)
    assert status == 2
    assert says in errors


@pytest.mark.slow
def test_ctrl_c_ends_the_command_well(shelf: Path) -> None:
    with outlet(1) as site:
        arguments = [sys.executable, "-m", "sayso", "watch", f"{site.url}/feed", "--rules", "--allow-private"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert "1 new" in child.stdout.readline()
            child.send_signal(signal.SIGINT)
            _, errors = child.communicate(timeout=20)
        assert (child.returncode, errors) == (0, "")


@pytest.mark.parametrize("one", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_is_heard_and_the_second_one_ends(one: signal.Signals) -> None:
    before = signal.signal(one, lambda *_: None)
    try:
        mine = signal.getsignal(one)
        with until_stopped() as stopped:
            assert not stopped.is_set()
            signal.raise_signal(one)
            assert stopped.is_set()
            assert signal.getsignal(one) is mine
    finally:
        signal.signal(one, before)


def test_read_takes_addresses(shelf: Path) -> None:
    with outlet(1, full=True) as site:
        status, told, errors = run("read", f"{site.url}/1", "--rules", "--allow-private")
        assert (status, errors, told.split("\n")[0]) == (0, "", "1 new, 0 known already, 0 could not be read.")
        status, told, _ = run("read", f"{site.url}/feed", f"{site.url}/gone", "--rules", "--allow-private")
        assert status == 1
        site.routes["/login"] = answer(LOGIN)
        status, _, errors = run("read", f"{site.url}/login", "--rules", "--allow-private")
        assert status == 1
        assert f"{site.url}/login" in errors
        with workspace.open_ledger().view() as view:
            kept = view.capture(Capture("", LOGIN, "", "").digest)
        assert (kept.body, kept.url) == (LOGIN, f"{site.url}/login")
        assert run("read", f"{site.url}/1")[0] == 1
    assert list((shelf / "ledger" / "archive").iterdir())


def test_read_heeds_the_encoding_that_the_server_names(shelf: Path) -> None:
    text = " ".join(["Мэр города сказал, что мост останется закрытым ещё на две недели."] * 6)
    body = (
        f"<html><head><meta property='og:type' content='article'><title>Мост</title></head><body><article><p>{text}</p>"
    )
    with serving() as site:
        site.routes["/1"] = answer(body.encode("koi8-r"), Content_Type="text/html; charset=koi8-r")
        status, told, errors = run("read", f"{site.url}/1", "--rules", "--allow-private", "--json")
        assert (status, errors) == (0, "")
        assert json.loads(told)["text"].startswith("Мэр города сказал")


def test_read_takes_the_records_at_an_address(shelf: Path) -> None:
    captures = [
        Capture(
            f"a{n}",
            page(n),
            "text/html",
            "2026-11-02T10:00:00+00:00",
            f"https://north.example/{n}",
            Record("response", (), HEAD),
        )
        for n in range(2)
    ]
    with serving() as site:
        site.routes["/w.warc.gz"] = answer(b"".join(map(recorded, captures)), Content_Type="application/warc")
        status, told, errors = run("read", f"{site.url}/w.warc.gz", "--rules", "--allow-private")
        assert (status, errors, told.split(",")[0]) == (0, "", "2 new")


def test_read_takes_the_rows_at_an_address(shelf: Path) -> None:
    text = " ".join(["The mayor said that the bridge would stay closed for two weeks."] * 3)
    lines = "".join(json.dumps({"id": f"r{n}", "text": f"{n} {text}"}) + "\n" for n in range(3))
    with serving() as site:
        site.routes["/rows.jsonl"] = answer(lines.encode(), Content_Type="application/x-ndjson")
        status, told, errors = run("read", f"{site.url}/rows.jsonl", "--rules", "--allow-private")
        assert (status, errors, told.split(",")[0]) == (0, "", "3 new")


def test_a_page_that_comes_back_as_it_was_is_newer(desk: Desk) -> None:
    with outlet(1) as site:
        (id,) = desk.visit(f"{site.url}/1").new
        article = site.routes["/1"]
        site.routes["/1"] = answer(page(1, weeks=7))
        plan = replace(PLAN, now=True)
        for body in (site.routes["/1"], article):
            site.routes["/1"] = body
            desk.clock.go(hours=1)
            time.sleep(1.1)  # captures have the system's own time, in seconds
            visit = desk.visit(f"{site.url}/1", plan)
            assert (visit.new, visit.newer, visit.unchanged) == ([], [id], 0)
        desk.clock.go(hours=1)
        visit = desk.visit(f"{site.url}/1", plan)
        assert (visit.newer, visit.unchanged) == ([], 1)


def test_pages_of_a_feed_are_visited_now_when_that_is_asked_for(desk: Desk) -> None:
    with outlet(1, 2) as site:
        desk.visit(f"{site.url}/feed")
        desk.clock.go(hours=0.1)
        for plan, visits in ((PLAN, 1), (replace(PLAN, now=True), 2)):
            desk.visit(f"{site.url}/feed", plan)
            assert site.paths().count("/1") == visits


def test_a_page_of_a_feed_that_is_not_there_for_an_hour_is_not_lost(desk: Desk) -> None:
    with outlet(1, 2) as site:
        desk.visit(f"{site.url}/feed")
        article, site.routes["/1"] = site.routes["/1"], GONE
        desk.clock.go(hours=2)
        assert [absence.status for _, absence in desk.visit(f"{site.url}/feed").gone] == [404]
        site.routes["/1"] = article
        desk.clock.go(hours=25)
        desk.visit(f"{site.url}/feed")
        (history,) = workspace.changed(desk.ledger)
        assert history.absence is not None
        assert history.absence.back == desk.clock.at.isoformat()


def test_what_is_found_in_an_articles_place_has_its_own_times(desk: Desk) -> None:
    with outlet(1) as site:
        desk.visit(f"{site.url}/1")
        for found, status in ((answer(LOGIN), None), (GONE, 404), (GONE, 404), (answer(status="410 Gone"), 410)):
            site.routes["/1"] = found
            desk.clock.go(hours=1)
            desk.visit(f"{site.url}/1", replace(PLAN, now=True))
            absence = workspace.changes(desk.ledger, f"{site.url}/1").absence
            assert absence is not None
            before = desk.clock.at - timedelta(hours=1)
            first = before if found is GONE and absence.first == before.isoformat() else desk.clock.at
            assert (absence.status, absence.first, absence.last) == (
                status,
                first.isoformat(),
                desk.clock.at.isoformat(),
            )
