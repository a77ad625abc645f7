"""Link: everything that linking finds in a set of articles, and its form in CONTRACTS (`sayso link`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.linking.article import Annotated, early
from sayso.linking.duplicates import duplicates
from sayso.linking.nouns import Conflict, FigureMember, FigureThread, Links, StatementMember, Story, Thread
from sayso.linking.speakers import Mention, speakers
from sayso.linking.stories import stories
from sayso.linking.threads import texts
from sayso.linking.within import Within, key, together, within
from sayso.models.embedder import Embedder, prepared


@dataclass(frozen=True, slots=True)
class Found:
    """What linking found: the links, who each speaker is, and what each story holds."""

    links: Links
    names: Mapping[Mention, str]
    parts: Mapping[str, Within]
    """`within.key` -> what stands in that story."""


def link(articles: Sequence[Annotated], encoder: Embedder | None = None) -> Links:
    """Stories, threads, figure threads, conflicts and duplicates; the same for any order of `articles`.

    Without an encoder only names, figures and shared words link, which finds little across languages. Of articles with
    one id the first in order of date stands.
    """
    return relinked(articles, encoder, {}).links


def relinked(articles: Sequence[Annotated], encoder: Embedder | None, kept: Mapping[str, Within]) -> Found:
    """The same as `link`, without looking again into stories that are as they were when `kept` was found."""
    by_id = {article.id: article for article in sorted(articles, key=early, reverse=True)}
    ordered = list(by_id.values())[::-1]
    found = stories(ordered, encoder)
    names = speakers(ordered, found)
    told = {story.id: [by_id[id] for id in story.articles] for story in found}
    keys = {story.id: key(story, told[story.id], names, encoder) for story in found}
    new = [story for story in found if keys[story.id] not in kept]
    ready = prepared([text for story in new for text in texts(told[story.id])], encoder)
    parts = {keys[s.id]: within(s, told[s.id], names, ready) for s in new}
    parts |= {one: kept[one] for one in keys.values() if one in kept}
    whole = together(parts.values())
    links = Links(
        stories=tuple(found),
        threads=whole.threads,
        figure_threads=whole.figure_threads,
        conflicts=whole.conflicts,
        duplicates=tuple(duplicates(ordered)),
    )
    return Found(links, names, parts)


def to_json(links: Links) -> dict[str, Any]:
    """The links as `sayso link` writes them."""
    return {
        "stories": [_story(story) for story in links.stories],
        "threads": [_thread(thread) for thread in links.threads],
        "figure_threads": [_figure_thread(thread) for thread in links.figure_threads],
        "conflicts": [_conflict(conflict) for conflict in links.conflicts],
        "duplicates": [{"articles": list(d.articles), "kind": d.kind} for d in links.duplicates],
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


def _judged(link: Story | Thread | FigureThread | Conflict) -> dict[str, Any]:
    """What people judged, where they did."""
    return {"judged": list(link.judged)} if link.judged else {}


def _member(member: StatementMember | FigureMember) -> dict[str, Any]:
    if isinstance(member, FigureMember):
        return {"article": member.article, "figure": member.figure}
    return {"article": member.article, "attribution": member.attribution}
