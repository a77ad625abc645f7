"""Relink: the links of articles of which most were linked before, the same as if all were linked for the first time.

What linking finds of one article, of one part of the articles and in one story depends on these alone, so it is kept
under a digest of all that it depends on. A new article is compared with all others; only the stories that it changes
are looked into again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

import msgspec
import numpy as np

from sayso.linking import made_by
from sayso.linking.article import LATE, Annotated
from sayso.linking.likeness.groups import parts as parted
from sayso.linking.likeness.overlap import Indices
from sayso.linking.nouns import Links, Story
from sayso.linking.speakers.join import Mention, Named, across, in_story
from sayso.linking.stories.evidence import Evidence
from sayso.linking.stories.join import together
from sayso.linking.stories.offers import Offer, offers
from sayso.linking.threads.join import texts
from sayso.linking.within import Within, pack, unpack, within
from sayso.linking.within import together as all_within
from sayso.models.embedder import Embedder, prepared

T = TypeVar("T")
_Ready = tuple[list[Story], dict[str, list[Annotated]], Embedder | None]
_AT_ONCE = 256  # articles that are loaded and compared with the rest together
_TOLD_AT_ONCE = 1000  # statements that are embedded together

Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and of how much."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that is to be linked; `digest` changes when anything in it that linking looks at does."""

    id: str
    published: str | None
    digest: str


class Articles(Protocol):
    """Where the articles are."""

    def entries(self) -> Sequence[Entry]:
        """All of them, in any order."""

    def load(self, ids: Sequence[str]) -> list[Annotated]:
        """Some of them, in the order of `ids`."""


class Memory(Protocol):
    """Where linking keeps what it found: bytes under a kind and a digest."""

    def recall(self, kind: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        """What is kept of these."""

    def remember(self, kind: str, found: Mapping[str, bytes]) -> None:
        """Keep these."""


@dataclass(frozen=True, slots=True)
class Found:
    """What linking found: the links, who each speaker is, and what of the memory still counts: kind -> digests."""

    links: Links
    names: Mapping[Mention, str]
    used: Mapping[str, Sequence[str]]


def relink(
    articles: Articles, memory: Memory | None, encoder: Embedder | None, progress: Progress | None = None
) -> Found:
    """All links of `articles`, with what `memory` has kept, and keeping in it what is new; without one nothing is."""
    return _Run(articles, memory, encoder, progress or (lambda *_: None)).found()


class Near(msgspec.Struct):
    """Which of the articles linked so far may tell one story: digests of their offers, and pairs of places in these."""

    offers: list[str]
    pairs: bytes
    """int32 (n, 2)."""


@dataclass
class _Run:
    articles: Articles
    memory: Memory | None
    encoder: Embedder | None
    progress: Progress
    used: dict[str, list[str]] = field(default_factory=dict)

    def found(self) -> Found:
        entries = {e.id: e for e in sorted(self.articles.entries(), key=lambda e: (e.published or LATE, e.id))}
        made = self._offers(list(entries.values()))
        stories = self._stories(made)
        told = {s.id: [entries[id].digest for id in s.articles] for s in stories}
        named = self._speakers(stories, told)
        names = across(named.values())
        parts = self._within(stories, told, named, names)
        whole = all_within(parts[s.id] for s in stories)
        links = Links(
            tuple(stories),
            whole.threads,
            whole.figure_threads,
            whole.conflicts,
            whole.duplicates,
            whole.exchanges,
        )
        return Found(links, names, self.used)

    def _offers(self, entries: Sequence[Entry]) -> dict[str, Offer]:
        """Digest -> what an article offers, in order of entries."""
        digests = {self._digest("offer", e.digest): e.id for e in entries}
        kept = self._recalled("offer", digests, Offer)
        new = [digest for digest in digests if digest not in kept]
        for at in range(0, len(new), _AT_ONCE):
            group = new[at : at + _AT_ONCE]
            fresh = dict(zip(group, offers(self.articles.load([digests[d] for d in group]), self.encoder), strict=True))
            self._remember("offer", fresh)
            kept |= fresh
            self.progress("reading titles and openings", at + len(group), len(new))
        return {digest: kept[digest] for digest in digests}

    def _stories(self, made: Mapping[str, Offer]) -> list[Story]:
        """Stories in the order of their first articles; only parts that are not as they were are grouped anew."""
        digests = list(made)
        parts = [[digests[i] for i in part] for part in parted(len(digests), self._near(made))]
        wanted = {self._digest("part", *part): part for part in parts}
        kept = self._recalled("part", wanted, list[Story])
        new = {key: together([made[d] for d in part]) for key, part in wanted.items() if key not in kept}
        self._remember("part", new)
        place = {offer.id: i for i, offer in enumerate(made.values())}
        return sorted((s for found in (kept | new).values() for s in found), key=lambda s: place[s.articles[0]])

    def _near(self, made: Mapping[str, Offer]) -> Indices:
        """Pairs (n, 2) that may tell one story: those of the last run that still stand, and the new articles'."""
        digest = self._digest("near")
        kept = self._recalled("near", [digest], Near).get(digest, Near([], b""))
        place = {digest: i for i, digest in enumerate(made)}
        then = np.array([place.get(d, -1) for d in kept.offers], np.int32)
        pairs = then[np.frombuffer(kept.pairs, np.int32)].reshape(-1, 2)
        pairs = pairs[(pairs >= 0).all(axis=1)]
        new = np.flatnonzero(~np.isin(np.arange(len(made)), then))
        if len(new):
            pairs = np.concatenate([pairs, self._added(list(made.values()), new)])
        if list(made) != kept.offers:
            self._remember("near", {digest: Near(list(made), np.ascontiguousarray(pairs, np.int32).tobytes())})
        return pairs.astype(np.intp)

    def _added(self, made: list[Offer], new: Indices) -> Indices:
        found = Evidence(made)
        pairs: list[Indices] = []
        for done, (one, others) in enumerate(found.near(new), 1):
            pairs.append(np.stack([np.full(len(others), one), others], axis=1))
            if done % _AT_ONCE == 0 or done == len(new):
                self.progress("comparing articles", done, len(new))
        return np.concatenate(pairs)

    def _speakers(self, stories: Sequence[Story], told: Mapping[str, list[str]]) -> dict[str, list[Named]]:
        """Story -> the speakers that it names."""
        digests = {s.id: self._digest("speakers", *sorted(told[s.id])) for s in stories}
        kept = self._recalled("speakers", digests.values(), list[Named])
        new = [s for s in stories if digests[s.id] not in kept]
        for group in _groups(new, lambda s: len(s.articles), _AT_ONCE):
            fresh = {digests[s.id]: in_story(self.articles.load(s.articles)) for s in group}
            self._remember("speakers", fresh)
            kept |= fresh
        return {s.id: kept[digests[s.id]] for s in stories}

    def _within(
        self,
        stories: Sequence[Story],
        told: Mapping[str, list[str]],
        named: Mapping[str, list[Named]],
        names: Mapping[Mention, str],
    ) -> dict[str, Within]:
        """Story -> what stands in it."""
        said = {s.id: {m: names[m] for one in named[s.id] for form in one for m in form.mentions} for s in stories}
        digests = {
            s.id: self._digest("within", s.id, *told[s.id], *map(str, sorted(said[s.id].items()))) for s in stories
        }
        kept = self._recalled("within", digests.values(), Within)
        new = [s for s in stories if digests[s.id] not in kept]
        done = 0
        for group, articles, ready in self._ready(_groups(new, lambda s: sum(map(len, said[s.id])), _TOLD_AT_ONCE)):
            fresh = {digests[s.id]: within(s, articles[s.id], said[s.id], ready) for s in group}
            self._remember("within", fresh)
            kept |= fresh
            done += len(group)
            self.progress("comparing statements and figures, stories", done, len(new))
        return {s.id: kept[digests[s.id]] for s in stories}

    def _ready(self, groups: Iterable[list[Story]]) -> Iterator[_Ready]:
        """Groups of stories with their articles; one group is embedded while the one before is looked into."""
        ahead = ThreadPoolExecutor(1)
        before: tuple[list[Story], dict[str, list[Annotated]], Future[Embedder | None]] | None = None
        try:
            for group in groups:
                articles = {s.id: self.articles.load(s.articles) for s in group}
                said = [text for s in group for text in texts(articles[s.id])]
                waiting, before = before, (group, articles, ahead.submit(prepared, said, self.encoder))
                if waiting is not None:
                    yield waiting[0], waiting[1], waiting[2].result()
            if before is not None:
                yield before[0], before[1], before[2].result()
        finally:
            ahead.shutdown(cancel_futures=True)

    def _digest(self, kind: str, *parts: str) -> str:
        return made_by.digest(kind, self.encoder.name if self.encoder else "", *parts)

    def _recalled(self, kind: str, digests: Iterable[str], noun: type[T]) -> dict[str, T]:
        self.used[kind] = list(digests)
        found = self.memory.recall(kind, self.used[kind]) if self.memory is not None else {}
        return {digest: _decoded(plain, noun) for digest, plain in found.items()}

    def _remember(self, kind: str, found: Mapping[str, object]) -> None:
        if self.memory is not None and found:
            self.memory.remember(kind, {digest: _encoded(one) for digest, one in found.items()})


def _encoded(one: object) -> bytes:
    return pack(one) if isinstance(one, Within) else msgspec.msgpack.encode(one)


def _decoded(plain: bytes, noun: type[T]) -> T:
    if noun is Within:
        return cast(T, unpack(plain))
    return msgspec.msgpack.decode(plain, type=noun)


def _groups(things: Sequence[T], size: Callable[[T], int], most: int) -> list[list[T]]:
    """Things in their order, as many together as have `most` in all; at least one."""
    groups: list[list[T]] = []
    room = 0
    for thing in things:
        room -= size(thing)
        if not groups or room < 0:
            groups.append([])
            room = most - size(thing)
        groups[-1].append(thing)
    return groups
