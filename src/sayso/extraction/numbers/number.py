"""Number: a number as a text tells it, in digits or in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `first` to `end` (excluded) read as `value` (None: "dozens"); `scale` is its last scale word's value."""

    first: int
    end: int
    value: Decimal | None
    scale: Decimal = _ONE
    spelled: bool = False
    grouped: bool = False
    rough: bool = False
    """A round word for about so many ("vingtaine")."""
    unit: str | None = None
    part: bool = False
    """A part of a whole ("two thirds", "1/4")."""
    least: Decimal | None = None
    """The least that a vague count says ("dozens": 24)."""

    @property
    def mantissa(self) -> Decimal:
        """The value without its scale word ("12" of "12 million")."""
        return (self.value or Decimal(0)) / self.scale
