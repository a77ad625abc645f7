"""Plausible: whether the phrase beside a cue can be one who says something; if not, the rules abstain."""

from __future__ import annotations

from sayso.extraction.cues.frames import Frame
from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Spans
from sayso.extraction.people.names import token_range
from sayso.text.span import Span


def can_say(scene: Scene, frame: Frame, source: Spans) -> bool:
    """False for nobody ("Nobody said"), for words without a head ("dos", „werde“) and for things behind a verb."""
    if _is_nobody(scene, frame, source) or _is_question(scene, source):
        return False
    return not source or any(_has_head(scene, frame, span) for span in source)


def _is_nobody(scene: Scene, frame: Frame, source: Spans) -> bool:
    """Does a negative quantifier stand where the subject stands?"""
    words, tokens = scene.words, scene.tokens
    if frame.hit.cue is None or not words.nobody:
        return False
    places = [token_range(tokens, span)[0] for span in source]
    if not source:
        places = list(range(frame.begin, min(frame.hit.last + 2, frame.last)))
    return any(words.nobody.at(tokens, i) is not None for i in places if scene.inside[i] < 0)


def _is_question(scene: Scene, source: Spans) -> bool:
    """Does an auxiliary stand before the subject ("Did anyone believe …")?"""
    if not source or scene.words.bare != "direct":
        return False
    first, last = token_range(scene.tokens, source[0])
    return (
        last - first > 1
        and scene.tokens.forms[first] in scene.words.auxiliaries
        and (scene.tokens.word(first + 1)[0].islower())
    )


def _has_head(scene: Scene, frame: Frame, span: Span) -> bool:
    """A pronoun, a word for people or bodies, or else a word that is not closed and, where that tells, a capital."""
    tokens, words = scene.tokens, scene.words
    first, last = token_range(tokens, span)
    forms = tokens.forms[first:last]
    if any(form in words.nominal or form in words.pronouns or form in words.relatives for form in forms):
        return True
    inside = frame.hit.hint.role == "around"
    if inside and any(form in words.articles for form in forms):
        return True
    if words.capital_nouns or (words.has_case and inside):
        return any(tokens.text[at].isupper() for at in tokens.starts[first:last])
    return any(form[:1].isalpha() and form not in words.empty for form in forms)
