"""Everything that is shown stands in the archived bytes: spans re-slice from the text, the text from its capture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.text.samples import PIECES

from sayso import workspace
from sayso.documents.nouns import Version
from sayso.documents.read import versions
from sayso.extraction.nouns import Reading
from sayso.ledger.ledger import Ledger
from sayso.text.selectors import find, select
from sayso.text.span import Span

ARTICLES = Path(__file__).parents[1] / "examples" / "articles"
STRANGE = ["".join(PIECES[i : i + 8]).replace("\ud800", "") for i in range(0, len(PIECES), 8)]
SAID = "Mira Holt said on Monday that {0} “{0}” had cost 40 million euros, 5 per cent more than in 2023."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The examples, and strange texts as a text file, as a UTF-16 file and as rows."""
    folder = tmp_path_factory.mktemp("provenance")
    strange = [SAID.format(sample) for sample in STRANGE]
    for i, text in enumerate(strange):
        (folder / f"{i}.txt").write_bytes(f"\ufeffA headline of four words\r\n\r\n{text}\r\n".encode())
        (folder / f"{i}-16.txt").write_bytes(f"Another headline of five words\n\n{text}".encode("utf-16"))
    rows = (json.dumps({"id": f"row{i}", "text": f"  {text}\r\n\0"}) for i, text in enumerate(strange))
    (folder / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    made = workspace.open_ledger(folder / "ledger")
    assert not workspace.read([ARTICLES, *sorted(folder.glob("*.*"))], made).failures
    return made


def spans(reading: Reading) -> Iterator[Span]:
    for attribution in reading.attributions:
        yield from (*attribution.source, *attribution.cue, *attribution.content)
    yield from (found.span for found in (*reading.figures, *reading.times, *reading.voice))


def test_every_span_of_every_reading_lies_in_the_stored_text(ledger: Ledger) -> None:
    with ledger.view() as view:
        articles = list(view.articles())
    assert len(articles) > 3 * len(STRANGE)
    assert all(sum(1 for _ in spans(reading)) for _, reading in articles)
    for version, reading in articles:
        for span in spans(reading):
            assert 0 <= span.start < span.end <= len(version.text)
            assert span.trim(version.text) == span
            assert find(version.text, select(version.text, span)) == span


def test_every_text_is_made_again_from_its_archived_bytes(ledger: Ledger) -> None:
    with ledger.view() as view:
        for version in view.versions():
            again = versions(view.capture(version.digest))
            assert [(a.id, a.text) for a in again if isinstance(a, Version)] == [(version.id, version.text)]


def test_rows_and_readings_are_told_as_they_are_stored(ledger: Ledger) -> None:
    with ledger.view() as view:
        for row in workspace.rows(ledger):
            content = [[list(span) for span in a.content] for a in view.reading(row["id"]).attributions]
            assert [a["content"] for a in row["attributions"]] == content
            assert row["text"] == view.version(row["id"]).text
