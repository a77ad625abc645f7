"""Absence: the page of an article that is not there any more, or holds none, as visits or captures found it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """What was found on a page in the place of its article; moments are ISO 8601 date-times, UTC."""

    article: str
    """The id of the article that the page held before."""
    status: int | None
    """Of HTTP, 404 or 410; None: the page was there and held no article."""
    first: str
    last: str
    back: str | None = None
    """When the article was there again."""
    by_capture: bool = False
    """Whether captures tell of it, which the log names; else visits do."""
