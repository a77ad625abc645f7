"""Cited: what a report takes from another («агентство со ссылкой на полицию сообщило, что …»), without its own verb."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sayso.extraction.attributions.tagged import Draft, touch
from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Attribution, Spans
from sayso.extraction.people.names import token_range
from sayso.text.span import Span

_CITED = "according"


def without_report(laid: Scene, drafted: Sequence[Draft], found: Sequence[Attribution]) -> list[Draft]:
    """The drafts; one that holds the source or the verb of the report which tells its words has the rule's instead."""
    told: dict[Spans, list[Attribution]] = defaultdict(list)
    for one in found:
        if one.rule != _CITED:
            told[one.content].append(one)
    return [_pared(laid, draft, told.get(draft.rule.content, [])) if draft.rule else draft for draft in drafted]


def _pared(laid: Scene, draft: Draft, reports: Sequence[Attribution]) -> Draft:
    rule = draft.rule
    if rule is None or rule.rule != _CITED or not reports:
        return draft
    source, content = _ranges(laid, rule.source), _ranges(laid, rule.content)
    tellers = _ranges(laid, [span for one in reports for span in one.source])
    verbs = _ranges(laid, [span for one in reports for span in one.cue])
    own = laid.sentences[laid.sentence_of(draft.anchor)]
    if not touch([own], content):  # what stands beside the phrase only takes up the sentence before
        verbs = [own]
    if touch(tellers, draft.source):
        draft = replace(draft, source=source, agrees=(draft.agrees[0], 1.0))
    if touch(verbs, draft.content):
        draft = replace(draft, content=content, agrees=(1.0, draft.agrees[1]))
    return draft


def _ranges(laid: Scene, spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [token_range(laid.tokens, span) for span in spans]
