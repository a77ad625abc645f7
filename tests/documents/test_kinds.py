from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import kinds
from sayso.documents.nouns import Capture, Version
from sayso.documents.read import captures, versions
from sayso.errors import InputError

RSS = b"<?xml version='1.0'?>\n<rss version='2.0'><channel><title>The Post</title></channel></rss>"
MHTML = (
    b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://news.example/2026/bridge\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary="B"\r\n\r\n'
    b"--B\r\nContent-Type: text/html\r\nContent-Location: https://news.example/2026/bridge\r\n\r\n"
    b"<!doctype html><html><body><article><p>"
    + b"The bridge is open for all, the minister said on Friday. " * 20
    + b"</p></article></body></html>\r\n--B--\r\n"
)
OPEN = "The bridge is open for all who live in the old town, the minister of works said on Friday. "
PAGE = f"<html><body><article><p>{OPEN * 9}</p></article></body></html>".encode()


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.txt", b"The bridge", kinds.TEXT),
        ("a.txt", b"<?xml version='1.0'?><a/>", kinds.TEXT),
        ("a.txt", b"<!DOCTYPE html>", kinds.HTML),
        ("a.md", b"<html>", kinds.MARKDOWN),
        ("a.htm", b"<p>", kinds.HTML),
        ("a.html", MHTML, kinds.MHTML),
        ("a.html", b"<?xml version='1.0'?><!DOCTYPE html><html>", kinds.HTML),
        ("a.html", b"<?xml version='1.0'?><story>", kinds.HTML),
        ("a.php", b"<html lang=en>", kinds.HTML),
        ("a.mht", b"The bridge", kinds.MHTML),
        ("a", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", kinds.MHTML),
        ("a", b"From: the minister\n\nThe bridge is open.", kinds.TEXT),
        ("a.xml", RSS, kinds.RSS),
        ("a.xml", b"<urlset/>", kinds.XML),
        ("a.xml", b"<!-- ours --><rdf:RDF xmlns:rdf='x'>", kinds.RSS),
        ("a", b"\xef\xbb\xbf<?xml version='1.0'?><?a b?><!DOCTYPE rss [<!ENTITY x 'y'>]><rss>", kinds.RSS),
        ("a", b"<feed xmlns='http://www.w3.org/2005/Atom'>", kinds.ATOM),
        ("a.rss", b"junk", kinds.RSS),
        ("a.json", b'{"version": "https://jsonfeed.org/version/1.1"}', kinds.JSON_FEED),
        ("a.json", b'{"id": 1}', kinds.JSON),
        ("a", b'[{"id": 1}]', kinds.JSON),
        ("a", b'{"id": 1}\n{"id": 2}\n', kinds.JSONL),
        ("a.opml", b"<opml version='2.0'>", kinds.OPML),
        ("a.xml", b"<?xml version='1.0'?><opml version='2.0'>", kinds.OPML),
        ("a.pdf", b"%PDF-1.7", kinds.PDF),
        ("a", b"junk\n%PDF-1.7", kinds.PDF),
        ("a.csv", b"id,text\n", kinds.CSV),
        ("a.tsv.gz", b"id\ttext\n", kinds.TSV),
        ("a", b"PAR1", kinds.PARQUET),
        ("a.warc.gz", b"junk", kinds.WARC),
        ("a", b"WARC/1.0\r\n", kinds.WARC),
        ("a", b"filedesc://a.arc 0.0.0.0 20260304050607 text/plain 76\n", kinds.WARC),
        ("a.wacz", b"PK\x03\x04", kinds.WACZ),
        ("a.docx", b"PK\x03\x04", kinds.ZIP),
    ],
)
def test_the_kind_of_a_file(name: str, body: bytes, kind: str):
    assert kinds.of_file(kinds.of_name(name), body) == kind


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"<?xml ", b"<!--", b"<!DOCTYPE a [", b"From:", b"{", b"<?a?>" * 30])
)
def test_any_bytes_have_a_kind(junk: bytes, begins: bytes):
    assert "/" in kinds.of_bytes(begins + junk)


def test_comments_and_instructions_without_end_take_no_time():
    for piece in (b"<!---->", b"<??>", b"<!DOCTYPE []>", b" ", b"<!DOCTYPE a [ ] "):
        assert kinds.of_bytes(b"<?xml version='1.0'?>" + piece * 4000) in (kinds.XML, kinds.TEXT)


def read(path: Path) -> list[Version | InputError]:
    return [version for one in captures(path) for version in ([one] if isinstance(one, InputError) else versions(one))]


def test_a_page_that_a_browser_saved_is_named_by_its_address(tmp_path: Path):
    (tmp_path / "a.mhtml").write_bytes(MHTML)
    saved = b"<!-- saved from url=(0031)https://news.example/2026/bridge -->\n" + PAGE
    (tmp_path / "b.html").write_bytes(saved)
    (tmp_path / "c.html").write_bytes(PAGE)
    one, other, third = read(tmp_path)
    assert isinstance(one, Version)
    assert isinstance(other, Version)
    assert isinstance(third, Version)
    assert one.url == other.url == "https://news.example/2026/bridge"
    assert one.id == other.id != third.id
    assert third.url is None


def test_rows_of_a_table_with_columns_of_their_own(tmp_path: Path):
    (tmp_path / "a.csv").write_text("number,body\n1,The bridge is open.\n", encoding="utf-8")
    (capture,) = captures(tmp_path / "a.csv", columns={"id": "number", "text": "body"})
    assert isinstance(capture, Capture)
    (version,) = versions(capture)
    assert isinstance(version, Version)
    assert (version.id, version.text) == ("1", "The bridge is open.")


@pytest.mark.parametrize("place", ["https://news.example/a", "http://www.news.example/a/?utm_source=x#top"])
def test_a_row_without_id_is_named_by_its_address(tmp_path: Path, place: str):
    texts = ["The bridge is open.", "The bridge is shut."]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"url": place, "text": t}) for t in texts), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"url": "https://news.example/a", "text": "x"}), encoding="utf-8")
    assert len({v.id for v in read(tmp_path) if isinstance(v, Version)}) == 1


def test_a_feed_is_one_capture_with_a_version_each_entry(tmp_path: Path):
    place = "https://news.example/{}"
    items = "".join(f"<item><link>{place.format(n)}</link><description>{OPEN * 3}</description></item>" for n in "abc")
    (tmp_path / "a.xml").write_bytes(RSS.replace(b"</channel>", items.encode() + b"</channel>"))
    assert len(list(captures(tmp_path / "a.xml"))) == 1
    assert [one.url for one in read(tmp_path / "a.xml") if isinstance(one, Version)] == [place.format(n) for n in "abc"]


@pytest.mark.skipif(not hasattr(os, "pipe"), reason="needs pipes")
@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("name", ["rows", "archive", "text"])
def test_what_comes_through_a_pipe(name: str, is_packed: bool, monkeypatch: pytest.MonkeyPatch):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    header = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:a>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n"
    header += f"WARC-Target-URI: https://news.example/a\r\nContent-Length: {len(block)}\r\n\r\n"
    body, expected = {
        "rows": (b"\n".join(json.dumps({"id": n, "text": OPEN}).encode() for n in range(300)) + b"\n", 300),
        "archive": ((header.encode() + block + b"\r\n\r\n") * 3, 3),
        "text": (OPEN.encode(), 1),
    }[name]
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(gzip.compress(body) if is_packed else body)
    with os.fdopen(reading, "rb") as pipe:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))
        assert sum(isinstance(one, Capture) for one in captures("-")) == expected


def test_a_folder_of_many_kinds(tmp_path: Path):
    for name, body in {
        "a.rss": RSS, "b.opml": b"<opml version='2.0'/>", "c.xml": b"<urlset/>", "d.pdf": b"%PDF-1.7", "e.mhtml": MHTML,
        "f.csv": b"id,text\n1,The bridge is open.\n", "g.css": b"p {}", "h.bin": gzip.compress(b"WARC/1.0\r\n"),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(body)
    passed = Counter[str]()
    names = [Path(one.name).name.partition("#")[0] for one in captures(tmp_path, passed)]
    assert names == ["a.rss", "d.pdf", "e.mhtml", "f.csv:2", "h.bin"]
    assert passed == {".opml": 1, ".xml": 1, ".css": 1}
