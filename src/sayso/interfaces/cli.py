"""The command line: its commands in the order in which --help shows them, and its status."""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import Annotated

import typer

from sayso import __version__
from sayso.errors import SaysoError
from sayso.interfaces.commands import asking, changing, checking, judging, lines, reading, verifying, watching, writing
from sayso.interfaces.optional import WithLedger
from sayso.interfaces.streams import CLOSED, FAILED, STOPPED, say

app = typer.Typer(
    name="sayso",
    help="Read the news: who said what, in which words, with which figures, and how do the tellings differ?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False) -> None:
    """No text leaves this machine; addresses that you name are fetched. `sayso COMMAND --help` tells more."""
    if version:
        say(f"sayso {__version__}")
        raise typer.Exit


app.command()(reading.read)
app.command()(watching.watch)
app.command()(asking.stories)
app.command()(asking.story)
app.command()(asking.figures)
app.command()(asking.who)
app.command()(asking.search)
app.command()(changing.changes)
app.command()(lines.annotate)
app.command()(lines.link)
app.command(cls=WithLedger)(checking.check)
app.command()(judging.judge)
app.command()(writing.report)
app.command()(writing.export)
app.command()(verifying.verify)
app.command()(verifying.log)


def main() -> None:
    """Run the command line. Status: 0 all done, 1 some inputs failed, 2 wrong usage, 130 stopped by Ctrl-C."""
    try:
        _run()
    except SaysoError as error:
        say(f"sayso: {error}", err=True)
        sys.exit(FAILED)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer makes 1 of it, which is told from no failure
            sys.exit(CLOSED)
        if end.code == STOPPED:  # what typer makes of Ctrl-C, without a word
            say("sayso: stopped; the ledger keeps what was done before", err=True)
        raise
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLOSED)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        say(f"sayso: {error.filename or 'what is printed'}: cannot be written: the disk is full", err=True)
        sys.exit(FAILED)


def _run() -> None:
    """All of it, up to the last byte printed; cyclic garbage is looked for less often, as in `engines.crew`."""
    gc.set_threshold(50_000, 20, 20)
    try:
        app()
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    main()
