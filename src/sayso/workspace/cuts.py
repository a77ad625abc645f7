"""Cuts: captures that hold only the beginning of an article that was captured whole: they do not stand for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.ledger.view import View
    from sayso.ledger.writer import Writer

MOST: Final = 200
"""Versions of one article from which on none is looked for: a page that changes so often is no paywall."""


def settle(writer: Writer, id: str) -> None:
    """Let the last whole version stand for an article whose last captures hold only its beginning.

    Which these are is what `sayso changes` tells, whatever order the captures were read in.
    """
    lengths = writer.lengths(id)
    if len(lengths) < 2:
        return
    from sayso.linking.edits.beginning import SHORTER

    is_short = lengths[0][0] < SHORTER * max(length for length, _ in lengths)
    if is_short or any(cut for _, cut in lengths):
        writer.cut(id, list(_cut(writer.view(), id)) if is_short and len(lengths) <= MOST else [])


def _cut(view: View, id: str) -> Iterator[tuple[Version, Version]]:
    """The versions captured last that are cut short, each with the whole one before it.

    Only what stands at an address can be a paywall's: rows are what their makers say. Where another sayso read one of
    the two, or the same bytes gave both, it may be the reader that reads less.
    """
    from sayso.documents.nouns import first_id, id_at
    from sayso.workspace.histories import history

    try:
        readers = [read.made_by.partition(",")[0] for read in view.readings(id)]
    except (ValueError, msgspec.MsgspecError):
        return  # a reading was altered: `sayso verify` tells of it, and other articles are kept all the same
    versions = view.history(id)
    made = history(view, id)
    for turn in takewhile(lambda turn: turn.beginning, reversed(made.turns)):
        part, whole = made.versions[turn.after], made.versions[turn.before]
        is_read_alike = readers[versions.index(part)] == readers[versions.index(whole)] and part.digest != whole.digest
        if is_read_alike and part.url and first_id(id) == id_at(part.url):
            yield part, whole
