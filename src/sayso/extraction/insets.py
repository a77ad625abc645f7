"""Insets: the narrator's words inside one pair of marks («We left, — said Holt. — It was late»)."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extraction.quotes import Quote
from sayso.extraction.vocabulary import Vocabulary
from sayso.text.tokens import Tokens

_DASHES = frozenset("-–—")
_BEFORE = frozenset(",.!?…؟،")


def without_insets(tokens: Tokens, words: Vocabulary, quotes: list[Quote]) -> list[Quote]:
    """`quotes`, where dashes set a narrator's clause apart cut into what is said before and behind it."""
    return [part for quote in quotes for part in _parts(tokens, words, quote)]


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
