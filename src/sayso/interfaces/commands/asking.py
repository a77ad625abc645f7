"""Asking the ledger: `sayso stories`, `story`, `figures`, `who`, `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.answers import plain
from sayso.interfaces.options import JsonOption, LedgerOption
from sayso.interfaces.streams import USAGE, bar, console, say, show_json, stop

if TYPE_CHECKING:
    from sayso.linking.comparison.nouns import Comparison


def stories(ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """List the stories in the ledger."""
    from sayso import workspace

    with bar() as progress:
        found = workspace.stories(workspace.open_ledger(ledger), progress)
    if as_json:
        show_json([plain(s) for s in found])
        return
    from sayso.interfaces import terminal

    if not found:
        say("No stories: the ledger holds no articles yet. `sayso read PATH` reads some.")
    else:
        terminal.stories(console(), found)


def story(
    id: Annotated[str, typer.Argument(help="A story's id, or its beginning.")],
    target: Annotated[
        str | None,
        typer.Argument(metavar="OUT", help="With --matrix: OUT.csv or OUT.html to write it to.", show_default=False),
    ] = None,
    as_matrix: Annotated[
        bool, typer.Option("--matrix", help="Show statements by outlet: carried, changed or left out.")
    ] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Show by what each telling can be judged: ARTICLE@PLACE.")] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one story: who said what, the figures, what differs, the sources."""
    from sayso import workspace

    if target is not None:
        id, target = _told_apart(id, target, as_matrix)
    with bar() as progress:
        comparison = workspace.story(workspace.open_ledger(ledger), id, progress)
    if as_matrix:
        _matrix(comparison, target, as_json)
        return
    if as_json:
        show_json(plain(comparison))
        return
    from sayso.interfaces import terminal

    terminal.story(console(), comparison, ids)


def _told_apart(id: str, target: str, as_matrix: bool) -> tuple[str, str]:
    """Story and file, which may stand before it: `--matrix OUT.csv STORY`."""
    from sayso.interfaces.matrix_files import is_target

    if is_target(id) and not is_target(target):
        id, target = target, id
    if not as_matrix:
        stop(f"{target}: only --matrix writes a file", USAGE)
    if not is_target(target):
        stop(f"{target}: --matrix writes OUT.csv or OUT.html", USAGE)
    return id, target


def _matrix(comparison: Comparison, target: str | None, as_json: bool) -> None:
    """Statements by outlet: in a file, as JSON, or for people."""
    from sayso.interfaces import matrix_files, matrix_terminal
    from sayso.linking.comparison.matrix import matrix

    made = matrix(comparison)
    if target is not None:
        say(matrix_files.write(made, target), err=True)
    if as_json:
        show_json(plain(made))
    elif target is None:
        matrix_terminal.show(console(), made)


def figures(
    id: Annotated[
        str | None, typer.Argument(metavar="STORY", help="A story's id, or its beginning.", show_default=False)
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="UNIT", help="Only what is counted so: views, deaths.")] = None,
    scope: Annotated[str | None, typer.Option(metavar="SCOPE", help="Only of this platform or place.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="Only as articles in this language tell.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only as this outlet tells.")] = None,
    ledger: LedgerOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs, one telling a line.")] = False,
    csv: Annotated[str | None, typer.Option(metavar="FILE", help="Write a table, one telling a row.")] = None,
    jsonld: Annotated[str | None, typer.Option(metavar="FILE", help="Write schema.org Observations.")] = None,
    plot: Annotated[
        str | None, typer.Option(metavar="FILE", help="Draw value by day: OUT.svg, OUT.png or OUT.html.")
    ] = None,
) -> None:
    """Show the figures, newest stories first: one line each, or all tellings of one story and a plot."""
    from sayso import workspace
    from sayso.comparing import Wanted
    from sayso.interfaces import exports, figure_files, figure_terminal

    targets, wanted = figure_files.Targets(csv, jsonld, plot), Wanted(unit, scope, lang, outlet)
    if refused := targets.refused():
        stop(refused, USAGE)
    with bar() as progress:
        book = workspace.open_ledger(ledger)
        found = workspace.figures(book, id, wanted, progress)
        known = found or workspace.figures(book, id)
    for sentence in figure_files.write(found, targets):
        say(sentence, err=True)
    for line in exports.figure_lines(found) if as_json else ():
        say(line)
    if not found:
        say(figure_files.nothing(wanted, known), err=bool(targets) or as_json)
    elif not targets and not as_json:
        figure_terminal.show(console(), found, whole=id is not None)


def who(
    name: Annotated[str, typer.Argument(help="A name, in any script.")],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show all statements of a speaker."""
    from sayso import workspace

    if not name.strip():
        stop("the name is empty", USAGE)

    with bar() as progress:
        statements = workspace.who(workspace.open_ledger(ledger), name, progress)
    if as_json:
        show_json([plain(s) for s in statements])
        return
    from sayso.interfaces import terminal

    for speaker in dict.fromkeys(s.speaker for s in statements):
        say(speaker)
        terminal.said(console(), [s for s in statements if s.speaker == speaker])


def search(
    words: Annotated[str, typer.Argument(help='Words, or "a quoted phrase" inside them.')],
    ledger: LedgerOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many results.")] = 10,
    meaning: Annotated[bool, typer.Option(help="Search by meaning too, across languages.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Find articles by their words, in all scripts, and by their meaning."""
    from sayso import workspace

    if not words.strip():
        stop("there are no words to search for", USAGE)

    with bar() as progress:
        found = workspace.search(workspace.open_ledger(ledger), words, limit, meaning, progress)
    if as_json:
        show_json([plain(f) for f in found])
        return
    from sayso.interfaces import terminal

    if not found:
        say(f"Nothing found for {words!r}.")
    terminal.found(console(), found)
