"""Matrix: the statements of a story by its outlets: who carried what, how, and who left it out. Pure; no verdicts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from sayso.linking.comparison.nouns import Comparison, Fact, Saying, Source, SpeakerView, Telling
from sayso.linking.nouns import Change

State = Literal["verbatim", "trimmed", "paraphrase", "translation", "changed", "once", "left out", "earlier"]
"""How an outlet carries a statement. "once": nobody else does. "earlier": all it has was published before the day of
the earliest telling, so that it could not carry it.
"""

_ORDER: tuple[State, ...] = ("changed", "verbatim", "trimmed", "translation", "paraphrase", "once")
"""What an outlet's tellings of one statement come to: a change is always told, else the fullest telling counts."""


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet with its articles in the story; `copies`: articles elsewhere that reprint one of them."""

    outlet: str
    articles: tuple[Source, ...]
    copies: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How one outlet carries one statement; `facts`: told in the outlet's own voice."""

    state: State
    tellings: tuple[Telling, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is changed, each once."""
        told: list[Change] = [telling.change for telling in self.tellings if telling.change]
        told += ["attribution" for _ in self.facts]
        return tuple(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class Row:
    """One statement: its speaker, its words where they are told first or most fully, and one cell per column."""

    thread: str | None
    speaker: str | None
    words: str
    lang: str
    cells: tuple[Cell, ...]
    conflict: bool = False

    @property
    def carried(self) -> int:
        """How many outlets carry it, in whatever words."""
        return sum(bool(cell.tellings or cell.facts) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """One story; rows told by several outlets first, those of most outlets first, then what is told once."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def shared(self) -> tuple[Row, ...]:
        """Statements that several articles tell."""
        return tuple(row for row in self.rows if row.thread is not None)

    @property
    def lone(self) -> tuple[Row, ...]:
        """Statements that one article alone tells."""
        return tuple(row for row in self.rows if row.thread is None)


def matrix(comparison: Comparison) -> Matrix:
    """The matrix of a story; rows and columns in a deterministic order."""
    columns = _columns(comparison)
    rows = [_row(speaker, saying, columns) for speaker in comparison.speakers for saying in speaker.sayings]
    rows.sort(key=lambda row: (row.thread is None, -row.carried if row.thread else 0))
    return Matrix(comparison.id, comparison.title, columns, tuple(rows))


def _columns(comparison: Comparison) -> tuple[Column, ...]:
    """Outlets in the order of their earliest articles."""
    having: dict[str, list[Source]] = defaultdict(list)
    for source in comparison.sources:
        having[source.outlet].append(source)
    return tuple(
        Column(outlet, tuple(sources), sum(len(source.copies) for source in sources))
        for outlet, sources in having.items()
    )


def _row(speaker: SpeakerView, saying: Saying, columns: tuple[Column, ...]) -> Row:
    tellings: dict[str, list[Telling]] = defaultdict(list)
    facts: dict[str, list[Fact]] = defaultdict(list)
    for telling in saying.tellings:
        tellings[telling.passage.outlet].append(telling)
    for fact in saying.facts:
        facts[fact.passage.outlet].append(fact)
    first = min((t.passage.published[:10] for t in saying.tellings if t.passage.published), default="")
    cells = tuple(_cell(column, tellings[column.outlet], facts[column.outlet], first) for column in columns)
    told = next((t for t in saying.tellings if t.relation == "verbatim"), saying.tellings[0]).passage
    return Row(saying.thread, speaker.name, " … ".join(told.words), told.lang, cells, saying.conflict)


def _cell(column: Column, tellings: list[Telling], facts: list[Fact], first: str) -> Cell:
    states: list[State] = [telling.relation or "once" for telling in tellings]
    states += ["changed" for _ in facts]
    if states:
        return Cell(min(states, key=_ORDER.index), tuple(tellings), tuple(facts))
    days = [source.published[:10] if source.published else None for source in column.articles]
    is_earlier = bool(first) and all(day is not None and day < first for day in days)
    return Cell("earlier" if is_earlier else "left out")
