"""Voice: words that carry a point of view, and whose it is: the outlet's, or that of an attribution."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from sayso.extraction.nouns import Attribution, Voice
from sayso.extraction.words.vocabulary import Vocabulary, vocabulary
from sayso.languages.schema import Words
from sayso.text.span import Span, hull
from sayso.text.tokens import Tokens


def voice(tokens: Tokens, words: Words, attributions: Sequence[Attribution]) -> list[Voice]:
    """All such words in order.

    Inside an attribution's content the innermost attribution holds them. A cue that doubts, knows or judges ("claimed",
    "revealed") was chosen by the outlet, whatever stands in its content.
    """
    table = vocabulary(words)
    cues = _cues(tokens, table, attributions)
    taken = {found.span for found in cues}
    contents = _Contents(attributions)
    found = [Voice(span, kind, contents.holder(span)) for span, kind in _words(tokens, table) if span not in taken]
    return sorted(cues + found, key=lambda one: one.span)


def _words(tokens: Tokens, table: Vocabulary) -> list[tuple[Span, str]]:
    """Words of the pack's [voice] table."""
    found: list[tuple[Span, str]] = []
    starts = table.voice_starts
    end = 0
    for i, form in enumerate(tokens.forms):
        if form in starts and i >= end:
            match = table.voice.at(tokens, i)
            if match is not None:
                end = match[0]
                found.append((tokens.span(i, end), match[1]))
    return found


def _cues(tokens: Tokens, table: Vocabulary, attributions: Sequence[Attribution]) -> list[Voice]:
    """Cues whose manner is not plain."""
    found: dict[Span, Voice] = {}
    for one in attributions:
        for span in one.cue:
            for i in range(bisect_right(tokens.ends, span.start), bisect_left(tokens.starts, span.end)):
                match = table.hints.at(tokens, i)
                if match is not None and match[1].cue is not None and match[1].cue.manner != "plain":
                    whole = Span(tokens.starts[i] + match[1].shift, tokens.ends[match[0] - 1])
                    found.setdefault(whole, Voice(whole, match[1].cue.manner, "outlet"))
    return list(found.values())


class _Contents:
    """Finds the innermost attribution around a span, in time that grows with the depth of nesting only."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self.attributions = attributions
        spans = [(hull(one.content), i) for i, one in enumerate(attributions)]
        self.spans = sorted(spans, key=lambda pair: (pair[0].start, -pair[0].end))
        self.starts = [span.start for span, _ in self.spans]
        self.around: list[int] = []
        open_at: list[int] = []
        for at, (span, _) in enumerate(self.spans):
            while open_at and self.spans[open_at[-1]][0].end < span.end:
                open_at.pop()
            self.around.append(open_at[-1] if open_at else -1)
            open_at.append(at)

    def holder(self, span: Span) -> Literal["outlet"] | int:
        """Index of the attribution whose content holds `span`, or "outlet"."""
        at = bisect_right(self.starts, span.start) - 1
        while at >= 0:
            number = self.spans[at][1]
            if any(part.contains(span) for part in self.attributions[number].content):
                return number
            at = self.around[at]
        return "outlet"
