"""Within: all that linking finds inside one story. Nothing outside the story counts, so what was found can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from sayso.linking.article import Annotated
from sayso.linking.figures.conflicts import conflicts
from sayso.linking.figures.join import figure_threads
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    Exchange,
    FigureMember,
    FigureThread,
    StatementMember,
    Story,
    Thread,
)
from sayso.linking.replies.exchanges import exchanges
from sayso.linking.speakers.join import Mention
from sayso.linking.stories.duplicates import duplicates
from sayso.linking.stories.sides import with_all_sides
from sayso.linking.threads.join import threads
from sayso.models.embedder import Embedder


@dataclass(frozen=True, slots=True)
class Within:
    """What linking finds inside one story, or in several."""

    threads: tuple[Thread, ...] = ()
    figure_threads: tuple[FigureThread, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    exchanges: tuple[Exchange, ...] = ()


def within(
    story: Story, articles: Sequence[Annotated], names: Mapping[Mention, str], encoder: Embedder | None = None
) -> Within:
    """All that `articles`, the story's own, tell alike or differently; `names` as `speakers` gives them."""
    told = threads(articles, [story], encoder, names)
    figures = figure_threads(articles, [story], told)
    clashes = conflicts(articles, told, figures)
    return Within(
        tuple(told),
        tuple(figures),
        tuple(clashes),
        tuple(with_all_sides(duplicates(articles), clashes, articles)),
        tuple(exchanges(articles, names)),
    )


def together(parts: Iterable[Within]) -> Within:
    """What several stories hold, as one: threads by id, conflicts of figures before those of statements, the rest in
    order of stories."""
    parts = list(parts)
    return Within(
        tuple(sorted((t for part in parts for t in part.threads), key=lambda t: t.id)),
        tuple(sorted((f for part in parts for f in part.figure_threads), key=lambda f: f.id)),
        tuple(sorted((c for part in parts for c in part.conflicts), key=lambda c: (c.kind, c.thread))),
        tuple(d for part in parts for d in part.duplicates),
        tuple(e for part in parts for e in part.exchanges),
    )


class _Clash(msgspec.Struct):
    """A conflict with its members told apart by kind, which bytes alone cannot tell."""

    thread: str
    why: str
    figures: tuple[FigureMember, ...]
    statements: tuple[StatementMember, ...]


def _clash(conflict: Conflict) -> _Clash:
    figures = tuple(m for m in conflict.members if isinstance(m, FigureMember))
    statements = tuple(m for m in conflict.members if isinstance(m, StatementMember))
    return _Clash(conflict.thread, conflict.why, figures, statements)


def _conflict(clash: _Clash) -> Conflict:
    kind: Literal["figure", "statement"] = "figure" if clash.figures else "statement"
    return Conflict(kind, clash.thread, clash.figures or clash.statements, clash.why)


class _Kept(msgspec.Struct):
    threads: tuple[Thread, ...]
    figure_threads: tuple[FigureThread, ...]
    conflicts: tuple[_Clash, ...]
    duplicates: tuple[Duplicate, ...]
    exchanges: tuple[Exchange, ...]


def pack(found: Within) -> bytes:
    """What stands in a story, as bytes."""
    clashes = tuple(_clash(conflict) for conflict in found.conflicts)
    return msgspec.msgpack.encode(
        _Kept(found.threads, found.figure_threads, clashes, found.duplicates, found.exchanges)
    )


def unpack(plain: bytes) -> Within:
    """The inverse of `pack`."""
    kept = msgspec.msgpack.decode(plain, type=_Kept)
    clashes = tuple(map(_conflict, kept.conflicts))
    return Within(kept.threads, kept.figure_threads, clashes, kept.duplicates, kept.exchanges)
