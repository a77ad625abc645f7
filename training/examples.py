"""Examples: documents as the windows, signs and labels that the net learns from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.extraction.attributions.read import by_rules
from sayso.extraction.attributions.signs import Table, anchor_of, parts, signs
from sayso.extraction.attributions.tagged import CONTENT, CUE, STANCES, words_of
from sayso.extraction.cues.scene import Scene, scene
from sayso.extraction.nouns import Attribution
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.pack import find_or_neutral
from sayso.models import vocabulary as subwords
from sayso.models import weights
from sayso.models.windows import Window, windows
from sayso.text.span import Span
from sayso.text.tokens import tokenize
from training.documents import Document, Gold

IGNORED = -100
LONGEST = 256
"""Sub-words in a window to learn from; `read` takes shorter ones, as good and faster (benchmarks/RESULTS.md)."""
_BELIEVED = 5
"""Of so many windows of a flat annotation, one is believed where it has nothing inside a content: weak evidence."""


@dataclass(slots=True)
class Anchored:
    """One attribution in a window: `roles` (sub-words,) 0 none, 1 source, 2 cue, 3 content; `told` the rules' roles."""

    at: int
    kind: int
    roles: NDArray[np.int64]
    told: Table
    stance: int


@dataclass(slots=True)
class Example:
    """One window: sub-words, signs (sub-words, COUNT), anchors (sub-words,) and what belongs to each anchor."""

    ids: NDArray[np.int64]
    signs: Table
    anchors: NDArray[np.int64]
    attributions: list[Anchored]


@cache
def tokenizer() -> Tokenizer:
    """The encoder's own."""
    return subwords.from_pieces(weights.read_pieces(weights.package_file()))


def laid_out(document: Document) -> tuple[Scene, list[Attribution]]:
    """The document's text as the rules see it, and what they find in it."""
    laid = scene(tokenize(document.text), vocabulary(find_or_neutral(document.lang)))
    return laid, by_rules(laid)


def examples(document: Document) -> Iterator[tuple[Window, Example]]:
    """All windows of a document, labelled."""
    laid, found = laid_out(document)
    table = signs(laid, found)
    sentences = [laid.tokens.starts[first] for first in laid.starts]
    for number, window in enumerate(windows(tokenizer(), document.text, sentences, LONGEST)):
        unsure = np.zeros(len(window), bool) if number % _BELIEVED == 0 else _unsure(document, window)
        yield window, _example(document, laid, found, table, window, unsure)


def _example(
    document: Document,
    laid: Scene,
    found: Sequence[Attribution],
    table: Table,
    window: Window,
    unsure: NDArray[np.bool_],
) -> Example:
    words = words_of(laid, window)
    seen = table[words]
    seen[[0, -1]] = 0
    anchors = np.zeros(len(window), np.int64)
    by_rule = {anchor: one for one in found if (anchor := anchor_of(laid, one)) is not None}
    attributions = [
        one for gold in document.attributions if (one := _anchored(gold, laid, by_rule, words, window)) is not None
    ]
    for one in attributions:
        anchors[one.at] = one.kind
    anchors[unsure & (anchors == 0)] = IGNORED
    known = {words[one.at] for one in attributions}
    for at, rule in _unknown(by_rule, known, words):
        if document.complete and not unsure[at]:
            nothing = np.zeros(len(window), np.int64)
            kind = CUE if rule.cue else CONTENT
            attributions.append(Anchored(at, kind, nothing, parts(laid, rule, words), IGNORED))
        else:
            anchors[at] = IGNORED
    return Example(np.array(window.ids), seen, anchors, attributions)


def _unsure(document: Document, window: Window) -> NDArray[np.bool_]:
    """Sub-words where an anchor may stand that the annotation leaves out by convention: inside contents, where flat."""
    unsure = np.zeros(len(window), bool)
    if not document.nested:
        for gold in document.attributions:
            for span in gold.content:
                unsure[_covered(span, window)] = True
    return unsure


def _unknown(
    by_rule: dict[int, Attribution], known: set[int], words: NDArray[np.int64]
) -> Iterator[tuple[int, Attribution]]:
    """First sub-words of the rules' anchors that are none in the annotation: there is nothing to be found there."""
    inner = words[1:-1]
    for anchor, rule in by_rule.items():
        if anchor not in known and len(at := np.flatnonzero(inner == anchor)):
            yield int(at[0]) + 1, rule


def _anchored(
    gold: Gold, laid: Scene, by_rule: dict[int, Attribution], words: NDArray[np.int64], window: Window
) -> Anchored | None:
    spans = gold.cue or gold.content
    at = _first(spans[0], window) if spans else None
    if at is None:
        return None
    roles = np.zeros(len(window), np.int64)
    for number, part in ((3, gold.content), (2, gold.cue), (1, gold.source)):
        for span in part:
            roles[_covered(span, window)] = number
    rule = by_rule.get(int(words[at]))
    stance = gold.stance or (rule.stance if rule is not None else None)
    number = STANCES.index(stance) if stance in STANCES else IGNORED
    return Anchored(at, CUE if gold.cue else CONTENT, roles, parts(laid, rule, words), number)


def _covered(span: Span, window: Window) -> list[int]:
    return [
        i
        for i in range(1, len(window) - 1)
        if window.starts[i] < span.end and window.ends[i] > max(span.start, window.starts[i])
    ]


def _first(span: Span, window: Window) -> int | None:
    return next(iter(_covered(span, window)), None)
