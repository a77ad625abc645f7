"""A matrix in the terminal: a sign per statement and outlet, or lists of outlets where signs find no room."""

from __future__ import annotations

from collections import defaultdict
from string import ascii_uppercase

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sayso.interfaces.matrix_words import LEFT_OUT, STATES, differences, named
from sayso.interfaces.terminal import isolate, many, table
from sayso.linking.comparison.matrix import Cell, Matrix, Row, State

SIGNS: dict[State, str] = {
    "verbatim": "=",
    "trimmed": "<",
    "paraphrase": "~",
    "translation": "»",
    "changed": "≠",
    "once": "+",
    "left out": "·",
    "earlier": "‹",
}
_ROOM = 60  # columns that speaker and statement need beside the signs
_SPEAKER, _WORDS = 22, 160  # characters of a name, and of a statement
_STYLES: dict[State, str] = {"changed": "yellow", "left out": "dim", "earlier": "dim"}


def show(console: Console, matrix: Matrix) -> None:
    """The matrix with its legends; what is told once is only counted."""
    console.print(Text(isolate(matrix.title), style="bold"))
    about = [f"story {matrix.id}", many(len(matrix.shared), "statement") + " told by several articles"]
    console.print(Text(" · ".join([*about, many(len(matrix.columns), "outlet")]), style="dim"))
    console.print()
    letters = _letters(len(matrix.columns))
    is_wide = console.width >= _ROOM + sum(len(letter) + 1 for letter in letters)
    if matrix.shared:
        console.print(_grid(matrix, letters) if is_wide else Group(*(_list(matrix, row) for row in matrix.shared)))
        console.print()
    states = {cell.state for row in matrix.shared for cell in row.cells}
    if matrix.shared and is_wide:
        console.print(Text("   ".join(f"{SIGNS[s]} {STATES[s]}" for s in STATES if s in states), style="dim"))
        for letter, column in zip(letters, matrix.columns, strict=True):
            console.print(Text(f"{letter} {isolate(named(column))}"))
    if "left out" in states:
        console.print(Text(f"{STATES['left out']}: {LEFT_OUT}", style="dim"))
    _lone(console, matrix)


def _letters(count: int) -> list[str]:
    """A … Z, AA … AZ, BA …"""

    def letter(i: int) -> str:
        return (letter(i // 26 - 1) if i >= 26 else "") + ascii_uppercase[i % 26]

    return [letter(i) for i in range(count)]


def _grid(matrix: Matrix, letters: list[str]) -> RenderableType:
    made = table("speaker", "statement", *letters)
    for column in made.columns:
        column.ratio, column.no_wrap, column.overflow = None, True, "fold"
    made.columns[0].no_wrap = made.columns[1].no_wrap = False
    made.columns[0].max_width, made.columns[1].ratio = _SPEAKER, 1
    for column in made.columns[2:]:
        column.justify = "center"
    made.padding = (0, 1, 0, 0)
    for row in matrix.shared:
        made.add_row(isolate(row.speaker or "–"), _statement(row, letters), *(_sign(cell) for cell in row.cells))
    return made


def _sign(cell: Cell) -> Text:
    return Text(SIGNS[cell.state], style=_STYLES.get(cell.state, "green"))


def _statement(row: Row, letters: list[str]) -> Text:
    """The words, and a line for each outlet that changes them."""
    text = Text(isolate(_clipped(row.words)))
    for letter, cell in zip(letters, row.cells, strict=True):
        for difference in differences(cell):
            text.append(f"\n{letter} ≠ {difference}", style="yellow")
    return text


def _clipped(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WORDS else line[: _WORDS - 1].rstrip() + "…"


def _list(matrix: Matrix, row: Row) -> RenderableType:
    """A statement with the outlets that carry it, by how they do; those that leave it out are counted."""
    having: dict[State, list[str]] = defaultdict(list)
    for column, cell in zip(matrix.columns, row.cells, strict=True):
        changed = "; ".join(differences(cell))
        having[cell.state].append(isolate(column.outlet) + (f" ({changed})" if changed else ""))
    head = Text(isolate(row.speaker or "Unnamed"), style="bold").append(f"  {isolate(_clipped(row.words))}", "not bold")
    lines = [
        Text(f"  {SIGNS[state]} {STATES[state]}: ", style=_STYLES.get(state, "green")).append(
            many(len(having[state]), "outlet") if state in ("left out", "earlier") else ", ".join(having[state]),
            "default",
        )
        for state in STATES
        if having[state]
    ]
    return Padding(Group(head, *lines), (0, 0, 1, 0))


def _lone(console: Console, matrix: Matrix) -> None:
    """How many statements each outlet alone tells."""
    counts = [
        (sum(bool(row.cells[i].tellings) for row in matrix.lone), column) for i, column in enumerate(matrix.columns)
    ]
    if matrix.lone:
        told = ", ".join(f"{isolate(column.outlet)} {count}" for count, column in counts if count)
        console.print(Text(f"\nTold once: {many(len(matrix.lone), 'statement')} ({told}).", style="dim"))
        console.print(Text(f"`sayso story {matrix.id}` shows all words.", style="dim"))
