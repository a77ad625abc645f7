"""The archive of captures: its indices, and copies of it for replay tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger
    from sayso.workspace.opening import Progress


def index(ledger: Ledger) -> None:
    """Bring the CDXJ files beside the archive's WARC files up to date."""
    with ledger.writer() as writer:
        writer.index()


def wacz(ledger: Ledger, out: IO[bytes], ids: Sequence[str] | None = None, progress: Progress | None = None) -> int:
    """Write the captures of the stories `ids` (None: all that was ever archived) to `out` as WACZ; returns how many.

    Raises NotFound, and LedgerError when archived bytes are not there.
    """
    from sayso.workspace.linking import relink

    if ids:
        relink(ledger, progress)
    with ledger.view() as view:
        stories = [view.story(id) for id in ids or ()]
        articles = [article for story in stories for article in story.articles] if ids else None
        title = "; ".join(story.title for story in stories) or "sayso"
        step = (lambda done, of: progress("writing", done, of)) if progress else None
        return view.write_wacz(out, articles, title, step)
