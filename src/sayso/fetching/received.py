"""Received: what one request brought, and what a capture tells of it: validators, moves, when to come again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sayso.documents.nouns import Capture, Record
from sayso.documents.payload import fields

PERMANENT, REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
OF_REDIRECT = 1_000_000
"""Bytes kept of what stands in a redirect, which nobody reads."""
LONGEST_WAIT = 86_400.0
"""Seconds; however long the other side asks us to stay away."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its response, as they went over the network."""

    url: str
    address: str
    """The IP address that was connected to; "" behind a proxy."""
    request: bytes
    head: bytes
    """Status line and header fields with the empty line after them."""
    payload: bytes
    """Out of its chunks, but packed as it came."""
    captured: str
    """ISO 8601 date-time, UTC."""

    @property
    def status(self) -> int:
        """Of HTTP."""
        return fields(self.head)[0] or 0

    def records(self) -> tuple[Record, Record]:
        """The request and the response as WARC holds them."""
        id = f"<urn:uuid:{uuid4()}>"
        told = (("WARC-Target-URI", self.url), ("WARC-Date", self.captured.replace("+00:00", "Z")))
        where = (("WARC-IP-Address", self.address),) if self.address else ()
        asked = Record("request", (*told, ("WARC-Concurrent-To", id), *where), self.request)
        if self.status in REDIRECTS and len(self.payload) >= OF_REDIRECT:
            where = (*where, ("WARC-Truncated", "length"))
        return asked, Record("response", (*told, ("WARC-Record-ID", id), *where), self.head, self.payload)


@dataclass(frozen=True, slots=True)
class NotChanged:
    """What was asked for has not changed since it was fetched last (status 304)."""

    url: str
    captured: str
    moved: str | None = None
    """Where it is for good, when every redirect that led there was permanent."""


def moved(hops: list[Hop]) -> str | None:
    """Where an address leads for good; None unless every redirect is permanent."""
    statuses = [hop.status for hop in hops[:-1]]
    return hops[-1].url if statuses and all(status in PERMANENT for status in statuses) else None


def capture_moved(capture: Capture) -> str | None:
    """The same of a capture, by the redirects that stand beside it."""
    beside = capture.record.beside if capture.record else ()
    statuses = [fields(record.head)[0] for record in beside if record.kind == "response"]
    return capture.url if statuses and all(status in PERMANENT for status in statuses) else None


def validators(capture: Capture) -> tuple[str | None, str | None]:
    """ETag and Last-Modified, to be sent with the next request (RFC 9110, section 13.1)."""
    told = fields(capture.record.head)[1] if capture.record else {}
    return told.get("etag"), told.get("last-modified")


def wait(head: bytes, now: datetime | None = None) -> float | None:
    """Seconds that Retry-After asks us to wait, at most a day; None where it asks nothing."""
    from email.utils import parsedate_to_datetime

    told = fields(head)[1].get("retry-after", "").strip()
    if told.isdecimal():
        # A number of any length is a number; its first digits tell enough.
        return min(float(told[:9]), LONGEST_WAIT)
    try:
        due = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return None
    due = due if due.tzinfo else due.replace(tzinfo=UTC)
    return min(max((due - (now or datetime.now(UTC))).total_seconds(), 0.0), LONGEST_WAIT)
