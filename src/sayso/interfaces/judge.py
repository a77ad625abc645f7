"""Judge: what `sayso judge` was asked for, done, and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from rich.console import Console
from rich.text import Text

from sayso import workspace
from sayso.asked import Act
from sayso.interfaces.streams import USAGE, bar, console, finish, lines_in, out, say, show_json, stop
from sayso.interfaces.terminal import isolate, many

if TYPE_CHECKING:
    from sayso.judging import Judged

_STYLES = {"stands": "green", "contradicted": "yellow", "waits": "dim", "overruled": "dim", "withdrawn": "dim"}


@dataclass(frozen=True, slots=True)
class Request:
    """The words of the command line."""

    id: str | None
    others: Sequence[str]
    acts: Sequence[Act]
    by: str | None
    note: str
    listing: bool
    undo: str | None
    export: str | None
    merge: str | None

    def fault(self) -> str | None:
        """What is wrong with the request as a whole, in one sentence."""
        asked = [bool(self.acts), self.listing, self.undo is not None, self.export is not None, self.merge is not None]
        if sum(asked) != 1 or len(self.acts) > 1:
            return "give one of --accept, --reject, --split, --join with an id, or --list, --undo, --export or --import"
        if self.acts and not self.id:
            return f"--{self.acts[0]} needs the id of a story, thread or conflict, as `sayso story` shows it"
        if not self.acts and self.id:
            return f"{self.id!r} is given, but neither --accept, --reject, --split nor --join"
        return None


def acts(**wanted: bool) -> list[Act]:
    """The acts that are wanted, by their names."""
    return [act for act in get_args(Act) if wanted[act]]


def run(request: Request, ledger: Path | None, as_json: bool) -> None:
    """Do what is asked, and show what came of it."""
    if fault := request.fault():
        stop(fault, USAGE)
    if request.merge is not None:
        _merge(request.merge, ledger, as_json)
    elif request.export is not None:
        book = workspace.open_ledger(ledger)
        with out(request.export) as write:
            for line in workspace.judgement_lines(book):
                write(line)
    else:
        with bar() as progress:
            book = workspace.open_ledger(ledger)
            if request.undo is not None:
                found = workspace.withdraw(book, request.undo, progress)
            elif request.listing:
                found = workspace.judgements(book, progress)
            else:
                about = (request.id or "", request.acts[0], request.others, request.by, request.note)
                found = workspace.judge(book, *about, progress)
        _show(found, as_json, request.listing)


def _merge(source: str, ledger: Path | None, as_json: bool) -> None:
    with lines_in(source) as lines:
        changed, errors = workspace.add_judgements(workspace.open_ledger(ledger), lines)
        numbered = [(lines.done(), error) for error in errors]
    known = errors.count(None) - changed
    if as_json:
        show_json({"changed": changed, "known": known, "failed": len(errors) - changed - known})
    else:
        say(f"{many(changed, 'judgement')} new or newly withdrawn, {known} known already.")
    finish([f"{source}:{number}: {error}" for number, error in numbered if error])


def _show(found: Sequence[Judged], as_json: bool, listing: bool) -> None:
    if as_json:
        show_json([one.row() for one in found])
        return
    shown = [one for one in found if one.state != "withdrawn" or not listing]
    if not shown:
        say("No judgements.")
    for one in shown:
        _line(console(), one)
    if len(shown) < len(found):
        say(f"{many(len(found) - len(shown), 'withdrawn judgement')} not shown; --json tells all.")


def _line(screen: Console, one: Judged) -> None:
    head = Text(f"{one.judgement.id}  ", style="bold")
    head.append(one.state, style=_STYLES[one.state])
    head.append(f"  {isolate(one.words)}")
    screen.print(head)
    for line in (one.why, one.machine):
        if line:
            screen.print(Text(f"    {isolate(line)}", style="dim"))
