"""XML feeds: RSS 0.9x, 1.0 and 2.0 and Atom, by feedparser, which is given safe and bounded XML only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parseaddr
from itertools import islice
from typing import Any

from sayso.documents.dated import iso_of
from sayso.documents.feeds.feed import MOST_ENTRIES, Entry, Feed
from sayso.documents.fragment import line
from sayso.documents.named import people
from sayso.documents.xml import Markup, markup
from sayso.errors import InputError

Told = dict[str, Any]
"""A FeedParserDict."""
_MOST_TAGS = 200
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>|<(?:[\w.-]+:)?(?:item|entry)(?:\s[^<>]*)?/>", re.IGNORECASE)
# feedparser compares each of these with all before it.
_TAG = re.compile(r"<(?:[\w.-]+:)?(?:category|subject|keywords|tags)[\s/>]", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")
_READ = (*_HTML, "text/plain")
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_LONGEST_WAIT = 31_536_000
_FAILURES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError)


def xml_feed(body: bytes, name: str, url: str | None = None, charset: str | None = None) -> Feed:
    """The feed in the XML `body`; relative addresses stand against `url`.

    Raises InputError: no feed, no text, or what `documents.xml` refuses.
    """
    import feedparser

    xml = markup(body, name, charset)
    text, problems = _bounded(xml, name)
    # Its content type stops feedparser from guessing an encoding.
    told = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": url} if url else {})
    try:
        found = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=told, sanitize_html=False, resolve_relative_uris=False
        )
    except _FAILURES as error:
        raise InputError(name, f"is a feed that cannot be read ({type(error).__name__}): look at its XML") from error
    version = found.get("version") or ""
    if not version and not found.entries:
        raise InputError(name, f"{xml.flaw or 'is XML'} and holds no feed: sayso reads RSS, Atom and JSON Feed")
    complete = found.entries[:-1] if found.entries and xml.flaw and _is_cut(text) else found.entries
    if len(complete) < len(found.entries):
        problems.append(InputError(name, "ends in the middle of an entry, which is left out"))
    is_atom = version.startswith("atom")
    return _feed(found.feed, islice(complete, MOST_ENTRIES), is_atom, tuple(problems))


def _bounded(xml: Markup, name: str) -> tuple[str, list[InputError]]:
    """The text as far as it is read, and what is told of the rest."""
    starts = [found.start() for found in islice(_ENTRY.finditer(xml.text), MOST_ENTRIES + 1)]
    for begin, end in zip([0, *starts], [*starts, len(xml.text)], strict=True):
        if sum(1 for _ in islice(_TAG.finditer(xml.text, begin, end), _MOST_TAGS + 1)) > _MOST_TAGS:
            raise InputError(name, f"has an entry with more than {_MOST_TAGS} categories, which is refused")
    if len(starts) > MOST_ENTRIES:
        return xml.text[: starts[-1]], [
            InputError(name, f"has more than {MOST_ENTRIES:,} entries; the rest is not read")
        ]
    return xml.text, [InputError(name, f"{xml.flaw}; entries that could be read are kept")] if xml.flaw else []


def _is_cut(text: str) -> bool:
    """Whether the last entry is begun and not ended."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    return bool(starts) and not _ENTRY_END.search(text, starts[-1])


def _feed(feed: Told, entries: Iterator[Told], is_atom: bool, problems: tuple[InputError, ...]) -> Feed:
    return Feed(
        title=people(_line(feed, "title")),
        language=feed.get("language"),
        entries=tuple(_entry(entry, is_atom, feed.get("language")) for entry in entries),
        wait=_wait(feed),
        url=_link(feed, "self"),
        home=_absolute(feed.get("link")),
        next_url=_link(feed, "next"),
        problems=problems,
    )


def _entry(entry: Told, is_atom: bool, language: str | None) -> Entry:
    published, updated = (_moment(entry, key) for key in ("published", "updated"))
    # RSS has no moment of change: what feedparser gives so is the date of Dublin Core.
    modified = updated if is_atom or published else None
    content, is_html, is_summary, said = _fullest(entry)
    source = entry.get("source") or {}
    return Entry(
        guid=entry.get("id"),
        url=_absolute(entry.get("link")),
        title=_line(entry, "title"),
        published=published or updated,
        modified=modified,
        author=_author(entry, is_atom),
        outlet=people(_line(source, "title")),
        language=said or language,
        content=content,
        is_html=is_html,
        is_summary=is_summary,
    )


def _fullest(entry: Told) -> tuple[str, bool, bool, str | None]:
    """The longest text of an entry, whether it is HTML, whether a summary only, and its language."""
    full = [one for one in entry.get("content", ()) if one.get("type") in _READ and one.get("value")]
    summary = entry.get("summary_detail") or {"value": entry.get("summary", "")}
    longest = max([*full, summary], key=lambda one: len(one.get("value") or ""))
    kind = longest.get("type", "text/html")
    return longest.get("value") or "", kind in _HTML, not full, longest.get("language")


def _line(holder: Told, key: str) -> str | None:
    detail = holder.get(f"{key}_detail") or {}
    return line(holder.get(key), detail.get("type", "text/html") in _HTML)


def _moment(entry: Told, key: str) -> str | None:
    """As written, since that keeps the zone; else as feedparser understands it."""
    # Not entry.get, which gives one date for the other.
    found, parsed = iso_of(dict.get(entry, key)), dict.get(entry, f"{key}_parsed")
    if found or not parsed:
        return found
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def _author(entry: Told, is_atom: bool) -> str | None:
    """Names, joined by "; ". RSS writes "address (name)", which feedparser cuts apart wrongly for long domains."""
    said = str(entry.get("author") or "")
    if not is_atom and "@" in said:
        return people(parseaddr(said)[0])
    return people(list(entry.get("authors", ())))


def _wait(feed: Told) -> int | None:
    """RSS's ttl in minutes, else the period of the syndication module cut by its frequency."""
    ttl, often = feed.get("ttl") or "", feed.get("sy_updatefrequency") or "1"
    if ttl.strip().isdecimal() and int(ttl[:9]):
        return min(int(ttl[:9]) * 60, _LONGEST_WAIT)
    period = _PERIODS.get((feed.get("sy_updateperiod") or "").strip().lower())
    return period // max(1, int(often[:9])) if period and often.strip().isdecimal() else None


def _link(feed: Told, relation: str) -> str | None:
    found = (link.get("href") for link in feed.get("links", ()) if link.get("rel") == relation)
    return next((address for one in found if (address := _absolute(one))), None)


def _absolute(address: str | None) -> str | None:
    """An http address, or None: other schemes and paths without a host lead to no article."""
    return address.strip() if address and re.match(r"\s*https?://\S+\s*\Z", address, re.IGNORECASE) else None
