"""Checking quotes: `sayso check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from sayso.interfaces.options import JsonOption
from sayso.interfaces.streams import USAGE, bar, console, finish, show_json, stop, through
from sayso.interfaces.visible import json_of


def check(
    quote: Annotated[str | None, typer.Argument(help="The words to check.")] = None,
    sources: Annotated[list[Path] | None, typer.Option("--in", metavar="TRANSCRIPT", help="A text of record.")] = None,
    ledger: Annotated[
        Path | None, typer.Option(metavar="[DIR]", help="Show how every article of the ledger tells it.")
    ] = None,
    batch: Annotated[tuple[str, str] | None, typer.Option(metavar="IN.jsonl OUT.jsonl", help="Check many.")] = None,
    meaning: Annotated[bool, typer.Option(help="Look for a translation where the words are not found.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Check a quote word by word against transcripts, or find it in all that the ledger holds."""
    from sayso import workspace

    if refused := _refused(quote, sources, ledger, batch is not None):
        stop(refused, USAGE)
    if (batch is None) == (quote is None):
        stop("give either a quote with --in TRANSCRIPT or --ledger, or --batch IN.jsonl OUT.jsonl", USAGE)
    if batch is not None:
        folder, book = Path(batch[0]).parent, workspace.open_ledger(ledger) if ledger is not None else None

        def work(lines: Iterable[str]) -> Iterator[tuple[str, str | None]]:
            if book is not None:
                return workspace.check_lines_ledger(lines, book, meaning)
            return workspace.check_lines(lines, folder, meaning)

        finish(through(*batch, "checking", work))
        return
    if quote is None or bool(sources) == (ledger is not None):
        stop("name the text to check against: --in TRANSCRIPT, or --ledger", USAGE)
    from sayso.interfaces import quote_terminal

    if ledger is not None:
        with bar() as progress:
            told = workspace.check_ledger(quote, workspace.open_ledger(ledger), meaning, progress)
        for row in told if as_json else ():
            typer.echo(json_of(row))
        if not as_json:
            quote_terminal.renderings(console(), told)
        return
    with bar():
        result = workspace.check(quote, sources or [], meaning)
    if as_json:
        show_json(result)
    else:
        quote_terminal.checked(console(), result)


def _refused(quote: str | None, sources: list[Path] | None, ledger: Path | None, batch: bool) -> str | None:
    """What is plainly a slip, in one sentence."""
    if batch and sources:
        return "--batch takes no --in: each row names its own transcript, or --ledger looks in all articles"
    if quote is None and not batch and ledger is not None and not ledger.exists():
        return f"{str(ledger)!r} is taken for the ledger's folder: put the quote first, `sayso check QUOTE --ledger`"
    if quote is not None and not any(map(str.isalnum, quote)):
        return "the quote holds no words" if quote.strip() else "the quote is empty"
    return None
