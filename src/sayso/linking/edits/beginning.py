"""Beginning: whether a version holds only how a fuller one begins: a paywall's first lines, a page half loaded.

It holds less than half of the other's words, those it begins with, in their order, and nothing new behind them but what
is known to be noise or to stand in other articles of the outlet. What brings words of its own in the place of the rest,
such as a notice, is an edit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise, takewhile
from typing import Final, NamedTuple

from sayso.linking.article import Annotated
from sayso.linking.edits.edition import Edition
from sayso.linking.edits.looks import Unit, Word
from sayso.linking.edits.noise import Lines, lines
from sayso.linking.edits.sequences import Pairs, matching
from sayso.text.span import Span

LESS: Final = 0.5
"""Share of the fuller text's words that a beginning stays under; editors who shorten leave more."""
GONE: Final = 5
"""Sentences of the fuller text that are missing, at least: of a short report an editor may leave one sentence."""
KEPT: Final = 0.9
"""Share of a beginning's words that are the fuller one's, and of those in their place: the rest was changed in it."""
FEWEST: Final = 5
"""Words of a beginning."""
_OWN: Final = 0.5  # share of a sentence's words below which it is a new one
_RUN: Final = 2  # words or marks in a row that both have where the beginning ends


CUT: Final = "where it is cut short"
"""The rule by which marks, a word in part and lines of invitation are noise there."""

Common = Callable[[str], bool]
"""Whether a line stands in other articles of the outlet, too."""


class Held(NamedTuple):
    """How much of a text's beginning two versions share, in words and marks of either; noise is not counted."""

    whole: int
    part: int


def nothing(_line: str) -> bool:
    """No other article is known."""
    return False


def held(whole: Edition, part: Edition, is_common: Common = nothing) -> Held | None:
    """What `part` holds of the beginning of `whole`; None where it is no mere beginning of it."""
    size = _size(part)
    if not FEWEST <= size < _size(whole):
        return None
    theirs, ours = _words(whole), _words(part)
    rules = lines(whole.version.lang)
    for pairs in _begun(theirs[: int(size / KEPT) + 1], ours, part):
        found = Held(*(at + 1 for at in pairs[-1]))
        is_short = FEWEST <= found.part < LESS * len(theirs)
        is_short = is_short and len(whole.text) - sentences(whole, found.whole) >= GONE
        is_same = len(pairs) >= KEPT * max(found) and not _has_note(whole, part, rules)
        if is_short and is_same and _is_cut(part, ours[found.part :], theirs[found.whole :], rules, is_common):
            return found
    return None


def sentences(edition: Edition, words: int) -> int:
    """How many sentences the first `words` words are of, the last one perhaps in part."""
    ends = list(accumulate(len(unit.words) for unit in edition.text))
    return bisect_left(ends, words) + 1


def shared(whole: Edition, part: Edition, found: Held) -> tuple[Edition, Edition]:
    """Both to be compared up to where `part` is cut; what it has behind that is noise."""
    return _before(whole, found.whole), _with_rest(part, found.part)


def _size(edition: Edition) -> int:
    return sum(len(unit.words) for unit in edition.text)


def _words(edition: Edition) -> list[Word]:
    return list(chain.from_iterable(unit.placed() for unit in edition.text))


def _begun(near: Sequence[Word], ours: Sequence[Word], part: Edition) -> Iterator[Pairs]:
    """Words that both begin with, as they are up to the first sentence of `part` that is mostly new; then up to the new
    ones at its end, since a line that one page alone gives, such as a caption, may stand between.
    """
    pairs = matching([word.look for word in near], [word.look for word in ours])
    kept = [j for _, j in pairs]
    ends = [0, *accumulate(len(unit.words) for unit in part.text)]
    counts = [bisect_left(kept, end) for end in ends]
    own = [b - a < _OWN * (end - start) for (a, b), (start, end) in zip(pairwise(counts), pairwise(ends), strict=True)]
    first = own.index(True) if True in own else len(own)
    last = len(own) - next((k for k, is_own in enumerate(reversed(own)) if not is_own), len(own))
    for end in dict.fromkeys((counts[first], counts[last])):
        if begun := _to_end(pairs[:end], near, ours):
            yield begun


def _to_end(pairs: Pairs, near: Sequence[Word], ours: Sequence[Word]) -> Pairs:
    """Without the last ones that stand alone, for a word of "Read more" may come in the fuller text too; with the same
    words and marks right behind what is left.
    """
    end = len(pairs)
    while end:
        (i, j), (m, n) = pairs[max(0, end - _RUN)], pairs[end - 1]
        if (m - i, n - j) == (_RUN - 1, _RUN - 1) and (near[i].form or near[m].form):
            break
        end -= 1
    i, j = (at + 1 for at in pairs[end - 1]) if end else (0, 0)
    behind = zip(range(i, len(near)), range(j, len(ours)), strict=False)
    return [*pairs[:end], *takewhile(lambda at: near[at[0]].look == ours[at[1]].look, behind)]


def _has_note(whole: Edition, part: Edition, rules: Lines | None) -> bool:
    """Whether `part` says of itself that it was changed, where `whole` does not."""
    known = {unit.looks for unit in whole.text}
    new = (unit for unit in part.text if unit.looks not in known)
    return any(unit.note or (rules is not None and rules.tells(unit.span.of(part.version.text))) for unit in new)


def _is_cut(part: Edition, left: Sequence[Word], rest: Sequence[Word], rules: Lines | None, is_common: Common) -> bool:
    """Whether what stands behind the shared words is nothing new: marks, a word in part, "Read more", a wall."""
    if left and rest and left[0].form and rest[0].look.startswith(left[0].look):
        left = left[1:]
    if not left:
        return True
    told = (
        line for line in part.version.text[left[0].start : left[-1].end].splitlines() if any(map(str.isalnum, line))
    )
    return all((rules is not None and rules.rule(line)) or is_common(line) for line in map(_bare, told))


def _bare(line: str) -> str:
    """Without the marks before its first word."""
    return line[next(at for at, char in enumerate(line) if char.isalnum()) :].rstrip()


def _before(edition: Edition, words: int) -> Edition:
    """Its first words, with what was read in them."""
    units = [unit for unit, _ in _halves(edition, words) if unit]
    end = max(unit.span.end for unit in units)
    version = replace(edition.version, text=edition.version.text[:end])
    return Edition(version, _read(edition.article, end), tuple(units))


def _with_rest(edition: Edition, words: int) -> Edition:
    """Its first words, with what was read in them, and the rest as lines of noise."""
    halves = list(_halves(edition, words))
    end = max(unit.span.end for unit, _ in halves if unit and unit.rule is None)
    units = [unit for unit, _ in halves if unit]
    units += [left if left.rule else replace(left, rule=CUT) for _, left in halves if left]
    return Edition(edition.version, _read(edition.article, end), tuple(units))


def _halves(edition: Edition, words: int) -> Iterator[tuple[Unit | None, Unit | None]]:
    """Each sentence or line of noise as what belongs to the first words and what does not."""
    for unit in edition.units:
        if words <= 0:
            yield None, unit
        elif unit.rule is not None or len(unit.words) <= words:
            yield unit, None
        else:
            yield _slice(unit, unit.words[:words]), _slice(unit, unit.words[words:])
        words -= len(unit.words) if unit.rule is None else 0


def _slice(unit: Unit, words: tuple[Word, ...]) -> Unit:
    """A part of a sentence."""
    start = words[0].start
    looks = tuple(word.look for word in words)
    forms = tuple(word.form for word in words if word.form) or looks
    moved = tuple(Word(word.start - start, word.end - start, word.look, word.form) for word in words)
    return replace(unit, span=Span(start, words[-1].end).shift(unit.span.start), words=moved, looks=looks, forms=forms)


def _read(article: Annotated, end: int) -> Annotated:
    """What was read up to a place; a statement counts when it begins before."""
    told = tuple(said for said in article.attributions if min((span.start for span in said.content), default=0) < end)
    figures = tuple(figure for figure in article.figures if figure.span.end <= end)
    return replace(article, attributions=told, figures=figures, attribution_ids=(), figure_ids=(), gists=())
