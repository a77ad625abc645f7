"""Explain as a page: one HTML file that needs nothing else; its one script, held by its digest, only draws arrows."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import jinja2

import sayso
from sayso.interfaces import wording
from sayso.interfaces.environment import environment
from sayso.interfaces.explain import Article, Mark, Note, Paragraph, direction
from sayso.interfaces.report import plural
from sayso.text.span import Span

_DEEPEST = 3  # shades of content inside content


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that the same marks cover: nothing in them begins or ends.

    `classes` for the eye; `begin`: labels of the marks that begin here, "…" before those that go on from the paragraph
    before; `within`: a label for each attribution around, the innermost last; `targets`: attributions found here.
    """

    words: str
    classes: str
    begin: str
    within: str
    targets: tuple[int, ...]
    value: str


def page(articles: Sequence[Article]) -> str:
    """The whole page, articles in their order."""
    script = _resource("explain.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = _environment().get_template("explain.html.jinja")
    return template.render(
        articles=articles,
        attributions=sum(article.count for article in articles),
        script=script,
        digest=digest,
        version=sayso.__version__,
    )


def segments(article: Article, paragraph: Paragraph) -> list[Segment]:
    """The words of a paragraph in pieces; together they are its text."""
    parts = [*(part for _, part in paragraph.marks), *(part for part, _ in paragraph.light)]
    cuts = sorted({*paragraph.span, *(edge for part in parts for edge in part)})
    targets = _targets(paragraph)
    return [_segment(article.text, Span(*cut), paragraph, targets) for cut in pairwise(cuts)]


def chain(article: Article, note: Note) -> list[tuple[str, str]]:
    """Class and words of source, cue and content, as far as they are there; parts are joined by …"""
    order = (("s", "source"), ("c", "cue"), ("q", "content"))
    return [
        (name, " … ".join(s.of(article.text) for s in note.spans[kind])) for kind, name in order if note.spans[kind]
    ]


def _segment(text: str, cut: Span, paragraph: Paragraph, targets: dict[tuple[str, Span], tuple[int, ...]]) -> Segment:
    around = [mark for mark, part in paragraph.marks if part.contains(cut)]
    begin = [mark for mark, part in paragraph.marks if part.start == cut.start]
    value = next((value for span, value in paragraph.light if span.contains(cut)), "")
    return Segment(
        words=cut.of(text),
        classes=_classes(around, cut, bool(value)),
        begin=" ".join(("" if mark.span.start == cut.start else "…") + mark.label for mark in begin),
        within=" ".join(f"{mark.kind}{number}" for mark in around for number in mark.numbers),
        targets=tuple(number for mark in begin for number in targets.get((mark.kind, mark.span), ())),
        value=value,
    )


def _classes(around: list[Mark], cut: Span, light: bool) -> str:
    """The innermost kind, how deep the contents lie in each other, and where contents begin and end."""
    contents = [mark for mark in around if mark.kind == "q"]
    depth = min(len(contents), _DEEPEST)
    found = [
        *dict.fromkeys(mark.kind for mark in around if mark.kind != "q"),
        f"q q{depth}" if depth else "",
        "first" if any(mark.span.start == cut.start for mark in contents) else "",
        "last" if any(mark.span.end == cut.end for mark in contents) else "",
        "light" if light else "",
    ]
    return " ".join(filter(None, found))


def _targets(paragraph: Paragraph) -> dict[tuple[str, Span], tuple[int, ...]]:
    """Where the links of notes lead to: the first part of a cue, else of content or source."""
    found: dict[tuple[str, Span], tuple[int, ...]] = {}
    for note in paragraph.notes:
        first = next(((kind, note.spans[kind][0]) for kind in "cqs" if note.spans[kind]), None)
        if first:
            found[first] = (*found.get(first, ()), note.number)
    return found


@cache
def _environment() -> jinja2.Environment:
    made = environment()
    made.filters.update(language=wording.language, direction=direction, plural=plural)
    made.globals.update(segments=segments, chain=chain)
    return made


def _resource(name: str) -> str:
    return files("sayso.interfaces").joinpath("templates", name).read_text(encoding="utf-8")
