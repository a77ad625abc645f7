"""Judged: how probable each draft is to be right, and which drafts are kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sayso.extraction.attributions.held import Held
from sayso.extraction.attributions.tagged import Draft, overlap
from sayso.extraction.nouns import Attribution

FEATURES = (
    "anchor",
    "content",
    "source",
    "no source",
    "rule",
    "rule agrees",
    "rule's source agrees",
    "one word",
)
"""What the judgement weighs, in the order of `features`."""
_LEAST = 1e-4
_SAME = 0.5


def features(draft: Draft) -> list[float]:
    """Numbers for `FEATURES`: log odds of the anchor, of the content's and of the source's words; the rest 0 or 1."""
    size = sum(last - first for first, last in draft.content)
    return [
        _log_odds(draft.found),
        _log_odds(draft.sure[0]),
        _log_odds(draft.sure[1]) if draft.source else 0.0,
        float(not draft.source),
        float(draft.rule is not None),
        float(draft.agrees[0] > _SAME),
        float(draft.agrees[1] > _SAME),
        float(size <= 1),
    ]


def _log_odds(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def score(draft: Draft, weights: Sequence[float], bias: float) -> float:
    """Probability that content and source are right, by a logistic function fitted on articles kept from training."""
    x = bias + sum(w * f for w, f in zip(weights, features(draft), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def kept(drafts: Iterable[Draft], scores: Sequence[float], cut: float, inner: float = 0.0) -> list[tuple[Draft, float]]:
    """Drafts scored at least `cut`, best first chosen: of two with one cue, or one content and source, the better.

    A report inside another's content must score at least `inner`: the articles that the scores were fitted on do not
    annotate such reports.
    """
    chosen: list[tuple[Draft, float]] = []
    held = Held()
    for draft, value in sorted(zip(drafts, scores, strict=True), key=lambda pair: -pair[1]):
        if value >= cut and not _told(draft, chosen, held):
            held.add(len(chosen), draft)
            chosen.append((draft, value))
    return [pair for pair in chosen if pair[1] >= inner or not is_inside(pair[0], chosen, held)]


def is_inside(draft: Draft, chosen: Sequence[tuple[Draft, float]], held: Held) -> bool:
    """Whether it begins inside the content of another."""
    others = held.contents([(draft.anchor, draft.anchor + 1)])
    return any(chosen[number][0] is not draft for number in others)


def _told(draft: Draft, chosen: list[tuple[Draft, float]], held: Held) -> bool:
    """Whether it is chosen already: a cue shares a word with its cue, or with no cue on one side the contents are
    mostly one."""
    if held.cues(draft.cue):
        return True
    others = (chosen[number][0] for number in held.contents(draft.content))
    return any(overlap(draft.content, other.content) > _SAME for other in others if not (draft.cue and other.cue))


def finder(draft: Draft) -> str:
    """What found it: the rule whose content the tagger confirms, or the tagger alone."""
    return draft.rule.rule if draft.rule is not None and draft.agrees[0] > _SAME else TAGGER


TAGGER = "tagger"
"""Where an attribution names the rule that found it, this stands for the tagger alone."""


def by_content(one: Attribution) -> tuple[int, int]:
    """Sort key: by where the content starts, the longer one first."""
    return one.content[0].start, -one.content[-1].end
