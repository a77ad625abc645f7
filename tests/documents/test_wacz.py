from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.documents.nouns import Capture
from sayso.documents.read import captures
from sayso.documents.warcs import wacz
from sayso.errors import InputError


def warc(*numbers: int) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    for number in numbers:
        body = f"<!doctype html><p>The bridge number {number} is open.".encode()
        answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        address = f"https://news.example/{number}"
        writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=answer))
    return out.getvalue()


def package(files: dict[str, bytes]) -> dict[str, bytes]:
    told = [
        {"name": name, "path": name, "hash": "sha256:" + hashlib.sha256(body).hexdigest(), "bytes": len(body)}
        for name, body in files.items()
    ]
    body = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": told}).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(body).hexdigest()}).encode()
    return {"datapackage.json": body, "datapackage-digest.json": digest}


FILES = {"archive/a.warc.gz": warc(1, 2), "archive/b.warc.gz": warc(3), "indexes/index.cdx.gz": b"junk"}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, body in files.items():
            packed.writestr(name, body)
    return out.getvalue()


def read(body: bytes) -> tuple[list[str], list[str]]:
    """Last parts of addresses, and errors."""
    found = list(wacz.captures_of(io.BytesIO(body), "a.wacz", Counter()))
    return (
        [one.url.rsplit("/", 1)[1] for one in found if isinstance(one, Capture) and one.url],
        [str(one) for one in found if isinstance(one, InputError)],
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("name", ["a.wacz", "a.zip", "a"])
def test_the_captures_of_all_web_archives_in_order(tmp_path: Path, method: int, name: str):
    (tmp_path / name).write_bytes(zipped(FILES | package(FILES), method))
    found = list(captures(tmp_path / name))
    assert [one.name for one in found] == [
        f"{tmp_path}/{name}!archive/{place} https://news.example/{number}"
        for place, number in (("a.warc.gz#1", 1), ("a.warc.gz#2", 2), ("b.warc.gz#1", 3))
    ]


def test_without_a_package_it_is_read_too():
    assert read(zipped(FILES)) == (["1", "2", "3"], [])


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_file_that_was_changed_is_told_and_read(is_packed: bool):
    changed = FILES | {"archive/b.warc.gz": warc(4)}
    body = zipped(changed | package(FILES), zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED)
    assert read(body) == (
        ["1", "2", "4"],
        ["a.wacz!archive/b.warc.gz: is not the file of which datapackage.json has the digest; it is read all the same"],
    )


def test_a_changed_package_is_told():
    files = FILES | package(FILES)
    files["datapackage.json"] += b" "
    assert read(zipped(files)) == (
        ["1", "2", "3"],
        ["a.wacz!datapackage.json: is not the file of which datapackage-digest.json has the digest"],
    )


@pytest.mark.parametrize("broken", [b"{", b"[1]", b'{"resources": 3}', b'{"resources": [3]}', b"[" * 100_000])
def test_a_package_that_is_none_costs_no_capture(broken: bytes):
    found, errors = read(zipped(FILES | {"datapackage.json": broken}))
    assert found == ["1", "2", "3"]
    assert len(errors) == (0 if broken.startswith(b'{"resources"') else 1)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_flipped_bit_costs_one_record(method: int):
    changed = bytearray(FILES["archive/a.warc.gz"])
    changed[100] ^= 0x10
    body = zipped(FILES | {"archive/a.warc.gz": bytes(changed)}, method)
    body = body.replace(zlib.crc32(changed).to_bytes(4, "little"), b"abcd")
    found, errors = read(body)
    assert found == ["2", "3"]
    assert "has the checksum" in errors[0]
    assert "a.wacz!archive/a.warc.gz" in errors[1]


def test_what_is_encrypted_is_refused():
    body = bytearray(zipped(FILES))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(mark) + at] |= 1
    assert read(bytes(body)) == (["3"], ["a.wacz!archive/a.warc.gz: is encrypted"])


def test_a_bomb_is_refused():
    body = zipped(FILES | {"archive/c.warc": b"WARC/1.1\r\n" + bytes(60_000_000)}, zipfile.ZIP_DEFLATED)
    found, errors = read(body)
    assert found == ["1", "2", "3"]
    assert errors == ["a.wacz!archive/c.warc: unpacks to more than 100 times its size, which no archive does"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"PK\x03\x04 and nothing more", "is a broken zip file: File is not a zip file"),
        (zipped({"word/document.xml": b"<a/>"}), "is no WACZ: it has no WARC files in its folder archive/"),
        (zipped(FILES)[:-30], "is a broken zip file: File is not a zip file"),
    ],
)
def test_what_is_no_wacz(body: bytes, reason: str):
    assert read(body) == ([], [f"a.wacz: {reason}"])


def test_an_office_document_is_still_called_one(tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(zipped({"word/document.xml": b"<a/>"}))
    (error,) = captures(tmp_path / "a.docx")
    assert isinstance(error, InputError)
    assert error.reason.startswith("is a ZIP archive or an office document")


WHOLE = zipped(FILES | package(FILES), zipfile.ZIP_DEFLATED)


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=40))
def test_any_mutation_gives_captures_and_single_sentences(at: int, junk: bytes):
    found, errors = read(WHOLE[:at] + junk + WHOLE[at + len(junk) :])
    assert set(found) <= {"1", "2", "3"}
    assert all("\n" not in error for error in errors)
