"""Read: paths to captures, captures to versions. What cannot be read is handed on as an InputError beside the rest."""

from __future__ import annotations

import codecs
import gzip
import io
import shutil
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from sayso.documents import kinds
from sayso.documents.files import GZIP, files, given, refused
from sayso.documents.kinds import JSON, JSONL
from sayso.documents.limits import LARGEST, MEGABYTES
from sayso.documents.nouns import Capture, Version
from sayso.documents.pages.version import of_mhtml, of_page
from sayso.documents.plain import plain
from sayso.documents.rows import row
from sayso.documents.tables.row_files import lines, of_json, of_lines
from sayso.errors import InputError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BUFFER = 1 << 16
_IN_MEMORY = 64_000_000


@dataclass(frozen=True, slots=True)
class _Way:
    """What goes with all that is read."""

    passed: Counter[str]
    columns: Mapping[str, str]


def captures(
    path: str | Path, passed: Counter[str] | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Capture | InputError]:
    """Captures of a file (gzipped or not), of the files of a folder (sorted, no hidden ones), or of stdin ("-").

    Rows of JSON and of tables and the pages of web archives are one capture each; a feed, an MHTML file and a PDF are
    one capture as a whole. Of a folder, files whose names tell nothing are read only if they begin like something that
    is read; the suffixes of the rest are counted in `passed`, with what is passed over in web archives. `columns` maps
    our fields to the columns of tables ("text" to "body").
    """
    way = _Way(Counter() if passed is None else passed, columns or {})
    if str(path) == "-":
        yield from _told(sys.stdin.buffer, "stdin", None, way)
        return
    start = Path(path)
    for file in files(start, way.passed):
        if isinstance(file, InputError):
            yield file
            continue
        try:
            with file.open("rb") as opened:
                yield from _told(opened, str(file), kinds.of_name(file.name), way)
        except OSError as error:
            # As it was given: a Path folds the slashes of an address.
            yield refused(path if file is start else file, error)


def inside(
    capture: Capture, passed: Counter[str] | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Capture | InputError]:
    """What a payload that was fetched holds: itself where it is read as a whole, else its rows or records."""
    if capture.media_type in kinds.OF_ARTICLES:
        yield capture
        return
    kind = None if capture.media_type.endswith("gzip") else capture.media_type
    way = _Way(Counter() if passed is None else passed, columns or {})
    yield from _told(io.BytesIO(capture.body), capture.name, kind, way)


def versions(capture: Capture) -> Iterator[Version | InputError]:
    """The Versions in one capture, with an InputError for each part that could not be read."""
    kind = capture.media_type
    try:
        if kind == JSON:
            yield from row(capture)
        elif kind in kinds.FEEDS:
            from sayso.documents.feeds.entries import versions_of

            yield from versions_of(capture)
        else:
            yield _ALONE.get(kind, plain)(capture)
    except InputError as error:
        yield error


def _of_pdf(capture: Capture) -> Version:
    from sayso.documents.pdf import version_of

    return version_of(capture)


_ALONE = {kinds.HTML: of_page, kinds.MHTML: of_mhtml, kinds.PDF: _of_pdf}
"""How captures that hold one article are read; anything else is text."""


def _told(file: IO[bytes], name: str, kind: str | None, way: _Way) -> Iterator[Capture | InputError]:
    try:
        yield from _of_file(file, name, kind, way)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield InputError(name, "is broken gzip")


def _of_file(file: IO[bytes], name: str, kind: str | None, way: _Way) -> Iterator[Capture | InputError]:
    """Captures of a file whose name tells `kind`, if anything."""
    head, file = _peeked(file)
    if head.startswith(GZIP) and kind != kinds.WARC:
        packed = _seekable(file)
        unpacked = cast(IO[bytes], gzip.GzipFile(fileobj=packed, mode="rb"))
        head = unpacked.read(kinds.SNIFFED)
        if kinds.of_bytes(head) == kinds.WARC:
            kind, file = kinds.WARC, packed
        else:
            file = unpacked
        file.seek(0)
    kind = kinds.of_file(kind, head)
    if kind == kinds.WARC and not head:
        yield InputError(name, "is empty")
    elif kind == kinds.WARC:
        from sayso.documents.warcs.warc import captures_of

        yield from captures_of(_seekable(file), name, way.passed)
    elif kind in (kinds.WACZ, kinds.ZIP):
        yield from _of_zip(_seekable(file), name, kind, way.passed)
    elif kind in kinds.TABLES:
        from sayso.documents.tables.table import captures_of as captures_of_table

        yield from captures_of_table(_seekable(file), name, way.columns)
    elif kind == JSONL and not head.startswith(_UTF16):
        yield from of_lines(lines(file), name)
    else:
        yield from _of_whole(file.read(LARGEST + 1), name, kind)


def _of_zip(file: IO[bytes], name: str, kind: str, passed: Counter[str]) -> Iterator[Capture | InputError]:
    from sayso.documents.warcs.wacz import captures_of, is_one

    if kind == kinds.WACZ or is_one(file):
        yield from captures_of(file, name, passed)
    else:
        yield InputError(name, "is a ZIP archive or an office document, not text: convert or unpack it first")


def _of_whole(body: bytes, name: str, kind: str) -> Iterator[Capture | InputError]:
    """Captures of what is held as a whole."""
    if not body.strip():
        yield InputError(name, "is empty")
    elif len(body) > LARGEST:
        yield InputError(name, f"is larger than {MEGABYTES} MB, the most that is read of one text: split it")
    elif kind == kinds.OPML:
        yield InputError(name, "is a list of feeds, which holds no articles: `sayso watch` follows it")
    elif kind == kinds.XML:
        yield InputError(name, "is XML that is no feed: of XML, only RSS, Atom and XHTML are read")
    elif kind in (JSON, JSONL):
        yield from of_json(body, name)
    else:
        yield given(body, name, kind)


def _peeked(file: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The first bytes of a file or pipe, and the same bytes again with all that follows."""
    head = file.read(kinds.SNIFFED)
    if file.seekable():
        file.seek(0)
        return head, file
    return head, cast(IO[bytes], io.BufferedReader(_Joined(head, file), _BUFFER))


def _seekable(file: IO[bytes]) -> IO[bytes]:
    """`file`, or a copy of it that can be sought, which is on the disk if it is large."""
    if file.seekable():
        return file
    copy = cast(IO[bytes], tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  # closed with the last reader
    shutil.copyfileobj(file, copy, _BUFFER)
    copy.seek(0)
    return copy


class _Joined(io.RawIOBase):
    """Bytes that were read of a pipe, and then the rest of it."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(buffer)  # type: ignore[arg-type]  # a buffer, by the protocol of RawIOBase
        found = self._head[: len(into)] or self._rest.read(len(into))
        self._head = self._head[len(found) :] if self._head else b""
        into[: len(found)] = found
        return len(found)
