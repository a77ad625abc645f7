"""Decoding: bytes to text. What the bytes say themselves comes first, a guess last; what is no text is refused."""

from __future__ import annotations

import codecs
import re

from sayso.errors import InputError

_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_FORMATS = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
]
_HEAD = 64 * 1024
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.02
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


def decode(body: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding used: byte order mark, UTF-16, UTF-8, what the HTML declares, then a guess.

    Raises InputError for binary formats and for bytes that no encoding turns into text.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _strictly(body, encoding, name), encoding.removesuffix("-sig")
    for magic, what in _FORMATS:
        if body.startswith(magic):
            raise InputError(name, f"is {what}, not text: convert or unpack it first")
    if utf16 := _utf16_without_mark(body):
        return _strictly(body, utf16, name), utf16
    if len(_CONTROLS.findall(body[:_HEAD])) > _MOST_CONTROLS * len(body[:_HEAD]) + 1:
        raise InputError(name, "is binary, not text")
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _legacy(body, name, error)


def _utf16_without_mark(body: bytes) -> str | None:
    """UTF-16 text in Latin letters has a NUL at every other byte."""
    head = body[:_HEAD]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = head[offset::2].count(0)
        if len(head) > 3 and len(body) % 2 == 0 and zeros > 0.4 * len(head) / 2 and not head[1 - offset :: 2].count(0):
            return encoding
    return None


def _strictly(body: bytes, encoding: str, name: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(name, f"is broken {encoding.upper()} at byte {error.start}") from None


def _legacy(body: bytes, name: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """An 8-bit or East Asian encoding: as declared, else as charset-normalizer (which trafilatura needs) judges it."""
    declared = _DECLARED.search(body[:4096])
    if declared:
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            return body.decode(encoding, "replace"), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    from charset_normalizer import from_bytes

    start = max(0, error.start - _HEAD // 2)
    guess = from_bytes(body[start : start + _HEAD]).best()
    if guess is None:
        raise InputError(name, f"is neither UTF-8 (byte {error.start}) nor any other known encoding")
    try:
        return body.decode(guess.encoding), guess.encoding
    except UnicodeDecodeError:
        raise InputError(name, f"is broken text: not UTF-8 (byte {error.start}) nor {guess.encoding}") from None
