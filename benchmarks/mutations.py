"""Mutations: broken inputs made of sound ones, the same for the same seed; for benchmarks/fuzz.py and the tests."""

from __future__ import annotations

import random
from collections.abc import Callable

TOKENS = (
    *(
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"&#x110000;",
        b"]]>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"</html>",
        b"<script>",
        b"\x00",
    ),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f", "‮⁦".encode(), "é́́".encode(), "ﷺ".encode() * 40),
    *(b"\r\n\r\n", b"\r", b"\n\n", b"WARC/1.0\r\n", b"WARC/1.1\r\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"%PDF-1.7\n"),
    *(b"Content-Length: 999999999999\r\n", b"Content-Length: -1\r\n", b"Content-Encoding: br\r\n", b"charset=utf-7"),
    *(b"Transfer-Encoding: chunked\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b'{"', b'"}', b"[[[[", b"null", b"1e999", b"-0"),
    *(b"9" * 5_000, b"<div>" * 500, b"<b>" * 2_000, b"[" * 2_000, b"\xc2\xa0" * 500, b"a" * 20_000, b"<!ENTITY a 'a'>"),
    *(
        b"\xc2\xab",
        b"\xe2\x80\x9c" * 200,
        b'"' * 501,
        b"<br>" * 3_000,
        b"&amp;" * 2_000,
        b"<p>",
        b"datePublished",
        b":",
    ),
)


def flip(body: bytearray, draw: random.Random) -> None:
    """Change some bytes."""
    for _ in range(draw.randint(1, 40)):
        body[draw.randrange(len(body))] = draw.randrange(256)


def cut(body: bytearray, draw: random.Random) -> None:
    """Take a part out."""
    start = draw.randrange(len(body))
    del body[start : start + draw.randint(1, max(1, len(body) // draw.choice((4, 40, 400))))]


def end(body: bytearray, draw: random.Random) -> None:
    """Break off."""
    del body[draw.randrange(len(body)) :]


def double(body: bytearray, draw: random.Random) -> None:
    """Repeat a part, up to a hundred times."""
    start = draw.randrange(len(body))
    part = bytes(body[start : start + draw.randint(1, 3_000)])
    body[start:start] = part * draw.choice((1, 1, 2, 10, 100))


def insert(body: bytearray, draw: random.Random) -> None:
    """Put something in that parsers trip over."""
    for _ in range(draw.randint(1, 6)):
        place = draw.randrange(len(body) + 1)
        body[place:place] = draw.choice(TOKENS)


def swap(body: bytearray, draw: random.Random) -> None:
    """Exchange two parts."""
    one, other = sorted(draw.randrange(len(body)) for _ in range(2))
    size = min(draw.randint(1, 500), other - one, len(body) - other)
    body[one : one + size], body[other : other + size] = body[other : other + size], body[one : one + size]


CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, cut, end, double, insert, swap)


def mutated(seed: bytes, draw: random.Random, other: bytes = b"", largest: int = 2_000_000) -> bytes:
    """`seed` after one to four changes; now and then spliced with `other`."""
    body = bytearray(seed)
    if other and draw.random() < 0.15:
        body[draw.randrange(len(body) + 1) :] = other[draw.randrange(len(other)) :]
    for _ in range(draw.randint(1, 4)):
        if body:
            draw.choice(CHANGES)(body, draw)
    return bytes(body[:largest])
