"""Telling: how one telling of a statement stands to another, from their words, numbers, negations and modal verbs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from sayso.extraction.nouns import Attribution, Figure, Spans
from sayso.languages import pack
from sayso.linking.article import Annotated
from sayso.linking.bounds import bounds
from sayso.linking.conflicts import amount
from sayso.linking.nouns import Relation
from sayso.text.folding import fold
from sayso.text.tokens import tokenize

_NEAR = 0.7
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement as one article tells it."""

    article: Annotated
    index: int
    words: str
    lang: str
    forms: tuple[str, ...]
    """Folded words, without marks."""
    speaker: str | None

    @property
    def attribution(self) -> Attribution:
        """The attribution as it was read."""
        return self.article.attributions[self.index]

    @property
    def id(self) -> int | str:
        """The attribution's own id, else its index."""
        return self.article.attribution_ids[self.index] if self.article.attribution_ids else self.index

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures inside the content."""
        content: Spans = self.attribution.content
        return tuple(f for f in self.article.figures if any(s.contains(f.span) for s in content) and f.span.length)


def telling(article: Annotated, index: int, speaker: str | None) -> Telling:
    """The statement at `index` of `article`."""
    words = article.said(index)
    forms = tuple(form for form in tokenize(words).forms if any(char.isalnum() for char in form))
    return Telling(article, index, words, article.lang.split("-")[0].lower(), forms, speaker)


def relation(member: Telling, full: Telling, own: Telling) -> tuple[Relation, str]:
    """How `member` stands to `full`, the fullest telling, and why; `own` is the fullest in its own language."""
    if member is full:
        return "verbatim", "the fullest telling"
    difference = differs(member, full) or (differs(member, own) if member is not own else None)
    if difference:
        return "changed", difference
    if member.lang != full.lang:
        return "translation", "the same in another language"
    if member.forms == full.forms:
        return "verbatim", "the same words"
    if _inside(member.forms, full.forms):
        return "trimmed", "the same words in the same order, some left out"
    return "paraphrase", "close in meaning, in other words"


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    """All words of `short` stand in `long`, in their order."""
    rest = iter(long)
    return len(short) >= _SHORTEST and all(word in rest for word in short)


def differs(a: Telling, b: Telling) -> str | None:
    """What keeps two tellings from saying the same, in words; None when nothing was found.

    Numbers are compared in any languages; negations and modal verbs only where the rest of the words agrees.
    """
    numbers = _numbers(a, b)
    if numbers or a.lang != b.lang or LCSseq.normalized_similarity(a.forms, b.forms) < _NEAR:
        return numbers
    return _marked(a, b, "negation") or _marked(a, b, "modal")


def _numbers(a: Telling, b: Telling) -> str | None:
    """Figures of one unit, both levels or both changes, of which none agrees."""
    ours, theirs = _by_kind(a), _by_kind(b)
    for kind in sorted(ours.keys() & theirs.keys()):
        left, right = ours[kind], theirs[kind]
        if len(left) == len(right) == 1 and not _agree(left[0], right[0]):
            return f"{amount(left[0])} against {amount(right[0])} {kind[0]}".rstrip()
    return None


def _by_kind(telling: Telling) -> dict[tuple[str, bool], list[Figure]]:
    kinds: dict[tuple[str, bool], list[Figure]] = defaultdict(list)
    for figure in telling.figures:
        kinds[figure.unit or "", figure.change].append(figure)
    return kinds


def _agree(a: Figure, b: Figure) -> bool:
    """True when both can be one quantity, or when one of them has no number."""
    left, right = bounds(a), bounds(b)
    if left is None or right is None or a.window != b.window:
        return True
    return left.meets(right)


def _marked(a: Telling, b: Telling, kind: str) -> str | None:
    """A word of the kind that only one of the two has."""
    left, right = _marks(a, kind), _marks(b, kind)
    denied = kind == "negation" and (a.attribution.stance == "denies") != (b.attribution.stance == "denies")
    if bool(left) == bool(right) or denied:  # to deny that there was is to say that there was not
        return None
    return f"“{(left or right)[0]}” stands in some tellings only"


def _marks(telling: Telling, kind: str) -> list[str]:
    pattern = _pattern(telling.lang, kind)
    return pattern.findall(fold(telling.words).text) if pattern else []


@lru_cache(maxsize=64)
def _pattern(lang: str, kind: str) -> re.Pattern[str] | None:
    """Finds the pack's negations or modal verbs in folded text.

    Words with an apostrophe inside ("n't") end other words, words that end in one ("n'") open them.
    """
    words = pack.find(lang)
    if words is None:
        return None
    language = words.language
    found = [fold(word).text for word in (language.negations if kind == "negation" else language.modals)]
    parts = [
        ("" if "'" in word.rstrip("'") else r"(?<!\w)") + re.escape(word) + ("" if word.endswith("'") else r"(?!\w)")
        for word in sorted(found, key=len, reverse=True)
    ]
    return re.compile("|".join(parts)) if parts else None
