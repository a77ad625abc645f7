"""Tokens: a text cut once into words, numbers and marks, each with its folded form; all rules run over these."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from sayso.text.characters import JOINERS, MARKS
from sayso.text.folding import fold_word
from sayso.text.span import Span

# CJK, kana and Thai have no spaces: one character is one token there.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_LETTER = rf"[^\W_{_UNSPACED}]"
_HELD = rf"(?:[{MARKS}]|[{JOINERS}](?={_LETTER}))"
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_DRESSED = rf"{_PICTURE}[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
# "150,000", "l’art" and "don’t" are three tokens each: rules join what they need, and no rule has to split.
_TOKEN = re.compile(
    rf"[a-zA-Z0-9]++(?![^\x00-\x7f])"
    r"|[!-/:-@\[-`{-~]"
    rf"|{_LETTER}++(?:{_HELD}+{_LETTER}*+)*+"
    rf"|[{_UNSPACED}]"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|{_DRESSED}(?:\u200d{_DRESSED})*"
    r"|[^\w\s]|_"
)
_PARTED = re.compile(f"({_TOKEN.pattern})")
_FIRST_WORD = re.compile(rf"{_LETTER}++(?!\S)")
_LINE_ENDS = re.compile("[\n\r\u0085\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists over one text: token i is `text[starts[i]:ends[i]]`, `forms[i]` its folded form.

    `breaks[i]` is True when a line break stands between token i-1 and token i (and for i = 0).
    """

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]
    breaks: list[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """Span of tokens `first` to `last`, `last` excluded; `last` must be greater than `first`."""
        return Span(self.starts[first], self.ends[last - 1])

    def word(self, i: int) -> str:
        """Token `i` as written."""
        return self.text[self.starts[i] : self.ends[i]]


@lru_cache(maxsize=1 << 17)
def _form(word: str) -> str:
    """The folded form; the word itself where folding leaves nothing, so that no form is empty."""
    return fold_word(word) or word


def forms(text: str) -> list[str]:
    """The folded forms of `tokenize(text)` without their places, for a third of the work."""
    return list(map(_form, _TOKEN.findall(text)))


def first_form(phrase: str) -> str | None:
    """The first of `forms(phrase)`; None where it holds nothing but white space."""
    word = _FIRST_WORD.match(phrase)
    return _form(word[0]) if word is not None else next(iter(forms(phrase)), None)


def forms_of(phrases: Iterable[str]) -> list[str]:
    """The folded forms of many phrases, one after the other."""
    return forms("\n".join(phrases))


def tokenize(text: str) -> Tokens:
    """Cut `text` into tokens; linear time, every character but white space is in exactly one token."""
    # White space and tokens by turns, so that all counting is done outside of Python.
    parts = _PARTED.split(text)
    at = list(accumulate(map(len, parts)))
    starts, ends, forms = at[:-1:2], at[1::2], list(map(_form, parts[1::2]))
    breaks = [False] * len(starts)
    for found in _LINE_ENDS.finditer(text):
        after = bisect_left(starts, found.end())
        if after < len(breaks):
            breaks[after] = True
    if breaks:
        breaks[0] = True
    return Tokens(text, starts, ends, forms, breaks)
