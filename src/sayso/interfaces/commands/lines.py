"""Lines of JSON for other programs, without a ledger: `sayso annotate`, `link`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from sayso.interfaces.options import JobsOption
from sayso.interfaces.streams import USAGE, bar, console, finish, lines_in, out, say, stop, through

_TEXTS = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
_FOUND = ('"attributions"', '"figures"')  # what rows have that were annotated


def annotate(
    source: Annotated[str, typer.Argument(metavar="IN.jsonl", help="One article a line; - for standard input.")],
    target: Annotated[
        str | None,
        typer.Argument(metavar="OUT.jsonl", help="- for standard output; not needed to --explain.", show_default=False),
    ] = None,
    jobs: JobsOption = 1,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Show people the text with what was found in it, and why: in the terminal, or as a page in OUT.html. "
            "IN may be whatever `sayso read` reads.",
        ),
    ] = False,
) -> None:
    """Add attributions, figures, times and voice to each line, or show them in the text."""
    from sayso import workspace

    if explain:
        _explain(source, target or "-", jobs)
    elif target is None:
        stop("name the file to write: OUT.jsonl, or - for standard output", USAGE)
    else:
        failures = through(source, target, "annotating", lambda lines: workspace.annotate(lines, jobs))
        if failures and Path(source).suffix.lower() in _TEXTS:
            failures.append(f"{source}: annotate takes one JSON object a line; texts and pages go to `sayso read`")
        finish(failures)


def _explain(source: str, target: str, jobs: int) -> None:
    """Show what is found in `source`; a page is written unless nothing could be read."""
    from sayso.interfaces import explain, explain_page, explain_terminal

    failures: list[str] = []
    found = explain.articles(source, failures, jobs)
    if target == "-":
        explain_terminal.show(console(), found)
    elif Path(target).suffix.lower() not in (".html", ".htm"):
        stop(f"{target}: --explain writes a page, OUT.html, or to the terminal when no file is named", USAGE)
    elif (articles := list(found)) or not failures:
        with out(target) as write:
            write(explain_page.page(articles))
        say(f"{target}: articles {len(articles)}", err=True)
    finish(failures)


def link(
    source: Annotated[str, typer.Argument(metavar="ANNOTATED.jsonl", help="Rows as annotate writes them.")],
    target: Annotated[str, typer.Argument(metavar="LINKS.json", help="- for standard output.")],
    meaning: Annotated[bool, typer.Option(help="Use the encoder (without: names, words and figures only).")] = True,
) -> None:
    """Find stories, threads, conflicts, duplicates and exchanges."""
    from sayso import workspace

    annotated = False

    def seen(lines: Iterable[str]) -> Iterator[str]:
        nonlocal annotated
        for line in lines:
            annotated = annotated or any(name in line for name in _FOUND)
            yield line

    with bar() as progress, lines_in(source) as lines:
        links, errors = workspace.link(seen(lines), meaning, progress)
        numbered = [(lines.done(), error) for error in errors]
    if None in errors and not annotated:
        say("sayso: none of the rows was annotated: run `sayso annotate` first", err=True)
    with out(target) as write:
        write(json.dumps(links, ensure_ascii=False, indent=1))
    finish([f"{source}:{number}: {error}" for number, error in numbered if error])
