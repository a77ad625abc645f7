"""WACZ: the captures in a zipped web archive (WACZ 1.1.1, Webrecorder): its WARC files; its indices are not needed."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from sayso.documents.declared_digests import agrees_with, is_checkable
from sayso.documents.limits import LARGEST, UNSUSPECTED
from sayso.documents.nouns import Capture
from sayso.documents.warc import captures_of as captures_of_warc
from sayso.errors import InputError

_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_FOLDER, _SUFFIXES = "archive", (".warc", ".warc.gz", ".arc", ".arc.gz")
_MOST_FILES = 100_000
_MOST_GROWTH = 100
_PIECE = 1 << 20
_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


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
        crc = one.CRC
        del one.CRC  # zipfile would hold back the last bytes of a file whose checksum is wrong
        if reason := _altered(packed, one, crc, digest):
            yield InputError(name, f"{reason}; it is read all the same")
        with packed.open(one) as opened:
            yield from captures_of_warc(opened, name, passed)
    except InputError as error:
        yield error
    except _BROKEN as error:
        yield InputError(name, f"cannot be unpacked: {error or type(error).__name__}")


def _altered(packed: zipfile.ZipFile, one: zipfile.ZipInfo, crc: int, digest: str | None) -> str | None:
    """What tells that a file is not the one that was put in."""
    found = 0
    with packed.open(one) as opened:

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
    for one in package.get("resources") or []:
        path, digest = (one.get("path"), one.get("hash")) if isinstance(one, dict) else (None, None)
        if isinstance(path, str) and isinstance(digest, str):
            yield path, digest if ":" in digest else f"sha256:{digest}"
