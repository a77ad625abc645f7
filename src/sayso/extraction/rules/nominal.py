"""Nominal: the rules for claims told by a noun ("his claim that") or told of the sentence before («об этом»)."""

from __future__ import annotations

from sayso.extraction.cues.behind import right_source
from sayso.extraction.cues.frames import Frame, content_end, trimmed
from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import COMMAS
from sayso.extraction.nouns import Spans
from sayso.extraction.rules.found import Found, Sofar, whole
from sayso.extraction.rules.subjects import cited_by


def noun(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """His claim that the bridge was safe."""
    cue = frame.hit.cue
    if cue is None or cue.kind != "noun" or frame.opener.kind != "clause" or frame.opener.at > frame.hit.last:
        return None
    source = _owner(scene, frame) or cited_by(scene, frame)
    if not source and (cue.manner == "plain" or _is_denied(scene, frame, sofar)):
        return None
    return whole(scene, "noun", frame, source, frame.opener.at, content_end(scene, frame, frame.opener.at))


def _is_denied(scene: Scene, frame: Frame, sofar: Sofar) -> bool:
    """ "She denied claims that …": the content is told once, by the verb that denies it."""
    start = scene.tokens.starts[frame.opener.at]
    return any(
        one.frame.hit.cue is not None
        and one.frame.hit.cue.stance == "denies"
        and any(part.start <= start < part.end for part in one.content)
        for one in sofar.in_sentence
    )


def _owner(scene: Scene, frame: Frame) -> Spans:
    """The possessor before a noun ("Holt's claim", "their earlier claim")."""
    forms, words, tokens = scene.tokens.forms, scene.words, scene.tokens
    for at in range(frame.hit.first - 1, max(frame.first, frame.hit.first - 4) - 1, -1):
        if forms[at] in words.pronouns and forms[at] in words.articles:
            return (tokens.span(at, at + 1),)
        if forms[at] in words.possessives and at > frame.first + 1 and forms[at - 1] == "'":
            first = at - 1
            while first > frame.first and tokens.word(first - 1)[0].isupper():
                first -= 1
            return (tokens.span(first, at - 1),) if first < at - 1 else (tokens.span(first - 1, at - 1),)
        if forms[at] in words.articles or forms[at] in words.prepositions or forms[at] in COMMAS:
            break
    return ()


def before_it(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Об этом заявил Холт: the content is the sentence before."""
    del sofar
    if frame.hit.cue is None or frame.opener.kind not in ("none", "quote"):
        return None
    place, content = anaphora(scene, frame), sentence_before(scene, frame)
    if place is None or not content:
        return None
    spans, _ = right_source(scene, place if place > frame.hit.last else frame.hit.last, frame.last)
    if not spans and place <= frame.hit.first:
        left = scene.span(place, frame.hit.first)
        spans = (left,) if left is not None else ()
    first, last = scene.sentences[scene.sentence_of(frame.hit.head) - 1]
    return Found("before_it", frame, spans, content, scene.used(first, last))


def sentence_before(scene: Scene, frame: Frame) -> Spans:
    """The sentence before the frame's; () before the first."""
    number = scene.sentence_of(frame.hit.head)
    return trimmed(scene, *scene.sentences[number - 1]) if number else ()


def anaphora(scene: Scene, frame: Frame) -> int | None:
    """End of an anaphoric phrase at the sentence's start or right after the cue."""
    for i in (*range(frame.first, min(frame.first + 3, frame.hit.first)), frame.hit.last):
        outside = i < frame.last and scene.inside[i] < 0
        match = scene.words.anaphora.at(scene.tokens, i) if outside else None
        if match is not None:
            return match[0]
    return None
