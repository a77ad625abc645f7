"""Absences: pages whose articles are not there any more, as visits find them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sayso.documents.absence import Absence
from sayso.documents.nouns import Capture, id_of
from sayso.errors import NotFound
from sayso.workspace.dues import stamp

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.watched import Watched
    from sayso.workspace.visits import Visit


def absent(one: Watched, article: str, status: int | None, now: datetime) -> Watched:
    """A page that was found without the article that it held; `status`: that of HTTP where it was not there at all."""
    before = one.state.absence
    is_same = before is not None and before.back is None and before.article == article
    first = before.first if before is not None and is_same else stamp(now)
    return replace(one, state=replace(one.state, absence=Absence(article, status, first, stamp(now))))


def present(one: Watched, article: str | None, now: datetime) -> Watched:
    """A page that holds an article, as far as is known this one."""
    absence = one.state.absence
    if absence is not None and absence.back is None:
        absence = replace(absence, back=stamp(now))
    return replace(one, state=replace(one.state, article=article or one.state.article, absence=absence))


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
    absence = one.state.absence
    if absence is None or absence.back is not None:
        return one
    return without_article(one, visit, ledger, now) if absence.status is None else present(one, None, now)


def _article_of(one: Watched, ledger: Ledger) -> str | None:
    """The article that a page held when it was visited before, or was read by another way."""
    if one.state.article or one.state.entry:
        # What the ledger holds of an address whose text stands in its feed may be read from there.
        return one.state.article
    id = id_of(Capture(one.url, b"", "", ""), one.state.address)
    with ledger.view() as view, suppress(NotFound):
        return view.version(id).id
    return None
