"""Captures cut short: the fuller version stands for the article in search, links and exports; the log says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.test_beginnings import LINES, TEASER, WHOLE
from tests.test_addresses import FERRY, NORTH, PORT, SOUTH, WALL, assert_sound, at, fetched, take

from sayso import workspace
from sayso.documents.nouns import Capture
from sayso.errors import NotFound
from sayso.extraction.nouns import Reading
from sayso.ledger import schema
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import Ledger
from sayso.workspace.intake import added, made_by

SECOND = f"{LINES[0]}\nMayor Ann…"
EDITED = WHOLE.replace("3 million", "5 million")
CHANGED = f"{TEASER.replace('12 people', '15 people')}\nThe county will say more on Friday."
SHORTENED = f"{TEASER}\nThe county will say more on Friday. It has asked for time."


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return workspace.open_ledger(tmp_path / "ledger")


def page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    head = "<title>Bridge falls in Marrow</title>"
    body = f"<article><h1>Bridge falls in Marrow</h1>{paragraphs}</article>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def read(ledger: Ledger, *texts: str, days: Sequence[int] = ()) -> str:
    """Captures of one page, a day apart or on `days`; the text that stands for the article."""
    for text, day in zip(texts, days or range(1, 9), strict=False):
        take(ledger, fetched(NORTH, page(text), day))
    with ledger.view() as view:
        return lines(view.version(at(NORTH)).text)


def lines(text: str) -> str:
    """Paragraphs as lines."""
    return text.replace("\n\n", "\n")


def rows(ledger: Ledger, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


def test_the_whole_article_stands_when_a_later_capture_holds_only_its_beginning(ledger):
    assert read(ledger, WHOLE, TEASER) == WHOLE
    with ledger.view() as view:
        assert [hit.id for hit in view.search('"divers searched"')] == [at(NORTH)]
        assert [lines(version.text) for version in view.history(at(NORTH))] == [WHOLE, TEASER]
        assert {"Bo Reed"} <= {said.speaker for said in view.reading(at(NORTH)).attributions}
    history = workspace.changes(ledger, at(NORTH))
    assert (lines(history.current.text), history.cut.captures, history.cut.since[:10]) == (TEASER, 1, "2026-03-02")
    assert_sound(ledger)


@pytest.mark.parametrize(
    ("texts", "stands"),
    [
        ([WHOLE, TEASER, TEASER], WHOLE),
        ([WHOLE, TEASER, SECOND], WHOLE),
        ([WHOLE, TEASER, WHOLE, TEASER], WHOLE),
        ([WHOLE, TEASER, EDITED], EDITED),
        ([WHOLE, TEASER, EDITED, TEASER], EDITED),
        ([WHOLE, TEASER, SHORTENED], SHORTENED),
        ([WHOLE, TEASER, CHANGED, TEASER], TEASER),
        ([WHOLE, TEASER, CHANGED], CHANGED),
        ([WHOLE, CHANGED, TEASER], TEASER),
        ([WHOLE, TEASER.replace("12 people", "15 people")], TEASER.replace("12 people", "15 people")),
        ([WHOLE, f"{TEASER}\nThis article was withdrawn."], f"{TEASER}\nThis article was withdrawn."),
        ([TEASER, WHOLE], WHOLE),
        ([TEASER, WHOLE, TEASER], TEASER),  # as `sayso changes` tells it: the text of before is back
    ],
)
def test_what_stands_for_the_article(ledger, texts, stands):
    assert read(ledger, *texts) == stands
    assert (workspace.changes(ledger, at(NORTH)).cut is None) == (stands == texts[-1])
    assert_sound(ledger)


@pytest.mark.parametrize(
    ("texts", "stands"),
    [
        ((WHOLE, EDITED, TEASER), EDITED),
        ((TEASER, WHOLE, TEASER), TEASER),
        ((WHOLE, TEASER, CHANGED), CHANGED),
        ((WHOLE, CHANGED, TEASER), TEASER),
        ((WHOLE, TEASER, SECOND), WHOLE),
    ],
)
def test_the_order_of_reading_does_not_matter(tmp_path, texts, stands):
    for days in permutations((1, 2, 3)):
        ledger = workspace.open_ledger(tmp_path / "-".join(map(str, days)))
        assert read(ledger, *(texts[day - 1] for day in days), days=days) == stands
        assert_sound(ledger)


def test_other_bytes_with_the_same_text_are_settled_too(ledger):
    read(ledger, WHOLE, TEASER, EDITED)
    take(ledger, fetched(NORTH, page(TEASER) + b"<!-- an advert -->", 4))
    with ledger.view() as view:
        assert lines(view.version(at(NORTH)).text) == EDITED
    assert workspace.changes(ledger, at(NORTH)).cut.captures == 1


def test_another_text_at_the_address_is_settled_by_itself(ledger):
    other = page("\n".join(f"{sentence}." for sentence in f"{FERRY} {PORT} {WALL}".split(". ")))
    part = page("\n".join(f"{sentence}." for sentence in FERRY.split(". ")[:2]))
    take(ledger, fetched(NORTH, page(WHOLE)), fetched(NORTH, other, 2), fetched(NORTH, part, 3))
    with ledger.view() as view:
        assert lines(view.version(at(NORTH)).text) == WHOLE
        assert len(view.history(f"{at(NORTH)}-2")) == 2
        assert "fish market" in view.version(f"{at(NORTH)}-2").text
    assert_sound(ledger)


KINDS = {
    "whole": WHOLE,
    "edited": EDITED,
    "beginning": TEASER,
    "less of it": SECOND,
    "with a wall": f"{TEASER}\nSubscribe now",
    "with noise": f"3 minutes ago\n{WHOLE}\n12 comments",
    "changed": CHANGED,
    "shortened": SHORTENED,
    "another": FERRY,
}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_what_stands_is_what_changes_tells_in_whatever_order_captures_are_read(data):
    kinds = data.draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=6))
    days = data.draw(st.permutations(range(1, len(kinds) + 1)))
    stood = []
    for order in (sorted(days), days):
        with TemporaryDirectory() as folder:
            ledger = workspace.open_ledger(Path(folder) / "ledger")
            for day in order:
                take(ledger, fetched(NORTH, page(KINDS[kinds[day - 1]]) + b"<!-- %d -->" % day, day))
            with ledger.view() as view:
                stood.append({version.text for version in view.versions()})
                ids = [version.id for version in view.versions()]
            made = [workspace.changes(ledger, id) for id in ids]
            whole = [next(turn.before for turn in reversed(one.turns)) if one.cut else None for one in made]
            pairs = zip(made, whole, strict=True)
            told = {(one.current if place is None else one.versions[place]).text for one, place in pairs}
            assert told == stood[-1]
            assert workspace.verify(ledger, spans=True).findings == ()
    if "another" not in kinds:  # which text is the first at an address, the first capture that is read decides
        assert stood[0] == stood[1]


def test_what_is_known_is_settled_when_it_comes_again(ledger, monkeypatch):
    """As in a ledger whose captures an older sayso read."""
    with monkeypatch.context() as patch:
        patch.setattr("sayso.workspace.intake.settle", lambda writer, id: None)
        assert read(ledger, WHOLE, TEASER) == TEASER
    before = rows(ledger, "SELECT value FROM state WHERE key = 'revision'")
    assert read(ledger, TEASER, days=[3]) == WHOLE
    assert before != rows(ledger, "SELECT value FROM state WHERE key = 'revision'")
    assert read(ledger, EDITED, TEASER, days=[4, 5]) == EDITED


def test_each_cut_is_logged_once_and_so_is_that_it_is_none_any_more(ledger):
    read(ledger, WHOLE, TEASER, TEASER, WHOLE, TEASER, CHANGED, TEASER)
    log = rows(ledger, 'SELECT leaf FROM log WHERE leaf GLOB \'*"kind":"cut"*\' ORDER BY entry')
    told = [json.loads(leaf)["of"] for (leaf,) in log]
    assert [of is not None for of in told] == [True, False]
    assert_sound(ledger)


def test_a_row_is_what_its_maker_says(ledger):
    for number, text in enumerate((WHOLE, TEASER), 1):
        body = json.dumps({"id": "mine", "url": NORTH, "text": text}).encode()
        take(ledger, Capture("rows.jsonl:1", body, "application/json", f"2026-03-0{number}T08:00:00+00:00"))
    with ledger.view() as view:
        assert view.version("mine").text == TEASER


def test_a_page_that_changes_all_the_time_is_not_looked_at(ledger, monkeypatch):
    monkeypatch.setattr("sayso.workspace.cuts.MOST", 2)
    assert read(ledger, WHOLE, TEASER) == WHOLE
    assert read(ledger, SECOND, days=[3]) == LINES[0]
    assert_sound(ledger)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE readings SET found = '{broken'",
        "UPDATE versions SET title = x'ff'",
        "DELETE FROM readings",
    ],
)
def test_an_altered_row_stops_no_other_article(ledger, statement):
    read(ledger, WHOLE, TEASER)
    rows(ledger, statement)
    take(ledger, fetched(NORTH, page(CHANGED), 3), fetched(SOUTH, page(WHOLE), 3))
    assert verify(ledger.path).findings
    with ledger.view() as view:
        assert lines(view.version(at(SOUTH)).text) == WHOLE


@pytest.mark.parametrize(("read_alike", "stands"), [(True, WHOLE), (False, TEASER)])
def test_another_sayso_may_read_less_of_a_page(ledger, monkeypatch, read_alike, stands):
    monkeypatch.setattr("sayso.workspace.intake.made_by", lambda tagger: "sayso 98, rules")
    read(ledger, WHOLE)
    monkeypatch.undo()
    if not read_alike:
        monkeypatch.setattr("sayso.workspace.cuts._reads_as", lambda view, version: False)
    assert read(ledger, TEASER, days=[2]) == stands
    assert_sound(ledger)


def test_a_tagger_reads_the_same_text(ledger, monkeypatch):
    monkeypatch.setattr("sayso.workspace.cuts._reads_as", lambda view, version: False)
    for name, text, day in (("sayso 98, rules", WHOLE, 1), ("sayso 98, tagger 7", TEASER, 2)):
        monkeypatch.setattr("sayso.workspace.intake.made_by", lambda tagger, name=name: name)
        read(ledger, text, days=[day])
    with ledger.view() as view:
        assert lines(view.version(at(NORTH)).text) == WHOLE


def test_another_reading_of_the_same_capture_stands(ledger):
    read(ledger, WHOLE)
    capture = fetched(NORTH, page(WHOLE))
    with ledger.view() as view:
        version = view.version(at(NORTH))
    beginning = replace(version, text=TEASER.replace("\n", "\n\n"))
    with ledger.writer() as writer:
        added(writer, capture, (beginning, Reading("en")), made_by(tagger=False))
    with ledger.view() as view:
        assert lines(view.version(at(NORTH)).text) == TEASER


def test_ledgers_of_before_get_the_column(ledger, monkeypatch):
    steps = schema.STEPS
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", steps[:7])
        patch.setattr(schema, "VERSION", 7)
        with ledger.writer():
            pass
    assert rows(ledger, "PRAGMA user_version") == [(7,)]
    assert read(ledger, WHOLE, TEASER) == WHOLE
    assert_sound(ledger)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE versions SET cut = 0 WHERE cut",
        "UPDATE versions SET cut = 1 WHERE NOT cut",
        "UPDATE versions SET cut = 2 WHERE cut",
        "UPDATE versions SET cut = -1 WHERE NOT cut",
        "UPDATE versions SET cut = 'yes' WHERE cut",
        "UPDATE versions SET cut = 1 - cut",
        'DELETE FROM log WHERE leaf GLOB \'*"kind":"cut"*\'',
    ],
)
def test_who_changes_what_is_cut_is_found(ledger, statement):
    read(ledger, WHOLE, TEASER)
    rows(ledger, statement)
    assert verify(ledger.path).findings


def test_who_makes_the_cut_version_the_current_one_is_found(ledger):
    read(ledger, WHOLE, TEASER)
    rows(
        ledger,
        "UPDATE versions SET current = 0 WHERE NOT cut",
        "UPDATE versions SET current = 1 WHERE cut",
    )
    assert any("not the version that came last is marked" in one for one in verify(ledger.path).findings)


def test_who_spoke_in_earlier_versions_alone_is_told_with_the_articles(ledger):
    assert read(ledger, WHOLE, f"{TEASER}\nThis article was withdrawn.") != WHOLE
    with ledger.view() as view, pytest.raises(NotFound, match=f"only earlier versions of {at(NORTH)} have one"):
        view.statements_of("Bo Reed")
    with ledger.view() as view, pytest.raises(NotFound, match=r"no speaker 'Bo Road' in the ledger$"):
        view.statements_of("Bo Road")


def test_another_text_is_found_by_the_beginning_of_its_id(ledger):
    take(ledger, fetched(NORTH, page(WHOLE)), fetched(NORTH, page(FERRY), 2))
    id = at(NORTH)
    with ledger.view() as view:
        assert (view.version(id[:4]).id, view.version(f"{id[:4]}-2").id) == (id, f"{id}-2")
        with pytest.raises(NotFound):
            view.version(f"{id[:4]}-3")
