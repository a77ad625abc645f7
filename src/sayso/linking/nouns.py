"""What linking finds: Link, Story, Thread, FigureThread, Conflict, Duplicate (formats in CONTRACTS: `sayso link`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.extraction.nouns import Spans
from sayso.languages.replies import ReplyKind

Relation = Literal["verbatim", "trimmed", "paraphrase", "translation", "changed"]
Change = Literal["number", "negation", "modality", "attribution", "speaker"]
"""What a changed telling changes: a figure or date, a "not", a "could", that a source says it, who says it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A judged pair with score (0…1) and reason in words."""

    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event. `reasons` says per article (same order) why it belongs."""

    id: str
    title: str
    articles: tuple[str, ...]
    reasons: tuple[Link, ...] = ()
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class StatementMember:
    """One telling of a statement: the attribution's index in its article (or its own id)."""

    article: str
    attribution: int | str
    content: Spans
    relation: Relation
    reason: str = ""
    change: Change | None = None
    """What is changed where `relation` is "changed"."""
    words: str = ""
    """The words here that differ, as written."""
    against: str = ""
    """What stands in their place in the telling that this one is held against."""


@dataclass(frozen=True, slots=True)
class Unattributed:
    """A thread's statement told by an article in its own voice: `words` there, `against` (the source) elsewhere."""

    article: str
    content: Spans
    words: str
    against: str
    reason: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The same statement told in several articles; its members may differ, that is what it is for.

    `unattributed`: articles that tell it as a fact; they are no members, since members are attributions.
    """

    id: str
    gist: str
    members: tuple[StatementMember, ...]
    speaker: str | None = None
    unattributed: tuple[Unattributed, ...] = ()
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class FigureMember:
    """One telling of a figure: the figure's index in its article (or its own id)."""

    article: str
    figure: int | str


@dataclass(frozen=True, slots=True)
class FigureThread:
    """The same measured quantity, or the same change of it, told in several articles."""

    id: str
    unit: str | None
    scope: str | None
    members: tuple[FigureMember, ...]
    change: bool = False
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Tellings of one thread that cannot all be right; `why` is one sentence without a verdict."""

    kind: Literal["figure", "statement"]
    thread: str
    members: tuple[FigureMember | StatementMember, ...]
    why: str
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Articles that are one text: an agency's wire copied, or the same page twice."""

    articles: tuple[str, ...]
    kind: Literal["wire copy", "same page"]


@dataclass(frozen=True, slots=True)
class ExchangeMember:
    """One side of an exchange: the attribution's index in its article (or its own id)."""

    article: str
    attribution: int | str
    content: Spans


@dataclass(frozen=True, slots=True)
class Exchange:
    """A statement that answers, denies, rebuts or comments on another, or on something that its article names.

    `words` make it an exchange and `topic` names what is replied to; both stand in the reply's article, but for a
    question's words, which stand in the statement's. Without `statement` there is a topic.
    """

    id: str
    kind: ReplyKind
    reply: ExchangeMember
    statement: ExchangeMember | None
    words: Spans
    topic: Spans
    score: float
    reason: str
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class Links:
    """All that linking found in a set of articles."""

    stories: tuple[Story, ...] = ()
    threads: tuple[Thread, ...] = ()
    figure_threads: tuple[FigureThread, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
