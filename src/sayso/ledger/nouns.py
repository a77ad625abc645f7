"""What the ledger answers with: Hit, Statement, Speaker, Captured, Failure; and Embeddings, kept for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extraction.nouns import Attribution, Reading
from sayso.text.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embeddings:
    """Vectors of parts of one version: row i of `vectors` (float32, n x d, unit length) stands for `spans[i]`."""

    model: str
    spans: tuple[Span, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Hit:
    """One version that answers a query; spans are code points of its text."""

    id: str
    digest: str
    snippet: Span
    """The part to show: around the densest matches, or the nearest part in a search by meaning."""
    marks: tuple[Span, ...]
    """The words that matched, inside the snippet; empty when only the title matched."""
    score: float
    """Greater is better; comparable within one answer only."""


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker, and where it stands: `reading(id).attributions[index]`."""

    id: str
    index: int
    speaker: str
    """The canonical name that linking chose, else the name as the article gives it."""
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body, under all names that the articles give."""

    name: str
    names: tuple[str, ...]
    statements: int


@dataclass(frozen=True, slots=True)
class Captured:
    """One capture of an article."""

    at: str
    """ISO 8601 date-time, UTC."""
    url: str | None
    digest: str
    version: int
    """The version that it gave: its place in `View.history`."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in one version, what found it, and when the version was captured last."""

    reading: Reading
    made_by: str
    seen: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: kept, so that nothing is lost silently."""

    name: str
    reason: str
    at: str
    """ISO 8601 date-time, UTC."""
