"""The nouns of the side-by-side view: what command line, web and report show of one story. No verdicts in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.extraction.nouns import Qualifier, Spans, Type
from sayso.languages.replies import ReplyKind
from sayso.linking.nouns import Change, Relation

Standing = Literal["same", "different", "compatible", "only"]
"""A telling of a figure against the others: "different" is every side of a conflict that linking found."""


@dataclass(frozen=True, slots=True)
class Source:
    """One article of the story; `copies` are the articles that reprint its text."""

    article: str
    title: str | None
    outlet: str
    """The outlet's name, else the address's host, else the head of the title, else the article's id."""
    lang: str
    url: str | None = None
    published: str | None = None
    published_from: str | None = None
    """What told the date: "given", "metadata", "dateline"; None when there is no date or nobody says."""
    copies: tuple[Source, ...] = ()
    reason: str = ""
    """Why it belongs to the story."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Exact words of one article and the sentence around them; empty `spans` when the archive has no text."""

    article: str
    outlet: str
    lang: str
    published: str | None
    words: tuple[str, ...]
    """One string per span, each `text[span]`."""
    spans: Spans
    sentence: str
    """The sentences that the words touch, "" when the archive has no text."""
    sentence_start: int = 0
    """Where `sentence` begins in the text, in code points."""

    def marked(self) -> tuple[tuple[str, bool], ...]:
        """The sentence cut into pieces, True where a piece is among the words."""
        pieces: list[tuple[str, bool]] = []
        done = 0
        for span in sorted(span.shift(-self.sentence_start) for span in self.spans):
            pieces += [
                (self.sentence[done : span.start], False),
                (self.sentence[max(done, span.start) : span.end], True),
            ]
            done = max(done, span.end)
        return tuple(piece for piece in [*pieces, (self.sentence[done:], False)] if piece[0])


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement as one article tells it."""

    passage: Passage
    type: Type
    stance: str
    source: str
    """The source as written; "" when the article names none here."""
    cue: str
    through: tuple[str, ...]
    """Who passes it on, outermost first: the sources of the statements that this one is nested in."""
    relation: Relation | None
    changed: str
    """What linking says about the difference to the thread, one sentence or ""."""
    earliest: bool
    """Published on an earlier day than every other telling in this archive."""
    score: float
    rule: str
    change: Change | None = None
    """What is changed where `relation` is "changed"."""
    here: str = ""
    """The words of this telling that differ."""
    there: str = ""
    """What stands in their place in the telling that it is held against."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that an article tells in its own voice, and who says it elsewhere."""

    passage: Passage
    source: str


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement in all its tellings, earliest first; `thread` is None for a statement told once."""

    thread: str | None
    tellings: tuple[Telling, ...]
    conflict: bool = False
    facts: tuple[Fact, ...] = ()
    """Who tells it too, but in the outlet's own voice."""
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker, the names used in each language, and what they are reported to have said. `name` None: unnamed."""

    name: str | None
    written: tuple[tuple[str, tuple[str, ...]], ...]
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class FigureTelling:
    """A figure as one article gives it."""

    passage: Passage
    value: float | int | None
    value_high: float | int | None
    unit: str | None
    qualifier: Qualifier
    scope: str | None
    window: str | None
    as_of: str | None
    asserted_by: str | None
    standing: Standing
    earliest: bool
    """Published on an earlier day than every other telling in this archive."""
    change: bool = False
    """By how much something changed, not where it stands."""
    least: float | int | None = None
    """The least that a vague count says; its value is None."""
    dropped: str | None = None
    """Who asserts this value in another article, where this one gives it in its own voice."""

    @property
    def day(self) -> str | None:
        """The day that the figure is of: as-of, else the day of publication."""
        return (self.as_of or self.passage.published or "")[:10] or None


@dataclass(frozen=True, slots=True)
class FigureView:
    """One measured quantity in all its tellings, earliest first; `thread` is None for a figure given once."""

    thread: str | None
    unit: str | None
    scope: str | None
    tellings: tuple[FigureTelling, ...]
    conflict: bool = False
    change: bool = False
    """All tellings are changes; a level and a change are never one quantity."""
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Tellings that cannot all be right, with their sentences."""

    kind: Literal["figure", "statement"]
    thread: str
    why: str
    sides: tuple[Passage, ...]
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""


@dataclass(frozen=True, slots=True)
class TimeView:
    """A time named in the story, with every passage that names it."""

    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an exchange."""

    speaker: str | None
    source: str
    """The source as written; "" when the article names none here."""
    passage: Passage


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """A statement and what answers it; without `statement` there is a `topic`, as the reply's article names it."""

    id: str
    kind: ReplyKind
    statement: Side | None
    topic: Passage | None
    reply: Side
    words: Passage
    """The words that make it an exchange, in the sentence that holds them."""
    score: float
    reason: str
    judged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One story side by side, in a deterministic order."""

    id: str
    title: str
    sources: tuple[Source, ...]
    speakers: tuple[SpeakerView, ...]
    figures: tuple[FigureView, ...]
    conflicts: tuple[ConflictView, ...]
    times: tuple[TimeView, ...]
    judged: tuple[str, ...] = ()
    """What people judged of it, in words."""
    exchanges: tuple[ExchangeView, ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """Each outlet once, in the order of its earliest article."""
        return tuple(dict.fromkeys(source.outlet for source in self.sources))

    @property
    def languages(self) -> tuple[str, ...]:
        """Each language once, sorted."""
        return tuple(sorted({source.lang for source in self.sources}))
