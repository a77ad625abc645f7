"""Phrases: many word sequences looked up at once over the folded forms of Tokens."""

from __future__ import annotations

from collections.abc import Iterable
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

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def starts(self) -> frozenset[str]:
        """The folded first words: a cheap test before `at`."""
        return frozenset(self._by_first)

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
