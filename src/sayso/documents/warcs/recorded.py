"""Recorded: a capture as WARC 1.1 records, and back: the bytes that an archive keeps (ISO 28500:2017; by warcio)."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

from sayso import __version__
from sayso.documents.nouns import Capture, Record
from sayso.documents.payload import decoded
from sayso.errors import InputError

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

FILES = "urn:sayso:file:"
"""What stands before the name of a file in the address of its record: a file has no address of its own."""
_VERSION = "WARC/1.1"
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_HTTP = "application/http"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_LEVEL = 4  # warcio itself takes 9, which needs half as much time again for one byte in a hundred
# Made anew for the record as it is written.
_OURS = frozenset({"content-length", "warc-type", "warc-target-uri", "warc-date", "warc-record-id", "content-type"})


def recorded(capture: Capture) -> bytes:
    """The gzip members of a capture: what stands beside it, then its own record."""
    record = capture.record or Record("resource", (("Content-Type", capture.media_type),))
    beside = [_member(one, one.raw or b"", capture, None) for one in record.beside]
    payload = capture.body if record.raw is None else record.raw
    return b"".join((*beside, _member(record, payload, capture, address(capture))))


def repeated(capture: Capture, first: str, first_at: str) -> bytes:
    """A revisit record: the same payload came again; `first`, `first_at`: address and time of the one that has it."""
    record = capture.record or Record("resource")
    digest = payload_digest(capture)
    headers = (
        ("WARC-Profile", _REVISIT),
        ("WARC-Refers-To-Target-URI", first),
        ("WARC-Refers-To-Date", warc_date(first_at)),
        *((name, value) for name, value in record.headers if name.lower() == "warc-ip-address"),
        ("WARC-Payload-Digest", digest),
    )
    return _member(Record("revisit", headers, record.head), b"", capture, address(capture))


def info(file: str) -> bytes:
    """The gzip member that opens a WARC file: what wrote it."""
    fields = f"software: sayso/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    headers = (("WARC-Filename", file), ("Content-Type", "application/warc-fields"))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return _member(Record("warcinfo", headers), fields, Capture(file, b"", "", now), None)


def payload_digest(capture: Capture) -> str:
    """`sha256:` and the hexadecimal digest of the payload as it came (WARC-Payload-Digest)."""
    raw = capture.record.raw if capture.record else None
    return capture.digest if raw is None else _digest(raw)


def address(capture: Capture) -> str:
    """The WARC-Target-URI of a capture."""
    return capture.url or FILES + quote(capture.name, safe="/:#")


def restored(stored: bytes, name: str, media_type: str, captured: str) -> Capture:
    """The capture that `recorded` wrote. Raises InputError when the bytes hold no such record."""
    records = list(_records(stored, name))
    if not records:
        raise InputError(name, "its archived bytes hold no WARC record")
    *beside, (target, last) = records
    raw = last.raw or b""
    if target.startswith(FILES):
        return Capture(name, raw, media_type, captured)
    body = decoded(last.head, raw, name) if last.head else raw
    kept = tuple(one for _, one in beside if one.kind != "warcinfo")
    record = Record(last.kind, last.headers, last.head, None if raw == body else raw, kept)
    return Capture(name, body, media_type, captured, target, record)


def _records(stored: bytes, name: str) -> Iterator[tuple[str, Record]]:
    """Address and record of each member, `raw` always filled."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for one in ArchiveIterator(BytesIO(stored), no_record_parse=True):
            headers = one.rec_headers.headers
            block = one.raw_stream.read()
            head, raw = split(block) if (one.content_type or "").startswith(_HTTP) else (b"", block)
            yield one.rec_headers.get_header("WARC-Target-URI") or "", Record(one.rec_type, tuple(headers), head, raw)
    except ArchiveLoadFailed as error:
        raise InputError(name, f"its archived bytes are no WARC record: {error}") from None


def split(block: bytes) -> tuple[bytes, bytes]:
    """The block of an HTTP record: status line and header fields with the empty line after them, and the payload."""
    ends = [(place + len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (place := block.find(mark)) >= 0]
    end = min(ends, default=len(block))
    return block[:end], block[end:]


def _member(record: Record, payload: bytes, capture: Capture, target: str | None) -> bytes:
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    headers = StatusAndHeaders("", _headers(record, payload, capture, target), protocol=_VERSION)
    http = _as_is(record.head) if record.head else None
    made = ArcWarcRecord("warc", record.kind, headers, BytesIO(payload), http, None, len(payload))
    made.payload_length = len(payload)
    out = BytesIO()
    WARCWriter(out, gzip=False, warc_version=_VERSION).write_record(made)
    return gzip.compress(out.getvalue(), _LEVEL, mtime=0)


def _headers(record: Record, payload: bytes, capture: Capture, target: str | None) -> list[tuple[str, str]]:
    """Named fields: ours first, then those that came with the record, as they came."""
    came = {name.lower(): value for name, value in record.headers}
    where = target or came.get("warc-target-uri")
    usual = f"{_HTTP}; msgtype={'request' if record.kind == 'request' else 'response'}"
    kind = came.get("content-type") or (usual if record.head else capture.media_type)
    fields = [
        ("WARC-Type", record.kind),
        ("WARC-Record-ID", came.get("warc-record-id") or f"<urn:uuid:{uuid4()}>"),
        *([("WARC-Target-URI", where)] if where else []),
        ("WARC-Date", came.get("warc-date") or warc_date(capture.captured)),
        ("Content-Type", kind),
        *((name, value) for name, value in record.headers if name.lower() not in _OURS),
    ]
    if "warc-payload-digest" not in came and record.kind in ("response", "resource"):
        fields.append(("WARC-Payload-Digest", _digest(payload)))
    if "warc-block-digest" not in came:
        fields.append(("WARC-Block-Digest", _digest(record.head + payload)))
    # A line end inside of a value would begin a field of its own.
    return [(name, _CONTROLS.sub(" ", value)) for name, value in fields]


def _as_is(head: bytes) -> StatusAndHeaders:
    """HTTP header fields that are written byte for byte, however odd they are."""
    from warcio.statusandheaders import StatusAndHeaders

    class AsIs(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
        def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002
            self.headers_buff = head

    # With an empty status line warcio would take it for no header at all.
    return AsIs("as is", [])


def warc_date(moment: str) -> str:
    """A WARC-Date (W3C profile of ISO 8601, UTC) of an ISO 8601 date-time; one without a zone is UTC."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return at.isoformat().replace("+00:00", "Z")


def _digest(found: bytes) -> str:
    return "sha256:" + hashlib.sha256(found).hexdigest()
