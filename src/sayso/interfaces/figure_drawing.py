"""Drawing: a panel of figures in pixels. Places are computed here, lines are drawn by the templates."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.interfaces import scales
from sayso.interfaces.figure_panels import Mark, Panel, Point
from sayso.interfaces.room import Box, Room
from sayso.interfaces.terminal import isolate
from sayso.linking.figures.amounts import amount

WIDTH = 420
LEFT, RIGHT = 52, 412  # where the axis of days begins and ends
_TOP, _BASE = 62, 232  # the highest and the lowest value; above are title and readout
_ROOM = 34  # between the axis of values and the outermost days
_LINE, _SIZE = 15, 12.0  # of small letters
_COLOURS = 6
_DAY = 0.32  # the share of the axis that a day's words need
_SHIFTS = (0, 15, -15, 30, -30, 45, -45)
"""Pixels by which marks that would cover each other stand side by side, none near another day's place."""
_REACH = 6  # from a mark's middle to its edge
_ARROW = 16  # from a bound's bar to the tip of its arrow
_SIDES = ((11, "start", 4), (-11, "end", 4), (0, "middle", 20), (0, "middle", -13), (0, "middle", -22))
"""Where a label may stand: right of its mark, left, below, above, above an arrow."""
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # the share of a label that stands left of its place
COLUMNS = (0, 86, 236)  # where the columns of the table below a drawing begin


@dataclass(frozen=True, slots=True)
class Words:
    """A short text at its place; `ground`: what must be cleared for it, as (left, width)."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    ground: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark at its place; `end`: the other end of a range; `colour`: its number; `tip`: what pointing at it shows."""

    x: float
    y: float
    end: float
    shape: str
    colour: int
    different: bool
    label: Words | None
    tip: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend: a shape (also "ring", "trail") and what it means."""

    x: float
    y: float
    shape: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table below the drawing: a mark's day, value and outlets, these in as many lines as they need."""

    y: float
    day: str
    value: str
    notes: str
    outlets: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template needs; `units`: words and colour of each unit in the title."""

    panel: Panel
    height: float
    units: tuple[tuple[str, int], ...]
    spots: tuple[Spot, ...]
    steps: tuple[Words, ...]
    days: tuple[Words, ...]
    trails: tuple[tuple[int, str], ...]
    legend: tuple[Key, ...]
    lines: tuple[Line, ...]
    table_height: float


def drawing(panel: Panel, colours: Sequence[str]) -> Drawing:
    """A panel in pixels; `colours`: the units of the whole story in the order in which they take their colours."""
    legend = tuple(_legend(panel))
    lines = tuple(_lines(panel))
    return Drawing(
        panel=panel,
        height=legend[-1].y + 12,
        units=tuple((unit or "number", _colour(unit, colours)) for unit in panel.units),
        spots=tuple(_spots(panel, colours)),
        steps=tuple(Words(LEFT - 8, _y(panel, step), scales.step_words(step), "end") for step in panel.scale.steps),
        days=tuple(_days(panel)),
        trails=tuple((_colour(unit, colours), _trail(panel, points)) for unit, points in panel.trails()),
        legend=legend,
        lines=lines,
        table_height=lines[-1].y + lines[-1].height - _LINE if lines else 0,
    )


def breadth(text: str, size: float = _SIZE) -> float:
    """About how many pixels a text takes up; isolates and combining marks take none."""
    wide = sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.56 for char in text if char.isprintable())
    return wide * size


def _colour(unit: str, colours: Sequence[str]) -> int:
    return colours.index(unit) % _COLOURS


def _x(panel: Panel, day: date) -> float:
    return round(LEFT + _ROOM + (RIGHT - LEFT - 2 * _ROOM) * scales.day_share(day, panel.days), 1)


def _y(panel: Panel, value: float) -> float:
    return round(_BASE - (_BASE - _TOP) * panel.scale.share(value), 1)


def _days(panel: Panel) -> Iterator[Words]:
    for day in scales.marked_days(panel.days, _DAY):
        yield Words(_x(panel, day), _BASE + 20, scales.day_words(day), "middle")


def _trail(panel: Panel, points: Sequence[Point]) -> str:
    return " ".join(f"{_x(panel, point.day)},{_y(panel, point.value)}" for point in points)


def _spots(panel: Panel, colours: Sequence[str]) -> Iterator[Spot]:
    """Marks first, each where nothing stands yet, then the labels that have room."""
    shifts = [by for by in _SHIFTS if abs(by) <= panel.gap * (RIGHT - LEFT - 2 * _ROOM) / 2]
    room = Room(LEFT, WIDTH)
    places: dict[Mark, float] = {}
    for mark in panel.marks:
        first = _x(panel, mark.point.day)
        free = (first + by for by in shifts if room.is_free(_extent(panel, mark, first + by)))
        x = next(free, first)
        room.take(_extent(panel, mark, x))
        places[mark] = x
    labels = {m: _label(panel, m, places[m], _y(panel, m.point.value), room) for m in panel.telling_first()}
    for mark, x in places.items():
        y, colour = _y(panel, mark.point.value), _colour(mark.point.unit, colours)
        end = y if mark.point.high is None else _y(panel, mark.point.high)
        yield Spot(x, y, end, mark.shape, colour, mark.different, labels[mark], _tip(mark), _title(mark))


def _extent(panel: Panel, mark: Mark, x: float) -> Box:
    y = _y(panel, mark.point.value)
    top = y if mark.point.high is None else _y(panel, mark.point.high)
    up, down = (_ARROW if mark.shape == shape else _REACH for shape in ("up", "down"))
    return Box(x - _REACH, min(y, top) - up, x + _REACH, max(y, top) + down)


def _label(panel: Panel, mark: Mark, x: float, y: float, room: Room) -> Words | None:
    """Beside its mark where there is room, shortened to letters where there is little, else none."""
    unit = f" {mark.point.unit}" if len(panel.units) > 1 else ""
    for text in (f"{mark.short}{unit} ({mark.letters})", f"({mark.letters})"):
        for dx, anchor, dy in _SIDES:
            left = x + dx - breadth(text) * _BEFORE[anchor]
            box = Box(left, y + dy - 10, left + breadth(text), y + dy + 2)
            if box.bottom <= _BASE + 6 and room.is_free(box):
                room.take(box)
                ground = round(left - 2, 1), round(breadth(text) + 4, 1)
                return Words(round(x + dx, 1), round(y + dy, 1), text, anchor, ground)
    return None


def _title(mark: Mark) -> str:
    names = ", ".join(isolate(name) for _, name in mark.outlets)
    return f"{scales.day_words(mark.point.day)}: {', '.join([mark.whole, *mark.notes])} ({names})"


def _tip(mark: Mark) -> tuple[str, ...]:
    """Two lines of a readout: what and when, and who tells it."""
    told = f"{scales.day_words(mark.point.day)}: {', '.join([mark.whole, *mark.notes])}"
    names = list(_names(mark, WIDTH - 20))
    return told, names[0] + (" …" if len(names) > 1 else "")


def _names(mark: Mark, room: float) -> Iterator[str]:
    """Letters and outlets in lines; a name that has no room is cut."""
    parts = [f"{letter} {isolate(clipped(name, room - 28))}" for letter, name in mark.outlets]
    return wrapped([*(f"{part}," for part in parts[:-1]), *parts[-1:]], room)


def clipped(text: str, room: float, size: float = _SIZE) -> str:
    """As much of a text as `room` pixels hold, with … where it is cut."""
    taken, kept = 0.0, len(text)
    for i, char in enumerate(text):
        taken += breadth(char, size)
        if taken <= room - size:
            kept = i + 1
        elif taken > room:
            return text[:kept].rstrip() + "…"
    return text


def wrapped(parts: Sequence[str], room: float, size: float = _SIZE) -> Iterator[str]:
    """Parts in lines of at most `room` pixels, a space between them; a part is never cut."""
    line = ""
    for part in parts:
        if line and breadth(f"{line} {part}", size) > room:
            yield line
            line = part
        else:
            line = f"{line} {part}".strip()
    yield line


def _legend(panel: Panel) -> Iterator[Key]:
    """What the shapes mean that occur, in lines."""
    parts: list[tuple[str, str]] = [*panel.legend]
    parts += [("ring", "different figure")] if panel.different else []
    parts += [("trail", "what most outlets tell each day")] if any(True for _ in panel.trails()) else []
    x, y = float(LEFT), _BASE + 44.0
    for shape, text in parts:
        length = 22 + breadth(text)
        if x > LEFT and x + length > RIGHT:
            x, y = float(LEFT), y + _LINE
        yield Key(round(x, 1), y, shape, text)
        x += length + 12


def _lines(panel: Panel) -> Iterator[Line]:
    y = 0.0
    for mark in panel.marks:
        names = tuple(_names(mark, WIDTH + 10 - COLUMNS[2]))
        height = _LINE * max(len(names), 2 if mark.notes else 1) + 5
        value = _value(mark, mark.point.unit if len(panel.units) > 1 else "")
        yield Line(y, scales.day_words(mark.point.day), value, ", ".join(mark.notes), names, height)
        y += height


def _value(mark: Mark, unit: str) -> str:
    """Not rounded, or in few characters where the column has no room."""
    room = COLUMNS[2] - COLUMNS[1] - 8
    whole, short = (f"{value} {unit}".rstrip() for value in (amount(mark.tellings[0]), mark.short))
    return whole if breadth(whole) <= room else clipped(short, room)
