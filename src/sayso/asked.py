"""Asked: from ids as people see them to what is judged: `sayso judge ID --accept | --reject | --split | --join`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from sayso.errors import InputError, NotFound
from sayso.judging import read_articles
from sayso.ledger.asked import only
from sayso.linking.judgements import places
from sayso.linking.judgements.members import Member, articles_of, kind_of, members
from sayso.linking.judgements.nouns import About, Kind, Thing, Verdict
from sayso.linking.nouns import Conflict, Exchange, FigureMember, FigureThread, Links, Story, Thread

if TYPE_CHECKING:
    from sayso.ledger.view import View

Act = Literal["accept", "reject", "split", "join"]
Judgeable = Story | Thread | FigureThread | Conflict | Exchange
Asked = tuple[About, Verdict, tuple[Thing, ...], tuple[Thing, ...]]
"""What to judge: about, verdict, left, right."""


def asked(view: View, id: str, act: Act, others: Sequence[str] = ()) -> list[Asked]:
    """What to judge for `sayso judge ID --ACT OTHERS`. Raises NotFound and InputError."""
    return _Asking(view).asked(id, act, others)


class _Asking:
    """The links as shown, and what their ids mean."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._links: Links = view.links()
        self._by_id: dict[str, tuple[About, Judgeable]] = {
            **{story.id: ("story", story) for story in self._links.stories},
            **{thread.id: ("thread", thread) for thread in self._links.threads},
            **{thread.id: ("figures", thread) for thread in self._links.figure_threads},
            **{f"c{clash.thread}": ("conflict", clash) for clash in self._links.conflicts},
            **{exchange.id: ("exchange", exchange) for exchange in self._links.exchanges},
        }

    def asked(self, id: str, act: Act, others: Sequence[str]) -> list[Asked]:
        if bool(others) != (act in ("split", "join")):
            needs = "needs what to split off or join" if not others else f"takes nothing but the id: {others[0]!r}"
            raise InputError(f"--{act}", needs)
        about, link = self._by_id[only(id, list(self._by_id), "story, thread, conflict or exchange")]
        things = self._things(link)
        if about in ("conflict", "exchange"):
            return [_whole(about, act, things)]
        if act == "split":
            return [self._split(about, link, things, others)]
        if act == "join":
            return self._join(about, link, things, others)
        if len(things) < 2:
            raise InputError(id, "has one member: there is nothing to accept or reject")
        return [(about, "same", things[:1], things[1:]) if act == "accept" else (about, "different", things, ())]

    def _split(self, about: About, link: Judgeable, things: tuple[Thing, ...], others: Sequence[str]) -> Asked:
        off = tuple(dict.fromkeys(thing for other in others for thing in self._members(link, things, other)))
        off = self._with_copies(off, things)
        rest = tuple(thing for thing in things if thing not in off)
        if not rest:
            raise InputError("--split", "nothing would be left: --reject takes all members apart")
        return about, "different", off, rest

    def _with_copies(self, off: tuple[Thing, ...], things: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """Reprints are shown as one, so they are split off together; unless they are split from each other."""
        named = {thing.article for thing in off}
        groups = [set(found.articles) for found in self._links.duplicates]
        copies = {article for group in groups if named & group for article in group}
        more = tuple(thing for thing in things if thing in off or thing.article in copies - named)
        return more if len(more) < len(things) else off

    def _members(self, link: Judgeable, things: tuple[Thing, ...], name: str) -> list[Thing]:
        """The members that `name` means: an article, or ARTICLE@PLACE for one telling."""
        ids = list(dict.fromkeys(thing.article for thing in things))
        head, at = _cut(name) if name not in ids else (name, None)
        article = only(head, ids, "member")
        found = [one for one in things if one.article == article and (at is None or _covers(one, at))]
        if not found:
            raise NotFound(f"{name!r} is no member of {_called(link)}")
        return found

    def _join(self, about: About, link: Judgeable, things: tuple[Thing, ...], others: Sequence[str]) -> list[Asked]:
        joined: dict[Thing, None] = {}
        apart: list[Asked] = []
        for other in others:
            if other in self._by_id or (self._begins(other) and not self._is_article(other)):
                kind, more = self._by_id[only(other, list(self._by_id), "story or thread")]
                if kind != about:
                    raise InputError(other, f"is not of the kind that {_called(link)} is")
                joined.update(dict.fromkeys(self._things(more)))
            else:
                thing = self._one(about, other)
                joined[thing] = None
                apart += self._leaving(about, thing, things)
        left = tuple(thing for thing in things if thing not in joined)
        if not left:
            raise InputError(others[0], "cannot be joined to itself")
        return [(about, "same", left, tuple(joined)), *apart]

    def _leaving(self, about: About, thing: Thing, things: tuple[Thing, ...]) -> list[Asked]:
        """One article, statement or figure that joins another link leaves those it stood with."""
        if thing in things:
            return []
        for kind, link in self._by_id.values():
            members = self._things(link) if kind == about and thing.article in articles_of(link) else ()
            if thing in members and len(members) > 1:
                return [(about, "different", (thing,), tuple(one for one in members if one != thing))]
        return []

    def _one(self, about: About, name: str) -> Thing:
        """What `name` means outside a link: an article, or the one statement or figure at ARTICLE@PLACE."""
        article, at = self._place(name)
        if about == "story":
            return Thing(article)
        kind: Kind = "statement" if about == "thread" else "figure"
        read = read_articles(self._view, [article])[article]
        count = len(read.attributions if kind == "statement" else read.figures)
        found = [places.thing(read, kind, i) for i in range(count)]
        found = [one for one in found if at is None or _covers(one, at)]
        if len(found) != 1:
            hint = "`sayso story STORY --ids` shows the places"
            raise NotFound(f"{name!r} means {len(found) or 'no'} {kind}s, say which as ARTICLE@PLACE; {hint}")
        return found[0]

    def _place(self, name: str) -> tuple[str, int | None]:
        """The article's id, and where in its text."""
        head, at = _cut(name) if not self._is_article(name) else (name, None)
        return self._view.version(head).id, at

    def _begins(self, name: str) -> bool:
        return bool(name) and any(id.startswith(name) for id in self._by_id)

    def _is_article(self, name: str) -> bool:
        try:
            return bool(name) and self._view.version(name).id.startswith(name)
        except NotFound:
            return False

    def _things(self, link: Judgeable) -> tuple[Thing, ...]:
        if isinstance(link, Story):
            return tuple(map(Thing, link.articles))
        articles = read_articles(self._view, articles_of(link))
        kind = kind_of(link)
        return tuple(places.thing(articles[one.article], kind, _place_of(one)) for one in members(link))


def _place_of(member: Member) -> int:
    """In a ledger, statements and figures are numbered."""
    return int(member.figure if isinstance(member, FigureMember) else member.attribution)


def _covers(thing: Thing, at: int) -> bool:
    """Whether the thing begins at `at`, or holds it."""
    return any(span.start <= at < max(span.end, span.start + 1) for span in thing.spans)


def _whole(about: About, act: Act, things: tuple[Thing, ...]) -> Asked:
    """A conflict is right when its members differ, an exchange when they belong together."""
    if act in ("split", "join"):
        raise InputError(f"--{act}", f"of a {about} one can only --accept or --reject it")
    verdict: Verdict = "different" if (act == "accept") == (about == "conflict") else "same"
    return about, verdict, things, ()


def _cut(name: str) -> tuple[str, int | None]:
    """ARTICLE@PLACE in its two parts."""
    head, _, tail = name.rpartition("@")
    return (head, int(tail)) if head and tail.isascii() and tail.isdigit() and len(tail) < 10 else (name, None)


def _called(link: Judgeable) -> str:
    return f"c{link.thread}" if isinstance(link, Conflict) else link.id
