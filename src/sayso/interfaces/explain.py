"""Explain: an annotated row as people look at it: its paragraphs, the marks in them, and a note on each attribution.

A mark's label is a letter and numbers as in `text.markup` (`s` source, `c` cue, `q` content): the number is that of the
attribution, counted from 1, and ties its parts together. Spans that are the same for several attributions are one mark
with several numbers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, TypeVar

from sayso import workspace
from sayso.documents.kinds import JSON
from sayso.documents.nouns import Capture
from sayso.documents.read import captures, versions
from sayso.errors import InputError
from sayso.extraction.annotate import settled
from sayso.interfaces import wording
from sayso.interfaces.visible import visible
from sayso.text.span import Span

T = TypeVar("T")

KINDS = {"q": "content", "s": "source", "c": "cue"}
"""Letters of the marks, the outer first where two kinds mark the same words."""
_ORDER = "".join(KINDS)
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One part of one attribution, or of several that share it."""

    kind: str
    numbers: tuple[int, ...]
    span: Span

    @property
    def label(self) -> str:
        """ "q1", or "s1,3" for a source that attributions 1 and 3 share."""
        return self.kind + ",".join(map(str, self.numbers))


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of one attribution: who, how, found by what, inside which other; `spans` by kind."""

    number: int
    speaker: str | None
    stance: str
    type: str
    rule: str
    score: float
    model: str | None
    inside: int | None
    spans: Mapping[str, tuple[Span, ...]]

    @property
    def about(self) -> str:
        """Stance, type and what is missing or in parts, in words."""
        missing = [f"no {name}" for kind, name in KINDS.items() if not self.spans[kind]]
        parts = [
            f"{name} in {len(self.spans[kind])} parts" for kind, name in KINDS.items() if len(self.spans[kind]) > 1
        ]
        return " · ".join([self.stance, wording.TYPES.get(self.type, self.type), *missing, *parts])

    @property
    def found(self) -> str:
        """What found it, and how sure that is."""
        by = f"found by {self.rule}, " if self.rule else ""
        return f"{by}score {self.score:.2f}" + (f" · model {self.model}" if self.model else "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text that is not blank, with what lies in it, and the notes on attributions whose cues begin here.

    `marks`: outer first, each with the part of its span that lies here; `light`: figures and times with their values.
    """

    span: Span
    marks: tuple[tuple[Mark, Span], ...]
    light: tuple[tuple[Span, str], ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A text with all that was found in it."""

    id: str
    title: str
    lang: str
    published: str | None
    outlet: str | None
    text: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def count(self) -> int:
        """How many attributions there are."""
        return sum(len(p.notes) for p in self.paragraphs)


def articles(source: str, failures: list[str], jobs: int = 1) -> Iterator[Article]:
    """What is found in the rows, texts and pages of `source` (a file, a folder, "-"); `failures` takes the others."""
    names: deque[str] = deque()

    def lines() -> Iterator[str]:
        for capture in captures(source):
            for line in [capture] if isinstance(capture, InputError) else _lines(capture):
                if isinstance(line, InputError):
                    failures.append(str(line))
                else:
                    names.append(line[0])
                    yield line[1]

    for line, error in workspace.annotate(lines(), jobs):
        name = names.popleft()
        if error:
            failures.append(f"{name}: {error}")
        else:
            yield explained(json.loads(line))


def _lines(capture: Capture) -> Iterator[tuple[str, str] | InputError]:
    """Name and line of each article in a capture; a row goes on as it stands, so that offsets are those of its text."""
    if capture.media_type == JSON:
        yield capture.name, capture.body.decode("utf-8-sig", "surrogateescape")
        return
    for version in versions(capture):
        if isinstance(version, InputError):
            yield version
        else:
            about = {name: getattr(settled(version), name) for name in ("title", "lang", "published", "outlet", "text")}
            yield capture.name, json.dumps({"id": capture.name, **about})


def explained(row: Mapping[str, Any]) -> Article:
    """An annotated row (CONTRACTS) as it is shown; every character of its text stands at its old offset."""
    text = visible(row["text"])
    notes = [_note(i, one) for i, one in enumerate(row["attributions"], 1)]
    figures = [(Span(*f["span"]), _figure(f)) for f in row.get("figures", ())]
    times = [(Span(*t["span"]), visible(t["value"])) for t in row.get("times", ())]
    return Article(
        id=visible(str(row["id"])),
        title=visible(row.get("title") or str(row["id"])),
        lang=visible(row["lang"]),
        published=visible(row["published"]) if row.get("published") else None,
        outlet=visible(row["outlet"]) if row.get("outlet") else None,
        text=text,
        paragraphs=tuple(_paragraphs(text, notes, sorted(figures + times))),
    )


def direction(words: str) -> Literal["ltr", "rtl"]:
    """The direction in which words run: that of their first letter."""
    strong = (unicodedata.bidirectional(char) for char in words)
    return "rtl" if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def outer_first(mark: Mark) -> tuple[int, int, int, tuple[int, ...]]:
    """Sort key: by start, the longer one first, then by kind."""
    return mark.span.start, -mark.span.end, _ORDER.index(mark.kind), mark.numbers


def _note(number: int, one: Mapping[str, Any]) -> Note:
    return Note(
        number=number,
        speaker=visible(one["speaker"]) if one["speaker"] else None,
        stance=visible(one["stance"]),
        type=visible(one["type"]),
        rule=visible(one.get("rule") or ""),
        score=one["score"],
        model=visible(one["model"]) if one.get("model") else None,
        inside=None if one["nested_in"] is None else one["nested_in"] + 1,
        spans={kind: tuple(Span(*span) for span in one[name]) for kind, name in KINDS.items()},
    )


def _figure(figure: Mapping[str, Any]) -> str:
    values = [f"{v:,}" for v in (figure["value"], figure.get("value_high")) if v is not None]
    qualifier = figure["qualifier"] if figure["qualifier"] != "exact" else ""
    return visible(" ".join(filter(None, [qualifier, " to ".join(values), figure.get("unit")])))


def _marks(notes: Iterable[Note]) -> list[Mark]:
    """One mark for each span and kind, outer first."""
    single = sorted(
        (s, kind, n.number) for n in notes for kind, spans in n.spans.items() for s in spans if s.length > 0
    )
    grouped = groupby(single, key=lambda part: part[:2])
    shared = (Mark(kind, tuple(dict.fromkeys(p[2] for p in same)), span) for (span, kind), same in grouped)
    return sorted(shared, key=outer_first)


def _paragraphs(text: str, notes: list[Note], light: list[tuple[Span, str]]) -> list[Paragraph]:
    spans = [Span(*found.span()) for found in _LINE.finditer(text)]
    starts = [span.start for span in spans]
    marks = _by_paragraph(spans, starts, [(mark, mark.span) for mark in _marks(notes)])
    values = _by_paragraph(spans, starts, [(value, span) for span, value in light])
    standing: list[list[Note]] = [[] for _ in spans]
    for note in notes if spans else ():
        first = next((note.spans[kind][0].start for kind in "cqs" if note.spans[kind]), 0)
        standing[max(0, bisect_right(starts, first) - 1)].append(note)
    return [
        Paragraph(span, tuple(marks[i]), tuple((part, value) for value, part in values[i]), tuple(standing[i]))
        for i, span in enumerate(spans)
    ]


def _by_paragraph(spans: list[Span], starts: list[int], items: Iterable[tuple[T, Span]]) -> list[list[tuple[T, Span]]]:
    """For each paragraph the items with words in it, each with the part of its span that lies there."""
    found: list[list[tuple[T, Span]]] = [[] for _ in spans]
    for item, whole in items:
        for i in range(max(0, bisect_right(starts, whole.start) - 1), bisect_left(starts, whole.end)):
            part = Span(max(whole.start, spans[i].start), min(whole.end, spans[i].end))
            if part.length > 0:
                found[i].append((item, part))
    return found
