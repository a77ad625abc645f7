"""Marks: negations and modal verbs that one of two tellings has and the other lacks, all else being said alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from sayso.languages import pack
from sayso.languages.drift import drift
from sayso.linking.telling import Telling, letters
from sayso.text.folding import fold
from sayso.text.span import Span
from sayso.text.tokens import tokenize

_NEAR = 0.7  # share of the words that must agree before single words are compared
_EDGE = 3  # words at either end that may be another telling's, and no cut
_AROUND = 40  # characters before and behind a quotation in which its outlet may deny for it
_CONTENT, _SPARE = 5, 8  # letters that make a word more than grammar; letters of grammar that may differ
_DENIED = 4  # letters of a word that can be what is denied
_HALF, _ALIKE, _PREFIX = 2, 0.6, 2
_CLOSE = 4  # words between a mark and the same one, repeated or moved

_VOWELS = re.compile("[aeiou]")
_STOP = re.compile(r"[.!?…؟。！？\n]")

Kind = Literal["negation", "modality"]


class Lost(NamedTuple):
    """A mark, and the words around its place in both tellings."""

    mark: str
    words: str
    against: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One telling's words cut into tokens (marks left out), and which of them deny or make possible."""

    text: str
    spans: tuple[Span, ...]
    forms: tuple[str, ...]
    marked: dict[int, tuple[str, str | None]]
    """Token -> the mark, and the stem that it is a part of."""
    articles: frozenset[str] = frozenset()
    """Words that say nothing alone ("einen", where the other has "keinen")."""


def lost(a: Telling, b: Telling, kind: Kind) -> Lost | None:
    """A mark that only one of the two has, where the rest of the words around it agrees; None where there is none."""
    denied = kind == "negation" and (a.attribution.stance == "denies") != (b.attribution.stance == "denies")
    if a.lang != b.lang or denied:  # to deny that there was is to say that there was not
        return None
    shifted = kind == "modality" and "indirect" in (a.attribution.type, b.attribution.type)
    pattern = _pattern(a.lang, kind, shifted)
    if pattern is None or not (pattern.search(fold(a.words).text) or pattern.search(fold(b.words).text)):
        return None
    left, right = _side(a, pattern), _side(b, pattern)
    hunks = list(_hunks(left, right))
    counts = [sum(i in side.marked for h in hunks for i in h[n]) for n, side in enumerate((left, right))]
    if (counts[0] == 0) == (counts[1] == 0) or _is_outside(b if counts[0] else a, pattern):
        return None
    for ours, theirs in hunks:
        mark = next(iter(_marks_in(left, ours, right, theirs)), None) or next(
            iter(_marks_in(right, theirs, left, ours)), None
        )
        if mark and _agrees(left, ours, right, theirs):
            return Lost(mark, _shown(left, ours), _shown(right, theirs))
    return None


def moved(a: Telling, b: Telling) -> Lost | None:
    """The one negation of both, which in the same words denies another part ("a truce, not a victory"); else None."""
    pattern = _pattern(a.lang, "negation", False) if a.lang == b.lang and set(a.forms) == set(b.forms) else None
    if pattern is None or a.forms == b.forms:
        return None
    left, right = _denied(a, pattern), _denied(b, pattern)
    if left is None or right is None or left[0] != right[0]:
        return None
    ours, theirs = ({form for form in tokenize(words).forms if letters(form) >= _DENIED} for _, words in (left, right))
    apart = ours and theirs and not ours & theirs - set(tokenize(left[0]).forms)
    return Lost(left[0], left[1], right[1]) if apart else None


def is_negated(telling: Telling) -> bool:
    """Whether what is told holds a negation of its own, beside what the cue says of it."""
    pattern = _pattern(telling.lang, "negation", False)
    return pattern is not None and pattern.search(fold(telling.words).text) is not None


def _denied(telling: Telling, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    """The telling's one negation, folded, and the words around it up to the next marks; None where it has not one."""
    tokens = tokenize(telling.words)
    spans = tuple(tokens.span(i, i + 1) for i in range(len(tokens)))
    marked = _marked(telling.words, spans, pattern)
    if len(marked) != 1:
        return None
    (at, (mark, _)) = marked.popitem()
    stops = [i for i, form in enumerate(tokens.forms) if not any(char.isalnum() for char in form)]
    first = max((i + 1 for i in stops if i < at), default=0)
    last = min((i for i in stops if i > at), default=len(tokens))
    return fold(mark).text, tokens.span(first, last).of(telling.words)


def _marks_in(side: _Side, stretch: range, other: _Side, there: range) -> list[str]:
    """The marks of a stretch, as written, of which the other telling has nothing alike close by."""
    near = other.forms[max(0, there.start - _CLOSE) : there.stop + _CLOSE]
    marks = [(*side.marked[i], side.forms[i]) for i in stretch if i in side.marked]
    return [mark for mark, stem, form in marks if not any(_is_kin(form, word) and not stem for word in near)]


def _is_kin(a: str, b: str) -> bool:
    """Words of one stem ("möglicherweise", "mögliche")."""
    return a == b or (len(a) >= _CONTENT and a[:_CONTENT] == b[:_CONTENT])


def _side(telling: Telling, pattern: re.Pattern[str]) -> _Side:
    tokens = tokenize(telling.words)
    kept = [i for i, form in enumerate(tokens.forms) if any(char.isalnum() for char in form)]
    spans = tuple(tokens.span(i, i + 1) for i in kept)
    forms = tuple(tokens.forms[i] for i in kept)
    return _Side(telling.words, spans, forms, _marked(telling.words, spans, pattern), _articles(telling.lang))


@lru_cache(maxsize=64)
def _articles(lang: str) -> frozenset[str]:
    words = pack.find(lang)
    return frozenset(fold(word).text for word in words.people.articles) if words else frozenset()


def _marked(text: str, spans: Sequence[Span], pattern: re.Pattern[str]) -> dict[int, tuple[str, str | None]]:
    """Tokens that a mark touches; a capital inside a sentence makes a name of a word ("May")."""
    folded = fold(text)
    marked: dict[int, tuple[str, str | None]] = {}
    for found in pattern.finditer(folded.text):
        raw = folded.to_raw(Span(found.start(), found.end()))
        mark = raw.of(text)
        touched = [i for i, span in enumerate(spans) if span.overlap(raw)]
        if not touched or (touched[0] and mark[:1].isupper() and not mark.isupper()):
            continue
        for i in touched:
            inside = raw.start > spans[i].start or raw.end < spans[i].end
            rest = (
                text[spans[i].start : max(raw.start, spans[i].start)] + text[min(raw.end, spans[i].end) : spans[i].end]
            )
            marked[i] = (mark, fold(rest).text if inside else None)
    return marked


def _hunks(a: _Side, b: _Side) -> Iterator[tuple[range, range]]:
    """Stretches that differ between stretches that agree; nothing when too little agrees.

    What one telling alone has at its ends is a cut, unless it is a word or two.
    """
    blocks = [block for block in LCSseq.editops(a.forms, b.forms).as_matching_blocks() if block.size]
    matched = sum(block.size for block in blocks)
    if not blocks:
        return
    first, last = blocks[0], blocks[-1]
    wide = max(last.a + last.size - first.a - len(a.marked), last.b + last.size - first.b - len(b.marked))
    short = min(len(a.forms) - len(a.marked), len(b.forms) - len(b.marked))
    edges = (
        [range(first.a), range(last.a + last.size, len(a.forms))],
        [
            range(first.b),
            range(last.b + last.size, len(b.forms)),
        ],
    )
    gaps = [(range(one.a + one.size, two.a), range(one.b + one.size, two.b)) for one, two in pairwise(blocks)]
    hunks = [*_edge(edges[0][0], edges[1][0]), *gaps, *_edge(edges[0][1], edges[1][1])]
    size = max(short, wide)
    if matched + sum(_kin(a, ours, b, theirs) for ours, theirs in hunks) >= min(_NEAR * size, size - 1):
        yield from hunks


def _kin(a: _Side, ours: range, b: _Side, theirs: range) -> int:
    """How many words of a stretch have another form of theirs in the other, marks left out."""
    others = [word for word, _ in _rest(b, theirs)]
    return sum(any(_is_like(word, other) for other in others) for word, _ in _rest(a, ours))


def _edge(ours: range, theirs: range) -> Iterator[tuple[range, range]]:
    if max(len(ours), len(theirs)) <= _EDGE:
        yield ours, theirs


def _agrees(a: _Side, ours: range, b: _Side, theirs: range) -> bool:
    """Whether the two stretches say the same but for their marks: each word of content has one like it there.

    In scripts without spaces a character beside a mark may make another word of it, so none may be left.
    """
    left, right = list(_rest(a, ours)), list(_rest(b, theirs))
    spare = 0
    for words, others in ((left, right), (right, left)):
        for word, is_stem in words:
            if not any(_is_like(word, other) or (is_stem | part and _is_stem(word, other)) for other, part in others):
                if is_stem or letters(word) >= _CONTENT or letters(word) > len(word):
                    return False
                spare += letters(word)
    return spare <= _SPARE


def _rest(side: _Side, stretch: range) -> Iterator[tuple[str, bool]]:
    """The words of a stretch without the marks; True for what is left of a word that a mark is part of."""
    for i in stretch:
        mark, stem = side.marked.get(i, ("", side.forms[i]))
        if stem and stem not in side.articles:
            yield stem, bool(mark) and not any(char in "'’" for char in mark)


def _is_like(a: str, b: str) -> bool:
    """Forms of one word: "reach" and "reached"; never a word and what a syllable before it makes of it ("unsafe")."""
    short, long = sorted((a, b), key=len)
    if long.endswith(short) and len(long) - len(short) >= _PREFIX:
        return False
    shared = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return shared >= max(_PREFIX, (len(short) + 1) // _HALF) or Indel.normalized_similarity(a, b) >= _ALIKE


def _is_stem(a: str, b: str) -> bool:
    """Words whose consonants agree, where the vowels follow those before them ("olmadığını", "olduğunu")."""
    return (
        a[:_PREFIX] == b[:_PREFIX]
        and Indel.normalized_similarity(*(_VOWELS.sub("", word) for word in (a, b))) >= _ALIKE
    )


def _shown(side: _Side, stretch: range) -> str:
    """The words of a stretch with one word on either side."""
    first, last = max(0, stretch.start - 1), min(len(side.spans), stretch.stop + 1)
    return side.text[side.spans[first].start : side.spans[last - 1].end] if first < last else ""


def _is_outside(telling: Telling, pattern: re.Pattern[str]) -> bool:
    """The outlet says in its own words, beside the quotation, what the other telling says inside."""
    text, content = telling.article.text, telling.attribution.content
    if text is None or not content:
        return False
    start, end = content[0].start, content[-1].end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    around = f"{_STOP.split(before)[-1]} | {_STOP.split(after)[0]}"
    return pattern.search(fold(around).text) is not None


@lru_cache(maxsize=64)
def _pattern(lang: str, kind: Kind, shifted: bool) -> re.Pattern[str] | None:
    """Finds the pack's negations or modal verbs in folded text; `shifted`: not those that indirect speech puts in."""
    words, table = pack.find(lang), drift(lang)
    if words is None or table is None:
        return None
    parts = (
        [*words.language.negations, *table.negated] if kind == "negation" else [*words.language.modals, *table.possible]
    )
    left_out = {*table.unsure, *(table.shifted if shifted else ())}
    found = {fold(word).text for word in parts if word not in left_out}
    joined = "".join(fold(letter).text for letter in words.language.proclitics)
    patterns = [_part(word, joined) for word in sorted(found, key=lambda word: (-len(word), word))]
    return re.compile("|".join(patterns)) if patterns else None


def _part(word: str, joined: str) -> str:
    """One word as a pattern. A hyphen stands for a stem, an apostrophe inside ("n't") ends other words, one at the end
    ("n'") opens them; one of the letters `joined` may be written before it; scripts without spaces have words side by
    side.
    """
    bare = word.strip("-")
    if letters(bare) > len(bare):
        return re.escape(bare)
    before = r"(?<=\w\w)" if word.startswith("-") else "" if "'" in bare.rstrip("'") else r"(?<!\w)"
    if joined and not word.startswith("-"):
        before += f"[{joined}]?"
    after = r"(?=\w\w)" if word.endswith("-") and not word.startswith("-") else ""
    after = after or ("" if word.endswith(("'", "-")) else r"(?!\w)")
    return before + re.escape(bare) + after
