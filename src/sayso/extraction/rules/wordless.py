"""Wordless: attributions told by marks alone: a signature under a quote, and quotes in languages without a pack."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extraction.cues.quotes import Quote
from sayso.extraction.cues.scene import STOPS, Scene
from sayso.extraction.cues.sources import BARS, COMMAS
from sayso.extraction.nouns import Spans

_DASHES = frozenset("-–—―")
_COLONS = frozenset(":：")
_ENDS = COMMAS | BARS
_NAME = 12
"""A name with its titles, or a verb and its subject, in words."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who said a quote, as the marks around it tell: rule, source and cue."""

    rule: str
    source: Spans
    cue: Spans


def signed(scene: Scene, quote: Quote) -> Told | None:
    """“We tried.” — Mira Holt"""
    tokens = scene.tokens
    at = quote.last + 1
    if at + 1 >= len(tokens) or tokens.forms[at] not in _DASHES or not tokens.word(at + 1)[0].isupper():
        return None
    end = at + 1
    while end < len(tokens) and not tokens.breaks[end] and end - at <= _NAME:
        end += 1
    sentence = scene.used(at + 1, end) or tokens.forms[at + 1] in scene.words.closed
    if sentence or (end < len(tokens) and not tokens.breaks[end]):
        return None
    source = scene.span(at + 1, end)
    return Told("signed", (source,), (tokens.span(at, at + 1),)) if source is not None else None


def named(scene: Scene, quote: Quote) -> Told | None:
    """Mira Holt: “We tried.”"""
    tokens, words = scene.tokens, scene.words
    colon = quote.first - 1
    if colon < 1 or not words.has_case or tokens.forms[colon] not in _COLONS or tokens.breaks[quote.first]:
        return None
    first = colon
    while first > 0 and colon - first < _NAME and not tokens.breaks[first]:
        if not (
            tokens.word(first - 1)[0].isupper()
            or tokens.forms[first - 1] in words.particles
            or tokens.forms[first - 1] in words.coordinators
        ):
            break
        first -= 1
    while first < colon and not tokens.word(first)[0].isupper():
        first += 1
    source = scene.span(first, colon)
    return Told("transcript", (source,), (tokens.span(colon, colon + 1),)) if source is not None else None


def marked(scene: Scene, quote: Quote) -> Told | None:
    """Without a word of the language: «quote», verb name. — Name verb: «quote» — Name verb, «quote»"""
    return _behind(scene, quote) or _before(scene, quote)


def _behind(scene: Scene, quote: Quote) -> Told | None:
    tokens = scene.tokens
    at = quote.last + 1
    while at < len(tokens) and not tokens.breaks[at] and (tokens.forms[at] in COMMAS or tokens.forms[at] in _DASHES):
        at += 1
    if at >= len(tokens) or tokens.breaks[at]:
        return None
    letter, marked = tokens.word(at)[0], at > quote.last + 1
    if not (letter.islower() or (marked and letter.isalpha() and not letter.isupper())):
        return None
    end = at
    while (
        end < len(tokens)
        and not tokens.breaks[end]
        and tokens.forms[end] not in COMMAS | BARS
        and scene.inside[end] < 0
    ):
        end += 1
    return _parted(scene, at, at + 1, at + 1, end) if 1 < end - at <= _NAME else None


def _before(scene: Scene, quote: Quote) -> Told | None:
    tokens = scene.tokens
    colon = quote.first - 1
    if colon < 2 or tokens.forms[colon] not in _COLONS | COMMAS or tokens.breaks[quote.first]:
        return None
    first = colon
    while (
        first > 0 and not tokens.breaks[first] and tokens.forms[first - 1] not in STOPS and scene.inside[first - 1] < 0
    ):
        first -= 1
    return _parted(scene, colon - 1, colon, first, colon - 1) if 1 < colon - first <= _NAME else None


def _parted(scene: Scene, cue: int, cue_end: int, first: int, last: int) -> Told | None:
    source = scene.span(first, last)
    return Told("marked", (source,), (scene.tokens.span(cue, cue_end),)) if source is not None else None
