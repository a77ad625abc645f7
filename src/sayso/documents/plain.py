"""Plain text and Markdown files: the text cleaned, its headline found."""

from __future__ import annotations

import re

from sayso.documents.decoding import decode
from sayso.documents.nouns import Capture, Version, id_of
from sayso.documents.payload import charset_of
from sayso.errors import InputError
from sayso.text.cleaning import clean

_LONGEST_HEADLINE = 200
_FEWEST_WORDS = 4
_FEWEST_UNSPACED = 10
_FIRST_LINES = 5
_STOPS = (".", "。", "۔", "।", ":", "：")
_ENDS = (*_STOPS, "!", "?", "؟", "”", '"', "»")
_SAMPLE = 20_000
_WIDEST = 100
_FULL = 0.75
_MOSTLY = 0.85
_FEWEST_WRAPPED = 5
# A line that opens with a bullet or a dash begins something of its own.
_WRAP = re.compile(r"\n(?![-–—•*·])")


def plain(capture: Capture) -> Version:
    """The Version of a text file. Raises InputError when there is no text in it."""
    raw, encoding = decode(capture.body, capture.name, charset_of(capture))
    text = unwrapped(clean(raw).text)
    if not text:
        raise InputError(capture.name, "is empty: there is no text in it")
    return Version(
        id=id_of(capture, capture.url),
        text=text,
        lang="und",
        digest=capture.digest,
        title=headline(text),
        url=capture.url,
        encoding=encoding,
    )


def unwrapped(text: str) -> str:
    """A cleaned text whose paragraphs were wrapped at a fixed width (mail, old agencies), with one line a paragraph."""
    if not _is_wrapped([block.split("\n") for block in text[:_SAMPLE].split("\n\n")]):
        return text
    return "\n\n".join(_WRAP.sub(" ", block) for block in text.split("\n\n"))


def _is_wrapped(blocks: list[list[str]]) -> bool:
    """No line is long, nearly all lines inside paragraphs are nearly as long as the longest, and few end a sentence."""
    inner = [line for block in blocks for line in block[:-1]]
    widest = max(len(line) for block in blocks for line in block)
    full = sum(len(line) > _FULL * widest and " " in line for line in inner)
    ended = sum(line.endswith(_ENDS) for line in inner)
    enough = len(blocks) > 1 and len(inner) >= _FEWEST_WRAPPED
    return enough and widest <= _WIDEST and full >= _MOSTLY * len(inner) and ended < len(inner) / 3


def headline(text: str) -> str | None:
    """The headline of a cleaned text: the first of its first lines that is short, of several words, without a stop.

    A line of one or two words before it ("World", "All news") is the name of a section and taken only when nothing else
    is there. A text that opens with a sentence has no headline.
    """
    lines = [line.strip(" ,،;؛") for line in text.split("\n", 2 * _FIRST_LINES) if line.strip()]
    short: list[str] = []
    for line in lines[: min(_FIRST_LINES, len(lines) - 1)]:
        line = line.lstrip("#").strip()
        if not line or len(line) > _LONGEST_HEADLINE or line.endswith(_STOPS):
            break
        if _is_wordy(line):
            return line
        short.append(line)
    return short[0] if short else None


def _is_wordy(line: str) -> bool:
    """Enough words, or enough letters in a script that writes no spaces."""
    unspaced = sum("\u3040" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0e7f" for char in line)
    return len(line.split()) >= _FEWEST_WORDS or unspaced >= _FEWEST_UNSPACED
