"""Comparing: stories of the ledger side by side, and of these only the figures that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.linking.article import Annotated
from sayso.linking.comparison.compare import compare
from sayso.linking.comparison.nouns import Comparison, FigureTelling, FigureView
from sayso.linking.figures.homes import scope_key
from sayso.linking.nouns import Links

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.extraction.nouns import Reading
    from sayso.ledger.view import View
    from sayso.linking.nouns import Story


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures are asked for; None: any. Capitals, accents and the order of a scope's words don't matter."""

    unit: str | None = None
    scope: str | None = None
    lang: str | None = None
    outlet: str | None = None


def annotated(version: Version, reading: Reading) -> Annotated:
    """A version with its reading, as linking looks at them."""
    return Annotated(
        id=version.id,
        text=version.text,
        lang=version.lang,
        published=version.published,
        title=version.title,
        outlet=version.outlet,
        url=version.url,
        attributions=reading.attributions,
        figures=reading.figures,
        attribution_ids=tuple(range(len(reading.attributions))),
        figure_ids=tuple(range(len(reading.figures))),
        times=reading.times,
    )


def compared(view: View, story: Story, names: Mapping[str, str]) -> Comparison:
    """One story of the ledger side by side; `names`: a speaker's name in an article -> the one that linking chose."""
    read = {id: (view.version(id), view.reading(id)) for id in story.articles}
    links = Links(
        stories=(story,),
        threads=tuple(view.threads(story)),
        figure_threads=tuple(view.figure_threads(story)),
        conflicts=tuple(view.conflicts(story)),
        duplicates=tuple(view.duplicates(story)),
        exchanges=tuple(view.exchanges(story)),
    )
    return compare(
        story,
        [annotated(*both) for both in read.values()],
        links,
        versions={id: version for id, (version, _) in read.items()},
        times={id: reading.times for id, (_, reading) in read.items()},
        names=names,
    )


def newest_first(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """By the latest day of publication, undated stories last; on one day by id."""

    def latest(comparison: Comparison) -> str:
        return max((s.published[:10] for s in comparison.sources if s.published), default="")

    return sorted(sorted(comparisons, key=lambda c: c.id), key=latest, reverse=True)


def with_figures(comparisons: Iterable[Comparison], wanted: Wanted) -> Iterator[Comparison]:
    """Comparisons with the figures that are wanted and no others; those that have none of them are left out.

    A unit or scope asks for whole threads, a language or outlet for single tellings. How a telling stands to the
    others, and which is the earliest, is told of all of them, not only of those that are shown.
    """
    for comparison in comparisons:
        views = tuple(view for one in comparison.figures if (view := _chosen(one, wanted)).tellings)
        if views:
            yield replace(comparison, figures=views)


def _chosen(view: FigureView, wanted: Wanted) -> FigureView:
    """The view with its wanted tellings; without any when it is not of the unit or scope."""
    of_thread = _is(wanted.unit, view.unit) and _is(wanted.scope, view.scope)
    tests: tuple[Callable[[FigureTelling], bool], ...] = (
        lambda telling: _is_language(wanted.lang, telling.passage.lang),
        lambda telling: _is(wanted.outlet, telling.passage.outlet),
    )
    kept = tuple(t for t in view.tellings if of_thread and all(test(t) for test in tests))
    return replace(view, tellings=kept)


def _is(wanted: str | None, name: str | None) -> bool:
    return wanted is None or scope_key(wanted) == scope_key(name or "")


def _is_language(wanted: str | None, code: str) -> bool:
    """True for the code itself, and for its regions: "pt" asks for "pt-BR" too."""
    return wanted is None or code.lower() == wanted.lower() or code.lower().startswith(f"{wanted.lower()}-")
