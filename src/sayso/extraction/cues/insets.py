"""Insets: the narrator's words inside one pair of marks («We left, — said Holt. — It was late»)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sayso.extraction.cues.quotes import Quote
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.text.tokens import Tokens

_DASHES = frozenset("-–—")
_HYPHENS = frozenset("-‐‑")
_LONGEST = 14
"""Longest clause of the narrator between commas, in tokens."""
_BEFORE = frozenset(",.!?…؟،")


def without_insets(tokens: Tokens, words: Vocabulary, quotes: list[Quote]) -> list[Quote]:
    """`quotes`, cut into what is said before and behind a narrator's clause, where dashes set it apart; in some
    languages commas do.
    """
    parts = [part for quote in quotes for part in _parts(tokens, words, quote)]
    if not words.words.quotes.insets:
        return parts
    return [part for quote in parts for part in _between_commas(tokens, words, quote)]


def _parts(tokens: Tokens, words: Vocabulary, quote: Quote) -> Iterator[Quote]:
    first, forms = quote.first, tokens.forms
    dashes = [i for i in range(first + 2, quote.last - 1) if forms[i] in _DASHES and _sets_apart(tokens, i)]
    for n, dash in enumerate(dashes):
        if dash < first or not _opens(tokens, words, dash):
            continue
        yield Quote(first, dash - 1, closed=True, part=True)
        if n + 1 == len(dashes):
            return
        first = dashes[n + 1] + 1
    yield quote if first == quote.first else Quote(first, quote.last, quote.closed, part=True)


def _sets_apart(tokens: Tokens, i: int) -> bool:
    """A dash between spaces, behind a mark."""
    return tokens.forms[i - 1] in _BEFORE and tokens.ends[i - 1] < tokens.starts[i] < tokens.starts[i + 1] - 1


def _opens(tokens: Tokens, words: Vocabulary, dash: int) -> bool:
    """A verb of saying in small letters right behind the dash."""
    return tokens.forms[dash + 1] in words.verb_starts and tokens.word(dash + 1)[0].islower()


def _between_commas(tokens: Tokens, words: Vocabulary, quote: Quote) -> Iterator[Quote]:
    """What is said before and behind the narrator's clause between two commas, a verb of saying and who says it."""
    forms = tokens.forms
    commas = [i for i in range(quote.first + 2, quote.last - 1) if forms[i] == ","] if not quote.part else []
    for opening, closing in pairwise(commas):
        if closing - opening <= _LONGEST and _tells(tokens, words, opening + 1, closing):
            yield Quote(quote.first, opening, closed=True, part=True)
            yield Quote(closing + 1, quote.last, quote.closed, part=True)
            return
    yield quote


def _tells(tokens: Tokens, words: Vocabulary, first: int, last: int) -> bool:
    """A verb of saying, its auxiliary before it, then nothing but a name, a role or a pronoun tied to it."""
    forms, at = tokens.forms, first
    tied = False
    while at < last and (forms[at] in words.auxiliaries or forms[at] in words.pronouns or _is_tie(words, forms[at])):
        tied = tied or forms[at] in _HYPHENS
        at += 1
    if at >= last or forms[at] not in words.verb_starts or not tokens.word(first)[0].islower():
        return False
    hint = words.hints.at(tokens, at)
    if hint is not None and (hint[1].cue is None or "quote" not in hint[1].cue.takes):
        return False
    if any(forms[i] in words.pronouns and forms[i - 1] in _HYPHENS for i in range(first + 1, last)):
        return True
    return not tied and _is_subject(tokens, words, at + 1 if hint is None else hint[0], last)


def _is_tie(words: Vocabulary, form: str) -> bool:
    return form in _HYPHENS or form in words.ties


def _is_subject(tokens: Tokens, words: Vocabulary, first: int, last: int) -> bool:
    """A name or a word for a role at once, adverbs and days passed, and its own words as far as `last`."""
    forms = tokens.forms
    while first < last and (forms[first] in words.calendar or words.is_adverb(forms[first])):
        first += 1
    if first < last and forms[first] in words.articles and forms[first] not in words.prepositions:
        first += 1
    if first + 1 < last and forms[first + 1] == "'":
        first += 2
    if first >= last or not _is_head(tokens, words, first):
        return False
    opens = (i for i in range(first + 1, last) if words.complements.at(tokens, i) is not None)
    outside = words.closed | words.verb_starts | words.auxiliaries
    return next(opens, None) is None and all(
        forms[i] in words.particles or forms[i] not in outside or tokens.word(i)[0].isupper()
        for i in range(first + 1, last)
    )


def _is_head(tokens: Tokens, words: Vocabulary, i: int) -> bool:
    form = tokens.forms[i]
    return form in words.nominal or (tokens.word(i)[0].isupper() and form not in words.prepositions)
