"""Read: paths to captures, captures to versions. What cannot be read is handed on as an InputError beside the rest."""

from __future__ import annotations

import codecs
import gzip
import json
import os
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from sayso.documents.decoding import decode
from sayso.documents.nouns import Capture, Version, id_of
from sayso.documents.page import page
from sayso.documents.plain import plain
from sayso.documents.rows import row
from sayso.errors import InputError

LARGEST = 50_000_000
"""Bytes of one file, or of one line of a JSONL file; JSONL files themselves may be of any size."""

TEXT, HTML = "text/plain", "text/html"
JSON, JSONL, XML, WARC = "application/json", "application/jsonl", "application/xml", "application/warc"
_BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": "text/markdown",
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".json": JSON,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
}
_HTML = re.compile(
    rb"\s*(?:(?><!--.*?-->)\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_HEAD = 4096
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GZIP = b"\x1f\x8b"
_MEGABYTES = LARGEST // 1_000_000


def captures(path: str | Path, passed: Counter[str] | None = None) -> Iterator[Capture | InputError]:
    """Captures of a file (gzipped or not), of the files of a folder (sorted, no hidden ones), or of stdin ("-").

    A JSONL file and a list in a JSON file give one capture a row, so that rows count once wherever they stand. Of a
    folder, files with another suffix than ours (pictures, styles, …) are read only if they begin like HTML or JSON; the
    suffixes of the rest are counted in `passed`.
    """
    if str(path) == "-":
        yield from _of_stream(sys.stdin.buffer, "stdin", None)
        return
    for file in _files(Path(path), Counter() if passed is None else passed):
        if isinstance(file, InputError):
            yield file
            continue
        try:
            with file.open("rb") as packed:
                yield from _of_stream(_unpacked(packed), str(file), _kind(file))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield InputError(str(file), "is broken gzip")
        except OSError as error:
            yield _refused(file, error)


def versions(capture: Capture) -> Iterator[Version | InputError]:
    """The Versions in one capture, with an InputError for each part that could not be read."""
    if capture.media_type == JSON:
        yield from row(capture)
        return
    try:
        yield _of_page(capture) if capture.media_type == HTML else plain(capture)
    except InputError as error:
        yield error


def _of_page(capture: Capture) -> Version:
    found = page(capture.body, name=capture.name)
    return Version(
        id=id_of(capture),
        text=found.text,
        lang="und",
        digest=capture.digest,
        title=found.title,
        outlet=found.outlet,
        url=found.url,
        author=found.author,
        published=found.published,
        published_from="metadata" if found.published else None,
        lang_declared=found.lang_declared,
        encoding=found.encoding,
    )


def _files(path: Path, passed: Counter[str]) -> Iterator[Path | InputError]:
    if not path.is_dir():
        yield path
        return
    found, before = 0, passed.total()
    problems: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(folder, name) for name in sorted(names) if not name.startswith(".")):
            if _may_be_article(file):
                found += 1
                yield file
            else:
                passed[file.suffix.lower() or "special file"] += 1
    yield from (_refused(Path(str(problem.filename)), problem) for problem in problems)
    if not found and not problems:
        what = "files that are read (.txt, .md, .html, .json, .jsonl)" if passed.total() > before else "files"
        yield InputError(str(path), f"is a folder without {what}")


def _may_be_article(file: Path) -> bool:
    """By its name, or by its first characters; what cannot be found is, so that it is reported."""
    if not file.is_file():
        return not file.exists()
    if _kind(file) or not file.suffix:
        return True
    try:
        with file.open("rb") as packed:
            return _sniff(_unpacked(packed).read(_HEAD)) in (HTML, JSON, JSONL)
    except (OSError, EOFError, zlib.error):
        return False


def _unpacked(packed: BufferedReader) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=packed)) if packed.peek(2).startswith(_GZIP) else packed


def _kind(file: Path) -> str | None:
    """The media type that the name tells, with or without ".gz" behind it."""
    name = file.with_suffix("") if file.suffix.lower() == ".gz" else file
    return _BY_SUFFIX.get(name.suffix.lower())


def _refused(path: Path, error: OSError) -> InputError:
    """One sentence for what the system said."""
    if isinstance(error, FileNotFoundError):
        return InputError(str(path), "there is no such file")
    return InputError(str(path), f"could not be read: {(error.strerror or str(error)).lower()}")


def _of_stream(stream: IO[bytes], name: str, kind: str | None) -> Iterator[Capture | InputError]:
    head = stream.read(LARGEST + 1)
    sniffed = _sniff(head)
    kind = sniffed if kind is None or (sniffed == HTML and kind == TEXT) else kind
    if not head.strip():
        yield InputError(name, "is empty")
    elif kind == JSONL and not head.startswith(_UTF16):
        yield from _rows(_lines(head, stream), name)
    elif len(head) > LARGEST:
        yield InputError(name, f"is larger than {_MEGABYTES} MB, the most that is read of one text: split it")
    elif kind in (XML, WARC):
        yield InputError(name, f"is {kind.split('/')[1].upper()}, which is not read")
    elif kind in (JSON, JSONL):
        yield from _of_json(head, name)
    else:
        yield _capture(head, name, kind)


def _sniff(body: bytes) -> str:
    """The media type by the first characters, for files whose names do not tell."""
    head = body[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        return HTML
    if head.startswith(b"WARC/"):
        return WARC
    if head.startswith((b"<?xml", b"<rss", b"<feed")):
        return XML
    if re.match(rb'\{\s*"', head):
        return JSONL if b"\n" not in head or re.match(rb"\{[^\n]*\}\s*\n", head) else JSON
    return JSON if re.match(rb'\[\s*\{\s*"', head) else TEXT


def _of_json(body: bytes, name: str) -> Iterator[Capture | InputError]:
    """Rows of a JSON file: its one object, the elements of its list, or its lines."""
    try:
        text, _ = decode(body, name)
    except InputError as error:
        yield error
        return
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        # Many objects, one a line, under the name of one; or one broken object: then one error says so.
        lines = text.encode("utf-8", "replace").split(b"\n")
        first = next(line for line in lines if line.strip())
        yield from _rows(lines, name) if first.rstrip().endswith(b"}") else [_capture(body, name, JSON)]
        return
    if isinstance(whole, list) and not any(isinstance(element, dict) for element in whole):
        yield InputError(name, "is a JSON list without articles")
    elif isinstance(whole, list):
        for number, element in enumerate(whole, 1):
            # The same bytes for the same element, however the file was indented.
            yield _capture(json.dumps(element, separators=(",", ":")).encode(), f"{name}#{number}", JSON)
    else:
        yield _capture(text.encode("utf-8", "replace"), name, JSON)


def _rows(lines: Iterable[bytes], name: str) -> Iterator[Capture | InputError]:
    """One capture a line that is not blank."""
    count = 0
    for number, line in enumerate(lines, 1):
        body = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        count += bool(body)
        if len(body) > LARGEST:
            yield InputError(f"{name}:{number}", f"is a line of more than {_MEGABYTES} MB")
        elif body:
            yield _capture(body, f"{name}:{number}", JSON)
    if not count:
        yield InputError(name, "is empty")


def _lines(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """Lines of `head` and of what follows it in `stream`; of a line that is too long only the beginning."""
    *whole, line = head.split(b"\n")
    yield from whole
    while line or (line := stream.readline(LARGEST + 1)):
        more = line
        while more and not line.endswith(b"\n"):
            more = stream.readline(LARGEST + 1)
            line = line + more if len(line) <= LARGEST else line[:LARGEST] + more[-1:]
        yield line
        line = b""


def _capture(body: bytes, name: str, media_type: str) -> Capture:
    return Capture(name, body, media_type, datetime.now(UTC).isoformat(timespec="seconds"))
