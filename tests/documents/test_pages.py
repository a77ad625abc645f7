from __future__ import annotations

import pytest

from sayso.documents.decoding import decode
from sayso.documents.nouns import Capture, Record, Version, id_of, normal
from sayso.documents.pages.version import address
from sayso.documents.read import versions

URL = "https://www.news.example/2026/bridge?id=3&utm_source=mail"
BRIDGE = "https://news.example/world/2026/bridge"
AFRICA = "https://news.example/middle-east-and-africa"
MOBILE = "https://m.news.example/bridge-opens-today"
MOMENT = "2026-03-04T05:06:07+00:00"


@pytest.mark.parametrize(
    ("canonical", "url", "named"),
    [
        ("https://news.example/bridge", "https://www.news.example/2026/bridge", "https://news.example/bridge"),
        ("https://news.example/bridge-opens-today", f"{MOBILE}?x=1", "https://news.example/bridge-opens-today"),
        ("https://news.example/bridge", "https://m.news.example/bridge?utm_source=rss", "https://news.example/bridge"),
        ("https://news.example/bridge", "https://news.example/bridge/amp/", "https://news.example/bridge"),
        ("https://news.example/2026/3312/en", "https://news.example/a?id=3", "https://news.example/2026/3312/en"),
        ("https://news.example/world", BRIDGE, BRIDGE),
        ("https://news.example/politics/", BRIDGE, BRIDGE),
        ("https://news.example/index.html", BRIDGE, BRIDGE),
        ("https://news.example/world/2026", BRIDGE, BRIDGE),
        (
            "https://news.example/middle-east-and-africa",
            f"{AFRICA}/new-bridge-opens-today",
            f"{AFRICA}/new-bridge-opens-today",
        ),
        (
            "https://news.example/article.php",
            "https://news.example/article.php?id=3",
            "https://news.example/article.php?id=3",
        ),
        (
            "https://news.example/en/bridge-opens-today",
            "https://news.example/ar/bridge-opens-today",
            "https://news.example/ar/bridge-opens-today",
        ),
        ("https://news.example/bridge", "https://amp.news.example/bridge", "https://news.example/bridge"),
        ("https://news.example/bridge", None, "https://news.example/bridge"),
        ("https://news.example/?p=3", None, "https://news.example/?p=3"),
        ("https://news.example/", URL, URL),
        ("https://other.example/bridge", URL, URL),
        ("file:///home/a.html", URL, URL),
        ("https://[::1", URL, URL),
        ("https://news.example/", None, None),
        (None, URL, URL),
        (None, None, None),
    ],
)
def test_the_address_that_names_a_page(canonical: str | None, url: str | None, named: str | None):
    assert address(canonical, url) == named


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("https://news.example/خبر", "https://news.example/%d8%ae%d8%a8%d8%b1", True),
        ("https://news.example/%D8%AE%D8%A8%D8%B1", "https://news.example/%d8%ae%d8%a8%d8%b1", True),
        ("https://газета.example/a", "https://xn--80aahjj1e.example/a", True),
        ("http://www.news.example./a/", "https://news.example/a#top", True),
        ("https://news.example/a?x=1", "https://news.example/a", False),
        ("https://news.example/a%3Fx=1", "https://news.example/a?x=1", False),
        ("https://news.example/A", "https://news.example/a", False),
        ("https://news.example/%ff", "https://news.example/%fe", False),
    ],
)
def test_spellings_of_one_address_name_one_article(one: str, other: str, alike: bool):
    assert (normal(one) == normal(other)) == alike


def read(body: bytes, url: str | None = None, head: bytes = b"") -> Version:
    record = Record("response", (), head) if head else None
    (version,) = versions(Capture("a page", body, "text/html", MOMENT, url, record))
    assert isinstance(version, Version), str(version)
    return version


def page(text: str, encoding: str = "utf-8", head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><article><p>{text * 12}</p></article></body></html>".encode(
        encoding
    )


OPEN = "The bridge is open for all who live in the town, the minister said on Friday. "
CANONICAL = '<link rel="canonical" href="https://news.example/bridge-opens-today">'


def test_recaptures_of_an_address_have_one_id():
    first, second = read(page(OPEN), URL), read(page(OPEN + "He said so again. "), URL.replace("&utm_source=mail", ""))
    assert first.id == second.id != read(page(OPEN)).id
    assert first.digest != second.digest
    assert first.url == URL


def test_a_canonical_address_names_a_page_and_a_file():
    address = "https://news.example/bridge-opens-today"
    found = [read(page(OPEN, head=CANONICAL), at) for at in ("https://www.news.example/bridge-opens-today?x=1", None)]
    assert {one.url for one in found} == {address}
    assert {one.id for one in found} == {id_of(Capture("", b"", "", MOMENT), address)}
    assert read(page(OPEN, head=CANONICAL), "https://copy.example/bridge").url == "https://copy.example/bridge"


RUSSIAN = "Министр сказал в пятницу, что мост открыт для всех жителей города. "


@pytest.mark.parametrize(
    ("declared", "encoding", "meta"),
    [
        ("windows-1251", "cp1251", ""),
        ("windows-1251", "cp1251", '<meta charset="koi8-r">'),
        ("koi8-r", "koi8_r", '<meta charset="windows-1251">'),
        ("iso-8859-1", "utf-8", ""),
        ("utf-8", "cp1251", '<meta charset="windows-1251">'),
        ("windows-1251", "utf-8-sig", ""),
        ("no-such-encoding", "cp1251", '<meta charset="windows-1251">'),
        ("punycode", "cp1251", '<meta charset="windows-1251">'),
    ],
)
def test_what_the_server_says_of_the_encoding_counts_before_what_the_page_says(declared: str, encoding: str, meta: str):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={declared}\r\n\r\n".encode()
    found = read(page(RUSSIAN, encoding, meta), URL, head)
    assert found.text.startswith(RUSSIAN.strip())
    assert found.encoding == encoding.removesuffix("-sig").replace("koi8_r", "koi8-r")


def test_an_encoding_in_ascii_needs_to_be_told():
    text = "大臣は金曜日に橋が開いたと述べた。"
    assert decode(text.encode("iso2022_jp"), "a", "ISO-2022-JP") == (text, "iso2022_jp")


@pytest.mark.parametrize(
    ("label", "text", "wider"),
    [("gb2312", "部长说大桥已经开放，镕基出席。", "gb18030"), ("iso-8859-1", "“Die Brücke” – offen", "cp1252")],
)
def test_encodings_are_taken_as_browsers_take_them(label: str, text: str, wider: str):
    assert decode(text.encode(wider), "a", label) == (text, wider)
