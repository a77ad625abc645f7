"""Afresh: stories that people put together, told as linking would tell them, and kept for the next judgement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sayso.linking import made_by
from sayso.linking.article import Annotated
from sayso.linking.nouns import Story
from sayso.linking.relink import Memory
from sayso.linking.speakers.join import speakers
from sayso.linking.stories.join import as_one
from sayso.linking.threads.join import texts
from sayso.linking.within import Within, pack, unpack, within
from sayso.models.embedder import Embedder, prepared

KIND = "judged"
"""Under which a memory keeps them."""
_AT_ONCE = 256  # stories that are told, and kept, together


@dataclass(frozen=True, slots=True)
class Afresh:
    """A story and what stands in it, without any judgement; `digest` names all that it depends on."""

    story: Story
    within: Within
    digest: str


def afresh(
    groups: Iterable[Sequence[Annotated]], encoder: Embedder | None = None, memory: Memory | None = None
) -> list[Afresh]:
    """Each of `groups` as one story; with a memory those that it keeps are not told again."""
    wanted = {_digest(group, encoder): group for group in groups}
    kept = memory.recall(KIND, wanted) if memory is not None else {}
    found = {digest: _decoded(plain, digest) for digest, plain in kept.items()}
    new = [digest for digest in wanted if digest not in found]
    for at in range(0, len(new), _AT_ONCE):
        told = _told({digest: wanted[digest] for digest in new[at : at + _AT_ONCE]}, encoder)
        if memory is not None:
            memory.remember(KIND, {one.digest: _encoded(one) for one in told})
        found |= {one.digest: one for one in told}
    return [found[digest] for digest in wanted]


def _told(groups: Mapping[str, Sequence[Annotated]], encoder: Embedder | None) -> list[Afresh]:
    ready = prepared([text for group in groups.values() for text in texts(group)], encoder)
    found: list[Afresh] = []
    for digest, group in groups.items():
        story = as_one(group, encoder)
        found.append(Afresh(story, within(story, group, speakers(group, [story]), ready), digest))
    return found


def _digest(group: Sequence[Annotated], encoder: Embedder | None) -> str:
    told = (hashlib.sha256(msgspec.json.encode(article)).hexdigest() for article in group)
    return made_by.digest(KIND, encoder.name if encoder else "", *told)


def _encoded(one: Afresh) -> bytes:
    return msgspec.msgpack.encode((one.story, pack(one.within)))


def _decoded(plain: bytes, digest: str) -> Afresh:
    story, inside = msgspec.msgpack.decode(plain, type=tuple[Story, bytes])
    return Afresh(story, unpack(inside), digest)
