"""What every ledger must do: a second ledger runs this class with its own `ledger` fixture."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import numpy as np
import pytest

from sayso.documents.nouns import Capture, Version
from sayso.errors import InputError, LedgerError, NotFound
from sayso.extraction.nouns import Attribution, Figure, Reading, Time, Voice
from sayso.ledger.nouns import Embeddings
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    FigureMember,
    FigureThread,
    Link,
    Links,
    StatementMember,
    Story,
    Thread,
)
from sayso.text.markup import parse
from sayso.text.span import Span

MODEL = "test 1"


def article(marked: str, id: str = "a1", lang: str = "en", day: int = 1, speaker: str | None = None, **about: str):
    """Capture, version and reading of one short article written in markup: s source, c cue, q content, f figure."""
    text, marks = parse(marked)
    capture = Capture(f"{id}.txt", text.encode(), "text/plain", f"2026-03-{day:02}T08:00:00+00:00")
    spans = {kind: tuple(m.span for m in marks if m.kind == kind) for kind in "scqf"}
    attributions = [Attribution(spans["s"], spans["c"], spans["q"], "indirect", speaker)] if spans["q"] else []
    figures = [Figure(span, 10**30 + 1, "votes") for span in spans["f"]]
    reading = Reading(lang, tuple(attributions), tuple(figures))
    return capture, Version(id, text, lang, capture.digest, **about), reading


MAYOR = article("{s|Mayor Dal} {c|said} {q|the bridge stays shut}.", "harbour-1", speaker="Ruth Dal")
MINISTER = article("وقال {s|دال} {c|وأضاف} {q|الجسر مغلق 🌉}", "marsa-1", "ar", speaker="روث دال")
OTHER = article("Nothing was said about {f|1} bridge.", "other-1")


class LedgerContract:
    """Subclasses give the fixture `ledger`: an empty ledger."""

    def test_gives_back_exactly_what_was_added(self, ledger):
        capture, version, _ = article("a\r\n\0b 👩‍👩‍👧 é̂ {q|«قال»}", "x", title="T", outlet="O", url="u", author="A")
        extra = {"tags": ["a", None, 1.5], "nested": {"k": "v"}}
        version = dataclasses.replace(version, published="2026-03-01", published_from="given", extra=extra)
        reading = Reading(
            "en",
            (Attribution((), (Span(0, 1),), (Span(2, 3), Span(4, 5)), "mixed", None, 0, "denies", 0.25, "rule"),),
            (
                Figure(Span(0, 1), 10**40, "views", "over", 1.5, "X", "PT24H", "2026-01-01", "Dal"),
                Figure(Span(0, 1), None),
            ),
            (Time(Span(0, 1), "2026-W06"),),
            (Voice(Span(0, 1), "hedge", "outlet"), Voice(Span(1, 2), "loaded", 0)),
        )
        with ledger.writer() as writer:
            assert writer.add(capture, version, reading)
        with ledger.view() as view:
            assert list(view.versions()) == [version]
            assert list(view.articles()) == [(version, reading)]
            assert view.version("x") == version
            assert view.reading("x") == reading
            assert view.capture(version.digest) == capture

    def test_the_same_bytes_twice_are_kept_once(self, ledger):
        with ledger.writer() as writer:
            assert len(writer.seen(MAYOR[0])) == 0
            assert writer.add(*MAYOR)
            assert not writer.add(*MAYOR)
            assert len(writer.seen(MAYOR[0])) == 1
        with ledger.writer() as writer:
            assert not writer.add(*MAYOR)
        with ledger.view() as view:
            counts = view.counts()
            assert (counts["articles"], counts["versions"], counts["captures"], counts["attributions"]) == (1, 1, 1, 1)
            assert len(view.search("bridge")) == 1

    def test_other_bytes_under_one_id_are_a_new_version(self, ledger):
        first, second = article("It opens.", day=1), article("It stays shut.", day=2)
        with ledger.writer() as writer:
            assert writer.add(*second)
            assert writer.add(*first)
        with ledger.view() as view:
            assert view.history("a1") == [first[1], second[1]]
            assert view.version("a1") == second[1]
            assert view.search("opens") == []
            assert view.counts()["articles"] == 1
            assert view.counts()["attributions"] == len(second[2].attributions)
            assert view.counts()["figures"] == len(second[2].figures)

    def test_a_version_captured_again_later_is_current_again(self, ledger):
        first, second = article("It opens.", day=1), article("It stays shut.", day=2)
        again = dataclasses.replace(first[0], captured="2026-03-03T08:00:00+00:00")
        with ledger.writer() as writer:
            writer.add(*first)
            writer.add(*second)
            assert len(writer.seen(again)) == 1
        with ledger.view() as view:
            assert view.version("a1") == first[1]
            assert [hit.digest for hit in view.search("opens")] == [first[1].digest]
            assert view.search("shut") == []

    def test_rows_of_one_capture_with_one_id_are_all_kept(self, ledger):
        capture, version, reading = MAYOR
        other = dataclasses.replace(version, text="Another row.")
        with ledger.writer() as writer:
            assert writer.add(capture, version, reading)
            assert writer.add(capture, other, Reading("en"))
        with ledger.view() as view:
            assert view.history(version.id) == [version, other]
            assert view.counts()["captures"] == 1

    def test_a_reading_by_something_newer_replaces_the_old_one(self, ledger):
        capture, version, reading = MAYOR
        with ledger.writer() as writer:
            writer.add(capture, version, reading, made_by="rules 1")
            assert len(writer.seen(capture, made_by="rules 2")) == 0
            assert writer.add(capture, version, Reading("en"), made_by="rules 2")
            assert len(writer.seen(capture, made_by="rules 2")) == 1
        with ledger.view() as view:
            assert view.reading(version.id) == Reading("en")
            assert view.counts()["attributions"] == 0
            assert view.counts()["versions"] == 1

    def test_a_version_that_names_other_bytes_is_refused_wholly(self, ledger):
        capture, version, reading = MAYOR
        with ledger.writer() as writer:
            with pytest.raises(LedgerError, match="names other bytes"):
                writer.add(capture, dataclasses.replace(version, digest="sha256:0"), reading)
            assert writer.add(*OTHER)
        with ledger.view() as view:
            assert view.counts()["captures"] == 1

    def test_a_text_that_no_file_can_keep_is_refused_wholly(self, ledger):
        capture, version, reading = MAYOR
        with ledger.writer() as writer:
            with pytest.raises(InputError, match=r"harbour-1.txt: .*surrogate"):
                writer.add(capture, dataclasses.replace(version, text="half \ud83d"), reading)
            assert writer.add(*OTHER)
        with ledger.view() as view:
            assert [v.id for v in view.versions()] == ["other-1"]

    def test_a_batch_is_kept_together_and_its_failed_calls_are_taken_back_alone(self, ledger):
        half = dataclasses.replace(MINISTER[1], text="bridge \ud83d")

        def refused_after_another(writer):
            with writer.batch():
                writer.add(*MINISTER)
                writer.add(MINISTER[0], half, Reading("ar"))

        with ledger.writer() as writer, writer.batch():
            writer.add(*MAYOR)
            with ledger.view() as view:
                assert view.counts()["versions"] == 0
            with pytest.raises(InputError):
                writer.add(MINISTER[0], half, Reading("ar"))
            with pytest.raises(InputError):
                refused_after_another(writer)
            writer.add(*OTHER)
        with ledger.view() as view:
            assert {hit.id for hit in view.search("bridge")} == {"harbour-1", "other-1"}
            assert view.counts()["captures"] == view.counts()["versions"] == 2

    def test_a_broken_batch_leaves_nothing(self, ledger):
        def interrupted(writer):
            with writer.batch():
                writer.add(*MAYOR)
                raise KeyboardInterrupt

        with ledger.writer() as writer:
            with pytest.raises(KeyboardInterrupt):
                interrupted(writer)
            writer.add(*OTHER)
        with ledger.view() as view:
            assert [version.id for version in view.versions()] == ["other-1"]
            assert [hit.id for hit in view.search("bridge")] == ["other-1"]

    def test_a_view_does_not_change_while_others_write(self, ledger):
        with ledger.writer() as writer:
            writer.add(*MAYOR)
            with ledger.view() as before:
                writer.add(*OTHER)
                assert [v.id for v in before.versions()] == ["harbour-1"]
                assert before.counts()["versions"] == 1
                with ledger.view() as after:
                    assert after.counts()["versions"] == 2

    def test_many_read_while_one_writes(self, ledger):
        """Every view is whole: as many readings and archived bytes as articles, never fewer than before."""
        with ledger.writer() as writer:
            writer.add(*MAYOR)
        done = threading.Event()

        def watch(_):
            seen = [0]
            while not done.is_set():
                with ledger.view() as view:
                    counts, articles = view.counts(), list(view.articles())
                    hits = view.search("bridge", limit=1000)
                    assert counts["articles"] == counts["captures"] == len(articles) == len(hits)
                    seen.append(counts["articles"])
            return seen

        with ThreadPoolExecutor(4) as pool:
            watched = pool.map(watch, range(4))
            try:
                with ledger.writer() as writer:
                    for i in range(60):
                        writer.add(*article(f"Bridge {i}", f"b{i}"))
            finally:
                done.set()
            for seen in watched:
                assert seen == sorted(seen)
                assert len(seen) > 1

    def test_an_exception_in_the_writers_block_keeps_what_was_added(self, ledger):
        def interrupted():
            with ledger.writer() as writer:
                writer.add(*MAYOR)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        with ledger.writer() as writer:
            assert not writer.add(*MAYOR)

    def test_a_second_writer_is_told_who_writes(self, ledger):
        with (
            ledger.writer(),
            pytest.raises(LedgerError, match=r"is being written by process \d+ since"),
            ledger.writer(timeout=0.05),
        ):
            pass

    def test_without_a_ledger_there_is_no_view(self, ledger):
        with pytest.raises(LedgerError, match="holds no ledger yet"), ledger.view():
            pass

    def test_failures_are_kept_until_the_input_is_read(self, ledger):
        with ledger.writer() as writer:
            writer.add_failure("harbour-1.txt", "is empty")
            writer.add_failure("b.txt", "is empty")
            writer.add_failure("b.txt", "is no text")
            writer.add(*MAYOR)
        with ledger.view() as view:
            assert [(f.name, f.reason) for f in view.failures()] == [("b.txt", "is no text")]

    LINKS: ClassVar[Links] = Links(
        stories=(
            Story("bridge", "The bridge", ("harbour-1", "marsa-1"), (Link("harbour-1", "marsa-1", 0.75, "names"),)),
            Story("brine", "Brine", ("other-1",)),
        ),
        threads=(
            Thread(
                "t1",
                "The bridge stays shut",
                (
                    StatementMember("harbour-1", 0, (Span(16, 22),), "verbatim", "margin"),
                    StatementMember("marsa-1", 0, (), "translation"),
                ),
                "Ruth Dal",
            ),
        ),
        figure_threads=(FigureThread("f1", "votes", None, (FigureMember("other-1", 0),)),),
        conflicts=(
            Conflict("figure", "f1", (FigureMember("other-1", 0),), "One digit differs."),
            Conflict("statement", "t1", (StatementMember("marsa-1", 0, (), "changed"),), "One says not."),
        ),
        duplicates=(Duplicate(("harbour-1", "marsa-1"), "wire copy"),),
    )

    @pytest.fixture
    def linked(self, ledger):
        with ledger.writer() as writer:
            for one in (MAYOR, MINISTER, OTHER):
                writer.add(*one)
            writer.put_links(self.LINKS, {("marsa-1", 0): "Ruth Dal"})
        return ledger

    def test_gives_back_the_links_as_found(self, linked):
        with linked.view() as view:
            assert view.links() == self.LINKS
            assert view.linked

    def test_links_of_a_story_are_those_with_a_member_in_it(self, linked):
        links = self.LINKS
        with linked.view() as view:
            bridge, brine = view.stories()
            assert (view.threads(bridge), view.threads(brine)) == (list(links.threads), [])
            assert (view.figure_threads(bridge), view.figure_threads(brine)) == ([], list(links.figure_threads))
            assert (view.conflicts(bridge), view.conflicts(brine)) == ([links.conflicts[1]], [links.conflicts[0]])
            assert (view.duplicates(bridge), view.duplicates(brine)) == (list(links.duplicates), [])

    def test_a_link_run_replaces_the_one_before(self, linked):
        with linked.writer() as writer:
            writer.put_links(Links())
        with linked.view() as view:
            assert view.links() == Links()
            assert {s.name for s in view.speakers()} == {"Ruth Dal", "روث دال"}

    def test_knows_whether_articles_came_after_the_links(self, linked):
        with linked.view() as view:
            revision = view.revision
        with linked.writer() as writer:
            writer.seen(MAYOR[0])
            writer.add(*OTHER)
        with linked.view() as view:
            assert view.linked
        with linked.writer() as writer:
            writer.add(*article("More.", "more-1"))
            writer.put_links(self.LINKS, revision=revision)
        with linked.view() as view:
            assert not view.linked

    def test_links_found_in_an_older_state_do_not_replace_newer_ones(self, linked):
        with linked.view() as view:
            before = view.revision
        with linked.writer() as writer:
            writer.add(*article("More.", "more-1"))
            assert writer.put_links(self.LINKS, made_by="one")
            assert not writer.put_links(Links(), revision=before, made_by="one")
        with linked.view() as view:
            assert view.links() == self.LINKS
            assert (view.linked, view.linked_by) == (True, "one")
        with linked.writer() as writer:
            assert writer.put_links(Links(), revision=before, made_by="another")
        with linked.view() as view:
            assert (view.linked, view.linked_by) == (False, "another")

    def test_speakers_of_articles_that_are_not_here_are_refused_wholly(self, linked):
        with linked.writer() as writer, pytest.raises(NotFound, match="no article 'gone'"):
            writer.put_links(Links(), {("gone", 0): "Dal"})
        with linked.view() as view:
            assert view.links() == self.LINKS

    @pytest.mark.parametrize("name", ["Dal", "ruth dal", "Ruth", "روث دال", "رُوث"])
    def test_a_speaker_answers_to_every_name_in_any_script(self, linked, name):
        with linked.view() as view:
            found = view.statements_of(name)
            assert [(s.id, s.index, s.speaker) for s in found] == [
                ("harbour-1", 0, "Ruth Dal"),
                ("marsa-1", 0, "Ruth Dal"),
            ]
            assert found[0].attribution == MAYOR[2].attributions[0]
            assert [(s.name, s.names, s.statements) for s in view.speakers()] == [
                ("Ruth Dal", ("Ruth Dal", "روث دال"), 2)
            ]

    @pytest.mark.parametrize("name", ["Dalia", "", "...", "al"])
    def test_a_speaker_does_not_answer_to_parts_of_words(self, linked, name):
        with linked.view() as view, pytest.raises(NotFound, match="no speaker"):
            view.statements_of(name)

    def test_ids_may_be_shortened_while_only_one_begins_so(self, linked):
        with linked.view() as view:
            assert view.story("bridg").id == "bridge"
            assert view.version("harb").id == "harbour-1"
            assert view.reading("harb") == MAYOR[2]

    @pytest.mark.parametrize(
        ("ask", "said"),
        [
            (lambda view: view.story("bri"), r"2 ids begin with 'bri', among them bridge, brine"),
            (lambda view: view.story("brigde"), r"no story 'brigde' in the ledger; nearest: .*bridge"),
            (lambda view: view.version(""), r"no article ''"),
            (lambda view: view.reading("harbor-1"), r"nearest: .*harbour-1"),
            (lambda view: view.statements_of("Rut"), r"no speaker 'Rut' in the ledger; nearest: Ruth Dal"),
            (lambda view: view.capture("sha256:0"), r"no capture with the digest sha256:0"),
        ],
    )
    def test_what_is_not_found_is_named_with_what_comes_near(self, linked, ask, said):
        with linked.view() as view, pytest.raises(NotFound, match=said):
            ask(view)

    def test_search_by_meaning_finds_the_nearest_part_of_each_article(self, linked):
        spans = (Span(0, 4), Span(5, 9))
        with linked.writer() as writer:
            near = Embeddings(MODEL, spans, np.array([[0, 1], [1, 0]], dtype=np.float32))
            writer.put_embeddings("harbour-1", near)
            writer.put_embeddings("other-1", Embeddings(MODEL, spans[:1], np.array([[0.6, 0.8]], dtype=np.float32)))
            writer.put_embeddings("other-1", Embeddings("another", spans[:1], np.array([[1, 0, 0]], dtype=np.float32)))
            writer.put_embeddings("marsa-1", Embeddings(MODEL, (), np.zeros((0, 2), dtype=np.float32)))
        with linked.view() as view:
            hits = view.nearest([1.0, 0.0], MODEL)
            assert [(hit.id, hit.snippet, round(hit.score, 3)) for hit in hits] == [
                ("harbour-1", Span(5, 9), 1.0),
                ("other-1", Span(0, 4), 0.6),
            ]
            assert len(view.nearest([1.0, 0.0], MODEL, limit=1)) == 1
            assert view.nearest([1.0, 0.0], "none") == []
            kept = view.embeddings("harbour-1", MODEL)
            assert kept.spans == spans
            assert np.array_equal(kept.vectors, near.vectors)
            assert view.embeddings("harbour-1", "another") is None
            assert view.without_embeddings(MODEL) == []
            assert view.without_embeddings("another") == ["harbour-1", "marsa-1"]
            with pytest.raises(LedgerError, match="not of size 3"):
                view.nearest([1.0, 0.0, 0.0], MODEL)

    def test_vectors_of_a_version_that_is_no_longer_current_are_not_kept(self, linked):
        one = Embeddings(MODEL, (Span(0, 4),), np.ones((1, 2), dtype=np.float32))
        with linked.writer() as writer:
            writer.put_embeddings("harbour-1", one, MAYOR[1].digest)
            writer.put_embeddings("other-1", one, MAYOR[1].digest)
        with linked.view() as view:
            assert view.without_embeddings(MODEL) == ["marsa-1", "other-1"]

    def test_vectors_that_do_not_fit_their_spans_are_refused(self, linked):
        with linked.writer() as writer, pytest.raises(LedgerError, match="1 spans do not fit"):
            writer.put_embeddings("other-1", Embeddings(MODEL, (Span(0, 1),), np.zeros((2, 2), dtype=np.float32)))
