"""What replay tools get: CDXJ files beside the archive, and WACZ files made of it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from warcio.archiveiterator import ArchiveIterator

from sayso.documents.nouns import Capture, Record, Version
from sayso.documents.warcs.cdxj import surt
from sayso.errors import LedgerError
from sayso.extraction.nouns import Reading
from sayso.ledger.evidence.proof import proven
from sayso.ledger.ledger import Ledger

URLS = [f"https://dal.example/{name}" for name in ("bridge", "arrêt?b=2&a=1", "harbour")]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"

KEYS = (
    ("https://www.dal.example/a?b=1", "example,dal)/a?b=1"),
    ("http://Dal.Example", "example,dal)/"),
    ("http://dal.example:8080/A/?z=1&a=2", "example,dal:8080)/a?a=2&z=1"),
    ("https://dal.example:443/", "example,dal)/"),
    ("urn:sayso:file:Notes 1.txt", "urn:sayso:file:notes%201.txt"),
    ("https://[broken", "https://[broken"),
)


@pytest.mark.parametrize(("url", "key"), KEYS)
def test_keys(url, key):
    assert surt(url) == key


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "news")
    with made.writer() as writer:
        for day, url in enumerate(URLS, 1):
            body = f"<p>Page {day} 🌉 جسر</p>".encode()
            at = f"2026-03-0{day}T08:00:00+00:00"
            capture = Capture(url, body, "text/html", at, url, Record("response", (), HEAD))
            version = Version(f"a{day}", f"Page {day}", "en", capture.digest, f"Title {day}", url=url)
            writer.add(capture, version, Reading("en"))
        writer.seen(
            Capture(URLS[0], "<p>Page 1 🌉 جسر</p>".encode(), "text/html", "2026-03-09T08:00:00+00:00", URLS[0])
        )
        writer.index()
    return made


def test_each_line_leads_to_its_record(ledger):
    archive = ledger.folder / "archive"
    lines = (archive / "000001.cdxj").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    told = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert sorted(one["mime"] for one in told) == ["text/html", "text/html", "text/html", "warc/revisit"]
    for one in told:
        stored = (archive / one["filename"]).read_bytes()[int(one["offset"]) :][: int(one["length"])]
        (record,) = ArchiveIterator(io.BytesIO(stored))
        assert record.rec_headers.get_header("WARC-Target-URI") == one["url"]


def test_an_index_grows_and_is_the_same_when_made_anew(ledger):
    path = ledger.folder / "archive" / "000001.cdxj"
    with ledger.writer() as writer:
        more = Capture("more.txt", b"More.", "text/plain", "2026-03-10T08:00:00+00:00")
        writer.add(more, Version("more", "More.", "en", more.digest), Reading("en"))
        writer.index()
    grown = path.read_text(encoding="utf-8")
    assert len(grown.splitlines()) == 5
    for broken in (None, grown[:100]):
        path.unlink() if broken is None else path.write_text(broken, encoding="utf-8")
        with ledger.writer() as writer:
            writer.index()
        assert path.read_text(encoding="utf-8") == grown


@pytest.mark.parametrize(("articles", "urls"), [(None, [*URLS, URLS[0]]), (["a2"], [URLS[1]]), ([], [])])
def test_a_wacz_holds_what_was_asked_for(ledger, articles, urls):
    out = io.BytesIO()
    with ledger.view() as view:
        assert view.write_wacz(out, articles) == len(urls)
    with zipfile.ZipFile(out) as packed:
        package = json.loads(packed.read("datapackage.json"))
        for one in package["resources"]:
            body = packed.read(one["path"])
            assert (one["bytes"], one["hash"]) == (len(body), f"sha256:{hashlib.sha256(body).hexdigest()}")
        # ReplayWeb.page takes a local header to be as long as the central one says.
        assert not any(
            int.from_bytes(out.getvalue()[one.header_offset + 28 :][:2], "little") for one in packed.infolist()
        )
        data = packed.read("archive/data.warc.gz")
        found = [record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(io.BytesIO(data))]
        assert [url for url in found if url] == urls
        index = packed.read("indexes/index.cdx").decode().splitlines()
        assert len(index) == len(urls)
        for line in index:
            one = json.loads(line.split(" ", 2)[2])
            (record,) = ArchiveIterator(io.BytesIO(data[int(one["offset"]) :][: int(one["length"])]))
            assert record.rec_headers.get_header("WARC-Target-URI") == one["url"]
        pages = [json.loads(line) for line in packed.read("pages/pages.jsonl").decode().splitlines()[1:]]
        assert [page["url"] for page in pages] == urls


def test_damaged_bytes_are_told(ledger):
    path = ledger.folder / "archive" / "000001.warc.gz"
    stored = path.read_bytes()
    path.write_bytes(stored.replace(b"\x1f\x8b", b"\x00\x00"))
    with (
        ledger.view() as view,
        pytest.raises(LedgerError, match=r"000001.warc.gz: holds a damaged record: `sayso verify`"),
    ):
        view.write_wacz(io.BytesIO())


def test_missing_bytes_are_told(ledger):
    path = ledger.folder / "archive" / "000001.warc.gz"
    path.write_bytes(path.read_bytes()[:-5])
    with ledger.view() as view, pytest.raises(LedgerError, match="shorter than the ledger says"):
        view.write_wacz(io.BytesIO())
    path.unlink()
    with ledger.view() as view, pytest.raises(LedgerError, match="archive"):
        view.write_wacz(io.BytesIO())


def test_a_part_of_the_archive_tells_nothing_of_the_rest(ledger):
    out = io.BytesIO()
    with ledger.view() as view:
        view.write_wacz(out, ["a2"])
    with zipfile.ZipFile(out) as packed:
        assert not any(URLS[2].encode() in packed.read(name) for name in packed.namelist())
        proof = packed.read("evidence/a2.proof.json").decode()
    assert [dict(said)["kind"] for _, said in proven(proof).entries] == ["capture", "reading"]
