"""According: attributions without a verb ("according to Holt", «по словам Холт», "reportedly")."""

from __future__ import annotations

from sayso.extraction.cues.behind import right_source
from sayso.extraction.cues.frames import Frame, content_end, trimmed
from sayso.extraction.cues.frames import frame as framed
from sayso.extraction.cues.hits import Hit, closing
from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import COMMAS
from sayso.extraction.nouns import Spans
from sayso.extraction.rules.found import Found, Sofar
from sayso.extraction.rules.nominal import anaphora, sentence_before
from sayso.text.span import Span

_NEAR = 5
"""Words from the one who is cited to the verb of the report."""


def according(scene: Scene, frame: Frame, sofar: Sofar) -> Found | None:
    """All phrases of the pack's [according] table."""
    del sofar
    role, hit = frame.hit.hint.role, frame.hit
    if role == "before" and (end := _relative(scene, hit.last)) > hit.last:
        of_noun = hit.head in scene.ends and hit.head not in scene.verb_ends
        source = () if of_noun else trimmed(scene, hit.last, end)
        return _rest(scene, frame, "according", source, end, None)
    if role == "before":
        if scene.tokens.forms[hit.head] in scene.words.tags and not _is_tag(scene, frame):
            return None
        source, after = right_source(scene, hit.last, frame.last, tag=False)
        if hit.hint.lead and source and source[0].length > 2 and scene.tokens.forms[hit.last].startswith(hit.hint.lead):
            source = (Span(source[0].start + len(hit.hint.lead), source[0].end), *source[1:])
        if source and _takes_up(scene, frame):
            content = sentence_before(scene, frame)
            return Found("according", frame, source, content, scene.used(frame.first, frame.last)) if content else None
        told = _told(scene, frame, after)
        if source and told:
            return Found("according", frame, source, told, scene.used(frame.first, frame.last))
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


def _told(scene: Scene, frame: Frame, after: int) -> Spans:
    """What a report says in whose clause the phrase stands («агентство со ссылкой на полицию сообщило, что …»); ()
    where it stands in none.

    The report's verb stands close behind the phrase, or before it, behind its own content or before that.
    """
    hit = frame.hit
    if not scene.words.has_case and scene.words.order == "svo":
        return ()
    comma = next((i for i in range(hit.first, frame.first, -1) if _is_comma(scene, i)), None)
    near = min(after + _NEAR, frame.last)
    following = next((one for one in scene.hits_between(after, near) if _is_report(one)), None)
    if following is not None and hit.first > frame.first:
        joined = not any(_is_comma(scene, i) for i in range(after, following.first))
        return _content(scene, following) if joined else ()
    start = frame.first if comma is None else comma + 1
    verbs = [one for one in scene.hits_between(start, hit.first) if _is_report(one)]
    if not verbs or scene.words.order != "svo":
        return ()
    if comma is not None:
        return trimmed(scene, frame.first, comma) if verbs[0].first == start else ()
    leads = after < frame.last and _is_comma(scene, after)
    return trimmed(scene, after, content_end(scene, frame, after)) if leads else ()


def _takes_up(scene: Scene, frame: Frame) -> bool:
    """The phrase stands behind a report of the sentence before («об этом сообщило агентство со ссылкой на полицию»)."""
    reports = scene.hits_between(frame.first, frame.hit.first)
    return any(map(_is_report, reports)) and anaphora(scene, frame) is not None


def _content(scene: Scene, report: Hit) -> Spans:
    """What a verb opens by a word, a colon or marks."""
    verb = framed(scene, report)
    at = verb.opener.at + (verb.opener.kind == "colon")
    said = verb.opener.kind in ("clause", "quote", "colon")
    return trimmed(scene, at, content_end(scene, verb, at)) if said else ()


def _is_comma(scene: Scene, i: int) -> bool:
    return scene.tokens.forms[i] in COMMAS


def _is_report(hit: Hit) -> bool:
    return hit.cue is not None and hit.cue.kind == "verb" and not hit.infinitive


def _relative(scene: Scene, first: int) -> int:
    """End of a relative pronoun at `first`, with its article ("el cual"), or `first`."""
    forms, words = scene.tokens.forms, scene.words
    if words.order == "vso":
        return first
    at = first + (first + 1 < len(forms) and forms[first] in words.articles)
    return at + 1 if at < len(forms) and forms[at] in words.linking else first


def _is_tag(scene: Scene, frame: Frame) -> bool:
    """A one-word phrase that is more often something else („so“) counts behind its content only."""
    at = frame.hit.head
    return at - frame.first > 3 and (scene.tokens.forms[at - 1] in COMMAS or scene.inside[at - 1] >= 0)


def _around(scene: Scene, frame: Frame) -> Found | None:
    """«По его словам»: the source stands between the halves, or after the second one (по словам Холт)."""
    tokens, hit = scene.tokens, frame.hit
    half = closing(tokens, hit.last, hit.hint)
    if half is None:
        return None
    i, end = half
    cue = (*hit.spans, tokens.span(i, end))
    if i > hit.last:
        return _rest(scene, frame, "according", (tokens.span(hit.last, i),), end, cue)
    source, after = right_source(scene, end, frame.last, tag=False)
    return _rest(scene, frame, "according", source, after, cue)


def _rest(
    scene: Scene, frame: Frame, rule: str, source: Spans, after: int, cue: Spans | None, begin: int | None = None
) -> Found | None:
    """The content is what the sentence holds beside the phrase."""
    if not source:
        return None
    first = frame.hit.first if begin is None else begin
    relative = _relative(scene, frame.hit.last) > frame.hit.last
    front = trimmed(scene, frame.first, first) if not relative and _is_front(scene, frame, first) else ()
    start = after
    end = content_end(scene, frame, start) if start < frame.last else start
    back = (
        trimmed(scene, start, end) if not front or (start < frame.last and scene.tokens.forms[start] in COMMAS) else ()
    )
    if front and back and back[0].length < front[0].length and scene.tokens.forms[start] not in COMMAS:
        back = ()
    spans = front + back
    used = scene.used(frame.first, end)
    return Found(rule, frame, source, spans, used, cue) if spans else None


def _is_front(scene: Scene, frame: Frame, first: int) -> bool:
    """Does the sentence begin with content ("The dam, according to …"), not with "Moreover, according to …"?"""
    size, forms = first - frame.first, scene.tokens.forms
    return size > 3 or (size > 1 and forms[frame.first] in scene.words.articles and forms[first - 1] in COMMAS)


def _hearsay(scene: Scene, frame: Frame) -> Found | None:
    """The clause around the word; nobody is named."""
    hit, forms = frame.hit, scene.tokens.forms
    commas = hit.first > frame.first and forms[hit.first - 1] in COMMAS and hit.last < frame.last
    if commas and forms[hit.last] in COMMAS:
        spans = trimmed(scene, frame.first, hit.first) + trimmed(scene, hit.last, content_end(scene, frame, hit.last))
        return Found("hearsay", frame, (), spans) if spans else None
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
