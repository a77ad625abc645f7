"""Sketch: a panel of figures drawn with characters, so that it can be read in any terminal and without colours.

X: views                                                        logarithmic scale
  1B ┤                                                        ○ about 1B C
     │
500M ┤
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rich.text import Text

from sayso.interfaces import scales
from sayso.interfaces.figure_panels import Mark, Panel, Shape
from sayso.interfaces.terminal import isolate

_ROWS = 13
_SIGNS: dict[Shape, str] = {"full": "●", "up": "▲", "down": "▼", "open": "○", "bar": "┃"}
_PLAIN: dict[Shape, str] = {"full": "*", "up": "^", "down": "v", "open": "o", "bar": "|"}
_AXES, _PLAIN_AXES = "│┤└─┬", "|+`-+"
STYLES = ("cyan", "green", "magenta", "blue", "red")
"""Colours of units; yellow is for what differs."""
_ROOM = 3  # columns left and right of the outermost days
_SHIFTS = (0, 2, -2, 4, -4, 6, -6)
"""Columns by which marks that would cover each other stand side by side, none near another day's place."""


@dataclass
class Grid:
    """Cells of characters with their styles, (row, column) -> both."""

    width: int
    rows: int
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def is_free(self, row: int, column: int, length: int) -> bool:
        """True when nothing stands there yet and it is on the grid."""
        inside = column >= 0 and column + length <= self.width and 0 <= row < self.rows
        return inside and all((row, c) not in self.cells for c in range(column, column + length))

    def put(self, row: int, column: int, words: str, style: str) -> None:
        """Write `words`, one character a cell."""
        for i, char in enumerate(words):
            self.cells[row, column + i] = (char, style)

    def line(self, row: int) -> Text:
        """One row, without spaces at its end."""
        made = Text()
        last = max((c for r, c in self.cells if r == row), default=-1)
        for column in range(last + 1):
            made.append(*self.cells.get((row, column), (" ", "")))
        return made


def sketch(panel: Panel, width: int, *, ascii_only: bool = False) -> Iterator[Text]:
    """The lines of a panel: a title, the plot, its days and a legend; `width` in columns."""
    signs, axes = (_PLAIN, _PLAIN_AXES) if ascii_only else (_SIGNS, _AXES)
    steps = {_row(panel, step): scales.step_words(step) for step in panel.scale.steps}
    margin = max(map(len, steps.values())) + 1
    grid = Grid(max(20, width - margin - 2), _ROWS)
    behind = _fill(grid, panel, signs)
    yield _title(panel)
    for row in range(_ROWS):
        side, label = (axes[1], steps[row]) if row in steps else (axes[0], "")
        yield Text(f"{label:>{margin}}{side}", style="dim").append_text(grid.line(row))
    marked = {_column(day, panel, grid.width): scales.day_words(day) for day in scales.marked_days(panel.days, 0.25)}
    line = "".join(axes[4] if column in marked else axes[3] for column in range(grid.width))
    yield Text(f"{'':>{margin}}{axes[2]}{line}", style="dim")
    yield Text(f"{'':>{margin + 1}}").append_text(_days(marked, grid.width))
    yield Text(f"{'':>{margin + 1}}" + _legend(panel, signs, behind), style="dim")


def _title(panel: Panel) -> Text:
    made = Text(f"{isolate(panel.scope)}: " if panel.scope else "", style="bold").append(panel.kind)
    for i, unit in enumerate(panel.units):
        made.append(", " if i else "").append(isolate(unit) if unit else "number", style=f"bold {_style(panel, unit)}")
    return made.append(f"  ({panel.axis})" if panel.axis else "", style="dim")


def _style(panel: Panel, unit: str) -> str:
    return STYLES[panel.units.index(unit) % len(STYLES)]


def _fill(grid: Grid, panel: Panel, signs: dict[Shape, str]) -> int:
    """Marks first, then the labels that have room; how many marks lie behind others."""
    placed = _placed(grid, panel, signs)
    for mark in (mark for mark in panel.telling_first() if mark in placed):
        row, column = placed[mark]
        # A space on either side, so that a label is never read as its neighbour's; letters alone where room is scarce.
        for label in (f" {_label(panel, mark)} ", f" {mark.letters} "):
            starts = [at for at in (column + 1, column - len(label)) if grid.is_free(row, at, len(label))]
            if starts:
                grid.put(row, starts[0], label, "yellow" if mark.different else "")
                break
    return len(panel.marks) - len(placed)


def _placed(grid: Grid, panel: Panel, signs: dict[Shape, str]) -> dict[Mark, tuple[int, int]]:
    """The marks that find a place near their own -> row and column."""
    shifts = [by for by in _SHIFTS if abs(by) <= panel.gap * (grid.width - 1 - 2 * _ROOM) / 2]
    placed: dict[Mark, tuple[int, int]] = {}
    for mark in panel.marks:
        row, column = _row(panel, mark.point.value), _column(mark.point.day, panel, grid.width)
        free = [column + by for by in shifts if grid.is_free(row, column + by, 1)]
        if not free:
            continue
        top = row if mark.point.high is None else _row(panel, mark.point.high)
        for at in range(min(row, top), max(row, top) + 1):
            grid.put(at, free[0], signs[mark.shape], _style(panel, mark.point.unit))
        placed[mark] = row, free[0]
    return placed


def _label(panel: Panel, mark: Mark) -> str:
    unit = f" {mark.point.unit}" if len(panel.units) > 1 else ""
    return f"{mark.short}{unit} {mark.letters}" + (", different figure" if mark.different else "")


def _row(panel: Panel, value: float) -> int:
    return round((_ROWS - 1) * (1 - panel.scale.share(value)))


def _column(day: date, panel: Panel, width: int) -> int:
    return _ROOM + round((width - 1 - 2 * _ROOM) * scales.day_share(day, panel.days))


def _days(marked: dict[int, str], width: int) -> Text:
    """Days under their marks, as far as they fit beside each other."""
    grid = Grid(width + 1, 1)
    for column, label in sorted(marked.items(), key=lambda item: (item[0] not in (min(marked), max(marked)), item[0])):
        start = min(max(0, column - len(label) // 2), width - len(label))
        if grid.is_free(0, start, len(label) + 1):
            grid.put(0, start, f"{label} ", "dim")
    return grid.line(0)


def _legend(panel: Panel, signs: dict[Shape, str], behind: int) -> str:
    hidden = [f"({behind} behind others)"] if behind else []
    return "   ".join([*(f"{signs[shape]} {words}" for shape, words in panel.legend), *hidden])
