"""Stories: articles on one event, in any languages, with the reason of each membership in words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from sayso.linking.article import Annotated, early
from sayso.linking.evidence import THRESHOLD, Evidence
from sayso.linking.groups import average_linkage, connected
from sayso.linking.nouns import Link, Story
from sayso.models.embedder import Embedder
from sayso.models.weights import Floats

_DECIMALS = 4  # scores that differ by less are equal: sums depend on the machine in their last digits
_LONGEST_TITLE = 120  # characters of an untitled article's first line that stand in for a title


def stories(articles: Sequence[Annotated], encoder: Embedder | None = None) -> list[Story]:
    """Every article in exactly one story, single ones too; independent of the order of `articles`.

    Average linkage over the evidence on pairs. Two groups are joined only where some pair of theirs reaches the
    threshold: so each part of the articles that such pairs connect is grouped on its own, and no table spans them all.
    """
    ordered = sorted(articles, key=early)
    found = Evidence(ordered, encoder)
    grouped: list[tuple[int, Story]] = []
    for part in connected(len(ordered), found.near()):
        table = found.table(part)
        for group in average_linkage(table, THRESHOLD):
            members = part[group].tolist()
            grouped.append((members[0], _story(found, members, table[np.ix_(group, group)])))
    return [story for _, story in sorted(grouped, key=lambda found: found[0])]


def _story(found: Evidence, group: list[int], scores: Floats) -> Story:
    """`scores`: the evidence among `group`, float32 (n, n)."""
    first = found.articles[group[0]]
    reasons = tuple(_reason(found, group, scores, i) for i in range(len(group)))
    ids = tuple(found.articles[i].id for i in group)
    return Story(story_id(first.id), _title(found, group, scores), ids, reasons)


def story_id(article: str) -> str:
    """The id of the story whose earliest article is `article`."""
    return "s" + hashlib.sha256(article.encode()).hexdigest()[:12]


def _title(found: Evidence, group: list[int], scores: Floats) -> str:
    """The title of the member that is nearest to all others; English first, since most readers can read it."""
    near = np.where(np.eye(len(group), dtype=bool), 0, scores).sum(axis=1).round(_DECIMALS)
    ranked = [
        (not found.articles[i].lang.startswith("en"), -float(near[k]), i)
        for k, i in enumerate(group)
        if (found.articles[i].title or found.traits[i].lead).strip()
    ]
    if not ranked:
        return found.articles[group[0]].id
    *_, best = min(ranked)
    article = found.articles[best]
    return " ".join((article.title or found.traits[best].lead.split("\n")[0][:_LONGEST_TITLE]).split())


def _reason(found: Evidence, group: list[int], scores: Floats, k: int) -> Link:
    """Why the `k`th of the group belongs: its strongest tie to another member."""
    own = found.articles[group[k]].id
    if len(group) == 1:
        return Link(own, own, 1.0, "the only article of its story in this archive")
    others = scores[k].copy()
    others[k] = -np.inf
    best = int(others.argmax())
    strength = float(np.clip(0.5 + (scores[k, best] - THRESHOLD) * 2, 0, 1))
    return Link(own, found.articles[group[best]].id, round(strength, 3), _words(found, group[k], group[best]))


def _words(found: Evidence, i: int, j: int) -> str:
    """The tie between two articles in words."""
    said: list[str] = []
    one, other = np.array([i]), np.array([j])
    if not (found.traits[i].wordless or found.traits[j].wordless):
        said.append(f"title and opening alike (margin {found.meaning(one, other)[0, 0]:.2f})")
    names = _common_names(found, i, j)
    if names:
        said.append(f"both name {', '.join(names)}")
    figures = sorted(found.traits[i].figures & found.traits[j].figures, reverse=True)
    if figures:
        value, unit = figures[0]
        said.append(f"both give {int(value) if value.is_integer() else value:,} {unit}")
    if found.articles[i].published and found.articles[j].published:
        days = int(found.apart(one, other)[0, 0])
        said.append("published on the same day" if days == 0 else f"published {days} day{'s' * (days > 1)} apart")
    title = found.articles[j].title or found.articles[j].id
    return f"with “{' '.join(title.split())}”: " + ("; ".join(said) or "the same speakers and quantities")


def _common_names(found: Evidence, i: int, j: int) -> list[str]:
    """The three names that weigh most in one and are heard in the other, as written."""
    one, two = found.traits[i], found.traits[j]
    shared = {key: one.names.get(key, 0) + two.names.get(key, 0) for key in one.heard & two.heard}
    best = sorted((-weight, key) for key, weight in shared.items() if key in one.shown or key in two.shown)[:3]
    return [one.shown.get(key) or two.shown.get(key, "") for _, key in best]
