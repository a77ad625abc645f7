"""Frames: what stands around one cue, told once so that the rules can be short."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extraction.cues.hits import Hit
from sayso.extraction.cues.scene import STOPS, Scene
from sayso.extraction.cues.sources import COMMAS, Edge, apposition_edge, around_infinitive, clause_edge
from sayso.text.span import Span

_CUTS = 12
_NEAR = 5
_ASIDE = 4
"""Words before the cue of an aside."""
_GAP = 30
"""An opener is looked for at most this many tokens after the cue."""
_DASHES = frozenset("-–—")
_COLONS = frozenset(":：")


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens the content after a cue: quote, clause, infinitive, colon, or none; at token `at`."""

    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One cue in its sentence `[first, last)`. `floor`: nothing before it belongs to this cue's clause."""

    hit: Hit
    first: int
    last: int
    floor: int
    edge: Edge
    opener: Opener

    @property
    def begin(self) -> int:
        """First token of the cue's own clause."""
        return self.edge.begin


def frame(scene: Scene, hit: Hit) -> Frame:
    """The frame of a cue hit."""
    first, last = scene.sentences[scene.sentence_of(hit.head)]
    floor = first
    edge = clause_edge(scene, hit.first, floor)
    if edge == (hit.first, "comma") and scene.words.bare == "direct":
        edge = apposition_edge(scene, hit, floor) or edge
    return Frame(hit, first, last, floor, edge, find_opener(scene, hit, last))


def find_opener(scene: Scene, hit: Hit, last: int) -> Opener:
    """Scan right of the cue for what opens its content."""
    tokens, words = scene.tokens, scene.words
    for i in range(hit.last, min(last, hit.last + _GAP)):
        form = tokens.forms[i]
        if i == hit.particle:
            continue
        if scene.inside[i] >= 0:
            return Opener("quote", i)
        if form in _COLONS:
            far = words.bare == "direct" and i - hit.last > _NEAR and _opens_subject(scene, hit.last)
            return Opener("none", hit.last) if far else Opener("colon", i)
        if words.openers.at(tokens, i) is not None and _may_open(scene, hit, i) and not _parted(scene, hit, i):
            return Opener("none", hit.last) if _closes_aside(scene, hit, i) else Opener("clause", i)
        if i <= hit.last + 1 and hit.cue is not None and "infinitive" in hit.cue.takes and _infinitive(scene, i, last):
            return Opener("infinitive", i)
        if i in scene.heads or form in STOPS or form == ";":
            behind = _behind_aside(scene, hit, i, last) if i in scene.heads else None
            return Opener("clause", behind) if behind is not None else Opener("none", hit.last)
    return Opener("none", hit.last)


def _behind_aside(scene: Scene, hit: Hit, cue: int, last: int) -> int | None:
    """The complementiser behind an aside between commas that holds a later cue ("said, asking not to be named, that").

    Such asides hold a participle, or any verb where the verb comes first.
    """
    forms, words = scene.tokens.forms, scene.words
    if words.order != "vso" and not any(map(_is_participle, scene.hits_between(cue, cue + 1))):
        return None
    opened = any(forms[i] in COMMAS for i in range(hit.last, cue))
    at = next((i + 1 for i in range(cue + 1, min(last - 1, cue + _GAP)) if forms[i] in COMMAS), None)
    return at if opened and at is not None and words.openers.at(scene.tokens, at) is not None else None


def _is_participle(hit: Hit) -> bool:
    return hit.cue is not None and hit.cue.kind == "participle"


def _closes_aside(scene: Scene, hit: Hit, i: int) -> bool:
    """Whether the comma before an opener at `i` closes an aside that an earlier cue's clause holds."""
    forms = scene.tokens.forms
    able = scene.words.order == "vso" or _is_participle(hit)
    if not able or forms[i - 1] not in COMMAS or i - hit.last < 2:
        return False
    first = scene.sentences[scene.sentence_of(hit.head)][0]
    comma = next((k for k in range(hit.first - 1, first, -1) if forms[k] in COMMAS), None)
    if comma is None or hit.first - comma > _ASIDE:
        return False
    return any(k in scene.heads for k in range(first, comma)) and not any(
        scene.words.openers.at(scene.tokens, k) is not None for k in range(first, comma)
    )


def _opens_subject(scene: Scene, i: int) -> bool:
    """Does a clause open at `i` ("said he was ready: …")?"""
    form, words = scene.tokens.forms[i], scene.words
    return form in words.pronouns or form in words.articles


def _infinitive(scene: Scene, i: int, last: int) -> bool:
    """An infinitive at `i`, or its opener with one behind it where endings tell it."""
    forms, words = scene.tokens.forms, scene.words
    if not words.infinitive_endings:
        return forms[i] in words.infinitives
    at = i + 1 if forms[i] in words.infinitives and i + 1 < last else i
    if scene.tokens.word(at)[0].isupper():
        return False
    return len(forms[at]) > 3 and forms[at].endswith(words.infinitive_endings)


def _may_open(scene: Scene, hit: Hit, i: int) -> bool:
    """A complementiser right after the cue, or after a source, an addressee or a time; not a later relative pronoun."""
    forms, words = scene.tokens.forms, scene.words
    if i > hit.last and forms[i - 1] in words.blockers:
        return False
    if i == hit.last or words.order == "vso" or (forms[i - 1] in COMMAS and forms[i] not in words.interrogatives):
        return True
    if forms[i] in words.interrogatives:
        return i - hit.last <= 1
    if forms[i] not in words.relatives:
        return i - hit.last <= 8
    lead = scene.tokens.word(hit.last)
    gap_is_light = forms[hit.last] in words.prepositions or forms[hit.last] in words.calendar or lead[0].isupper()
    return i - hit.last <= 1 or (gap_is_light and i - hit.last <= 12)


def _parted(scene: Scene, hit: Hit, i: int) -> bool:
    """An according-phrase with a relative pronoun opens a content only behind a noun ("l'avis selon lequel")."""
    return i in scene.heads and hit.cue is not None and hit.cue.kind != "noun"


def content_end(scene: Scene, frame: Frame, start: int) -> int:
    """Where the content that opens at `start` ends: the sentence's end, or a later cue on the same level."""
    for hit in scene.hits_between(start + 1, frame.last)[:_CUTS]:
        cut = _cut(scene, frame, hit, start)
        if cut is not None:
            return cut
    return frame.last


def _cut(scene: Scene, frame: Frame, hit: Hit, start: int) -> int | None:
    """The token before which a later cue cuts this content off, or None when the cue lies inside it."""
    forms, words = scene.tokens.forms, scene.words
    if hit.cue is None or hit.cue.kind == "noun" or hit.first <= start:
        return None
    before = hit.first - 1
    if hit.cue.kind == "participle":
        return before if forms[before] in COMMAS else None
    if forms[before] in words.coordinators:
        return before - 1 if forms[before - 1] in COMMAS else before
    if words.order == "vso":
        strong = find_opener(scene, hit, frame.last).kind in ("clause", "quote", "colon")
        return (before if forms[before] in COMMAS else hit.first) if hit.hint.shift and strong else None
    edge = clause_edge(scene, hit.first, start)
    link = edge.begin - 1
    if edge.begin == start and around_infinitive(scene, start, hit.first) is not None:
        return hit.first
    if edge.why == "comma" and is_tail(scene, hit, edge, frame.last):
        return link
    if link > start + 1 and forms[link] in words.connectors and forms[link - 1] in COMMAS:
        return link - 1
    if edge.why == "bar" and forms[link] == ";":
        return link
    return None


def is_tail(scene: Scene, hit: Hit, edge: Edge, last: int) -> bool:
    """Does the cue's clause follow its content ("…, Holt said.", «…, сообщает агентство»)?"""
    forms, words = scene.tokens.forms, scene.words
    if edge.why not in ("comma", "quote", "bar"):
        return False
    i, size = hit.last, 0
    written = edge.begin < hit.first
    while i < last and size <= 14:
        form = forms[i]
        if written and (form in words.prepositions or form in words.calendar):
            return True
        if form in STOPS or form in COMMAS or form in _DASHES or scene.inside[i] >= 0:
            return True
        if form in _COLONS or words.complements.at(scene.tokens, i) is not None or form in words.infinitives:
            return False
        if written:
            return False
        i, size = i + 1, size + 1
    return i >= last and (written or i > hit.last)


def trimmed(scene: Scene, first: int, last: int) -> tuple[Span, ...]:
    """One span as a tuple, or none when nothing is left."""
    span = scene.span(first, last)
    return (span,) if span is not None else ()
