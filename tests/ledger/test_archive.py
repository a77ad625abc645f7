"""The archive of WARC files: what is kept, how it is found again, and what an interrupted write leaves."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import zlib

import pytest
from warcio.archiveiterator import ArchiveIterator

from sayso.documents.nouns import Capture, Record, Version
from sayso.documents.warcs.recorded import recorded, restored
from sayso.errors import InputError, LedgerError, NotFound
from sayso.extraction.nouns import Reading
from sayso.ledger import index
from sayso.ledger.evidence.merkle import leaf_hash, root
from sayso.ledger.evidence.note import Checkpoint, Verifier, opened
from sayso.ledger.ledger import FILE, Ledger
from sayso.ledger.schema import STEPS

URL = "https://dal.example/bridge"
TEXT = "The bridge stays shut. 🌉 الجسر مغلق"
PAGE = f"<html><body><p>{TEXT}</p></body></html>".encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Odd:  two  blanks\r\n\r\n"


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "news")


def fetched(day: int = 1, body: bytes = PAGE, url: str = URL, **about) -> Capture:
    record = Record("response", (("WARC-IP-Address", "192.0.2.7"),), HEAD, **about)
    return Capture(url, body, "text/html", f"2026-03-{day:02}T08:00:00+00:00", url, record)


def version(capture: Capture, text: str = TEXT, id: str = "a1", **about) -> Version:
    return Version(id, text, "en", capture.digest, **about)


def keep(ledger: Ledger, capture: Capture, **about) -> bool:
    with ledger.writer() as writer:
        return writer.add(capture, version(capture, **about), Reading("en"), made_by="test")


def records(ledger: Ledger) -> list:
    found = []
    for path in sorted((ledger.folder / "archive").glob("*.warc.gz")):
        with path.open("rb") as file:
            for one in ArchiveIterator(file, check_digests="raise"):
                found.append((one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read()))
    return found


def indexed(ledger: Ledger) -> list[str]:
    with ledger.writer() as writer:
        writer.index()
    return (ledger.folder / "archive" / "000001.cdxj").read_text().removesuffix("\n").split("\n")


def rows(ledger: Ledger, sql: str) -> list:
    with sqlite3.connect(ledger.folder / FILE) as connection:
        return list(connection.execute(sql))


class TestRecords:
    CASES = (
        Capture("notes/ü 1.txt", TEXT.encode(), "text/plain", "2026-03-01T08:00:00+00:00"),
        Capture("feed.jsonl:3", b'{"id": "x"}', "application/json", "2026-03-01T08:00:00+00:00"),
        fetched(),
        fetched(body=b""),
        fetched(raw=zlib.compress(PAGE)),
    )

    @pytest.mark.parametrize("capture", CASES, ids=lambda c: c.name)
    def test_a_capture_comes_back_byte_for_byte(self, capture):
        head = HEAD.replace(b"\r\n\r\n", b"\r\nContent-Encoding: deflate\r\n\r\n")
        if capture.record and capture.record.raw:
            capture = dataclasses.replace(capture, record=dataclasses.replace(capture.record, head=head))
        found = restored(recorded(capture), capture.name, capture.media_type, capture.captured)
        assert (found.body, found.url, found.digest) == (capture.body, capture.url, capture.digest)
        if capture.record:
            assert (found.record.head, found.record.raw) == (capture.record.head, capture.record.raw)
            assert ("WARC-IP-Address", "192.0.2.7") in found.record.headers
        else:
            assert found == capture

    def test_what_stands_beside_comes_back_in_order(self):
        moved = Record("response", (("WARC-Target-URI", "https://dal.example/b"),), b"HTTP/1.1 301 Moved\r\n\r\n", b"")
        asked = Record(
            "request", (("WARC-Target-URI", URL),), b"GET /bridge HTTP/1.1\r\nHost: dal.example\r\n\r\n", b""
        )
        found = restored(recorded(fetched(beside=(moved, asked))), "x", "text/html", "2026-03-01T08:00:00+00:00")
        assert [(one.kind, one.head) for one in found.record.beside] == [
            ("response", moved.head),
            ("request", asked.head),
        ]

    def test_fields_of_an_imported_record_are_kept(self):
        fields = (
            ("WARC-Record-ID", "<urn:uuid:1>"),
            ("WARC-Date", "2020-01-02T03:04:05Z"),
            ("WARC-Truncated", "length"),
        )
        capture = Capture("old", PAGE, "text/html", "2020-01-02T03:04:05+00:00", URL, Record("response", fields, HEAD))
        found = restored(recorded(capture), "old", "text/html", capture.captured)
        assert set(fields) <= set(found.record.headers)

    def test_no_address_begins_a_field_of_its_own(self):
        found = restored(recorded(fetched(url=f"{URL}\r\nWARC-Evil: 1")), "x", "text/html", "2026-03-01T08:00:00+00:00")
        assert "WARC-Evil" not in dict(found.record.headers)
        assert found.url == f"{URL}%20%20WARC-Evil:%201"  # as warcio reads spaces

    def test_bytes_that_are_no_record_are_refused(self):
        with pytest.raises(InputError, match="no WARC record"):
            restored(b"nothing", "x", "text/html", "2026-03-01T08:00:00+00:00")


class TestArchive:
    def test_any_warc_reader_reads_it(self, ledger):
        assert keep(ledger, fetched())
        assert [(kind, url) for kind, url, _ in records(ledger)] == [("warcinfo", None), ("response", URL)]
        assert records(ledger)[1][2] == PAGE
        with ledger.view() as view:
            found = view.capture(fetched().digest)
        assert (found.body, found.url, found.record.head) == (PAGE, URL, HEAD)

    def test_the_same_bytes_again_are_a_revisit_and_no_version(self, ledger):
        assert keep(ledger, fetched(1))
        with ledger.writer() as writer:
            assert len(writer.seen(fetched(2), "test")) == 1
            assert len(writer.seen(fetched(2), "test")) == 1
        assert [kind for kind, *_ in records(ledger)] == ["warcinfo", "response", "revisit"]
        with ledger.view() as view:
            assert len(view.history("a1")) == 1
            assert [(c.at[:10], c.version) for c in view.captured("a1")] == [("2026-03-01", 0), ("2026-03-02", 0)]

    def test_a_revisit_refers_to_a_file_by_the_address_of_its_record(self, ledger):
        assert keep(ledger, Capture("Brücke.html", PAGE, "text/html", "2026-03-01T08:00:00+00:00"))
        with ledger.writer() as writer:
            writer.put(fetched(2))
        (_, (_, file, _), _) = records(ledger)
        with (ledger.folder / "archive" / "000001.warc.gz").open("rb") as stored:
            last = [dict(one.rec_headers.headers) for one in ArchiveIterator(stored)][-1]
        assert last["WARC-Type"] == "revisit"
        assert last["WARC-Refers-To-Target-URI"] == file == "urn:sayso:file:Br%C3%BCcke.html"

    def test_an_index_with_odd_addresses_is_made_once(self, ledger):
        assert keep(ledger, fetched(url="https://dal.example/a\u2028b\x85c"))
        (line,) = indexed(ledger)
        assert indexed(ledger) == [line]
        with sqlite3.connect(ledger.path) as connection:
            assert index.bring_up_to_date(connection, ledger.folder / "archive") == []

    def test_other_bytes_with_the_same_text_are_no_version(self, ledger):
        noisy = fetched(2, PAGE + b"<!-- token 7 -->")
        assert keep(ledger, fetched(1))
        assert not keep(ledger, noisy)
        with ledger.writer() as writer:
            assert len(writer.seen(noisy, "test")) == 1
        with ledger.view() as view:
            assert len(view.history("a1")) == 1
            assert [c.digest for c in view.captured("a1")] == [fetched().digest, noisy.digest]

    def test_another_text_is_a_version_and_going_back_is_told(self, ledger):
        changed = fetched(2, PAGE + b"2")
        assert keep(ledger, fetched(1))
        assert keep(ledger, changed, text="The bridge opens.")
        with ledger.writer() as writer:
            assert len(writer.seen(fetched(3), "test")) == 1
        with ledger.view() as view:
            assert [v.text for v in view.history("a1")] == ["The bridge opens.", TEXT]
            assert [c.version for c in view.captured("a1")] == [1, 0, 1]

    def test_what_holds_no_article_is_archived(self, ledger):
        with ledger.writer() as writer:
            writer.put(fetched())
            writer.put(fetched())
        assert [kind for kind, *_ in records(ledger)] == ["warcinfo", "response"]

    def test_what_a_failed_call_put_is_not_written(self, ledger):
        with ledger.writer() as writer, writer.batch():
            for day, text in ((1, "half \ud83d"), (2, TEXT), (3, "half \ud83d"), (4, "More.")):
                capture = fetched(day, PAGE + bytes([48 + day]), f"{URL}/{day}")
                try:
                    writer.add(capture, version(capture, text, f"a{day}"), Reading("en"))
                except InputError:
                    continue
        assert [url for _, url, _ in records(ledger)] == [None, f"{URL}/2", f"{URL}/4"]
        with ledger.view() as view:
            assert view.capture(view.version("a4").digest).url == f"{URL}/4"

    def test_a_batch_that_is_taken_back_leaves_no_bytes(self, ledger):
        keep(ledger, fetched(1))
        before = (ledger.folder / "archive" / "000001.warc.gz").read_bytes()
        with pytest.raises(NotFound), ledger.writer() as writer, writer.batch():  # noqa: PT012
            writer.put(fetched(2, PAGE + b"2"))
            raise NotFound("what ends the batch")
        assert (ledger.folder / "archive" / "000001.warc.gz").read_bytes() == before
        assert keep(ledger, fetched(3, PAGE + b"3"), text="Later.")
        assert len(list((ledger.folder / "archive").iterdir())) == 1

    def test_a_torn_tail_stays_and_a_new_file_is_begun(self, ledger):
        keep(ledger, fetched(1))
        first = ledger.folder / "archive" / "000001.warc.gz"
        with first.open("ab") as file:
            file.write(b"\x1f\x8b torn")
        torn = first.read_bytes()
        assert keep(ledger, fetched(2, PAGE + b"2"), text="Later.")
        assert first.read_bytes() == torn
        with ledger.view() as view:
            assert [view.capture(v.digest).body for v in view.history("a1")] == [PAGE, PAGE + b"2"]

    def test_changed_bytes_are_told(self, ledger):
        keep(ledger, fetched(1))
        path = ledger.folder / "archive" / "000001.warc.gz"
        start, length = rows(ledger, "SELECT start, length FROM records")[0]
        stored = bytearray(path.read_bytes())
        stored[start + length - 20] ^= 1
        path.write_bytes(stored)
        with ledger.view() as view, pytest.raises(LedgerError, match=r"archived bytes of .* (damaged|changed)"):
            view.capture(fetched().digest)
        path.unlink()
        with ledger.view() as view, pytest.raises(LedgerError, match="damaged"):
            view.capture(fetched().digest)


class TestLog:
    def test_every_transaction_ends_in_a_signed_checkpoint(self, ledger):
        keep(ledger, fetched(1))
        keep(ledger, fetched(2, PAGE + b"2"), text="Later.")
        leaves = [leaf for (leaf,) in rows(ledger, "SELECT leaf FROM log ORDER BY entry")]
        assert [json.loads(leaf)["kind"] for leaf in leaves] == ["capture", "reading", "rest"] * 2
        vkey = rows(ledger, "SELECT value FROM state WHERE key = 'vkey'")[0][0]
        for size, note in rows(ledger, "SELECT size, note FROM checkpoints ORDER BY size"):
            told = Checkpoint.parse(opened(note, [Verifier.from_vkey(vkey)]))
            assert (told.size, told.root) == (size, root([leaf_hash(leaf.encode()) for leaf in leaves[:size]]))
        assert size == len(leaves)

    def test_another_key_is_told_in_the_log(self, ledger, tmp_path, monkeypatch):
        keep(ledger, fetched(1))
        monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "other" / "key.pem"))
        keep(ledger, fetched(2, PAGE + b"2"), text="Later.")
        last = [json.loads(leaf) for (leaf,) in rows(ledger, "SELECT leaf FROM log ORDER BY entry")][-1]
        assert last["kind"] == "key"
        assert last["vkey"] == rows(ledger, "SELECT value FROM state WHERE key = 'vkey'")[0][0] != last["before"]

    def test_without_a_key_nothing_is_kept(self, ledger, tmp_path, monkeypatch):
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "file" / "key.pem"))
        with pytest.raises(LedgerError, match="SAYSO_KEY"):
            keep(ledger, fetched())
        with ledger.view() as view:
            assert view.counts()["captures"] == 0
        assert list((ledger.folder).glob("archive/*")) == []


def test_what_an_older_sayso_kept_moves_to_the_archive(ledger):
    capture = Capture("old.txt", TEXT.encode(), "text/plain", "2026-03-01T08:00:00+00:00")
    keep(ledger, capture)
    with sqlite3.connect(ledger.folder / FILE) as connection:
        for table in ("records", "log", "checkpoints", "sums"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM state WHERE key IN ('frontier', 'origin', 'vkey')")
        connection.execute("UPDATE captures SET body = ?", (zlib.compress(capture.body),))
    (ledger.folder / "archive" / "000001.warc.gz").unlink()
    with ledger.view() as view:
        assert view.capture(capture.digest) == capture
    with ledger.writer():
        pass
    assert [kind for kind, *_ in records(ledger)] == ["warcinfo", "resource"]
    with ledger.view() as view:
        assert view.capture(capture.digest) == capture
    assert rows(ledger, "SELECT count(*) FROM captures WHERE length(body) > 0") == [(0,)]
    kinds = [json.loads(leaf)["kind"] for (leaf,) in rows(ledger, "SELECT leaf FROM log ORDER BY entry")]
    assert kinds == ["capture", "reading", "links", "rest"]
    assert len(STEPS) == rows(ledger, "PRAGMA user_version")[0][0]


def test_an_archive_whose_ledger_is_gone_gets_no_new_one(ledger):
    keep(ledger, fetched())
    for file in ledger.folder.glob("ledger.sqlite*"):
        file.unlink()
    with pytest.raises(LedgerError, match=r"ledger\.sqlite is gone"):
        keep(ledger, fetched(2))
    with pytest.raises(LedgerError, match=r"ledger\.sqlite is gone"), ledger.view():
        pass
    assert [path.name for path in ledger.folder.glob("ledger.sqlite*")] == []
