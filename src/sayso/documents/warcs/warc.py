"""WARC: the captures in a web archive: WARC 0.17 to 1.1 (ISO 28500) and ARC, gzipped or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from sayso.documents import kinds, payload
from sayso.documents.limits import LONGEST_HEADER, MEGABYTES
from sayso.documents.nouns import Capture, Record
from sayso.documents.warcs import fields as warc_fields
from sayso.documents.warcs.digests import agrees, is_checkable
from sayso.documents.warcs.recorded import FILES, split
from sayso.documents.warcs.records import Stored, records
from sayso.documents.warcs.revisits import Revisits, revisited
from sayso.errors import InputError

_HTTP = "application/http"
_NOT_MODIFIED = 304
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_COUNTED = {"revisit", "conversion", "continuation"}
"""Types of records that may be of articles, and are not read."""
_OF_SOFTWARE = ("metadata:", "urn:")
"""Addresses under which crawlers keep their own notes."""


def captures_of(file: IO[bytes], name: str, passed: Counter[str] | None = None) -> Iterator[Capture | InputError]:
    """A Capture for each page, text, feed or PDF in the web archive `file`, which can be sought, in order.

    An InputError stands for each record that is broken: lengths, fields, digests and gzip are checked. What is no
    article (redirects, errors, pictures, notes of the crawler) is counted in `passed` by what it is. A revisit is a
    capture of bytes that another record of the file has; those come last.
    """
    passed = Counter() if passed is None else passed
    revisits = Revisits()
    for one in records(file, name):
        try:
            if isinstance(one, InputError):
                raise one
            if _kind(one) != "revisit" or not revisits.add(one):
                capture = _capture(one, passed)
                yield from [capture] if capture else []
        except InputError as error:
            yield error
    yield from _of_revisits(file, name, revisits)
    passed.update({"revisit": len(revisits.waiting)} if revisits.waiting else {})


def _kind(one: Stored) -> str:
    return (warc_fields.value(one.fields, "WARC-Type") or "").lower()


def _of_revisits(file: IO[bytes], name: str, revisits: Revisits) -> Iterator[Capture]:
    """Captures of what was revisited; for them the file is gone through once more."""
    if not revisits.waiting:
        return
    file.seek(0)
    for one in records(file, name):
        if isinstance(one, Stored) and _kind(one) != "revisit" and (again := revisits.of(one)):
            # What is wrong with the record itself was told the first time.
            with suppress(InputError):
                if first := _capture(one, Counter()):
                    yield from revisited(first, again)


def _capture(one: Stored, passed: Counter[str]) -> Capture | None:
    """The capture in a record; None when it holds none, or not enough is known, which was told then."""
    kind = _kind(one)
    content = (warc_fields.value(one.fields, "Content-Type") or "").lower()
    is_http = content.startswith(_HTTP) or (kind == "response" and one.block.startswith(b"HTTP/"))
    head, raw = split(one.block) if is_http else (b"", one.block)
    if len(head) > LONGEST_HEADER and one.is_whole:
        raise InputError(one.name, f"its HTTP header has {len(head):,} bytes; up to {LONGEST_HEADER:,} are read")
    if kind != "revisit":
        _check(one, head, raw)
    if kind not in warc_fields.OF_PAGES:
        passed.update([kind] if kind in _COUNTED else [])
        return None
    target, moment = warc_fields.target(one.fields), warc_fields.moment(one.fields)
    if target is None or moment is None:
        return None
    is_ours = target.startswith(FILES)
    declared = (payload.media_type(head) if is_http else content.split(";")[0].strip()) or ""
    why = _not_ok(head, one.name) if is_http else None
    if why is None and not is_ours:
        why = _no_article(target, declared)
    if why:
        passed[why] += 1
        return None
    _require_whole(one)
    body = payload.decoded(head, raw, one.name) if is_http else raw
    found = declared if is_ours else kinds.of_payload(declared, body)
    if not is_ours and found not in kinds.OF_ARTICLES:
        passed[found] += 1
        return None
    if is_ours:
        return Capture(one.name, body, found, moment)
    record = Record(kind, one.fields, head, None if raw == body else raw)
    return Capture(one.name, body, found, moment, target, record)


def _not_ok(head: bytes, name: str) -> str | None:
    """What an answer of HTTP is that brings no page, None for one that does. Raises InputError when it is none."""
    status, _ = payload.fields(head)
    if status is None:
        raise InputError(name, "holds no answer of HTTP")
    if 200 <= status < 300:
        return None
    return "redirect" if 300 <= status < 400 and status != _NOT_MODIFIED else f"HTTP {status}"


def _no_article(target: str, declared: str) -> str | None:
    """What a payload is that is surely no article; None for one that may be."""
    if target.startswith(_OF_SOFTWARE) or not kinds.may_be_article(declared, target):
        return declared or "notes of the crawler"
    return None


def _require_whole(one: Stored) -> None:
    if not one.is_whole:
        raise InputError(one.name, f"is larger than {MEGABYTES} MB, the most that is read of one page")
    if warc_fields.value(one.fields, "WARC-Segment-Number"):
        raise InputError(one.name, "is one of several segments of a page, which are not joined")


def _check(one: Stored, head: bytes, raw: bytes) -> None:
    """Raises InputError when the payload is not the one whose digest the archive tells.

    Writers differ in what they take for the payload: as it came, out of its chunks, or unpacked; each is accepted.
    """
    digest = warc_fields.value(one.fields, "WARC-Payload-Digest")
    if digest is None or not one.is_whole or not is_checkable(digest) or agrees(digest, raw):
        return
    for before in (_CHUNKED, head) if head else ():
        try:
            if agrees(digest, payload.decoded(before, raw, one.name)):
                return
        except InputError:
            continue
    raise InputError(one.name, f"its payload, at {one.where}, is not the one of its WARC-Payload-Digest")
