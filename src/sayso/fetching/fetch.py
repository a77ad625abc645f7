"""Fetch: an address to a capture of what stands there, through all redirects, by the rules of each host on the way.

fetcher = Fetcher(settings.of_environment())
capture = fetcher.get("https://north.example/feed.xml")
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.documents import kinds
from sayso.documents.nouns import Capture, Record
from sayso.documents.payload import decoded, fields, media_type
from sayso.errors import FetchError, InputError
from sayso.fetching import robots
from sayso.fetching.addresses import Resolve, parsed, resolved, server_of
from sayso.fetching.exchange import exchange
from sayso.fetching.kept import Kept
from sayso.fetching.pace import Pace
from sayso.fetching.received import REDIRECTS, Hop, NotChanged, moved, wait
from sayso.fetching.robots import Robots
from sayso.fetching.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

_OK, _NO_CONTENT, _NOT_CHANGED = 200, 204, 304
_BUSY = (429, 503)
_BUSY_WAIT = 60.0
_WORDS = {
    401: "asks for a user name and password",
    402: "asks for payment",
    403: "may not be fetched by us",
    404: "is not there: check the address",
    410: "is gone for good",
    429: "its host says that we ask too often: try again later",
    451: "is withheld for legal reasons",
}


class Fetcher:
    """Fetches addresses; any number of threads may share one.

    `sleep` is called with the seconds to wait; `kept` is the folder in which robots.txt files are kept between runs.
    """

    def __init__(
        self,
        settings: Settings,
        sleep: Callable[[float], object] = time.sleep,
        resolve: Resolve = resolved,
        kept: Path | None = None,
    ) -> None:
        self.settings = settings
        self._resolve = resolve
        self._pace = Pace(settings.pause, sleep)
        self._robots = Robots(self._ask_robots, settings.token, kept=Kept(kept))

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Capture | NotChanged:
        """The capture of an address; NotChanged when what it brought before (ETag, Last-Modified) still stands.

        Raises FetchError: an address that may not be fetched, no answer, an error of HTTP, too much, too slow; and
        InputError for a payload that cannot be unpacked.
        """
        conditions = [(n, v) for n, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v]
        hops = self._follow(parsed(url), conditions, self.settings, self._robots.permit)
        last = hops[-1]
        if last.status == _NOT_CHANGED:
            return NotChanged(last.url, last.captured, moved(hops))
        body = decoded(last.head, last.payload, url)
        return Capture(
            name=url,
            body=body,
            media_type=kinds.of_payload(media_type(last.head), body),
            captured=last.captured,
            url=last.url,
            record=_record(hops, None if body == last.payload else last.payload),
        )

    def post(self, url: str, content: bytes, media_type: str, largest: int) -> bytes:
        """What a service that a person named answers to `content`, up to `largest` bytes.

        It is made for programs: its robots.txt is not asked; and an answer stands at the address itself, so that no
        redirect is followed. Raises FetchError, InputError.
        """
        to, limits = parsed(url), replace(self.settings, largest=largest)
        with self._pace.turn(server_of(to)):
            told = [("Content-Type", media_type)]
            hop = exchange(to, told, limits, limits.seconds, self._resolve, content)
        if hop.status != _OK:
            raise FetchError(url, f"answers with status {hop.status}", hop.status)
        return decoded(hop.head, hop.payload, url)

    def _follow(
        self,
        url: httpx.URL,
        conditions: Sequence[tuple[str, str]],
        settings: Settings,
        permit: Callable[[httpx.URL], float],
    ) -> list[Hop]:
        """Every request on the way from `url` to an answer that is no redirect."""
        hops: list[Hop] = []
        left = settings.seconds
        start = str(url)
        while True:
            delay = permit(url)
            self._stay_away(url)
            with self._pace.turn(server_of(url), delay):
                # Whoever had the turn before may have been told so meanwhile.
                self._stay_away(url)
                began = time.monotonic()
                hop = exchange(url, conditions, settings, left, self._resolve)
                left -= time.monotonic() - began
            hops.append(hop)
            location = fields(hop.head)[1].get("location")
            if hop.status not in REDIRECTS or not location:
                self._refuse(hop, start, bool(conditions))
                return hops
            url = _next(url, location)
            if any(str(url) == hop.url for hop in hops):
                raise FetchError(start, f"leads in a circle, back to {url}", hop.status)
            if len(hops) > settings.redirects:
                raise FetchError(
                    start, f"leads on and on, through more than {settings.redirects} redirects", hop.status
                )

    def _stay_away(self, url: httpx.URL) -> None:
        if held := self._pace.held(server_of(url)):
            raise FetchError(str(url), f"its host asks us to stay away for {held:.0f} seconds more", wait=held)

    def _refuse(self, hop: Hop, start: str, conditional: bool) -> None:
        """Raise what an answer says that brings nothing to read."""
        status = hop.status
        if (status == _NOT_CHANGED and conditional) or (200 <= status < 300 and status != _NO_CONTENT):
            return
        asked = wait(hop.head)
        if status in _BUSY:
            self._pace.hold(server_of(hop.url), _BUSY_WAIT if asked is None else asked)
        where = "" if hop.url == start else f", at {hop.url}"
        if status == _NO_CONTENT:
            said = "is empty"
        elif status >= 500:
            said = "its host has a fault of its own: try again later"
        else:
            said = _WORDS.get(status, "was refused")
        raise FetchError(start, f"{said} (HTTP {status}{where})", status, asked)

    def _ask_robots(self, url: str) -> bytes:
        """A robots.txt. Raises FetchError, with a status where the host answered."""
        limits = replace(self.settings, redirects=robots.REDIRECTS)
        last = self._follow(parsed(url), (), limits, lambda _url: 0.0)[-1]
        try:
            return decoded(last.head, last.payload, url)
        except InputError as error:
            raise FetchError(url, error.reason, last.status) from None


def _next(url: httpx.URL, location: str) -> httpx.URL:
    import httpx

    try:
        return parsed(str(url.join(location)))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise FetchError(str(url), "leads to an address that is none") from None


def _record(hops: list[Hop], raw: bytes | None) -> Record:
    """The last response, with its request and all that led there standing before it."""
    *before, last = [hop.records() for hop in hops]
    asked, answered = last
    target = {"WARC-Target-URI", "WARC-Date"}
    own = tuple((name, value) for name, value in answered.headers if name not in target)
    beside = tuple(record for pair in before for record in pair)
    return Record("response", own, answered.head, raw, (*beside, asked))
