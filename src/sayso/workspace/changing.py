"""Ask what became of articles that were captured more than once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import NotFound
from sayso.workspace.linking import relink

if TYPE_CHECKING:
    from sayso.documents.absence import Absence
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.view import View
    from sayso.linking.edits.edition import Edition
    from sayso.linking.edits.history import History, Moment, Other
    from sayso.workspace.opening import Progress


def changes(ledger: Ledger, article: str, since: str | None = None) -> History:
    """One article through time, by its id, the beginning of one, or its address; `since`: an ISO date.

    Raises NotFound.
    """
    with ledger.view() as view:
        id = _article(view, article)
        return _history(view, id, _absences(view).get(id)).since(since)


def changed(
    ledger: Ledger, story: str | None = None, since: str | None = None, progress: Progress | None = None
) -> list[History]:
    """Articles with several versions, noise included, or whose pages went or were given to another text, the latest
    first; `story`: those of one.

    Raises NotFound.
    """
    if story is not None:
        relink(ledger, progress)
    with ledger.view() as view:
        wanted = None if story is None else set(view.story(story).articles)
        absences = _absences(view)
        several = {*view.several(), *absences, *view.shared()}
        ids = [id for id in sorted(several) if wanted is None or id in wanted]
        found: list[History] = []
        for done, id in enumerate(ids, 1):
            found.append(_history(view, id, absences.get(id)).since(since))
            if progress:
                progress("comparing versions", done, len(ids))
    return sorted((one for one in found if one.latest), key=lambda one: (_last(one), one.article), reverse=True)


def _last(history: History) -> str:
    """When the last change was captured that is more than noise, else the last at all, or the article found missing."""
    from sayso.linking.edits.history import CutShort, Other, Turn

    latest = history.latest
    assert latest is not None
    if isinstance(latest, Turn):
        return latest.until
    if isinstance(latest, CutShort):
        return latest.since
    return latest.came if isinstance(latest, Other) else latest.first


def _article(view: View, name: str) -> str:
    """The id of an article that is named by its id, the beginning of one, or its address."""
    from sayso.documents.nouns import normal

    address = normal(name)
    if address is None:
        return view.version(name).id
    for version in view.versions():
        if version.url and normal(version.url) == address:
            return version.id
    raise NotFound(f"no article at {name} in the ledger: name its id, as `sayso changes` lists it")


def _absences(view: View) -> dict[str, Absence]:
    """By the ids of articles, what was found last in the place of each; visits know more of it than captures do."""
    from sayso.workspace.absences import captured

    found = view.absences()
    for id, empties in view.empties().items():
        texts = {one: [moment.at for moment in view.captured(one)] for one in (id, *view.beside(id))}
        absence = captured(texts, empties)
        known = absence and found.get(absence.article)
        if absence and (known is None or (known.back is not None and absence.first > known.back)):
            found[absence.article] = absence
    return found


def _history(view: View, id: str, absence: Absence | None) -> History:
    from sayso.linking.edits.history import history

    made = history(id, list(_editions(view, id)), _moments(view, id))
    if absence and absence.back is None:
        # It may have been read again in another way than by a visit to this page.
        again = next((moment.at for moment in made.moments if moment.at > absence.last), None)
        absence = replace(absence, back=again)
    return replace(made, absence=absence, others=tuple(_others(view, id, made)))


def _others(view: View, id: str, history: History) -> Iterator[Other]:
    """The other texts at the address of an article, as they came."""
    from sayso.linking.edits.history import Other

    captured = {id: history.moments, **{other: _moments(view, other) for other in view.beside(id)}}
    for other, moments in captured.items():
        if other == id:
            continue
        first, last = moments[0].at, moments[-1].at
        again = next((moment.at for moment in history.moments if moment.at > last), None)
        before = max(some[-1].at for one, some in captured.items() if one != other)
        since = next((moment.at for moment in moments if moment.at > before), None)
        yield Other(other, view.version(other).title, first, last, again, since)


def _editions(view: View, id: str) -> Iterator[Edition]:
    from sayso.comparing import annotated
    from sayso.linking.edits.edition import edition

    for version, read in zip(view.history(id), view.readings(id), strict=True):
        yield edition(version, annotated(version, read.reading))


def _moments(view: View, id: str) -> Sequence[Moment]:
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
