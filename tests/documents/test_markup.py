"""No page takes long or much: what is absurd is refused, what is odd is read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents.pages.markup import MOST_ELEMENTS
from sayso.documents.pages.page import page
from sayso.errors import InputError, SaysoError

LONGEST = 10.0
TEXT = "".join(
    f"<p>The minister said on Friday that the bridge over the river would open in May, as report {n} tells.</p>"
    for n in range(5)
).encode()
PAGE = b"<html><body><article><h1>Bridge opens in May</h1>" + TEXT + b"</article>"
LD = b'<script type="application/ld+json">'

REFUSED = {
    "deep": (PAGE + b"<div>" * 100_000, "deep"),
    "deep inline": (PAGE + b"<b><i>" * 50_000, "deep"),
    "many elements": (PAGE + b"<br>" * 2_000_000, "elements"),
    "many attributes": (PAGE + b"<div " + b"".join(b"a%d=1 " % n for n in range(100_000)) + b">x</div>", "attributes"),
    "many quoted": (PAGE + b"<div " + b"".join(b'a%d="<>" ' % n for n in range(60_000)) + b">x</div>", "attributes"),
    "much text": (PAGE + b"<p>" + b"word " * 1_500_000, "letters"),
    "too large": (PAGE + b" " * 10_000_000, "MB"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_absurd_is_refused_soon(kind: str):
    body, reason = REFUSED[kind]
    begun = time.perf_counter()
    with pytest.raises(InputError, match=reason):
        page(body)
    assert time.perf_counter() - begun < LONGEST


READ = {
    "large attribute": PAGE + b'<div class="' + b"related " * 500_000 + b'">x</div>',
    "unclosed comment": PAGE + b"<!--" + b"-" * 5_000_000,
    "many comments": PAGE + b"<!--a-->" * 500_000,
    "deep data": PAGE + LD + b"[" * 100_000 + b"</script>",
    "much data": PAGE + LD + b"[" + b'{"@type":"NewsArticle","author":[{"name":"a"}]},' * 100_000 + b"1]</script>",
    "many scripts": PAGE + (LD + b'{"@type":"NewsArticle","headline":"Bridge"}</script>') * 5_000,
    "angles": PAGE + b"<" * 5_000_000,
    "spaces": PAGE + b"<p>" + b" " * 5_000_000,
    "many lines": PAGE + b"<p>" + b"<br>" * (MOST_ELEMENTS - 100),
    "many headings": PAGE + b"<h2>The same heading again</h2>" * (MOST_ELEMENTS - 100),
    "many short paragraphs": PAGE + b"<p>x, y.</p>" * (MOST_ELEMENTS - 100),
    "many tables": PAGE + b"<table><tr><td>x</td></tr></table>" * (MOST_ELEMENTS // 5),
    "NUL": PAGE.replace(b"bridge", b"bri\x00dge", 3),
    "entities": PAGE + b"&amp;" * 1_000_000,
    "broken address": PAGE + b'<link rel="canonical" href="https://[x"><meta property="og:url" content="http://a b">',
    "surrogates": PAGE + b"&#xD800;&#xDFFF;&#0;",
}


@pytest.mark.parametrize("kind", READ)
def test_what_is_odd_is_read_soon(kind: str):
    begun = time.perf_counter()
    assert "The minister said on Friday" in page(READ[kind]).text
    assert time.perf_counter() - begun < LONGEST


PIECES = [b"<p>", b"</p>", b"<div class='related'>", b"</div>", b"<a href='/x'>", b"</a>", b"<h1>", b"<br>", b"<table>"]
PIECES += [
    b"<script type='application/ld+json'>",
    b"</script>",
    b'{"@type": "NewsArticle", "datePublished": ',
    b"}",
    b"]",
]
PIECES += [
    b"<!--",
    b"-->",
    b"\x00",
    b"\xff",
    b"&#x",
    b"<time datetime='",
    b"'>",
    b"<meta property='og:url' content='",
    TEXT,
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), max_size=30))
def test_whatever_comes_there_is_one_kind_of_error(pieces: list[bytes]):
    try:
        found = page(b"<html><body>" + b"".join(pieces))
    except SaysoError:
        return
    assert found.text.strip()
