"""Phrases: many word sequences looked up at once over the folded forms of Tokens."""

from __future__ import annotations

from collections.abc import Iterable, KeysView
from functools import cached_property
from typing import Generic, TypeVar

from sayso.text.tokens import Tokens, forms

T = TypeVar("T")


class Phrases(Generic[T]):
    """Maps phrases (written as in running text) to values; the longest match at a token wins."""

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._values: dict[tuple[str, ...], T] = {}
        """Of a phrase that is entered twice the first value counts."""
        self._sizes: dict[str, list[int]] = {}
        """First word -> in how many words the phrases are that begin with it, the longest first."""
        for phrase, value in entries:
            if found := tuple(forms(phrase)):
                self._values.setdefault(found, value)
                sizes = self._sizes.setdefault(found[0], [])
                if len(found) not in sizes:
                    sizes.append(len(found))
        for sizes in self._sizes.values():
            sizes.sort(reverse=True)

    def __bool__(self) -> bool:
        return bool(self._values)

    def starts(self) -> KeysView[str]:
        """The folded first words: a cheap test before `at`."""
        return self._sizes.keys()

    def at(self, tokens: Tokens, i: int) -> tuple[int, T] | None:
        """(end, value) of the longest phrase that starts at token `i` (end excluded), or None."""
        words = tokens.forms
        for size in self._sizes.get(words[i], ()):
            phrase = tuple(words[i : i + size])
            # At the text's end fewer words are left, which may be a shorter phrase.
            if phrase in self._values and len(phrase) == size:
                return i + size, self._values[phrase]
        return None

    def before(self, tokens: Tokens, i: int, words: int) -> int | None:
        """Start of the phrase that ends where token `i` starts, or None; no more than `words` words are tried.

        A phrase with which a longer one begins that goes on behind `i` does not count; the earliest start wins.
        """
        if i < 1 or tokens.forms[i - 1] not in self._lasts:
            return None
        for start in range(max(0, i - words), i):
            found = self.at(tokens, start)
            if found is not None and found[0] == i:
                return start
        return None

    @cached_property
    def _lasts(self) -> frozenset[str]:
        """The folded last words."""
        return frozenset(phrase[-1] for phrase in self._values)
