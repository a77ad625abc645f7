"""Answers: what the use cases of the workspace return."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from sayso.documents.nouns import Version
from sayso.errors import InputError
from sayso.ledger.nouns import Hit, Statement
from sayso.text.span import Span


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What `read` did: ids of new articles and of those that were known already, and what could not be read.

    `passed`: suffix -> how many files of folders were passed over, since their kind is not read.
    """

    new: tuple[str, ...]
    known: tuple[str, ...]
    """One for each time that the bytes, or the text, came again."""
    failures: tuple[InputError, ...]
    passed: dict[str, int]
    newer: tuple[str, ...] = ()
    """Ids of known articles that came with other words or other bytes: the latest version counts."""
    anew: tuple[str, ...] = ()
    """Ids of articles that another sayso or tagger had read before."""
    partly: tuple[InputError, ...] = ()
    """What was left out of articles that are kept: a field that is not what it should be."""


@dataclass(frozen=True, slots=True)
class StorySummary:
    """One line about a story; `first` and `last` are days of publication."""

    id: str
    title: str
    articles: int
    outlets: int
    languages: tuple[str, ...]
    first: str | None
    last: str | None
    conflicts: int


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with where it was told; `words` are exact, spans joined by …"""

    article: str
    outlet: str
    lang: str
    published: str | None
    title: str | None
    speaker: str
    words: str
    spans: tuple[Span, ...]
    type: str
    stance: str


@dataclass(frozen=True, slots=True)
class Found:
    """A search result; `marks` lie in `snippet`; `by` is "words" or "meaning"."""

    id: str
    outlet: str
    lang: str
    published: str | None
    title: str | None
    snippet: str
    span: Span
    marks: tuple[Span, ...]
    by: Literal["words", "meaning"]


def summary(id: str, title: str, versions: list[Version], conflicts: int) -> StorySummary:
    """One line about a story of these articles."""
    days = sorted(v.published[:10] for v in versions if v.published)
    return StorySummary(
        id=id,
        title=title,
        articles=len(versions),
        outlets=len({v.outlet or v.id for v in versions}),
        languages=tuple(sorted({v.lang for v in versions})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        conflicts=conflicts,
    )


def said(version: Version, statement: Statement) -> Said:
    """A statement with its article."""
    content = statement.attribution.content
    return Said(
        article=version.id,
        outlet=version.outlet or version.title or version.id,
        lang=version.lang,
        published=version.published,
        title=version.title,
        speaker=statement.speaker,
        words=" … ".join(span.of(version.text) for span in content),
        spans=content,
        type=statement.attribution.type,
        stance=statement.attribution.stance,
    )


def found_at(version: Version, hit: Hit, by: Literal["words", "meaning"]) -> Found:
    """A search result with its article."""
    return Found(
        id=version.id,
        outlet=version.outlet or version.title or version.id,
        lang=version.lang,
        published=version.published,
        title=version.title,
        snippet=hit.snippet.of(version.text),
        span=hit.snippet,
        marks=tuple(mark.shift(-hit.snippet.start) for mark in hit.marks),
        by=by,
    )


def plain(answer: Any) -> Any:  # noqa: ANN401  (any dataclass)
    """An answer as plain data for JSON; spans become [start, end]."""
    return asdict(answer)
