"""Plot: a figure's tellings as a small drawing, places computed here, lines drawn by the template."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from sayso.interfaces import scales
from sayso.interfaces.room import Box, Room
from sayso.interfaces.wording import short
from sayso.linking.comparison.nouns import FigureTelling, FigureView
from sayso.linking.figures.amounts import amount

WIDTH, HEIGHT = 440, 180
LEFT = 46
_RIGHT, _TOP, _BOTTOM = 8, 16, 32
_ROOM = 34  # between the axes and the outermost days
_LETTER, _LINE, _GAP = 6.6, 14, 12  # a label's width per letter, its height, its distance from the dot
_SHAPES = {"over": "up", "at least": "up", "under": "down", "up to": "down", "nearly": "down", "about": "open"}
_LEGEND = {"full": "● exact", "up": "▲ over, at least", "down": "▼ under, nearly, up to", "open": "○ about"}


@dataclass(frozen=True, slots=True)
class Dot:
    """One or more tellings of one value on one day; `shape` shows the qualifier, `label` stands beside it."""

    x: float
    y: float
    shape: str
    label: str
    anchor: str
    different: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of WIDTH x HEIGHT; `days` and `steps` are the axes' marks as (place, words)."""

    dots: tuple[Dot, ...]
    days: tuple[tuple[float, str], ...]
    steps: tuple[tuple[float, str], ...]
    legend: str
    text: str
    """The same in words, for those who don't see it."""


def plot(view: FigureView) -> Plot | None:
    """Value by day; None unless at least two different values are told on known days."""
    groups: dict[tuple[date, float], list[FigureTelling]] = defaultdict(list)
    for telling in view.tellings:
        value = scales.number(telling.value)
        if value is not None and telling.day is not None:
            groups[date.fromisoformat(telling.day), value].append(telling)
    if len({value for _, value in groups}) < 2:
        return None
    days, values = sorted({day for day, _ in groups}), sorted({value for _, value in groups})
    steps = scales.steps(values[0], values[-1])
    dots = [_dot(tellings, _x(day, days), _y(value, steps)) for (day, value), tellings in sorted(groups.items())]
    return Plot(
        dots=tuple(_labelled(dots)),
        days=tuple((_x(day, days), scales.day_words(day)) for day in scales.marked_days(days)),
        steps=tuple((_y(step, steps), scales.step_words(step)) for step in steps),
        legend=_legend(dots),
        text=_text(groups),
    )


def _x(day: date, days: list[date]) -> float:
    """Days stand to scale, a lone one near the middle."""
    across = WIDTH - LEFT - _RIGHT - 2 * _ROOM
    return round(LEFT + _ROOM + across * scales.day_share(day, days, lone=0.4), 1)


def _y(value: float, steps: list[float]) -> float:
    share = scales.Scale(tuple(steps)).share(value)
    return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)


def _dot(tellings: list[FigureTelling], x: float, y: float) -> Dot:
    qualifiers = {t.qualifier for t in tellings}
    qualifier = qualifiers.pop() if len(qualifiers) == 1 else "exact"
    value = short(float(tellings[0].value or 0))
    label = value if qualifier == "exact" else f"{qualifier} {value}"
    more = f" × {len(tellings)}" if len(tellings) > 1 else ""
    different = any(t.standing == "different" for t in tellings)
    return Dot(x, y, _SHAPES.get(qualifier, "full"), label + more, "start", different)


def _labelled(dots: list[Dot]) -> list[Dot]:
    """Each label right of its dot, else left of it, else none: it must not cover another label or dot."""
    room = Room(LEFT, WIDTH, (Box(dot.x - 6, dot.y - 6, dot.x + 6, dot.y + 6) for dot in dots))
    placed: list[Dot] = []
    for dot in dots:
        free = [a for a in ("start", "end") if room.is_free(_box(dot, a))]
        if free:
            room.take(_box(dot, free[0]))
        placed.append(replace(dot, label=dot.label if free else "", anchor=free[0] if free else "start"))
    return placed


def _box(dot: Dot, anchor: str) -> Box:
    length = len(dot.label) * _LETTER
    left = dot.x + _GAP if anchor == "start" else dot.x - _GAP - length
    return Box(left, dot.y - _LINE / 2, left + length, dot.y + _LINE / 2)


def _legend(dots: list[Dot]) -> str:
    """What the shapes mean that occur."""
    shapes = {dot.shape for dot in dots}
    parts = [words for shape, words in _LEGEND.items() if shape in shapes]
    parts += ["ringed: different figure"] if any(dot.different for dot in dots) else []
    return " · ".join([*parts, *(["× 2: given twice"] if any(" × " in dot.label for dot in dots) else [])])


def _text(groups: dict[tuple[date, float], list[FigureTelling]]) -> str:
    parts = [
        f"{day.isoformat()}: {amount(told[0])} ({', '.join(dict.fromkeys(t.passage.outlet for t in told))})"
        for (day, _), told in sorted(groups.items())
    ]
    return "; ".join(parts) + "."
