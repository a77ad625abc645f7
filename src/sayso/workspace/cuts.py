"""Cuts: captures that hold only the beginning of an article that was captured whole: they do not stand for it."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from sayso import __version__
from sayso.errors import InputError, LedgerError
from sayso.ledger.evidence.claims import BROKEN

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.ledger.view import View
    from sayso.ledger.writer import Writer
    from sayso.linking.edits.history import History

MOST: Final = 50
"""Versions of one article from which on none is looked for: a page that changes so often is no paywall."""


def settle(writer: Writer, id: str) -> None:
    """Let the last whole version stand for an article whose last captures hold only its beginning.

    Which these are is what `sayso changes` tells, whatever order the captures were read in.
    """
    lengths = writer.lengths(id)
    if len(lengths) < 2:
        return
    from sayso.linking.edits.beginning import SHORTER

    length, is_cut = lengths[0]
    is_short = length < SHORTER * max(length for length, _ in lengths) and len(lengths) <= MOST
    if not is_short and not is_cut:
        return
    view = writer.view()
    try:
        whole, parts = _cut(view, id) if is_short else (None, [])
        writer.cut(whole or view.history(id)[-1], parts)
    except (*BROKEN, LedgerError):
        return  # a row or capture was altered: `sayso verify` tells of it, and other articles are kept all the same


def _cut(view: View, id: str) -> tuple[Version | None, list[Version]]:
    """The last whole version and those after it, when all of them are cut short; else None, and none.

    Only what stands at an address can be a paywall's: rows are what their makers say.
    """
    from sayso.documents.nouns import first_id, id_at
    from sayso.workspace.histories import history

    made = history(view, id)
    tail = list(takewhile(lambda turn: turn.beginning, reversed(made.turns)))
    if not tail:
        return None, []
    whole, parts = made.versions[tail[0].before], [made.versions[place] for place in {turn.after for turn in tail}]
    if not whole.url or first_id(id) != id_at(whole.url) or not _read_alike(view, made, whole, parts):
        return None, []
    return whole, parts


def _read_alike(view: View, made: History, whole: Version, parts: list[Version]) -> bool:
    """Whether the page is what differs, and not its reader: another sayso may read less of it."""
    if any(part.digest == whole.digest for part in parts):
        return False
    kept = view.history(made.article)
    readers = [read.made_by.partition(",")[0] for read in view.readings(made.article)]
    by = [(version, readers[kept.index(version)]) for version in (whole, *parts)]
    if len({reader for _, reader in by}) == 1:
        return True
    return all(reader == f"sayso {__version__}" or _reads_as(view, version) for version, reader in by)


def _reads_as(view: View, version: Version) -> bool:
    """Whether this sayso, too, reads that text from its capture."""
    from sayso.documents.read import versions

    found = versions(view.capture(version.digest))
    return any(not isinstance(one, InputError) and one.text == version.text for one in found)
