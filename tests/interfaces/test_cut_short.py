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
    """Articles cut short: for good, for a time, with an edit meanwhile, before or in it; and one withdrawn."""
    made = workspace.open_ledger(tmp_path_factory.mktemp("ledger"))
    histories = {
        "gone": (WHOLE, TEASER + "\n", TEASER, TEASER),
        "back": (WHOLE, TEASER, WHOLE),
        "edit": (WHOLE, TEASER, TEASER + "\nThe bridge carried…", LATER),
        "lead": (WHOLE, TEASER.replace("12 people", "15 people"), WHOLE),
        "then": (WHOLE, LATER, TEASER),
        "quit": (WHOLE, WITHDRAWN),
        "time": (f"5 comments\n{WHOLE}", f"6 comments\n{WHOLE}"),
    }
    for name, texts in histories.items():
        for day, text in enumerate(texts, 1):
            keep(made, day, name, text)
    return made


def run(book, *words: str):
    return CliRunner().invoke(app, ["changes", *words, "--ledger", str(book.folder)], env={"COLUMNS": "220"})


def rows(book, *words: str) -> dict[str, dict]:
    return {row["article"]: row for row in json.loads(run(book, *words, "--json").stdout)}


UNKNOWN = "what is missing may have been taken out or not been shown"
LAST = f"last capture holds only the beginning: 4 of 10 sentences; {UNKNOWN}; so since"
WAS = "captured with only the beginning once, and whole again later"


def test_every_article_whose_last_capture_is_cut_short_is_listed(book):
    found = run(book)
    assert {"gone", "then"} <= set(found.output.split())
    assert not {"back", "time"} & {line.split()[2] for line in found.output.splitlines() if line.startswith("2024-")}
    noise = "1 more article differs in noise alone; --all tells."
    assert found.output.splitlines()[-2:] == [noise, f"1 more article was {WAS}; --all tells."]
    listed = rows(book, "--all")
    assert set(listed) == {"gone", "back", "edit", "lead", "then", "quit", "time"}
    assert set(rows(book)) == set(listed) - {"time"}
    assert noise in run(book, "--json").stderr
    assert {name: (STATEMENTS.sub("", row["what"]), row["kind"], row["turns"]) for name, row in listed.items()} == {
        "gone": (f"{LAST} 2024-03-02 10:00, in 3 captures", "text", 0),
        "back": ("whole again, as captured 2024-03-01 10:00", "nothing", 0),
        "edit": (f"text: 1 sentence changed; {PRICE}; compared with version 1", "text", 1),
        "lead": (
            "text: 1 sentence changed, 6 added; figures: 15 → 12 deaths; back to what was captured 2024-03-01 10:00",
            "text",
            2,
        ),
        "then": (
            f"{LAST} 2024-03-03 10:00, in 1 capture; last change, captured 2024-03-02 10:00: "
            f"text: 1 sentence changed; {PRICE}",
            "text",
            1,
        ),
        "quit": ("text: 8 sentences removed; note of correction or withdrawal added", "text", 1),
        "time": ("noise only: counter", "noise", 0),
    }
    assert (listed["gone"]["since"], listed["gone"]["until"]) == (
        "2024-03-01T10:00:00+00:00",
        "2024-03-02T10:00:00+00:00",
    )
    assert {name: row["beginning"] for name, row in listed.items() if row["beginning"]} == {
        "gone": {"version": 0, "held": 4, "of": 10, "since": "2024-03-02T10:00:00+00:00", "captures": 3},
        "then": {"version": 1, "held": 4, "of": 10, "since": "2024-03-03T10:00:00+00:00", "captures": 1},
    }


def test_the_page_of_all_lists_them_too_and_says_what_it_leaves_out(book, tmp_path):
    target = str(tmp_path / "out.html")
    found = run(book, target)
    html = (tmp_path / "out.html").read_text()
    assert f"The text: {LAST} 2024-03-02 10:00, in 3 captures." in html
    for told in (html, found.stderr):
        assert f"1 more article was {WAS}; --all tells." in told
        assert "1 more article differs in noise alone; --all tells." in told
    assert "more article" not in changes_page.page([workspace.changes(book, "gone")])


def test_the_timeline_has_every_capture_and_says_which_hold_only_the_beginning(book):
    def table(name: str, *how: str) -> list[str]:
        lines = run(book, name, *how).output.splitlines()
        return [STATEMENTS.sub("", re.split("  +", line.strip())[-1]) for line in lines if line.startswith("2024-")]

    part = "only the beginning: 4 of 10 sentences"
    assert table("edit") == [
        "first capture",
        part,
        "only the beginning: 5 of 10 sentences",
        f"text: 1 sentence changed; {PRICE}; compared with version 1",
    ]
    assert table("gone")[-1] == f"as before, {part}"
    assert table("gone", "--since", "2024-03-04")[1:] == [
        f"another version, {part}",
        f"another version, {part}",
        f"as before, {part}",
    ]


def test_what_is_not_in_a_capture_can_be_read(book):
    lines = [line.rstrip() for line in run(book, "then").output.splitlines()]
    whole = "version 2, the last whole one, captured 2024-03-02 10:00"
    at = lines.index("Captured 2024-03-03 10:00, only the beginning: 4 of 10 sentences")
    assert lines[at + 1] == f"  Compared with {whole}; {UNKNOWN}."
    assert lines[at + 2] == "  not in this capture"
    assert [line.strip() for line in lines[at + 3 : at + 9]][::5] == [
        "The bridge carried 1,200 cars a day.",
        "Two cars were lifted out of the river on Tuesday morning.",
    ]
    assert lines[at + 9 : at + 11] == [
        "  statements not in this capture",
        "    Bo Reed · “We will pay for a new one,”",
    ]
    figures = lines[lines.index("  figures not in this capture", at) :]
    assert "    5,000,000 EUR" in figures
    assert not any(word in " ".join(lines[at:]) for word in ("[-", "went", "removed"))
    assert f"The text: {LAST} 2024-03-03 10:00, in 1 capture." in lines
    printed = run(book, "edit").output
    since = "captured 2024-03-01 10:00"
    for line in (
        "Changed between 2024-03-01 10:00 and 2024-03-04 10:00, as captured  no note of a change was found",
        f"  Compared with version 1, the last whole one, {since}; the captures between hold only the beginning.",
        "  ~ A new bridge would cost [-3-] {+5+} million euros, he told us.",
    ):
        assert line in [line.rstrip() for line in printed.splitlines()]
    assert f"Captured 2024-03-03 10:00, whole again, as {since}\n" in run(book, "back").output


def test_json_of_an_article_says_what_its_turns_were_compared_with_and_what_they_lack(book):
    found = json.loads(run(book, "edit", "--json").stdout)
    assert [moment["version"] for moment in found["captures"]] == [0, 1, 2, 3]
    assert [(turn["before"], turn["after"], turn["kind"], turn["again"]) for turn in found["turns"]] == [
        (0, 1, "text", False),
        (0, 2, "text", False),
        (0, 3, "text", True),
    ]
    first, second, third = (turn["beginning"] for turn in found["turns"])
    missing = first["not_in_this_capture"]
    assert (first["version"], first["held"], first["of"], second["held"], third) == (0, 4, 10, 5, None)
    assert missing["sentences"][0]["text"] == "The bridge carried 1,200 cars a day."
    assert second["not_in_this_capture"]["sentences"][0]["text"] == "1,200 cars a day."
    assert "Bo Reed" in [one["speaker"] for one in missing["statements"]]
    places = [one for said in missing["statements"] for one in said["before"]]
    for one in (*missing["sentences"], *places, *missing["figures"]):
        assert WHOLE[slice(*one["span"])] == one["text"]
    assert 3e6 in [figure["value"] for figure in missing["figures"]]
    assert not any(found["turns"][0][name] for name in ("edits", "statements", "figures", "fields", "notes"))
    plain = json.loads(run(book, "quit", "--json").stdout)
    assert [(turn["beginning"], turn["again"]) for turn in plain["turns"]] == [(None, False)]
    assert plain["beginning"] is None
    assert json.loads(run(book, "gone", "--json").stdout)["beginning"]["captures"] == 3


def test_the_page_shows_a_capture_that_is_cut_short_as_one(book):
    html = changes_page.page([workspace.changes(book, "edit")])
    assert html.count('<circle class="new part"') == 2
    assert "2024-03-02 10:00: version 2, only the beginning: 4 of 10 sentences" in html
    section = html.split("<h3")[1]
    assert ">Captured 2024-03-02 10:00, only the beginning: 4 of 10 sentences</h3>" in section
    assert ">Not in this capture</h4>" in section
    assert ">The bridge carried 1,200 cars a day.</span></li>" in section
    assert re.search(
        r"<h4>Statements not in this capture</h4>.*Bo Reed.*<h4>Figures not in this capture</h4>", section, re.S
    )
    assert "3,000,000 EUR</li>" in section
    assert "<del" not in section
    same = changes_page.strip(workspace.changes(book, "gone")).marks[-1]
    assert (same.title[16:], same.part) == (": version 3, as before, only the beginning: 4 of 10 sentences", True)
    withdrawn = changes_page.page([workspace.changes(book, "quit")])
    assert ' part"' not in withdrawn.split("</style>")[1]
    assert "This article was withdrawn" in withdrawn


def test_since_leaves_earlier_captures_out_but_not_that_the_last_one_is_cut_short(book):
    assert workspace.changes(book, "back", since="2024-03-03").turns[0].again
    assert set(rows(book, "--since", "2024-03-04")) == {"gone", "edit"}
    assert rows(book, "--since", "2024-03-04")["gone"]["beginning"]["since"] == "2024-03-02T10:00:00+00:00"
    assert "gone" not in rows(book, "--since", "2024-03-05")
    assert run(book, "--since", "2024-03-04").output.count("more article") == 0
