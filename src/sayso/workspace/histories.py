"""Histories: the captures of one article in a ledger, and what differs where a version follows another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.view import View
    from sayso.linking.edits.edition import Edition
    from sayso.linking.edits.history import History, Moment


def history(view: View, id: str) -> History:
    """One article through time, without what visits and other texts at its address tell. Raises NotFound."""
    from sayso.linking.edits.history import history as made

    return made(id, list(_editions(view, id)), moments(view, id))


def _editions(view: View, id: str) -> Iterator[Edition]:
    from sayso.comparing import annotated
    from sayso.linking.edits.edition import edition

    for version, read in zip(view.history(id), view.readings(id), strict=True):
        yield edition(version, annotated(version, read.reading))


def moments(view: View, id: str) -> Sequence[Moment]:
    """The captures of an article; of one that was read twice, by two versions of sayso, what the later one read.

    A file that came again as it had been before has no record of its own: the version captured last is the last of all.
    """
    from sayso.linking.edits.history import Moment

    readings, versions = view.readings(id), view.history(id)
    found: list[Moment] = []
    for one in view.captured(id):
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
