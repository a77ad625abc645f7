"""A matrix as one HTML page that needs nothing else, neither network nor scripts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import jinja2

import sayso
from sayso.interfaces import wording
from sayso.interfaces.environment import environment
from sayso.interfaces.matrix_terminal import SIGNS
from sayso.interfaces.matrix_words import CHANGES, LEFT_OUT, STATES
from sayso.interfaces.report import anchor, href, plural
from sayso.linking.comparison.matrix import Cell, Column, Matrix, Row, State
from sayso.linking.comparison.nouns import Source, Telling

_MANY = 10  # outlets from which on cells show a sign alone


class Lone(NamedTuple):
    """What one outlet alone tells, with the speaker of each statement."""

    column: Column
    tellings: tuple[tuple[str | None, Telling], ...]


def page(matrix: Matrix) -> str:
    """The whole page; what is told once is folded."""
    states = [state for state in STATES if any(cell.state == state for row in matrix.shared for cell in row.cells)]
    return (
        _environment()
        .get_template("matrix.html.jinja")
        .render(
            matrix=matrix,
            lone=_lone(matrix),
            states=states,
            sources={source.article: source for column in matrix.columns for source in column.articles},
            compact=len(matrix.columns) > _MANY,
        )
    )


def _lone(matrix: Matrix) -> list[Lone]:
    """Outlets that tell something alone, in the order of the columns."""
    found = (
        Lone(column, tuple((row.speaker, telling) for row in matrix.lone for telling in row.cells[i].tellings))
        for i, column in enumerate(matrix.columns)
    )
    return [one for one in found if one.tellings]


def _outlets(row: Row, columns: Sequence[Column], *states: State) -> list[str]:
    """The outlets whose cells have one of the states."""
    return [column.outlet for column, cell in zip(columns, row.cells, strict=True) if cell.state in states]


def _days(articles: Sequence[Source]) -> str:
    """First and last day of publication, "" when no article has one."""
    days = sorted({source.published[:10] for source in articles if source.published})
    return " – ".join(dict.fromkeys((days[0], days[-1]))) if days else ""


def _kinds(cell: Cell) -> str:
    """What is changed, in words."""
    return "; ".join(CHANGES[change] for change in cell.changes)


@cache
def _environment() -> jinja2.Environment:
    made = environment()
    made.filters.update(
        anchor=anchor,
        days=_days,
        direction=wording.direction,
        href=href,
        kinds=_kinds,
        language=wording.language,
        outlets=_outlets,
        plural=plural,
    )
    made.globals.update(signs=SIGNS, words_of=STATES, changes=CHANGES, left_out=LEFT_OUT, version=sayso.__version__)
    return made
