"""What differs between two versions of an article: Edit, Noise, Field, StatementEdit, FigureEdit, and Step: all of it.

Spans are code points of the text of the earlier version where they are called `before`, else of the later one's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.extraction.nouns import Figure, Spans
from sayso.linking.nouns import Change
from sayso.text.span import Span

EditKind = Literal["changed", "added", "removed", "moved"]
Op = Literal["same", "removed", "added"]
Fate = Literal["came", "went", "changed"]
Extent = Literal["nothing", "noise", "metadata", "headline", "text"]
FieldName = Literal["title", "outlet", "author", "published", "modified"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that a sentence kept, lost or got; the span lies in the earlier text for those it lost."""

    op: Op
    span: Span


@dataclass(frozen=True, slots=True)
class Edit:
    """One sentence, or several that were joined or parted: what it was and what it is.

    `pieces`: word by word; together those that are not removed are the later words, without any gap.
    A moved sentence has no changed pieces unless its words changed too. `note`: it belongs to a note of correction.
    """

    kind: EditKind
    before: Span | None
    after: Span | None
    pieces: tuple[Piece, ...]
    note: bool = False

    @property
    def reworded(self) -> bool:
        """Whether words changed, and not the place alone."""
        return any(piece.op != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Noise:
    """What differs without an edit, and by which rule."""

    rule: str
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Field:
    """What the page tells of itself: title, outlet, author, dates."""

    name: FieldName
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class StatementEdit:
    """A statement that came, went or changed; `change` and `why` say how, `words` stands in the place of `against`.

    A change that is neither a number, a negation, a modal verb nor a speaker is one of "wording".
    """

    fate: Fate
    before: Spans = ()
    after: Spans = ()
    speaker_before: str | None = None
    speaker_after: str | None = None
    change: Change | Literal["wording"] | None = None
    why: str = ""
    words: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class FigureEdit:
    """A figure that came, went or has another value."""

    fate: Fate
    before: Figure | None = None
    after: Figure | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """All that differs between two versions, edits in the order of the later text."""

    fields: tuple[Field, ...] = ()
    edits: tuple[Edit, ...] = ()
    noise: tuple[Noise, ...] = ()
    statements: tuple[StatementEdit, ...] = ()
    figures: tuple[FigureEdit, ...] = ()
    notes: tuple[Span, ...] = ()
    """Notes of correction that the later text has and the earlier one lacks."""
    told: bool = False
    """The page itself tells of a change: its date of change moved, a line of update or a note of correction came."""

    @property
    def extent(self) -> Extent:
        """How far it goes: the text, the headline alone, metadata alone, noise alone, or nothing."""
        if self.edits:
            return "text"
        names = {field.name for field in self.fields}
        if "title" in names and names <= {"title", "modified"}:
            return "headline"
        return "metadata" if names else "noise" if self.noise else "nothing"

    @property
    def is_edit(self) -> bool:
        """Whether more than noise differs."""
        return self.extent not in ("nothing", "noise")

    def count(self, kind: EditKind) -> int:
        """How many sentences changed in one way, notes of correction aside."""
        return sum(edit.kind == kind and not edit.note for edit in self.edits)

    def lost(self) -> Iterator[Span]:
        """Words of the earlier text that are gone."""
        return (piece.span for edit in self.edits for piece in edit.pieces if piece.op == "removed")

    def gained(self) -> Iterator[Span]:
        """Words that only the later text has."""
        return (piece.span for edit in self.edits for piece in edit.pieces if piece.op == "added")
