"""The nouns of publishing: Capture and Version (Outlet and Article are fields of these until they own more)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from sayso.documents.address import parts_of

_ID = 12
_ANOTHER = re.compile(rf"([0-9a-f]{{{_ID}}})-[1-9]\d*")
_HALVES: Final = "surrogatepass"
"""Half characters in an address: no ledger keeps them, and whoever does says so; here they are part of a name."""
_PLAIN: Final = "/:@!$&'()*+,;=|"
_COUNTING = re.compile(r"utm_|fbclid$|gclid$|dclid$|msclkid$|mc_[ce]id$|igshid$|yclid$|_ga$")


@dataclass(frozen=True, slots=True)
class Record:
    """What a WARC record holds beside the body that is read of it (WARC 1.1, ISO 28500:2017)."""

    kind: str
    """WARC-Type: "response", "resource", "request", "revisit"."""
    headers: tuple[tuple[str, str], ...] = ()
    """Named fields of the record as they came, in order; for a live capture only those that the fetcher knows."""
    head: bytes = b""
    """The status line and header fields of HTTP with the empty line after them; b"" where there are none."""
    raw: bytes | None = None
    """The payload as it came, where the body is not the same: compressed, or in chunks."""
    beside: tuple[Record, ...] = ()
    """What belongs to it and stands before it: the request, and each redirect that led here; `raw` is their payload."""


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes received for an article at one time (a WARC response record)."""

    name: str
    """Where it came from, as a user would recognise it: path, address, or path and line."""
    body: bytes
    media_type: str
    captured: str
    """ISO 8601 date-time, UTC."""
    url: str | None = None
    """The address that the bytes came from, after redirects; None for what was given as a file."""
    record: Record | None = None
    """How they came over the network or lay in a web archive; None for a file, whose bytes say all."""

    _digest: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """`sha256:` and the hexadecimal digest of the body; made once, since it is asked for often."""
        if self._digest is None:
            object.__setattr__(self, "_digest", "sha256:" + hashlib.sha256(self.body).hexdigest())
        assert self._digest is not None
        return self._digest


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
    modified: str | None = None
    """ISO 8601 date or date-time of the last change that the page itself tells."""
    encoding: str | None = None
    """The encoding that the bytes were read in, where it was found out and not given."""


def id_of(capture: Capture, address: str | None = None) -> str:
    """The id of a Version that brings none: of its address, so that a later capture is a newer version of it.

    Without an address the same bytes have the same id, wherever they lie.
    """
    named = normal(address) if address else None
    digest = (
        hashlib.sha256(named.encode(errors=_HALVES)).hexdigest() if named else capture.digest.removeprefix("sha256:")
    )
    return digest[:_ID]


def id_at(address: str) -> str:
    """The id of the article at an address."""
    return id_of(Capture("", b"", "", ""), address)


def another_id(id: str, number: int) -> str:
    """The id of the `number`th text, from 2, at the address that names the article `id`: one unlike those before it."""
    return f"{id}-{number}"


def first_id(id: str) -> str:
    """The id of the article that stood first at the same address: of "…-2"; any other id itself."""
    found = _ANOTHER.fullmatch(id)
    return found[1] if found else id


def normal(address: str) -> str | None:
    """An http address as the name of an article: without scheme, "www.", fragment and what only counts readers.

    None when it names no page of its own: another scheme, or the front page of a site.
    """
    parts = parts_of(address)
    asked = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _COUNTING.match(pair[0])]
    host, port = _ascii(parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
    path = quote(unquote(parts.path, errors="surrogateescape"), _PLAIN, errors=_HALVES).rstrip("/")
    if parts.scheme not in ("http", "https") or not host or not (path or asked):
        return None
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    return f"{where}{path}?{urlencode(sorted(asked), errors=_HALVES)}" if asked else where + path


def _ascii(host: str) -> str:
    """The name of a host as it goes over the network (IDNA); as it is where it has no such form."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host
