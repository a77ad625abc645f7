"""Fidelity: a quote checked word by word against a transcript. Located by rank, judged by alignment of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from rapidfuzz.distance import LCSseq

from sayso.errors import InputError
from sayso.linking.quotes.transcript import Transcript, Word, words_of
from sayso.text.span import Span
from sayso.text.tokens import tokenize

Verdict = Literal["verbatim", "trimmed", "altered", "translation", "not_found"]
Op = Literal["cut", "insert", "replace", "reorder"]

_CUT = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\s?\.\s?\.")
_EDITOR = re.compile(r"\[[^\[\]\n]*\]")
_ROOM = 60  # words of the transcript that a silent cut may skip
_MARKED_ROOM = 400  # the same where the quote shows the cut
_ENOUGH = 0.5  # share of a quote's words, weighted by how telling they are, that must stand in one place
_PLACES = 3  # candidate places that are aligned
LONGEST = 5000
"""Words of a quote that are compared."""
_REPEATS = 16  # times that a text says each of its words; longest common runs of one that says them oftener take long


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: spans in code points of the quote and of the transcript, empty spans where one has nothing."""

    op: Op
    quote: Span
    transcript: Span


@dataclass(frozen=True, slots=True)
class Check:
    """The result for one quote; `span` and `context` lie in the transcript, None and "" when not found."""

    verdict: Verdict
    span: Span | None = None
    edits: tuple[Edit, ...] = ()
    marked: bool = False
    """Every cut is shown in the quote by … or […]."""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote cut into its compared words; `cuts` and `editor` are the spans of marks and of words in brackets."""

    text: str
    words: tuple[Word, ...]
    cuts: tuple[Span, ...]
    editor: tuple[Span, ...]

    def marks_between(self, left: int, right: int) -> list[Span]:
        """The marks that stand between words `left` and `right` (indices), in order."""
        low = self.words[left].span.end if left >= 0 else 0
        high = self.words[right].span.start if right < len(self.words) else len(self.text)
        return sorted(m for m in self.cuts + self.editor if low <= m.start and m.end <= high)


def parse(text: str) -> Quote:
    """Words in square brackets are the editor's own and left out; …, ... and [...] mark cuts (CONTRACTS)."""
    cuts = [Span(*m.span()) for m in _CUT.finditer(text)]
    brackets = [Span(*m.span()) for m in _EDITOR.finditer(text)]
    editor = [b for b in brackets if not any(b.overlap(c) for c in cuts)]
    return Quote(text, tuple(words_of(tokenize(text), sorted(cuts + editor))), tuple(cuts), tuple(editor))


def check(quote: str, source: Transcript) -> Check:
    """Judge `quote` against `source`; a quote without words is "not_found". Raises InputError on one too long."""
    parsed = parse(quote)
    if len(parsed.words) > LONGEST:
        raise InputError("the quote", f"has {len(parsed.words):,} words; give at most {LONGEST:,} of it at once")
    if not parsed.words or not source.words:
        return Check("not_found")
    at = _exact(parsed, source)
    if at is not None:
        return _result(parsed, source, [(i, at + i) for i in range(len(parsed.words))])
    pairs = max(_alignments(parsed, source), key=_fit, default=[])
    telling = {i: max(source.weight(w.form), 0.25) for i, w in enumerate(parsed.words)}
    if sum(telling[i] for i, _ in pairs) < _ENOUGH * sum(telling.values()) or len(pairs) < 2:
        return Check("not_found")
    return _result(parsed, source, pairs)


def _exact(quote: Quote, source: Transcript) -> int | None:
    """First place where all words of the quote stand in a row."""
    forms = [w.form for w in quote.words]
    rarest = min(range(len(forms)), key=lambda i: len(source.at.get(forms[i], ())))
    for place in source.at.get(forms[rarest], ()):
        start = int(place) - rarest
        if start >= 0 and [w.form for w in source.words[start : start + len(forms)]] == forms:
            return start
    return None


def _alignments(quote: Quote, source: Transcript) -> Iterator[list[tuple[int, int]]]:
    """Alignments in narrow places (changed words), wider ones (cuts) and the widest (marked cuts)."""
    near = 2 * len(quote.words) + _ROOM
    for start, end in _places(quote, source, len(quote.words)):
        yield _align(quote, source, start, end, most=True)
    if len(quote.words) > _REPEATS * len({w.form for w in quote.words}):
        return
    for start, end in _places(quote, source, near):
        yield _align(quote, source, start, end)
    if quote.cuts:
        for start, end in _places(quote, source, near + _MARKED_ROOM * len(quote.cuts)):
            yield _align(quote, source, start, end)


def _fit(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """More words first, then the shorter stretch of the transcript."""
    return len(pairs), pairs[0][1] - pairs[-1][1] if pairs else 0


def _places(quote: Quote, source: Transcript, size: int) -> list[tuple[int, int]]:
    """Windows of `size` words of the transcript that hold most of the quote's telling words, best first."""
    score = np.zeros(len(source.words) + 1)
    for form in {w.form for w in quote.words} & source.at.keys():
        score[source.at[form]] += source.weight(form)
    total = np.concatenate([[0.0], np.cumsum(score)])
    size = min(size, len(source.words))
    sums = total[size:-1] - total[: len(total) - 1 - size]
    found: list[tuple[int, int]] = []
    for start in np.argsort(-sums, kind="stable"):
        if all(abs(int(start) - other) > size // 2 for other, _ in found):
            found.append((int(start), int(start) + size))
        if len(found) == _PLACES:
            break
    return [(max(0, a - size // 2), b + size // 2) for a, b in found]


def _align(quote: Quote, source: Transcript, start: int, end: int, most: bool = False) -> list[tuple[int, int]]:
    """Pairs (word of the quote, word of the transcript) in order.

    From the longest common runs outwards, or with `most` as many words as can stand in one order.
    """
    ours, theirs = [w.form for w in quote.words], [w.form for w in source.words[start:end]]
    blocks: Sequence[Any] = (
        LCSseq.editops(ours, theirs).as_matching_blocks()
        if most
        else SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    )
    return _without_strays(quote, [(b.a + k, start + b.b + k) for b in blocks for k in range(b.size)])


def _without_strays(quote: Quote, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop the smaller side of every leap that is longer than a cut may be."""
    groups: list[list[tuple[int, int]]] = []
    for pair in pairs:
        last = groups[-1][-1] if groups else None
        room = _MARKED_ROOM if last and quote.marks_between(last[0], pair[0]) else _ROOM
        if last is None or pair[1] - last[1] > room:
            groups.append([])
        groups[-1].append(pair)
    return max(groups, key=len, default=[])


def _result(quote: Quote, source: Transcript, pairs: list[tuple[int, int]]) -> Check:
    edits, silent = _edits(quote, source, pairs)
    span = Span(source.words[pairs[0][1]].span.start, source.words[pairs[-1][1]].span.end)
    changed = any(e.op in ("replace", "reorder") or (e.op == "insert" and e.quote not in quote.editor) for e in edits)
    cut = any(e.op == "cut" for e in edits)
    verdict: Verdict = "altered" if changed else "trimmed" if cut else "verbatim"
    return Check(verdict, span, tuple(edits), not silent, context(source.text, span))


def _edits(quote: Quote, source: Transcript, pairs: list[tuple[int, int]]) -> tuple[list[Edit], bool]:
    """All differences in the order of the quote, and whether any cut is not shown."""
    edits: list[Edit] = []
    silent = False
    first, last = pairs[0], pairs[-1]
    edges = [(-1, first[1] - 1 - first[0]), *pairs, (len(quote.words), last[1] + len(quote.words) - last[0])]
    for (a, i), (b, j) in pairwise(edges):
        outer = a < 0 or b == len(quote.words)
        ours = _hull(quote.words, a + 1, b)
        theirs = _hull(source.words, max(0, i + 1), min(j, len(source.words)))
        marks = quote.marks_between(a, b)
        if ours is not None:
            edits.append(_change(quote, source, ours, theirs, i))
        elif theirs is not None and not outer:
            silent = silent or not marks
            at = marks[0] if marks else Span(quote.words[a].span.end, quote.words[a].span.end)
            edits.append(Edit("cut", at, theirs))
            marks = marks[1:]
        edits.extend(Edit("insert", m, _point(source, i)) for m in marks if m in quote.editor)
    return _reordered(quote, source, edits), silent


def _change(quote: Quote, source: Transcript, ours: Span, theirs: Span | None, before: int) -> Edit:
    """Words that are the quote's own: added, put for others, or the same in another order."""
    if theirs is None:
        return Edit("insert", ours, _point(source, before))
    return Edit("reorder" if _same_words(quote, source, ours, theirs) else "replace", ours, theirs)


def _same_words(quote: Quote, source: Transcript, ours: Span, theirs: Span) -> bool:
    """The same words in any order."""
    return sorted(tokenize(ours.of(quote.text)).forms) == sorted(tokenize(theirs.of(source.text)).forms)


def _reordered(quote: Quote, source: Transcript, edits: list[Edit]) -> list[Edit]:
    """Words that are cut in one place and inserted in another are one edit: moved."""
    kept = list(edits)
    for insert in [e for e in edits if e.op == "insert"]:
        for cut in [e for e in kept if e.op == "cut"]:
            if _same_words(quote, source, insert.quote, cut.transcript):
                kept[kept.index(insert)] = Edit("reorder", insert.quote, cut.transcript)
                kept.remove(cut)
                break
    return kept


def _hull(words: tuple[Word, ...], start: int, end: int) -> Span | None:
    return Span(words[start].span.start, words[end - 1].span.end) if start < end else None


def _point(source: Transcript, before: int) -> Span:
    """The empty span after word `before` of the transcript."""
    end = source.words[min(max(before, 0), len(source.words) - 1)].span.end if before >= 0 else 0
    return Span(end, end)


def context(text: str, span: Span, room: int = 160) -> str:
    """The passage around `span`: of its lines, whole words, at most `room` characters on either side."""
    line = text.rfind("\n", 0, span.start) + 1
    start = line if span.start - line <= room else text.find(" ", span.start - room, span.start) + 1 or span.start
    stop = text.find("\n", span.end) if "\n" in text[span.end :] else len(text)
    end = stop if stop - span.end <= room else max(text.rfind(" ", span.end, span.end + room), span.end)
    return text[start:end].strip()
