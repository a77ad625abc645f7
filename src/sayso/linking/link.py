"""Link: everything that linking finds in a set of articles, and its form in CONTRACTS (`sayso link`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.linking.article import Annotated, early
from sayso.linking.nouns import (
    Conflict,
    Exchange,
    ExchangeMember,
    FigureMember,
    FigureThread,
    Links,
    StatementMember,
    Story,
    Thread,
)
from sayso.linking.relink import Entry, Progress, relink
from sayso.models.embedder import Embedder


def link(articles: Sequence[Annotated], encoder: Embedder | None = None, progress: Progress | None = None) -> Links:
    """Stories, threads, figure threads, conflicts, duplicates, exchanges; the same for any order of `articles`.

    Without an encoder only names, figures and shared words link, which finds little across languages. Of articles with
    one id the first in order of date stands.
    """
    return relink(_Given(articles), None, encoder, progress).links


class _Given:
    """Articles that are at hand."""

    def __init__(self, articles: Sequence[Annotated]) -> None:
        self._by_id = {article.id: article for article in sorted(articles, key=early, reverse=True)}

    def entries(self) -> list[Entry]:
        return [Entry(article.id, article.published, article.id) for article in self._by_id.values()]

    def load(self, ids: Sequence[str]) -> list[Annotated]:
        return [self._by_id[id] for id in ids]


def to_json(links: Links) -> dict[str, Any]:
    """The links as `sayso link` writes them."""
    return {
        "stories": [_story(story) for story in links.stories],
        "threads": [_thread(thread) for thread in links.threads],
        "figure_threads": [_figure_thread(thread) for thread in links.figure_threads],
        "conflicts": [_conflict(conflict) for conflict in links.conflicts],
        "duplicates": [{"articles": list(d.articles), "kind": d.kind} for d in links.duplicates],
        "exchanges": [_exchange(exchange) for exchange in links.exchanges],
    }


def _story(story: Story) -> dict[str, Any]:
    reasons = [{"article": link.left, "score": link.score, "reason": link.reason} for link in story.reasons]
    return {"id": story.id, "title": story.title, "articles": list(story.articles), "reasons": reasons} | _judged(story)


def _thread(thread: Thread) -> dict[str, Any]:
    members = [
        {**_member(member), "content": [list(span) for span in member.content], "relation": member.relation}
        | {"reason": member.reason, "change": member.change, "words": member.words, "against": member.against}
        for member in thread.members
    ]
    bare = [
        {"article": one.article, "content": [list(span) for span in one.content], "relation": "changed"}
        | {"change": "attribution", "reason": one.reason, "words": one.words, "against": one.against}
        for one in thread.unattributed
    ]
    about = {"id": thread.id, "gist": thread.gist, "speaker": thread.speaker}
    return {**about, "members": members, "unattributed": bare} | _judged(thread)


def _figure_thread(thread: FigureThread) -> dict[str, Any]:
    members = [_member(member) for member in thread.members]
    about = {"unit": thread.unit, "scope": thread.scope, "change": thread.change}
    return {"id": thread.id, **about, "members": members} | _judged(thread)


def _conflict(conflict: Conflict) -> dict[str, Any]:
    members = [_member(member) for member in conflict.members]
    about = {"kind": conflict.kind, "thread": conflict.thread, "members": members, "why": conflict.why}
    return about | _judged(conflict)


def _exchange(exchange: Exchange) -> dict[str, Any]:
    sides = {"reply": _side(exchange.reply), "statement": exchange.statement and _side(exchange.statement)}
    spans = {"words": [list(span) for span in exchange.words], "topic": [list(span) for span in exchange.topic]}
    about = {"score": exchange.score, "reason": exchange.reason}
    return {"id": exchange.id, "kind": exchange.kind, **sides, **spans, **about} | _judged(exchange)


def _side(side: ExchangeMember) -> dict[str, Any]:
    content = [list(span) for span in side.content]
    return {"article": side.article, "attribution": side.attribution, "content": content}


def _judged(link: Story | Thread | FigureThread | Conflict | Exchange) -> dict[str, Any]:
    """What people judged, where they did."""
    return {"judged": list(link.judged)} if link.judged else {}


def _member(member: StatementMember | FigureMember) -> dict[str, Any]:
    if isinstance(member, FigureMember):
        return {"article": member.article, "figure": member.figure}
    return {"article": member.article, "attribution": member.attribution}
