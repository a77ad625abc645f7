"""Visits: what came of one visit to a feed or page, and the parts of it that are to be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sayso.documents.nouns import Capture, normal
from sayso.engines.engine import Failure
from sayso.errors import InputError, NoArticle
from sayso.fetching.received import validators
from sayso.ledger.watched import State, Watched
from sayso.workspace.dues import stamp

if TYPE_CHECKING:
    from sayso.documents.absence import Absence
    from sayso.documents.feeds.feed import Entry
    from sayso.documents.nouns import Version
    from sayso.extraction.nouns import Reading
    from sayso.workspace.intake import Kind

    Items = list[InputError | tuple[Version, Reading]]


@dataclass(slots=True)
class Visit:
    """What came of a feed, or of a page that a person named, in one round."""

    url: str
    """As it was named."""
    title: str | None = None
    new: list[str] = field(default_factory=list)
    """Ids of articles."""
    newer: list[str] = field(default_factory=list)
    """Ids of articles that came in another version, be it one of before."""
    unchanged: int = 0
    failed: list[InputError] = field(default_factory=list)
    from_feed: list[InputError] = field(default_factory=list)
    """Why pages brought nothing whose whole text the feed held, which was read in their place."""
    no_article: list[InputError] = field(default_factory=list)
    """Pages that a feed lists and that hold no article."""
    gone: list[tuple[str, Absence]] = field(default_factory=list)
    """Addresses of pages that held an article before, and what was found in its place."""
    left: int = 0
    """Pages that wait for another round: there were many, or their host asks us to stay away."""
    due: str | None = None
    """When it is visited next; None: not again."""
    said: str | None = None
    """What else a person should know of it."""
    asleep: bool = False
    """Whether it was not visited, since it is not due."""


@dataclass(frozen=True, slots=True)
class Part:
    """A capture to be read, and what is watched that it came of."""

    one: Watched
    capture: Capture
    instead: InputError | None = None
    """Why the page brought nothing, where `capture` is the feed's, of which the entry is read."""
    loose: bool = False
    """Whether `capture` is a feed of which the entries without an address are read."""


def read_part(part: Part, tagger: bool = True) -> Items:
    """The versions of a part with their readings; of a feed only those that are asked for."""
    from sayso.documents.feeds.entries import versions_of
    from sayso.extraction.annotate import readings, taken
    from sayso.extraction.read import TAGGER

    by = TAGGER if tagger else None
    if part.instead is None and not part.loose:
        return readings(part.capture, by)
    wanted = None if part.loose else part.one.url
    found = (one for one in versions_of(part.capture) if not isinstance(one, InputError))
    chosen = [one for one in found if (one.url and (normal(one.url) or one.url)) == wanted]
    return [taken(one, part.capture.name, by) for one in chosen]


def items_of(part: Part, outcome: Items | Failure) -> Items:
    """What was read of a part, or an error that tells why nothing could be."""
    if not isinstance(outcome, Failure):
        return outcome
    reason = f"sayso itself failed on it ({outcome.kind}: {outcome.reason}); please report it"
    return [InputError(part.one.state.address, reason)]


def has_entry(part: Part) -> bool:
    """Whether the whole text of a page that was never fetched before stands in its feed."""
    state = part.one.state
    return part.instead is None and not part.loose and state.entry is not None and state.first is None


def seen(one: Watched, capture: Capture) -> Watched:
    """With what the next request is to say of this one."""
    etag, modified = validators(capture)
    return replace(one, state=replace(one.state, etag=etag, modified=modified, digest=capture.digest))


def listed(feed: Watched, url: str, entry: Entry, digest: str, now: datetime) -> Watched:
    """A page that a feed names for the first time."""
    whole = digest if entry.content and not entry.is_summary else None
    assert entry.url is not None
    state = State(entry.url, feed=feed.url, title=entry.title, told=entry.modified, entry=whole)
    return Watched(url, "page", stamp(now), state)


def count(visit: Visit, part: Part, told: list[tuple[Kind, str] | InputError], errors: list[InputError]) -> None:
    """Note in `visit` what came of a part: what was told of each article in it, and what failed."""
    for one in told:
        if isinstance(one, InputError):
            visit.failed.append(one)
        elif one[0] in ("new", "newer", "back"):
            (visit.new if one[0] == "new" else visit.newer).append(one[1])
        else:
            visit.unchanged += 1
    if part.instead:
        (visit.from_feed if told else visit.failed).append(part.instead)
    elif not part.loose:
        is_none = bool(part.one.state.feed) and all(isinstance(error, NoArticle) for error in errors)
        (visit.no_article if is_none else visit.failed).extend(errors)
