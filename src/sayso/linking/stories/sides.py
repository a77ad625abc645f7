"""Sides: what each article of a conflict tells in it; no copy may be the only one to tell a side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from sayso.linking.article import Annotated, early
from sayso.linking.figures.amounts import amount
from sayso.linking.nouns import Conflict, Duplicate, FigureMember, StatementMember

Side = dict[Hashable, list[str]]
"""What is told -> the articles that tell it, the earliest first."""


def with_all_sides(
    copies: Sequence[Duplicate], clashes: Sequence[Conflict], articles: Sequence[Annotated]
) -> list[Duplicate]:
    """`copies` without the articles that alone tell a side of a conflict, so that whoever leaves copies out shows it.

    Of several such articles the earliest is taken out.
    """
    by_id = {article.id: article for article in sorted(articles, key=early)}
    order = {id: place for place, id in enumerate(by_id)}
    hidden = {id for one in copies for id in sorted(one.articles, key=order.__getitem__)[1:]}
    own: set[str] = set()
    for clash in clashes:
        for telling in _sides(clash, by_id).values():
            if hidden.issuperset(telling) and own.isdisjoint(telling):
                own.add(min(telling, key=order.__getitem__))
    left = (replace(one, articles=tuple(id for id in one.articles if id not in own)) for one in copies)
    return [one for one in left if len(one.articles) > 1]


def _sides(clash: Conflict, articles: Mapping[str, Annotated]) -> Side:
    sides: Side = defaultdict(list)
    for member in clash.members:
        sides[_side(member, articles)].append(member.article)
    return sides


def _side(member: FigureMember | StatementMember, articles: Mapping[str, Annotated]) -> Hashable:
    """The value, or how the telling is changed."""
    if isinstance(member, StatementMember):
        return (member.change, member.words) if member.relation == "changed" else None
    article = articles[member.article]
    return amount(article.figures[article.figure_ids.index(member.figure)])
