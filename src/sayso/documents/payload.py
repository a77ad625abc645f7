"""Payload: from the bytes that HTTP carried to the body they stand for (RFC 9110, 8.4; RFC 9112, 7.1)."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable, Generator, Iterator

from sayso.documents.limits import LARGEST, MEGABYTES, MOST_GROWTH, UNSUSPECTED
from sayso.documents.nouns import Capture
from sayso.errors import InputError

_STATUS = re.compile(rb"\s*HTTP/[\d.]+\s+(\d{3})(?!\d)|\s*HTTP/[\d.]+\s*$", re.IGNORECASE)
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MEDIA = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+")
_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_PIECE, _INPUT = 1 << 20, 1 << 16
_SAMPLE = 1024
_MOST_ENCODINGS = 5
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_AS_IT_IS = {"", "identity", "none", "binary", "8bit", "7bit"}
_GZIP = b"\x1f\x8b"
_WITH_HEADER, _GZIPPED, _BARE = zlib.MAX_WBITS, 16 + zlib.MAX_WBITS, -zlib.MAX_WBITS


def fields(head: bytes) -> tuple[int | None, dict[str, str]]:
    """The status of an HTTP header and its fields, names in lower case; fields that stand twice are joined by commas.

    Lines that are no fields are passed over; the status is None where the first line tells none.
    """
    status, *lines = head.splitlines() or [b""]
    found: dict[str, list[str]] = {}
    last: list[str] = []
    for line in (_text(line) for line in lines):
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if last and line[:1] in (" ", "\t"):
            last.append(f" {line.strip()}")
        elif colon and _NAME.fullmatch(name):
            last = found.setdefault(name, [])
            last.append(f", {value.strip()}" if last else value.strip())
        else:
            last = []
    told = _STATUS.match(status)
    whole = {name: "".join(parts).strip() for name, parts in found.items()}
    return int(told[1]) if told and told[1] else None, whole


def media_type(head: bytes) -> str | None:
    """The media type that an HTTP header tells, in lower case without parameters; None where it tells none."""
    told = fields(head)[1].get("content-type", "").split(";")[0].strip().lower()
    return told if _MEDIA.fullmatch(told) else None


def charset(head: bytes) -> str | None:
    """The character encoding that an HTTP header tells, as it is written there; None where it tells none."""
    found = _CHARSET.search(fields(head)[1].get("content-type", ""))
    return found[1] if found else None


def charset_of(capture: Capture) -> str | None:
    """The character encoding that the server told of a capture; None for a file, and where it told none."""
    return charset(capture.record.head) if capture.record and capture.record.head else None


def decoded(head: bytes, raw: bytes, name: str) -> bytes:
    """The body that the HTTP header `head` and the payload `raw` stand for: out of its chunks, then unpacked.

    Archives often hold a payload unpacked and its header as it came: what is declared packed and is plainly text, or
    declared chunked and is not, is taken as it is. Raises InputError: an unknown or broken encoding, chunks that break
    off, and what unpacks to more than 50 MB, or to a thousand times its size.
    """
    told = fields(head)[1]
    body = raw
    if "chunked" in _tokens(told.get("transfer-encoding", "")):
        body = _dechunked(raw, name)
    encodings = _tokens(told.get("content-encoding", ""))
    if len(encodings) > _MOST_ENCODINGS:
        raise InputError(name, f"is packed {len(encodings):,} times over, which no server does")
    for encoding in reversed(encodings):
        if encoding not in _AS_IT_IS and body:
            body = _unpacked(body, encoding, len(raw), name)
    if len(body) > LARGEST:
        raise InputError(name, f"is larger than {MEGABYTES} MB, the most that is read of one text")
    return body


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _tokens(value: str) -> list[str]:
    return [token.strip().lower() for token in value.split(",")]


def _dechunked(raw: bytes, name: str) -> bytes:
    """The bytes in the chunks of `raw`; `raw` itself where it does not begin with a chunk."""
    parts: list[bytes] = []
    at = 0
    while at < len(raw):
        size = _SIZE.match(raw, at)
        if size is None:
            if not parts:
                return raw
            raise InputError(name, f"is broken: no chunk begins at byte {at} of its payload")
        length, start = int(size[1], 16), size.end()
        if not length:
            break
        at = start + length
        parts.append(raw[start:at])
        if not raw.startswith((b"\r\n", b"\n"), at):
            raise InputError(name, f"is broken: the chunk at byte {size.start()} of its payload breaks off")
        at += 2 if raw.startswith(b"\r\n", at) else 1
    return b"".join(parts)


def _unpacked(body: bytes, encoding: str, came: int, name: str) -> bytes:
    """`body` unpacked, of which `came` bytes came over the network."""
    begins = body.startswith(_GZIP) if "gzip" in encoding else encoding in _UNPACKERS
    if not begins and _is_text(body):
        return body
    if encoding not in _UNPACKERS:
        raise InputError(name, f"is packed as {encoding[:40]!r}, which is not read")
    try:
        return _held(_UNPACKERS[encoding](body), came, name)
    except (zlib.error, _brotli_error(), EOFError) as error:
        if _is_text(body):
            return body
        how = "breaks off" if isinstance(error, EOFError) else "is broken"
        raise InputError(name, f"cannot be unpacked: it is declared as {encoding}, which {how}") from None


def _held(pieces: Iterator[bytes], came: int, name: str) -> bytes:
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > LARGEST:
            raise InputError(name, f"unpacks to more than {MEGABYTES} MB, the most that is read of one text")
        if len(held) > UNSUSPECTED and len(held) > MOST_GROWTH * came:
            raise InputError(name, f"unpacks to more than {MOST_GROWTH} times its size, which no text does")
    return bytes(held)


def _of_gzip(body: bytes) -> Iterator[bytes]:
    """One member after another; what follows the last one is nothing (padding)."""
    at = 0
    while body.startswith(_GZIP, at):
        at = yield from _inflated(body, at, zlib.decompressobj(_GZIPPED))
    if not at:
        raise EOFError


def _of_deflate(body: bytes) -> Iterator[bytes]:
    """With the header of zlib, as the standard says, or without one, as some servers send it (RFC 1950)."""
    with_header = len(body) > 1 and body[0] & 15 == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _inflated(body, 0, zlib.decompressobj(_WITH_HEADER if with_header else _BARE))


def _inflated(body: bytes, start: int, unpacker: zlib._Decompress) -> Generator[bytes, None, int]:
    """Pieces of bounded size, and where in `body` their end is. Raises zlib.error, and EOFError where it breaks off."""
    for at in range(start, len(body), _INPUT):
        waiting = body[at : at + _INPUT]
        while waiting and not unpacker.eof:
            yield unpacker.decompress(waiting, _PIECE)
            waiting = unpacker.unconsumed_tail
        if unpacker.eof:
            return min(at + _INPUT, len(body)) - len(unpacker.unused_data)
    yield unpacker.flush()
    if not unpacker.eof:
        raise EOFError
    return len(body)


def _of_brotli(body: bytes) -> Iterator[bytes]:
    from brotli import Decompressor

    unpacker = Decompressor()
    piece = unpacker.process(body, output_buffer_limit=_PIECE)
    while not unpacker.is_finished():
        if not piece and unpacker.can_accept_more_data():
            raise EOFError
        yield piece
        piece = unpacker.process(b"", output_buffer_limit=_PIECE)
    yield piece


def _brotli_error() -> type[Exception]:
    import brotli

    found: type[Exception] = brotli.error
    return found


def _is_text(body: bytes) -> bool:
    """Whether bytes are text as they are: UTF-8 without control characters, or markup in whatever encoding."""
    sample = body[:_SAMPLE]
    if _CONTROLS.search(sample):
        return False
    try:
        # A character may be cut in two at the end of the sample.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return sample.lstrip()[:1] == b"<"
    return True


_UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _of_gzip,
    "x-gzip": _of_gzip,
    "deflate": _of_deflate,
    "br": _of_brotli,
}
