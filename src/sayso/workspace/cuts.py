"""Cuts: captures that hold only the beginning of an article that was captured whole: they do not stand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.ledger.nouns import Read
    from sayso.ledger.writer import Writer


def settle(writer: Writer, id: str) -> None:
    """Set the version that was captured last aside where it holds only the beginning of the one before it.

    Stories, search and exports then go on with the fuller one; what `sayso changes` tells is the same.
    """
    found = writer.latest(id)
    if len(found) < 2 or not _may_be_cut(*found):
        return
    from sayso.comparing import annotated
    from sayso.linking.edits.beginning import held, says_more
    from sayso.linking.edits.edition import edition
    from sayso.linking.edits.step import step

    part, whole = (edition(version, annotated(version, read.reading)) for version, read in found)
    if held(whole, part) is not None and not says_more(step(whole, part)):
        writer.set_aside(part.version, whole.version)


def _may_be_cut(part: tuple[Version, Read], whole: tuple[Version, Read]) -> bool:
    """Whether it is shorter, of another capture, and read by the same sayso: one that reads less is no paywall."""
    readers = {read.made_by.partition(",")[0] for _, read in (part, whole)}
    return len(part[0].text) < len(whole[0].text) and part[0].digest != whole[0].digest and len(readers) == 1
