"""The command line as users and programs meet it: exit status, one sentence per bad input, whole files or none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GOOD = {
    "id": "a",
    "lang": "en",
    "published": "2024-02-10",
    "text": "Mira Holt said that 40 ships had left the port.",
    "x": 1,
}


def sayso(*words: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "SAYSO_LEDGER": str(cwd / "ledger"), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "sayso", *words]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=env, timeout=60, check=False)


def written(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogateescape")
    return path


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_annotate_gives_one_line_for_every_line_and_passes_unknown_fields_through(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", GOOD, {"id": "b", "text": ""})
    done = sayso("annotate", "in.jsonl", "out.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    first, second = rows(tmp_path / "out.jsonl")
    assert first["x"] == 1
    [found] = first["attributions"]
    text = GOOD["text"]
    assert isinstance(text, str)
    assert [text[b:e] for b, e in found["source"]] == ["Mira Holt"]
    assert [text[b:e] for b, e in found["content"]] == ["that 40 ships had left the port"]
    assert [f["value"] for f in first["figures"]] == [40]
    assert (second["attributions"], second["figures"]) == ([], [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "not valid JSON"),
        ("[1, 2]", "not an object"),
        ('{"id": "a"}', "needs text"),
        ('{"text": "a"}', "needs id"),
        ('{"id": "a", "text": 5}', "text must be a string"),
        ('{"id": "a", "text": "b", "published": 5}', "published must be a string or null"),
        ("\udcff\udcfe", "not valid UTF-8"),
    ],
)
def test_annotate_names_the_bad_line_and_keeps_the_rest(tmp_path: Path, line: str, reason: str) -> None:
    written(tmp_path / "in.jsonl", GOOD, line, {**GOOD, "id": "c"})
    done = sayso("annotate", "in.jsonl", "out.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    [said] = done.stderr.decode().splitlines()
    assert said.startswith("sayso: in.jsonl:2: ")
    assert reason in said
    out = rows(tmp_path / "out.jsonl")
    assert [bool(row.get("error")) for row in out] == [False, True, False]


def test_empty_lines_are_no_articles_but_count(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", GOOD, "", "   ", "{broken")
    done = sayso("annotate", "in.jsonl", "out.jsonl", cwd=tmp_path)
    assert done.stderr.decode().startswith("sayso: in.jsonl:4: is not valid JSON")
    assert len(rows(tmp_path / "out.jsonl")) == 2


def test_check_says_when_a_not_was_lost_and_reads_pages(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("HOLT: We will not reopen the port before Monday.", encoding="utf-8")
    done = sayso("check", "We will reopen the port before Monday", "--in", "t.txt", "--json", cwd=tmp_path)
    result = json.loads(done.stdout)
    assert result["verdict"] == "trimmed"
    assert result["notes"] == ["“not” of the transcript is not in the quote"]
    body = "".join(
        f"<p>Holt said that the port of Ansel would stay open in week {i} of the year.</p>" for i in range(9)
    )
    page = f"<html><head><title>Port</title></head><body><article><h1>Port</h1>{body}</article></body></html>"
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    done = sayso("check", "the port of Ansel would stay open in week 3", "--in", "p.html", "--json", cwd=tmp_path)
    result = json.loads(done.stdout)
    assert result["verdict"] == "verbatim"
    assert "<p>" not in result["context"]


def test_export_onto_a_file_and_a_ledger_that_is_a_file(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", GOOD)
    assert sayso("read", "in.jsonl", cwd=tmp_path).returncode == 0
    for words in (["export", "in.jsonl"], ["read", "in.jsonl", "--ledger", "in.jsonl"]):
        done = sayso(*words, cwd=tmp_path)
        assert done.returncode == 1
        [said] = done.stderr.decode().splitlines()
        assert "in.jsonl" in said
    done = sayso("export", "out.warc.gz", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "out.warc.gz").exists()) == (2, False)
    assert b"name a folder, or OUT.wacz for replay tools" in done.stderr
    done = sayso("export", "out", "--ledger", str(tmp_path / "ledger"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "articles.jsonl", "figures.csv", "links.json", "statements.csv",
    ]  # fmt: skip


def test_annotate_through_pipes(tmp_path: Path) -> None:
    done = sayso("annotate", "-", "-", cwd=tmp_path, stdin=json.dumps(GOOD).encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["id"] == "a"


@pytest.mark.parametrize(
    "words", [["annotate"], ["nonsense"], ["check"], ["check", "a quote"], ["read", "--jobs", "0", "a"]]
)
def test_wrong_usage_is_2(tmp_path: Path, words: list[str]) -> None:
    done = sayso(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--batch", "in.jsonl", "out.jsonl", "--in", "a.txt"], "--batch takes no --in"),
        (["check", "--ledger", "We closed the bridge"], "put the quote first"),
        (["check", "", "--ledger"], "the quote is empty"),
    ],
)
def test_a_slip_is_told_in_one_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    done = sayso(*words, cwd=tmp_path)
    assert done.returncode == 2
    [line] = done.stderr.decode().splitlines()
    assert said in line


def test_what_is_not_annotated_and_what_is_no_json_lines_gets_a_hint(tmp_path: Path) -> None:
    written(tmp_path / "rows.jsonl", GOOD)
    done = sayso("link", "rows.jsonl", "links.json", "--no-meaning", cwd=tmp_path)
    assert done.stderr.decode() == "sayso: none of the rows was annotated: run `sayso annotate` first\n"
    (tmp_path / "a.txt").write_text("Mira Holt said that 40 ships had left.", encoding="utf-8")
    done = sayso("annotate", "a.txt", "out.jsonl", cwd=tmp_path)
    assert done.stderr.decode().splitlines()[-1].endswith("texts and pages go to `sayso read`")


def test_an_empty_quote_of_a_batch_is_an_error(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", {"quote": " ", "transcript": "Forty ships left."})
    done = sayso("check", "--batch", "in.jsonl", "out.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["error"] == "the quote is empty"


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    for words in (
        ["annotate", "none.jsonl", "out.jsonl"],
        ["read", "none.txt"],
        ["check", "words", "--in", "none.txt"],
    ):
        done = sayso(*words, cwd=tmp_path)
        assert done.returncode == 1, words
        [said] = done.stderr.decode().splitlines()
        assert "none." in said
        assert b"Traceback" not in done.stderr


def test_read_keeps_the_neighbours_of_bad_inputs(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Bridge opens\n\nMira Holt said that 40 ships had left.", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "nothing.html").write_text("<html><body><nav>menu</nav></body></html>", encoding="utf-8")
    written(folder / "rows.jsonl", GOOD, "{broken", {**GOOD, "id": "c", "text": "Another text, about a bridge."})
    done = sayso("read", "in", "--json", cwd=tmp_path)
    assert done.returncode == 1
    said = done.stderr.decode().splitlines()
    assert sorted(name for line in said for name in ("empty", "binary", "nothing", "rows") if name in line) == [
        "binary", "empty", "nothing", "rows",
    ]  # fmt: skip
    assert len(said) == 4
    assert len(done.stdout.splitlines()) == 3
    again = sayso("read", "in", cwd=tmp_path)
    assert again.stdout.decode().startswith("0 new, 3 known already, 4 could not be read.")


def test_rows_with_one_id_are_versions_of_one_article(tmp_path: Path) -> None:
    written(tmp_path / "rows.jsonl", GOOD, {**GOOD, "text": "Anna Berg said that 12 trains had left."})
    done = sayso("read", "rows.jsonl", cwd=tmp_path)
    first, second = done.stdout.decode().splitlines()
    assert first == "1 new, 1 newer version, 0 known already, 0 could not be read."
    assert "1 article, 1 statement, 1 figure." in second
    assert done.returncode == 0


def test_json_of_read_has_a_line_for_each_article_and_says_which_were_known(tmp_path: Path) -> None:
    def told(*rows: object) -> dict[str, str]:
        written(tmp_path / "rows.jsonl", *rows)
        lines = sayso("read", "rows.jsonl", "--json", cwd=tmp_path).stdout.splitlines()
        found = [json.loads(line) for line in lines]
        assert all(one["text"] and one["attributions"] for one in found)
        assert len(found) == len({one["id"] for one in found})
        return {one["id"]: one["read"] for one in found}

    other = {**GOOD, "id": "c"}
    assert told(GOOD, GOOD) == {GOOD["id"]: "new"}
    assert told(GOOD, other) == {GOOD["id"]: "known", "c": "new"}
    assert told({**GOOD, "text": "Anna Berg said that 12 trains had left."}, other) == {
        GOOD["id"]: "newer",
        "c": "known",
    }


@pytest.mark.parametrize(
    ("fields", "own"),
    [
        ({"read": "on the train"}, {"read": "on the train"}),
        ({"read": None, "own": 1}, {"read": None, "own": 1}),
        ({"own": 1}, {"own": 1}),
        ({"own": {"read": 1}}, {"own": {"read": 1}}),
        ({}, None),
    ],
)
def test_a_field_of_a_row_named_read_is_printed_as_its_own(tmp_path: Path, fields: dict, own: object) -> None:
    written(tmp_path / "rows.jsonl", {**GOOD, **fields})
    (line,) = sayso("read", "rows.jsonl", "--json", cwd=tmp_path).stdout.splitlines()
    assert (json.loads(line)["read"], json.loads(line).get("own")) == ("new", own)


def test_a_field_of_a_row_named_read_is_exported_as_it_is(tmp_path: Path) -> None:
    written(tmp_path / "rows.jsonl", {**GOOD, "read": "on the train"})
    assert sayso("read", "rows.jsonl", cwd=tmp_path).returncode == 0
    assert sayso("export", "out", cwd=tmp_path).returncode == 0
    (kept,) = (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(kept)["read"] == "on the train"


def test_a_wrong_date_is_left_out_and_the_article_is_no_failure(tmp_path: Path) -> None:
    written(tmp_path / "rows.jsonl", {**GOOD, "published": "last week"})
    done = sayso("read", "rows.jsonl", cwd=tmp_path)
    assert done.stdout.decode().startswith("1 new, 0 known already, 0 could not be read.")
    [said] = done.stderr.decode().splitlines()
    assert said.endswith("'last week' is not an ISO 8601 date; the article is kept without it")
    assert done.returncode == 0


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    for words in (["stories"], ["story", "x"], ["who", "Peskov"], ["search", "words"]):
        done = sayso(*words, cwd=tmp_path)
        assert done.returncode == 1
        assert b"sayso read" in done.stderr


def test_check_prints_the_contract(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("HOLT: Forty ships left the port on Monday.", encoding="utf-8")
    done = sayso("check", "forty ships … on Monday", "--in", "t.txt", "--json", cwd=tmp_path)
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert (result["verdict"], result["marked"]) == ("trimmed", True)
    [edit] = result["edits"]
    assert {name: edit[name] for name in ("op", "quote", "transcript")} == {
        "op": "cut",
        "quote": [12, 13],
        "transcript": [18, 31],
    }
    assert (edit["quote_words"], edit["transcript_words"], result["notes"]) == ("…", "left the port", [])
    written(tmp_path / "in.jsonl", {"id": 1, "quote": "ships left", "transcript": "t.txt"}, {"id": 2, "quote": "x"})
    done = sayso("check", "--batch", "in.jsonl", "out.jsonl", "--no-meaning", cwd=tmp_path)
    assert done.returncode == 1
    first, second = rows(tmp_path / "out.jsonl")
    assert first["verdict"] == "verbatim"
    assert second["error"] == "needs transcript"


def test_check_shows_every_article_of_the_ledger(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", GOOD | {"outlet": "Harbour Wire"})
    assert sayso("read", "in.jsonl", cwd=tmp_path).returncode == 0
    for words in (["--ledger"], ["--ledger", "ledger"]):
        done = sayso("check", "40 ships had left", "--no-meaning", "--json", *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        [row] = map(json.loads, done.stdout.splitlines())
        assert (row["verdict"], row["article"], row["outlet"]) == ("verbatim", "a", "Harbour Wire")
        assert row["words"] == "40 ships had left"
    done = sayso("check", "40 ships had left", "--ledger", "--no-meaning", cwd=tmp_path)
    assert b"Harbour Wire" in done.stdout
    assert b"1 article, 1 outlet" in done.stdout
    done = sayso("check", "nobody ever sank", "--ledger", "--no-meaning", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, b"not found in the sources given")
    written(tmp_path / "quotes.jsonl", {"id": 1, "quote": "ships had left"}, {"id": 2})
    done = sayso("check", "--batch", "quotes.jsonl", "out.jsonl", "--ledger", "--no-meaning", cwd=tmp_path)
    assert done.returncode == 1
    assert [row.get("verdict") for row in rows(tmp_path / "out.jsonl")] == ["verbatim", None]


@pytest.mark.parametrize("words", [["…", "--ledger"], ["", "--ledger"], ["a quote", "--ledger", "x", "--in", "t.txt"]])
def test_check_wants_words_and_one_place_to_look(tmp_path: Path, words: list[str]) -> None:
    assert sayso("check", *words, cwd=tmp_path).returncode == 2


def test_link_works_from_records_alone(tmp_path: Path) -> None:
    figure = {"value": 269_000, "unit": "reposts", "scope": "X", "window": "PT23H"}
    row = {
        "id": "a",
        "lang": "en",
        "published": "2024-02-10",
        "text": None,
        "title": "Port of Ansel closed",
        "figures": [figure],
    }
    written(tmp_path / "in.jsonl", row, {**row, "id": "b", "figures": [{**figure, "value": 296_000}]}, "{broken")
    done = sayso("link", "in.jsonl", "out.json", "--no-meaning", cwd=tmp_path)
    assert done.returncode == 1
    links = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert set(links) == {"stories", "threads", "figure_threads", "conflicts", "duplicates", "exchanges"}


def test_a_killed_run_leaves_no_half_file(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", *({**GOOD, "id": i} for i in range(20_000)))
    (tmp_path / "out.jsonl").write_text("as it was\n", encoding="utf-8")
    command = [sys.executable, "-m", "sayso", "annotate", "in.jsonl", "out.jsonl"]
    for stop in (signal.SIGINT, signal.SIGKILL):
        child = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
        time.sleep(0.7)
        child.send_signal(stop)
        child.communicate(timeout=20)
        assert child.returncode not in (0, None)
        assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "as it was\n"


def test_help_and_import_are_quick(tmp_path: Path) -> None:
    def best(*words: str) -> float:
        took = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run([sys.executable, *words], cwd=tmp_path, capture_output=True, check=True)
            took.append(time.perf_counter() - began)
        return min(took)

    assert best("-c", "import sayso.workspace") - best("-c", "pass") < 0.3
    assert best("-m", "sayso", "--help") < 0.5
