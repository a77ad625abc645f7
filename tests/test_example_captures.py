"""The example that was captured three times: what changed, and that the ledger proves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso import workspace

CAPTURES = Path(__file__).parents[1] / "examples" / "dal-bridge.warc"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    book = workspace.open_ledger(tmp_path_factory.mktemp("captures") / "news")
    report = workspace.read([CAPTURES], book)
    assert (len(report.new), len(report.newer), report.failures) == (1, 2, ())
    return book


def test_what_a_careful_reader_would_name(ledger):
    (history,) = workspace.changed(ledger)
    silent, corrected = history.turns
    assert [field.name for field in silent.step.fields] == ["title"]
    assert not silent.step.told
    assert [(one.before.value, one.after.value) for one in silent.step.figures] == [(12, 15)]
    assert [(one.fate, one.change) for one in silent.step.statements] == [("changed", "number")]
    assert corrected.step.told
    assert corrected.step.notes
    fates = {(one.fate, one.speaker_before or one.speaker_after) for one in corrected.step.statements}
    assert {("changed", "Ruth Amsel"), ("went", "Ruth Amsel")} <= fates


def test_the_captures_are_proven(ledger):
    found = workspace.verify(ledger, spans=True)
    assert not found.findings
    assert (found.captures, found.versions) == (3, 3)
