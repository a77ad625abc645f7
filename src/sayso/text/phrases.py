"""Phrases: many word sequences looked up at once over the folded forms of Tokens."""

from __future__ import annotations

from collections.abc import Iterable, KeysView
from typing import Generic, TypeVar

from sayso.text.tokens import Tokens, forms

T = TypeVar("T")


class Phrases(Generic[T]):
    """Maps phrases (written as in running text) to values; the longest match at a token wins."""

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            if found := tuple(forms(phrase)):
                self._by_first.setdefault(found[0], []).append((found, value))
        for listed in self._by_first.values():
            listed.sort(key=lambda entry: -len(entry[0]))
        self._lasts: frozenset[str] | None = None
        """The folded last words, once they are asked for."""

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def starts(self) -> KeysView[str]:
        """The folded first words: a cheap test before `at`."""
        return self._by_first.keys()

    def at(self, tokens: Tokens, i: int) -> tuple[int, T] | None:
        """(end, value) of the longest phrase that starts at token `i` (end excluded), or None."""
        candidates = self._by_first.get(tokens.forms[i])
        if candidates is None:
            return None
        for phrase, value in candidates:
            end = i + len(phrase)
            # The first word is known; most phrases have no other.
            if end == i + 1 or tuple(tokens.forms[i:end]) == phrase:
                return end, value
        return None

    def before(self, tokens: Tokens, i: int, words: int) -> int | None:
        """Start of the phrase that ends where token `i` starts, or None; no more than `words` words are tried.

        A phrase with which a longer one begins that goes on behind `i` does not count; the earliest start wins.
        """
        if self._lasts is None:
            self._lasts = frozenset(phrase[-1] for listed in self._by_first.values() for phrase, _ in listed)
        if i < 1 or tokens.forms[i - 1] not in self._lasts:
            return None
        for start in range(max(0, i - words), i):
            found = self.at(tokens, start) if tokens.forms[start] in self._by_first else None
            if found is not None and found[0] == i:
                return start
        return None
