"""Tokens: a text cut once into words, numbers and marks, each with its folded form; all rules run over these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sayso.text.folding import fold_word
from sayso.text.span import Span

# CJK, kana and Thai have no spaces: one character is one token there. Marks stand alone.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(
    rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f]+[^\W_{_UNSPACED}]*)*|[^\w\s]|_"
)


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


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    return fold_word(word)


def tokenize(text: str) -> Tokens:
    """Cut `text` into tokens; linear time, no character is in two tokens."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    breaks: list[bool] = []
    previous = 0
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        starts.append(start)
        ends.append(end)
        forms.append(_form(found.group()))
        breaks.append(not breaks or "\n" in text[previous:start])
        previous = end
    return Tokens(text, starts, ends, forms, breaks)
