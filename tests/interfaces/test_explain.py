"""Explain in the terminal: the text as it was, signs that nest, notes, and the command around them."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from rich.console import Console
from tests.interfaces.explained import attribution, nested, row, wild
from tests.interfaces.test_cli import GOOD, sayso, written

from sayso.interfaces import explain_terminal
from sayso.interfaces.explain import Article, explained
from sayso.interfaces.visible import visible
from sayso.text.markup import parse

ISOLATES = re.compile("[\u2066\u2067\u2069]")


def shown(article: Article, width: int = 200, **console: Any) -> str:
    out = io.StringIO()
    explain_terminal.show(Console(file=out, width=width, highlight=False, **console), [article])
    return out.getvalue()


def signed(article: Article) -> str:
    """Paragraphs with their signs, one a line."""
    return "\n".join("".join(piece.words for piece in explain_terminal.pieces(article, p)) for p in article.paragraphs)


# The text


@given(wild())
def test_without_the_signs_it_is_the_text(made: dict[str, Any]) -> None:
    article = explained(made)
    assert len(article.text) == len(made["text"])
    for paragraph in article.paragraphs:
        made_of = explain_terminal.pieces(article, paragraph)
        assert "".join(piece.words for piece in made_of if not piece.sign) == paragraph.span.of(article.text)
        assert all(
            piece.words == article.text[piece.start :][: len(piece.words)] for piece in made_of if not piece.sign
        )
    covered = "\n".join(p.span.of(article.text) for p in article.paragraphs)
    assert covered.split() == article.text.split()


@given(wild())
def test_every_part_is_opened_and_closed(made: dict[str, Any]) -> None:
    article = explained(made)
    signs = [
        ISOLATES.sub("", piece.words)
        for p in article.paragraphs
        for piece in explain_terminal.pieces(article, p)
        if piece.sign
    ]
    assert sum(sign[0] == "{" for sign in signs) == sum(sign[-1] == "}" for sign in signs)


@given(wild())
def test_wrapping_loses_nothing(made: dict[str, Any]) -> None:
    article = explained(made | {"id": "", "title": "-"})
    bare = replace(article, paragraphs=tuple(replace(p, notes=()) for p in article.paragraphs))
    printed = "".join(shown(bare, 40).split())
    assert printed.endswith("".join(signed(article).split()))


def test_what_steers_a_terminal_is_shown_as_a_sign() -> None:
    assert visible("a\x1b[2Jb\x00\x9b\ud800\r\n\tc") == "a␛[2Jb␀�� \n\tc"
    assert "\x1b" not in shown(explained(row("{s1|\x1b[2JMira} {c1|said}", title="\x1b]0;x\x07")))


# The signs


def test_nested_shared_and_broken_parts() -> None:
    assert signed(explained(nested())).splitlines() == [
        "{q1|The talks}, {s1,4|Dmitry Peskov} {c1|told} reporters, {q1|{s2|Kirby} {c2|denies} "
        "{q2|that {s3|the Pentagon} {c3|ever promised} {q3|forty launchers}}}. He {c4|added}: {q4|“We shall see.…}",
        "{q4|…Nothing was signed.”}",
        "A last line.",
    ]


def test_marks_that_cross_are_closed_by_name() -> None:
    found = [attribution(content=[[0, 5]]), attribution(content=[[3, 7]])]
    assert signed(explained(row("ab cd ef") | {"attributions": found})) == "{q1|ab {q2|cd|q1} e}f"


def test_signs_are_those_of_the_markup() -> None:
    marked = "{q1|It \\{s1\\| \\\\ said} {s2|Kirby} {c2|denies} {q2|that {s1|👩‍👧 he} {c1|said} e\u0301}"
    article = explained(row(marked))
    assert parse(signed(article)) == parse(marked)


def test_signs_reorder_nothing_in_a_right_to_left_text() -> None:
    words = signed(explained(row("و{c1|قال} {s1|الكرملين} {q1|إن 150 مليون}", lang="ar")))
    end = "\u2067}\u2069"
    assert words == f"و\u2067{{c1|\u2069قال{end} \u2067{{s1|\u2069الكرملين{end} \u2067{{q1|\u2069إن 150 مليون{end}"
    assert "\u2066{s1|\u2069عمر\u2066}\u2069" in signed(explained(row("Then {s1|عمر} {c1|said} so")))
    assert not ISOLATES.search(signed(explained(nested())))


# The notes


def test_notes_stand_under_the_paragraph_of_their_cue() -> None:
    lines = shown(explained(nested())).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("{q1|"))
    assert lines[at + 1 : at + 5] == [
        "   1  Unnamed · asserts · reported · content in 2 parts · found by clause, score 0.79",
        "   2  Unnamed · asserts · reported · inside 1 · found by clause, score 0.79",
        "   3  Unnamed · asserts · reported · inside 2 · found by clause, score 0.79",
        "   4  Dmitry Peskov · asserts · quoted · found by tagger, score 0.79 · model tagger-7",
    ]


def test_what_is_missing_is_said() -> None:
    assert "   1  Unnamed · asserts · reported · no source · no cue · found" in shown(explained(row("{q1|It rains}.")))


def test_a_narrow_terminal_keeps_notes_apart_from_the_text() -> None:
    lines = shown(explained(nested()), 40).splitlines()
    assert max(map(len, lines)) <= 40
    assert "      content in 2 parts" in "\n".join(lines)


def test_colours_add_to_the_signs_and_change_nothing() -> None:
    article = explained(nested() | {"times": [{"span": [0, 3], "value": "P1D"}]})
    coloured = shown(article, force_terminal=True, color_system="truecolor", no_color=False)
    styles = {re.findall(r"\x1b\[([\d;]+)m" + words, coloured)[0] for words in ("Dmitry", "told", "The\x1b", "forty")}
    assert styles == {"1;36", "1;35", "4;32", "32"}
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == shown(article)


# The command

TEXT = "Port closed after storm in Ansel\n\nMira Holt said that 40 ships had left the port.\n"


def test_a_text_a_page_and_standard_input_are_explained(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    wanted = "{s1|Mira Holt} {c1|said} {q1|that 40 ships had left the port}."
    for words, stdin in (
        (["a.txt"], b""),
        (["-"], TEXT.encode()),
        (["-", "-"], json.dumps(GOOD).encode()),
    ):
        done = sayso("annotate", *words, "--explain", cwd=tmp_path, stdin=stdin)
        assert done.returncode == 0, done.stderr
        assert wanted in done.stdout.decode().splitlines()
        assert b"\x1b" not in done.stdout


def test_bad_rows_are_named_and_the_others_shown(tmp_path: Path) -> None:
    odd = json.dumps({**GOOD, "id": "c", "text": "\ud800 said Mira."})
    written(tmp_path / "in.jsonl", GOOD, "{broken", {"id": "b"}, "", odd)
    done = sayso("annotate", "in.jsonl", "--explain", cwd=tmp_path)
    assert done.returncode == 1
    first, second = done.stderr.decode().splitlines()
    assert first.startswith("sayso: in.jsonl:2: is not valid JSON")
    assert second.startswith("sayso: in.jsonl:3: needs text")
    assert done.stdout.decode().count("attribution") == 3, "the legend and two articles"


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", GOOD)
    done = sayso("annotate", "in.jsonl", "out/page.html", "--explain", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "Mira Holt" in (tmp_path / "out" / "page.html").read_text(encoding="utf-8")
    done = sayso("annotate", "none.txt", "none.html", "--explain", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode() == "sayso: none.txt: there is no such file\n"
    assert not (tmp_path / "none.html").exists()


@pytest.mark.parametrize("words", [["in.jsonl"], ["in.jsonl", "in.jsonl", "--explain"]])
def test_rows_are_never_written_over(tmp_path: Path, words: list[str]) -> None:
    before = written(tmp_path / "in.jsonl", GOOD).read_bytes()
    done = sayso("annotate", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert (tmp_path / "in.jsonl").read_bytes() == before


def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path) -> None:
    written(tmp_path / "in.jsonl", *[{**GOOD, "text": GOOD["text"] * 200}] * 5)
    command = [sys.executable, "-m", "sayso", "annotate", "in.jsonl", "--explain"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout
        assert started.stderr
        started.stdout.readline()
        started.stdout.close()
        assert started.stderr.read() == b""
        assert started.wait(60) == 141
