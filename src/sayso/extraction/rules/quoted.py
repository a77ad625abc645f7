"""Quoted: the rules for cues beside quotation marks."""

from __future__ import annotations

from sayso.extraction.cues.frames import Frame, content_end, trimmed
from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import BARS, COMMAS
from sayso.extraction.rules.found import Found, Sofar
from sayso.extraction.rules.subjects import subject

_DASHES = frozenset("-–—")
_MARKS = COMMAS | BARS


def quote_before(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """“…,” Holt said. — and the quote that goes on after the cue."""
    number = _quote_left(scene, frame)
    if number is None or frame.opener.kind in ("clause", "colon", "infinitive"):
        return None
    cue = frame.hit.cue
    if cue is None or "quote" not in cue.takes or cue.kind == "noun":
        return None
    source, _ = subject(scene, frame, sofar)
    if source is None:
        return None
    quote = scene.quotes[number]
    front = frame.first if not _busy(sofar) and quote.first > frame.first else quote.first
    spans, used = list(trimmed(scene, front, quote.last + 1)), [number]
    if frame.opener.kind == "quote":
        other = scene.inside[frame.opener.at]
        used.append(other)
        spans += trimmed(
            scene, frame.opener.at, max(scene.quotes[other].last + 1, content_end(scene, frame, frame.opener.at))
        )
    return Found("quote_before", frame, source, tuple(spans), tuple(used))


def _quote_left(scene: Scene, frame: Frame) -> int | None:
    """Number of the quote that ends right before the cue's clause."""
    i = frame.begin - 1
    while i > frame.first and scene.tokens.forms[i] in _MARKS and scene.inside[i] < 0:
        i -= 1
    return scene.inside[i] if i >= frame.first and i < len(scene.inside) and scene.inside[i] >= 0 else None


def _busy(sofar: Sofar) -> bool:
    return bool(sofar.in_sentence)


def quote_after(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Holt said: “…” — also with words of the clause before or behind the marks."""
    if frame.opener.kind not in ("quote", "colon") or frame.hit.cue is None or "quote" not in frame.hit.cue.takes:
        return None
    if frame.hit.cue.kind == "noun" and frame.opener.kind != "colon":
        return None
    start = frame.opener.at + (frame.opener.kind == "colon")
    while start < len(scene.inside) and scene.inside[start] < 0 and scene.tokens.forms[start] in BARS:
        start += 1
    if start >= len(scene.inside) or scene.inside[start] < 0:
        return None
    source, after = subject(scene, frame, sofar)
    if source is None:
        return None
    number = scene.inside[start]
    quote, used = scene.quotes[number], [number]
    begin = after if _reads_on(scene, frame, after, start) else start
    end = max(quote.last + 1, content_end(scene, frame, start)) if start < frame.last else quote.last + 1
    spans = list(trimmed(scene, begin, end))
    while not scene.quotes[used[-1]].closed and _reopens(scene, used[-1]):
        used.append(used[-1] + 1)
        spans += trimmed(scene, scene.quotes[used[-1]].first, scene.quotes[used[-1]].last + 1)
    return Found("quote_after", frame, source, tuple(spans), tuple(used))


def _reads_on(scene: Scene, frame: Frame, after: int, start: int) -> bool:
    """Unquoted words between cue and quote that belong to the content ("said the plan “failed”")."""
    if frame.opener.kind == "colon" or start - after < 2 or scene.words.order == "vso":
        return False
    forms, words = scene.tokens.forms, scene.words
    between = forms[after:start]
    cue = frame.hit.cue
    if cue is not None and "object" in cue.takes and not {"clause", "bare"} & set(cue.takes):
        return True
    light = between[0] in words.prepositions or between[0] in words.calendar
    return not (light or any(form in COMMAS for form in between))


def _reopens(scene: Scene, number: int) -> bool:
    """Does the next paragraph open with the next quote?"""
    if number + 1 >= len(scene.quotes):
        return False
    following = scene.quotes[number + 1]
    return following.first == scene.quotes[number].last + 1 and scene.tokens.breaks[following.first]
