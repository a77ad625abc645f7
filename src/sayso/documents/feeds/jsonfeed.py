"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from typing import Any

from sayso.documents.address import joined
from sayso.documents.dated import iso_of
from sayso.documents.decoding import decode
from sayso.documents.feeds.feed import MOST_ENTRIES, Entry, Feed
from sayso.documents.fragment import line
from sayso.documents.named import people
from sayso.documents.parsed import parsed
from sayso.errors import InputError

_VERSION = "jsonfeed.org/version/1"


def is_json_feed(value: object) -> bool:
    """Whether a value of JSON says that it is a JSON Feed."""
    return isinstance(value, dict) and _VERSION in str(value.get("version")) and isinstance(value.get("items"), list)


def json_feed(body: bytes, name: str, url: str | None = None) -> Feed:
    """The feed in the JSON `body`; relative addresses stand against `url`. Raises InputError when it is none."""
    feed = parsed(decode(body, name)[0], name)
    if not isinstance(feed, dict) or not is_json_feed(feed):
        raise InputError(name, "is JSON, but no JSON Feed: it has no version of jsonfeed.org or no items")
    base, items = url or _text(feed, "feed_url"), feed["items"]
    problems = [
        InputError(f"{name}#{number}", "is no entry of a JSON Feed: it is not an object")
        for number, item in enumerate(items[:MOST_ENTRIES], 1)
        if not isinstance(item, dict)
    ]
    if len(items) > MOST_ENTRIES:
        problems.append(InputError(name, f"has more than {MOST_ENTRIES:,} entries; the rest is not read"))
    return Feed(
        title=people(feed.get("title")),
        language=_text(feed, "language"),
        entries=tuple(_entry(item, feed, base) for item in items[:MOST_ENTRIES] if isinstance(item, dict)),
        url=_address(feed, "feed_url", base),
        home=_address(feed, "home_page_url", base),
        next_url=_address(feed, "next_url", base),
        problems=tuple(problems),
    )


def _entry(item: dict[str, Any], feed: dict[str, Any], base: str | None) -> Entry:
    html, plain, summary = (_text(item, key) or "" for key in ("content_html", "content_text", "summary"))
    published, modified = (iso_of(_text(item, key)) for key in ("date_published", "date_modified"))
    guid = item.get("id")
    return Entry(
        guid=str(guid) if isinstance(guid, str | int | float) else None,
        url=_address(item, "url", base) or _address(item, "external_url", base),
        title=line(_text(item, "title"), is_html=False),
        published=published or modified,
        modified=modified,
        author=_authors(item) or _authors(feed),
        outlet=None,
        language=_text(item, "language") or _text(feed, "language"),
        content=html or plain or summary,
        is_html=bool(html),
        is_summary=not (html or plain),
    )


def _authors(holder: dict[str, Any]) -> str | None:
    """Names joined by "; "; version 1.0 has one author, 1.1 a list."""
    listed = holder.get("authors")
    return people(listed if isinstance(listed, list) else holder.get("author"))


def _text(holder: dict[str, Any], key: str) -> str | None:
    value = holder.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _address(holder: dict[str, Any], key: str, base: str | None) -> str | None:
    """An absolute http address, or None."""
    value = _text(holder, key)
    found = joined(base, value) if value else None
    return found if found and found.lower().startswith(("http://", "https://")) else None
