"""Translation: where a text of record says in another language what a quote says."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

import numpy as np

from sayso.languages.detect import UNKNOWN, detect
from sayso.linking.quotes.claims import SAME, Claims, Reader
from sayso.linking.quotes.fidelity import Check, context
from sayso.linking.quotes.transcript import Transcript
from sayso.models.agreement import agreements, pieces
from sayso.text.segments import sentences
from sayso.text.span import Span

_SAMPLE = 1000  # characters by which a script is told
_LONGEST = 3  # sentences in a row that one quoted sentence may stand for
_NEAR = 8  # sentences, the likest, that are compared together with what stands beside them


def translation(quote: str, source: Transcript, encoder: Reader) -> Check | None:
    """The passage that `quote` translates; None for one language, or when nothing says the same."""
    if not _in_two_languages(quote, source.text):
        return None
    lines = spoken(source)
    alone = [sentence for line in lines for sentence in line]
    if not alone:
        return None
    best = set(alone)
    if len(alone) > _NEAR:
        pool = _pool(tuple(sentence.of(source.text) for sentence in alone), encoder)
        best = {alone[match.place] for match in pool.likest(quote, _NEAR)}
    spans = [span for line in lines for span in runs(line, best)]
    asked, *read = pieces([quote, *(span.of(source.text) for span in spans)], encoder)
    agreed = [found.both for found in agreements(asked, read)]
    at = int(np.argmax(agreed))
    if agreed[at] < SAME:
        return None
    return Check("translation", spans[at], (), False, context(source.text, spans[at]))


@lru_cache(maxsize=4)
def _pool(texts: tuple[str, ...], encoder: Reader) -> Claims:
    """A batch asks one text of record many times."""
    return Claims(texts, encoder)


def _in_two_languages(quote: str, text: str) -> bool:
    """By their languages; where one is too short or mixed to tell, by their scripts."""
    ours, theirs = detect(quote), detect(text)
    if UNKNOWN not in (ours, theirs):
        return ours != theirs
    scripts = _script(quote), _script(text)
    return all(scripts) and scripts[0] != scripts[1]


def _script(text: str) -> str:
    """The first word of most letters' names in Unicode ("CYRILLIC"); "" without letters."""
    names = Counter(unicodedata.name(char, "").split(" ")[0] for char in text[:_SAMPLE] if char.isalpha())
    return max(names, key=lambda name: names[name], default="")


def spoken(source: Transcript) -> list[list[Span]]:
    """The spoken sentences of each line; speaker labels are left out."""
    first = {w.span.start for w in source.words}
    lines: dict[int, list[Span]] = {}
    for sentence in sentences(source.text):
        start = next((i for i in range(sentence.start, sentence.end) if i in first), None)
        if start is not None:
            lines.setdefault(source.text.count("\n", 0, start), []).append(Span(start, sentence.end))
    return list(lines.values())


def runs(line: list[Span], near: set[Span]) -> list[Span]:
    """Runs of one to three sentences of one line, one of `near` among them."""
    return [
        Span(line[i].start, line[i + size - 1].end)
        for size in range(1, _LONGEST + 1)
        for i in range(len(line) - size + 1)
        if near & set(line[i : i + size])
    ]
