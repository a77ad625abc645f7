"""The Python API, over articles of our own: a speaker under any name in any script, search by words and by meaning."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from sayso import workspace
from sayso.errors import LedgerError, NotFound
from sayso.ledger.ledger import Ledger

ROWS = [
    ("en", "Harbour Wire", "Port stays open", "Kremlin spokesman Dmitry Peskov said that the port would stay open."),
    ("ar", "المرفأ", "الميناء مفتوح", "قال المتحدث باسم الكرملين ديمتري بيسكوف إن الميناء سيبقى مفتوحا."),
    (
        "ru",
        "Северный листок",
        "Порт открыт",
        "Пресс-секретарь президента Дмитрий Песков сказал, что порт останется открытым.",
    ),
    (
        "en",
        "Lantern Post",
        "Rain ends drought",
        "Farmers cheered as three days of rain ended the drought in the valley.",
    ),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = tmp_path_factory.mktemp("workspace")
    rows = [
        {"id": f"{lang}{i}", "lang": lang, "outlet": outlet, "title": title, "text": text, "published": "2024-02-10"}
        for i, (lang, outlet, title, text) in enumerate(ROWS)
    ]
    (folder / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    made = workspace.open_ledger(folder / "ledger")
    assert len(workspace.read([folder / "rows.jsonl"], made).new) == len(ROWS)
    return made


@pytest.mark.encoder
@pytest.mark.parametrize("name", ["Peskov", "Dmitry Peskov", "Песков", "بيسكوف", "Peskow"])
def test_one_speaker_under_any_name_in_any_script(ledger: Ledger, name: str) -> None:
    found = workspace.who(ledger, name)
    assert {s.lang for s in found} == {"en", "ar", "ru"}
    assert {s.speaker for s in found} == {"Dmitry Peskov"}


@pytest.mark.encoder
def test_words_are_the_articles_own(ledger: Ledger) -> None:
    texts = {row["id"]: row["text"] for row in workspace.rows(ledger)}
    for statement in workspace.who(ledger, "Peskov"):
        assert statement.words == " … ".join(span.of(texts[statement.article]) for span in statement.spans)


@pytest.mark.encoder
def test_nobody_of_that_name(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="Zebulon"):
        workspace.who(ledger, "Zebulon Okonkwo")


@pytest.mark.encoder
def test_search_finds_words_first_then_meaning_across_languages(ledger: Ledger) -> None:
    by_words = workspace.search(ledger, "drought", meaning=False)
    assert [(f.title, f.by) for f in by_words] == [("Rain ends drought", "words")]
    assert [by_words[0].snippet[slice(*mark)] for mark in by_words[0].marks] == ["drought"]
    by_meaning = workspace.search(ledger, "الجفاف انتهى بعد أمطار", limit=1)
    assert [(f.title, f.by) for f in by_meaning] == [("Rain ends drought", "meaning")]


@pytest.mark.encoder
def test_links_are_found_again_only_when_articles_changed(ledger: Ledger) -> None:
    workspace.stories(ledger)
    with ledger.view() as view:
        assert view.linked
        assert [len(s.articles) for s in view.stories() if "en0" in s.articles] == [3]


def test_rows_are_what_annotate_writes(ledger: Ledger) -> None:
    rows = list(workspace.rows(ledger, ["en0"]))
    lines = [json.dumps({k: rows[0][k] for k in ("id", "lang", "outlet", "title", "text", "published")})]
    [(line, error)] = workspace.annotate(lines)
    assert error is None
    assert {k: v for k, v in rows[0].items() if k != "url"} == json.loads(line)


def test_processes_give_what_this_process_gives() -> None:
    lines = [json.dumps({"id": i, "text": ROWS[i % len(ROWS)][3]}) for i in range(200)]
    assert list(workspace.annotate(lines, jobs=2)) == list(workspace.annotate(lines, jobs=1))


def test_no_ledger_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="sayso read"):
        workspace.stories(workspace.open_ledger(tmp_path / "none"))


SAYSO = [sys.executable, "-m", "sayso"]


def rows_file(folder: Path, count: int) -> Path:
    file = folder / "rows.jsonl"
    texts = (f"Mira Holt said that {i} ships had left. " + "Nothing else was said. " * 30 for i in range(count))
    file.write_text("".join(json.dumps({"id": f"a{i}", "text": t}) + "\n" for i, t in enumerate(texts)), "utf-8")
    return file


def assert_once_each(folder: Path, file: Path, count: int) -> None:
    """Reading again keeps what is missing, and each article stands there once, searchable, with its reading."""
    report = workspace.read([file], workspace.open_ledger(folder))
    assert (len(report.new) + len(report.known), report.failures) == (count, ())
    with workspace.open_ledger(folder).view() as view:
        counts = view.counts()
        assert counts["articles"] == counts["versions"] == counts["captures"] == count
        assert len(list(view.articles())) == len(view.search("ships", limit=count + 1)) == count


@pytest.mark.parametrize("moment", [0.0, 0.2, 0.5])
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_ctrl_c_ends_a_read_in_one_line_and_reading_again_does_the_rest(tmp_path: Path, moment: float) -> None:
    file = rows_file(tmp_path, 500)
    command = [*SAYSO, "read", str(file), "--ledger", str(tmp_path / "news")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _wait_for_articles(tmp_path / "news")
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "sayso: stopped; the ledger keeps what was done before\n")
    assert_once_each(tmp_path / "news", file, 500)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_read_killed_at_random_moments_is_finished_by_reading_again(tmp_path: Path, jobs: int) -> None:
    file, draw = rows_file(tmp_path, 500), random.Random(jobs)
    command = [*SAYSO, "read", str(file), "--jobs", str(jobs), "--ledger", str(tmp_path / "news")]
    for _ in range(5):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.3, 1.5))
        process.kill()
        process.wait()
    assert_once_each(tmp_path / "news", file, 500)


def test_two_reads_at_once_both_finish(tmp_path: Path) -> None:
    file = rows_file(tmp_path, 150)
    command = [*SAYSO, "read", str(file), "--ledger", str(tmp_path / "news")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    told = [process.communicate(timeout=300)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert_once_each(tmp_path / "news", file, 150)


def _wait_for_articles(folder: Path) -> None:
    ledger = workspace.open_ledger(folder)
    for _ in range(1000):
        if ledger.path.exists():
            with suppress(LedgerError), ledger.view() as view:
                if view.counts()["articles"]:
                    return
        time.sleep(0.02)
    raise AssertionError("nothing was read in 20 seconds")


@pytest.mark.parametrize(
    ("files", "jobs"),
    [
        ({}, 1),
        ({"a.txt": 999_999}, 1),
        ({"a.txt": 1_000_000}, 7),
        ({"a.txt": 600_000, "b/c/d.html": 400_000}, 7),
        ({"a.warc.gz": 249_999}, 1),
        ({"a.WARC.GZ": 250_000}, 7),
    ],
)
def test_many_processes_are_for_much_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, int], jobs: int
) -> None:
    monkeypatch.setattr("sayso.engines.local.cores", lambda: 7)
    for name, size in files.items():
        file = tmp_path / "news" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(size))
    named = [str(tmp_path / "news"), str(tmp_path / "missing"), "x" * 300, "-", "https://dal.example/a"]
    assert workspace.jobs_for(named) == jobs
    assert workspace.jobs_for([tmp_path / "news" / name for name in files]) == jobs


def test_a_name_that_is_too_long_for_the_system_is_told(tmp_path: Path) -> None:
    (failure,) = workspace.read(["x" * 300], workspace.open_ledger(tmp_path / "ledger")).failures
    assert failure.reason == "could not be read: file name too long"
