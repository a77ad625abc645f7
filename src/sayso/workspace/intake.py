"""Intake: captures into a ledger, exactly once each, whatever they came from; what could not be read is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Literal

from sayso import __version__
from sayso.answers import ReadReport
from sayso.documents.nouns import Capture
from sayso.engines.engine import Failure, paired
from sayso.engines.groups import groups
from sayso.errors import InputError, NoArticle
from sayso.workspace.cuts import settle
from sayso.workspace.placing import placed

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.engines.engine import Engine
    from sayso.extraction.nouns import Reading
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.writer import Writer
    from sayso.workspace.opening import Progress

    Outcome = list[InputError | tuple[Version, Reading]] | Failure

Kind = Literal["new", "newer", "anew", "known", "back"]
"""What an article was when it was added; "back": a version that had been there before is the current one again."""
NO_ARTICLE = "page without an article"
_ROW = "application/json"


@dataclass
class Intake:
    """Takes captures into `ledger`; all that came of them is told by `report`."""

    ledger: Ledger
    engine: Engine
    tagger: bool = True
    """False: attributions by the rules alone, many times faster and less well."""
    named: Container[str] = ()
    """What the user named: of such an input it is a failure to hold no article."""
    progress: Progress | None = None
    passed: Counter[str] = field(default_factory=Counter)
    """What was passed over, by kind."""
    _ids: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in ("new", "newer", "anew", "known")})
    _failures: list[InputError] = field(default_factory=list)
    _partly: list[InputError] = field(default_factory=list)
    _done: int = 0

    def take(self, captures: Iterable[Capture | InputError]) -> None:
        """Read what is not known yet, and keep it. The ledger is held for a moment for each group of captures."""
        read = partial(_readings, tagger=self.tagger)
        for group in groups(paired(self.engine, read, self._unseen(captures)), lambda one: _bytes(one[0])):
            with self.ledger.writer() as writer, writer.batch():
                for capture, outcome in group:
                    self._keep(writer, capture, outcome)
            self._done += len(group)
            if self.progress:
                self.progress("reading", self._done, None)

    def report(self) -> ReadReport:
        """What was done so far."""
        found = {kind: tuple(some) for kind, some in self._ids.items()}
        passed, partly = dict(sorted(self.passed.items())), tuple(self._partly)
        return ReadReport(failures=tuple(self._failures), passed=passed, partly=partly, **found)

    def _unseen(self, captures: Iterable[Capture | InputError]) -> Iterator[Capture | InputError]:
        made_by = self._made_by
        for group in groups(captures, _bytes):
            with self.ledger.writer() as writer, writer.batch():
                known = [again(writer, one, made_by) if isinstance(one, Capture) else [] for one in group]
            self._ids["known"].extend(chain.from_iterable(known))
            yield from (capture for capture, ids in zip(group, known, strict=True) if not ids)

    def _keep(self, writer: Writer, capture: Capture | InputError, outcome: Outcome) -> None:
        items = _failed(capture, outcome) if isinstance(outcome, Failure) else outcome
        is_read = any(isinstance(item, tuple) for item in items)
        if isinstance(capture, Capture) and capture.record and not is_read:
            writer.put(capture)
        for item in items:
            if isinstance(item, InputError):
                self._tell(writer, capture, item, is_read)
            elif isinstance(capture, Capture):
                self._add(writer, capture, item)

    def _tell(self, writer: Writer, capture: Capture | InputError, error: InputError, is_read: bool) -> None:
        """An error about a field of an article that is kept, a page without an article among others, or a failure."""
        if is_read and isinstance(capture, Capture) and capture.media_type == _ROW:
            self._partly.append(error)
            return
        writer.add_failure(error.name, error.reason)
        if isinstance(error, NoArticle) and self._is_one_of_many(capture, error):
            self.passed[NO_ARTICLE] += 1
        else:
            self._failures.append(error)

    def _is_one_of_many(self, capture: Capture | InputError, error: InputError) -> bool:
        inside = isinstance(capture, Capture) and (capture.record is not None or error.name != capture.name)
        return inside and error.name not in self.named

    def _add(self, writer: Writer, capture: Capture, item: tuple[Version, Reading]) -> None:
        try:
            kind, id = added(writer, capture, item, self._made_by)
        except InputError as error:
            self._tell(writer, capture, error, is_read=False)
            return
        self._ids["known" if kind == "back" else kind].append(id)

    @property
    def _made_by(self) -> str:
        return made_by(self.tagger)


def _readings(capture: Capture | InputError, tagger: bool) -> list[InputError | tuple[Version, Reading]]:
    # What reads is large: it is loaded where the work is done, not in the process that hands it out.
    from sayso.extraction.annotate import readings

    return readings(capture) if tagger else readings(capture, None)


def added(writer: Writer, capture: Capture, item: tuple[Version, Reading], made_by: str) -> tuple[Kind, str]:
    """Keep an article: as "new", as "newer" than a version before, as read "anew", as "back" or as "known"; its id.

    Raises InputError when its text cannot be stored.
    """
    version = placed(writer, capture, item[0])
    before, stood = writer.versions(version.id), writer.current(version.id)
    is_new = writer.add(capture, version, item[1], made_by=made_by)
    if before:
        settle(writer, version.id)
    if not is_new:
        return "known" if writer.current(version.id) == stood else "back", version.id
    return "new" if not before else "newer" if writer.versions(version.id) > before else "anew", version.id


def again(writer: Writer, capture: Capture, made_by: str) -> list[str]:
    """Ids of the articles that were read from the same bytes before, noted; none where they must be read."""
    ids = writer.seen(capture, made_by)
    for id in ids:
        settle(writer, id)
    return ids


def tried(
    writer: Writer, capture: Capture, item: tuple[Version, Reading], made_by: str
) -> tuple[Kind, str] | InputError:
    """As `added`, with the error in the place of the answer, noted: it must not undo what stands beside it."""
    try:
        return added(writer, capture, item, made_by)
    except InputError as error:
        writer.add_failure(error.name, error.reason)
        return error


def made_by(tagger: bool = True) -> str:
    """What makes a reading, with the tagger or by the rules alone."""
    return f"sayso {__version__}, {_tagger() if tagger else 'rules'}"


def _tagger() -> str:
    from sayso.models.tagger import Tagger  # slow to import

    return f"tagger {Tagger().settings['version']}"


def _failed(capture: Capture | InputError, failure: Failure) -> list[InputError | tuple[Version, Reading]]:
    return [InputError(capture.name, f"sayso itself failed on it ({failure.kind}: {failure.reason}); please report it")]


def _bytes(capture: Capture | InputError) -> int:
    return len(capture.body) if isinstance(capture, Capture) else 0
