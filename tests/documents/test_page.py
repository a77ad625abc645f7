from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.documents.named import outlet_of, people, title_of
from sayso.documents.pages.page import LARGEST_PAGE, page
from sayso.errors import InputError, NoArticle

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


PAGES = Path(__file__).parents[2].parent / "shared" / "data" / "pages"
SEEN = json.loads((Path(__file__).parent / "pages_seen.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.skipif(not PAGES.exists(), reason="../shared/data/pages is not here")
def test_real_pages():
    """Days and outlets as people who looked at the pages saw them; None: the page shows no text without its scripts."""
    right, wrong = 0, []
    for name, seen in SEEN.items():
        try:
            found = page(gzip.decompress((PAGES / f"{name}.html.gz").read_bytes()), name=name)
        except NoArticle:
            told, whole = None, seen is None
        else:
            told = [(found.published or "")[:10], found.outlet]
            whole = bool(found.text and found.title)
        right += whole and told == seen
        wrong += [] if told == seen else [(name, told)]
    assert right >= 0.97 * len(SEEN), wrong


def test_modified_and_canonical():
    head = (
        '<link rel="canonical" href="/a/bridge">'
        '<meta property="article:published_time" content="2024-02-10T08:30:00+01:00">'
        '<meta property="article:modified_time" content="2024-02-11T09:00:00+01:00">'
    )
    found = page(html(head), "https://www.harbour.example/a/bridge?ref=1")
    assert found.modified == "2024-02-11T09:00:00+01:00"
    assert found.canonical == found.url == "https://www.harbour.example/a/bridge"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "https://harbour.example/",
        "https://other.example/a",
        "javascript:x",
        "ftp://harbour.example/a",
        "http://[x",
    ],
)
def test_an_address_that_is_not_the_articles_own(address: str):
    found = page(html(f'<link rel="canonical" href="{address}">'), "https://harbour.example/a/1")
    assert (found.canonical, found.url) == (None, "https://harbour.example/a/1")


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        (["2049-01-01"], None),
        (["1970-01-01T00:00:00Z"], None),
        (["2049-01-01", "2024-02-10"], "2024-02-10"),
        (["1985-05-05", "1985-05-05"], "1985-05-05"),
        (["2024-02-11"], "2024-02-11"),
        (["2024-02-12"], None),
    ],
)
def test_a_doubtful_day_needs_two_sources(stated: list[str], day: str | None):
    head = "".join(
        f'<meta name="{name}" content="{one}">' for name, one in zip(("date", "pubdate"), stated, strict=False)
    )
    assert page(html(head), captured="2024-02-10T23:00:00+00:00").published == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Fr 14.03.25 | 14:07 Uhr | Von Mira Holt", "2025-03-14"),
        ("2025年3月14日 10時", "2025-03-14"),
        ("03/14/2025", "2025-03-14"),
        ("03/04/2025", None),
    ],
)
def test_the_day_beside_the_headline(line: str, day: str | None):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert page(html(body=f"<h1>Bridge opens</h1><div>{line}</div>{text}")).published == day


@pytest.mark.parametrize(
    ("title", "heads", "names", "left"),
    [
        ("Bridge opens | Harbour Post", [], ["Harbour Post"], "Bridge opens"),
        ("Harbour Post: Bridge opens", [], ["Harbour Post"], "Bridge opens"),
        ("Bridge opens at last - Town - Harbour Post", ["Bridge opens at last"], [], "Bridge opens at last"),
        ("橋が二年遅れて開通する--社会--港新聞", ["橋が二年遅れて開通する"], [], "橋が二年遅れて開通する"),
        ("Bridge - a love story", [], ["Harbour Post"], "Bridge - a love story"),
        ("Bridge opens", ["Bridge"], [], "Bridge opens"),
    ],
)
def test_the_title_alone(title: str, heads: list[str], names: list[str], left: str):
    assert title_of([title], heads, names) == left


@pytest.mark.parametrize(
    ("names", "page_title", "host", "outlet"),
    [
        ([("Display Works, Inc.", 3.0)], "Bridge opens | Harbour", "harbour.example", "Harbour"),
        ([("harbourpost", 4.0), ("Harbour Post", 3.0)], None, "harbourpost.example", "Harbour Post"),
        ([("harbour.example", 4.0), ("Harbour Post", 3.0)], None, "harbour.example", "Harbour Post"),
        ([], None, "www.harbour.example", "harbour.example"),
        ([], None, None, None),
    ],
)
def test_the_outlets_own_name(
    names: list[tuple[str, float]], page_title: str | None, host: str | None, outlet: str | None
):
    assert outlet_of(names, [page_title], ["Bridge opens"], host) == outlet


def test_authors_once_and_without_addresses():
    given = [{"name": "Mira Holt"}, "mira-holt", "https://harbour.example/mh", "@mh", {"name": ["Jo Venn", "APA"]}, 7]
    assert people(given) == "Mira Holt; Jo Venn; APA"


STANDFIRST = "Two years late, the harbour gets what it was promised, and the ferry keeps running."


def test_the_standfirst_belongs_to_the_text():
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = f"<header><h1>Bridge opens</h1><p>{STANDFIRST}</p></header><div class='article-body'>{text}</div>"
    assert page(html(body=body)).text.split("\n\n") == [STANDFIRST, *PARAGRAPHS]


def test_what_stands_between_paragraphs_without_being_the_articles():
    between = [
        "<div class='related'><p>Ferry fares rise by a third in May, the council said after a long night.</p></div>",
        "<p><a href='/b'>Read more about the ferry that has crossed the river for a hundred years</a></p>",
        "<figure><figcaption>The bridge on Friday, seen from the town hall's tower in the rain.</figcaption></figure>",
        "<aside><p>Write to us if you know more about the bridge and those who built it, please.</p></aside>",
    ]
    text = "".join(
        f"<p>{one}</p>{other}" for one, other in zip([*PARAGRAPHS, PARAGRAPHS[0] + " Again."], between, strict=True)
    )
    assert page(html(body=text)).text.split("\n\n") == [*PARAGRAPHS, PARAGRAPHS[0] + " Again."]


def test_a_body_that_only_the_data_hold():
    news = {"@type": "NewsArticle", "headline": "Bridge opens", "articleBody": "\n".join(PARAGRAPHS)}
    shell = (
        f'<html><body><div id="root"></div><script type="application/ld+json">{json.dumps(news)}</script></body></html>'
    )
    found = page(shell.encode())
    assert (found.step, found.text.split("\n\n")) == ("undisplayed", PARAGRAPHS)
