from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents.payload import charset, decoded, fields, media_type
from sayso.errors import InputError

PAGE = "<!doctype html><html><body><p>Мост открыт, сказал министр.</p></body></html>".encode() * 40


def head(**values: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in values.items()]
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode()


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def chunked(body: bytes, size: int = 100, end: bytes = b"0\r\n\r\n") -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;ext=1\r\n%b\r\n" % (len(part), part) for part in parts) + end


def refusal(given_head: bytes, raw: bytes) -> str:
    with pytest.raises(InputError) as raised:
        decoded(given_head, raw, "a page")
    assert str(raised.value).startswith("a page: ")
    return raised.value.reason


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": lambda body: gzip.compress(body[:100]) + gzip.compress(body[100:]),
    "deflate": zlib.compress,
    "Deflate": bare,
    "br": brotli.compress,
    "identity": bytes,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
    "gzip,gzip": lambda body: gzip.compress(gzip.compress(body)),
}


@pytest.mark.parametrize("encoding", PACKERS)
def test_what_was_packed_is_unpacked(encoding: str):
    packed = PACKERS[encoding](PAGE)
    assert decoded(head(Content_Encoding=encoding), packed, "a page") == PAGE
    both = head(Content_Encoding=encoding, Transfer_Encoding="chunked")
    assert decoded(both, chunked(packed), "a page") == PAGE


@pytest.mark.parametrize("size", [1, 7, 100, 100_000])
@pytest.mark.parametrize("end", [b"0\r\n\r\n", b"000\r\nExpires: never\r\n\r\n", b"", b"0"])
def test_chunks_are_joined(size: int, end: bytes):
    raw = chunked(PAGE, size, end)
    if end == b"0":
        assert "no chunk begins at byte" in refusal(head(Transfer_Encoding="chunked"), raw)
    else:
        assert decoded(head(Transfer_Encoding="chunked"), raw, "a page") == PAGE


@pytest.mark.parametrize("declared", [{"Transfer_Encoding": "chunked"}, *({"Content_Encoding": e} for e in PACKERS)])
@pytest.mark.parametrize("body", [PAGE, b"", b"Plain text.", b"<p>caf\xe9</p>", b"<", b"x" * 1023 + "é".encode()])
def test_what_is_declared_and_not_so_is_taken_as_it_is(declared: dict[str, str], body: bytes):
    assert decoded(head(**declared), body, "a page") == body


def test_zeros_after_the_last_gzip_member_are_nothing():
    assert decoded(head(Content_Encoding="gzip"), gzip.compress(PAGE) + bytes(512), "a page") == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize("cut", [1, 5, 20])
def test_what_breaks_off_is_refused(encoding: str, cut: int):
    assert f"declared as {encoding}" in refusal(head(Content_Encoding=encoding), PACKERS[encoding](PAGE)[:-cut])


@pytest.mark.parametrize(
    ("values", "raw", "reason"),
    [
        ({"Content_Encoding": "zstd"}, b"(\xb5/\xfd\x04\x00", "is packed as 'zstd', which is not read"),
        ({"Content_Encoding": "gzip"}, b"\x00\x01\x02", "declared as gzip"),
        ({"Content_Encoding": "br"}, b"\xff\xff\xff\xff", "declared as br, which is broken"),
        ({"Transfer_Encoding": "chunked"}, b"5\r\nhello\r\nzz\r\nworld", "no chunk begins at byte 10"),
        ({"Transfer_Encoding": "chunked"}, b"5\r\nhello\r\n5\r\nwor", "the chunk at byte 10 of its payload breaks off"),
        ({"Transfer_Encoding": "chunked"}, b"ffffffffffffffff\r\nx", "the chunk at byte 0 of its payload breaks off"),
    ],
)
def test_one_sentence_says_what_is_broken(values: dict[str, str], raw: bytes, reason: str):
    assert reason in refusal(head(**values), raw)


@pytest.mark.parametrize(
    ("encoding", "raw"),
    [
        ("gzip", gzip.compress(bytes(20_000_000))),
        ("deflate", zlib.compress(bytes(20_000_000))),
        ("br", brotli.compress(bytes(400_000_000), quality=1)),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(30_000_000)))),
    ],
)
def test_bombs_are_refused(encoding: str, raw: bytes):
    assert "unpacks to more than" in refusal(head(Content_Encoding=encoding), raw)


def test_what_is_larger_than_is_read_of_one_text_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sayso.documents.payload.LARGEST", 1000)
    assert "larger than" in refusal(head(), PAGE)
    assert "unpacks to more than" in refusal(head(Content_Encoding="gzip"), gzip.compress(PAGE))


@pytest.mark.parametrize(
    ("given_head", "status", "found"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\na: c\r\n\r\n", 200, {"a": "b, c"}),
        (b"HTTP/1.0 404\nA:b\n\n", 404, {"a": "b"}),
        (b"http/2 204 \r\nA : b\r\n  folded\r\nno field\r\n stray\r\n: x\r\n\r\n", 204, {"a": "b folded"}),
        ("HTTP/1.1 200 OK\r\nVille: Orléans\r\n\r\n".encode("latin-1"), 200, {"ville": "Orléans"}),
        (b"HTTP/1.1 2000 OK\r\n\r\n", None, {}),
        (b"", None, {}),
        (b"\r\n", None, {}),
    ],
)
def test_fields_of_a_header(given_head: bytes, status: int | None, found: dict[str, str]):
    assert fields(given_head) == (status, found)


@pytest.mark.parametrize(
    ("value", "kind", "encoding"),
    [
        ("text/html; charset=windows-1251", "text/html", "windows-1251"),
        ('Text/HTML;Charset="UTF-8"', "text/html", "UTF-8"),
        ("application/rss+xml", "application/rss+xml", None),
        ("html", None, None),
        ("", None, None),
    ],
)
def test_media_type_and_charset(value: str, kind: str | None, encoding: str | None):
    assert media_type(head(Content_Type=value)) == kind
    assert charset(head(Content_Type=value)) == encoding


@given(st.binary(max_size=200), st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "chunked"]))
def test_any_bytes_give_a_body_or_one_sentence(junk: bytes, raw: bytes, encoding: str):
    given_head = head(Content_Encoding=encoding, Transfer_Encoding=encoding) + junk
    fields(junk)
    try:
        outcome: bytes | str = decoded(given_head, raw, "a page")
    except InputError as error:
        outcome = error.reason
    assert isinstance(outcome, bytes) or "\n" not in outcome


@given(st.binary(max_size=3000), st.sampled_from(["gzip", "deflate", "br"]), st.integers(1, 50))
def test_any_body_comes_back(body: bytes, encoding: str, size: int):
    raw = chunked(PACKERS[encoding](body), size)
    assert decoded(head(Content_Encoding=encoding, Transfer_Encoding="chunked"), raw, "a page") == body
