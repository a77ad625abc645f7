"""Beginning: whether a version holds only how a fuller one begins: a paywall's first lines, a page half loaded.

Its words are the first ones of the other, all of them and no others; what else it has are lines of noise that can say
nothing. Why the rest is missing is not known: editors may have taken it out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, dropwhile
from typing import Final

from sayso.linking.edits.edition import Edition
from sayso.linking.edits.looks import Word
from sayso.linking.edits.noise import Lines, lines
from sayso.linking.edits.nouns import Step
from sayso.text.span import Span

LESS: Final = 0.5
"""Share of the fuller text's words that a beginning stays under; editors who shorten leave more."""
SHORTER: Final = 0.8
"""The same of their lengths in code points, noise included: most versions need no closer look."""
GONE: Final = 5
"""Sentences of the fuller text that are missing, at least: of a short report an editor may leave one sentence."""
FEWEST: Final = 2
"""Sentences of a beginning, at least, the last perhaps in part: a page without its article may have its headline."""
_MARKS: Final = frozenset("…[]()")


def held(whole: Edition, part: Edition) -> int | None:
    """How many words and marks of the beginning of `whole` make up `part`; None where it is no mere beginning of it."""
    if len(part.version.text) >= SHORTER * len(whole.version.text):
        return None
    rules = lines(whole.version.lang)
    theirs, ours = _words(whole), _words(part)
    pairs = enumerate(zip(theirs, ours, strict=False))
    words = next((k for k, (one, other) in pairs if one.look != other.look), min(len(theirs), len(ours)))
    count = sentences(whole, words)
    is_short = words < LESS * len(theirs) and FEWEST <= count <= len(whole.text) - GONE
    is_bare = is_short and _is_known(whole, part, rules) and _is_cut(part, ours[words:], theirs[words:], rules)
    return words if is_bare else None


def says_more(made: Step) -> bool:
    """Whether the later page says something of itself, a headline or a note, beside the text.

    An outlet has another name in its feed than on its pages.
    """
    return any(field.after for field in made.fields if field.name != "outlet") or any(edit.note for edit in made.edits)


def sentences(edition: Edition, words: int) -> int:
    """How many sentences the first `words` words are of, the last one perhaps in part."""
    return bisect_left(list(accumulate(len(unit.words) for unit in edition.text)), words) + 1


def missing(edition: Edition, words: int) -> Iterator[Span]:
    """The sentences behind the first `words` words, the first one perhaps in part."""
    for unit in edition.text:
        if words < len(unit.words):
            yield Span(unit.span.start + (unit.words[words].start if words > 0 else 0), unit.span.end)
        words -= len(unit.words)


def _words(edition: Edition) -> list[Word]:
    return list(chain.from_iterable(unit.placed() for unit in edition.text))


def _is_known(whole: Edition, part: Edition, rules: Lines | None) -> bool:
    """Whether the lines of noise are those of the fuller text, or can say nothing."""
    known = {unit.looks for unit in whole.noise}
    new = (unit.span.of(part.version.text) for unit in part.noise if unit.looks not in known)
    return all(rules is not None and rules.is_exact(line) for line in new)


def _is_cut(part: Edition, left: Sequence[Word], rest: Sequence[Word], rules: Lines | None) -> bool:
    """Whether what stands behind the shared words is nothing of its own: "…", a word in part, "Read more"."""
    if left and rest and rest[0].look.startswith(left[0].look):
        left = left[1:]
    left = list(dropwhile(lambda word: word.look in _MARKS, left))
    if not left:
        return True
    return rules is not None and rules.is_exact(part.version.text[left[0].start : left[-1].end])
