"""Any string shown can be sliced again from the archived capture: all of the examples, read, linked and looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import workspace
from sayso.documents.nouns import Capture, Version
from sayso.documents.read import versions
from sayso.extraction.annotate import settled
from sayso.extraction.nouns import Reading
from sayso.ledger.ledger import Ledger
from sayso.workspace.resliced import resliced

AT = "2026-03-01T08:00:00+00:00"
EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = workspace.open_ledger(tmp_path_factory.mktemp("spans") / "ledger")
    workspace.read([str(EXAMPLES)], made)
    workspace.relink(made)
    return made


def test_every_text_and_span_of_the_examples_comes_from_its_capture(ledger: Ledger) -> None:
    found = resliced(ledger)
    assert found.findings == []
    assert found.notes == []
    counts = workspace.counts(ledger)
    assert found.texts == counts["versions"] > 20
    assert found.spans > 2 * (counts["attributions"] + counts["figures"])
    assert workspace.verify(ledger, spans=True).findings == ()


def test_every_string_that_is_shown_is_a_slice_of_an_archived_capture(ledger: Ledger) -> None:
    """The same by another way: what queries, comparisons and searches give out, looked for in the text made again."""
    with ledger.view() as view:
        texts = {v.id: settled(_again(view.capture(v.digest), v.id)).text for v in view.versions()}
        speakers = view.speakers()
        statements = view.statements_of(*[speaker.name for speaker in speakers])
        hits = view.search("bridge") + view.search("views") + view.search("президент")
    for said in statements:
        for span in (*said.attribution.source, *said.attribution.cue, *said.attribution.content):
            assert span.of(texts[said.id])
    assert hits
    for hit in hits:
        assert all(hit.snippet.contains(mark) and mark.of(texts[hit.id]) for mark in hit.marks)
    shown = list(_shown(ledger, texts))
    assert len(shown) > 50
    assert [words for words, text in shown if words not in text] == []


def _shown(ledger: Ledger, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(ledger.path)) as connection:
        for article, cue in connection.execute("SELECT id, cue FROM attributions JOIN versions ON number = version"):
            yield from ((part, texts[article]) for part in cue.split(" … "))


def _again(capture, id):
    return next(version for version in versions(capture) if settled(version).id == id)


def test_a_text_that_the_capture_does_not_give_is_found(ledger: Ledger, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ledger.folder, tmp_path / "ledger")
    with closing(sqlite3.connect(tmp_path / "ledger" / "ledger.sqlite")) as connection:
        number, title = connection.execute("SELECT number, title FROM versions WHERE url IS NOT NULL").fetchone()
        connection.execute("UPDATE versions SET title = ? WHERE number = ?", (f"{title}!", number))
        connection.commit()
    (said,) = resliced(Ledger(tmp_path / "ledger")).findings
    assert said.startswith(f"versions: row {number} (")
    assert "title differs, made again from the archived sha256:" in said


def test_what_another_page_reader_made_cannot_be_compared(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.workspace.resliced.extractor", lambda: "trafilatura 99")
    monkeypatch.setattr("sayso.extraction.annotate.agency", lambda _: "Another outlet")
    found = resliced(ledger)
    assert found.findings == []
    assert any("outlet differs; read by sayso" in note and "now sayso" in note for note in found.notes)


FEED = """<rss version="2.0"><channel><title>Dal Feed</title><item><title>Rain</title><link>/rain</link><description>
It rained on the harbour all day, and the mayor said that the old wall had held. Two boats were lost when the wind
turned to the north, but nobody was hurt. Engineers will look at the wall again in the spring.
</description></item></channel>
</rss>"""


def test_a_file_may_hold_the_same_bytes_as_came_from_an_address(tmp_path: Path) -> None:
    """What follows from a file alone, whose links lead nowhere, is no alteration."""
    made = Ledger(tmp_path / "ledger")
    came = Capture("https://dal.example/feed", FEED.encode(), "application/rss+xml", AT, "https://dal.example/feed")
    (first,) = versions(came)
    (second,) = versions(replace(came, name="feed.xml", url=None))
    assert isinstance(first, Version)
    assert isinstance(second, Version)
    assert first.url != second.url
    with made.writer() as writer:
        for capture, version in ((came, first), (replace(came, url=None), second)):
            writer.add(capture, settled(version), Reading(version.lang), made_by="tests")
    found = resliced(made)
    assert (found.texts, found.findings) == (2, [])
