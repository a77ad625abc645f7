"""Explanations: why two values of one quantity may both be right (growth, another day, window, part or rounding)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sayso.languages.measures import is_steady, kind
from sayso.linking.figures.bounds import bounds, digits_moved, same_to_two_digits, scale_slip
from sayso.linking.figures.quantities import GROWING, Told

# Crowds and bodies may grow by the hour as tolls do, though not all do.
RUNNING = GROWING | {"people"}
# What is counted, traded, polled or measured anew every day: nobody who gives no day can be held to one.
_DAILY = frozenset({None, "money", "share", "multiple", "temperature", "pressure"})
_COURSE = 3  # so many values of one day in one article tell how a count went
_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?)?")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings of one thread, in two articles or of two sources in one."""

    left: Told
    right: Told
    left_day: str | None
    right_day: str | None
    alike: bool
    """Both articles tell a growing count alike."""
    course: int
    """How many values of one day the article that tells most of them tells."""
    beside: Callable[[Told, Told], bool]
    """Whether one of two articles tells the other's value too; asked last, since it costs most."""

    @property
    def inside(self) -> bool:
        """True for two sources in one article."""
        return self.left.article == self.right.article


def explained(pair: Pair) -> bool:
    """True when something (growth, another moment, another window, a part) explains how both can be right."""
    return any(rule(pair) for rule in EXPLANATIONS)


def other_day(pair: Pair) -> bool:
    """What moves from day to day can only differ on one day; a thousand times as much is no move."""
    unit = pair.left.figure.unit
    if is_steady(unit) or _slipped(pair):
        return False
    if pair.left_day is None or pair.right_day is None:
        return not pair.inside and kind(unit) in _DAILY
    return pair.left_day != pair.right_day


def _slipped(pair: Pair) -> bool:
    a, b = pair.left.figure, pair.right.figure
    return a.unit not in RUNNING and scale_slip(float(a.value or 0), float(b.value or 0))


def other_window(pair: Pair) -> bool:
    """Both say after how long, and the longer time has the larger count."""
    a, b = hours(pair.left.figure.window), hours(pair.right.figure.window)
    if a is None or b is None or a == b:
        return False
    early, late = (pair.left, pair.right) if a < b else (pair.right, pair.left)
    fewer, more = bounds(early.figure), bounds(late.figure)
    return fewer is not None and more is not None and fewer.low <= more.low


def later_hour(pair: Pair) -> bool:
    """A growing count that differs in its third digit only: so much it grows between two bulletins of a day."""
    if pair.left.figure.unit not in GROWING or _same_window(pair):
        return False
    a, b = float(pair.left.figure.value or 0), float(pair.right.figure.value or 0)
    return same_to_two_digits(a, b) and not digits_moved(a, b)


def other_moment(pair: Pair) -> bool:
    """A growing count without a stated moment, in articles that tell no other growing count alike."""
    stated = hours(pair.left.figure.window) is not None and hours(pair.right.figure.window) is not None
    return pair.left.figure.unit in RUNNING and not (_same_window(pair) or stated or pair.alike or pair.inside)


def _same_window(pair: Pair) -> bool:
    return pair.left.figure.window is not None and pair.left.figure.window == pair.right.figure.window


def other_window_kind(pair: Pair) -> bool:
    """A rate against a total: only one of two figures that are no running counts has a window."""
    one = (pair.left.figure.window is None) != (pair.right.figure.window is None)
    return one and pair.left.figure.unit not in GROWING


def told_beside(pair: Pair) -> bool:
    """Who tells both values tells of two things: a total and a part, or before and after."""
    return pair.beside(pair.left, pair.right)


def told_as_course(pair: Pair) -> bool:
    """Who gives several values of a growing count for one day tells how it grew."""
    return pair.left.figure.unit in GROWING and pair.course >= _COURSE


EXPLANATIONS: tuple[Callable[[Pair], bool], ...] = (
    other_day,
    other_window,
    later_hour,
    other_moment,
    other_window_kind,
    told_as_course,
    told_beside,
)


def hours(window: str | None) -> float | None:
    """An ISO 8601 duration of days, hours and minutes in hours."""
    found = _DURATION.fullmatch(window or "")
    if found is None or not any(found.groups()):
        return None
    days, hour, minute = (float(g or 0) for g in found.groups())
    return 24 * days + hour + minute / 60
