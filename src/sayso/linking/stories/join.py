"""Join: articles on one event made into stories, in any languages, with the reason of each membership in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from sayso.linking.article import Annotated, early
from sayso.linking.likeness.groups import average_linkage, connected
from sayso.linking.likeness.overlap import Indices, thing
from sayso.linking.nouns import Link, Story
from sayso.linking.stories.evidence import THRESHOLD, Evidence
from sayso.linking.stories.offers import Offer, bag, offers
from sayso.models.embedder import Embedder
from sayso.models.weights import Floats

_DECIMALS = 4  # scores that differ by less are equal: sums depend on the machine in their last digits


def stories(articles: Sequence[Annotated], encoder: Embedder | None = None) -> list[Story]:
    """Every article in exactly one story, single ones too; independent of the order of `articles`.

    Average linkage over the evidence on pairs. Two groups are joined only where some pair of theirs reaches the
    threshold: so each part of the articles that such pairs connect is grouped on its own, and no table spans them all.
    """
    made = offers(sorted(articles, key=early), encoder)
    return grouped(made, Evidence(made).near())


def grouped(offers: Sequence[Offer], near: Iterable[tuple[int, Indices]]) -> list[Story]:
    """The stories of `offers` (in the order of `early`), of which `near` names all pairs that reach the threshold.

    `near` is what `Evidence.near` gives, or what was kept of it; a pair may come more than once and from either end.
    """
    parts = connected(len(offers), near)
    found = [(part[group[0]], story) for part in parts for group, story in _told(Evidence([offers[i] for i in part]))]
    return [story for _, story in sorted(found, key=lambda found: found[0])]


def together(offers: Sequence[Offer]) -> list[Story]:
    """The stories among offers (in the order of `early`) that near pairs connect to one part, and to nothing else.

    They depend on these offers alone: a part that no new article joined keeps its stories.
    """
    return [story for _, story in _told(Evidence(offers))]


def as_one(articles: Sequence[Annotated], encoder: Embedder | None = None) -> Story:
    """One story of all `articles`, with title, scores and reasons as if linking had put them together."""
    found = Evidence(offers(sorted(articles, key=early), encoder))
    everyone = list(range(len(articles)))
    return _story(found, everyone, found.table(np.array(everyone)))


def _told(found: Evidence) -> list[tuple[list[int], Story]]:
    """The stories of a part, each with the indices of its members."""
    table = found.table(np.arange(len(found.offers)))
    return [(group, _story(found, group, table[np.ix_(group, group)])) for group in average_linkage(table, THRESHOLD)]


def _story(found: Evidence, group: list[int], scores: Floats) -> Story:
    """`scores`: the evidence among `group`, float32 (n, n)."""
    first = found.offers[group[0]]
    reasons = tuple(_reason(found, group, scores, i) for i in range(len(group)))
    ids = tuple(found.offers[i].id for i in group)
    return Story(story_id(first.id), _title(found, group, scores), ids, reasons)


def story_id(article: str) -> str:
    """The id of the story whose earliest article is `article`."""
    return "s" + hashlib.sha256(article.encode()).hexdigest()[:12]


def _title(found: Evidence, group: list[int], scores: Floats) -> str:
    """The title of the member that is nearest to all others; English first, since most readers can read it."""
    near = np.where(np.eye(len(group), dtype=bool), 0, scores).sum(axis=1).round(_DECIMALS)
    ranked = [
        (not found.offers[i].lang.startswith("en"), -float(near[k]), i)
        for k, i in enumerate(group)
        if found.offers[i].title.strip()
    ]
    if not ranked:
        return found.offers[group[0]].id
    *_, best = min(ranked)
    return " ".join(found.offers[best].title.split())


def _reason(found: Evidence, group: list[int], scores: Floats, k: int) -> Link:
    """Why the `k`th of the group belongs: its strongest tie to another member."""
    own = found.offers[group[k]].id
    if len(group) == 1:
        return Link(own, own, 1.0, "the only article of its story in this archive")
    others = scores[k].copy()
    others[k] = -np.inf
    best = int(others.argmax())
    strength = float(np.clip(0.5 + (scores[k, best] - THRESHOLD) * 2, 0, 1))
    return Link(own, found.offers[group[best]].id, round(strength, 3), _words(found, group[k], group[best]))


def _words(found: Evidence, i: int, j: int) -> str:
    """The tie between two articles in words."""
    said: list[str] = []
    here, there = found.offers[i], found.offers[j]
    if not (here.wordless or there.wordless):
        said.append(f"title and opening alike (likeness {found.likeness(np.array([i]), np.array([j]))[0, 0]:.2f})")
    names = _common_names(here, there)
    if names:
        said.append(f"both name {', '.join(names)}")
    amounts = sorted(here.amounts.keys() & there.amounts.keys(), key=_by_size)
    if amounts:
        said.append(f"both give {here.amounts[amounts[0]]}")
    if here.published and there.published:
        days = abs(here.published - there.published)
        said.append("published on the same day" if days == 0 else f"published {days} day{'s' * (days > 1)} apart")
    title = " ".join(there.title.split()) or there.id
    return f"with “{title}”: " + ("; ".join(said) or "the same speakers and quantities")


def _common_names(here: Offer, there: Offer) -> list[str]:
    """The three names that weigh most in one and are heard in the other, as written."""
    heard = set(bag(here.heard).things.tolist()) & set(bag(there.heard).things.tolist())
    keys = {key for key in here.shown.keys() | there.shown.keys() if thing(key) in heard}
    best = sorted((-here.shares.get(key, 0) - there.shares.get(key, 0), key) for key in keys)[:3]
    return [here.shown.get(key) or there.shown.get(key, "") for _, key in best]


def _by_size(key: str) -> tuple[bool, float, str]:
    """Figures with a unit first, then large ones."""
    return key.startswith("#"), -float(key.lstrip("#").split()[0]), key
