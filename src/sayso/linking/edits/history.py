"""History: the captures of one article in the order of time, and what differs where a version follows another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from sayso.documents.absence import Absence
from sayso.documents.nouns import Version
from sayso.extraction.nouns import Figure
from sayso.linking.edits.beginning import held, missing, says_more, sentences
from sayso.linking.edits.edition import Edition
from sayso.linking.edits.nouns import StatementEdit, Step
from sayso.linking.edits.step import step
from sayso.text.span import Span


@dataclass(frozen=True, slots=True)
class Moment:
    """One capture, and the version that it gave: its place in the history's versions."""

    at: str
    """ISO 8601 date-time, UTC."""
    url: str | None
    digest: str
    version: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a version that is cut short holds, the first `held` sentences, the last perhaps in part, of `of`; and what
    it lacks, which may have been taken out or not been shown: spans of the fuller version.
    """

    version: int
    """The fuller one: its place in the history's versions."""
    held: int
    of: int
    sentences: tuple[Span, ...] = ()
    statements: tuple[StatementEdit, ...] = ()
    """As the fuller version has them: `before`, `speaker_before`."""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class CutShort:
    """The captures at the end of a history hold only the beginning: since when, and how many they are."""

    beginning: Beginning
    """Of the last one."""
    since: str
    captures: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One version followed another: what differs, and between which captures it became so.

    A version that holds only a beginning is compared with the last whole one before it, and so is the next whole one.
    """

    since: str
    """The last capture that had the earlier version."""
    until: str
    """The first capture that has the later one."""
    before: int
    after: int
    step: Step
    back: str | None = None
    """Since when headline and text had been captured as they are again, styles and noise aside."""
    beginning: Beginning | None = None
    """What the later version holds where it is cut short; `step` then tells lines of noise alone."""
    again: bool = False
    """The captures in between hold only a beginning; where nothing was changed meanwhile, both versions are one."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another text that stood at the address of an article; it is an article of its own."""

    article: str
    title: str | None
    first: str
    """Its first capture, ISO 8601 date-time, UTC; and its last."""
    last: str
    again: str | None = None
    """When the article itself was captured after that, if it was."""
    since: str | None = None
    """Of the text captured last: its first capture after the last one of any other text; else None."""

    @property
    def came(self) -> str:
        """When it came to stand where it stands, or came first."""
        return self.since or self.first


@dataclass(frozen=True, slots=True)
class History:
    """An article through time; `versions` in the order of their first captures."""

    article: str
    versions: tuple[Version, ...]
    moments: tuple[Moment, ...]
    turns: tuple[Turn, ...]
    absence: Absence | None = None
    """What visits to its page found in its place."""
    others: tuple[Other, ...] = ()
    """Other texts that stood at its address, in the order of their first captures."""
    cut: CutShort | None = None
    """Where the version captured last holds only the beginning."""
    is_recent: bool = True
    """Whether it was captured in the time asked for."""

    @property
    def current(self) -> Version:
        """The version captured last."""
        return self.versions[self.moments[-1].version]

    def since(self, day: str | None) -> History:
        """The same with that alone which was captured, or found missing, on this ISO date or date-time, or later."""
        if day is None:
            return self
        return replace(
            self,
            turns=tuple(turn for turn in self.turns if turn.until >= day),
            absence=self.absence if self.absence and self.absence.last >= day else None,
            others=tuple(one for one in self.others if one.last >= day),
            is_recent=self.moments[-1].at >= day,
        )

    @property
    def latest(self) -> Turn | CutShort | Absence | Other | None:
        """What became of it last, noise only where there is nothing else."""
        found: list[tuple[str, Turn | CutShort | Absence | Other]] = []
        found += [(self.cut.since, self.cut)] if self.cut and self.is_recent else []
        found += [(turn.until, turn) for turn in (self.told or [one for one in self.turns if not one.beginning])[-1:]]
        found += [(one.came, one) for one in sorted(self.successors, key=lambda one: one.came)[-1:]]
        found += [(self.absence.last, self.absence)] if self.absence else []
        return max(reversed(found), key=lambda one: one[0])[1] if found else None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing became of it but noise, and captures cut short before a whole one."""
        return not (self.told or self.absence or self.others or (self.cut and self.is_recent))

    @property
    def successors(self) -> tuple[Other, ...]:
        """The other texts that came to its address after it; ids count them where that was in the same second."""
        own = (self.moments[0].at, len(self.article), self.article)
        return tuple(one for one in self.others if (one.first, len(one.article), one.article) > own)

    @property
    def told(self) -> tuple[Turn, ...]:
        """The turns that changed more than noise."""
        return tuple(turn for turn in self.turns if turn.step.is_edit)


def history(article: str, editions: Sequence[Edition], moments: Sequence[Moment]) -> History:
    """`moments` in the order of time; of an edition that none of them gave nothing is told."""
    order = list(dict.fromkeys(moment.version for moment in moments))
    place = {version: k for k, version in enumerate(order)}
    ordered = [editions[version] for version in order]
    placed = [replace(moment, version=place[moment.version]) for moment in moments]
    turns = tuple(_turns(placed, _Pairs(ordered)))
    versions = tuple(edition.version for edition in ordered)
    return History(article, versions, tuple(placed), turns, cut=_cut(placed, turns))


def _cut(moments: Sequence[Moment], turns: Sequence[Turn]) -> CutShort | None:
    """What the last captures hold where they are cut short."""
    tail = list(takewhile(lambda turn: turn.beginning, reversed(turns)))
    last = tail[0].beginning if tail else None
    if last is None:
        return None
    short = {turn.after for turn in tail}
    return CutShort(
        last, tail[-1].until, sum(1 for _ in takewhile(lambda one: one.version in short, reversed(moments)))
    )


def _turns(moments: Sequence[Moment], pairs: _Pairs) -> Iterator[Turn]:
    first: dict[object, str] = {}
    last = whole = moments[0] if moments else None
    is_whole = True
    for moment in moments:
        seen = pairs.seen(moment)
        if last and whole and moment.version != last.version:
            turn = pairs.turn(whole, moment, is_known=seen in first)
            back = first.get(seen) if seen != pairs.seen(whole) else None
            yield replace(turn, back=back, again=not is_whole and turn.beginning is None)
            is_whole = turn.beginning is None
        if is_whole:
            whole = moment
            first.setdefault(seen, moment.at)
        last = moment


class _Pairs:
    """Versions compared, each pair once however often one follows the other."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._editions = editions
        self._known: dict[tuple[int, int], Step] = {}

    def seen(self, moment: Moment) -> tuple[object, ...]:
        """What a reader saw then."""
        return self._editions[moment.version].seen()

    def turn(self, whole: Moment, moment: Moment, *, is_known: bool) -> Turn:
        """From the last capture of a whole version to one of another; `is_known`: one that had been whole before."""
        pair = whole.version, moment.version
        if pair not in self._known:
            self._known[pair] = step(*(self._editions[version] for version in pair))
        made = self._known[pair]
        found = None if is_known else self._beginning(*pair, made)
        if found:
            made = Step(noise=made.noise)
        return Turn(whole.at, moment.at, *pair, made, beginning=found)

    def _beginning(self, before: int, after: int, made: Step) -> Beginning | None:
        """What the later version holds where it is cut short, and its page says nothing else of itself."""
        whole = self._editions[before]
        words = None if says_more(made) else held(whole, self._editions[after])
        if words is None:
            return None
        said = tuple(one for one in made.statements if one.before)
        figures = tuple(one.before for one in made.figures if one.before)
        spans = tuple(missing(whole, words))
        return Beginning(before, sentences(whole, words), len(whole.text), spans, said, figures)
