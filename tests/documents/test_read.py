from __future__ import annotations

import gzip
import io
import json
import os
import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import read
from sayso.documents.nouns import Capture, Version
from sayso.documents.read import captures, versions
from sayso.documents.tables import row_files
from sayso.errors import InputError

ROW = {"id": "a1", "text": "The bridge is open.", "lang": "en", "published": "2024-02-10", "desk": {"a": [1]}}


def outcome(path: Path | str) -> list[Version | InputError]:
    out: list[Version | InputError] = []
    for found in captures(path):
        out += [found] if isinstance(found, InputError) else versions(found)
    return out


def only(path: Path | str) -> Version:
    (version,) = outcome(path)
    assert isinstance(version, Version), str(version)
    return version


def refusal(path: Path | str) -> str:
    (error,) = outcome(path)
    assert isinstance(error, InputError)
    assert str(error).startswith(error.name)
    assert "\n" not in str(error)
    return error.reason


def test_a_text_file(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffWorld\r\n\r\nThe bridge opens at last\r\n\r\nIt is  open.\r\n".encode())
    version = only(file)
    assert version.text == "World\n\nThe bridge opens at last\n\nIt is open."
    assert version.title == "The bridge opens at last"
    assert (version.lang, version.published, version.encoding) == ("und", None, "utf-8")
    assert version.id == version.digest.removeprefix("sha256:")[:12]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The bridge opens at last\n\nIt is open.", "The bridge opens at last"),
        ("الجسر يفتح أبوابه أخيرا ,\nقال الوزير إن الجسر مفتوح.", "الجسر يفتح أبوابه أخيرا"),
        ("大桥终于在五月开放了通行\n部长表示大桥已经开放。", "大桥终于在五月开放了通行"),
        ("Bridge opens\nIt is open.", "Bridge opens"),
        ("The bridge is open.\nThe minister said so.", None),
        ("The bridge is open", None),
        ("x " * 200 + "\nIt is open.", None),
    ],
)
def test_headlines(tmp_path: Path, text: str, title: str | None):
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")
    assert only(file).title == title


def test_a_text_wrapped_at_a_fixed_width_gets_its_paragraphs_back(tmp_path: Path):
    paragraphs = [" ".join(f"word{i} is followed by another" for i in range(n)) for n in (9, 14, 11)]
    file = tmp_path / "a.txt"
    file.write_text("A headline of four words\n\n" + "\n\n".join(map(textwrap.fill, paragraphs)), encoding="utf-8")
    assert only(file).text.split("\n\n") == ["A headline of four words", *paragraphs]


def test_lines_of_their_own_stay(tmp_path: Path):
    lines = [
        "A headline of four words",
        "One short line.",
        "Another line that is rather longer than that.",
        "- a",
        "- b",
        "x",
    ]
    file = tmp_path / "a.txt"
    file.write_text("\n".join(lines * 3), encoding="utf-8")
    assert only(file).text.split("\n") == lines * 3
    file.write_text("A headline of four words\n\n" + "This line is a sentence.\n" * 20, encoding="utf-8")
    assert only(file).text.count("\n") == 21


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(tmp_path: Path, encoding: str):
    file = tmp_path / "a.txt"
    text = "The ministers said: “the Brücke is open”, they said so again."
    file.write_bytes(text.encode(encoding))
    assert only(file).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "latin-1",
            "Der Minister sagte am Freitag, die Brücke werde für alle Fußgänger geöffnet, natürlich früher. " * 3,
        ),
        ("cp1252", "El niño dijo: «el puente está abierto mañana», según la agencia – ayer. "),
        ("koi8-r", "Министр сказал, что мост открыт в пятницу. "),
        ("gb18030", "部长周五表示，大桥将于五月开放。"),
        ("cp1251", "Министр сказал в пятницу, что мост откроется в мае для всех жителей города. " * 3),
        ("cp1256", "قال الوزير يوم الجمعة إن الجسر سيفتح في مايو أمام جميع سكان المدينة. " * 3),
    ],
)
def test_older_encodings_are_found_out_and_named(tmp_path: Path, encoding: str, text: str):
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    version = only(file)
    assert version.text == text.strip()
    assert version.encoding not in (None, "utf-8")


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t", "is empty"),
        ("a.jsonl", b"\n \n", "is empty"),
        ("a.jsonl", b"\xff\xfe", "is empty"),
        ("a.json", b"\xff\xfe \x00", "is empty"),
        ("a.txt", b"\xef\xbb\xbf\xe2\x80\x8b", "there is no text"),
        ("a.txt", bytes(range(256)) * 40, "is binary"),
        ("a.pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "is a broken PDF file"),
        ("a.txt", b"\xff\xfeA\x00\x00\xd8B\x00", "broken UTF-16 at byte"),
        ("a.gz", b"\x1f\x8b\x08\x00abc", "is broken gzip"),
        ("a.gz", gzip.compress(b"The bridge is open. " * 9, mtime=0)[:-9], "is broken gzip"),
        ("a.zip", b"PK\x03\x04\x14\x00", "is a ZIP archive"),
        ("a.warc", b"", "is empty"),
        ("a.warc.gz", b"", "is empty"),
        ("a.warc.gz", gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", mtime=0), "its header has no end"),
        ("feed", b'<?xml version="1.0"?><rss></rss>', "is a feed without entries"),
        ("map.xml", b'<?xml version="1.0"?><urlset></urlset>', "is XML that is no feed"),
        (
            "a.opml",
            b'<opml version="2.0"><body></body></opml>',
            "is a list of feeds, which holds no articles",
        ),
        ("a.html", b"<html><body><p>Cookies?</p></body></html>", "no article text found"),
        ("a.html", b"<html></html>", "no article text found"),
        ("a.html", b"<<<<", "no article text found"),
        ("a.json", b'{"text": "never closed\n\n', "is not valid JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'["a", "b"]', "is a JSON list without articles"),
        ("a.json", b"17", "is not a JSON object"),
        ("a.jsonl", b'{"id": 1}', "has no text"),
        ("a.jsonl", b'{"text": ["a"]}', "has no text"),
        ("a.jsonl", '{"text": "Brücke"}'.encode("latin-1"), "not UTF-8 at byte 12"),
    ],
)
def test_one_sentence_for_each_bad_input(tmp_path: Path, name: str, body: bytes, reason: str):
    file = tmp_path / name
    file.write_bytes(body)
    assert reason in refusal(file)


def test_missing_file_and_empty_folder(tmp_path: Path):
    assert refusal(tmp_path / "none.txt") == "there is no such file"
    assert refusal(tmp_path) == "is a folder without files"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("north.example/a/1", "; it looks like an address: write https://north.example/a/1"),
        ("www.north.example", "; it looks like an address: write https://www.north.example"),
        ("north-gazette.com", "; it looks like an address: write https://north-gazette.com"),
        ("north.co.uk", "; it looks like an address: write https://north.co.uk"),
        ("south.pl?a=1", "; it looks like an address: write https://south.pl?a=1"),
        ("north.com.py", "; it looks like an address: write https://north.com.py"),
        ("north.so/a", "; it looks like an address: write https://north.so/a"),
        ("north.md/ro", "; it looks like an address: write https://north.md/ro"),
        ("north.example:8080/a?b=1", "; it looks like an address: begin it with http:// or https://"),
        ("почта.example/а", "; it looks like an address: write https://почта.example/а"),
        ("localhost:8000/a", "; it looks like an address: begin it with http:// or https://"),
        ("localhost/a", "; it looks like an address: begin it with http:// or https://"),
        ("192.0.2.1/a", "; it looks like an address: write https://192.0.2.1/a"),
        ("ftp://north.example/a", "; an address begins with https:// or http://, not with ftp:"),
        ("htps://north.example/a", "; an address begins with https:// or http://, not with htps:"),
        ("https:/north.example/a", "; it looks like an address: write https://north.example/a"),
        ("HTTP:/north.example/a", "; it looks like an address: write http://north.example/a"),
        ("https:north.example", "; it looks like an address: write https://north.example"),
        ("http//north.example/a", "; it looks like an address: write http://north.example/a"),
        ("www.html", ""),
        ("www.north.txt", ""),
        ("notes.md", ""),
        ("script.py", ""),
        ("run.SH", ""),
        ("rows.csv/a", ""),
        ("draft.old", ""),
        ("localhost", ""),
        ("https", ""),
        ("report.final.txt", ""),
        ("folder/north.example.html", ""),
        ("here.example/none.html", ""),
        ("../north.example/a", ""),
    ],
)
def test_what_is_no_file_but_reads_like_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: str
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.example").mkdir()
    (error,) = outcome(name)
    assert str(error) == f"{name}: there is no such file{what}"


def test_too_large_a_file_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read, "LARGEST", 100)
    file = tmp_path / "a.txt"
    file.write_text("word " * 20, encoding="utf-8")
    assert only(file).text
    file.write_text("word " * 21, encoding="utf-8")
    assert "is larger than 50 MB" in refusal(file)


def test_one_broken_character_does_not_spoil_a_text(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes("Министр сказал, что мост открыт для всех.".encode()[:-3] + b"\xff.")
    version = only(file)
    assert (version.text, version.encoding) == ("Министр сказал, что мост открыт для все\ufffd.", "utf-8, damaged")


@pytest.mark.parametrize("name", ["a.txt.gz", "b.jsonl.gz"])
def test_gzip(tmp_path: Path, name: str):
    body = b"The bridge is open." if "txt" in name else json.dumps(ROW).encode()
    (tmp_path / name).write_bytes(gzip.compress(body))
    assert only(tmp_path / name).text == "The bridge is open."


def test_a_small_gzip_that_unpacks_to_a_huge_text_is_refused(tmp_path: Path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" word" * (read.LARGEST // 5 + 1)))
    assert "is larger than 50 MB" in refusal(tmp_path / "a.txt.gz")


def test_nul_characters_do_not_make_a_text_binary(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"The bridge\x00 is open. " * 50 + b"\x00")
    assert "\x00" not in only(file).text


def test_rows(tmp_path: Path):
    file = tmp_path / "a.jsonl"
    broken = '{"id": "a2", "text": '
    third = {
        "id": 3,
        "text": "A\u0000b \ud800.",
        "published": "last week",
        "lang": None,
        "title": 7,
        "outlet": "The Post",
    }
    file.write_text("\ufeff" + "\n".join([json.dumps(ROW), broken, "", json.dumps(third)]), encoding="utf-8")
    first, error, *wrong, last = outcome(file)
    assert isinstance(first, Version)
    assert (first.id, first.text, first.lang) == ("a1", ROW["text"], "en")
    assert (first.published, first.published_from, first.extra) == ("2024-02-10", "given", {"desk": {"a": [1]}})
    assert isinstance(error, InputError)
    assert error.name == f"{file}:2"
    assert [str(e).removeprefix(f"{file}:4: ") for e in wrong] == [
        "title left out: it is not a string",
        "published left out: 'last week' is not an ISO 8601 date",
    ]
    assert isinstance(last, Version)
    assert (last.id, last.text, last.lang, last.outlet) == ("3", "A b \ufffd.", "und", "The Post")


@pytest.mark.parametrize("form", ["lines", "list", "indented list", "object", "no suffix", "utf-16"])
def test_json_in_every_form_gives_the_same_version(tmp_path: Path, form: str):
    body, name = {
        "lines": (json.dumps(ROW) + "\n", "a.jsonl"),
        "list": (json.dumps([ROW]), "a.json"),
        "indented list": (json.dumps([ROW], indent=2), "b"),
        "object": (json.dumps(ROW, indent=2), "a.json"),
        "no suffix": (json.dumps(ROW) + "\n", "rows"),
        "utf-16": (json.dumps(ROW) + "\n", "a.jsonl"),
    }[form]
    file = tmp_path / name
    file.write_bytes(body.encode("utf-16" if form == "utf-16" else "utf-8"))
    version = only(file)
    assert (version.id, version.text, version.extra) == ("a1", ROW["text"], {"desk": {"a": [1]}})


def test_a_row_without_id_has_the_same_one_wherever_it_stands(tmp_path: Path):
    row = json.dumps({"text": "The bridge is open."})
    (tmp_path / "a.jsonl").write_text(row + "\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\r\n  ' + row + "\r\n", encoding="utf-8")
    (one,) = outcome(tmp_path / "a.jsonl")
    other = outcome(tmp_path / "b.jsonl")[1]
    assert isinstance(one, Version)
    assert isinstance(other, Version)
    assert (one.id, one.digest) == (other.id, other.digest)
    assert len(one.id) == 12


def test_a_folder_in_order_with_its_bad_files(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("Hidden.", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Third.", encoding="utf-8")
    (tmp_path / "b" / "2.txt").write_text("Second.", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(b"")
    found = outcome(tmp_path)
    assert [v.text if isinstance(v, Version) else v.reason for v in found] == ["is empty", "Third.", "Second."]


def test_of_a_folder_only_what_may_be_an_article_is_read_and_the_rest_is_counted(tmp_path: Path):
    page = "<html><body><article><p>" + "The bridge is open, the minister said. " * 9 + "</p></article></body></html>"
    (tmp_path / "story.php").write_text(page, encoding="utf-8")
    (tmp_path / "rows.data").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    (tmp_path / "README").write_text("The bridge is shut.", encoding="utf-8")
    for name in ("a.png", "b.PNG", "c.pdf", "d.css", "e.py", "feed.xml", "old.gz", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x = 1")
    passed = Counter[str]()
    assert [Path(c.name).name for c in captures(tmp_path, passed)] == ["README", "rows.data:1", "story.php"]
    kinds = {".css": 1, ".gz": 1, ".pdf": 1, ".png": 2, ".py": 1, ".xml": 1}
    assert dict(sorted(passed.items())) == kinds


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX pipes")
def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    passed = Counter[str]()
    assert refusal(tmp_path).startswith("is a folder without files")
    assert list(captures(tmp_path, passed))
    assert passed == {".txt": 1}


def test_a_folder_of_pictures_says_what_is_read(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    assert refusal(tmp_path).startswith("is a folder without files that are read (.txt, .md, .html, ")
    assert refusal(tmp_path / "a.png").startswith("is a PNG image")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"The bridge is open.", "text/plain"),
        (b'\n{"text": "The bridge is open."}\n', "application/json"),
        (b"  <!DOCTYPE html><html><body>", "text/html"),
        (b"<!-- made by us -->\n<html lang=en>", "text/html"),
        (b"<!---->" * 500 + b"<p>", "text/plain"),
    ],
)
def test_stdin_is_told_by_its_first_characters(monkeypatch: pytest.MonkeyPatch, body: bytes, kind: str):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    (capture,) = captures("-")
    assert isinstance(capture, Capture)
    assert capture.media_type == kind


def test_lines_longer_than_the_limit_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(row_files, "LARGEST", 64)
    rows = [{"text": "First."}, {"text": "long " * 100}, {"text": "Third."}, {"text": "Last."}]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = outcome(file)
    assert [v.text if isinstance(v, Version) else v.name for v in found] == ["First.", f"{file}:2", "Third.", "Last."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "", "\n\n"])
@pytest.mark.parametrize("length", [64, 65, 66, 129, 130, 131, 200])
@pytest.mark.parametrize("gap", [0, 30])
def test_a_line_is_too_long_however_it_falls_into_the_pieces_that_are_read(
    monkeypatch: pytest.MonkeyPatch, end: str, length: int, gap: int
):
    monkeypatch.setattr(row_files, "LARGEST", 64)
    line = '{"text": "' + "a" * 20 + " " * gap + "b" * (length - 32 - gap) + '"}'
    found = list(row_files.of_lines(row_files.lines(io.BytesIO(f"{line}{end}".encode())), "a.jsonl"))
    told = [one.reason if isinstance(one, InputError) else one.body.decode() for one in found]
    assert told == ([line] if length <= 64 else ["is a line of more than 50 MB"])


@given(st.binary(max_size=300))
def test_any_bytes_give_versions_or_errors(body: bytes):
    for kind in ("text/plain", "text/html", "application/json"):
        for found in versions(Capture("x", body, kind, "2024-02-10T00:00:00+00:00")):
            assert isinstance(found, Version | InputError)


def test_naughty_strings(tmp_path: Path):
    source = Path(__file__).parents[2].parent / "shared" / "data" / "hostile" / "naughty_strings.json"
    if not source.exists():
        pytest.skip("../shared/data/hostile is not here")
    strings = json.loads(source.read_text(encoding="utf-8"))
    file = tmp_path / "a.txt"
    for string in strings:
        file.write_text(f"{string}\nThe bridge {string} is open.", encoding="utf-8")
        assert "open" in only(file).text
