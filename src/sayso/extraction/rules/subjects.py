"""Subjects: which noun phrase is the source of a cue: its own, one behind it, or one shared with an earlier verb."""

from __future__ import annotations

from sayso.extraction.cues.behind import right_source
from sayso.extraction.cues.frames import Frame
from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import before_comma, leading_phrase, left_source
from sayso.extraction.nouns import Spans
from sayso.extraction.rules.found import Found, Sofar

_SHORT = 6
_FAR = 14
"""Words of one who is cited, at most."""
_BACK = 8
"""How many earlier verbs of the sentence may lend their subject."""


def subject(scene: Scene, frame: Frame, sofar: Sofar) -> tuple[Spans | None, int]:
    """Source of the frame's cue (None: the author's own words) and the token after what stands right of the cue."""
    hit, cue = frame.hit, frame.hit.cue
    limit = frame.opener.at if frame.opener.kind != "none" else frame.last
    if cue is None or not hit.finite:
        return inherited(scene, frame, sofar) or _beside(scene, frame), hit.last
    if hit.clitic >= 0:
        return (scene.tokens.span(hit.clitic, hit.clitic + 1),), hit.last
    if cue.kind == "noun" and (cited := cited_by(scene, frame)):
        return cited, hit.last
    if cue.kind == "impersonal":
        return _told_in(scene, frame, limit)
    if scene.words.order == "vso" and frame.edge.why != "relative":
        spans, after = right_source(scene, hit.last, limit)
        if spans and frame.opener.kind != "none":
            return spans, after
        if hit.hint.shift or frame.begin == hit.first:
            return (spans, after) if spans else (inherited(scene, frame, sofar), hit.last)
    left = left_source(scene, hit, frame.edge, frame.floor)
    if left is None or left:
        return left, hit.last
    if frame.edge.why in ("coordinator", "relative"):
        return inherited(scene, frame, sofar), hit.last
    return _behind(scene, frame, sofar, limit)


def cited_by(scene: Scene, frame: Frame) -> Spans:
    """Who is cited by a noun for what is said («نقلت الصحيفة عن الوزير قوله»)."""
    hit, forms = frame.hit, scene.tokens.forms
    floor = max(frame.floor, hit.first - _FAR)
    at = next((i for i in range(hit.first - 2, floor - 1, -1) if forms[i] in scene.words.cited), None)
    if at is None or any(scene.inside[i] >= 0 for i in range(at, hit.first)):
        return ()
    span = scene.span(at + 1, hit.first)
    return (span,) if span is not None else ()


def _beside(scene: Scene, frame: Frame) -> Spans:
    """The short noun phrase right before a participle ("a letter from Holt saying …")."""
    hit, words = frame.hit, scene.words
    if words.order != "svo" or not 0 < hit.first - frame.begin <= _SHORT:
        return ()
    left = left_source(scene, hit, frame.edge, frame.floor)
    return left or ()


def _told_in(scene: Scene, frame: Frame, limit: int) -> tuple[Spans, int]:
    """Where an impersonal cue says that it is told («говорится в заявлении»)."""
    at = frame.hit.last
    if at < limit and scene.tokens.forms[at] in scene.words.within:
        return right_source(scene, at + 1, limit)
    return (), at


def _behind(scene: Scene, frame: Frame, sofar: Sofar, limit: int) -> tuple[Spans | None, int]:
    """The subject after the verb ("said Holt"), or none written in this clause."""
    hit, forms = frame.hit, scene.tokens.forms
    at = hit.last
    limit = min(limit, hit.particle) if hit.particle > at else limit
    if at < limit and forms[at] in scene.words.within:
        at += 1
    spans, after = right_source(scene, at, limit)
    if not spans and frame.edge.why == "comma":
        return before_comma(scene, hit, frame.floor) or inherited(scene, frame, sofar), hit.last
    if spans and forms[at] in scene.words.insiders:
        return None, after
    return (spans, after) if spans else (inherited(scene, frame, sofar), hit.last)


def inherited(scene: Scene, frame: Frame, sofar: Sofar) -> Spans:
    """The subject shared with an earlier verb of the same sentence, written once there."""
    at = scene.tokens.starts[frame.hit.head]
    for found in reversed(sofar.in_sentence[-_BACK:]):
        if found.source and not _apart(sofar, found, at):
            return found.source
    if (
        frame.edge.why in ("coordinator", "comma")
        and frame.edge.begin == frame.hit.first
        and scene.words.order == "svo"
    ):
        return leading_phrase(scene, frame.first, frame.hit.first)
    return ()


def _apart(sofar: Sofar, found: Found, at: int) -> bool:
    """Does `found` lie inside the content of another one, and the cue at `at` outside of it?"""
    cue = found.frame.hit.spans[0].start
    return any(
        part.start <= cue < part.end and not part.start <= at < part.end
        for other in sofar.in_sentence[-_BACK:]
        if other is not found
        for part in other.content
    )
