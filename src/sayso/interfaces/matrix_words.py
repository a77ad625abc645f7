"""The words for how an outlet carries a statement, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.interfaces.terminal import many
from sayso.linking.comparison.matrix import Cell, Column, State
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
