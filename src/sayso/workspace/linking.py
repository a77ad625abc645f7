"""Link annotated rows, and keep a ledger's links up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.errors import InputError
from sayso.workspace import opening

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger
    from sayso.workspace.opening import Progress

T = TypeVar("T")


def link(
    lines: Iterable[str], meaning: bool = True, progress: Progress | None = None
) -> tuple[dict[str, Any], list[str | None]]:
    """Links between annotated rows as `sayso link` writes them, and for each line what kept it out, if anything."""
    from sayso.linking.article import from_row
    from sayso.linking.link import link as link_articles
    from sayso.linking.link import to_json

    articles, errors = made_of(lines, from_row)
    return to_json(link_articles(articles, opening.encoder(progress) if meaning else None, progress)), errors


def made_of(lines: Iterable[str], make: Callable[[object], T]) -> tuple[list[T], list[str | None]]:
    """What `make` makes of each line of JSON; and for each line what kept it out, if anything."""
    from sayso.documents.parsed import parsed

    made: list[T] = []
    errors: list[str | None] = []
    for line in lines:
        try:
            made.append(make(parsed(line)))
            errors.append(None)
        except InputError as error:
            errors.append(error.reason)
    return made, errors


def relink(ledger: Ledger, progress: Progress | None = None) -> None:
    """Bring the ledger's links up to date, and with them what is shown of them by people's judgements."""
    _relink(ledger, progress)
    _rejudge(ledger, progress)


def _rejudge(ledger: Ledger, progress: Progress | None) -> None:
    """Show the links as people want them; the machine's links stay as they are."""
    from sayso import judging
    from sayso.linking.judgements import afresh
    from sayso.models.embedder import Remembered
    from sayso.relinking import Shelf

    with ledger.view() as view:
        if view.judged:
            return
        stamp = view.stamp
        shown = judging.shown(view, Remembered(opening.encoder(progress), ledger), Shelf(ledger))
    with ledger.writer() as writer, writer.batch():
        writer.put_shown(shown.links, shown.articles, shown.rulings, stamp)
        writer.forget({afresh.KIND: shown.used})


def _relink(ledger: Ledger, progress: Progress | None) -> None:
    """Bring the ledger's links up to date; what new articles leave as it was is not looked into again.

    Links that another sayso found are found anew.
    """
    from sayso.linking import made_by
    from sayso.linking.relink import relink as linked
    from sayso.models.embedder import Remembered
    from sayso.relinking import Archived, Shelf

    with ledger.view() as view:
        if view.linked and view.linked_by == made_by.digest():
            return
        revision = view.revision
        found = linked(Archived(view), Shelf(ledger), Remembered(opening.encoder(progress), ledger), progress)
    with ledger.writer() as writer, writer.batch():
        if writer.put_links(found.links, found.names, revision, made_by.digest()):
            writer.forget(found.used)
