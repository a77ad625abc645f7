"""Segments: a text cut into paragraphs and sentences; every character but white space is in exactly one of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sayso.text.characters import DOUBLE_QUOTES, SINGLE_QUOTES
from sayso.text.span import Span

_LINE = re.compile(r"[^\n\r\u0085\u2028\u2029]+")
_CLOSERS = re.escape(DOUBLE_QUOTES + SINGLE_QUOTES + ")]}）】》〉")
# After a CJK stop no space follows, so only marks that cannot open a quote belong to the sentence before.
_CJK_CLOSERS = "”’」』）】》〉"
_STOP = re.compile(
    rf"(?P<stop>[.!?…؟۔।॥‼⁇⁈⁉]+)(?P<close>[{_CLOSERS}]*(?:[ \u00a0\u202f][»›](?=[\s.,]))?)(?P<gap>\s+)"
    rf"|[。！？｡]+[{_CJK_CLOSERS}]*(?P<cjk>\s*)"
)
_WORD_BEFORE = re.compile(r"[^\s(\[{«„“\"'‘]+\Z")
_NEXT = re.compile(r"[^\w]*(\w)?")
_LETTER = r"[^\W\d_\u0900-\u11ff\u3040-\ud7ff][\u0300-\u036f]?"
_INITIALS = re.compile(rf"(?:{_LETTER}[.\-]{{1,2}})*{_LETTER}")
_LONGEST_WORD = 40


def paragraphs(text: str) -> list[Span]:
    """The lines of `text` that are not empty, without the white space around them."""
    lines = (Span(*found.span()).trim(text) for found in _LINE.finditer(text))
    return [line for line in lines if line.length]


def passages(text: str, letters: int = 200) -> list[Span]:
    """Paragraphs, short ones joined with the next until they have `letters` code points: what a search shows."""
    found: list[Span] = []
    for paragraph in paragraphs(text):
        if found and found[-1].length < letters:
            found[-1] = Span(found[-1].start, paragraph.end)
        else:
            found.append(paragraph)
    return found


def sentences(text: str, abbreviations: Iterable[str] = ()) -> list[Span]:
    """The sentences of `text`, in order. A line end always ends one, an abbreviation (written with its stop) never."""
    known = _without_stop(tuple(abbreviations))
    return [sentence for line in paragraphs(text) for sentence in _of_line(text, line, known)]


@lru_cache(maxsize=64)
def _without_stop(abbreviations: tuple[str, ...]) -> frozenset[str]:
    """The last word of each as it stands before the stop, and as it stands when it opens a sentence."""
    words = {parts[-1].removesuffix(".") for abbreviation in abbreviations if (parts := abbreviation.split())}
    return frozenset(words | {word[:1].upper() + word[1:] for word in words})


def _of_line(text: str, line: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    start = line.start
    for found in _STOP.finditer(text, line.start, line.end):
        if found["stop"] is None:
            end = found.start("cjk")
        elif _goes_on(text, start, found, abbreviations):
            continue
        else:
            end = found.end("close")
        if end < line.end:
            yield Span(start, end)
            start = found.end()
    yield Span(start, line.end)


def _goes_on(text: str, start: int, stop: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """True when the sentence that began at `start` does not end at `stop`."""
    following = _NEXT.match(text, stop.end())
    after = following[1] if following else None
    if after and after.islower():
        return True
    if stop["stop"] in ("...", "…") and not stop["close"]:
        return not (after and after.isupper())
    if stop["stop"] != "." or stop["close"]:
        return False
    return _is_short_form(text, start, stop.start(), abbreviations)


def _is_short_form(text: str, start: int, stop: int, abbreviations: frozenset[str]) -> bool:
    """An abbreviation of the language, an initial («J. F.», «U.S.», «د.»), or the number of a list's item."""
    found = _WORD_BEFORE.search(text, max(start, stop - _LONGEST_WORD), stop)
    if found is None:
        return False
    word = found.group()
    if word.isdecimal() and found.start() == start:
        return True
    return bool(_INITIALS.fullmatch(word)) or word in abbreviations
