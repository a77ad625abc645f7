"""Answers: what the use cases of the workspace return."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sayso.errors import InputError
from sayso.text.span import Span


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What `read` did: ids of new articles, how many were known already, and what could not be read."""

    new: tuple[str, ...]
    known: int
    failures: tuple[InputError, ...]


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
    by: str


def plain(answer: Any) -> Any:  # noqa: ANN401  (any dataclass)
    """An answer as plain data for JSON; spans become [start, end]."""
    return asdict(answer)
