"""A matrix in files: a CSV table or a page."""

from __future__ import annotations

from pathlib import Path

from sayso.interfaces.exports import Cell as Value
from sayso.interfaces.exports import table
from sayso.interfaces.matrix_words import named, told, words
from sayso.interfaces.streams import out
from sayso.linking.comparison.matrix import Matrix, Row

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
