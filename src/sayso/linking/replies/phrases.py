"""Phrases: which statement of its sentence a phrase of reply belongs to ("asked about …"), and what it names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sayso.linking.replies.remarks import Page, Remark
from sayso.linking.replies.words import Hit
from sayso.text.span import Span, hull

STOPS = frozenset(',،，;；؛:："“”«»„')
"""Marks at which a clause ends."""
_LONGEST = 400  # code points of a topic; a longer one was cut wrongly
_ASIDE = 2  # words between two commas that are no part of a topic (", however,")
_APART = 8  # tokens between a topic and the statement that replies to it
_ENDS = " \t\n,،、，;؛:：.。!?！？؟"


def phrases(page: Page) -> dict[int, list[Hit]]:
    """Index of an attribution -> the phrases of reply in its sentence that are its own, with what they name."""
    by_sentence: dict[int, list[Remark]] = {}
    for remark in page.remarks:
        by_sentence.setdefault(page.sentence(remark.head.start), []).append(remark)
    found: dict[int, list[Hit]] = {}
    for number, remarks in sorted(by_sentence.items()):
        places = page.within(page.sentences[number])
        for hit in page.reply.phrases(page.tokens, places.start, places.stop):
            owner = _owner(page, hit, remarks)
            own = _trimmed(page, hit, owner) if owner is not None else None
            if owner is not None and own is not None:
                found.setdefault(owner.index, []).append(own)
    return found


def _owner(page: Page, hit: Hit, remarks: list[Remark]) -> Remark | None:
    """The statement that a phrase belongs to: the next one in its sentence, else the one before."""
    words = hull(hit.words)
    quoted = [span for r in remarks for span in r.attribution.content if span.contains(hit.words[0])]
    free = [
        remark
        for remark in remarks
        if not any(words.overlap(span) for span in (*remark.attribution.cue, *remark.attribution.source))
        and all(span.contains(remark.head) for span in quoted)
        and not _is_relative(page, remark)
    ]
    after = [remark for remark in free if remark.head.start >= hit.words[0].end]
    if after:
        return min(after, key=lambda remark: remark.head.start)
    return max(free, key=lambda remark: remark.head.start, default=None)


def _is_relative(page: Page, remark: Remark) -> bool:
    """True for "…, which argued that …": it tells of somebody whom the words before it name."""
    before = bisect_left(page.tokens.starts, remark.head.start) - 1
    return before >= 0 and page.tokens.forms[before] in page.reply.relatives


def _trimmed(page: Page, hit: Hit, owner: Remark) -> Hit | None:
    """The hit with its topic cut where the statement goes on: at its source, cue or content, else at a comma.

    None where the statement is part of the topic ("was pressed on why he had said …") or far behind it.
    """
    if hit.topic is None or len(hit.words) > 1 or hit.topic.end <= hit.words[0].start:
        return hit
    attribution = owner.attribution
    parts = [span.start for span in (*attribution.source, *attribution.cue, *attribution.content)]
    start = min((at for at in parts if hit.topic.start <= at < hit.topic.end), default=None)
    places = page.within(hit.topic)
    commas = [i for i in places if page.tokens.forms[i] in STOPS and (start is None or page.tokens.starts[i] < start)]
    if start is None:
        end = page.tokens.starts[commas[0]] if commas else hit.topic.end
    else:
        end = _before_comma(page, places, commas, start)
        before = places[0] - 1 - len(page.within(hit.words[0]))
        passive = before >= 0 and page.tokens.forms[before] in page.reply.passives
        if (passive and not commas) or len(page.within(Span(end, start))) > _APART:
            return None
    text = page.tokens.text[hit.topic.start : end]
    topic = Span(hit.topic.start, hit.topic.start + len(text.rstrip(_ENDS)))
    return Hit(hit.kind, hit.way, hit.words, topic if 0 < topic.length <= _LONGEST else None)


def _before_comma(page: Page, places: Sequence[int], commas: list[int], start: int) -> int:
    """Where a topic ends that a statement follows at `start`: at the last comma, or at the one before an aside."""
    if not commas or commas[-1] == places[0]:
        return start
    aside = [i for i in commas[:-1] if commas[-1] - i <= _ASIDE + 1 and i > places[0]]
    return page.tokens.starts[aside[0] if aside else commas[-1]]
