"""What became of articles: `sayso changes`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.interfaces.options import JsonOption, LedgerOption
from sayso.interfaces.streams import USAGE, bar, console, out, say, show_json, stop

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
        bool,
        typer.Option(
            "--all",
            help="Show noise too (times, counters, links, styles), and list what was cut short and is whole again.",
        ),
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
    from sayso.interfaces import changes_rows, changes_words

    with bar() as progress:
        book = workspace.open_ledger(ledger)
        if article is None:
            found = workspace.changed(book, story, since, progress)
        else:
            found = [workspace.changes(book, article, since)]
    left = [] if everything or article is not None else [one for one in found if one.is_quiet]
    if as_json:
        left = [one for one in left if not changes_words.was_short(one)]
    hidden = {one.article for one in left}
    shown = [one for one in found if one.article not in hidden]
    if target is not None:
        _write(target, shown, left, everything)
    if as_json:
        show_json(changes_rows.whole(shown[0]) if article is not None else [changes_rows.line(one) for one in shown])
    elif target is None:
        _print(shown, article is not None, f" since {since}" if since else "", everything)
    for line in changes_words.left_out(left):
        say(line, err=as_json or target is not None)


def _print(shown: Sequence[History], alone: bool, when: str, noise: bool) -> None:
    """In the terminal: one article in full when it is `alone`, else a list."""
    from sayso.interfaces import changes_terminal

    if alone:
        changes_terminal.article(console(), shown[0], noise)
        if not shown[0].turns:
            say(f"No change was captured{when}.")
    elif shown:
        changes_terminal.articles(console(), shown)
    else:
        again = "`sayso watch` comes back to pages; `sayso read` takes them again."
        files = "A file without an address has no history: edited, it is another article."
        say(f"No article changed between captures{when}. {again} {files}")


def _write(target: str, found: Sequence[History], left: Sequence[History], noise: bool) -> None:
    from sayso.interfaces.changes_page import page
    from sayso.interfaces.terminal import many

    with out(target) as write:
        write(page(found, noise, left))
    say(f"{target}: {many(len(found), 'article')}", err=True)


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
