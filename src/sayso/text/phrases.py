"""Phrases: many word sequences looked up at once over the folded forms of Tokens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from sayso.text.tokens import Tokens, tokenize

T = TypeVar("T")


class Phrases(Generic[T]):
    """Maps phrases (written as in running text) to values; the longest match at a token wins."""

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            forms = tuple(tokenize(phrase).forms)
            if forms:
                self._by_first.setdefault(forms[0], []).append((forms, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

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
        for forms, value in candidates:
            end = i + len(forms)
            # The first word is known; most phrases have no other.
            if end == i + 1 or tuple(tokens.forms[i:end]) == forms:
                return end, value
        return None
