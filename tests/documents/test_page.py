from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.documents.page import LARGEST_PAGE, page
from sayso.errors import InputError

PARAGRAPHS = [
    "The minister said on Friday that the bridge over the river would open in May, two years later than planned.",
    "“The bridge is safe,” she told reporters in the harbour, where some two hundred people had waited since noon.",
    "Builders had found cracks in one of the pillars in March, and the city council had asked for another report.",
]
NEWS = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Site"},
        {
            "@type": ["NewsArticle"],
            "headline": "Bridge opens &amp; city rejoices",
            "datePublished": "2024-02-10T08:30:00Z",
            "author": [{"name": "Mira Holt"}, {"name": "https://harbour.example/jo"}, "Jo Venn"],
            "publisher": {"@type": "Organization", "name": "Harbour Post"},
        },
    ],
}


def html(head: str = "", body: str = "", lang: str = "en") -> bytes:
    text = body or "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article>{text}</article>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def test_the_article_without_what_surrounds_it():
    assert page(html()).text.split("\n\n") == PARAGRAPHS


def test_json_ld():
    found = page(html(f'<script type="application/ld+json">{json.dumps(NEWS)}</script>'))
    assert found.title == "Bridge opens & city rejoices"
    assert found.outlet == "Harbour Post"
    assert found.author == "Mira Holt; Jo Venn"
    assert found.published == "2024-02-10T08:30:00+00:00"
    assert found.lang_declared == "en"


def test_meta_elements():
    found = page(
        html(
            '<meta property="og:site_name" content="Harbour Post">'
            '<meta property="og:title" content="Bridge opens | Harbour Post">'
            '<meta property="article:published_time" content="2024-02-10T08:30:00+01:00">'
            '<link rel="canonical" href="https://harbour.example/bridge">',
            lang="en_GB",
        ),
        "https://harbour.example/bridge?from=front",
    )
    assert (found.title, found.outlet) == ("Bridge opens", "Harbour Post")
    assert found.published == "2024-02-10T08:30:00+01:00"
    assert (found.url, found.lang_declared) == ("https://harbour.example/bridge", "en-GB")


def test_a_page_that_says_nothing_about_itself():
    found = page(html(lang=""), "https://harbour.example/2024/bridge")
    assert found.outlet == "harbour.example"
    assert (found.lang_declared, found.author) == (None, None)


@pytest.mark.parametrize(
    ("head", "body", "url", "day"),
    [
        ("", "<p>14 марта 2025 г.</p>", None, None),
        ('<meta name="date" content="2025">', "", None, None),
        ('<meta name="pubdate" content="2025/03/14 10:00">', "", None, "2025-03-14"),
        (
            '<meta itemprop="datePublished" content="Fri, 14 Mar 2025 10:00:00 GMT">',
            "",
            None,
            "2025-03-14T10:00:00+00:00",
        ),
        ("", '<time datetime="2025-03-14T10:00:00+03:00">Friday</time>', None, "2025-03-14T10:00:00+03:00"),
        ("", "", "https://harbour.example/2025/03/14/bridge", "2025-03-14"),
        ("", "", "https://harbour.example/2025/bridge", None),
    ],
)
def test_only_a_stated_day_is_taken(head: str, body: str, url: str | None, day: str | None):
    text = body + "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    assert page(html(head, text), url).published == day


@pytest.mark.parametrize(
    "broken", ["{", "[]", "null", '{"@type": 7}', "[" * 5000, '{"@type": "NewsArticle", "author": [[1]]}']
)
def test_broken_json_ld_is_no_hindrance(broken: str):
    assert page(html(f'<script type="application/ld+json">{broken}</script>')).text


def test_line_breaks_and_white_space_inside_paragraphs():
    text = f"<p>{PARAGRAPHS[0]}<br>Second\n   line of\tit.</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"
    assert f"{PARAGRAPHS[0]}\nSecond line of it.\n\n{PARAGRAPHS[1]}" in page(html(body=text)).text


def test_declared_encoding():
    body = html().decode().replace("utf-8", "windows-1251").replace("river", "река").encode("cp1251")
    found = page(body)
    assert "the река would" in found.text
    assert found.encoding == "cp1251"


@pytest.mark.parametrize(
    "body",
    [
        b"<html></html>",
        b"<html><body><nav>Home Sport</nav></body></html>",
        b"<",
        b"no markup at all",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><html><p>&b;</p></html>",
    ],
)
def test_a_page_without_an_article(body: bytes):
    with pytest.raises(InputError, match="no article text found"):
        page(body)


def test_a_page_that_is_too_large():
    with pytest.raises(InputError, match="11 MB"):
        page(b"<html>" + b" " * (LARGEST_PAGE + 1_000_000))


def test_nothing_is_printed_beside_the_error(capfd: pytest.CaptureFixture[str]):
    with pytest.raises(InputError):
        page(b"<html></html>")
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_real_pages():
    folder = Path(__file__).parents[2].parent / "shared" / "data" / "pages"
    if not folder.exists():
        pytest.skip("../shared/data/pages is not here")
    files = sorted(folder.glob("*.gz"))
    whole = 0
    for file in files:
        try:
            found = page(gzip.decompress(file.read_bytes()), name=file.name)
        except InputError:
            continue
        whole += all((found.text, found.title, found.outlet, found.published))
    assert whole >= 0.95 * len(files)
