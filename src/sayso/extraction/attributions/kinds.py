"""Kinds: whether a content is told in its speaker's own words."""

from __future__ import annotations

from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Spans, Type
from sayso.text.span import hull


def kind_of(laid: Scene, content: Spans) -> Type:
    """direct: at least nine tenths of the letters stand in quotation marks; indirect: none; else mixed."""
    text = laid.tokens.text
    total = sum(map(str.isalnum, "".join(span.of(text) for span in content)))
    quoted = 0
    for quote in laid.quotes_in(hull(content)):
        span = laid.tokens.span(quote.first, quote.last + 1)
        for part in content:
            low, high = max(part.start, span.start), min(part.end, span.end)
            quoted += sum(map(str.isalnum, text[low:high])) if low < high else 0
    if not quoted or not total:
        return "indirect"
    return "direct" if quoted >= 0.9 * total else "mixed"
