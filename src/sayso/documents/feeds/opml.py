"""OPML: the feeds that somebody follows, as feed readers export them (OPML 1.0 and 2.0), or a list of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from sayso.documents.decoding import decode
from sayso.documents.named import people
from sayso.documents.xml import markup
from sayso.errors import InputError

LARGEST_LIST = 10_000_000
"""Bytes."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<[?!a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed to follow."""

    url: str
    title: str | None = None
    """What the list calls it."""
    home: str | None = None
    """The address of its site."""


def feeds_of(body: bytes, name: str) -> tuple[Followed | InputError, ...]:
    """The feeds that an OPML file or a list of addresses (one a line, "#" begins a comment) names, each once, in order.

    A line that is no address gives an error between them. Raises InputError: not well-formed, declared entities, or no
    feed in it.
    """
    if len(body) > LARGEST_LIST:
        raise InputError(name, f"is a list of more than {LARGEST_LIST // 1_000_000} MB, the most that is read")
    text = decode(body, name)[0].removeprefix("\ufeff")
    found: list[Followed | InputError] = list(_of_opml(body, name) if _MARKUP.match(text) else _of_lines(text, name))
    if not any(isinstance(one, Followed) for one in found):
        if found and isinstance(found[0], InputError):
            raise found[0]
        raise InputError(name, "names no feed: an OPML file names one in xmlUrl, a list has one address a line")
    first: dict[str, Followed | InputError] = {}
    for feed in found:
        first.setdefault(feed.url if isinstance(feed, Followed) else feed.name, feed)
    return tuple(first.values())


def _of_opml(body: bytes, name: str) -> Iterator[Followed]:
    from defusedxml.ElementTree import fromstring

    opml = markup(body, name)
    if opml.flaw:
        raise InputError(name, opml.flaw)
    root = fromstring(re.sub(r"\A<\?xml[^>]*>", "", opml.text))
    if root.tag.lower() != "opml":
        raise InputError(name, f"is XML of the kind “{root.tag[:40]}”, not OPML")
    for outline in root.iter():
        told = {key.lower(): " ".join(unescape(value).split()) for key, value in outline.attrib.items()}
        if _ADDRESS.fullmatch(told.get("xmlurl", "")):
            home = told.get("htmlurl", "")
            title = people(told.get("title")) or people(told.get("text"))
            yield Followed(told["xmlurl"], title, home if _ADDRESS.fullmatch(home) else None)


def _of_lines(text: str, name: str) -> Iterator[Followed | InputError]:
    for number, line in enumerate(text.splitlines(), 1):
        address = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if address and not _ADDRESS.fullmatch(address):
            yield InputError(f"{name}:{number}", f"“{address[:60]}” is no address of a feed: http://… or https://…")
        elif address:
            yield Followed(address)
