"""Transcript: a text of record made ready for quotes: its spoken words, without speaker labels and stage directions."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.languages.records import Record, front_matter, record
from sayso.text.folding import fold_word
from sayso.text.span import Span
from sayso.text.tokens import Tokens, tokenize

_LABEL = re.compile(r"^[^\S\n]*([^\W\d_][^\n:?!;,\"“«]{0,39}):", re.MULTILINE)
_STAGE = re.compile(r"\([A-Z][A-Z ,.'-]+\)|\[[A-Z][A-Z ,.'-]+\]")
_LABEL_WORDS = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One compared word: its folded form and where it stands."""

    form: str
    span: Span


@dataclass(frozen=True, slots=True)
class Transcript:
    """`words[i]` is the i-th spoken word; `at` maps a form to its positions, ascending; `record`: as it says.

    `turns` are the speaker labels, in order; what stands before the first of them is of nobody named.
    """

    text: str
    words: tuple[Word, ...]
    at: dict[str, NDArray[np.intp]]
    record: Record | None = None
    turns: tuple[Span, ...] = ()

    def speakers(self, spans: Sequence[Span]) -> list[str]:
        """Whose words stand in `spans`, as the labels name them, each once: "Quijano" is "ELAINE QUIJANO" too."""
        starts = [turn.start for turn in self.turns]
        said = sorted(
            {bisect_right(starts, w.span.start) for w in self.words if any(s.contains(w.span) for s in spans)}
        )
        found: dict[frozenset[str], str] = {}
        for turn in (self.turns[place - 1] for place in said if place):
            name = turn.of(self.text).rstrip(":").strip()
            forms = frozenset(fold_word(part) for part in name.split())
            if not any(forms <= known or known <= forms for known in found):
                found[forms] = name
        return list(found.values())

    def weight(self, form: str) -> float:
        """How telling a word is: 1 for one that occurs once, falling with its frequency; 0 for an unknown one."""
        places = self.at.get(form)
        return 0.0 if places is None else 1.0 / (1.0 + float(np.log1p(len(places) - 1)))


def is_word(token: str) -> bool:
    """Letters, digits and symbols that carry meaning ($, %, +) are compared; punctuation is not."""
    return token.isalnum() or any(c.isalnum() or unicodedata.category(c)[0] == "S" or c == "%" for c in token)


def words_of(tokens: Tokens, skip: list[Span]) -> list[Word]:
    """The compared words of a text, without those inside the spans of `skip` (sorted, disjoint)."""
    words: list[Word] = []
    rest = iter([*skip, Span(len(tokens.text), len(tokens.text))])
    hole = next(rest)
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        while start >= hole.end and hole.start < len(tokens.text):
            hole = next(rest)
        if start < hole.start and is_word(form):
            words.append(Word(form, Span(start, end)))
    return words


def labels(text: str) -> list[Span]:
    """Speaker labels that open lines ("QUIJANO:"): in capitals, or the same short one on two lines or more."""
    found = [m for m in _LABEL.finditer(text) if len(m.group(1).split()) <= _LABEL_WORDS]
    often = Counter(m.group(1) for m in found)
    return [Span(m.start(1), m.end()) for m in found if m.group(1).isupper() or often[m.group(1)] > 1]


def transcript(text: str) -> Transcript:
    """Index `text`; linear time. Offsets are those of `text` itself."""
    front = front_matter(text)
    stages = [front] if front.length else []
    stages += [Span(*m.span()) for m in _STAGE.finditer(text, front.end)]
    named = [s for s in labels(text) if not any(s.overlap(stage) for stage in stages)]
    words = tuple(words_of(tokenize(text), sorted(stages + named)))
    places: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        places.setdefault(word.form, []).append(i)
    at = {form: np.array(p, dtype=np.intp) for form, p in places.items()}
    return Transcript(text, words, at, record(text), tuple(sorted(named)))
