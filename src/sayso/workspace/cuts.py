"""Cuts: captures that hold only the beginning of an article that was captured whole: they do not stand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.writer import Writer


def settle(writer: Writer, id: str) -> None:
    """Set the version that was captured last aside where it holds only the beginning of the one before it.

    Stories, search and exports then go on with the fuller one; what `sayso changes` tells is the same.
    """
    found = writer.latest(id)
    if len(found) < 2 or len(found[0][0].text) >= len(found[1][0].text):
        return
    from sayso.comparing import annotated
    from sayso.linking.edits.beginning import held, says_more
    from sayso.linking.edits.edition import edition
    from sayso.linking.edits.step import step

    part, whole = (edition(version, annotated(version, reading)) for version, reading in found)
    if held(whole, part) is not None and not says_more(step(whole, part)):
        writer.set_aside(part.version, whole.version)
