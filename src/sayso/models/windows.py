"""Windows: a text as the stretches of sub-words that the tagger reads, whole paragraphs where they fit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Tokenizer

from sayso.text.segments import paragraphs

LONGEST = 192
"""Sub-words in a window, the marks at both ends included. (The tagger learns from windows of 256.)"""
BEGIN, END = 0, 2


@dataclass(frozen=True, slots=True)
class Window:
    """Parallel lists of sub-word numbers and their places in the text; the marks at both ends have empty places."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    paragraphs: list[int]
    """Numbers of the sub-words that begin a paragraph, and at last the number of sub-words."""

    def __len__(self) -> int:
        return len(self.ids)


Piece = tuple[int, int, int]
"""One sub-word: number, start, end."""


def windows(tokenizer: Tokenizer, text: str, sentences: Sequence[int], longest: int = LONGEST) -> Iterator[Window]:
    """Cut `text` into windows, one after the other. `sentences`: where sentences start, in code points, ascending.

    A paragraph is split only when it is too long for a window, then between sentences, and a sentence only when it is
    too long itself.
    """
    held: list[Piece] = []
    opened: list[int] = []
    for paragraph in paragraphs(text):
        inner = sentences[bisect_right(sentences, paragraph.start) : bisect_left(sentences, paragraph.end)]
        bounds = [paragraph.start, *inner, paragraph.end]
        whole = [_pieces(tokenizer, text, *pair) for pair in pairwise(bounds)]
        fits = sum(map(len, whole)) <= longest - 2
        for part in [[piece for sentence in whole for piece in sentence]] if fits else _cut(whole, longest - 2):
            if held and len(held) + len(part) > longest - 2:
                yield _window(held, opened)
                held, opened = [], []
            opened.append(len(held))
            held += part
    if held:
        yield _window(held, opened)


def _pieces(tokenizer: Tokenizer, text: str, start: int, end: int) -> list[Piece]:
    part = text[start:end]
    readable = part.encode("utf-8", "replace").decode()  # half surrogate pairs become "?"
    encoded = tokenizer.encode(readable, add_special_tokens=False)
    pieces = []
    for number, (low, high) in zip(encoded.ids, encoded.offsets, strict=True):
        if low < high:
            while low < high and part[low].isspace():
                low += 1
            pieces.append((number, start + low, start + high))
    return pieces


def _cut(sentences: list[list[Piece]], most: int) -> Iterator[list[Piece]]:
    for sentence in sentences:
        for at in range(0, len(sentence), most):
            yield sentence[at : at + most]


def _window(pieces: list[Piece], opened: list[int]) -> Window:
    ids, starts, ends = zip(*pieces, strict=True)
    begins = [at + 1 for at in opened if at < len(pieces)]
    marked = [BEGIN, *ids, END]
    return Window(marked, [starts[0], *starts, ends[-1]], [starts[0], *ends, ends[-1]], [*begins, len(pieces) + 1])
