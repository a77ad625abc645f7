"""Moments: where in a text, and on which day, the rules for time expressions look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from sayso.extraction.numbers.view import View
from sayso.extraction.words.times import TimeWords
from sayso.text.phrases import Phrases

T = TypeVar("T")
_CLAUSE: Final = 12
_SHORT: Final = 2
_ENDING: Final = 4
_SIGNS: Final = frozenset(',،;؛:.!?؟…"“”«»„()')


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `first` to `end` (excluded) say `value`."""

    first: int
    end: int
    value: str
    open: str = ""
    """What the words themselves say where the day of reading filled the value: "XXXX-02", "WXX-5", "T18:00"."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A text and the day on which it is read; `done`: tokens before it belong to earlier expressions."""

    view: View
    words: TimeWords
    today: date | None
    done: int = 0

    def at(self, i: int, phrases: Phrases[T]) -> tuple[int, T] | None:
        """(end, value) of the longest phrase that starts at token `i`, None beyond the text."""
        view = self.view
        return phrases.at(view.tokens, i) if 0 <= i < len(view.written) else None

    def before(self, i: int, phrases: Phrases[T]) -> int | None:
        """Start of a phrase that ends at token `i`, in the same line and after the previous expression."""
        tokens = self.view.tokens
        if i <= self.done or (i < len(tokens.breaks) and tokens.breaks[i]):
            return None
        start = phrases.before(tokens, i, 5)
        return start if start is not None and start >= self.done else None

    def after(self, i: int, phrases: Phrases[T]) -> int | None:
        """End of a phrase that starts at token `i`, in the same line."""
        tokens = self.view.tokens
        found = None if i >= len(tokens.breaks) or tokens.breaks[i] else phrases.at(tokens, i)
        return found[0] if found is not None else None

    def form(self, i: int) -> str:
        """Folded form of token `i`, empty beyond the text."""
        forms = self.view.tokens.forms
        return forms[i] if 0 <= i < len(forms) else ""

    def opened(self, i: int) -> int:
        """Start of the preposition and of the words that narrow ("early", "late") before token `i`."""
        lexicon = self.view.lexicon
        narrowed = self.before(i, lexicon.early_late)
        i = i if narrowed is None else narrowed
        opened = self.before(i, lexicon.prepositions)
        return i if opened is None else opened

    def closed(self, end: int) -> int:
        """End of the words that narrow a period behind it («年底», "ayının ortasında"), or `end`."""
        return self.after(end, self.words.tails) or end

    def suffixed(self, end: int) -> int:
        """End of a case ending behind an apostrophe ("2024'te"), or `end`."""
        form = self.form(end + 1)
        ending = form.isalpha() and len(form) <= _ENDING and self.view.adjacent(end) and self.view.adjacent(end + 1)
        return end + 2 if self.form(end) == "'" and ending else end

    def ahead(self, i: int) -> bool:
        """Whether a word of the future ("will", "scheduled") stands before token `i`, no comma or stop between.

        Where the verb comes last, it may stand behind it."""
        tokens, later = self.view.tokens, self.view.lexicon.later
        for at in range(i - 1, max(-1, i - _CLAUSE), -1):
            if tokens.breaks[at + 1] or (tokens.forms[at] in _SIGNS and not self.view.adjacent(at + 1)):
                break
            if later.at(tokens, at) is not None:
                return self.before(at, self.view.lexicon.articles) is None
        return self.view.lexicon.words.language.order == "sov" and self._ahead_behind(i)

    def _ahead_behind(self, i: int) -> bool:
        tokens = self.view.tokens
        for at in range(i + 1, min(len(tokens), i + _CLAUSE)):
            if tokens.breaks[at] or tokens.forms[at] in _SIGNS:
                return False
            if self.view.lexicon.later.at(tokens, at) is not None:
                return True
        return False

    def told_next(self, end: int) -> bool:
        """Whether a word of the future is the next one ("Am Montag wird er", «В понедельник состоится»)."""
        return self.after(end, self.view.lexicon.later) is not None

    def due(self, i: int) -> bool:
        """Whether the word before token `i` makes it a deadline that is still to come ("could open by Monday")."""
        start, lexicon = self.before(i, self.view.lexicon.deadlines), self.view.lexicon
        if start is None:
            return False
        clause = [form for form in self._clause(start, i) if len(form) > _SHORT]
        if lexicon.past_endings and not any(form.endswith(lexicon.past_endings) for form in clause):
            return True
        return any(form in lexicon.modals or form.endswith(lexicon.later_endings) for form in clause)

    def _clause(self, start: int, i: int) -> list[str]:
        """Forms on both sides of tokens `start` to `i`, up to a sign or the line's end."""
        tokens = self.view.tokens
        before = range(start - 1, max(-1, start - _CLAUSE), -1)
        after = range(i, min(len(tokens), i + _CLAUSE))
        edges = (
            next((at for at in before if tokens.forms[at] in _SIGNS or tokens.breaks[at + 1]), before.stop),
            next((at for at in after if tokens.forms[at] in _SIGNS or (at > i and tokens.breaks[at])), after.stop),
        )
        return tokens.forms[edges[0] + 1 : edges[1]]

    def turn(self, first: int, end: int) -> tuple[int, int, int | None]:
        """(first, end, -1 | 0 | 1 | None) with "last", "this" or "next" on either side taken in."""
        lexicon = self.view.lexicon
        for value, phrases in ((-1, lexicon.last), (0, lexicon.this), (1, lexicon.next)):
            start, stop = self.before(first, phrases), self.after(end, phrases)
            if start is not None:
                return start, end, value
            if stop is not None:
                return first, stop, value
        return first, end, None

    def turn_of(self, first: int, end: int) -> tuple[int, int, int | None]:
        """`turn`, but a "last" behind that belongs to the year after it is left to that («в марте прошлого года»)."""
        start, stop, turn = self.turn(first, end)
        year = self.at(stop, self.view.lexicon.units) if stop > end else None
        return (first, end, None) if year is not None and year[1] == "year" else (start, stop, turn)


Rule = Callable[[Moment, int], Found | None]
"""Reads the time expression at one token, or None; without a published day only absolute values are given."""
