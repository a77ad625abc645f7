"""Dialogue: the exchanges of one story as every view shows them: who said what, and who answers it with which words."""

from __future__ import annotations

from sayso.linking.comparison.desk import Desk, Place
from sayso.linking.comparison.nouns import ExchangeView, Side
from sayso.linking.nouns import Exchange, ExchangeMember


def dialogue(desk: Desk) -> tuple[ExchangeView, ...]:
    """The exchanges in order of their replies; those with a side in an article that copies another are left out."""
    shown: list[tuple[Place, ExchangeView]] = []
    for exchange in desk.links.exchanges:
        place = _place(desk, exchange.reply)
        other = _place(desk, exchange.statement) if exchange.statement is not None else None
        if place is not None and (other is not None or exchange.statement is None):
            shown.append((place, _view(desk, exchange, place, other)))
    return tuple(view for _, view in sorted(shown, key=lambda one: (desk.order[one[0][0]], one[0][1], one[1].id)))


def _place(desk: Desk, side: ExchangeMember) -> Place | None:
    article = desk.by_id.get(side.article)
    if article is None or side.article in desk.copy_of:
        return None
    ids = article.attribution_ids or tuple(range(len(article.attributions)))
    return (side.article, ids.index(side.attribution)) if side.attribution in ids else None


def _view(desk: Desk, exchange: Exchange, place: Place, other: Place | None) -> ExchangeView:
    return ExchangeView(
        id=exchange.id,
        kind=exchange.kind,
        statement=None if other is None else _side(desk, other),
        topic=desk.passage(place[0], exchange.topic) if exchange.topic else None,
        reply=_side(desk, place),
        words=desk.passage(place[0], exchange.words),
        score=exchange.score,
        reason=exchange.reason,
        judged=exchange.judged,
    )


def _side(desk: Desk, place: Place) -> Side:
    article = desk.by_id[place[0]]
    attribution = article.attributions[place[1]]
    source = " … ".join(span.of(article.text) for span in attribution.source) if article.text is not None else ""
    return Side(desk.speaker(place), source, desk.passage(article.id, attribution.content, article.said(place[1])))
