"""Stories: articles on one event, in any languages, with the reason of each membership in words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from sayso.linking.article import Annotated
from sayso.linking.evidence import THRESHOLD, Evidence, evidence
from sayso.linking.groups import average_linkage
from sayso.linking.nouns import Link, Story
from sayso.models.encoder import Encoder

_LATE = "9999"


def stories(articles: Sequence[Annotated], encoder: Encoder | None = None) -> list[Story]:
    """Every article in exactly one story, single ones too; independent of the order of `articles`.

    Average linkage over the evidence on pairs: memory grows with the square of the number of articles.
    """
    ordered = sorted(articles, key=early)
    if not ordered:
        return []
    found = evidence(ordered, encoder)
    return [_story(found, group) for group in average_linkage(found.score, THRESHOLD)]


def early(article: Annotated) -> tuple[str, str]:
    """Sorts articles by date (undated last), then by id."""
    return article.published or _LATE, article.id


def _story(found: Evidence, group: list[int]) -> Story:
    first = found.articles[group[0]]
    reasons = tuple(_reason(found, group, i) for i in group)
    ids = tuple(found.articles[i].id for i in group)
    return Story(story_id(first.id), _title(found, group), ids, reasons)


def story_id(article: str) -> str:
    """The id of the story whose earliest article is `article`."""
    return "s" + hashlib.sha256(article.encode()).hexdigest()[:12]


def _title(found: Evidence, group: list[int]) -> str:
    """The title of the member that is nearest to all others; English first, since most readers can read it."""
    titled = [i for i in group if (found.articles[i].title or found.traits[i].lead).strip()]
    if not titled:
        return found.articles[group[0]].id
    near = {i: float(found.score[i, group].sum() - found.score[i, i]) for i in titled}
    best = min(titled, key=lambda i: (not found.articles[i].lang.startswith("en"), -near[i], i))
    article = found.articles[best]
    return " ".join((article.title or found.traits[best].lead.split("\n")[0][:120]).split())


def _reason(found: Evidence, group: list[int], i: int) -> Link:
    """Why the article at `i` belongs: its strongest tie to another member."""
    others = [j for j in group if j != i]
    own = found.articles[i].id
    if not others:
        return Link(own, own, 1.0, "the only article of its story in this archive")
    best = others[int(np.argmax(found.score[i, others]))]
    strength = float(np.clip(0.5 + (found.score[i, best] - THRESHOLD) * 2, 0, 1))
    return Link(own, found.articles[best].id, round(strength, 3), _words(found, i, best))


def _words(found: Evidence, i: int, j: int) -> str:
    """The tie between two articles in words."""
    said: list[str] = []
    if not (found.traits[i].wordless or found.traits[j].wordless):
        said.append(f"title and opening alike (margin {found.meaning[i, j]:.2f})")
    names = _common_names(found, i, j)
    if names:
        said.append(f"both name {', '.join(names)}")
    figures = sorted(found.traits[i].figures & found.traits[j].figures, reverse=True)
    if figures:
        value, unit = figures[0]
        said.append(f"both give {int(value) if value.is_integer() else value:,} {unit}")
    if found.articles[i].published and found.articles[j].published:
        days = int(found.apart[i, j])
        said.append("published on the same day" if days == 0 else f"published {days} day{'s' * (days > 1)} apart")
    other = found.articles[j].title or found.articles[j].id
    return f"with “{' '.join(other.split())}”: " + ("; ".join(said) or "the same speakers and quantities")


def _common_names(found: Evidence, i: int, j: int) -> list[str]:
    """The three names that weigh most in one and are heard in the other, as written."""
    one, two = found.traits[i], found.traits[j]
    shared = {key: one.names.get(key, 0) + two.names.get(key, 0) for key in one.heard & two.heard}
    best = sorted((-weight, key) for key, weight in shared.items() if key in one.shown or key in two.shown)[:3]
    return [one.shown.get(key) or two.shown.get(key, "") for _, key in best]
