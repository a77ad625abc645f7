"""What a user types into the search: words and "quoted phrases", never FTS syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.ledger.terms import stemmer, terms
from sayso.text.folding import fold_word

_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
# Where words of other scripts take no prefixes and endings worth finding inside a longer word.
_STANDS_ALONE = re.compile(r"[\u0000-\u052f\u1e00-\u1fff]")
_SHORTEST_PIECE = 3
_SHORTEST_INSIDE = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One word, or words that must stand one after another: all parts of a query must be found."""

    forms: tuple[str, ...]
    quoted: bool

    def stems(self, langs: Iterable[str]) -> set[tuple[str, ...]]:
        """The part as whole words of each language; none when quoted, since a quote is not to be bent."""
        return set() if self.quoted else {self.forms, *(tuple(map(stemmer(lang), self.forms)) for lang in langs)}

    def piece(self) -> str:
        """The part as a piece of running text, a space standing for the edge of a word.

        Scripts that write articles, conjunctions or endings together with the word («والوزير») are found inside words;
        elsewhere only long unquoted words are, so that "art" does not find "party".
        """
        words = " ".join(self.forms)
        alone = _STANDS_ALONE.match(words) is not None
        if len(words) >= _SHORTEST_PIECE and not (alone and (self.quoted or len(words) < _SHORTEST_INSIDE)):
            return words
        if not alone and len(words) == _SHORTEST_PIECE - 1:
            return f" {words}"
        return f" {words} "


def parse(query: str) -> list[Part]:
    """The parts of a query; marks of any script quote. Raises InputError when it holds no word."""
    plain = "".join('"' if fold_word(char) == '"' else char for char in query)
    parts: list[Part] = []
    for phrase, word in _PART.findall(plain):
        forms = tuple(terms(phrase or word).forms)
        if forms:
            parts.append(Part(forms, bool(phrase)))
    if not parts:
        raise InputError(f"query {query!r}", "holds no word to search for")
    return parts
