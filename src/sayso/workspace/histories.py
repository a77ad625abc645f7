"""Histories: the captures of one article in a ledger, and what differs where a version follows another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.ledger.nouns import Captured, Read
    from sayso.ledger.view import View
    from sayso.linking.edits.history import History, Moment


def history(view: View, id: str) -> History:
    """One article through time, without what visits and other texts at its address tell. Raises NotFound."""
    from sayso.comparing import annotated
    from sayso.linking.edits.edition import edition
    from sayso.linking.edits.history import history as made

    versions, readings = view.history(id), view.readings(id)
    pairs = zip(versions, readings, strict=True)
    editions = [edition(version, annotated(version, read.reading)) for version, read in pairs]
    return made(id, editions, _moments(view.captured(id), versions, readings))


def moments(view: View, id: str) -> Sequence[Moment]:
    """The captures of an article; of one that was read twice, by two versions of sayso, what the later one read.

    A file that came again as it had been before has no record of its own: the version captured last is the last of all.
    """
    return _moments(view.captured(id), view.history(id), view.readings(id))


def _moments(captured: Sequence[Captured], versions: Sequence[Version], readings: Sequence[Read]) -> Sequence[Moment]:
    from sayso.linking.edits.history import Moment

    found: list[Moment] = []
    for one in captured:
        moment = Moment(one.at, one.url, one.digest, one.version)
        last = found[-1] if found else None
        again = last is not None and (last.at, last.digest, last.url) == (one.at, one.digest, one.url)
        if last is not None and again and readings[last.version].made_by != readings[one.version].made_by:
            found[-1] = moment
        else:
            found.append(moment)
    latest = len(versions) - 1
    if not found or found[-1].version != latest:
        digest = versions[latest].digest
        # An address that a page or row names is none that was fetched.
        url = next((moment.url for moment in reversed(found) if moment.digest == digest), None)
        found.append(Moment(readings[latest].seen, url, digest, latest))
    return found
