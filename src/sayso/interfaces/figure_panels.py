"""Panels: what a plot of a story's figures shows, before anybody draws it; terminal and SVG both draw from it.

A panel holds one quantity, or what is counted on one scope (likes and reposts on one platform), as far as one axis can
show it. Each mark is one value on one day; letters stand for the outlets that tell it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from sayso.interfaces import scales
from sayso.interfaces.wording import short
from sayso.languages.measures import is_measure
from sayso.linking.comparison.nouns import Comparison, FigureTelling, FigureView
from sayso.linking.figures.amounts import amount

Shape = Literal["full", "up", "down", "open", "bar"]
SHAPES: dict[str, Shape] = {
    "over": "up",
    "at least": "up",
    "under": "down",
    "up to": "down",
    "nearly": "down",
    "about": "open",
}
LEGEND: dict[Shape, str] = {
    "full": "exact",
    "up": "over, at least",
    "down": "under, nearly, up to",
    "open": "about",
    "bar": "a range",
}
_DIGITS = 6  # of a mark's label: what differs in the sixth digit has another label
_FALLBACK = 6  # panels of a story in which no figure has two values


class Point(NamedTuple):
    """What two tellings must share to be one mark."""

    day: date
    value: float
    high: float | None
    qualifier: str
    unit: str
    thread: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The tellings of one value on one day. `outlets`: (letter, name), each once."""

    point: Point
    tellings: tuple[FigureTelling, ...]
    outlets: tuple[tuple[str, str], ...]

    @property
    def shape(self) -> Shape:
        """How the value is bounded."""
        return "bar" if self.point.high is not None else SHAPES.get(self.point.qualifier, "full")

    @property
    def short(self) -> str:
        """The value in few characters: "over 150M"."""
        ends = [self.point.value] if self.point.high is None else [self.point.value, self.point.high]
        value = " to ".join(short(end, _DIGITS) for end in ends)
        return value if self.point.qualifier == "exact" else f"{self.point.qualifier} {value}"

    @property
    def whole(self) -> str:
        """The value with its unit, not rounded."""
        return f"{amount(self.tellings[0])} {self.point.unit}".rstrip()

    @property
    def letters(self) -> str:
        """ "ABC", of many outlets the first ones and how many more there are: "ABC+6"."""
        kept = [letter for letter, _ in self.outlets]
        return " ".join(kept) if len(kept) <= 4 else f"{' '.join(kept[:3])} +{len(kept) - 3}"

    @property
    def different(self) -> bool:
        """True when a telling is a side of a conflict."""
        return any(telling.standing == "different" for telling in self.tellings)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the report would say of it."""
        earliest = any(telling.earliest for telling in self.tellings)
        return (("different figure",) if self.different else ()) + (("earliest in this archive",) if earliest else ())


@dataclass(frozen=True)
class Panel:
    """Marks on one pair of axes, by day and value."""

    scope: str | None
    units: tuple[str, ...]
    marks: tuple[Mark, ...]
    change: bool = False

    @cached_property
    def scale(self) -> scales.Scale:
        """The axis of values."""
        points = [mark.point for mark in self.marks]
        return scales.scale([v for p in points for v in (p.value, p.high) if v is not None])

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days that have marks, rising."""
        return tuple(sorted({mark.point.day for mark in self.marks}))

    @cached_property
    def gap(self) -> float:
        """The least distance between two days, as a share of the axis; a whole one where there is one day."""
        shares = [scales.day_share(day, self.days) for day in self.days]
        return min((b - a for a, b in pairwise(shares)), default=1.0)

    def telling_first(self) -> list[Mark]:
        """The marks in the order in which they take the room for labels: what is noted of, first and last, the rest."""
        ends = (self.marks[0], self.marks[-1])
        return sorted(self.marks, key=lambda mark: (not mark.notes, mark not in ends))

    @property
    def what(self) -> str:
        """What is counted: "views, likes", "change of percent"."""
        return self.kind + ", ".join(unit or "number" for unit in self.units)

    @property
    def kind(self) -> str:
        """The words before the units that tell changes from levels."""
        return "change of " if self.change else ""

    @property
    def axis(self) -> str:
        """What a reader must know of the axis of values, or ""."""
        if self.scale.log:
            return "logarithmic scale"
        return f"the axis starts at {scales.step_words(self.scale.steps[0])}" if self.scale.cut else ""

    @property
    def legend(self) -> list[tuple[Shape, str]]:
        """The shapes that occur, with their meaning."""
        shapes = {mark.shape for mark in self.marks}
        return [(shape, words) for shape, words in LEGEND.items() if shape in shapes]

    @property
    def different(self) -> bool:
        """True when a mark is a side of a conflict."""
        return any(mark.different for mark in self.marks)

    @property
    def several(self) -> bool:
        """True when it shows more than one value."""
        return len({(mark.point.value, mark.point.high) for mark in self.marks}) > 1

    def trails(self) -> Iterator[tuple[str, list[Point]]]:
        """Per thread of two days or more: its unit, and each day the value that most outlets tell, or the lowest."""
        threads: dict[str, dict[date, list[Mark]]] = defaultdict(lambda: defaultdict(list))
        for mark in self.marks:
            threads[mark.point.thread][mark.point.day].append(mark)
        for days in threads.values():
            if len(days) > 1:
                told = [min(marks, key=lambda m: (-len(m.outlets), m.point.value)) for _, marks in sorted(days.items())]
                yield told[0].point.unit, [mark.point for mark in told]


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that is drawn of a story. `outlets`: name -> letter; `left`: tellings with no place on any axis."""

    panels: tuple[Panel, ...]
    outlets: dict[str, str]
    left: int


def drawn(comparison: Comparison) -> Drawn:
    """The panels of a story; one value alone needs none, unless no figure of the story has two."""
    letters = lettered(comparison)
    groups: dict[tuple[str, str, bool], list[Mark]] = defaultdict(list)
    left = 0
    for place, view in enumerate(comparison.figures):
        marks, missing = _marks(view, view.thread or str(place), letters)
        groups[*_axes(view, place), view.change] += marks
        left += missing
    panels = [_panel(scope, part, change) for (scope, _, change), marks in groups.items() for part in _near(marks)]
    several = [panel for panel in panels if panel.several]
    return Drawn(tuple(several or panels[:_FALLBACK]), letters, left)


def lettered(comparison: Comparison) -> dict[str, str]:
    """A letter for each outlet that gives a figure, in the order of the story's sources: A … Z, AA, AB …"""
    telling = {t.passage.outlet for view in comparison.figures for t in view.tellings}
    ordered = [name for name in comparison.outlets if name in telling]
    ordered += sorted(telling - set(ordered))
    return {name: _letter(i) for i, name in enumerate(ordered)}


def words(panel: Panel) -> str:
    """The panel in words, for those who don't see it, day by day."""
    parts = [
        ": ".join([mark.point.day.isoformat(), ", ".join([mark.whole, *mark.notes])])
        + f" ({', '.join(name for _, name in mark.outlets)})"
        for mark in panel.marks
    ]
    return "; ".join(parts) + "."


def _letter(i: int) -> str:
    return chr(ord("A") + i) if i < 26 else _letter(i // 26 - 1) + _letter(i % 26)


def _axes(view: FigureView, place: int) -> tuple[str, str]:
    """Counts of one scope share their axes; a measure, or what has no scope, has its own."""
    shared = view.scope and view.unit and not is_measure(view.unit)
    return view.scope or "", "" if shared else view.thread or str(place)


def _marks(view: FigureView, thread: str, letters: dict[str, str]) -> tuple[list[Mark], int]:
    """The marks of one thread, and how many of its tellings have no number or no day."""
    groups: dict[Point, list[FigureTelling]] = defaultdict(list)
    for telling in view.tellings:
        value, day = scales.number(telling.value), _day(telling.day)
        if value is not None and day is not None:
            high = scales.number(telling.value_high)
            groups[Point(day, value, high, telling.qualifier, view.unit or "", thread)].append(telling)
    marks = [Mark(point, tuple(told), _outlets(told, letters)) for point, told in groups.items()]
    return marks, len(view.tellings) - sum(map(len, groups.values()))


def _near(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks of units whose values lie within a decade together, so that the many don't press the few flat."""
    units: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        units[mark.point.unit].append(mark)
    parts: list[list[Mark]] = []
    for unit in sorted(units.values(), key=lambda ms: max(m.point.value for m in ms), reverse=True):
        if parts and scales.near([m.point.value for m in parts[-1] + unit]):
            parts[-1] += unit
        else:
            parts.append(unit)
    return parts


def _outlets(told: Iterable[FigureTelling], letters: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((letters[name], name) for name in dict.fromkeys(t.passage.outlet for t in told))


def _panel(scope: str, marks: list[Mark], change: bool) -> Panel:
    counts = Counter(mark.point.unit for mark in marks)
    ordered = sorted(marks, key=lambda m: (m.point.day, m.point.value, m.point.high or 0.0, m.point.unit, m.short))
    return Panel(scope or None, tuple(sorted(counts, key=lambda unit: (-counts[unit], unit))), tuple(ordered), change)


def _day(day: str | None) -> date | None:
    """A day that a calendar has; a month or a week is none."""
    try:
        return date.fromisoformat(day) if day and len(day) == 10 else None
    except ValueError:
        return None
