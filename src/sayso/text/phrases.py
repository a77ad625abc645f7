"""Phrases: many word sequences looked up at once over the folded forms of Tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, KeysView
from functools import cached_property
from typing import Generic, TypeVar

from sayso.text.tokens import Tokens, first_form, forms

T = TypeVar("T")


class Phrases(Generic[T]):
    """Maps phrases (written as in running text) to values; the longest match at a token wins.

    Packs hold tens of thousands of phrases and a text begins few of them, so phrases are cut into words only when
    their first word is first met.
    """

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._entries: dict[str, list[tuple[str, T]]] = {}
        """First word -> phrases that begin with it."""
        for entry in entries:
            if (first := first_form(entry[0])) is not None:
                self._entries.setdefault(first, []).append(entry)
        self._values: dict[tuple[str, ...], T] = {}
        self._sizes: dict[str, list[int]] = {first: [] for first in self._entries}
        """First word -> in how many words the phrases are that begin with it, the longest first; empty at first."""

    def __bool__(self) -> bool:
        return bool(self._entries)

    def starts(self) -> KeysView[str]:
        """The folded first words: a cheap test before `at`."""
        return self._entries.keys()

    def starts_of(self, wanted: Callable[[T], bool]) -> frozenset[str]:
        """The folded first words of the phrases whose values are wanted."""
        return frozenset(
            first for first, entries in self._entries.items() if any(wanted(value) for _, value in entries)
        )

    def at(self, tokens: Tokens, i: int) -> tuple[int, T] | None:
        """(end, value) of the longest phrase that starts at token `i` (end excluded), or None."""
        words = tokens.forms
        sizes = self._sizes.get(words[i])
        if sizes is None:
            return None
        for size in sizes or self._cut(words[i]):
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

    def _cut(self, first: str) -> list[int]:
        """Cut the phrases that begin with a word; of one that was entered twice the first value counts."""
        sizes: set[int] = set()
        for phrase, value in self._entries[first]:
            found = tuple(forms(phrase))
            self._values.setdefault(found, value)
            sizes.add(len(found))
        self._sizes[first] = sorted(sizes, reverse=True)
        return self._sizes[first]

    @cached_property
    def _lasts(self) -> frozenset[str]:
        """The folded last words."""
        return frozenset(forms(phrase)[-1] for entries in self._entries.values() for phrase, _ in entries)
