"""Quantity: a number as told, with what bounds it and what it counts, before it is judged to be a claim."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sayso.extraction.nouns import Qualifier
from sayso.extraction.numbers.number import Number


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens `first` to `end` (excluded); `number` alone stands from `number.first` to `number.end`."""

    first: int
    end: int
    number: Number
    low: Decimal | None
    high: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None
    duration: bool = False
    compound: bool = False
    """The number is the first part of a hyphened word that says no unit ("30-something")."""
    level: bool = False
    """One of the two levels that a change is told by ("from 12 to 31")."""

    @property
    def bare(self) -> bool:
        """Nothing but a number: no unit, no qualifier, no scale, no range."""
        return self.unit is None and self.qualifier is None and self.high is None and self.number.scale == 1
