"""MHTML: a page with its pictures in one file, as browsers save it (RFC 2557); and where a saved page came from.

Only the part with the page is unpacked; the others are passed over.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from sayso.documents.dated import iso_of
from sayso.documents.nouns import Capture
from sayso.errors import InputError

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_HEADER = 64 * 1024
_MOST_PARTS = 5000
_DEEPEST = 4
_HEAD = 4096
_EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\A\r?\n")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SAVED = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)\s*(\S{1,4000}?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,4000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The page in an MHTML file; None where the file does not tell."""

    html: bytes
    charset: str | None
    url: str | None
    """The http address that it was saved from."""
    saved: str | None
    """When it was saved, ISO 8601, as the browser's clock said."""


@dataclass(frozen=True, slots=True)
class _Part:
    head: Message
    body: bytes


def unpacked(capture: Capture) -> Unpacked:
    """The page that an MHTML capture holds. Raises InputError: there is none, or it is packed in an unknown way."""
    whole = _part(capture.body.removeprefix(b"\xef\xbb\xbf").lstrip())
    page = _page(whole, capture.name, _DEEPEST)
    if page is None:
        raise InputError(capture.name, "is MHTML without a page of HTML in it")
    html = _decoded(page, capture.name)
    told = [_field(whole, "Snapshot-Content-Location"), _field(page, "Content-Location")]
    told += [_field(whole, "Content-Location"), _field(whole, "Content-Base"), saved_from(html)]
    return Unpacked(
        html=html,
        charset=page.head.get_content_charset(),
        url=next((address for one in told if (address := _http(one))), None),
        saved=iso_of(_field(whole, "Date")),
    )


def saved_from(html: bytes) -> str | None:
    """The address in the comment that browsers (and SingleFile) put at the beginning of a page they save, or None."""
    found = _SAVED.search(html, 0, _HEAD) or _SINGLE_FILE.search(html, 0, _HEAD)
    return _http(found[1].decode("utf-8", "replace")) if found else None


def _page(part: _Part, name: str, depth: int) -> _Part | None:
    """The part with the page: the part itself, the one that the header calls the start, else the first that is one."""
    kind = part.head.get_content_type()
    if kind in _PAGES:
        return part
    boundary = _boundary(part.head)
    if not kind.startswith("multipart/") or boundary is None or depth == 0:
        return None
    start = str(part.head.get_param("start") or "").strip("<> ")
    first: _Part | None = None
    for one in _parts(part.body, boundary, name):
        is_start = bool(start) and (_field(one, "Content-ID") or "").strip("<> ") == start
        if is_start or first is None:
            found = _page(one, name, depth - 1)
            first = found if found and (is_start or first is None) else first
        if first and (is_start or not start):
            break
    return first


def _parts(body: bytes, boundary: bytes, name: str) -> Iterator[_Part]:
    """What stands between the boundaries, in order."""
    edge = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    found = edge.search(body)
    for _ in range(_MOST_PARTS):
        if found is None or found[1]:
            return
        begin = found.end()
        # The line end before a boundary may be the one behind the boundary before it.
        found = edge.search(body, max(begin - 2, 0))
        yield _part(body[begin : max(begin, found.start()) if found else None])
    raise InputError(name, f"is MHTML with more than {_MOST_PARTS:,} parts, which is refused")


def _part(source: bytes) -> _Part:
    found = _EMPTY_LINE.search(source, 0, _LONGEST_HEADER)
    if found is None:
        return _Part(message_from_bytes(source[:_LONGEST_HEADER]), b"")
    return _Part(message_from_bytes(source[: found.start()]), source[found.end() :])


def _boundary(head: Message) -> bytes | None:
    given = head.get_boundary()
    return given.encode("ascii", "replace") if given and len(given) <= 200 else None


def _field(part: _Part, name: str) -> str | None:
    value = part.head.get(name)
    return "".join(str(value).split("\n")).replace("\r", "").strip() if value is not None else None


def _http(address: str | None) -> str | None:
    return address if address and re.fullmatch(r"https?://\S+", address, re.IGNORECASE) else None


def _decoded(part: _Part, name: str) -> bytes:
    encoding = (_field(part, "Content-Transfer-Encoding") or "").lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.body)
    if encoding == "base64":
        letters = _NOT_BASE64.sub(b"", part.body)
        # One letter alone at the end of a file that was cut stands for nothing.
        letters = letters[:-1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    if encoding in ("", "7bit", "8bit", "binary"):
        return part.body
    raise InputError(name, f"is MHTML whose page is packed as “{encoding[:40]}”, which is not read")
