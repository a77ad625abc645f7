"""Robots: what a host allows programs to fetch, and how fast (RFC 9309, through protego)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.errors import FetchError
from sayso.fetching.kept import KEPT, Kept

if TYPE_CHECKING:
    import httpx
    from protego import Protego

KEPT_UNREACHABLE = 600.0
"""Seconds after which a host whose robots.txt could not be fetched is asked again."""
LARGEST = 500_000
"""Bytes that are read; what follows is not heeded."""
REDIRECTS = 5
_TOO_MANY = 429

Ask = Callable[[str], bytes]
"""From the address of a robots.txt to its bytes. Raises FetchError."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says to us."""

    told: Protego | None
    """None where there is none: all may be fetched."""
    unreachable: FetchError | None
    """Why it could not be fetched: nothing may be, for now."""
    until: float

    def delay(self, token: str) -> float:
        """Seconds that it asks for between two requests."""
        return float(self.told.crawl_delay(token) or 0.0) if self.told else 0.0


class Robots:
    """The rules of all hosts; each is asked once, and again after a day. `kept`: what earlier runs were told."""

    def __init__(
        self, ask: Ask, token: str, clock: Callable[[], float] = time.monotonic, kept: Kept | None = None
    ) -> None:
        self._ask, self._token, self._clock = ask, token, clock
        self._kept = kept or Kept()
        self._known: dict[str, Rules] = {}
        self._asking = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}

    def permit(self, url: httpx.URL) -> float:
        """The seconds to leave between requests to the host. Raises FetchError when the address may not be fetched."""
        origin = f"{url.scheme}://{url.netloc.decode()}"
        rules = self._rules(origin)
        if error := rules.unreachable:
            why = f"{error.reason} (asked for {origin}/robots.txt, without which nothing is fetched)"
            wait = max(rules.until - self._clock(), 0.0) if error.wait else None
            raise FetchError(str(url), why, wait=wait, lasting=error.lasting, ours=error.ours)
        if rules.told and not rules.told.can_fetch(str(url), self._token):
            raise FetchError(str(url), f"its site asks programs not to fetch it ({origin}/robots.txt)", lasting=True)
        return rules.delay(self._token)

    def _rules(self, origin: str) -> Rules:
        with self._asking:
            turn = self._turns.setdefault(origin, threading.Lock())
        with turn:
            known = self._known.get(origin)
            if known is None or known.until <= self._clock():
                known = self._known[origin] = self._remembered(origin) or self._asked(origin)
            return known

    def _remembered(self, origin: str) -> Rules | None:
        found = self._kept.get(origin)
        return _told(found[0], self._clock() + found[1]) if found else None

    def _asked(self, origin: str) -> Rules:
        now = self._clock()
        try:
            text = self._ask(f"{origin}/robots.txt")[:LARGEST]
        except FetchError as error:
            # "Unavailable" lets all be fetched, "unreachable" nothing (section 2.3.1); a site that we ask too often
            # has said enough.
            if error.status is not None and error.status < 500 and error.status != _TOO_MANY:
                self._kept.put(origin, b"")
                return _told(b"", now + KEPT)
            was_held = error.status is None and error.wait
            return Rules(None, error, now + (was_held or max(error.wait or 0.0, KEPT_UNREACHABLE)))
        self._kept.put(origin, text)
        return _told(text, now + KEPT)


def _told(text: bytes, until: float) -> Rules:
    """The rules of a robots.txt; none in an empty one."""
    from protego import Protego

    return Rules(Protego.parse(text.decode("utf-8-sig", "replace")) if text else None, None, until)
