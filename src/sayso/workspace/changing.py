"""Ask what became of articles that were captured more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import NotFound
from sayso.workspace.histories import history, moments
from sayso.workspace.linking import relink

if TYPE_CHECKING:
    from sayso.documents.absence import Absence
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.view import View
    from sayso.linking.edits.history import History, Other
    from sayso.workspace.opening import Progress


def changes(ledger: Ledger, article: str, since: str | None = None) -> History:
    """One article through time, by its id, the beginning of one, or its address; `since`: an ISO date.

    Raises NotFound.
    """
    with ledger.view() as view:
        id = _article(view, article)
        return _history(view, id, _absences(view, id).get(id)).since(since)


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


def _absences(view: View, article: str | None = None) -> dict[str, Absence]:
    """By the ids of articles, what was found last in the place of each; visits know more of it than captures do.

    Of captures those of one address are held together, to the letter; with `article` only of those that gave it.
    """
    from sayso.workspace.absences import by_captures

    urls = view.emptied() if article is None else {one.url for one in view.captured(article) if one.url}
    found = view.absences()
    for url in sorted(urls):
        texts = {id: [one.at for one in view.captured(id) if one.url == url] for id in view.read_at(url)}
        absence = by_captures(texts, view.empties(url))
        known = absence and found.get(absence.article)
        if absence and (known is None or _is_over(known, absence)):
            found[absence.article] = absence
    return found


def _is_over(known: Absence, other: Absence) -> bool:
    """Whether the other one came after it."""
    return known.last < other.last if known.by_capture else known.back is not None and known.back < other.first


def _history(view: View, id: str, absence: Absence | None) -> History:
    made = history(view, id)
    if absence and absence.back is None:
        # It may have been read again in another way than by a visit to this page.
        again = next((moment.at for moment in made.moments if moment.at > absence.last), None)
        absence = replace(absence, back=again)
    return replace(made, absence=absence, others=tuple(_others(view, id, made)))


def _others(view: View, id: str, made: History) -> Iterator[Other]:
    """The other texts at the address of an article, as they came."""
    from sayso.linking.edits.history import Other

    captured = {id: made.moments, **{other: moments(view, other) for other in view.beside(id)}}
    for other, some in captured.items():
        if other == id:
            continue
        first, last = some[0].at, some[-1].at
        again = next((moment.at for moment in made.moments if moment.at > last), None)
        before = max(those[-1].at for one, those in captured.items() if one != other)
        since = next((moment.at for moment in some if moment.at > before), None)
        yield Other(other, view.version(other).title, first, last, again, since)
