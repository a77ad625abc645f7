"""Bounds: the range of true values that a figure's words leave open, and whether two figures can both be right."""

from __future__ import annotations

import math
from typing import NamedTuple

from sayso.extraction.nouns import Figure

_ABOUT = 0.10  # "about 100": 90 to 110
_NEARLY = 0.10  # "nearly 100": 90 to 100
_VAGUE = 0.5  # "dozens" is said of twelve too, never of five
_OVER = 0.25  # "over 100" is not said of more than 125: a better bound would have been at hand
_WIDE = 2.0  # a range whose high end is so many times the low one says that the value is not known
_QUARTER = 15.0

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
        return Bounds(*sorted((value, float(figure.value_high))))
    left = _left_open(figure, abs(value))
    return left if value >= 0 else Bounds(-left.high, -left.low)


def _left_open(figure: Figure, value: float) -> Bounds:
    """The bounds of a value that is not negative."""
    slack = _slack(figure.unit, value)
    match figure.qualifier:
        case "over" | "at least":
            return Bounds(value, value * (1 + _OVER))
        case "nearly":
            return Bounds(value * (1 - _NEARLY), value)
        case "up to" | "under":
            return Bounds(0.0, value)
        case "about":
            return Bounds(max(0.0, value * (1 - _ABOUT) - slack), value * (1 + _ABOUT) + slack)
        case _:
            return Bounds(value - slack, value + slack)


def _slack(unit: str | None, value: float) -> float:
    """What rounding leaves open; whole hours are told of a quarter of an hour more or less."""
    if unit == "minutes" and value and value % 60 == 0:
        return _QUARTER
    return rounding(value) if significant(value) < 3 or value >= 1000 else 0.0


def settles(a: Figure, b: Figure) -> bool:
    """True when one leaves wide open what the other settles at an end of it."""
    return (a.value_high is not None or b.value_high is not None) and (_settles(a, b) or _settles(b, a))


def _settles(wide: Figure, point: Figure) -> bool:
    """ "Between half a million and two million" against "two million"."""
    if wide.value is None or wide.value_high is None or point.value is None or point.value_high is not None:
        return False
    low, high = sorted((float(wide.value), float(wide.value_high)))
    return point.qualifier == "exact" and 0 < low * _WIDE <= high and float(point.value) in (low, high)


def one_value(a: Amount, b: Amount) -> bool:
    """The same value, or one is the other rounded to two digits or more: 150 million for 149.8, never 17 for 19."""
    if a == b:
        return True
    if a[0] is None or b[0] is None or a[1] is not None or b[1] is not None:
        return False
    fine, coarse = sorted((float(a[0]), float(b[0])), key=significant, reverse=True)
    digits = significant(coarse)
    return 1 < digits < significant(fine) and float(f"{fine:.{digits - 1}e}") == coarse


def same_to_two_digits(a: float, b: float) -> bool:
    """True for values no further apart than half a unit of their second digit: 3,381 and 3,419."""
    most = max(abs(a), abs(b))
    return most > 0 and abs(a - b) <= 0.5 * 10.0 ** (math.floor(math.log10(most)) - 1)


def digits_moved(a: float, b: float, fewest: int = 3) -> bool:
    """The same digits in another order (269,000 and 296,000), at least `fewest` of them significant."""
    if a == b or significant(a) < fewest or significant(b) < fewest:
        return False
    return a == int(a) and b == int(b) and sorted(str(int(a))) == sorted(str(int(b)))


def scale_slip(a: float, b: float) -> bool:
    """True for values a thousand or a million times apart: German Billion, French billion and milliard slip so."""
    low, high = sorted((abs(a), abs(b)))
    return low > 0 and any(math.isclose(high, low * times, rel_tol=1e-9) for times in (1e3, 1e6))
