"""`sayso changes` of articles that were captured cut short: the list, the timeline, JSON and the page."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from sayso import workspace
from sayso.documents.nouns import Capture, Version
from sayso.extraction.read import read
from sayso.interfaces import changes_page
from sayso.interfaces.cli import app

LINES = (
    "12 people died when the bridge over the Elm fell on Monday, officials in Marrow said. The cause is not known.",
    "Mayor Ann Lee said: “The bridge was safe.” She had visited it in May with the engineers of the county.",
    "The bridge carried 1,200 cars a day. It was built in 1968 and mended in 2011, the records of the county show.",
    "“We will pay for a new one,” the minister Bo Reed said. A new bridge would cost 3 million euros, he told us.",
    "Divers searched the water until night. Two cars were lifted out of the river on Tuesday morning.",
)
WHOLE, TEASER = "\n".join(LINES), "\n".join(LINES[:2])
LATER = WHOLE.replace("3 million", "5 million")
WALL = "Read on with Harbour Plus\nAlready a reader of ours? Log in."
STATEMENTS = re.compile(r"; statements: [^;]*")
PRICE = "figures: 3,000,000 → 5,000,000 EUR"
WITHDRAWN = f"{LINES[0]}\nThis article was withdrawn at the wish of the county."


def keep(book, day: int, name: str, text: str, **about) -> None:
    """A capture of one article, as the rules alone read it."""
    url = about.pop("url", f"https://www.harbour.example/{name}")
    capture = Capture(url, f"{about}{text}".encode(), "text/plain", f"2024-03-{day:02}T10:00:00+00:00", url)
    with book.writer() as writer:
        given = {"title": f"The {name}", "outlet": "The Harbour", "lang": "en"} | about
        version = Version(id=name, url=url, text=text, digest=capture.digest, **given)
        writer.add(capture, version, read(text, "en", tagger=None), made_by="test")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Articles cut short: for good, for a time, with an edit meanwhile or in the beginning; and one withdrawn."""
    made = workspace.open_ledger(tmp_path_factory.mktemp("ledger"))
    histories = {
        "gone": (WHOLE, TEASER),
        "back": (WHOLE, TEASER, WHOLE),
        "edit": (WHOLE, TEASER, TEASER + "\nThe bridge carried…", LATER),
        "lead": (WHOLE, TEASER.replace("12 people", "15 people")),
        "then": (WHOLE, LATER, TEASER),
        "quit": (WHOLE, WITHDRAWN),
    }
    for name, texts in histories.items():
        for day, text in enumerate(texts, 1):
            keep(made, day, name, text)
    return made


def run(book, *words: str):
    return CliRunner().invoke(app, ["changes", *words, "--ledger", str(book.folder)], env={"COLUMNS": "220"})


def rows(book, *words: str) -> dict[str, dict]:
    return {row["article"]: row for row in json.loads(run(book, *words, "--json").output)}


def test_what_was_only_captured_cut_short_is_counted_and_listed_when_asked(book):
    printed = run(book).output
    assert not {"gone", "back"} & set(printed.split())
    tail = "2 more articles were captured with only the beginning of the text, unchanged; --all tells."
    assert printed.splitlines()[-1] == tail
    listed = rows(book, "--all")
    assert set(rows(book)) == set(listed) - {"gone", "back"} == {"edit", "lead", "then", "quit"}
    assert {name: (STATEMENTS.sub("", row["what"]), row["kind"], row["turns"]) for name, row in listed.items()} == {
        "gone": ("only the beginning: 4 of 10 sentences", "nothing", 0),
        "back": ("whole again, as captured 2024-03-01 10:00", "nothing", 0),
        "edit": (
            f"text: 1 sentence changed; {PRICE}; compared with version 1",
            "text",
            1,
        ),
        "lead": (
            "only the beginning: 4 of 10 sentences; text: 1 sentence changed; figures: 12 → 15 deaths",
            "text",
            1,
        ),
        "then": (
            f"text: 1 sentence changed; {PRICE}; captured last, only the beginning: 4 of 10 sentences",
            "text",
            1,
        ),
        "quit": ("text: 1 sentence added, 8 removed", "text", 1),
    }
    held = {"version": 0, "held": 4, "of": 10}
    assert {name: row["beginning"] for name, row in listed.items() if row["beginning"]} == {
        "gone": held,
        "lead": held,
        "then": {**held, "version": 1},
    }


def test_the_timeline_has_every_capture_and_says_which_hold_only_the_beginning(book):
    lines = run(book, "edit").output.splitlines()
    table = [STATEMENTS.sub("", line.rstrip().split("  ")[-1].strip()) for line in lines if line.startswith("2024-")]
    assert table == [
        "first capture",
        "only the beginning: 4 of 10 sentences",
        "only the beginning: 5 of 10 sentences",
        f"text: 1 sentence changed; {PRICE}; compared with version 1",
    ]
    since = "captured 2024-03-01 10:00"
    behind = "what stood behind that is not known to be gone."
    for line in (
        "Captured 2024-03-02 10:00, only the beginning: 4 of 10 sentences",
        f"  Compared with the beginning of version 1, the last whole one, {since}; {behind}",
        "    where it is cut short: {+…+}",
        "Changed between 2024-03-01 10:00 and 2024-03-04 10:00, as captured  the page tells no change",
        f"  Compared with version 1, the last whole one, {since}; the captures between hold only the beginning.",
        "  ~ A new bridge would cost [-3-] {+5+} million euros, he told us.",
    ):
        assert line in [line.rstrip() for line in lines]
    assert "[-The bridge carried" not in "\n".join(lines)
    assert "Captured 2024-03-03 10:00, whole again, as captured 2024-03-01 10:00\n" in run(book, "back").output


def test_json_of_an_article_says_what_its_turns_were_compared_with(book):
    found = json.loads(run(book, "edit", "--json").output)
    assert [moment["version"] for moment in found["captures"]] == [0, 1, 2, 3]
    told = [(turn["before"], turn["after"], turn["kind"], turn["beginning"], turn["again"]) for turn in found["turns"]]
    assert told == [
        (0, 1, "nothing", {"version": 0, "held": 4, "of": 10}, False),
        (0, 2, "noise", {"version": 0, "held": 5, "of": 10}, False),
        (0, 3, "text", None, True),
    ]
    plain = json.loads(run(book, "quit", "--json").output)["turns"]
    assert [(turn["beginning"], turn["again"]) for turn in plain] == [(None, False)]


def test_the_page_shows_a_capture_that_is_cut_short_as_one(book):
    html = changes_page.page([workspace.changes(book, "edit")])
    assert html.count('<circle class="new part"') == 2
    assert "2024-03-02 10:00: version 2, only the beginning: 4 of 10 sentences" in html
    assert ">Captured 2024-03-02 10:00, only the beginning: 4 of 10 sentences</h3>" in html
    assert '<details class="noise" open>' in html
    assert "<del" not in html.split("<h3")[1]
    withdrawn = changes_page.page([workspace.changes(book, "quit")])
    assert ' part"' not in withdrawn.split("</style>")[1]
    assert "This article was withdrawn" in withdrawn


def test_since_leaves_earlier_captures_out(book):
    assert workspace.changes(book, "back", since="2024-03-03").turns[0].again
    assert run(book, "--since", "2024-03-04").output.count("more article") == 0


def test_a_wall_is_told_by_the_other_articles_of_the_site_that_bear_it(tmp_path):
    made = workspace.open_ledger(tmp_path)
    keep(made, 1, "walled", WHOLE)
    keep(made, 2, "walled", f"{TEASER}\n{WALL}")

    def is_cut() -> bool:
        (turn,) = workspace.changes(made, "walled").turns
        return turn.beginning is not None

    assert not is_cut()
    keep(made, 1, "ferry", f"The ferry to Elm was late on Monday, the harbour master said.\n{WALL}")
    keep(made, 1, "other", f"It rained in Elm.\n{WALL}", url="https://other.example/rain")
    keep(made, 1, "again", f"It snowed in Elm. {WALL}")
    assert not is_cut()
    keep(made, 1, "quay", f"The quay is shut until Friday, the harbour master said.\n{WALL}")
    assert is_cut()
    (turn,) = workspace.changed(made)[0].turns
    assert {one.rule for one in turn.step.noise} == {"where it is cut short"}
