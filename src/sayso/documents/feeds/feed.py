"""Feed and Entry: what an outlet's feed tells, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.errors import InputError

MOST_ENTRIES = 10_000
"""Entries read of one feed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; None where the feed says nothing."""

    guid: str | None
    """What the feed names the entry by; an address or any string."""
    url: str | None
    """The absolute address of the article."""
    title: str | None
    published: str | None
    """ISO 8601 date or date-time; where a feed gives one moment only, that one."""
    modified: str | None
    """ISO 8601 date or date-time of the last change, where it is told apart from `published`."""
    author: str | None
    outlet: str | None
    """Who published it, where the feed took it over from another."""
    language: str | None
    content: str
    """The fullest text of the article that the feed holds, as it stands there; may be empty."""
    is_html: bool
    """Whether `content` is HTML."""
    is_summary: bool
    """Whether the feed calls `content` a description or a summary, and has nothing fuller."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was at one time."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    wait: int | None = None
    """Seconds that the feed asks readers to wait between two visits."""
    url: str | None = None
    """The feed's own address, as it says itself."""
    home: str | None = None
    """The site's address."""
    next_url: str | None = None
    """Where older entries stand."""
    problems: tuple[InputError, ...] = ()
    """What could not be read of it."""
