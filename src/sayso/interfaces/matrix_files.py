"""A matrix in files: a CSV table or a page; and the words for how an outlet carries a statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sayso.interfaces.exports import Cell as Value
from sayso.interfaces.exports import table
from sayso.interfaces.streams import out
from sayso.interfaces.terminal import many
from sayso.linking.comparison.matrix import Cell, Column, Matrix, Row, State
from sayso.linking.nouns import Change

STATES: dict[State, str] = {
    "verbatim": "same words",
    "trimmed": "part of the words",
    "paraphrase": "in other words",
    "translation": "translated",
    "changed": "differs",
    "once": "told here alone",
    "left out": "left out",
    "earlier": "published before it was told",
}
LEFT_OUT = "sayso found no telling of it in that outlet’s articles here; it may stand there in other words"
"""What “left out” means."""
CHANGES: dict[Change, str] = {
    "number": "another number",
    "negation": "a “not” lost or added",
    "modality": "a “could” lost or added",
    "attribution": "in the outlet’s own voice",
    "speaker": "another speaker",
}
_PAGES, _TABLES = (".html", ".htm"), (".csv",)
_ABOUT = ("story", "thread", "conflict", "speaker", "lang", "statement", "carried_by")


def is_target(name: str) -> bool:
    """Whether a matrix can be written to a file of that name."""
    return Path(name).suffix.lower() in (*_PAGES, *_TABLES)


def write(matrix: Matrix, target: str) -> str:
    """Write the file; a sentence on it."""
    with out(target) as line:
        if Path(target).suffix.lower() in _TABLES:
            line(csv(matrix).removesuffix("\n"))
        else:
            from sayso.interfaces.matrix_page import page

            line(page(matrix))
    return f"{target}: statements {len(matrix.rows)}, outlets {len(matrix.columns)}"


def csv(matrix: Matrix) -> str:
    """A row per statement, a column per outlet that says how it carries it, and a second one with its words."""
    outlets = [named(column) for column in matrix.columns]
    header = [*_ABOUT, *outlets, *(f"words: {column.outlet}" for column in matrix.columns)]
    return table(header, (_values(matrix, row) for row in matrix.rows))


def _values(matrix: Matrix, row: Row) -> list[Value]:
    about: list[Value] = [matrix.id, row.thread, int(row.conflict), row.speaker, row.lang, row.words, row.carried]
    return [*about, *(told(cell) for cell in row.cells), *(" | ".join(words(cell)) for cell in row.cells)]


def named(column: Column) -> str:
    """The outlet, with its articles and the copies elsewhere where they are several."""
    parts = [many(len(column.articles), "article")] if len(column.articles) > 1 else []
    parts += [many(column.copies, "copy")] if column.copies else []
    return column.outlet + (f" ({', '.join(parts)})" if parts else "")


def told(cell: Cell) -> str:
    """How a cell's outlet carries the statement, and what it changes."""
    return ": ".join(filter(None, [STATES[cell.state], "; ".join(differences(cell))]))


def differences(cell: Cell) -> Iterator[str]:
    """What is changed, with the words of both sides, or whom the statement is taken from."""
    for telling in cell.tellings:
        if telling.change:
            sides = [f"“{side}”" if side else "nothing" for side in (telling.here, telling.there)]
            yield f"{CHANGES[telling.change]}, {sides[0]} against {sides[1]}"
    for fact in cell.facts:
        yield f"{CHANGES['attribution']}; {fact.source} says it elsewhere"


def words(cell: Cell) -> Iterator[str]:
    """The exact words of each telling."""
    for passage in (*(telling.passage for telling in cell.tellings), *(fact.passage for fact in cell.facts)):
        yield " … ".join(passage.words)
