"""Places: where a judged statement or figure stands in an article as it is read now, and what to call it for good."""

from __future__ import annotations

from sayso.extraction.nouns import Spans
from sayso.linking.article import Annotated
from sayso.linking.judgements.nouns import Kind, Thing
from sayso.text.span import Span

_ENOUGH = 0.5  # share of the characters of both that two readings of one statement have in common


def thing(article: Annotated, kind: Kind, place: int) -> Thing:
    """The statement or figure at `place` by its words, so that another reading of the article still finds it."""
    if kind == "statement":
        return Thing(article.id, kind, article.said(place), article.attributions[place].content)
    spans = (article.figures[place].span,) if article.figures[place].span.length else ()
    words = "" if article.text is None else " … ".join(span.of(article.text) for span in spans)
    return Thing(article.id, kind, words, spans)


def place(article: Annotated, wanted: Thing) -> int | None:
    """The statement or figure that shares most of its characters with `wanted`, at least half; None without one."""
    spans = _now(article, wanted)
    if spans is None:
        return None
    if not spans:
        same = (i for i in range(len(article.attributions)) if article.said(i) == wanted.words)
        return next(same, None) if wanted.kind == "statement" and wanted.words else None
    found = [(_shared(spans, own), -i) for i, own in enumerate(_all(article, wanted.kind))]
    share, at = max(found, default=(0.0, 0))
    return -at if share >= _ENOUGH else None


def _all(article: Annotated, kind: Kind) -> list[Spans]:
    if kind == "statement":
        return [attribution.content for attribution in article.attributions]
    return [(figure.span,) for figure in article.figures]


def _now(article: Annotated, wanted: Thing) -> Spans | None:
    """Where the words of `wanted` stand in the text as it is now; None when they no longer do."""
    text = article.text
    if text is None or not wanted.spans:
        return wanted.spans
    if " … ".join(span.of(text) for span in wanted.spans) == wanted.words:
        return wanted.spans
    parts = wanted.words.split(" … ") if len(wanted.spans) > 1 else [wanted.words]
    found = [_nearest(text, part, span.start) for part, span in zip(parts, wanted.spans, strict=False)]
    return tuple(span for span in found if span) if found and all(found) else None


def _nearest(text: str, words: str, at: int) -> Span | None:
    """Where `words` stand in `text`, nearest to `at`."""
    starts = [start for start in (text.rfind(words, 0, at + len(words)), text.find(words, at)) if start >= 0]
    start = min(starts, key=lambda start: abs(start - at), default=None)
    return None if start is None or not words else Span(start, start + len(words))


def _shared(a: Spans, b: Spans) -> float:
    """Characters of both over characters of either."""
    both = sum(one.overlap(other) for one in a for other in b)
    either = sum(span.length for span in a + b) - both
    return both / either if either else 0.0
