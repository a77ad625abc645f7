"""According: attributions without a verb ("according to Holt", «по словам Холт», "reportedly")."""

from __future__ import annotations

from sayso.extraction.found import Found, Sofar
from sayso.extraction.frames import Frame, content_end, trimmed
from sayso.extraction.nouns import Spans
from sayso.extraction.scene import Scene
from sayso.extraction.sources import COMMAS, right_source
from sayso.text.span import Span


def according(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """All phrases of the pack's [according] table."""
    del sofar
    role, hit = frame.hit.hint.role, frame.hit
    if role == "before":
        source, after = right_source(scene, hit.last, frame.last)
        return _rest(scene, frame, "according", source, after, None)
    if role == "around":
        return _around(scene, frame)
    if role == "after":
        begin = frame.begin
        span = scene.span(begin, hit.first)
        return _rest(scene, frame, "according", (span,) if span else (), hit.last, None, begin)
    if role == "hearsay":
        return _hearsay(scene, frame)
    return None


def _around(scene: Scene, frame: Frame) -> Found | None:
    """«По его словам»: the source stands between the halves, or after the second one (по словам Холт)."""
    tokens, hit = scene.tokens, frame.hit
    close = hit.hint.close
    for i in range(hit.last, min(frame.last, hit.last + 8)):
        if tuple(tokens.forms[i : i + len(close)]) == close:
            end = i + len(close)
            cue = (*hit.spans, tokens.span(i, end))
            if i > hit.last:
                return _rest(scene, frame, "according", (tokens.span(hit.last, i),), end, cue)
            source, after = right_source(scene, end, frame.last)
            return _rest(scene, frame, "according", source, after, cue)
        if tokens.forms[i] in COMMAS or scene.inside[i] >= 0:
            break
    return None


def _rest(
    scene: Scene, frame: Frame, rule: str, source: Spans, after: int, cue: Spans | None, begin: int | None = None
) -> Found | None:
    """The content is what the sentence holds beside the phrase."""
    if not source:
        return None
    first = frame.hit.first if begin is None else begin
    front = trimmed(scene, frame.first, first) if first - frame.first > 3 else ()
    start = after
    end = content_end(scene, frame, start) if start < frame.last else start
    back = (
        trimmed(scene, start, end) if not front or (start < frame.last and scene.tokens.forms[start] in COMMAS) else ()
    )
    if front and back and back[0].length < front[0].length and scene.tokens.forms[start] not in COMMAS:
        back = ()
    spans = front + back
    used = sorted({q for q in scene.inside[frame.first : end] if q >= 0})
    return Found(rule, frame, source, spans, tuple(used), cue) if spans else None


def _hearsay(scene: Scene, frame: Frame) -> Found | None:
    """The clause around the word; nobody is named."""
    hit, forms = frame.hit, scene.tokens.forms
    first = hit.first
    while first > frame.first and forms[first - 1] not in COMMAS and scene.inside[first - 1] < 0:
        first -= 1
    last = hit.last
    while last < frame.last and forms[last] not in COMMAS:
        last += 1
    if hit.first - first < 2 and frame.last - last > 3 and last - hit.last < 2:
        last = frame.last
    front: tuple[Span, ...] = trimmed(scene, first, hit.first)
    spans = front + trimmed(scene, hit.last, last)
    return Found("hearsay", frame, (), spans) if spans else None
