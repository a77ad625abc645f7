"""Numerals: what one word says about a number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from sayso.languages.measures import measures
from sayso.languages.schema import Words
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases
from sayso.text.tokens import forms_of

TIMES: Final = "times"
"""The unit of a change by so many times ("doubled")."""
LONGEST: Final = 15
"""More digits than this are an identifier, not a quantity."""
GLUED = re.compile(r"(\d{1,15})([^\W\d_]{1,24})")
_SHORTEST_PIECE: Final = 2
_LONGEST_COMPOUND: Final = 80
_HUNDRED: Final = 100
_THOUSAND: Final = 1000
SPACES: Final = frozenset(" \u00a0\u2007\u2009\u202f")


class Numeral(NamedTuple):
    """`kind`: digits · word · scale · fraction · vague; `unit` where the same word names it ("400m", "two-day")."""

    kind: str
    value: Decimal
    unit: str | None = None
    scale: Decimal = Decimal(1)


class Vague(NamedTuple):
    """A round word: the least it says, and whether it is `exact` enough to have a value ("vingtaine")."""

    least: Decimal
    exact: bool


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


class Numerals(dict[str, "Numeral | None"]):
    """Folded form -> Numeral or None; each form is analysed once."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        numbers = words.numbers
        self.decimal = numbers.decimal
        self.grouping = frozenset(numbers.grouping)
        self.spaced = not SPACES.isdisjoint(self.grouping)
        listed: list[tuple[str, Numeral]] = []
        for kind, table in (
            ("vague", numbers.vague),
            ("fraction", numbers.fractions),
            ("word", numbers.words),
            ("scale", numbers.scales),
        ):
            listed.extend((word, Numeral(kind, _decimal(value))) for word, value in table.items())
        listed.extend([(w.replace("-", " "), n) for w, n in listed if n.kind == "word" and "-" in w])
        listed.extend((word, Numeral("word", _decimal(value), TIMES)) for word, value in numbers.multiples.items())
        for unit, forms in words.units.duals.items():
            listed.extend((form, Numeral("word", Decimal(2), unit)) for form in forms)
        self.phrases: Phrases[Numeral] = Phrases(reversed(listed))
        self.inside = frozenset(form for form in forms_of(word for word, _ in listed) if form[:1].isalpha())
        self.vague = Phrases((w, Vague(_decimal(least), w in numbers.words)) for w, least in numbers.vague.items())
        self.opening = frozenset(fold_word(word) for word in numbers.words)
        self.has_one = any(value == 1 and " " not in word for word, value in numbers.words.items())
        """Whether a word counts one that is no article."""
        self.never_last = frozenset(fold_word(word) for word in numbers.openers)
        self.joiners = frozenset(fold_word(word) for word in numbers.joiners)
        self._simple = {fold_word(w): numeral for w, numeral in listed if numeral.kind in ("word", "scale")}
        self._prefixes = {fold_word(word): _decimal(value) for word, value in numbers.prefixes.items()}
        self._opening_letters = frozenset(piece[:_SHORTEST_PIECE] for piece in (*self._simple, *self.joiners))
        self._all_prefixes = tuple(self._prefixes)
        self._stems = [(fold_word(stem), name) for name, stems in words.units.stems.items() for stem in stems]
        self._stems.sort(key=lambda pair: -len(pair[0]))
        self._unit_words = _unit_words(words)

    def __missing__(self, form: str) -> Numeral | None:
        if len(self) > 1 << 17:
            self.clear()
        numeral = self[form] = self._read(form)
        return numeral

    def _read(self, form: str) -> Numeral | None:
        if form.isdecimal():
            return Numeral("digits", Decimal(form)) if form.isascii() and len(form) <= LONGEST else None
        if form in self._simple:
            return self._simple[form]
        if len(form) > _LONGEST_COMPOUND:
            return None
        if form[:1].isdecimal():
            return self._glued(form)
        return self._with_stem(form) or self._compound(form)

    def _glued(self, form: str) -> Numeral | None:
        """Digits with letters written onto them: "50mln", "400m", "14-day" without its hyphen."""
        found = GLUED.fullmatch(form)
        if found is None:
            return None
        value, letters = Decimal(found[1]), found[2]
        piece = self._simple.get(letters)
        if piece is not None and piece.kind == "scale":
            return Numeral("word", value * piece.value, scale=piece.value)
        unit = self._unit_words.get(letters) or self._stem(letters)
        return Numeral("digits", value, unit) if unit else None

    def _with_stem(self, form: str) -> Numeral | None:
        """A number and what it measures in one word: German "zweistündig"."""
        if not form.startswith(self._all_prefixes):
            return None
        for prefix, value in self._prefixes.items():
            unit = self._stem(form[len(prefix) :]) if form.startswith(prefix) else None
            if unit:
                return Numeral("word", value, unit)
        return None

    def _stem(self, rest: str) -> str | None:
        return next((name for stem, name in self._stems if rest.startswith(stem) and len(rest) - len(stem) <= 4), None)

    def unit_of_stem(self, form: str) -> str | None:
        """Unit of the second half of "400-metre", or None."""
        return self._stem(form)

    def _compound(self, form: str) -> Numeral | None:
        """Number words written as one: "zweihundertfünf", "einundzwanzig", "ثلاثمئة"."""
        pieces = self._pieces(form)
        value = _sum(pieces) if pieces else None
        return None if value is None else Numeral("word", value)

    def _pieces(self, form: str) -> list[Numeral]:
        """Cut into known pieces, longer ones first; empty when no cut leaves nothing over."""
        if form[:_SHORTEST_PIECE] not in self._opening_letters:
            return []
        cut = self._cut(form, 0, set())
        pieces = [numeral for text in cut or () if (numeral := self._simple.get(text)) is not None]
        return pieces if len(pieces) > 1 else []

    def _cut(self, form: str, at: int, failed: set[int]) -> list[str] | None:
        """The pieces from `at` on; `failed`: places from where none fit."""
        if at == len(form):
            return []
        for end in range(len(form), at + _SHORTEST_PIECE - 1, -1) if at not in failed else ():
            rest = self._cut(form, end, failed) if self._piece(form[at:end]) else None
            if rest is not None:
                return [form[at:end], *rest]
        failed.add(at)
        return None

    def _piece(self, text: str) -> bool:
        return text in self._simple or (text in self.joiners)


def _unit_words(words: Words) -> dict[str, str]:
    """Units that are written onto digits ("400m", "5km", "3h")."""
    table = {fold_word(sign): name for name, signs in measures().measures.items() for sign in signs}
    table |= {fold_word(code): code for code in measures().codes}
    for named in (words.units.money, words.units.things):
        table |= {fold_word(w): name for name, forms in named.items() for w in forms}
    return table | {fold_word(w): str(name) for name, forms in words.times.units.items() for w in forms}


def _sum(pieces: list[Numeral]) -> Decimal | None:
    """Value of number words in a row, or None when they don't make one number."""
    total = current = Decimal(0)
    for value, scale in map(_scaled, pieces):
        if value is not None:
            if not fits(current, value):
                return None
            current += value
        if scale == _HUNDRED:
            current = (current or Decimal(1)) * scale
        elif scale is not None:
            total, current = total + (current or Decimal(1)) * scale, Decimal(0)
    return total + current


def _scaled(piece: Numeral) -> tuple[Decimal | None, Decimal | None]:
    """(value, scale) that a piece adds: "achttausend" is eight and a thousand."""
    if piece.kind == "scale" or piece.value == _THOUSAND:
        return None, piece.value
    thousands, rest = divmod(piece.value, _THOUSAND)
    return (thousands, Decimal(_THOUSAND)) if 0 < thousands < _THOUSAND and not rest else (piece.value, None)


def fits(current: Decimal, value: Decimal) -> bool:
    """Whether number word `value` can follow `current` in one number: "twenty" + "one", "one" + "and twenty"."""
    if current == 0:
        return True
    if 1 <= current <= 9 and 20 <= value <= 90:
        return True
    return value < place(current)


def place(value: Decimal) -> int:
    """The largest power of ten that divides `value` (1 for fractions)."""
    if value == 0 or value != value.to_integral_value():
        return 1
    number, power = int(value), 1
    while number % (power * 10) == 0:
        power *= 10
    return power
