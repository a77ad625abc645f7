"""PDF lines: the lines of a PDF file as they stand on its pages, by pdfium, in a process of its own.

pdfium is written in C++: a file made for it may end the process that reads it, fill the memory or take days. So it
runs in a child with limits, and sayso lives on. PDF has glyphs at places and neither words nor paragraphs. What pdfium
cannot tell is not guessed at: characters that a font does not name become U+FFFD, and right-to-left text whose order
contradicts its places is refused.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sayso
from sayso.errors import InputError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MOST_PAGES = 500
HYPHEN = "\x02"
"""How pdfium marks a hyphen at the end of a line."""
_LONGEST = 20
"""Seconds by the clock."""
_MOST_SECONDS = 9
"""Of a processor."""
_MOST_MEMORY = 900_000_000
_LOCKED = "is a PDF file that asks for a password: save a copy without one"
_UNREADABLE = "is a PDF file that is broken, or that takes too much time or memory to read: save it anew"
_MOST_CHARACTERS = 5_000_000
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MARKS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_UNKNOWN = re.compile("[\x00\ue000-\uf8ff\ufffd\ufffe\uffff]")
_MOST_OUT_OF_ORDER = 0.02
_MOST_UNKNOWN = 0.05
_LETTERS_TO_JUDGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; places in points from the lower left corner."""

    text: str
    left: float
    right: float
    base: float
    """Height of its base line."""
    size: float
    """Of its first character."""


def read(body: bytes, name: str) -> tuple[list[list[Line]], dict[str, str]]:
    """The lines of each page in the order of the file, and its metadata.

    Raises InputError: broken, encrypted, too large, right-to-left text out of order, or what pdfium does not survive.
    """
    package = str(Path(sayso.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", __spec__.name],
            input=body,
            capture_output=True,
            timeout=_LONGEST,
            env=os.environ | {"PYTHONPATH": paths},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(name, _UNREADABLE) from None
    if child.returncode:
        raise InputError(name, _UNREADABLE)
    told = json.loads(child.stdout)
    if "refused" in told:
        raise InputError(name, told["refused"])
    return [[Line(*line) for line in page] for page in told["pages"]], told["metadata"]


def main() -> None:
    """What the child does: a PDF file on standard input, its lines as JSON on standard output."""
    import pypdfium2 as pdfium

    _limit()
    try:
        with pdfium.PdfDocument(sys.stdin.buffer.read()) as opened:
            found = [[astuple(line) for line in page] for page in _pages(opened)]
            told: dict[str, object] = {"pages": found, "metadata": opened.get_metadata_dict()}
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        told = {"refused": _LOCKED if locked else "is a broken PDF file"}
    except InputError as error:
        told = {"refused": error.reason}
    sys.stdout.write(json.dumps(told))


def _limit() -> None:
    """Memory and time of this process; only POSIX can."""
    try:
        import resource
    except ImportError:
        return
    wanted = {resource.RLIMIT_AS: _MOST_MEMORY, resource.RLIMIT_CPU: _MOST_SECONDS, resource.RLIMIT_CORE: 0}
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _pages(opened: PdfDocument, name: str = "") -> list[list[Line]]:
    if len(opened) > MOST_PAGES:
        raise InputError(name, f"has {len(opened):,} pages; PDF files of up to {MOST_PAGES} pages are read")
    found: list[list[Line]] = []
    order = _Order()
    unknown = letters = 0
    for number in range(len(opened)):
        page = opened[number]
        read = page.get_textpage()
        letters += read.count_chars()
        if letters > _MOST_CHARACTERS:
            raise InputError(name, f"has more than {_MOST_CHARACTERS:,} characters, too many for an article")
        found.append(list(_lines(read, order)))
        unknown += sum(line.text.count("\ufffd") for line in found[-1])
        read.close()
        page.close()
    if order.total >= _LETTERS_TO_JUDGE and order.wrong > _MOST_OUT_OF_ORDER * order.total:
        raise InputError(name, "holds right-to-left text out of its order, as many PDF files do: read its page instead")
    if unknown > _MOST_UNKNOWN * letters:
        raise InputError(name, "does not say which characters its fonts show: read its page instead, or use OCR")
    return found


@dataclass(slots=True)
class _Order:
    """How often a letter of a right-to-left script stands left of the one before it, as it should, or right of it."""

    total: int = 0
    wrong: int = 0


def _lines(page: PdfTextPage, order: _Order) -> Iterator[Line]:
    import pypdfium2.raw as pdfium

    begin = 0
    parts: list[str] = []
    for at in range(page.count_chars()):
        char = chr(min(pdfium.FPDFText_GetUnicode(page.raw, at), 0x10FFFF))
        if char in "\r\n":
            yield from _line(page, "".join(parts), begin, at, order)
            begin, parts = at + 1, []
            continue
        parts.append(HYPHEN if pdfium.FPDFText_IsHyphen(page.raw, at) == 1 else char)
        if parts[-1] == HYPHEN:
            yield from _line(page, "".join(parts), begin, at + 1, order)
            begin, parts = at + 1, []
    yield from _line(page, "".join(parts), begin, page.count_chars(), order)


def _line(page: PdfTextPage, text: str, begin: int, end: int, order: _Order) -> Iterator[Line]:
    import pypdfium2.raw as pdfium

    if not text.strip():
        return
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if len(text) == end - begin and _RIGHT_TO_LEFT.search(text):
        _judge(page, text, begin, order)
    first, last = (_box(page, at) for at in (begin + len(text) - len(text.lstrip()), end - 1))
    x, base = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page.raw, begin, x, base)
    size = pdfium.FPDFText_GetFontSize(page.raw, begin)
    yield Line(_UNKNOWN.sub("\ufffd", text), min(first[0], last[0]), max(first[1], last[1]), base.value, size)


def _judge(page: PdfTextPage, text: str, begin: int, order: _Order) -> None:
    before = None
    for at, char in enumerate(text, begin):
        if not _RIGHT_TO_LEFT.match(char):
            before = None
        elif not _MARKS.match(char):
            left, right = _box(page, at)
            middle = (left + right) / 2
            order.total += before is not None
            order.wrong += before is not None and middle > before
            before = middle


def _box(page: PdfTextPage, at: int) -> tuple[float, float]:
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(page.raw, at, left, right, bottom, top)
    return left.value, right.value


if __name__ == "__main__":
    main()
