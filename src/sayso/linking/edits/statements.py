"""Statements of two versions: which came, went or changed, and how.

Only where words of the text differ is anything told, so that two readings of the same words tell nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sayso.linking.article import Annotated
from sayso.linking.edits.near import Packed, candidates
from sayso.linking.edits.nouns import StatementEdit, Step
from sayso.linking.speakers.names import same_name
from sayso.linking.telling import Telling, telling
from sayso.linking.threads.changes import differs
from sayso.linking.threads.marks import is_negated
from sayso.text.folding import fold
from sayso.text.span import Span, hull

_LIKE = 0.55  # share of the words from which two statements are one, changed
_ALIKE = 0.8  # names this much alike may be one
_SAYING = ("asserts", "answers", "agrees", "warns")  # stances that let what is told stand


class Touched:
    """Stretches of a text that differ; asked for spans."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = [span.end for span in self._spans]

    def any(self, spans: Iterable[Span]) -> bool:
        """Whether one of `spans` shares a character with them."""
        return any(self._inside(span) for span in spans)

    def most(self, spans: Iterable[Span]) -> bool:
        """Whether half of `spans` or more lies inside them."""
        sizes = [(span.length, self._inside(span)) for span in spans]
        return 2 * sum(inside for _, inside in sizes) >= sum(length for length, _ in sizes)

    def _inside(self, span: Span) -> int:
        """How many characters of a span lie inside."""
        at = bisect_right(self._ends, span.start)
        found = 0
        while at < len(self._spans) and self._spans[at].start < span.end:
            found += span.overlap(self._spans[at])
            at += 1
        return found


def statement_edits(before: Annotated, after: Annotated, step: Step) -> tuple[StatementEdit, ...]:
    """Statements that the edits of `step` brought, took or changed, in the order of the later text, then those gone."""
    ours, theirs = _tellings(before), _tellings(after)
    pairs = dict(_pairs(ours, theirs))
    pairs |= _in_place(ours, theirs, pairs, step)
    lost, gained = Touched(step.lost()), Touched(step.gained())
    back = {j: i for i, j in pairs.items()}
    found: list[StatementEdit] = []
    for j, one in enumerate(theirs):
        if j in back:
            was = ours[back[j]]
            around = _around if _is_turned(was, one) else _places
            if gained.any(around(one)) or lost.any(around(was)):
                found += _changed(was, one)
        elif _is_of(one, gained):
            found.append(StatementEdit("came", (), one.attribution.content, None, one.speaker, words=one.words))
    for i, one in enumerate(ours):
        if i not in pairs and _is_of(one, lost):
            found.append(StatementEdit("went", one.attribution.content, (), one.speaker, None, against=one.words))
    return tuple(found)


def _tellings(article: Annotated) -> list[Telling]:
    told = (telling(article, i, said.speaker) for i, said in enumerate(article.attributions))
    return [one for one in told if one.forms]


def _is_of(one: Telling, touched: Touched) -> bool:
    """Whether the statement stands and falls with the words that differ: source or cue are of them, or most it says.

    Else it was there before, and one of the two readings missed it.
    """
    said = one.attribution
    return touched.any((*said.source, *said.cue)) or touched.most(said.content)


def _places(one: Telling) -> list[Span]:
    return [*one.attribution.source, *one.attribution.cue, *one.attribution.content]


def _around(one: Telling) -> list[Span]:
    """All from source to content: a "not" stands beside the cue."""
    return [hull(_places(one))]


def _is_turned(was: Telling, one: Telling) -> bool:
    """Whether only one of the two denies what is told; to deny that it is so is to say that it is not so."""
    denied = (was.attribution.stance == "denies") != (one.attribution.stance == "denies")
    return denied and is_negated(was) == is_negated(one)


def _pairs(ours: Sequence[Telling], theirs: Sequence[Telling]) -> list[tuple[int, int]]:
    """Statements that are the same: in the same words first, those of one speaker before others, then in like words."""
    pairs = _same(ours, theirs)
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    left = [i for i in range(len(ours)) if i not in taken[0]], [j for j in range(len(theirs)) if j not in taken[1]]
    packed = Packed([ours[i].forms for i in left[0]], [theirs[j].forms for j in left[1]]).sides
    gaps = [bisect_left(sorted(taken[0]), i) for i in left[0]], [bisect_left(sorted(taken[1]), j) for j in left[1]]
    near = candidates(packed[0], packed[1], gaps, _LIKE)
    for one in sorted(near, key=lambda one: (-one.likeness, one.before, one.after)):
        i, j = left[0][one.before], left[1][one.after]
        if i not in taken[0] and j not in taken[1]:
            pairs.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return pairs


def _in_place(ours: Sequence[Telling], theirs: Sequence[Telling], pairs: dict[int, int], step: Step) -> dict[int, int]:
    """What one speaker says in a sentence that changed, before and after, however little of it is left."""
    left = [i for i in range(len(ours)) if i not in pairs]
    new = set(range(len(theirs))).difference(pairs.values())
    more: dict[int, int] = {}
    for edit in step.edits:
        if edit.before and edit.after and edit.reworded:
            was = [i for i in left if _within(ours[i], edit.before)]
            now = [j for j in sorted(new) if _within(theirs[j], edit.after)]
            if len(was) == len(now) == 1 and ours[was[0]].speaker == theirs[now[0]].speaker is not None:
                more[was[0]] = now[0]
    return more


def _within(one: Telling, sentence: Span) -> bool:
    return all(sentence.contains(span) for span in one.attribution.content)


def _same(ours: Sequence[Telling], theirs: Sequence[Telling]) -> list[tuple[int, int]]:
    """Statements in the same words, first with first; those that name the same speaker before the rest."""
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for with_speaker in (True, False):
        there: dict[object, list[int]] = defaultdict(list)
        for j, one in enumerate(theirs):
            if j not in taken[1]:
                there[one.forms, one.speaker if with_speaker else None].append(j)
        for i, one in enumerate(ours):
            found = there.get((one.forms, one.speaker if with_speaker else None))
            if i not in taken[0] and found:
                pairs.append((i, found.pop(0)))
                taken[0].add(i)
                taken[1].add(pairs[-1][1])
    return pairs


def _changed(was: Telling, one: Telling) -> list[StatementEdit]:
    """What differs: a number, a negation (of what is said, or whether it is said), a modal verb, who says it, else the
    wording; nothing where words agree."""
    sides = (was.attribution.content, one.attribution.content, was.speaker, one.speaker)
    difference = differs(one, was)
    if difference:
        return [
            StatementEdit("changed", *sides, difference.change, difference.why, difference.words, difference.against)
        ]
    if _is_turned(was, one):
        return [StatementEdit("changed", *sides, "negation", _turn(was, one), _cue(one), _cue(was))]
    if _is_another(was, one):
        why = f"said by {one.speaker or 'nobody named'} now, by {was.speaker or 'nobody named'} before"
        return [StatementEdit("changed", *sides, "speaker", why, _source(one), _source(was))]
    if was.forms != one.forms:
        return [StatementEdit("changed", *sides, "wording", "in other words", one.words, was.words)]
    return []


def _turn(was: Telling, one: Telling) -> str:
    """How a denial came or went; who only declines or asks says nothing of it either way."""
    if one.attribution.stance == "denies":
        return "denied now, said before" if was.attribution.stance in _SAYING else "denied now, not before"
    return "said now, denied before" if one.attribution.stance in _SAYING else "no longer denied"


def _is_another(was: Telling, one: Telling) -> bool:
    """Another speaker, named by other words in the text; two readings of one name are no change."""
    if was.speaker == one.speaker or fold(_source(was)).text == fold(_source(one)).text:
        return False
    return not (was.speaker and one.speaker and same_name(was.speaker, one.speaker) >= _ALIKE)


def _source(one: Telling) -> str:
    return " … ".join(span.of(one.article.text or "") for span in one.attribution.source)


def _cue(one: Telling) -> str:
    return " … ".join(span.of(one.article.text or "") for span in one.attribution.cue)
