"""Reported: the rules for speech, belief and plans told without quotation marks."""

from __future__ import annotations

from sayso.extraction.cues.behind import right_source
from sayso.extraction.cues.frames import Frame, content_end, is_tail, trimmed
from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import BARS, COMMAS, left_source
from sayso.extraction.nouns import Spans
from sayso.extraction.rules.found import Found, Sofar, whole
from sayso.extraction.rules.subjects import subject

_DASHES = frozenset("-–—")
_MARKS = COMMAS | BARS
_TOPIC = 6
"""A subject put before its verb, where that is not the rule, is short."""


def clause(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """Holt said that …"""
    cue = frame.hit.cue
    if frame.opener.kind != "clause" or cue is None or cue.kind == "noun" or "clause" not in cue.takes:
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
    if frame.opener.kind not in ("none", "quote") or cue is None or not {"bare", "quote"} & set(cue.takes):
        return None
    if cue.kind not in ("verb", "impersonal") or not _has_front(scene, frame):
        return None
    if not is_tail(scene, frame.hit, frame.edge, frame.last):
        return None
    inverted = scene.tokens.forms[frame.begin] in scene.words.auxiliaries
    if scene.words.capital_nouns and frame.begin < frame.hit.first and not inverted:
        return None
    if _is_name_only(scene, frame.first, frame.begin - 1) or _is_cut_off(scene, frame):
        return None
    source, after = subject(scene, frame, sofar)
    if source is None or (not source and cue.kind != "impersonal"):
        return None
    start = frame.first
    if source and source[0].start < scene.tokens.ends[frame.begin - 1] and source[0].end > scene.tokens.starts[start]:
        return None
    spans = trimmed(scene, start, frame.begin - 1) + _goes_on(scene, frame, max(after, frame.hit.last))
    used = scene.used(start, frame.begin - 1)
    return Found("tail", frame, source, spans, used) if spans else None


def _is_cut_off(scene: Scene, frame: Frame) -> bool:
    """Whether, where the verb comes first, the front is another report whose content comes behind this cue."""
    front = range(frame.first, frame.begin - 1)
    if scene.words.order != "vso" or not any(i in scene.heads for i in front):
        return False
    return all(scene.words.openers.at(scene.tokens, i) is None and scene.inside[i] < 0 for i in front)


def _goes_on(scene: Scene, frame: Frame, after: int) -> Spans:
    """Content that continues after a cue clause set between commas or dashes."""
    forms = scene.tokens.forms
    if after < frame.last and forms[after] in COMMAS | _DASHES:
        start = after + 1
        while start < frame.last and forms[start] in _MARKS:
            start += 1
        if any(hit.cue is None for hit in scene.hits_between(start, start + 1)):
            return ()
        end = content_end(scene, frame, start) if start < frame.last else start
        return trimmed(scene, start, end) if end - start > 3 else ()
    return ()


def _is_name_only(scene: Scene, first: int, last: int) -> bool:
    """Roles, names and adverbs only ("The mayor Mira Holt, however"): a subject that a comma parts from its verb."""
    words, tokens = scene.words, scene.tokens
    named = words.names_capital and tokens.forms[first] in words.nominal and last - first >= 2
    rest = (words.nominal, words.adverbs, words.particles)
    return named and all(
        tokens.word(i)[0].isupper()
        or not tokens.forms[i].isalnum()
        or any(tokens.forms[i] in listed for listed in rest)
        or i > last - 2
        for i in range(first, last)
    )


def _has_front(scene: Scene, frame: Frame) -> bool:
    """Is what stands before the cue's clause a content, not an adverbial ("In a speech, Holt said.")?"""
    forms, size = scene.tokens.forms, frame.begin - frame.first
    if frame.hit.last < frame.last - 4 and forms[frame.hit.last] in COMMAS and frame.begin < frame.hit.first:
        return size > 1
    if size < 4:
        goes_on = any(form in COMMAS for form in forms[frame.hit.last : min(frame.hit.last + 2, frame.last - 4)])
        opens = forms[frame.first]
        return goes_on and size > 1 and (opens in scene.words.articles or opens not in scene.words.closed)
    return size > 8 or forms[frame.first] not in scene.words.prepositions


def parenthesis(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """As Holt said, the bridge is safe. — The bridge, as Holt said, is safe."""
    forms, words = scene.tokens.forms, scene.words
    cue, begin = frame.hit.cue, frame.begin
    at = begin if begin < frame.hit.first else begin - 1
    if (
        cue is None
        or at < frame.first
        or forms[at] not in words.parentheses
        or frame.opener.kind in ("clause", "colon")
    ):
        return None
    limit = next((i for i in range(frame.hit.last, frame.last) if forms[i] in COMMAS), frame.last)
    start = frame.hit.last + (frame.hit.last < limit and forms[frame.hit.last] in words.within)
    source, after = right_source(scene, start, limit)
    if not source:
        source = trimmed(scene, at + 1, frame.hit.first)
    if not source and cue.kind != "impersonal":
        return None
    del sofar
    front = trimmed(scene, frame.first, at) if at - frame.first > 2 else ()
    back = trimmed(scene, max(after, limit), content_end(scene, frame, max(after, limit)))
    cue_spans = (scene.tokens.span(at, at + 1), *frame.hit.spans)
    if frame.hit.first == at + 1 and len(frame.hit.spans) == 1:
        cue_spans = (scene.tokens.span(at, frame.hit.last),)
    spans = front + back
    used = scene.used(frame.first, frame.last)
    return Found("parenthesis", frame, source, spans, used, cue_spans) if spans else None


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
    if scene.words.bare == "comma" and not _opens_clause(scene, frame, after):
        return None
    if scene.words.bare == "none" or (scene.words.bare == "comma") != _comma_follows(scene, after, frame.last):
        return None
    if after < frame.last and scene.tokens.forms[after] in scene.words.prepositions:
        return None
    end = content_end(scene, frame, after)
    return whole(scene, "bare", frame, source, after, end) if end - after >= 3 else None


def _opens_clause(scene: Scene, frame: Frame, comma: int) -> bool:
    """Not a reason, a time or a place, and no passive before („wurden Kleider gezeigt, die …“)."""
    forms, words = scene.tokens.forms, scene.words
    linked = comma + 1 < frame.last and forms[comma + 1] in words.subordinators
    return not linked and words.passives.isdisjoint(forms[frame.begin : frame.hit.first])


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
    if scene.words.capital_nouns and frame.opener.kind != "quote":
        return None
    if frame.hit.passive or frame.hit.infinitive or cue.kind == "noun":
        return None
    source, after = subject(scene, frame, sofar)
    if (not source and cue.kind != "impersonal") or (
        scene.words.order == "vso" and not _is_bounded(scene, frame, source, after)
    ):
        return None
    if scene.words.bare == "none" and after < frame.last and scene.tokens.forms[after] in scene.words.prepositions:
        after += 1
    end = _clause_end(scene, after, content_end(scene, frame, after))
    return whole(scene, "about", frame, source or (), after, end)


def _is_bounded(scene: Scene, frame: Frame, source: Spans | None, after: int) -> bool:
    """Where the verb comes first, source and object touch: only a mark or a preposition tells them apart."""
    if not source:
        return False
    tokens, hit = scene.tokens, frame.hit
    if source[0].start > tokens.starts[hit.head]:
        return after < frame.last and (tokens.forms[after] in COMMAS or tokens.forms[after] in scene.words.prepositions)
    return not hit.hint.shift and frame.edge.why != "coordinator" and hit.first - frame.begin <= _TOPIC


def _clause_end(scene: Scene, start: int, last: int) -> int:
    """First comma outside quotes, or `last`."""
    forms = scene.tokens.forms
    return next((i for i in range(start, last) if forms[i] in COMMAS and scene.inside[i] < 0), last)
