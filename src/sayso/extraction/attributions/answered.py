"""Answered: what a speaker was asked is neither his words nor theirs whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extraction.cues.asked import Question, at, is_asker, question, topic_end
from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Attribution, Spans
from sayso.extraction.people.names import token_range
from sayso.text.span import Span


def without_questions(laid: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """The same attributions, where words of the matter that somebody was asked about are no source and no content.

    What was asked stays an attribution without a source, except of the asker that the phrase names.
    """
    asked = [one for first, _ in laid.sentences if (one := _opening(laid, first)) is not None]
    return [_mended(laid, one, asked) for one in found]


def _opening(laid: Scene, first: int) -> Question | None:
    """The phrase that opens a sentence, also behind a conjunction ("When asked about …")."""
    for i in range(first, min(first + 2, len(laid.tokens))):
        found = at(laid.tokens, laid.words, i)
        if found is not None:
            return found
    return None


def _mended(laid: Scene, one: Attribution, asked: Sequence[Question]) -> Attribution:
    if not one.cue:
        return one
    put = question(laid.tokens, laid.words, *token_range(laid.tokens, one.cue[0]))
    if put is not None and put.sure:
        source = tuple(span for span in one.source if is_asker(put, *token_range(laid.tokens, span)))
        return replace(one, source=source)
    topics = [topic for q in asked if (topic := _topic(laid, q)) is not None and topic.end <= one.cue[0].start]
    return replace(one, source=_outside(one.source, topics), content=_outside(one.content, topics) or one.content)


def _topic(laid: Scene, asked: Question) -> Span | None:
    end = topic_end(laid.tokens, asked)
    return laid.tokens.span(asked.first, end) if end > asked.end else None


def _outside(spans: Spans, topics: Sequence[Span]) -> Spans:
    """The spans that do not lie in what was asked."""
    return tuple(span for span in spans if not any(topic.contains(span) for topic in topics))
