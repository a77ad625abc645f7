"""WACZ: the captures in a zipped web archive (WACZ 1.1.1, Webrecorder): its WARC files; its indices are not needed."""

from __future__ import annotations

import io
import json
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO, Any, cast

from sayso.documents.limits import LARGEST, UNSUSPECTED
from sayso.documents.nouns import Capture
from sayso.documents.warcs.digests import agrees_with, is_checkable
from sayso.documents.warcs.warc import captures_of as captures_of_warc
from sayso.errors import InputError

_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_FOLDER, _SUFFIXES = "archive", (".warc", ".warc.gz", ".arc", ".arc.gz")
_MOST_FILES = 100_000
_MOST_GROWTH = 100
_PIECE = 1 << 20
_HEADER, _LENGTHS = 30, 26
"""Bytes of the header before each file, and where in it the lengths of what follows it stand (APPNOTE 4.3.7)."""
_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError)


def is_one(file: IO[bytes]) -> bool:
    """Whether a zip file, which can be sought, holds WARC files where WACZ has them. Goes to its beginning."""
    try:
        with zipfile.ZipFile(file) as packed:
            return any(_is_warc(one) for one in packed.infolist())
    except _BROKEN:
        return False
    finally:
        file.seek(0)


def captures_of(file: IO[bytes], name: str, passed: Counter[str] | None = None) -> Iterator[Capture | InputError]:
    """The captures of the WARC files in the WACZ `file`, which can be sought, in order.

    A WARC file that is not the one of which `datapackage.json` has the digest is told by an InputError, and read.
    Refused are what is encrypted, and what unpacks to a hundred times its size.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            members = [one for one in packed.infolist() if _is_warc(one)]
            if not members or len(packed.infolist()) > _MOST_FILES:
                raise InputError(name, "is no WACZ: it has no WARC files in its folder archive/")
            _refuse_overlap(file, members, name)
            digests: dict[str, str] = {}
            for found in _declared(packed, name):
                if isinstance(found, InputError):
                    yield found
                else:
                    digests.update(found)
            for one in members:
                yield from _of_member(packed, one, f"{name}!{one.filename}", digests.get(one.filename), passed)
    except InputError as error:
        yield error
    except _BROKEN as error:
        yield InputError(name, f"is a broken zip file: {error or type(error).__name__}")


def _is_warc(one: zipfile.ZipInfo) -> bool:
    return PurePosixPath(one.filename).parts[:1] == (_FOLDER,) and one.filename.lower().endswith(_SUFFIXES)


def _of_member(
    packed: zipfile.ZipFile, one: zipfile.ZipInfo, name: str, digest: str | None, passed: Counter[str] | None
) -> Iterator[Capture | InputError]:
    """Errors of one file stay with it: the files beside it are read."""
    try:
        _refuse(one, name)
        with _opened(packed, one) as opened:
            if reason := _altered(opened, one.CRC, digest):
                yield InputError(name, f"{reason}; it is read all the same")
            opened.seek(0)
            yield from captures_of_warc(opened, name, passed)
    except InputError as error:
        yield error
    except _BROKEN as error:
        yield InputError(name, f"cannot be unpacked: {error or type(error).__name__}")


def _opened(packed: zipfile.ZipFile, one: zipfile.ZipInfo) -> IO[bytes]:
    """A file of the archive, which can be sought; zipfile itself would hold back the end of one that was changed."""
    if one.compress_type == zipfile.ZIP_STORED and packed.fp:
        packed.fp.seek(one.header_offset + _LENGTHS)
        start = one.header_offset + _HEADER + sum(struct.unpack("<HH", packed.fp.read(4)))
        return cast(IO[bytes], io.BufferedReader(_Part(packed.fp, start, one.file_size), _PIECE))
    copy = cast(IO[bytes], tempfile.SpooledTemporaryFile(LARGEST))  # noqa: SIM115  # the caller closes it
    unchecked = packed.open(one)
    unchecked._expected_crc = None  # type: ignore[attr-defined]  # `_altered` tells it
    with suppress(zlib.error, EOFError):
        # What comes before the damage is read; `_altered` tells that it is not all.
        shutil.copyfileobj(unchecked, copy, _PIECE)
    copy.seek(0)
    return copy


def _altered(opened: IO[bytes], crc: int, digest: str | None) -> str | None:
    """What tells that a file is not the one that was put in."""
    found = 0

    def pieces() -> Iterator[bytes]:
        nonlocal found
        while piece := opened.read(_PIECE):
            found = zlib.crc32(piece, found)
            yield piece

    if digest and is_checkable(digest):
        if not agrees_with(digest, pieces()):
            return f"is not the file of which {_PACKAGE} has the digest"
    else:
        deque(pieces(), maxlen=0)
    return None if found == crc else "is not the file of which the zip file has the checksum"


def _refuse(one: zipfile.ZipInfo, name: str) -> None:
    if one.flag_bits & _ENCRYPTED:
        raise InputError(name, "is encrypted")
    if one.file_size > max(UNSUSPECTED, _MOST_GROWTH * one.compress_size):
        raise InputError(name, f"unpacks to more than {_MOST_GROWTH} times its size, which no archive does")


def _refuse_overlap(file: IO[bytes], members: list[zipfile.ZipInfo], name: str) -> None:
    """Files that lie over one another make much of little."""
    stored = sum(one.file_size if one.compress_type == zipfile.ZIP_STORED else one.compress_size for one in members)
    if stored > file.seek(0, io.SEEK_END):
        raise InputError(name, "tells of more bytes than it has: its files overlap, which those of no archive do")


def _declared(packed: zipfile.ZipFile, name: str) -> Iterator[dict[str, str] | InputError]:
    """The digests of `datapackage.json`, by file; before them what is wrong with it."""
    try:
        package = _small(packed, _PACKAGE, name)
        if package is None:
            return
        signed = _small(packed, _DIGEST, name)
        told = json.loads(signed).get("hash") if signed else None
        if isinstance(told, str) and is_checkable(told) and not agrees_with(told, [package]):
            yield InputError(f"{name}!{_PACKAGE}", f"is not the file of which {_DIGEST} has the digest")
        yield dict(_hashes(json.loads(package)))
    except InputError as error:
        yield error
    except (ValueError, RecursionError, AttributeError):
        yield InputError(f"{name}!{_PACKAGE}", "is not valid JSON, so the digests in it are not checked")


def _small(packed: zipfile.ZipFile, member: str, name: str) -> bytes | None:
    if member not in packed.NameToInfo:
        return None
    one = packed.getinfo(member)
    _refuse(one, f"{name}!{member}")
    if one.file_size > LARGEST:
        raise InputError(f"{name}!{member}", "is too large to be read")
    return packed.read(one)


def _hashes(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    resources = package.get("resources")
    for one in resources if isinstance(resources, list) else []:
        path, digest = (one.get("path"), one.get("hash")) if isinstance(one, dict) else (None, None)
        if isinstance(path, str) and isinstance(digest, str):
            yield path, digest if ":" in digest else f"sha256:{digest}"


class _Part(io.RawIOBase):
    """The bytes of one stored file, read straight from the archive."""

    def __init__(self, whole: IO[bytes], start: int, length: int) -> None:
        self._whole, self._start, self._length, self._at = whole, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: object) -> int:
        into = memoryview(buffer)  # type: ignore[arg-type]  # a buffer, by the protocol of RawIOBase
        self._whole.seek(self._start + self._at)
        found = self._whole.read(min(len(into), max(0, self._length - self._at)))
        into[: len(found)] = found
        self._at += len(found)
        return len(found)
