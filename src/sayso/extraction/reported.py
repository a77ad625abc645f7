"""Reported: the rules for speech, belief and plans told without quotation marks."""

from __future__ import annotations

from sayso.extraction.found import Found, Sofar, whole
from sayso.extraction.frames import Frame, content_end, is_tail, trimmed
from sayso.extraction.quoted import goes_on
from sayso.extraction.scene import Scene
from sayso.extraction.sources import COMMAS, left_source
from sayso.extraction.subjects import subject


def clause(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Holt said that …"""
    cue = frame.hit.cue
    if frame.opener.kind != "clause" or cue is None or "clause" not in cue.takes:
        return None
    source, _ = subject(scene, frame, sofar)
    if source is None or (frame.hit.infinitive and not source):
        return None
    end = content_end(scene, frame, frame.opener.at)
    return whole(scene, "clause", frame, source, frame.opener.at, end)


def colon(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Holt said: the bridge … — speech without marks."""
    cue = frame.hit.cue
    if frame.opener.kind != "colon" or cue is None or not {"quote", "bare"} & set(cue.takes):
        return None
    start, last = frame.opener.at + 1, frame.last
    if start >= last:
        return None
    source, _ = subject(scene, frame, sofar)
    return None if source is None else whole(scene, "colon", frame, source, start, content_end(scene, frame, start))


def tail(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """The bridge will open in May, Holt said. — Bridges, Holt said, age."""
    cue = frame.hit.cue
    if frame.opener.kind not in ("none", "quote") or cue is None or not {"bare", "clause"} & set(cue.takes):
        return None
    if frame.begin - frame.first < 4 or cue.kind != "verb" or not is_tail(scene, frame.hit, frame.edge, frame.last):
        return None
    source, after = subject(scene, frame, sofar)
    if source is None or (not source and not _is_parenthesis(scene, frame)):
        return None
    start = frame.first
    spans = trimmed(scene, start, frame.begin - 1) + goes_on(scene, frame, max(after, frame.hit.last))
    used = sorted({scene.inside[i] for i in range(start, frame.begin - 1)} - {-1})
    return Found("tail", frame, source, spans, tuple(used)) if spans else None


def _is_parenthesis(scene: Scene, frame: Frame) -> bool:
    return frame.begin < frame.hit.first and scene.tokens.forms[frame.begin] in scene.words.parentheses


def bare(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Holt said the bridge would open."""
    cue = frame.hit.cue
    if cue is None or "bare" not in cue.takes or frame.opener.kind not in ("none", "quote"):
        return None
    if frame.hit.infinitive or frame.hit.passive:
        return None
    source, after = subject(scene, frame, sofar)
    if not source or after > frame.hit.last:
        return None
    if scene.words.bare == "none" or (scene.words.bare == "comma") != _comma_follows(scene, after, frame.last):
        return None
    if after < frame.last and scene.tokens.forms[after] in scene.words.prepositions:
        return None
    end = content_end(scene, frame, after)
    return whole(scene, "bare", frame, source, after, end) if end - after >= 3 else None


def _comma_follows(scene: Scene, at: int, last: int) -> bool:
    return at < last and scene.tokens.forms[at] in COMMAS


def infinitive(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Holt promised to open the bridge."""
    if frame.opener.kind != "infinitive":
        return None
    if frame.hit.passive:
        return _expected(scene, frame)
    source, _ = subject(scene, frame, sofar)
    if not source or frame.hit.infinitive:
        return None
    start = frame.opener.at
    return whole(scene, "infinitive", frame, source, start, content_end(scene, frame, start))


def _expected(scene: Scene, frame: Frame) -> Found | None:
    """The bridge is expected to open: nobody is named, the subject belongs to the content."""
    left = left_source(scene, frame.hit, frame.edge, frame.floor)
    spans = trimmed(scene, frame.opener.at, content_end(scene, frame, frame.opener.at))
    return Found("expected", frame, (), (left or ()) + spans) if spans else None


def about(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Holt denied the report: a noun phrase as content."""
    cue = frame.hit.cue
    if cue is None or "object" not in cue.takes or frame.opener.kind in ("colon", "clause"):
        return None
    if frame.hit.passive or frame.hit.infinitive or cue.kind == "noun":
        return None
    source, after = subject(scene, frame, sofar)
    if not source:
        return None
    end = _clause_end(scene, after, content_end(scene, frame, after))
    return whole(scene, "about", frame, source, after, end)


def _clause_end(scene: Scene, start: int, last: int) -> int:
    """First comma outside quotes, or `last`."""
    forms = scene.tokens.forms
    return next((i for i in range(start, last) if forms[i] in COMMAS and scene.inside[i] < 0), last)
