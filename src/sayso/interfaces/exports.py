"""Exports: tidy tables and lines for other programs, one row per statement and one row per figure, as told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from sayso.extraction.nouns import Spans
from sayso.interfaces import figure_units
from sayso.linking.comparison.nouns import Comparison, Fact, FigureTelling, FigureView, Passage, Saying, Telling

Cell = str | int | float | None

ABOUT = ("story", "thread", "conflict", "article", "outlet", "lang", "published")
STATEMENT = (
    *ABOUT,
    *("speaker", "source", "cue", "through", "type", "stance", "relation", "changed", "earliest"),
    *("words", "spans", "sentence", "score", "rule"),
    *("change", "here", "there"),
)
FIGURE = (
    *ABOUT,
    *("unit", "unit_code", "scope", "change", "vague", "qualifier", "value", "value_high", "min_value", "max_value"),
    *("window", "as_of", "asserted_by", "standing", "earliest"),
    *("words", "spans", "sentence"),
    "dropped",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def statements_csv(comparisons: Iterable[Comparison]) -> str:
    """One row per telling of a statement, header first; spans as "start-end start-end" in code points."""
    return table(STATEMENT, (row for c in comparisons for row in _statements(c)))


def figures_csv(comparisons: Iterable[Comparison]) -> str:
    """One row per telling of a figure, header first; values in base units, with the bounds that their words set."""
    return table(FIGURE, (row for c in comparisons for row in _figures(c)))


def figure_lines(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """One JSON object per telling of a figure: the fields of `sayso annotate` (CONTRACTS), and where it stands."""
    for comparison in comparisons:
        sources = {source.article: source for source in comparison.sources}
        for view in comparison.figures:
            for telling in view.tellings:
                source = sources.get(telling.passage.article)
                row = {
                    **_told(telling),
                    "url": source.url if source else None,
                    "title": source.title if source else None,
                }
                about = {"story": comparison.id, "thread": view.thread, "conflict": view.conflict}
                yield json.dumps({**row, **about}, ensure_ascii=False)


def guarded(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula, made harmless by an apostrophe; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """CSV, header first."""
    out = io.StringIO()
    # All texts are quoted: with this line end the csv module leaves a lone carriage return bare.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([guarded(cell) for cell in header])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _statements(comparison: Comparison) -> Iterator[list[Cell]]:
    for speaker in comparison.speakers:
        for saying in speaker.sayings:
            for telling in saying.tellings:
                yield [*_about(comparison, saying, telling.passage), speaker.name, *_statement(telling)]
            for fact in saying.facts:
                yield [*_about(comparison, saying, fact.passage), None, *_fact(fact)]


def _statement(telling: Telling) -> list[Cell]:
    return [
        *(telling.source, telling.cue, " > ".join(telling.through), telling.type, telling.stance),
        *(telling.relation, telling.changed, int(telling.earliest)),
        *_words(telling.passage),
        *(telling.score, telling.rule),
        *(telling.change, telling.here, telling.there),
    ]


def _fact(fact: Fact) -> list[Cell]:
    """A statement in an outlet's own voice: nobody says it there, and `there` says who does elsewhere."""
    told: list[Cell] = ["changed", "told in the outlet's own voice", 0]
    return [*[None] * 5, *told, *_words(fact.passage), None, None, "attribution", "", fact.source]


def _figures(comparison: Comparison) -> Iterator[list[Cell]]:
    for view in comparison.figures:
        for telling in view.tellings:
            yield [*_about(comparison, view, telling.passage), *_figure(telling)]


def _figure(telling: FigureTelling) -> list[Cell]:
    _, low, high = figure_units.bounds(telling)
    return [
        *(telling.unit, figure_units.code(telling.unit), telling.scope),
        *(int(telling.change), int(telling.least is not None), telling.qualifier),
        *(telling.value, telling.value_high, low, high),
        *(telling.window, telling.as_of, telling.asserted_by, telling.standing, int(telling.earliest)),
        *_words(telling.passage),
        telling.dropped,
    ]


def _told(telling: FigureTelling) -> dict[str, object]:
    passage = telling.passage
    of_figure = (
        "value",
        "value_high",
        "unit",
        "qualifier",
        "scope",
        "window",
        "as_of",
        "asserted_by",
        "change",
        "least",
    )
    return {
        "span": list(passage.spans[0]) if passage.spans else None,
        **{field: getattr(telling, field) for field in of_figure},
        **{field: getattr(passage, field) for field in ("article", "outlet", "lang", "published")},
        **{"standing": telling.standing, "earliest": telling.earliest, "dropped": telling.dropped},
        **{"words": " … ".join(passage.words), "sentence": passage.sentence},
    }


def _about(comparison: Comparison, view: Saying | FigureView, passage: Passage) -> list[Cell]:
    return [
        *(comparison.id, view.thread, int(view.conflict)),
        *(passage.article, passage.outlet, passage.lang, passage.published),
    ]


def _words(passage: Passage) -> list[Cell]:
    return [" … ".join(passage.words), _spans(passage.spans), passage.sentence]


def _spans(spans: Spans) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)
