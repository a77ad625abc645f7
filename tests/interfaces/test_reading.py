"""What `sayso read` says of what it passed over."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from sayso import workspace
from sayso.answers import ReadReport
from sayso.interfaces.cli import app
from sayso.interfaces.reading import passed_in_words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        ({"page without an article": 1}, "Not read: 1 page without an article."),
        ({".png": 3, "page without an article": 2}, "Not read: 3 .png, 2 pages without an article."),
    ],
)
def test_what_was_passed_over_is_counted(passed, words):
    assert passed_in_words(ReadReport((), (), (), passed)) == words


@pytest.mark.parametrize(
    ("words", "jobs"), [([], 1), (["--rules"], 7), (["--rules", "--jobs", "2"], 2), (["--jobs", "3"], 3)]
)
def test_without_the_tagger_much_is_read_on_all_cores(tmp_path, monkeypatch, words, jobs):
    asked = []

    def read(paths, ledger, jobs, *_):
        asked.append(jobs)
        return ReadReport((), (), (), {})

    monkeypatch.setattr(workspace, "jobs_for", lambda inputs: 7)
    monkeypatch.setattr(workspace, "read", read)
    ledger = tmp_path / "ledger"
    with workspace.open_ledger(ledger).writer():
        pass  # makes it
    done = CliRunner().invoke(app, ["read", "news", "--ledger", str(ledger), *words])
    assert (done.exit_code, asked) == (0, [jobs])
