"""Watching: `sayso watch`."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.interfaces.options import JobsOption, LedgerOption, PrivateOption, RulesOption
from sayso.interfaces.streams import FAILED, USAGE, bar, say, stop
from sayso.interfaces.visible import json_of

if TYPE_CHECKING:
    from types import FrameType

    from sayso.workspace.visits import Visit
    from sayso.workspace.watching import Round

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([smhdw])", re.IGNORECASE)
_NEVER = ("", "none", "never")

Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="FEED", help="Feeds, pages, OPML files, lists of addresses; none: all watched before."),
]


def watch(
    feeds: Sources = None,
    once: Annotated[bool, typer.Option("--once", help="One round, then end.")] = False,
    every: Annotated[
        str, typer.Option(metavar="TIME", help="Between two visits to a busy feed: 90s, 15m, 2h.")
    ] = "15m",
    again: Annotated[
        str, typer.Option(metavar="TIMES", help="When pages are fetched again after the first time; or never.")
    ] = "1h,6h,24h,7d",
    at_once: Annotated[bool, typer.Option("--now", help="Visit all that is named, and its pages, due or not.")] = False,
    lasting: Annotated[str | None, typer.Option("--for", metavar="TIME", help="Go on so long, then end.")] = None,
    most: Annotated[int, typer.Option(min=1, help="Pages in a round.")] = 500,
    rules: RulesOption = False,
    private: PrivateOption = False,
    ledger: LedgerOption = None,
    jobs: JobsOption = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line for each feed and round.")
    ] = False,
) -> None:
    """Follow feeds and pages over the network: keep what is new, and each version of what changes."""
    from sayso import workspace
    from sayso.workspace.dues import Plan

    if once and lasting:
        stop("give either --once or --for TIME", USAGE)
    repeats = () if again.strip().lower() in _NEVER else tuple(_seconds(one, "--again") for one in again.split(","))
    end = 0.0 if once else None if lasting is None else _seconds(lasting, "--for")
    plan = Plan(_seconds(every, "--every"), repeats, end, most, jobs, not rules, at_once)
    is_failed = is_watched = is_slip = False
    with until_stopped() as stopped, bar() as progress:
        book = workspace.open_ledger(ledger)
        fetcher = workspace.fetcher(private, stopped.wait, book)
        rounds = workspace.watch(feeds or (), book, plan, fetcher, stopped, progress)
        for round in rounds:
            is_failed = _show(round, as_json) or is_failed
            is_watched = is_watched or any(visit.due for visit in round.visits)
            is_slip = is_slip or bool(round.problems)
    if is_slip or (is_failed and (once or not is_watched)):
        raise typer.Exit(FAILED)


def _seconds(told: str, option: str) -> float:
    """What "15m" says."""
    found = _DURATION.fullmatch(told.strip())
    seconds = float(found[1]) * _UNITS[found[2].lower()] if found else 0.0
    if not seconds:
        stop(f"{option}: {told!r} is no time: write a number and s, m, h, d or w, such as 15m", USAGE)
    return seconds


@contextmanager
def until_stopped() -> Iterator[threading.Event]:
    """Set by the first Ctrl-C or SIGTERM, so that what is being read is kept; the second one ends at once."""
    stopped = threading.Event()
    before: dict[signal.Signals, Any] = {}

    def hear(number: int, _frame: FrameType | None) -> None:
        stopped.set()
        signal.signal(number, before[signal.Signals(number)])

    for one in (signal.SIGINT, signal.SIGTERM):
        before[one] = signal.signal(one, hear)
    try:
        yield stopped
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _show(round: Round, as_json: bool) -> bool:
    """Print what came of a round, failures on stderr; whether there was one."""
    from sayso.interfaces import changes_words

    for visit in round.visits:
        say(json_of(_row(visit)) if as_json else _line(visit))
        for error in visit.from_feed:
            say(f"sayso: {error}; the feed's own text was read in its place", err=True)
        for url, absence in visit.gone if not as_json else ():
            say(f"  {url}: {changes_words.absence(absence)}; see `sayso changes {absence.article}`")
    failures = [*round.problems, *(error for visit in round.visits for error in visit.failed)]
    for error in failures:
        say(f"sayso: {error}", err=True)
    return bool(failures)


def _line(visit: Visit) -> str:
    """ "North Gazette: 3 new, 1 newer, 12 unchanged, 1 failed; next 10:15"; what is none is left out."""
    counts = (
        (len(visit.new), "new"),
        (len(visit.newer), "newer"),
        (visit.unchanged, "unchanged"),
        (len(visit.from_feed), "read from the feed"),
        (len(visit.no_article), "without an article"),
        (len(visit.gone), "no longer there"),
        (len(visit.failed), "failed"),
        (visit.left, "left for another round"),
    )
    told = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing new"
    name = f"{visit.title} ({visit.url})" if visit.title else visit.url
    if visit.asleep:
        return f"{name}: {visit.said}"
    parts = [f"{name}: {told}", *([visit.said] if visit.said else []), *([f"next {visit.due}"] if visit.due else [])]
    return "; ".join(parts)


def _row(visit: Visit) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(visit, name) for name in ("url", "title", "new", "newer", "unchanged")}
    for name in ("failed", "from_feed", "no_article"):
        row[name] = [{"url": error.name, "reason": error.reason} for error in getattr(visit, name)]
    facts = ("article", "status", "first", "last", "back")
    row["gone"] = [{"url": url, **{fact: getattr(one, fact) for fact in facts}} for url, one in visit.gone]
    return row | {"left": visit.left, "due": visit.due, "said": visit.said}
