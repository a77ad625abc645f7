from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.documents.nouns import Capture
from sayso.documents.read import captures
from sayso.documents.warcs import records
from sayso.documents.warcs.recorded import repeated
from sayso.documents.warcs.warc import captures_of
from sayso.errors import InputError

HOSTILE = Path(__file__).parents[2].parent / "shared" / "data" / "hostile" / "warc"
ADDRESS = "https://news.example/{}"
PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
DATE = "2026-03-04T05:06:07Z"


def page(number: int) -> bytes:
    text = f"Minister number {number} said the bridge was open. " * 20
    return f"<!doctype html><html><body><article><p>{text}</p></article></body></html>".encode()


def member(
    number: int,
    *,
    kind: str = "response",
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
    body: bytes | None = None,
    http: tuple[tuple[str, str], ...] = (),
    url: str | None = None,
    packed: bool = True,
    version: str = "WARC/1.1",
) -> bytes:
    """One record as warcio writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    answer = StatusAndHeaders(status, [("Content-Type", media), *http], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url or ADDRESS.format(number),
        kind,
        payload=io.BytesIO(page(number) if body is None else body),
        http_headers=answer if kind in ("response", "revisit") else None,
        warc_content_type="" if kind in ("response", "revisit") else media,
        warc_headers_dict={"WARC-Date": DATE, **({"WARC-Profile": PROFILE} if kind == "revisit" else {})},
    )
    writer.write_record(record)
    return out.getvalue()


def found(archive: bytes, passed: Counter[str] | None = None) -> list[Capture | InputError]:
    return list(captures_of(io.BytesIO(archive), "a.warc", passed))


def numbers(archive: bytes) -> list[str]:
    """The last part of each capture's address; "!" for an error."""
    return [one.url.rsplit("/", 1)[1] if isinstance(one, Capture) and one.url else "!" for one in found(archive)]


def reasons(archive: bytes) -> list[str]:
    return [one.reason for one in found(archive) if isinstance(one, InputError)]


def test_a_response_becomes_a_capture_with_all_that_stands_beside_it():
    body = page(1)
    (capture,) = found(member(1, body=gzip.compress(body), http=(("Content-Encoding", "gzip"), ("X-A", "b"))))
    assert isinstance(capture, Capture)
    assert (capture.name, capture.url) == ("a.warc#1 https://news.example/1", "https://news.example/1")
    assert (capture.body, capture.media_type, capture.captured) == (body, "text/html", "2026-03-04T05:06:07+00:00")
    record = capture.record
    assert record
    assert (record.kind, gzip.decompress(record.raw or b"")) == ("response", body)
    assert record.head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
    assert record.head.endswith(b"X-A: b\r\n\r\n")
    assert [name for name, _ in record.headers][:3] == ["WARC-Date", "WARC-Type", "WARC-Record-ID"]
    block = record.head + (record.raw or b"")
    digest = dict(record.headers)["WARC-Block-Digest"]
    assert records.agrees(digest, block)


def test_a_resource_needs_no_http():
    (capture,) = found(member(1, kind="resource", media="text/html"))
    assert isinstance(capture, Capture)
    assert capture.record
    assert (capture.body, capture.media_type) == (page(1), "text/html")
    assert (capture.record.head, capture.record.raw) == (b"", None)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: member(2, status="301 Moved"), "redirect"),
        (lambda: member(2, status="304 Not Modified"), "HTTP 304"),
        (lambda: member(2, status="404 Not Found"), "HTTP 404"),
        (lambda: member(2, media="image/jpeg", body=b"\xff\xd8\xff"), "image/jpeg"),
        (lambda: member(2, media="text/css", body=b"p {}"), "text/css"),
        (lambda: member(2, media="application/json", body=b'{"a": 1}'), "application/json"),
        (lambda: member(2, media="application/xml", body=b"<?xml version='1.0'?><urlset/>"), "application/xml"),
        (lambda: member(2, media="text/plain", url="https://news.example/robots.txt"), "text/plain"),
        (lambda: member(2, kind="revisit", body=b""), "revisit"),
        (lambda: member(2, kind="resource", media="text/plain", url="metadata://wget/log"), "text/plain"),
    ],
)
def test_what_is_no_article_is_counted(make: Callable[[], bytes], why: str):
    passed = Counter[str]()
    assert len(found(member(1) + make() + member(3), passed)) == 2
    assert passed == {why: 1}


def revisit(first: Capture, url: str, moment: str) -> bytes:
    return repeated(Capture(url, first.body, first.media_type, moment, url, first.record), first.url or "", DATE)


@pytest.mark.parametrize("packed", [{}, {"http": (("Content-Encoding", "gzip"),), "body": gzip.compress(page(1))}])
def test_a_revisit_is_a_capture_of_the_bytes_it_names(packed: dict[str, Any]):
    archive = member(1, **packed)
    (first,) = found(archive)
    assert isinstance(first, Capture)
    mirror, later = "https://mirror.example/1", "2026-03-05T00:00:00+00:00"
    again = revisit(first, mirror, later)
    passed = Counter[str]()
    for order in (archive + member(2) + again, again + archive + member(2)):
        one, two, three = found(order, passed)
        assert isinstance(one, Capture)
        assert isinstance(two, Capture)
        assert isinstance(three, Capture)
        assert [one.url, two.url] == [first.url, ADDRESS.format(2)]
        assert (three.url, three.captured, three.body, three.digest) == (mirror, later, page(1), first.digest)
        assert three.record is not None
        assert first.record is not None
        assert three.record.raw == first.record.raw
    assert not passed


def test_a_revisit_of_bytes_that_are_elsewhere_is_counted():
    (first,) = found(member(1))
    assert isinstance(first, Capture)
    passed = Counter[str]()
    assert len(found(member(2) + revisit(first, "https://mirror.example/1", DATE), passed)) == 1
    assert passed == {"revisit": 1}


@pytest.mark.parametrize("kind", ["request", "metadata", "warcinfo"])
def test_what_belongs_to_the_archive_is_not_even_counted(kind: str):
    passed = Counter[str]()
    record = gzip.decompress(member(2, kind="metadata", media="text/plain", body=b"a: b\r\n"))
    record = record.replace(b"WARC-Type: metadata", f"WARC-Type: {kind}".encode())
    if kind == "warcinfo":
        record = field("WARC-Target-URI", None)(record)
    assert numbers(member(1) + gzip.compress(record)) == ["1"]
    assert len(found(member(1) + gzip.compress(record), passed)) == 1
    assert not passed


@pytest.mark.parametrize(
    ("media", "body", "kind"),
    [
        ("application/rss+xml", b"<rss/>", "application/rss+xml"),
        ("text/xml", b"<?xml version='1.0'?><!-- a --><rss version='2.0'/>", "application/rss+xml"),
        ("application/xml", b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "application/atom+xml"),
        ("application/xhtml+xml", b"<html/>", "text/html"),
        ("application/pdf", b"%PDF-1.7", "application/pdf"),
        ("text/html", b"%PDF-1.7", "application/pdf"),
        ("application/octet-stream", b"<!doctype html><p>", "text/html"),
        ("", b"<html><p>", "text/html"),
        ("text/plain", b"The bridge is open.", "text/plain"),
        ("text/plain", b"<!DOCTYPE html><p>", "text/html"),
    ],
)
def test_kinds(media: str, body: bytes, kind: str):
    (capture,) = found(member(1, media=media, body=body))
    assert isinstance(capture, Capture)
    assert capture.media_type == kind


FORMS: dict[str, Callable[[list[bytes]], bytes]] = {
    "a member each": b"".join,
    "plain": lambda members: b"".join(gzip.decompress(one) for one in members),
    "one member": lambda members: gzip.compress(b"".join(gzip.decompress(one) for one in members)),
    "members anyhow": lambda members: b"".join(
        gzip.compress(piece) for piece in re.findall(b"(?s).{1,700}", b"".join(map(gzip.decompress, members)))
    ),
    "with line ends of Unix": lambda members: b"".join(
        re.sub(rb"(?s)\A(.*?)\r\n\r\n", lambda m: m[0].replace(b"\r\n", b"\n"), gzip.decompress(one)) for one in members
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("version", ["WARC/1.0", "WARC/1.1"])
def test_every_form_of_an_archive(form: str, version: str, tmp_path: Path):
    archive = FORMS[form]([member(number, version=version) for number in range(5)])
    assert numbers(archive) == ["0", "1", "2", "3", "4"]
    (tmp_path / "a.bin").write_bytes(archive)
    assert [one.name for one in captures(tmp_path / "a.bin")] == [
        f"{tmp_path}/a.bin#{number + 1} https://news.example/{number}" for number in range(5)
    ]


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda record: record.replace(old, new, 1)


def field(name: str, value: str | None) -> Callable[[bytes], bytes]:
    line = f"{name}: {value}\r\n".encode() if value is not None else b""
    return lambda record: re.sub(rb"(?m)^%b: .*\r\n" % name.encode(), lambda _: line, record, count=1)


def longer(by: int) -> Callable[[bytes], bytes]:
    """The record's Content-Length, the first one, made larger."""
    return lambda r: re.sub(rb"Content-Length: (\d+)", lambda m: b"Content-Length: %d" % (int(m[1]) + by), r, count=1)


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a changed byte": (swapped(b"bridge", b"bridgE"), "not those of its WARC-Block-Digest"),
    "a changed header of HTTP": (swapped(b"200 OK", b"200 KO"), "not those of its WARC-Block-Digest"),
    "another payload digest": (field("WARC-Payload-Digest", "sha1:" + "A" * 32), "WARC-Payload-Digest"),
    "a digest that is none": (field("WARC-Block-Digest", "sha256:abc"), "WARC-Block-Digest"),
    "a length too large by little": (
        longer(3),
        "does not end where its Content-Length|not those of its WARC-Block-Digest",
    ),
    "a length too large by much": (longer(700), "Content-Length"),
    "a length too large for anything": (longer(10**9), "Content-Length|it breaks off"),
    "a length too small": (longer(-5), "does not end where its Content-Length"),
    "no length": (field("Content-Length", None), "it has no Content-Length"),
    "a length that is no number": (field("Content-Length", "-12"), "Content-Length is no number"),
    "no date": (field("WARC-Date", None), "it has no WARC-Date"),
    "a date that is none": (field("WARC-Date", "yesterday"), "WARC-Date is no date"),
    "no type": (field("WARC-Type", None), "it has no WARC-Type"),
    "no address": (field("WARC-Target-URI", None), "it has no WARC-Target-URI"),
    "an address that is none": (field("WARC-Target-URI", "//x"), "WARC-Target-URI is no address"),
    "a header without end": (swapped(b"\r\n\r\n", b"\r\n"), "not a sound record|no named field"),
    "a torn block": (lambda record: record[:-300], "Content-Length|breaks off"),
    **{f"a header torn at {at}": (lambda record, at=at: record[:at], "is not a sound record") for at in (12, 30, 60)},
    "a header torn at its last field": (
        lambda record: record[: record.index(b"\r\n\r\n") - 2],
        "not a sound record",
    ),
    "a header torn behind its last field": (
        lambda record: record[: record.index(b"\r\n\r\n") + 2],
        "not a sound record",
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
@pytest.mark.parametrize("form", ["a member each", "plain", "one member"])
def test_a_broken_record_is_told_and_its_neighbours_are_read(what: str, form: str):
    damage, reason = DAMAGE[what]
    members = [member(number) for number in range(5)]
    members[2] = gzip.compress(damage(gzip.decompress(members[2])))
    archive = FORMS[form](members)
    assert [one for one in numbers(archive) if one != "!"] == ["0", "1", "3", "4"]
    assert "!" in numbers(archive)
    assert re.search(reason, "\n".join(reasons(archive)))
    errors = [one for one in found(archive) if isinstance(one, InputError)]
    assert all(re.search(r"byte \d+", one.reason) and "\n" not in str(one) for one in errors)
    assert errors[0].name.startswith("a.warc#3")


@pytest.mark.parametrize(
    ("what", "make", "reason"),
    [
        ("another version", swapped(b"WARC/1.1", b"WARC/3.0"), "its version is 'WARC/3.0'"),
        ("no id", field("WARC-Record-ID", None), "it has no WARC-Record-ID"),
        ("a bare id", field("WARC-Record-ID", "urn:uuid:1"), "WARC-Record-ID is no address in angle brackets"),
        ("an odd address of a host", field("WARC-Record-ID", "<urn:a>\r\nWARC-IP-Address: 1.2.3"), "no IP address"),
        ("a field twice", field("WARC-Date", f"{DATE}\r\nWARC-Date: {DATE}"), "it has 2 fields warc-date"),
        ("an empty field", field("WARC-Record-ID", "<urn:a>\r\nWARC-Truncated:"), "its WARC-Truncated is empty"),
        ("no field", field("WARC-Record-ID", "<urn:a>\r\nnothing"), "of its header is no named field"),
        ("a field out of place", field("WARC-Record-ID", "<urn:a>\r\nWARC-Filename: a"), "has no WARC-Filename"),
    ],
)
def test_what_is_wrong_and_hides_nothing_is_told_and_the_page_read(
    what: str, make: Callable[[bytes], bytes], reason: str
):
    members = [member(number) for number in range(3)]
    members[1] = gzip.compress(make(gzip.decompress(members[1])))
    assert numbers(b"".join(members)) == ["0", "!", "1", "2"]
    assert reason in reasons(b"".join(members))[0]


@pytest.mark.parametrize("junk", [b"\x00" * 9, b"garbage\r\n", b"WARC/", b"\x1f\x8b\x08", bytes(range(256)) * 40])
@pytest.mark.parametrize("form", ["a member each", "plain"])
def test_garbage_between_records_is_told(junk: bytes, form: str):
    archive = FORMS[form]([member(0)]) + junk + FORMS[form]([member(1)])
    assert numbers(archive) == ["0", "!", "1"]
    assert re.search(r"no (gzip|record) begins at byte \d+|gzip (is broken|breaks off)", reasons(archive)[0])


@pytest.mark.parametrize("at", [0.02, 0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("flip", [1, 0x80, 0xFF])
def test_a_flipped_bit_in_a_gzip_member_costs_that_member_alone(at: float, flip: int):
    members = [bytearray(member(number)) for number in range(5)]
    # The header of gzip, 10 bytes, says nothing of the content.
    members[2][10 + int((len(members[2]) - 10) * at)] ^= flip
    archive = b"".join(members)
    left = numbers(archive)
    assert [one for one in left if one not in ("!", "2")] == ["0", "1", "3", "4"]
    assert "!" in left


def test_the_records_before_damage_in_one_gzip_member_are_read():
    archive = bytearray(
        FORMS["one member"]([member(number, body=brotli.compress(page(number))) for number in range(50)])
    )
    archive[len(archive) // 2] ^= 0xFF
    left = numbers(bytes(archive))
    assert left[:5] == ["0", "1", "2", "3", "4"]
    assert left[-1] == "!"
    assert len(left) > 15


@pytest.mark.parametrize("cut", [1, 10, 60, 200])
@pytest.mark.parametrize("form", ["a member each", "plain", "one member"])
def test_a_torn_end_is_told(cut: int, form: str):
    archive = FORMS[form]([member(number) for number in range(3)])[:-cut]
    left = numbers(archive)
    is_whole = cut == 1 and form == "plain"
    assert left[0] == "0"
    assert left[-1] == ("2" if is_whole else "!")
    assert form == "one member" or left[1] == "1"


def test_a_version_within_a_field_begins_no_record():
    named = field("WARC-Record-ID", "<urn:uuid:3e0f4b8c-7d55-4a3c-9d8e-0a8f6d3c1b2a>\r\nX-Like: WARC/1.0")
    assert numbers(b"".join(named(member(number, packed=False)) for number in range(3))) == ["0", "1", "2"]


def test_an_embedded_archive_makes_no_captures_of_its_own():
    inner = FORMS["plain"]([member(7), member(8)])
    assert numbers(member(0, body=b"<html>" + inner) + member(1)) == ["0", "1"]


def test_records_that_are_too_large_are_passed_without_being_held(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(records, "LARGEST", 100_000)
    members = [
        member(0),
        member(1, body=b"<html>" + b"word " * 50_000),
        member(2, media="video/mp4", body=bytes(300_000)),
        member(3),
    ]
    for form in ("a member each", "plain", "one member"):
        passed = Counter[str]()
        _, error, _ = found(FORMS[form](members), passed)
        assert isinstance(error, InputError)
        assert "is larger than 50 MB" in error.reason
        assert passed == {"video/mp4": 1}


@pytest.mark.parametrize("form", ["a member each", "plain", "one member"])
def test_a_false_length_beyond_what_is_held_costs_no_neighbour(form: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(records, "LARGEST", 1000)
    members = [member(number, body=b"<html>short</html>") for number in range(9)]
    members[3] = gzip.compress(longer(1500)(gzip.decompress(members[3])))
    assert [one for one in numbers(FORMS[form](members)) if one != "!"] == ["0", "1", "2", "4", "5", "6", "7", "8"]


def test_memory_stays_small_however_large_the_archive():
    def archive() -> Iterator[bytes]:
        for number in range(40):
            yield member(number, body=b"<html>" + hashlib.sha512(b"%d" % number).hexdigest().encode() * 8000)

    stored = io.BytesIO(b"".join(archive()))
    tracemalloc.start()
    assert sum(isinstance(one, Capture) for one in captures_of(stored, "a")) == 40
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 15_000_000


def test_a_gzip_bomb_is_refused_and_the_rest_read():
    bomb = gzip.compress(b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 400000000\r\n\r\n" + bytes(60_000_000))
    assert numbers(member(0) + bomb + member(1)) == ["0", "!", "!", "1"]
    assert "unpacks to more than" in "\n".join(reasons(bomb))


def test_digests_in_every_spelling():
    body = page(1)
    made = hashlib.sha256(body).digest()
    for spelled in (
        "sha256:" + made.hex().upper(),
        "SHA-256:" + base64.b32encode(made).decode(),
        "sha256:" + base64.b64encode(made).decode(),
        "sha256:" + base64.urlsafe_b64encode(made).decode().rstrip("="),
        "md5:" + hashlib.md5(body, usedforsecurity=False).hexdigest(),
        "blake9:unknown",
    ):
        record = field("WARC-Payload-Digest", spelled)(gzip.decompress(member(1, kind="resource", media="text/html")))
        assert numbers(record) == ["1"], spelled


SPEC = "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\n"
ARC = f"filedesc://a.arc 0.0.0.0 20260304050607 text/plain {len(SPEC)}\n{SPEC}\n"


def arc_record(number: int, length: int = 0) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(number)
    line = f"{ADDRESS.format(number)} 192.0.2.1 20260304050607 text/html {len(block) + length}\n"
    return line.encode() + block + b"\n"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("length", "left"), [(0, "012"), (5, "0!2"), (-5, "0!2"), (10**7, "0!2")])
def test_arc(packed: bool, length: int, left: str):
    parts = [ARC.encode(), arc_record(0), arc_record(1, length), arc_record(2)]
    archive = b"".join(map(gzip.compress, parts)) if packed else b"".join(parts)
    assert "".join(numbers(archive)) == left
    capture = found(archive)[0]
    assert isinstance(capture, Capture)
    assert (capture.captured, capture.body) == ("2026-03-04T05:06:07+00:00", page(0))


# Captures and errors in each file of a collection of broken archives.
EXPECTED = {
    "bad.arc": (0, 4),
    "example-bad-non-chunked.warc.gz": (1, 1),
    "example-bad.warc.gz.bad": (2, 0),
    "example-digest.warc": (0, 1),
    "example-iana.org-chunked.warc": (1, 0),
    "example-resource.warc.gz": (1, 0),
    "example-space-in-target-uri.warc.gz": (0, 0),
    "example-space-in-url.arc": (0, 1),
    "example-trunc.warc": (0, 1),
    "example-wget-bad-target-uri.warc.gz": (1, 0),
    "example-wrong-chunks.warc.gz": (0, 1),
    "example.arc": (1, 0),
    "example.arc.gz": (1, 0),
    "example.warc": (2, 0),
    "example.warc.gz": (2, 0),
    "post-test.warc.gz": (0, 0),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_hostile_archives(name: str):
    if not HOSTILE.exists():
        pytest.skip("../shared/data/hostile is not here")
    with (HOSTILE / name).open("rb") as file:
        outcome = list(captures_of(file, name))
    errors = [str(one) for one in outcome if isinstance(one, InputError)]
    assert (len(outcome) - len(errors), len(errors)) == EXPECTED[name], errors


def test_all_hostile_archives_are_known():
    if not HOSTILE.exists():
        pytest.skip("../shared/data/hostile is not here")
    assert {file.name for file in HOSTILE.iterdir()} == set(EXPECTED)


SOUND = b"".join(member(number, packed=False) for number in range(4))
PACKED = b"".join(member(number) for number in range(4))


@given(st.data())
def test_any_mutation_gives_captures_and_single_sentences(data: st.DataObject):
    archive = bytearray(data.draw(st.sampled_from([SOUND, PACKED, ARC.encode() + arc_record(1) + arc_record(2)])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(archive) - 1))
        length = data.draw(st.sampled_from([1, 1, 2, 30, 500]))
        archive[at : at + length] = data.draw(st.binary(max_size=length + 3))
    for one in found(bytes(archive)):
        assert isinstance(one, Capture) or "\n" not in str(one)
        if isinstance(one, Capture) and archive[:5] != b"filed":
            # What is read has kept its digest, so it is as it was.
            assert one.body in {page(number) for number in range(4)} or "Digest" not in str(one.record)


@given(st.binary(max_size=400))
def test_any_bytes_after_a_record(junk: bytes):
    for begins in (b"", b"WARC/1.1\r\n", b"filedesc://a 0.0.0.0 20260304050607 text/plain 5\n", b"\x1f\x8b\x08\x00"):
        assert isinstance(found(begins + junk), list)
    assert isinstance(found(PACKED + junk)[0], Capture)
