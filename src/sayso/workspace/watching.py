"""Watch feeds and pages: visit what is due, keep what is new or changed, and say what came of it, round after round.

for round in workspace.watch(["https://north.example/feed.xml"], ledger, Plan(lasting=0)):
    print([visit.new for visit in round.visits])
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import InputError
from sayso.ledger.watched import State, Watched
from sayso.workspace import opening
from sayso.workspace.archiving import index
from sayso.workspace.dues import Plan, brought_forward, is_due, stamp
from sayso.workspace.reading import engine, is_address

if TYPE_CHECKING:
    from sayso.documents.feeds.opml import Followed
    from sayso.fetching.fetch import Fetcher
    from sayso.ledger.ledger import Ledger
    from sayso.workspace.opening import Progress
    from sayso.workspace.visits import Visit

_BETWEEN = 60.0
"""Seconds, at least, from the end of one round to the next, unless feeds are visited more often."""
_NAP = 60.0
"""Seconds after which the clock is looked at again: it may have been set."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round brought."""

    visits: tuple[Visit, ...]
    """Of all feeds, and pages that a person named, that were visited, or whose pages were."""
    problems: tuple[InputError, ...] = ()
    """What was named and cannot be watched; told in the first round."""
    due: str | None = None
    """When the next one is due; None: nothing is watched any more."""


def watch(
    sources: Sequence[str],
    ledger: Ledger,
    plan: Plan | None = None,
    fetcher: Fetcher | None = None,
    stop: threading.Event | None = None,
    progress: Progress | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Round]:
    """Rounds over `sources`: addresses of feeds and pages, OPML files and lists; without any, over all of before.

    All that is known stands in the ledger, so that a watch that ended in whatever way goes on where it was. Ends
    after `plan.lasting` seconds, when `stop` is set, or when nothing is left to watch. Raises InputError when nothing
    is named and nothing was before.
    """
    from sayso.workspace.rounds import Rounds

    plan, stop = plan or Plan(), stop or threading.Event()
    began = time.monotonic()
    urls, problems = named(sources)
    known = _registered(ledger, urls, now()) if sources else _of_before(ledger)
    rounds = Rounds(
        ledger, fetcher or opening.fetcher(sleep=stop.wait, ledger=ledger), engine(plan.jobs), plan, stop, now, progress
    )
    _bring_forward(ledger, known, plan)
    told = [] if plan.now else _asleep(known, plan, now())
    is_first = True
    while known and not stop.is_set():
        visits = rounds.round([one.url for one in known], is_first and plan.now)
        is_first = False
        visits += [visit for visit in told if visit.url not in {one.url for one in visits}]
        if visits:
            index(ledger)
        due = _next_due(ledger, known, rounds.refused)
        if visits or problems:
            yield Round(tuple(visits), tuple(problems), due)
        told, problems = [], []
        if progress and due:
            progress("waiting for what is due next", 0, None)
        if due is None or not _wait(due, any(visit.left for visit in visits), plan, began, stop, now):
            return
    if problems:
        yield Round((), tuple(problems))


def named(sources: Sequence[str]) -> tuple[dict[str, str | None], list[InputError]]:
    """The addresses in `sources`, each with what its list calls it, and what cannot be watched of them."""
    from sayso.documents.feeds.opml import Followed
    from sayso.fetching.addresses import parsed

    found: dict[str, str | None] = {}
    problems: list[InputError] = []
    for source in sources:
        try:
            listed = (Followed(source.strip()),) if is_address(source) else _listed(source)
        except InputError as error:
            problems.append(error)
            continue
        for one in listed:
            try:
                if isinstance(one, InputError):
                    raise one
                parsed(one.url)
            except InputError as error:
                problems.append(error)
            else:
                found.setdefault(one.url, one.title)
    return found, problems


def _listed(source: str) -> tuple[Followed | InputError, ...]:
    """The feeds that a file names, or standard input ("-"); errors stand between them."""
    from sayso.documents.feeds.opml import LARGEST_LIST, feeds_of
    from sayso.documents.files import refused

    if source == "-":
        return feeds_of(sys.stdin.buffer.read(LARGEST_LIST + 1), "stdin")
    try:
        with Path(source).open("rb") as file:
            return feeds_of(file.read(LARGEST_LIST + 1), source)
    except OSError as error:
        raise refused(source, error) from None


def _registered(ledger: Ledger, urls: Mapping[str, str | None], now: datetime) -> list[Watched]:
    """What is watched under these addresses; what is not yet is taken down, due now."""
    opening.make_sure(ledger)
    with ledger.view() as view:
        known = {one.url: one for one in view.watched(urls)}
    fresh = [Watched(url, "feed", stamp(now), State(url, title=urls[url])) for url in urls if url not in known]
    # A page that a feed named before is watched for its own sake from now on.
    fresh += [Watched(one.url, "page", stamp(now), State(one.url)) for one in known.values() if one.state.feed]
    if fresh:
        with ledger.writer() as writer:
            writer.watch(fresh)
    known |= {one.url: one for one in fresh}
    return [known[url] for url in urls]


def _of_before(ledger: Ledger) -> list[Watched]:
    known = []
    if ledger.path.exists():
        with ledger.view() as view:
            known = view.watched()
    if not known:
        raise InputError(str(ledger.folder), "watches nothing yet; `sayso watch FEED` begins to: a feed, page or list")
    return known


def _bring_forward(ledger: Ledger, known: Sequence[Watched], plan: Plan) -> None:
    """Apply the times of this run's plan to the pages that these feeds named before."""
    with ledger.view() as view:
        pages = view.watched_pages([one.url for one in known], done=True)
    if sooner := [after for one in pages if (after := brought_forward(one, plan)) != one]:
        with ledger.writer() as writer:
            writer.watch(sooner)


def _asleep(known: Sequence[Watched], plan: Plan, now: datetime) -> list[Visit]:
    """What is told in the first round of those that are not visited in it."""
    from sayso.workspace.visits import Visit

    found = []
    for one in known:
        if one.state.ended:
            said = f"is not visited again: {one.state.ended}; --now visits it all the same"
            found.append(Visit(one.url, one.state.title, said=said, asleep=True))
        elif one.due and not is_due(one, plan, now):
            why = f", since the last visit failed: {one.state.why}" if one.state.why else ""
            said = f"is not due before {one.due}{why}; --now visits it all the same"
            found.append(Visit(one.url, one.state.title, due=one.due, said=said, asleep=True))
    return found


def _next_due(ledger: Ledger, known: Sequence[Watched], refused: Set[str]) -> str | None:
    """When the next one is; what our own settings refuse is none of this run."""
    urls = [one.url for one in known]
    with ledger.view() as view:
        waiting = [*view.watched(urls), *(one for one in view.watched_pages(urls) if not one.state.refused)]
    return min((one.due for one in waiting if one.due and one.url not in refused), default=None)


def _wait(
    due: str,
    is_left: bool,
    plan: Plan,
    began: float,
    stop: threading.Event,
    now: Callable[[], datetime],
) -> bool:
    """Sleep until the next round; False when there is none."""
    if plan.lasting == 0:
        return False
    gap = min(plan.every, _BETWEEN)
    moment = datetime.fromisoformat(due)
    if is_left:
        moment = min(moment, now()) + timedelta(seconds=plan.every)
    seconds = max((moment - now()).total_seconds(), gap)
    end = None if plan.lasting is None else began + plan.lasting
    while seconds > 0 and not stop.is_set():
        nap = min(seconds, _NAP)
        if end is not None and time.monotonic() + nap >= end:
            stop.wait(max(end - time.monotonic(), 0.0))
            return False
        stop.wait(nap)
        seconds = min(seconds - nap, max((moment - now()).total_seconds(), 0.0) if moment > now() else 0.0)
    return not stop.is_set()
