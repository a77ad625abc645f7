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
_STRAY_CONTROLS = 64
_MOST_CONTROLS = 0.2
_SOUND_TO_DAMAGED = 8
# What news was written in before UTF-8, the commonest first.
_LEGACY = ["cp1252", "cp1251", "cp1256", "gb18030", "cp1250", "cp1254", "cp932", "euc_jp", "cp949", "big5"]
_LEGACY += ["koi8_r", "cp1253", "cp1255"]
_IN_ASCII = {"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr"}
_ESCAPE = b"\x1b"
_OF_NO_PAGE = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "utf-16", "utf-32"}
# What pages declare, and the wider encoding that they are in.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_WIDER |= {"euc_kr": "cp949", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"}
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


def decode(body: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """Text and the encoding used: byte order mark, UTF-16, UTF-8, what is declared, what the HTML declares, a guess.

    `declared`: the encoding that the server told. Valid UTF-8 counts before it: servers tell others by mistake, and no
    text in another encoding is valid UTF-8 by chance, but for encodings that write in ASCII with marks between.
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
    if declared and _known(declared) in _IN_ASCII and _ESCAPE in body:
        return body.decode(_known(declared) or "ascii", "replace"), _known(declared) or "ascii"
    controls = len(_CONTROLS.findall(body[:_HEAD]))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if controls:
            raise InputError(name, "is binary, not text") from None
        return _legacy(body, name, error, declared)
    if controls > max(_STRAY_CONTROLS, _MOST_CONTROLS * len(body[:_HEAD])):
        raise InputError(name, "is binary, not text")
    return text, "utf-8"


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


def _legacy(body: bytes, name: str, error: UnicodeDecodeError, told: str | None) -> tuple[str, str]:
    """An 8-bit or East Asian encoding: as declared, else as charset-normalizer (which trafilatura needs) judges it."""
    inside = _DECLARED.search(body[:4096])
    for one in (told, inside[1].decode("ascii", "replace") if inside else None):
        encoding = _known(one) if one else None
        # UTF-8 it is not, whatever is declared; and some damage is looked for below.
        if encoding and encoding != "utf-8":
            return body.decode(encoding, "replace"), encoding
    damaged = body.decode("utf-8", "replace")
    if len(body) - len(damaged) > _SOUND_TO_DAMAGED * damaged.count("\ufffd"):
        return damaged, "utf-8, damaged"
    start = max(0, error.start - _HEAD // 2)
    for encoding in _guesses(body[start : start + _HEAD]):
        try:
            return body.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputError(name, f"is neither UTF-8 (byte {error.start}) nor in any other known encoding")


def _known(label: str) -> str | None:
    """Python's name of an encoding, taken as browsers take it (WHATWG Encoding Standard); None for one that is none."""
    try:
        found = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return None
    if found.name in _OF_NO_PAGE or not getattr(found, "_is_text_encoding", True):
        return None
    return _WIDER.get(found.name, found.name)


def _guesses(sample: bytes) -> list[str]:
    """Encodings in which the sample looks like text, the likeliest first; of equals the one that is commoner."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=_LEGACY)
    return [m.encoding for m in sorted(found, key=lambda m: (m.chaos, -m.coherence, _LEGACY.index(m.encoding)))]
