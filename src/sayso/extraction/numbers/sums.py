"""Sums: a number while it is being read, term by term."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sayso.extraction.words.numerals import fits, place

_HUNDRED: Final = Decimal(100)
_THOUSAND: Final = Decimal(1000)
_ONE: Final = Decimal(1)


class Sum:
    """A number while it is being read: `terms` are the finished scales, falling; `current` is below the next one."""

    __slots__ = ("before", "current", "elided", "end", "first", "grouped", "scale", "spelled", "terms", "unit")

    def __init__(self) -> None:
        self.terms: list[tuple[Decimal, Decimal]] = []
        """(value, scale) of each finished scale."""
        self.current: Decimal | None = None
        self.scale: Decimal = _ONE
        self.spelled = True
        self.grouped = False
        self.unit: str | None = None
        self.first = self.end = 0
        self.before: Decimal | None = None
        """The scale that was taken last, right before what comes next."""
        self.elided = Decimal(0)

    @property
    def value(self) -> Decimal:
        """All of it so far."""
        return sum((value for value, _ in self.terms), self.current or Decimal(0)) + self.elided

    @property
    def last(self) -> Decimal | None:
        """The scale that was finished last."""
        return self.terms[-1][1] if self.terms else None

    @property
    def empty(self) -> bool:
        """Whether nothing was read yet."""
        return self.current is None and not self.terms

    def add_word(self, value: Decimal) -> bool:
        """Whether a number word goes on this number; adds it if so. A word for thousands is a finished scale."""
        if self.current is None:
            if self.last is not None and value >= self.last:
                return False
            if value >= _THOUSAND and self.spelled:
                scale = Decimal(place(value))
                self.terms.append((value, scale))
                self.scale = scale if value == scale else self.scale
            else:
                self.current = value
        elif not self.spelled or not fits(self.current % _HUNDRED or self.current, value):
            return False
        else:
            self.current += value
        return True

    def add_scale(self, scale: Decimal) -> bool:
        """Whether a scale word goes on; multiplies if so. A larger one takes all smaller ones ("mil millones")."""
        if scale == _HUNDRED and self.spelled and (self.current is None or self.current < _HUNDRED):
            self.current = (self.current or _ONE) * scale
            return True
        value, kept = self.current, len(self.terms)
        while kept and self.terms[kept - 1][1] < scale:
            kept -= 1
            value = (value or Decimal(0)) + self.terms[kept][0]
        if kept and (self.terms[kept - 1][1] == scale or value is None):
            return False
        self.terms[kept:] = [((_ONE if value is None else value) * scale, scale)]
        self.current, self.scale = None, scale
        return True

    def add_fraction(self, value: Decimal) -> None:
        """A part of the scale that was finished last ("two million and a half")."""
        self.terms.append((value * self.scale, value * self.scale))
