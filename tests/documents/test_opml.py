from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents.feeds.opml import Followed, feeds_of
from sayso.errors import InputError

POST = '<outline type="rss" text="The Harbour Post" xmlUrl="https://post.example/feed?a=1&amp;b=2"/>'
OPML = f"""<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>My feeds</title></head><body>
<outline text="News"><outline text="North">{POST}
<outline title="Рассвет" text="x" XMLURL=" https://dawn.example/rss " htmlUrl="https://dawn.example/"/></outline></outline>
{POST}<outline text="A note"/><outline type="rss" text="Local" xmlUrl="file:///etc/passwd"/>
</body></opml>"""
FOUND = (
    Followed("https://post.example/feed?a=1&b=2", "The Harbour Post"),
    Followed("https://dawn.example/rss", "Рассвет", "https://dawn.example/"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_nested_outlines_once_each(encoding: str):
    assert feeds_of(OPML.encode(encoding), "my.opml") == FOUND


def test_an_opml_file_in_another_encoding():
    assert feeds_of(OPML.replace("utf-8", "windows-1251").encode("windows-1251"), "my.opml") == FOUND


def test_a_list_of_addresses():
    text = "# mine\nhttps://post.example/feed#top\r\n\n  https://dawn.example/rss # morning\nhttps://post.example/feed#top\n"
    assert feeds_of(text.encode(), "my.txt") == (
        Followed("https://post.example/feed#top"),
        Followed("https://dawn.example/rss"),
    )


def test_a_line_that_is_no_address_keeps_none_of_the_rest_away():
    first, slip, last = feeds_of(b"https://post.example/\nftp://post.example/\nhttps://dawn.example/", "my.txt")
    assert (first, last) == (Followed("https://post.example/"), Followed("https://dawn.example/"))
    assert str(slip).startswith("my.txt:2: “ftp://post.example/” is no address of a feed")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "my.opml: names no feed: an OPML file"),
        (b"# nothing\n", "my.opml: names no feed"),
        (b"# mine\nftp://post.example/\nx", "my.opml:2: “ftp://post.example/” is no address of a feed"),
        (b"<opml><body/></opml>", "my.opml: names no feed"),
        (OPML.encode()[:-9], "my.opml: is not well-formed XML at line 6"),
        (b"<rss/>", "my.opml: is XML of the kind “rss”, not OPML"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml>&a;</opml>', "my.opml: declares entities"),
        (b"<a>" * 100_000, "my.opml: is not well-formed XML at line 1"),
        (b"%PDF-1.7", "my.opml: is a PDF file"),
        (b" " * 10_000_001, "my.opml: is a list of more than 10 MB"),
    ],
)
def test_what_is_refused(body: bytes, told: str):
    with pytest.raises(InputError) as refused:
        feeds_of(body, "my.opml")
    assert str(refused.value).startswith(told)


def test_deep_outlines():
    deep = "<outline>" * 20_000 + POST + "</outline>" * 20_000
    assert feeds_of(f"<opml><body>{deep}</body></opml>".encode(), "my.opml") == FOUND[:1]


@given(st.binary(max_size=40), st.integers(0, len(OPML)), st.integers(0, 40))
def test_damaged_files_are_read_or_refused(junk: bytes, at: int, cut: int):
    body = OPML.encode()
    with contextlib.suppress(InputError):
        assert feeds_of(body[:at] + junk + body[at + cut :], "my.opml")
