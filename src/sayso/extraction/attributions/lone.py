"""Lone: what the rules are surer of than the tagger: quotations that are signed by their speaker, or stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extraction.attributions.held import Held
from sayso.extraction.attributions.tagged import CONTENT, Draft, Runs, overlap, touch
from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Attribution
from sayso.extraction.people.names import token_range

Judged = list[tuple[Draft, float]]
SIGNED = "signed"
_MOSTLY = 0.7
_SCORE = 0.5
"""Of what the rules find alone: as often right as wrong where the tagger says nothing."""


def with_lone(laid: Scene, judged: Judged, found: Sequence[Attribution]) -> Judged:
    """`judged`, with every lone quotation that the rules found as a draft of its own.

    Where it was taken for a part of the statement before it, it is parted from that one (the convention of our
    annotation; PolNeAR's is to join them). Where the tagger said nothing of it, the rule stands.
    """
    held = _held(judged)
    for one in found:
        if one.source or one.cue:
            continue
        runs = [token_range(laid.tokens, span) for span in one.content]
        holder = next((i for i in held.contents(runs) if touch(judged[i][0].content, runs)), None)
        if holder is None:
            held.add(len(judged), _draft(one, runs))
            judged.append((_draft(one, runs), _SCORE))
            continue
        draft, score = judged[holder]
        rest = [run for run in draft.content if not touch([run], runs)]
        taken = [run for run in draft.content if touch([run], runs)]
        if draft.cue and rest and overlap(taken, runs) >= _MOSTLY:
            judged[holder] = replace(draft, content=rest), score
            held.add(len(judged), _draft(one, runs))
            judged.append((_draft(one, runs), score))
    return judged


def with_signed(laid: Scene, judged: Judged, found: Sequence[Attribution]) -> Judged:
    """`judged`, with quotations signed by their speaker ("…" — Name) as the rule reads them, row upon row.

    No data hold enough of them to learn from, and the tagger runs one into the next.
    """
    signed = [(one, [token_range(laid.tokens, span) for span in one.content]) for one in found if one.rule == SIGNED]
    if not signed:
        return judged
    quoted = {token for _, runs in signed for first, last in runs for token in range(first, last)}
    kept = [pair for pair in judged if _is_apart(pair[0], quoted)]
    for one, runs in signed:
        source, cue = ([token_range(laid.tokens, span) for span in spans] for spans in (one.source, one.cue))
        kept.append((replace(_draft(one, runs), source=source, cue=cue), one.score))
    return kept


def _is_apart(draft: Draft, quoted: set[int]) -> bool:
    """Whether it has nothing to do with the signed quotations, or is a report inside one."""
    shared = sum(token in quoted for first, last in draft.content for token in range(first, last))
    inside = bool(draft.cue) and draft.anchor in quoted
    return not shared or (inside and shared == sum(last - first for first, last in draft.content))


def _held(judged: Judged) -> Held:
    held = Held()
    for number, (draft, _) in enumerate(judged):
        held.add(number, draft)
    return held


def _draft(one: Attribution, runs: Runs) -> Draft:
    return Draft(runs[0][0], CONTENT, [], [], runs, one.stance, 0.0, (1.0, 1.0), one, (1.0, 1.0))
