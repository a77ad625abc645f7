"""Scales: where values and days stand on an axis, as a share from 0 to 1, and the round marks to read them by."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.interfaces.wording import short

_DECADE = 10  # values that span more than this, all above zero, stand on a logarithmic axis
_CLOSE = 1.5  # values nearer than this (as a ratio) may have an axis that does not start at zero
_DIGITS = 6  # of a round value, so that 122.5 is not called 122
_MOST = 7  # marks of a logarithmic axis
_LARGEST, _SMALLEST = 1e300, 1e-300  # nothing that is counted; floats near their limits overflow


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values: its marks, rising, the outermost at its ends."""

    steps: tuple[float, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """The place of `value` between the ends, 0…1."""
        low, high, at = (math.log10(v) if self.log else v / 2 for v in (self.steps[0], self.steps[-1], value))
        return min(1.0, max(0.0, (at - low) / (high - low)))

    @property
    def cut(self) -> bool:
        """A linear axis that leaves zero out."""
        return not self.log and not self.steps[0] <= 0 <= self.steps[-1]


def number(value: float | int | None) -> float | None:
    """A value that can be drawn; None for none, for infinities and for what no axis can hold."""
    if value is None or not abs(value) <= _LARGEST:
        return None
    return float(value) if abs(value) >= _SMALLEST else 0.0


def scale(values: Collection[float]) -> Scale:
    """An axis that holds all of `values` (at least one): logarithmic where they span more than a decade."""
    low, high = min(values), max(values)
    if low > 0 and not near(values):
        return Scale(_decades(low, high), log=True)
    return Scale(tuple(steps(low, high)))


def near(values: Collection[float]) -> bool:
    """True when all values lie within a decade."""
    return 0 < max(values) <= _DECADE * min(values)


def steps(low: float, high: float) -> list[float]:
    """Three or four round values that enclose both; zero is among them unless the two lie close together."""
    close = (low > 0 and high / _CLOSE < low) or (high < 0 and low / _CLOSE > high)
    if not close or low == high:
        low, high = min(0.0, low), max(0.0, high)
    raw = high / 3 - low / 3 or 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    size = next((m * power for m in (1, 2, 2.5, 5) if m * power >= raw), 10 * power)
    first, last = math.floor(low / size), math.ceil(high / size)
    found = sorted({size * i for i in range(first, max(last, first + 1) + 1)})
    return found if len(found) > 1 else [*found, math.nextafter(found[0], math.inf)]


def _decades(low: float, high: float) -> tuple[float, ...]:
    """1, 2, 5, 10 … around the values where few are enough, else powers of ten."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    fine = [m * 10.0**power for power in range(first, last + 1) for m in (1, 2, 5)]
    start = max((v for v in fine if v <= low), default=fine[0])
    end = min((v for v in fine if v >= high), default=fine[-1])
    kept = tuple(v for v in fine if start <= v <= end)
    if len(kept) <= _MOST:
        return kept
    every = math.ceil((last - first) / (_MOST - 1))
    return tuple(10.0**power for power in range(first, last + every, every))


def day_share(day: date, days: Sequence[date], lone: float = 0.5) -> float:
    """The place of a day between the first and the last, to scale; `lone` where there is one day only."""
    length = (days[-1] - days[0]).days
    return (day - days[0]).days / length if length else lone


def marked_days(days: Sequence[date], room: float = 0.2) -> list[date]:
    """First and last of rising `days`, and between them what is `room` of the axis away from its neighbours."""
    span = (days[-1] - days[0]).days or 1
    kept = [days[0]]
    for day in days[1:-1]:
        if (day - kept[-1]).days > span * room and (days[-1] - day).days > span * room:
            kept.append(day)
    return kept + list(days[-1:]) if len(days) > 1 else kept


def step_words(step: float) -> str:
    """A round value on an axis, as it is: "122.5", "10M"."""
    return short(step, _DIGITS)


def day_words(day: date) -> str:
    """ "9 Feb 2024"."""
    return f"{day.day} {day:%b %Y}"
