"""Hits: where reporting expressions stand, with their auxiliaries, their negation and what they inherit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.extraction.bounds import MOST_CUES, too_many
from sayso.extraction.words.vocabulary import Hint, Vocabulary
from sayso.languages.speech import Cue
from sayso.text.span import Span
from sayso.text.tokens import Tokens

_HYPHENS = frozenset("-‐‑")
_INNER = frozenset("-.'")
_AROUND = 8
_CLAUSE = 16
_REACH = 4
"""How many words of auxiliaries, adverbs and negations may stand before the cue's own word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One hint found: tokens `first` (with auxiliaries) to `last` (excluded); `head`: the phrase's own first token."""

    first: int
    head: int
    last: int
    hint: Hint
    spans: tuple[Span, ...]
    negated: bool
    passive: bool
    infinitive: bool
    finite: bool = True
    particle: int = -1
    clitic: int = -1
    """Token of a pronoun tied to the verb by a hyphen ("affirme-t-il")."""
    """`infinitive`: after "to" or the like, the subject stands further off. `finite`: false for bare participles."""

    @property
    def cue(self) -> Cue | None:
        """The pack's entry, None for according-phrases."""
        return self.hint.cue


def hits(tokens: Tokens, words: Vocabulary, inside: list[int]) -> list[Hit]:
    """The hints outside quotes, in order. `inside[i]`: the number of the quote around token i, or -1.

    Raises TooMany.
    """
    found: list[Hit] = []
    end = 0
    starts = words.starts
    for i, form in enumerate(tokens.forms):
        if form in starts and i >= end and inside[i] < 0:
            match = words.hints.at(tokens, i)
            if match is not None and not _glued(tokens, words, i, match[0]):
                end = match[0]
                hit = _checked(tokens, words, i, end, match[1])
                if hit is not None:
                    found.append(hit)
                if len(found) > MOST_CUES:
                    raise too_many(MOST_CUES, "words that cite somebody")
    return found


def _checked(tokens: Tokens, words: Vocabulary, first: int, last: int, hint: Hint) -> Hit | None:
    """The hit of a hint, or None where the words around show that they mean something else."""
    if hint.role == "none":
        return None
    if _after_determiner(tokens, words, first, hint):
        noun = words.nouns.get(tokens.forms[first])
        if noun is None:
            return None
        hint = noun
    if first and tokens.forms[first - 1] in words.before_nouns and hint.cue is not None and not hint.shift:
        return None
    if hint.role == "around" and closing(tokens, last, hint) is None:
        return None
    if hint.cue is not None and hint.cue.kind == "participle" and not _is_chained(tokens, words, first, last):
        return None
    particle = _particle(tokens, first + 1, hint) if hint.splits else None
    if hint.splits and particle is None and not hint.whole:
        return None
    hit = _hit(tokens, words, first, last, hint)
    return hit if particle is None else _with_particle(tokens, hit, particle)


def closing(tokens: Tokens, first: int, hint: Hint) -> tuple[int, int] | None:
    """Tokens of the closing half of an `around` phrase, a few words on in the same clause."""
    for i in range(first, min(len(tokens.forms), first + _AROUND)):
        form = tokens.forms[i]
        for close in hint.closes:
            if form == close[0] and tuple(tokens.forms[i : i + len(close)]) == close:
                return i, i + len(close)
        stop = form == "." and _start(tokens, i + 1) != tokens.ends[i]
        if tokens.breaks[i] or stop or not (form[:1].isalnum() or form in _INNER):
            return None
    return None


def _particle(tokens: Tokens, first: int, hint: Hint) -> int | None:
    """The separable particle that ends the clause of the verb before `first`."""
    for i in range(first, min(first + _CLAUSE, len(tokens.forms))):
        form = tokens.forms[i]
        if tokens.breaks[i] or not (form[:1].isalnum() or form in _INNER):
            return None
        after = tokens.forms[i + 1] if i + 1 < len(tokens.forms) else "."
        if any(form == split for split, _ in hint.splits) and (i == first or not after[:1].isalnum()):
            return i
    return None


def _with_particle(tokens: Tokens, hit: Hit, particle: int) -> Hit:
    """The verb and its particle as two spans; right behind the verb the particle also ends the cue."""
    last = particle + 1 if particle == hit.last else hit.last
    hint = replace(hit.hint, cue=dict(hit.hint.splits)[tokens.forms[particle]])
    return replace(
        hit, hint=hint, last=last, particle=particle, spans=(*hit.spans, tokens.span(particle, particle + 1))
    )


def _is_chained(tokens: Tokens, words: Vocabulary, first: int, last: int) -> bool:
    """Where participles also serve as nouns and adjectives: a mark stands before it, or an opener behind it."""
    if words.order != "vso" or first == 0 or not tokens.forms[first - 1][:1].isalnum() or last >= len(tokens.forms):
        return True
    after = tokens.forms[last]
    return not after[:1].isalnum() or after in words.prepositions or words.openers.at(tokens, last) is not None


def _may_be_subject(tokens: Tokens, words: Vocabulary, i: int) -> bool:
    """Before a form that is also a noun ("reports", "claims") only a name, a pronoun or a mark lets it be a verb."""
    form = tokens.forms[i]
    return tokens.word(i)[0].isupper() or not form[:1].isalpha() or form in words.before_verbs


def _after_determiner(tokens: Tokens, words: Vocabulary, i: int, hint: Hint) -> bool:
    """A form that is a verb elsewhere is a noun after an article, a possessive or a preposition ("the claims")."""
    if i == 0 or hint.shift or hint.cue is None or hint.cue.kind != "verb" or words.order == "vso":
        return False
    before = tokens.forms[i - 1]
    if words.capital_nouns and tokens.word(i)[0].isupper() and before not in ".!?:\"'“„":
        return True
    if tokens.forms[i] in words.nouns and not _may_be_subject(tokens, words, i - 1):
        return True
    if before in words.articles or before in words.prepositions:
        return before not in words.crowds and before not in words.subordinators and before not in words.relatives
    return before in words.possessives and i > 1 and tokens.forms[i - 2] == "'"


def _glued(tokens: Tokens, words: Vocabulary, first: int, last: int) -> bool:
    """Part of a compound written with a hyphen ("so-called", "well-said"), not of an inversion ("a-t-elle dit")."""
    if _clitic(tokens, words, last) >= 0:
        return False
    before = first and tokens.forms[first - 1] == "-" and tokens.ends[first - 1] == tokens.starts[first]
    after = last < len(tokens.forms) and tokens.forms[last] == "-" and tokens.starts[last] == tokens.ends[last - 1]
    return bool(before or (after and tokens.ends[last] == _start(tokens, last + 1)))


def _start(tokens: Tokens, i: int) -> int:
    return tokens.starts[i] if i < len(tokens.forms) else -1


def _hit(tokens: Tokens, words: Vocabulary, head: int, last: int, hint: Hint) -> Hit:
    """Widen over auxiliaries; adverbs and negations between them are passed but stay out of the spans."""
    spans = [Span(tokens.starts[head] + hint.shift, tokens.ends[last - 1])]
    first, negated, passive, infinitive, undone = head, False, False, False, False
    participle = hint.cue is not None and hint.cue.kind == "participle"
    if hint.role == "cue" and hint.cue is not None and hint.cue.kind != "noun":
        for i in range(head - 1, max(-1, head - 1 - _REACH), -1):
            form = tokens.forms[i]
            if tokens.breaks[i + 1]:
                break
            if form in words.infinitives and form not in words.negations:
                infinitive = True
                break
            if form in words.passives or (form in words.auxiliaries and not participle):
                passive = passive or (first == head and form in words.passives)
                _widen(spans, tokens, i, first)
                first = i
            elif form in words.negating or form == "'":
                undone = undone or words.is_undone(tokens.forms, i)
                negated, first = negated or (form != "'" and not undone), i
            elif (words.is_adverb(form) and not tokens.word(i)[0].isupper()) or _undoes(tokens, words, i):
                first = i
            else:
                break
    finite = not participle or passive
    if last < len(tokens.forms) and tokens.forms[last] in words.negations:
        negated = (negated or words.capital_nouns) and not words.is_undone(tokens.forms, last)
    clitic = _clitic(tokens, words, last)
    if clitic >= 0:
        last = clitic + 1
    elif first >= 4 and tokens.forms[first - 1] in words.pronouns and tokens.forms[first - 2] in _HYPHENS:
        clitic = first - 1
        verb = clitic - 2 if tokens.forms[clitic - 2] in words.auxiliaries else clitic - 4
        first = max(0, verb)
        spans.append(tokens.span(first, first + 1))
    passive = passive and not participle
    return Hit(first, head, last, hint, tuple(reversed(spans)), negated, passive, infinitive, finite, clitic=clitic)


def _undoes(tokens: Tokens, words: Vocabulary, i: int) -> bool:
    """The second word of "not only"."""
    return i > 0 and tokens.forms[i - 1] in words.negating and words.is_undone(tokens.forms, i - 1)


def _clitic(tokens: Tokens, words: Vocabulary, last: int) -> int:
    """Token of the pronoun tied to the verb that ends at `last`, or -1."""
    for at in (last + 1, last + 3):
        if at < len(tokens.forms) and tokens.forms[at] in words.pronouns and tokens.starts[at] == tokens.ends[at - 1]:
            return at if tokens.forms[at - 1] in _HYPHENS and tokens.forms[last] in _HYPHENS else -1
    return -1


def _widen(spans: list[Span], tokens: Tokens, i: int, first: int) -> None:
    """Add auxiliary `i`: to the leftmost span when it stands right before it, else as a span of its own."""
    if i + 1 == first and tokens.starts[first] == spans[-1].start:
        spans[-1] = Span(tokens.starts[i], spans[-1].end)
    else:
        spans.append(tokens.span(i, i + 1))
