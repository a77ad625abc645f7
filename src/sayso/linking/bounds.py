"""Bounds: the range of true values that a figure's words leave open, and whether two figures can both be right."""

from __future__ import annotations

import math
from typing import NamedTuple

from sayso.extraction.nouns import Figure

_ABOUT = 0.10  # "about 100": 90 to 110
_NEARLY = 0.10  # "nearly 100": 90 to 100
_VAGUE = 0.5  # "dozens" is said of twelve too, never of five
_OVER = 0.25  # "over 100" is not said of more than 125: a better bound would have been at hand

Amount = tuple[float | int | None, float | int | None, float | int | None]
"""A figure's value, the higher one of two, and the least that a vague count says; None where there is none."""


class Bounds(NamedTuple):
    """Lowest and highest value, both included."""

    low: float
    high: float

    def meets(self, other: Bounds) -> bool:
        """True when one value can satisfy both."""
        return self.low <= other.high and other.low <= self.high


def significant(value: float) -> int:
    """Number of significant digits written: 150,000,000 has 2."""
    digits = f"{abs(value):.15g}".replace(".", "").lstrip("0")
    mantissa = digits.split("e")[0].rstrip("0")
    return max(1, len(mantissa))


def rounding(value: float) -> float:
    """Half a unit of the last significant digit, the second at most: 150,000,000 stands for 145 to 155 million."""
    if value == 0:
        return 0.0
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - max(2, significant(value)) + 1)


def bounds(figure: Figure) -> Bounds | None:
    """What the figure leaves open; None when it has neither a value nor a lower bound."""
    if figure.value is None:
        return None if figure.least is None else Bounds(figure.least * _VAGUE, math.inf)
    value = float(figure.value)
    if figure.value_high is not None:
        return Bounds(value, float(figure.value_high))
    slack = rounding(value) if significant(value) < 3 or abs(value) >= 1000 else 0.0
    match figure.qualifier:
        case "over" | "at least":
            return Bounds(value, value * (1 + _OVER))
        case "nearly":
            return Bounds(value * (1 - _NEARLY), value)
        case "up to" | "under":
            return Bounds(0.0, value)
        case "about":
            return Bounds(value * (1 - _ABOUT) - slack, value * (1 + _ABOUT) + slack)
        case _:
            return Bounds(value - slack, value + slack)


def one_value(a: Amount, b: Amount) -> bool:
    """The same value, or one is the other rounded to two digits or more: 150 million for 149.8, never 17 for 19."""
    if a == b:
        return True
    if a[0] is None or b[0] is None or a[1] is not None or b[1] is not None:
        return False
    fine, coarse = sorted((float(a[0]), float(b[0])), key=significant, reverse=True)
    digits = significant(coarse)
    return 1 < digits < significant(fine) and float(f"{fine:.{digits - 1}e}") == coarse


def digits_moved(a: float, b: float) -> bool:
    """The same digits in another order (269,000 and 296,000), at least three of them significant."""
    if a == b or significant(a) < 3 or significant(b) < 3:
        return False
    return a == int(a) and b == int(b) and sorted(str(int(a))) == sorted(str(int(b)))


def scale_slip(a: float, b: float) -> bool:
    """True for values a thousand or a million times apart: German Billion, French billion and milliard slip so."""
    low, high = sorted((abs(a), abs(b)))
    return low > 0 and any(math.isclose(high, low * times, rel_tol=1e-9) for times in (1e3, 1e6))
