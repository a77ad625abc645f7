"""Otherwise: whether a text that is nearly another one says what that one does not: another number, name or "not"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from sayso.extraction.nouns import Attribution
from sayso.extraction.numbers.read import number_at, skip_at
from sayso.extraction.numbers.view import viewed
from sayso.extraction.words.lexicon import lexicon
from sayso.languages import pack
from sayso.linking.article import Annotated
from sayso.linking.edits.align import align
from sayso.linking.edits.looks import Unit, units
from sayso.linking.edits.words import pieces
from sayso.linking.speakers.apart import are_two_persons
from sayso.linking.stories.named import other_name
from sayso.linking.telling import Telling, telling
from sayso.linking.threads.changes import differs
from sayso.text.span import Span, hull
from sayso.text.tokens import tokenize

_NEAR = 0.7  # share of the words from which two sentences are one, edited
_CUT, _FEWEST = 0.8, 4  # share of the words of a sentence that was cut, and words that it must have
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")

Swaps = tuple[tuple[Span, Span], ...]
"""Words of one text and those that stand in their place in the other."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an article, or several that are one elsewhere; `own`: stretches that the other one lacks."""

    article: Annotated
    span: Span
    own: tuple[Span, ...]

    def holds(self, span: Span) -> bool:
        return span.length > 0 and self.span.contains(span)

    def said(self) -> list[Attribution]:
        """The statements told in it."""
        return [one for one in self.article.attributions if one.content and self.holds(hull(one.content))]


def says_otherwise(a: Annotated, b: Annotated) -> bool:
    """Whether a sentence of one stands in the other with another number, negation, modal verb or name.

    What only one of them has is a cut or an addition. Texts in two languages are not compared.
    """
    if not a.text or not b.text or a.text == b.text or _code(a) != _code(b):
        return False
    return any(_differ(*edited) for edited in _edited(a, b))


def _code(article: Annotated) -> str:
    return article.lang.split("-")[0].lower()


def _edited(a: Annotated, b: Annotated) -> Iterator[tuple[_Sentence, _Sentence, Swaps]]:
    """Sentences that are one but for some words; lines of noise (clocks, counters) left out."""
    left, right = ([unit for unit in units(x.text or "", x.lang) if unit.rule is None] for x in (a, b))
    for match in align(left, right):
        ours, theirs = [left[i] for i in match.before], [right[j] for j in match.after]
        if _joined(ours, "looks") != _joined(theirs, "looks") and _is_one(
            _joined(ours, "forms"), _joined(theirs, "forms")
        ):
            yield _pair(a, ours, b, theirs)


def _joined(sentences: Sequence[Unit], kind: str) -> tuple[str, ...]:
    return tuple(word for unit in sentences for word in (unit.looks if kind == "looks" else unit.forms))


def _is_one(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    shared, short = LCSseq.similarity(ours, theirs), min(len(ours), len(theirs))
    return 2 * shared >= _NEAR * (len(ours) + len(theirs)) or (short >= _FEWEST and shared >= _CUT * short)


def _pair(
    a: Annotated, ours: Sequence[Unit], b: Annotated, theirs: Sequence[Unit]
) -> tuple[_Sentence, _Sentence, Swaps]:
    found = pieces(
        [word for unit in ours for word in unit.placed()], [word for unit in theirs for word in unit.placed()]
    )
    own = [tuple(piece.span for piece in found if piece.op == op) for op in ("removed", "added")]
    swaps = tuple((x.span, y.span) for x, y in pairwise(found) if (x.op, y.op) == ("removed", "added"))
    left, right = hull(unit.span for unit in ours), hull(unit.span for unit in theirs)
    return _Sentence(a, left, own[0]), _Sentence(b, right, own[1]), swaps


def _differ(a: _Sentence, b: _Sentence, swaps: Swaps) -> bool:
    return (
        differs(_told(a), _told(b)) is not None
        or _other_numbers(a, b)
        or _turned(a, b)
        or _other_speakers(a, b)
        or any(other_name(a.article, ours, b.article, theirs) for ours, theirs in swaps)
    )


def _told(sentence: _Sentence) -> Telling:
    """The sentence as if its outlet's words were a statement, to be compared as statements are."""
    whole = Attribution((), (), (sentence.span,), "direct")
    return telling(replace(sentence.article, attributions=(whole,), attribution_ids=(), gists=()), 0, None)


def _other_numbers(a: _Sentence, b: _Sentence) -> bool:
    """Each has a number in its own words that the other lacks."""
    ours, theirs = _numbers(a), _numbers(b)
    left, right = {n for n, own in ours if own}, {n for n, own in theirs if own}
    return bool(left - {n for n, _ in theirs}) and bool(right - {n for n, _ in ours})


def _numbers(sentence: _Sentence) -> list[tuple[str, bool]]:
    """The numbers, and whether each stands in the sentence's own words."""
    text = sentence.span.of(sentence.article.text or "")
    found = _read(text, sentence.article.lang)
    return [(value, _is_own(sentence, span.shift(sentence.span.start))) for value, span in found]


def _is_own(sentence: _Sentence, span: Span) -> bool:
    return any(own.overlap(span) for own in sentence.own)


def _read(text: str, lang: str) -> Iterator[tuple[str, Span]]:
    """Numbers in digits and in words; a spelled "one" may be an article or a pronoun and is left out."""
    words = pack.find(lang)
    if words is None:
        yield from ((found[0], Span(*found.span())) for found in _DIGITS.finditer(text))
        return
    view = viewed(tokenize(text), lexicon(words))
    at = 0
    while at < len(view.tokens):
        number = number_at(view, at) if view.opens_number(at) else None
        if number is not None and number.value is not None and not (number.spelled and number.value == 1):
            yield f"{number.value.normalize():f}", view.tokens.span(number.first, number.end)
        at = max(number.end, at + 1) if number is not None else skip_at(view, at)


def _turned(a: _Sentence, b: _Sentence) -> bool:
    """As many statements are told in both, and more of them denied in one."""
    ours, theirs = a.said(), b.said()
    denied = [sum(one.stance == "denies" for one in said) for said in (ours, theirs)]
    return len(ours) == len(theirs) and denied[0] != denied[1]


def _other_speakers(a: _Sentence, b: _Sentence) -> bool:
    """A person says in one what another person says in the other."""
    ours, theirs = ({one.speaker for one in x.said() if one.speaker} for x in (a, b))
    return any(are_two_persons(x, y) for x in ours - theirs for y in theirs - ours)
