"""Captures cut short: the fuller version stands for the article in search, links and exports; the log says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import permutations

import pytest
from tests.linking.test_beginnings import LINES, TEASER, WHOLE
from tests.test_addresses import NORTH, assert_sound, at, fetched, take

from sayso import workspace
from sayso.extraction.nouns import Reading
from sayso.ledger import schema
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import Ledger
from sayso.workspace.intake import added, made_by

SECOND = f"{LINES[0]}\nMayor Ann…"
EDITED = WHOLE.replace("3 million", "5 million")
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


@pytest.mark.parametrize("days", list(permutations((1, 2, 3))))
def test_the_order_of_reading_does_not_matter(ledger, days):
    texts = [(WHOLE, EDITED, TEASER)[day - 1] for day in days]
    assert read(ledger, *texts, days=days) == EDITED
    assert_sound(ledger)


def test_a_capture_that_is_read_anew_is_settled(ledger, monkeypatch):
    """As in a ledger whose captures were read before sayso knew of it."""
    with monkeypatch.context() as patch:
        patch.setattr("sayso.workspace.intake.settle", lambda writer, id: None)
        assert read(ledger, WHOLE, TEASER) == TEASER
    monkeypatch.setattr("sayso.workspace.intake.made_by", lambda tagger: "sayso 99, rules")
    assert read(ledger, TEASER, days=[3]) == TEASER  # until the other one is read by the same sayso
    assert read(ledger, WHOLE, days=[1]) == WHOLE
    assert_sound(ledger)


@pytest.mark.parametrize(("reader", "stands"), [("sayso 98, tagger 7", WHOLE), ("sayso 99, rules", TEASER)])
def test_another_sayso_may_read_less_of_a_page(ledger, monkeypatch, reader, stands):
    monkeypatch.setattr("sayso.workspace.intake.made_by", lambda tagger: "sayso 98, rules")
    read(ledger, WHOLE)
    monkeypatch.setattr("sayso.workspace.intake.made_by", lambda tagger: reader)
    assert read(ledger, TEASER, days=[2]) == stands


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
