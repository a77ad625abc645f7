"""The ledger keeps what people said apart from what the machine finds, and shows the one in the place of the other."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import NotFound
from sayso.ledger import judgements as kept
from sayso.ledger import schema
from sayso.ledger.ledger import Ledger
from sayso.linking.judgements.nouns import Judgement, Ruling, Thing
from sayso.linking.nouns import Conflict, FigureMember, FigureThread, Link, Links, StatementMember, Story, Thread
from sayso.text.span import Span

THREAD = Thread("t1", "gist", (StatementMember("a", 0, (Span(0, 5),), "verbatim"),))
MACHINE = Links(
    (Story("s1", "One", ("a", "b"), (Link("a", "b", 0.83, "why"),)), Story("s2", "Two", ("c",))),
    (THREAD,),
    (FigureThread("f-1", "deaths", None, (FigureMember("c", 1),)),),
    (Conflict("figure", "f-1", (FigureMember("c", 1),), "Different figure."),),
)
SHOWN = Links(
    (Story("s1", "A", ("a",), judged=("judged",)), Story("s3", "B", ("b",))), (replace(THREAD, judged=("x",)),)
)


def judgement(by="Ann", day=1, **more):
    at = f"2026-03-{day:02}T08:00:00.000000+00:00"
    statement = Thing("b", "statement", "words “«قال»”", (Span(3, 9), Span(12, 20)))
    return Judgement(
        "thread", "different", (Thing("a", "statement", "w", (Span(0, 1),)),), (statement,), by, at, **more
    )


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "news")
    with made.writer() as writer:
        writer.put_links(MACHINE)
    return made


def show(ledger):
    with ledger.view() as view:
        stamp = view.stamp
    with ledger.writer() as writer:
        writer.put_shown(SHOWN, ("a", "b"), [Ruling("j1", "stands", "", True, 0.83)], stamp)


def test_judgements_come_back_as_they_were_the_oldest_first(ledger):
    said = [
        judgement(day=2),
        judgement("Боб", note="note\u2028"),
        judgement("Cid", withdrawn="2026-03-02T00:00:00+00:00"),
    ]
    with ledger.writer() as writer:
        assert sorted(writer.put_judgements(said)) == sorted(one.id for one in said)
        assert writer.put_judgements(said) == []
    with ledger.view() as view:
        assert sorted(map(repr, view.judgements())) == sorted(map(repr, said))
        assert [one.at for one in view.judgements()] == sorted(one.at for one in said)
        assert view.judgement(said[0].id[:8]) == said[0]
        with pytest.raises(NotFound, match="no judgement"):
            view.judgement("jx")


def test_withdrawn_anywhere_is_withdrawn_for_good_at_the_earliest(ledger):
    early, late = "2026-03-02T00:00:00+00:00", "2026-03-03T00:00:00+00:00"
    for moment in (None, late, None, early, late, None):
        with ledger.writer() as writer:
            writer.put_judgements([judgement(withdrawn=moment)])
    with ledger.view() as view:
        assert view.judgements() == [judgement(withdrawn=early)]


def test_what_is_shown_hides_the_machines_links_of_these_articles_and_keeps_them(ledger):
    show(ledger)
    with ledger.view() as view:
        assert sorted(view.stories(), key=lambda s: s.id) == [SHOWN.stories[0], MACHINE.stories[1], SHOWN.stories[1]]
        assert view.threads() == list(SHOWN.threads)
        assert view.threads(SHOWN.stories[0]) == list(SHOWN.threads)
        assert view.figure_threads() == list(MACHINE.figure_threads)
        assert view.conflicts(MACHINE.stories[1]) == list(MACHINE.conflicts)
        assert view.machine_links() == MACHINE
        assert view.counts()["story"] == 3
        assert view.rulings() == {"j1": Ruling("j1", "stands", "", True, 0.83)}


def test_a_link_run_touches_no_judgement_and_shows_the_machines_links_until_they_are_judged_anew(ledger):
    with ledger.writer() as writer:
        writer.put_judgements([judgement()])
    show(ledger)
    with ledger.view() as view:
        assert view.judged
    with ledger.writer() as writer:
        writer.put_links(MACHINE)
    with ledger.view() as view:
        assert not view.judged
        assert view.links() == MACHINE
        assert view.judgements() == [judgement()]
    show(ledger)
    with ledger.writer() as writer:
        writer.put_judgements([judgement("Bob")])
    with ledger.view() as view:
        assert not view.judged


def test_links_judged_from_an_older_state_are_not_taken_for_the_present_ones(ledger):
    with ledger.view() as view:
        stamp = view.stamp
    with ledger.writer() as writer:
        writer.put_judgements([judgement()])
        writer.put_shown(SHOWN, ("a", "b"), [], stamp)
    with ledger.view() as view:
        assert not view.judged


def test_a_ledger_from_before_judgements_is_brought_forward(tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        for step in schema.STEPS[:3]:
            connection.executescript(step)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute("PRAGMA user_version = 3")
    ledger = Ledger(folder)
    with ledger.view() as view:
        assert view.judged
        assert view.judgements() == []
    with ledger.writer() as writer:
        assert writer.put_judgements([judgement()])


@given(
    st.permutations(
        [(by, moment) for by in "xy" for moment in (None, "2026-03-02T00:00:00+00:00", "2026-03-03T00:00:00+00:00")]
    )
)
def test_merging_gives_the_same_in_any_order(order):
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in schema.STEPS:
            connection.executescript(step)
        for by, moment in order:
            kept.put(connection, [judgement(by, withdrawn=moment)])
        found = kept.every(connection)
    assert {(one.by, one.withdrawn) for one in found} == {(by, "2026-03-02T00:00:00+00:00") for by in "xy"}
