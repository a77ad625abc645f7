"""Read: who says what, found by rules over the words of a language pack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sayso.extraction.attributions.answered import without_questions
from sayso.extraction.attributions.cited import without_report
from sayso.extraction.attributions.judged import by_content, finder, kept, score
from sayso.extraction.attributions.lone import SIGNED, with_lone, with_signed
from sayso.extraction.attributions.signs import anchor_of
from sayso.extraction.attributions.tagged import Draft, drafts, spans
from sayso.extraction.cues.frames import frame
from sayso.extraction.cues.scene import Scene, scene
from sayso.extraction.cues.sources import far_auxiliary
from sayso.extraction.cues.stances import is_negative, stance_of
from sayso.extraction.nouns import Attribution, Spans, Type
from sayso.extraction.rules.found import Found, Sofar
from sayso.extraction.rules.order import PHRASE_RULES, RULES
from sayso.extraction.rules.plausible import can_say
from sayso.extraction.rules.standing import standing
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.schema import Words
from sayso.models.tagger import Tagger
from sayso.text.span import hull
from sayso.text.tokens import Tokens

_DEEP = 12
_LONGEST = 6
"""Words of a cue before the one that the tagger marks."""
_UNNAMED = ("according", "infinitive", "expected")
"""Rules that find a source more often than not where none is told, if the tagger marks none."""
_WHOLLY = 0.9
"""Share of a report's letters that must lie in the content that holds it."""
PRECISION: dict[str, float] = {
    "quote_before": 0.93,
    "signed": 0.86,
    "verb_last": 0.80,
    "quote_after": 0.79,
    "according": 0.79,
    "clause": 0.79,
    "before_it": 0.71,
    "transcript": 0.70,
    "bare": 0.69,
    "tail": 0.62,
    "about": 0.57,
    "expected": 0.52,
    "infinitive": 0.52,
    "marked": 0.50,
    "standing": 0.49,
    "parenthesis": 0.45,
    "colon": 0.42,
    "item": 0.40,
    "noun": 0.30,
    "hearsay": 0.25,
}
"""Share of a rule's finds whose content is right (IoU of at least one half): 260 articles of PolNeAR's training
part and the Arabic, Russian, French and Spanish development sets together, so mostly English. Fewer than 40 finds stand
behind before_it, colon, expected, hearsay, noun, parenthesis, signed and transcript; item and marked are guesses."""


def attributions(tokens: Tokens, words: Words, tagger: Tagger | None = None) -> list[Attribution]:
    """All attributions in order of their content; every one names what found it: a rule, or the tagger.

    With a tagger, the rules' finds are what it reads beside the words, and it judges all; without, the rules alone.
    """
    laid = scene(tokens, vocabulary(words))
    found = by_rules(laid)
    return without_questions(laid, by_tagger(laid, found, tagger) if tagger is not None else found)


def by_tagger(laid: Scene, found: list[Attribution], tagger: Tagger) -> list[Attribution]:
    """What the tagger makes of a text and of what the rules found in it."""
    settings = tagger.settings
    drafted, unread = drafts(laid, found, tagger)
    drafted = without_report(laid, drafted, found)
    scores = [score(draft, settings["weights"], settings["bias"]) for draft in drafted]
    judged = kept(drafted, scores, settings["cut"], settings["inner"])
    judged = with_lone(laid, with_signed(laid, judged, found), found)
    made = [_from_draft(laid, draft, value, settings["version"]) for draft, value in judged]
    made += _unread(laid, found, unread)
    return _nest(sorted((one for one in made if one.content), key=by_content))


def _unread(laid: Scene, found: list[Attribution], unread: NDArray[np.bool_]) -> list[Attribution]:
    """What the rules found where the tagger did not read; quotations alone and signed ones stand anyway."""
    return [
        replace(one, nested_in=None)
        for one in found
        if (one.source or one.cue) and one.rule != SIGNED and (at := anchor_of(laid, one)) is not None
        if unread[at]
    ]


def _from_draft(laid: Scene, draft: Draft, value: float, version: str) -> Attribution:
    content = spans(laid, draft.content)
    return Attribution(
        source=spans(laid, draft.source) or _by_rule(draft),
        cue=spans(laid, draft.cue),
        content=content,
        type=kind_of(laid, content) if content else "indirect",
        stance=draft.rule.stance if draft.rule is not None else _stance(laid, draft),
        score=value,
        rule=finder(draft),
        model=version,
    )


def _by_rule(draft: Draft) -> Spans:
    """The source that a rule found where the tagger marks none; not that of a verb without one («планируется»)."""
    return draft.rule.source if draft.rule is not None and draft.rule.rule not in _UNNAMED else ()


def _stance(laid: Scene, draft: Draft) -> str:
    """The stance that the tagger told, turned where a "not" stands in the cue or right before it."""
    tokens, words, said = laid.tokens, laid.words, draft.stance
    if said not in ("asserts", "denies"):
        return said
    near_by = (hit for first, last in draft.cue for hit in laid.hits_between(max(0, first - _LONGEST), last))
    hits = [hit for hit in near_by if any(first < hit.last for first, last in draft.cue)]
    for hit in hits:
        negative = said == "asserts" or is_negative(tokens, words, hit)
        if negative and stance_of(tokens, words, hit) == "declines":
            return "declines"
    near = [i for first, last in draft.cue for i in range(max(0, first - 1), last)]
    nots = [i for i in near if tokens.forms[i] in words.negating]
    if any(words.is_undone(tokens.forms, i) for i in nots):
        return next((stance_of(tokens, words, hit) for hit in hits), said)
    return "denies" if nots else said


def by_rules(laid: Scene) -> list[Attribution]:
    """What the rules alone find in a text laid out for them."""
    found = _by_cue(laid)
    found = standing(laid, found)
    return _nest(sorted((_finish(laid, f) for f in found), key=by_content))


def _by_cue(laid: Scene) -> list[Found]:
    """The first rule that fits each cue."""
    found: list[Found] = []
    sofar = Sofar()
    for hit in laid.hits:
        number = laid.sentence_of(hit.head)
        if number != sofar.sentence:
            sofar = Sofar(sentence=number)
        seen = frame(laid, hit)
        rules = RULES if hit.hint.role == "cue" else PHRASE_RULES
        for rule in rules:
            one = rule(laid, seen, sofar)
            if one is not None and one.content and can_say(laid, seen, one.source):
                found.append(one)
                sofar.in_sentence.append(one)
                break
    return found


def _finish(laid: Scene, found: Found) -> Attribution:
    hit = found.frame.hit
    cue: Spans = hit.spans if found.cue is None else found.cue
    auxiliary = far_auxiliary(laid, hit, found.frame.edge) if found.cue is None and hit.cue is not None else None
    if auxiliary is not None:
        cue = (laid.tokens.span(auxiliary, auxiliary + 1), *cue)
    return Attribution(
        source=tuple(sorted(found.source)),
        cue=tuple(sorted(cue)),
        content=tuple(sorted(found.content)),
        type=kind_of(laid, found.content),
        stance=stance_of(laid.tokens, laid.words, hit),
        score=PRECISION[found.rule],
        rule=found.rule,
    )


def kind_of(laid: Scene, content: Spans) -> Type:
    """direct: at least nine tenths of the letters stand in quotation marks; indirect: none; else mixed."""
    text = laid.tokens.text
    total = sum(map(str.isalnum, "".join(span.of(text) for span in content)))
    quoted = 0
    for quote in laid.quotes_in(hull(content)):
        span = laid.tokens.span(quote.first, quote.last + 1)
        for part in content:
            low, high = max(part.start, span.start), min(part.end, span.end)
            quoted += sum(map(str.isalnum, text[low:high])) if low < high else 0
    if not quoted or not total:
        return "indirect"
    return "direct" if quoted >= 0.9 * total else "mixed"


def _nest(found: list[Attribution]) -> list[Attribution]:
    """Fill `nested_in`: the smallest content before it that holds nine tenths of this one's cue and content."""
    out: list[Attribution] = []
    open_at: list[int] = []
    hulls = [hull(a.content) for a in found]
    for i, one in enumerate(found):
        while open_at and hulls[open_at[-1]].end <= hulls[i].start:
            open_at.pop()
        holders = [j for j in open_at[-_DEEP:] if _holds(found[j], one)]
        out.append(replace(one, nested_in=min(holders, key=lambda j: _size(found[j].content))) if holders else one)
        open_at.append(i)
    return out


def _holds(outer: Attribution, inner: Attribution) -> bool:
    own = (*inner.cue, *inner.content)
    if _size(outer.content) <= _size(inner.content):
        return False
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in own for b in outer.content)
    return shared >= _WHOLLY * _size(own)


def _size(spans: Spans) -> int:
    return sum(span.length for span in spans)
