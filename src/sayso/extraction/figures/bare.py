"""Bare: texts that hold nothing but numbers ("192", "one hundred and two", "3/5", "minus two thirds").

In running text a number counts something or it is no claim; where it is all that is said, it is read as far as
arithmetic goes: signs, fractions, decimals in words, powers of ten.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.numbers.fractions import SLASHES, divisor_at, part_of
from sayso.extraction.numbers.number import Number
from sayso.extraction.numbers.powers import power, shortened
from sayso.extraction.numbers.read import number_at
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import NUMBER
from sayso.text.phrases import Phrases
from sayso.text.tokens import Tokens

LONGEST: Final = 64
"""Tokens of a text that may be nothing but numbers."""
_LARGEST: Final = Decimal(10) ** 18
_SMALLEST: Final = Decimal(10) ** -18
_SIGNS: Final = frozenset("-−+")
_BETWEEN: Final = frozenset(",;:.!?،؛，。；、؟|()[]“”\"'«»…")
_HYPHENS: Final = frozenset("-‐‑")
_DIGITS: Final = 10


def bare(view: View) -> list[Quantity]:
    """Numbers of a text that holds nothing else, in order; empty for every other text and for what is no number."""
    if not 0 < len(view.tokens) <= LONGEST or not all(_fits(view, i) for i in range(len(view.tokens))):
        return []
    reader = _Reader(view)
    whole = reader.items([(0, len(view.tokens))])
    return whole or reader.items(reader.cut())


def _fits(view: View, i: int) -> bool:
    """Whether the token can stand in a text of numbers."""
    form, lexicon = view.tokens.forms[i], view.lexicon
    if not form[:1].isalpha() or lexicon.roles[form] & NUMBER or form in lexicon.arithmetic:
        return True
    return form in lexicon.numerals.inside or part_of(lexicon, form) is not None or (len(form) == 1 and form.isascii())


class _Reader:
    """One short text; every reading is of the tokens from `first` to `end` (excluded)."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lexicon = view.lexicon
        self._until: dict[int, View] = {}

    def cut(self) -> list[tuple[int, int]]:
        """The pieces between marks that touch no digit on one side."""
        tokens, pieces, first = self.view.tokens, [], 0
        for i, form in enumerate(tokens.forms):
            inside = self.view.adjacent(i) and self.view.adjacent(i + 1) and tokens.forms[i + 1].isdecimal()
            if form in _BETWEEN and not (inside and tokens.forms[i - 1].isdecimal()):
                pieces.append((first, i))
                first = i + 1
        return [*pieces, (first, len(tokens))]

    def items(self, pieces: list[tuple[int, int]]) -> list[Quantity]:
        """One number of each piece that is not empty; nothing at all when one of them is no number."""
        found: list[Quantity] = []
        for first, end in map(self._trimmed, pieces):
            if first == end:
                continue
            value = self.value(first, end)
            if value is None:
                return []
            found.append(Quantity(first, end, Number(first, end, value), value))
        return found

    def _trimmed(self, piece: tuple[int, int]) -> tuple[int, int]:
        first, end = piece
        forms = self.view.tokens.forms
        while first < end and forms[first] in _BETWEEN and not self._decimal(first):
            first += 1
        while first < end and forms[end - 1] in _BETWEEN:
            end -= 1
        return first, end

    def _decimal(self, i: int) -> bool:
        """ ".5": a decimal sign that opens a number."""
        tokens = self.view.tokens
        return tokens.forms[i] in ".," and i + 1 < len(tokens) and self.view.adjacent(i + 1) and self._digit(i + 1)

    def _digit(self, i: int) -> bool:
        return self.view.tokens.forms[i].isdecimal()

    def value(self, first: int, end: int) -> Decimal | None:
        """What the tokens say, or None; within 10^18 and not nearer to zero than 10^-18."""
        sign = self._sign(first, end)
        value = self._unsigned(first if sign is None else sign[0], end)
        if value is None or abs(value) > _LARGEST or 0 < abs(value) < _SMALLEST:
            return None
        return value if sign is None else value * sign[1]

    def _sign(self, first: int, end: int) -> tuple[int, int] | None:
        """(token behind the sign, ±1)."""
        if first + 1 >= end:
            return None
        if self.view.tokens.forms[first] in _SIGNS:
            return first + 1, 1 if self.view.tokens.forms[first] == "+" else -1
        after = self.view.after(first, self.lexicon.minus)
        return (after, -1) if after is not None and after < end else None

    def _unsigned(self, first: int, end: int) -> Decimal | None:
        readings = (
            self._plain,
            self._short,
            self._power,
            self._point,
            self._over,
            self._inverse,
            self._part,
            self._half,
        )
        return next((value for read in readings if (value := read(first, end)) is not None), None)

    def _plain(self, first: int, end: int) -> Decimal | None:
        """A number as in running text, with the articles that count one and a decimal sign without a zero."""
        if first >= end:
            return None
        forms = self.view.tokens.forms
        if end == first + 1 and forms[first] in self.lexicon.ones:
            return Decimal(1)
        if self._decimal(first) and end == first + 2:
            return Decimal(f"0.{forms[first + 1]}") if len(forms[first + 1]) < LONGEST else None
        number = number_at(self._view(end), first)
        if number is None and forms[first] in self.lexicon.ones:
            return self._one_and(first, end)
        return number.value if number is not None and number.end == end and number.unit is None else None

    def _one_and(self, first: int, end: int) -> Decimal | None:
        """ "un billion", "uma dezena": one of the scale behind the article."""
        found = self.lexicon.numerals.phrases.at(self.view.tokens, first + 1) if first + 1 < end else None
        if found is None or found[1].kind != "scale" or found[0] > end:
            return None
        rest = Decimal(0) if found[0] == end else self._plain(found[0], end)
        return None if rest is None or rest >= found[1].value else found[1].value + rest

    def _view(self, end: int) -> View:
        """The text up to token `end`."""
        if end == len(self.view.tokens):
            return self.view
        if end not in self._until:
            t = self.view.tokens
            short = Tokens(t.text, t.starts[:end], t.ends[:end], t.forms[:end], t.breaks[:end])
            self._until[end] = View(short, self.view.written[:end], self.lexicon)
        return self._until[end]

    def _text(self, first: int, end: int) -> str:
        return self.view.tokens.span(first, end).of(self.view.tokens.text)

    def _short(self, first: int, end: int) -> Decimal | None:
        """ "10k", "1.2 B"."""
        return shortened(self.lexicon, self._text(first, end)) if first < end else None

    def _power(self, first: int, end: int) -> Decimal | None:
        """ "12.32e+14", "2^-1"."""
        return power(self.lexicon, self._text(first, end)) if first < end else None

    def _point(self, first: int, end: int) -> Decimal | None:
        """ "two hundred point zero three"."""
        found = self._split(first, end, self.lexicon.points)
        whole = self._plain(first, found[0]) if found is not None else None
        if found is None or whole is None or whole != whole.to_integral_value():
            return None
        decimals = self._decimals(found[1], end)
        return None if decimals is None else whole + Decimal(f"0.{decimals}")

    def _decimals(self, first: int, end: int) -> str | None:
        """Digits told one by one ("zero three") or as one number ("seventy-one")."""
        told = [self.lexicon.numerals[form] for form in self.view.tokens.forms[first:end]]
        values = [numeral.value for numeral in told if numeral is not None and numeral.kind in ("word", "digits")]
        if (
            values
            and len(values) == len(told)
            and all(0 <= value < _DIGITS and value == int(value) for value in values)
        ):
            return "".join(str(int(value)) for value in values)
        zeros = 0
        while first < end and zeros < len(values) and values[zeros] == 0:
            first, zeros = first + 1, zeros + 1
        value = self._plain(first, end)
        return None if value is None or value != value.to_integral_value() else "0" * zeros + str(int(value))

    def _split(self, first: int, end: int, phrases: Phrases[object]) -> tuple[int, int] | None:
        """(start, end) of the first of `phrases` inside."""
        for i in range(first + 1, end - 1):
            after = self.view.after(i, phrases)
            if after is not None and after < end:
                return i, after
        return None

    def _over(self, first: int, end: int) -> Decimal | None:
        """ "3/5", "2 1/4", "one over three"."""
        forms = self.view.tokens.forms
        slash = next((i for i in range(first + 1, end - 1) if forms[i] in SLASHES), None)
        if slash is not None:
            return self._slashed(first, slash, end)
        found = self._split(first, end, self.lexicon.overs)
        return _ratio(self._plain(first, found[0]), self._plain(found[1], end)) if found is not None else None

    def _slashed(self, first: int, slash: int, end: int) -> Decimal | None:
        forms = self.view.tokens.forms
        if end != slash + 2 or not (_short_digits(forms[slash - 1]) and _short_digits(forms[slash + 1])):
            return None
        ratio = _ratio(Decimal(forms[slash - 1]), Decimal(forms[slash + 1]))
        if slash - 1 == first or ratio is None:
            return ratio
        stop = slash - 2 if self.view.tokens.forms[slash - 2] in self.lexicon.numerals.joiners else slash - 1
        whole = self._plain(first, stop)
        return None if whole is None or whole != whole.to_integral_value() else whole + ratio

    def _inverse(self, first: int, end: int) -> Decimal | None:
        """A denominator said first (三分之二), a whole number before it or not (一又三分之二)."""
        found = self._split(first, end, self.lexicon.divided)
        if found is None:
            return None
        above = self.value(found[1], end)
        mixed = self._split(first, found[0], self.lexicon.mixed)
        if mixed is None:
            return _ratio(above, self._plain(first, found[0]))
        whole, ratio = self._plain(first, mixed[0]), _ratio(above, self._plain(mixed[1], found[0]))
        return None if whole is None or ratio is None else whole + ratio

    def _part(self, first: int, end: int) -> Decimal | None:
        """ "three fifths", "twenty and three fifths", "a trillionth"."""
        found = divisor_at(self.view, first, end)
        if found is None:
            return None
        stop, divisor = found
        if divisor is None:
            cuts = ((self._plain(first, cut), self._plain(cut, stop)) for cut in range(first + 1, stop))
            return next(
                (_ratio(above, below) for above, below in cuts if above is not None and below is not None), None
            )
        if stop == first or (stop == first + 1 and self._article(first)):
            return 1 / divisor
        return self._mixed(first, stop, divisor)

    def _article(self, i: int) -> bool:
        return self.view.tokens.forms[i] in self.lexicon.ones

    def _mixed(self, first: int, stop: int, divisor: Decimal) -> Decimal | None:
        """The number before the name of a part; behind "and" it may count the parts alone ("two and a third")."""
        joint = next((i for i in range(stop - 1, first, -1) if self._joins(i)), None)
        if joint is not None:
            start = joint + (not self.view.glued(joint))
            above = Decimal(1) if start == stop else self._plain(start, stop)
            whole = self._plain(first, joint)
            if above is not None and above < divisor and whole:
                number = number_at(self._view(joint), first)
                return whole + above / divisor * (number.scale if number is not None else 1)
        above = self._plain(first, stop)
        return None if above is None else above / divisor

    def _joint(self, i: int) -> bool:
        return self.view.tokens.forms[i] in self.lexicon.numerals.joiners or self._joins(i)

    def _joins(self, i: int) -> bool:
        """Whether a whole number may end before token `i` and its part begin behind it."""
        if self.lexicon.mixed:
            return self.view.after(i, self.lexicon.mixed) is not None
        form = self.view.tokens.forms[i]
        return (form in self.lexicon.numerals.joiners and form not in _HYPHENS) or self.view.glued(i)

    def _half(self, first: int, end: int) -> Decimal | None:
        """ "three and a half", "meia dúzia", "demi", "⅔": the fractions that a language has words or signs for."""
        for start in range(first, end):
            found = self.lexicon.halves.at(self.view.tokens, start)
            if found is None or found[0] > end:
                continue
            if found[0] == end and start == first:
                return found[1]
            stop = start - 1 if start > first and self._joint(start - 1) else start
            whole = self._plain(first, stop) if found[0] == end and stop > first else None
            if whole is not None:
                return whole + found[1]
            if start == first and (scale := self._plain(found[0], end)) is not None and scale >= _DIGITS:
                return found[1] * scale
        return None


def _short_digits(form: str) -> bool:
    return form.isdecimal() and len(form) <= _DIGITS


def _ratio(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    return None if above is None or not below else above / below
