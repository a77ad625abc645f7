"""Captures of a page that hold no article, where it had held one: told with the article, by the captures' own times."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from tests.test_addresses import AMP, BRIDGE, FERRY, NORTH, SHIPS, SOUTH, at, fetched, html
from typer.testing import CliRunner

from sayso import workspace
from sayso.documents.absence import Absence
from sayso.documents.nouns import Capture
from sayso.interfaces import changes_words
from sayso.interfaces.cli import app
from sayso.ledger.ledger import Ledger
from sayso.ledger.watched import State, Watched
from sayso.workspace.intake import Intake
from sayso.workspace.reading import engine

EMPTY = b"<!doctype html><html><head><title>Gazette</title></head><body><nav><a href='/'>Home</a></nav></body></html>"


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return workspace.open_ledger(tmp_path / "ledger")


def taken(ledger: Ledger, *captures: Capture) -> None:
    Intake(ledger, engine(1), tagger=False).take(captures)


def captures(bodies: str) -> list[Capture]:
    """One for each sign, a day apart: a, the article; b, another; c, the first one's text in other bytes; -, none."""
    pages = {"a": BRIDGE, "b": SHIPS, "c": BRIDGE + b"<!-- -->", "-": EMPTY}
    return [fetched(NORTH, pages[sign], number) for number, sign in enumerate(bodies, 1)]


def day(number: int) -> str:
    return f"2026-03-{number:02}T08:00:00+00:00"


def told(ledger: Ledger, id: str) -> tuple[str, str, str | None] | None:
    """Days of the first and the last capture without the article, and of the first with it again."""
    one = workspace.changes(ledger, id).absence
    assert one is None or one.by_capture
    return one and tuple(moment and moment[8:10] for moment in (one.first, one.last, one.back))


@pytest.mark.parametrize(
    ("bodies", "first", "second"),
    [
        ("a-", ("02", "02", None), None),
        ("a---", ("02", "04", None), None),
        ("a-a", ("02", "02", "03"), None),
        ("a-aa", ("02", "02", "03"), None),
        ("ac", None, None),
        ("ac-", ("03", "03", None), None),
        ("a-a--", ("04", "05", None), None),
        ("a-a--a", ("04", "05", "06"), None),
        ("-a", None, None),
        ("-a-", ("03", "03", None), None),
        ("aa", None, None),
        ("a-b", ("02", "02", None), None),
        ("ab-", None, ("03", "03", None)),
        ("ab-a", None, ("03", "03", None)),
        ("ab-b", None, ("03", "03", "04")),
    ],
)
def test_captures_tell_since_when_a_page_held_no_article(ledger, bodies, first, second):
    taken(ledger, *captures(bodies))
    assert told(ledger, at(NORTH)) == first
    if "b" in bodies:
        assert told(ledger, f"{at(NORTH)}-2") == second
    assert workspace.verify(ledger, spans=True).findings == ()


@pytest.mark.parametrize("days", list(permutations(range(5))))
def test_captures_may_be_read_in_any_order(ledger, days):
    made = captures("a-a--")
    taken(ledger, *(made[place] for place in days))
    assert told(ledger, at(NORTH)) == ("04", "05", None)


def test_other_addresses_and_files_do_not_count(ledger):
    file = Capture("page.html", EMPTY, "text/html", day(2))
    taken(ledger, fetched(NORTH), fetched(SOUTH, EMPTY, 2), file)
    assert (told(ledger, at(NORTH)), workspace.changed(ledger)) == (None, [])


ROW = json.dumps({"url": NORTH, "title": "More ferries", "text": FERRY}).encode()
FEED = f"""<feed xmlns='http://www.w3.org/2005/Atom'><title>North</title><id>urn:north</id><entry><id>urn:ferries</id>
<title>More ferries</title><link href='{NORTH}'/><content>{FERRY}</content></entry></feed>""".encode()


@pytest.mark.parametrize(
    "before",
    [
        Capture("rows.jsonl:1", ROW, "application/json", day(1)),
        Capture("https://north.example/feed", FEED, "application/atom+xml", day(1), "https://north.example/feed"),
    ],
)
def test_a_page_that_never_gave_the_article_did_not_lose_it(ledger, before):
    """What a feed's entry says is read from the feed where its page cannot be read."""
    taken(ledger, before, fetched(NORTH, EMPTY, 2), fetched("https://north.example/feed", b"<feed/>", 3))
    with ledger.view() as view:
        assert view.version(at(NORTH)).text == FERRY
    assert (told(ledger, at(NORTH)), workspace.changed(ledger)) == (None, [])


def test_pages_that_name_another_address_are_held_together_by_their_own(ledger):
    canonical = BRIDGE.replace(b"</head>", f'<link rel="canonical" href="{NORTH}"></head>'.encode())
    taken(ledger, fetched(AMP, canonical), fetched(NORTH, EMPTY, 2))
    assert told(ledger, at(NORTH)) is None
    taken(ledger, fetched(AMP, EMPTY, 3))
    assert told(ledger, at(NORTH)) == ("03", "03", None)
    taken(ledger, fetched(NORTH, day=4))
    assert told(ledger, at(NORTH)) == ("03", "03", "04")


def test_it_is_listed_and_told_in_words_and_json(ledger, monkeypatch):
    monkeypatch.setenv("SAYSO_LEDGER", str(ledger.folder))
    taken(ledger, fetched(NORTH), fetched(NORTH, EMPTY, 2), fetched(NORTH, html("Gazette", ""), 3))
    words = "gave no article when captured 2026-03-02 08:00 and, last, 2026-03-03 08:00"
    (row,) = json.loads(CliRunner().invoke(app, ["changes", "--json"]).stdout)
    assert (row["what"], row["kind"], row["since"], row["until"]) == (words, "absence", day(1), day(2))
    assert row["absence"] == {"status": None, "first": day(2), "last": day(3), "back": None, "by_capture": True}
    shown = CliRunner().invoke(app, ["changes", at(NORTH)]).stdout
    assert f"The page: {words}." in " ".join(shown.split())
    assert workspace.changed(ledger, since="2026-03-04") == []


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        (Absence(at(NORTH), 404, day(1), day(5)), "gone (HTTP 404) when visited"),
        (Absence(at(NORTH), 404, day(1), day(1), day(2)), "gave no article when captured 2026-03-03"),
        (Absence(at(NORTH), 404, day(1), day(4), day(5)), "gone (HTTP 404) when visited"),
    ],
)
def test_visits_know_more_unless_they_are_over(ledger, visits, expected):
    taken(ledger, fetched(NORTH), fetched(NORTH, EMPTY, 3))
    with ledger.writer() as writer:
        writer.watch([Watched(NORTH, "page", None, State(NORTH, absence=visits))])
    assert changes_words.absence(workspace.changes(ledger, at(NORTH)).absence).startswith(expected)
