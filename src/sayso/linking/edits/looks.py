"""Looks: a text cut into lines of noise and sentences, whose words are compared as a reader sees them.

White space, styles of quotation marks and dashes, and what is invisible make no other look; capitals and accents do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

from sayso.languages import pack
from sayso.linking.edits.noise import lines
from sayso.text.characters import DOUBLE_QUOTES, INVISIBLE, JOINERS, SINGLE_QUOTES
from sayso.text.folding import fold_word
from sayso.text.segments import paragraphs, sentences
from sayso.text.span import Span
from sayso.text.tokens import tokenize

_TATWEEL = "\u0640"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_NARROW = "[ \u00a0\u2009\u202f]"
_UNSEEN = re.compile(f"[{INVISIBLE}{JOINERS}{_TATWEEL}]")
_MARKS = str.maketrans(dict.fromkeys(DOUBLE_QUOTES + SINGLE_QUOTES, '"') | dict.fromkeys(_DASHES, "-"))
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_LETTER = rf"[^\W\d_{_UNSPACED}]"
# A number with its groups, a word with its hyphens and apostrophes: what a reader takes for one.
_PART = rf"[^\W_{_UNSPACED}]"
_WHOLE = re.compile(
    rf"(?<!\d)\d++(?:[.,:/'’٫٬]\d++)+|(?<!\d)\d{{1,3}}(?:{_NARROW}\d{{3}})+(?!\d)"
    rf"|(?<!{_PART}){_LETTER}{_PART}*+(?:[{_DASHES}'’{INVISIBLE}]{_PART}++)+"
)
_DOTS: Final = "…"
_PLAIN: Final = '"＂'
_RUNS: Final = {"-": ("-",), ".": (".", _DOTS), _DOTS: (".", _DOTS)}
"""Marks that are one with the same ones before them."""


class Word(NamedTuple):
    """A word or mark: where it stands, how it looks, and its form for finding what is alike ("" for marks)."""

    start: int
    end: int
    look: str
    form: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a line that is noise by `rule`; `note`: it belongs to a note of correction.

    Words stand as counted from its start, so that versions share them.
    """

    span: Span
    words: tuple[Word, ...]
    looks: tuple[str, ...]
    """What it is to a reader."""
    forms: tuple[str, ...]
    """Folded words without marks; the marks of a sentence that is nothing else."""
    rule: str | None = None
    note: bool = False

    def placed(self) -> list[Word]:
        """Its words as they stand in the text."""
        by = self.span.start
        return [Word(word.start + by, word.end + by, word.look, word.form) for word in self.words]


def units(text: str, lang: str) -> list[Unit]:
    """The text in order; every word of it is in exactly one unit."""
    made: list[Unit] = []
    noted = False
    for line in paragraphs(text):
        inside = [replace(unit, span=unit.span.shift(line.start)) for unit in _line(line.of(text), lang)]
        made += [replace(unit, note=True) for unit in inside] if noted else inside
        noted = len(inside) == 1 and inside[0].note and _is_heading(line.of(text), lang)
    return made


@lru_cache(maxsize=1 << 12)
def _line(line: str, lang: str) -> tuple[Unit, ...]:
    """One line, which later versions mostly have again: its sentences, or the line as noise."""
    rules = lines(lang)
    rule = rules.rule(line) if rules else None
    cut = [Span(0, len(line))] if rule else _sentences(line, lang)
    made: list[Unit] = []
    noted = False
    for span in cut:
        words = tuple(_words(span.of(line)))
        noted = noted or (rules is not None and rule is None and rules.notes.is_note(span.of(line), line[span.end :]))
        if words:
            made.append(_unit(span, words, rule, noted))
    return tuple(made)


def _unit(span: Span, words: tuple[Word, ...], rule: str | None, note: bool) -> Unit:
    looks = tuple(word.look for word in words)
    return Unit(span, words, looks, tuple(word.form for word in words if word.form) or looks, rule, note)


def _sentences(line: str, lang: str) -> list[Span]:
    """The sentences of a line; marks that stand apart (« Oui. ») belong to the sentence before.

    So does a plain quotation mark that closes one, where no space tells (是。"他).
    """
    found = pack.find(lang)
    made: list[Span] = []
    for span in sentences(line, found.language.abbreviations if found else ()):
        if made and made[-1].end == span.start and line[span.start] in _PLAIN and _closes(line, span.start):
            made[-1] = Span(made[-1].start, span.start + 1)
            span = Span(span.start + 1, span.end).trim(line)
        if made and not any(map(str.isalnum, span.of(line))):
            made[-1] = Span(made[-1].start, span.end)
        else:
            made.append(span)
    return made


def _is_heading(line: str, lang: str) -> bool:
    """Whether a line only announces the note in the next one."""
    rules = lines(lang)
    return rules is not None and rules.notes.is_heading(line)


def _closes(line: str, at: int) -> bool:
    """Whether a mark that looks the same on both sides closes a quotation: an odd number of it stands before."""
    return line.count(line[at], 0, at) % 2 == 1


def style(before: str, after: str) -> str:
    """The rule by which two texts look the same: the first after which nothing differs."""
    for name, plain in _STYLES:
        before, after = plain(before), plain(after)
        if before == after:
            return name
    return "letter forms"


def look(words: str) -> tuple[str, ...]:
    """A title or another short text as a reader sees it."""
    return tuple(word.look for word in _words(words))


def _words(text: str) -> list[Word]:
    """Words and marks, those of one number or hyphened word together; a run of dashes or dots is one mark.

    What leaves nothing to see is no word.
    """
    tokens = tokenize(text)
    wholes = {found.start(): found.end() for found in _WHOLE.finditer(text)}
    made: list[Word] = []
    until = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        if start < until:
            continue
        until = wholes.get(start, end)
        look, form = _seen(text[start:until])
        if look in _RUNS and made and made[-1].end == start and made[-1].look in _RUNS[look]:
            made[-1] = Word(made[-1].start, until, "-" if look == "-" else _DOTS, "")
        elif look:
            made.append(Word(start, until, look, form))
    return made


@lru_cache(maxsize=1 << 16)
def _seen(word: str) -> tuple[str, str]:
    """How a word looks, and its folded form; no form for marks."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", word)).translate(_MARKS)
    return _DOTS if plain == "..." else plain, fold_word(plain) if any(map(str.isalnum, plain)) else ""


def _without_space(text: str) -> str:
    return "".join(text.split())


def _without_unseen(text: str) -> str:
    return _UNSEEN.sub("", text)


def _one_quote(text: str) -> str:
    return text.translate({ord(char): '"' for char in DOUBLE_QUOTES + SINGLE_QUOTES})


def _one_dash(text: str) -> str:
    return re.sub(f"[{_DASHES}]+", "-", text)


def _one_ellipsis(text: str) -> str:
    return re.sub(r"\.{2,}|…+", _DOTS, text)


_STYLES: Final = (
    ("white space", _without_space),
    ("invisible characters", _without_unseen),
    ("quotation marks", _one_quote),
    ("dashes", _one_dash),
    ("dots", _one_ellipsis),
)
