"""The nouns of publishing: Capture and Version (Outlet and Article are fields of these until they own more)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes received for an article at one time (a WARC response record)."""

    name: str
    """Where it came from, as a user would recognise it: path, address, or path and line."""
    body: bytes
    media_type: str
    captured: str
    """ISO 8601 date-time, UTC."""

    @property
    def digest(self) -> str:
        """`sha256:` and the hexadecimal digest of the body."""
        return "sha256:" + hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Version:
    """The text and metadata read from one capture (a memento, RFC 7089)."""

    id: str
    """Stable across processes: as given in the input, else derived from the capture's digest."""
    text: str
    lang: str
    """BCP 47; "und" when unknown."""
    digest: str
    """The digest of the capture that it was read from."""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO 8601 date or date-time."""
    published_from: str | None = None
    """What told the date: "given", "metadata", "dateline"."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Unknown input fields, passed through untouched."""
    lang_declared: str | None = None
    """The language that a page says it is in; pages are often wrong, so `lang` does not follow it unchecked."""
    encoding: str | None = None
    """The encoding that the bytes were read in, where it was found out and not given."""


def id_of(capture: Capture) -> str:
    """The id of a Version that brings none: the same bytes have the same id, wherever they lie."""
    return capture.digest.removeprefix("sha256:")[:12]
