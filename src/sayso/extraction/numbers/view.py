"""View: the tokens of a text as the rules for numbers, times and figures read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from sayso.extraction.numbers.number import Number
from sayso.extraction.words.codes import apart
from sayso.extraction.words.lexicon import NUMBER, OPENING, Lexicon
from sayso.text.phrases import Phrases
from sayso.text.tokens import Tokens

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """Tokens as this room reads them: `tokens.forms` without glued letters; `glued(i)` tells where there were some."""

    tokens: Tokens
    written: list[str]
    lexicon: Lexicon
    numbers: dict[int, Number | None] = field(default_factory=dict)
    """The numbers read so far by their first tokens: several rules ask for each."""

    def glued(self, i: int) -> bool:
        """Whether letters of another word were written onto token `i` (Arabic "and")."""
        return self.written[i] != self.tokens.forms[i]

    def opens_number(self, i: int) -> bool:
        """Whether a number may start at token `i`."""
        bits = self.lexicon.roles[self.tokens.forms[i]]
        if bits & OPENING:
            return self.lexicon.numerals.phrases.at(self.tokens, i) is not None
        return bool(bits & NUMBER)

    def adjacent(self, i: int) -> bool:
        """Whether nothing stands between token i-1 and token i."""
        return 0 < i < len(self.written) and self.tokens.starts[i] == self.tokens.ends[i - 1]

    def before(self, i: int, phrases: Phrases[T], longest: int = 4) -> int | None:
        """Start of the longest phrase that ends where token `i` starts, or None."""
        return phrases.before(self.tokens, i, longest)

    def after(self, i: int, phrases: Phrases[T]) -> int | None:
        """End of the longest phrase that starts at token `i`, or None."""
        found = phrases.at(self.tokens, i) if i < len(self.written) else None
        return found[0] if found is not None else None


_last: tuple[Lexicon, Tokens, View] | None = None


def viewed(tokens: Tokens, lexicon: Lexicon) -> View:
    """`tokens` with glued letters taken off where a known word or a number remains, and codes off their digits.

    The last view is kept, since times and figures are read of the same tokens.
    """
    global _last
    last = _last
    if last is None or last[0] is not lexicon or last[1] is not tokens:
        last = _last = (lexicon, tokens, _view(tokens, lexicon))
    return last[2]


def _view(tokens: Tokens, lexicon: Lexicon) -> View:
    tokens = apart(tokens)
    if not lexicon.words.numbers.glued:
        return View(tokens, tokens.forms, lexicon)
    bare = lexicon.bare
    forms = [bare[form] for form in tokens.forms]
    return View(Tokens(tokens.text, tokens.starts, tokens.ends, forms, tokens.breaks), tokens.forms, lexicon)
