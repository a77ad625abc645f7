"""The demo: read a folder of articles into a new ledger, print what sayso is for, write the report (`make demo`)."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from sayso import workspace
from sayso.interfaces import quote_terminal, terminal
from sayso.interfaces.reading import read_in_words
from sayso.interfaces.report import report
from sayso.interfaces.streams import bar, console, out


def demo(examples: Path, target: Path) -> None:
    """Read `examples`/articles into `target`/ledger, show the largest story and a checked quote, write report.html."""
    began = time.perf_counter()
    ledger = workspace.open_ledger(target / "ledger")
    shutil.rmtree(ledger.folder, ignore_errors=True)
    screen = console()
    with bar() as progress:
        read = workspace.read([examples / "articles"], ledger, progress=progress)
        found = workspace.stories(ledger, progress)
    _title("sayso read examples/articles && sayso stories")
    print(f"{read_in_words(read)}\n")
    terminal.stories(screen, found)
    _title(f"sayso story {found[0].id}")
    terminal.story(screen, workspace.story(ledger, found[0].id))
    _check(examples)
    _evidence(examples, target)
    with out(str(target / "report.html")) as write:
        write(report(workspace.comparisons(ledger)))
    print(
        f"\nAll stories side by side, to open in a browser: {target}/report.html ({time.perf_counter() - began:.1f} s)"
    )


def _check(examples: Path) -> None:
    transcript = examples / "transcript.txt"
    quote = "We knew in January that two piles were doubtful."
    _title(f'sayso check "{quote}" --in {transcript}')
    quote_terminal.checked(console(), workspace.check(quote, [transcript], meaning=False))


def _evidence(examples: Path, target: Path) -> None:
    """Three captures of one page: what changed between them, and that nothing was altered since."""
    from sayso.interfaces import changes_terminal
    from sayso.interfaces.commands.verifying import tell_verified

    ledger = workspace.open_ledger(target / "captures")
    shutil.rmtree(ledger.folder, ignore_errors=True)
    archive = examples / "dal-bridge.warc"
    read = workspace.read([archive], ledger)
    _title(f"sayso read {archive} && sayso changes {read.new[0]}")
    changes_terminal.article(console(), workspace.changes(ledger, read.new[0]))
    _title("sayso verify")
    tell_verified(workspace.verify(ledger))


def _title(command: str) -> None:
    print(f"\n$ {command}")


if __name__ == "__main__":
    demo(Path(sys.argv[1]), Path(sys.argv[2]))
