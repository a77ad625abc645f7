"""History: the captures of one article in the order of time, and what differs where a version follows another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.documents.absence import Absence
from sayso.documents.nouns import Version
from sayso.linking.edits.beginning import Common, held, nothing, sentences, shared
from sayso.linking.edits.edition import Edition
from sayso.linking.edits.nouns import Step
from sayso.linking.edits.step import step


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
    """What a version that is cut short holds: the first `held` sentences, the last perhaps in part, of `of`."""

    version: int
    """The fuller one: its place in the history's versions."""
    held: int
    of: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One version followed another: what differs, and between which captures it became so.

    A version that holds only a beginning is compared with the beginning of the last whole one before it, and so is the
    next whole one with all of that.
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
    """What the later version holds where it is cut short; `step` then tells of nothing behind that."""
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

    @property
    def current(self) -> Version:
        """The version captured last."""
        return self.versions[self.moments[-1].version]

    def since(self, day: str | None) -> History:
        """The same with that alone which was captured, or found missing, on this ISO date or date-time, or later."""
        if day is None:
            return self
        absence = self.absence if self.absence and self.absence.last >= day else None
        turns = tuple(turn for turn in self.turns if turn.until >= day)
        return replace(self, turns=turns, absence=absence, others=tuple(one for one in self.others if one.last >= day))

    @property
    def beginning(self) -> Beginning | None:
        """What the version captured last holds, where it is cut short."""
        return self.turns[-1].beginning if self.turns else None

    @property
    def latest(self) -> Turn | Absence | Other | None:
        """What became of it last, noise only where there is nothing else."""
        found: list[tuple[str, Turn | Absence | Other]] = []
        found += [(turn.until, turn) for turn in (self.told or self.turns)[-1:]]
        found += [(one.came, one) for one in sorted(self.successors, key=lambda one: one.came)[-1:]]
        found += [(self.absence.last, self.absence)] if self.absence else []
        return max(reversed(found), key=lambda one: one[0])[1] if found else None

    @property
    def successors(self) -> tuple[Other, ...]:
        """The other texts that came to its address after it; ids count them where that was in the same second."""
        own = (self.moments[0].at, len(self.article), self.article)
        return tuple(one for one in self.others if (one.first, len(one.article), one.article) > own)

    @property
    def told(self) -> tuple[Turn, ...]:
        """The turns that changed more than noise."""
        return tuple(turn for turn in self.turns if turn.step.extent not in ("nothing", "noise"))


def history(
    article: str, editions: Sequence[Edition], moments: Sequence[Moment], is_common: Common = nothing
) -> History:
    """`moments` in the order of time; of an edition that none of them gave nothing is told.

    `is_common`: whether a line stands in other articles of the outlet, too.
    """
    order = list(dict.fromkeys(moment.version for moment in moments))
    place = {version: k for k, version in enumerate(order)}
    ordered = [editions[version] for version in order]
    placed = [replace(moment, version=place[moment.version]) for moment in moments]
    versions = tuple(edition.version for edition in ordered)
    return History(article, versions, tuple(placed), tuple(_turns(placed, _Pairs(ordered, is_common))))


def _turns(moments: Sequence[Moment], pairs: _Pairs) -> Iterator[Turn]:
    first: dict[object, str] = {}
    last = whole = moments[0] if moments else None
    is_whole = True
    for moment in moments:
        seen = pairs.seen(moment)
        if last and whole and moment.version != last.version:
            turn = pairs.turn(whole, moment, again=not is_whole)
            is_whole = turn.beginning is None
            is_back = is_whole and seen in first and seen != pairs.seen(whole)
            yield replace(turn, back=first[seen]) if is_back else turn
        if is_whole:
            whole = moment
            first.setdefault(seen, moment.at)
        last = moment


class _Pairs:
    """Versions compared, each pair once however often one follows the other."""

    def __init__(self, editions: Sequence[Edition], is_common: Common) -> None:
        self._editions = editions
        self._is_common = is_common
        self._known: dict[tuple[int, int], tuple[Step, Beginning | None]] = {}

    def seen(self, moment: Moment) -> tuple[object, ...]:
        """What a reader saw then."""
        return self._editions[moment.version].seen()

    def turn(self, whole: Moment, moment: Moment, *, again: bool) -> Turn:
        """From the last capture of a whole version to one of another; `again`: a beginning stood between them."""
        pair = whole.version, moment.version
        if pair not in self._known:
            self._known[pair] = self._compared(*pair)
        found, beginning = self._known[pair]
        return Turn(whole.at, moment.at, *pair, found, beginning=beginning, again=again and beginning is None)

    def _compared(self, before: int, after: int) -> tuple[Step, Beginning | None]:
        whole, other = self._editions[before], self._editions[after]
        found = held(whole, other, self._is_common)
        if found is None:
            return step(whole, other), None
        made = step(*shared(whole, other, found))
        # What a page that is cut short does not tell of itself has not gone.
        made = replace(made, fields=tuple(field for field in made.fields if field.after))
        return made, Beginning(before, sentences(whole, found.whole), len(whole.text))
