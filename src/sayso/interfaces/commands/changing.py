"""What became of articles: `sayso changes`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.interfaces.options import JsonOption, LedgerOption
from sayso.interfaces.streams import USAGE, bar, console, out, show_json, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.linking.edits.history import History

_PAGES = (".html", ".htm")


def changes(
    article: Annotated[
        str | None,
        typer.Argument(
            metavar="ARTICLE", help="An article's id, its beginning, or its address (default: all).", show_default=False
        ),
    ] = None,
    target: Annotated[str | None, typer.Argument(metavar="OUT.html", help="Write a page.", show_default=False)] = None,
    story: Annotated[
        str | None, typer.Option("--story", metavar="ID", help="Only articles of this story.", show_default=False)
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Only changes captured on this day (2024-03-02) or later.", show_default=False
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show noise too: times, counters, links and styles that differ.")
    ] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how articles changed between captures: list them, or one's sentences, statements and figures."""
    if article is not None and target is None and article.lower().endswith(_PAGES) and "://" not in article:
        article, target = None, article
    if refused := _refused(article, target, story, since):
        stop(refused, USAGE)
    from sayso import workspace

    with bar() as progress:
        book = workspace.open_ledger(ledger)
        found = (
            workspace.changed(book, story, since, progress)
            if article is None
            else [workspace.changes(book, article, since)]
        )
    shown = found if everything or article is not None else [one for one in found if one.told]
    if target is not None:
        from sayso.interfaces.changes_page import page

        with out(target) as write:
            write(page(shown, everything))
        typer.echo(f"{target}: articles {len(shown)}", err=True)
    _show(shown, len(found) - len(shown), article is not None, everything, as_json, quiet=target is not None)


def _refused(article: str | None, target: str | None, story: str | None, since: str | None) -> str | None:
    """What is plainly a slip, in one sentence."""
    if target is not None and not target.lower().endswith(_PAGES):
        return f"{target}: changes are written to OUT.html, or printed with --json"
    if article is not None and story is not None:
        return "--story lists the articles of a story; give either it or an article"
    try:
        date.fromisoformat(since or "2024-03-02")
    except ValueError:
        return f"--since {since}: is no date; write it like 2024-03-02"
    return None


def _show(found: Sequence[History], left: int, single: bool, everything: bool, as_json: bool, quiet: bool) -> None:
    from sayso.interfaces import changes_rows, changes_terminal, changes_words

    if as_json:
        show_json(changes_rows.whole(found[0]) if single else [changes_rows.line(one) for one in found])
    elif quiet:
        return
    elif single:
        changes_terminal.article(console(), found[0], everything)
        if not found[0].turns:
            typer.echo("No change was captured.")
    elif found:
        changes_terminal.articles(console(), found)
    else:
        typer.echo(
            "No article changed between captures. `sayso watch` comes back to pages; `sayso read` takes them again."
        )
    if left and not as_json and not quiet:
        typer.echo(changes_words.left_out(left))
