"""Members: what a link is between: articles, statements or figures, and where the bench has them."""

from __future__ import annotations

from sayso.linking.judgements.bench import Bench, Node
from sayso.linking.judgements.nouns import Kind
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    Exchange,
    ExchangeMember,
    FigureMember,
    FigureThread,
    StatementMember,
    Story,
    Thread,
)

Told = Thread | FigureThread | Conflict | Exchange
Member = StatementMember | FigureMember | ExchangeMember


def articles_of(link: Story | Duplicate | Told) -> tuple[str, ...]:
    """The articles that a link is between."""
    return link.articles if isinstance(link, Story | Duplicate) else tuple(m.article for m in members(link))


def members(link: Told) -> tuple[Member, ...]:
    """The statements or figures that a link is between."""
    if isinstance(link, Exchange):
        return (link.reply, link.statement) if link.statement else (link.reply,)
    return link.members


def kind_of(link: Told) -> Kind:
    """What a link is between."""
    figures = isinstance(link, FigureThread) or (isinstance(link, Conflict) and link.kind == "figure")
    return "figure" if figures else "statement"


def own(member: Member) -> int | str:
    """Which attribution or figure of its article a member is."""
    return member.figure if isinstance(member, FigureMember) else member.attribution


def node(bench: Bench, kind: Kind, member: Member) -> Node | None:
    """A member as the bench knows it; None where nobody speaks of its article."""
    article = bench.articles.get(member.article)
    if article is None:
        return None
    ids = article.figure_ids if kind == "figure" else article.attribution_ids
    return article.id, kind, ids.index(own(member)) if ids else own(member)


def nodes(bench: Bench, link: Told) -> set[Node]:
    """What a link is between, as far as it stands in articles that people speak of."""
    return {known for member in members(link) if (known := node(bench, kind_of(link), member))}
