"""Address: the parts of a URL, also of one that is none; pages and rows give anything for an address."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

NONE = SplitResult("", "", "", "", "")


@lru_cache(maxsize=256)
def parts_of(url: str | None) -> SplitResult:
    """The parts of an address; all empty when it cannot be taken apart (RFC 3986)."""
    try:
        found = urlsplit((url or "").strip())
        found.port  # noqa: B018 - asked for, since it raises where it is no number
    except ValueError:
        return NONE
    return found


def joined(base: str | None, url: str) -> str | None:
    """`url` as it stands on the page at `base`; None when it cannot be read."""
    try:
        return urljoin(base or "", url.strip())
    except ValueError:
        return None


def host_of(url: str | None) -> str:
    """The host's name in lower case; "" when there is none."""
    return parts_of(url).hostname or ""
