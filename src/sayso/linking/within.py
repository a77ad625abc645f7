"""Within: all that linking finds inside one story. Nothing outside the story counts, so what was found can be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sayso.linking.article import Annotated
from sayso.linking.conflicts import conflicts
from sayso.linking.figures import figure_threads
from sayso.linking.nouns import Conflict, FigureThread, Story, Thread
from sayso.linking.speakers import Mention
from sayso.linking.threads import threads
from sayso.models.embedder import Embedder

_RULES = 1
"""To be raised with every change of what is found in a story: what an older sayso kept is found anew."""


@dataclass(frozen=True, slots=True)
class Within:
    """What linking finds inside one story, or in several."""

    threads: tuple[Thread, ...] = ()
    figure_threads: tuple[FigureThread, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def within(
    story: Story, articles: Sequence[Annotated], names: Mapping[Mention, str], encoder: Embedder | None = None
) -> Within:
    """All that `articles`, the story's own, tell alike or differently; `names` as `speakers` gives them."""
    told = threads(articles, [story], encoder, names)
    figures = figure_threads(articles, [story], told)
    return Within(tuple(told), tuple(figures), tuple(conflicts(articles, told, figures)))


def together(parts: Iterable[Within]) -> Within:
    """What several stories hold, as one: threads by id, conflicts of figures before those of statements."""
    parts = list(parts)
    return Within(
        tuple(sorted((t for part in parts for t in part.threads), key=lambda t: t.id)),
        tuple(sorted((f for part in parts for f in part.figure_threads), key=lambda f: f.id)),
        tuple(sorted((c for part in parts for c in part.conflicts), key=lambda c: (c.kind, c.thread))),
    )


def key(
    story: Story, articles: Sequence[Annotated], names: Mapping[Mention, str], encoder: Embedder | None = None
) -> str:
    """A digest of everything that `within` looks at: the same key, the same result."""
    made_by = [_RULES, encoder.name if encoder else "", story.id]
    told = [(a, [names.get((a.id, i), "") for i in range(len(a.attributions))]) for a in articles]
    return hashlib.sha256(msgspec.json.encode([made_by, told])).hexdigest()
