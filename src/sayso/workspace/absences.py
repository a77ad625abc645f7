"""Absences: pages whose articles are not there any more, as visits and captures find them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sayso.documents.absence import Absence
from sayso.documents.nouns import id_at
from sayso.errors import NotFound
from sayso.workspace.dues import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.ledger.ledger import Ledger
    from sayso.ledger.watched import Watched
    from sayso.workspace.visits import Visit


def absent(one: Watched, article: str, status: int | None, now: datetime) -> Watched:
    """A page that was found without the article that it held; `status`: that of HTTP where it was not there at all."""
    before = _of(one, article)
    is_on = before is not None and before.back is None and before.status == status
    first = before.first if before is not None and is_on else stamp(now)
    earlier = tuple(absence for absence in _all(one) if absence.article != article)
    state = replace(one.state, article=article, earlier=earlier, absence=Absence(article, status, first, stamp(now)))
    return replace(one, state=state)


def present(one: Watched, article: str | None, now: datetime) -> Watched:
    """A page that holds an article, as far as is known this one."""
    article = article or one.state.article
    found = [
        replace(absence, back=stamp(now)) if absence.back is None and absence.article == article else absence
        for absence in _all(one)
    ]
    state = replace(one.state, article=article, earlier=tuple(found[:-1]), absence=found[-1] if found else None)
    return replace(one, state=state)


def by_captures(texts: Mapping[str, Sequence[str]], empties: Sequence[str]) -> Absence | None:
    """The last absence that captures of one page tell of; None where no article had been there before.

    `texts`: when the page was captured with each article; `empties`: when it was without any, in order.
    """
    last = max(empties, default="")
    before = [(at, article) for article, moments in texts.items() for at in moments if at < last]
    if not before:
        return None
    until, article = max(before)
    back = min((at for at in texts[article] if at > last), default=None)
    return Absence(article, None, next(at for at in empties if at > until), last, back, by_capture=True)


def without_article(one: Watched, visit: Visit, ledger: Ledger, now: datetime, status: int | None = None) -> Watched:
    """A page that was found without an article; where it had one before that is noted, and told."""
    article = _article_of(one, ledger)
    if article is None:
        return one
    after = absent(one, article, status, now)
    assert after.state.absence is not None
    visit.gone.append((one.state.address, after.state.absence))
    return after


def as_before(one: Watched, visit: Visit, ledger: Ledger, now: datetime) -> Watched:
    """A page that is as it was when it came last, with or without an article."""
    article = _article_of(one, ledger) if one.state.absence else None
    absence = article and _of(one, article)
    if not absence or absence.back is not None:
        return one
    return without_article(one, visit, ledger, now) if absence.status is None else present(one, article, now)


def _all(one: Watched) -> list[Absence]:
    """What was found in the place of each article that a page held, the last one last."""
    return [*one.state.earlier, *([one.state.absence] if one.state.absence else [])]


def _of(one: Watched, article: str) -> Absence | None:
    return next((absence for absence in _all(one) if absence.article == article), None)


def _article_of(one: Watched, ledger: Ledger) -> str | None:
    """The article that a page held when it was visited before, or was read by another way."""
    if one.state.article or one.state.entry:
        # What the ledger holds of an address whose text stands in its feed may be read from there.
        return one.state.article
    id = id_at(one.state.address)
    with ledger.view() as view, suppress(NotFound):
        return view.version(id).id
    return None
