"""Feeds: RSS, Atom and JSON Feed, and the articles that stand in them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from sayso.documents.address import host_of
from sayso.documents.feeds.feed import Entry, Feed
from sayso.documents.feeds.jsonfeed import json_feed
from sayso.documents.feeds.xmlfeed import xml_feed
from sayso.documents.fragment import fragment
from sayso.documents.named import title_of
from sayso.documents.nouns import Capture, Version, normal
from sayso.documents.payload import charset_of
from sayso.errors import InputError, NoArticle
from sayso.text.segments import sentences

LARGEST_FEED = 25_000_000
"""Bytes; the largest feeds of outlets have some 5 million."""
_FEWEST_CHARACTERS = 80
_LONGEST_CONTENT = 2_000_000
_HUGE = f"has a text of more than {_LONGEST_CONTENT:,} characters, too long for an article"
_FEWEST_UNSPACED = 24
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_ENDED = re.compile(r"[.!?…؟۔।॥。！？｡][^\w\s]*\Z")
_CUT = re.compile(r"(?:\.\.\.|…)[^\w\s]*\Z")
_LANG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]+)*")
_ID = 12


def entries(body: bytes, name: str, url: str | None = None, charset: str | None = None) -> Feed:
    """The feed in `body`, JSON or XML; relative addresses stand against `url`, where it came from.

    `charset`: the encoding that the server told, if any.
    Raises InputError: no feed, too large, or XML that declares entities. What one entry lacks is in `problems`.
    """
    if len(body) > LARGEST_FEED:
        raise InputError(name, f"is a feed of more than {LARGEST_FEED // 1_000_000} MB, the most that is read")
    begins = body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return json_feed(body, name, url) if begins.startswith(b"{") else xml_feed(body, name, url, charset)


def versions_of(capture: Capture) -> Iterator[Version | InputError]:
    """A Version of each entry that holds text of its article; NoArticle for each other; what is wrong with the feed."""
    try:
        feed = entries(capture.body, capture.name, capture.url, charset_of(capture))
    except InputError as error:
        yield error
        return
    yield from feed.problems
    if not feed.entries:
        yield NoArticle(capture.name, "is a feed without entries")
    digest, place = capture.digest, host_of(feed.home or feed.url or capture.url) or feed.title or ""
    links = Counter(normal(entry.url) for entry in feed.entries if entry.url)
    shown: set[tuple[str, str]] = set()
    for number, entry in enumerate(feed.entries, 1):
        found = _version(digest, feed, entry, f"{capture.name}#{number}", links, place)
        if isinstance(found, InputError):
            yield found
        elif (found.id, found.text) not in shown:
            shown.add((found.id, found.text))
            yield found


def _version(
    digest: str, feed: Feed, entry: Entry, name: str, links: Counter[str | None], place: str
) -> Version | InputError:
    is_huge = len(entry.content) > _LONGEST_CONTENT
    text = "" if is_huge else fragment(entry.content, entry.is_html, entry.url)
    if reason := _HUGE if is_huge else _lacking(text, entry.is_summary):
        told = f" “{entry.title[:80]}”" if entry.title else ""
        return NoArticle(name, f"the entry{told} {reason}")
    language, outlet = entry.language or feed.language, entry.outlet or feed.title
    return Version(
        id=_id(entry, text, links, place),
        text=text,
        lang="und",
        digest=digest,
        title=_storable(title_of([entry.title], [], [outlet] if outlet else []) if entry.title else None),
        outlet=_storable(outlet),
        url=_storable(entry.url),
        author=_storable(entry.author),
        published=entry.published,
        published_from="metadata" if entry.published else None,
        modified=entry.modified,
        lang_declared=language.replace("_", "-") if language and _LANG.fullmatch(language) else None,
        extra={"teaser": True} if entry.is_summary else {},
    )


def _storable(value: str | None) -> str | None:
    """Without NUL and half surrogate pairs, which JSON and broken XML can name and no store can keep."""
    return value.replace("\0", " ").encode("utf-8", "replace").decode() if value else None


def _lacking(text: str, is_summary: bool) -> str | None:
    """Why a text is none of an article; of a summary a whole sentence is asked, since many are cut anywhere."""
    fewest = _FEWEST_UNSPACED if _UNSPACED.search(text) else _FEWEST_CHARACTERS
    if not text:
        return "has no text"
    if len(text) < fewest:
        return f"has a text of {len(text)} characters, too short for an article"
    if is_summary and not any(_is_whole(sentence.of(text), fewest) for sentence in sentences(text)):
        return "has a teaser without one whole sentence"
    return None


def _is_whole(sentence: str, fewest: int) -> bool:
    return len(sentence) >= fewest and bool(_ENDED.search(sentence)) and not _CUT.search(sentence)


def _id(entry: Entry, text: str, links: Counter[str | None], place: str) -> str:
    """Of the article's address; where that is missing or stands at several entries, of the feed's name for it,
    which is an address, or holds for its `place` only: two sites may count their entries from 1.

    A teaser has an id of its own: as a version of its article it would hide the whole text.
    """
    address = normal(entry.url) if entry.url else None
    if address and links[address] == 1:
        named = address
    elif entry.guid:
        named = normal(entry.guid) or f"guid {place} {address or ''} {entry.guid}"
    else:
        named = f"{address or ''} {entry.title or ''}\n{text}"
    named = f"teaser {named}" if entry.is_summary else named
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:_ID]
