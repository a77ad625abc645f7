"""Last: the rule for languages whose verb stands last: source, content, cue («Kaya, köprünün açıldığını söyledi»)."""

from __future__ import annotations

from sayso.extraction.cues.frames import Frame, trimmed
from sayso.extraction.cues.scene import STOPS, Scene
from sayso.extraction.cues.sources import BARS, COMMAS, strip_lead
from sayso.extraction.nouns import Spans
from sayso.extraction.rules.found import Found, Sofar

_NAME = 25


def verb_last(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """The content ends right before the cue: a quote, or a clause made a noun."""
    cue, hit = frame.hit.cue, frame.hit
    if scene.words.order != "sov" or cue is None or cue.kind == "noun" or frame.opener.kind in ("colon", "clause"):
        return None
    floor = _floor(frame, sofar)
    number = _quote_left(scene, hit.first, floor)
    if number is not None and "quote" not in cue.takes and not _relative(scene, frame):
        return None
    start = scene.quotes[number].first if number is not None else hit.first
    if number is None and not _ends_as_noun(scene, frame):
        return None
    if _relative(scene, frame):
        source = _phrase(scene, hit.last, frame.last)
        split = start if number is not None else strip_lead(scene, floor, start)
    else:
        source, split = _left(scene, floor, start)
        if not source and cue.kind != "impersonal":
            behind = _phrase(scene, hit.last, frame.last) if number is not None else ()
            source = behind or _shared(sofar)
    if number is not None:
        quote = scene.quotes[number]
        return Found("verb_last", frame, source, trimmed(scene, quote.first, quote.last + 1), (number,))
    content = trimmed(scene, split, hit.first)
    return Found("verb_last", frame, source, content, scene.used(split, hit.first)) if content else None


def _floor(frame: Frame, sofar: Sofar) -> int:
    """Nothing before the last earlier cue of the sentence belongs to this one; the noun behind a participle does."""
    earlier = [found.frame.hit.last for found in sofar.in_sentence if found.frame.hit.last <= frame.hit.first]
    return max([frame.first, *earlier])


def _quote_left(scene: Scene, at: int, floor: int) -> int | None:
    """The quotation that ends right before token `at`."""
    i = at - 1
    while i >= floor and scene.inside[i] < 0 and (scene.tokens.forms[i] in COMMAS or scene.tokens.forms[i] in BARS):
        i -= 1
    return scene.inside[i] if i >= floor and scene.inside[i] >= 0 else None


def _ends_as_noun(scene: Scene, frame: Frame) -> bool:
    """The clause before the cue is made a noun by its ending."""
    endings, i = scene.words.infinitive_endings, frame.hit.first - 1
    while i > frame.first and scene.words.is_adverb(scene.tokens.forms[i]):
        i -= 1
    return i >= frame.first and bool(endings) and scene.tokens.forms[i].endswith(endings)


def _relative(scene: Scene, frame: Frame) -> bool:
    """A participle before its noun: a finite verb would close the clause."""
    cue, i = frame.hit.cue, frame.hit.last
    if cue is None or cue.kind != "verb" or i >= frame.last or "quote" in cue.takes:
        return False
    form = scene.tokens.forms[i]
    return form not in COMMAS and form not in BARS and form not in STOPS and form not in scene.words.connectors


def _left(scene: Scene, floor: int, stop: int) -> tuple[Spans, int]:
    """(source, where the content begins): the phrase before the first comma, or the leading name."""
    forms = scene.tokens.forms
    first = strip_lead(scene, floor, stop)
    comma = next((i for i in range(first, min(stop, first + _NAME)) if forms[i] in COMMAS), None)
    if comma is not None and _is_name(scene, first, comma):
        return _without_adverbs(scene, first, comma), comma + 1
    source = _phrase(scene, first, stop)
    if not source:
        return (), first
    end = next(i for i in range(first, stop + 1) if i == stop or scene.tokens.starts[i] >= source[0].end)
    if end < stop and forms[end] == "'":
        return (), first
    return source, end


def _without_adverbs(scene: Scene, first: int, last: int) -> Spans:
    """The phrase without the adverbs that end it."""
    while last > first and scene.words.is_adverb(scene.tokens.forms[last - 1]):
        last -= 1
    return trimmed(scene, first, last)


def _is_name(scene: Scene, first: int, last: int) -> bool:
    """A phrase outside quotations that ends in a name, a role, a pronoun or a noun."""
    words, tokens = scene.words, scene.tokens
    while last > first and words.is_adverb(tokens.forms[last - 1]):
        last -= 1
    if last <= first or any(scene.inside[i] >= 0 for i in range(first, last)):
        return False
    form = tokens.forms[last - 1]
    return tokens.word(last - 1)[0].isupper() or form in words.nominal or form in words.pronouns or form in words.nouns


def _phrase(scene: Scene, first: int, last: int) -> Spans:
    """The name that opens `[first, last)`: capitals and words for roles, up to the last of them in a row."""
    tokens, words = scene.tokens, scene.words
    i = solid = first
    while i < last:
        form = tokens.forms[i]
        if scene.inside[i] >= 0 or form in COMMAS or form in BARS:
            break
        if i > first and form in words.calendar:
            break
        if (
            form in words.nominal
            or form in words.pronouns
            or (tokens.word(i)[0].isupper() and form not in words.articles)
        ):
            solid = i + 1
        elif not (
            form in words.articles
            or form in words.particles
            or form in words.coordinators
            or form == "'"
            or (i > first and tokens.forms[i - 1] == "'")
            or form == "-"
        ):
            break
        i += 1
    return trimmed(scene, first, solid) if solid > first else ()


def _shared(sofar: Sofar) -> Spans:
    """The subject named with an earlier cue of the sentence."""
    return next((found.source for found in reversed(sofar.in_sentence) if found.source), ())
