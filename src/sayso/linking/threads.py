"""Threads: the same statement told in several articles of a story, with how each telling stands to the fullest."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from sayso.languages.gazetteer import by_name
from sayso.linking.article import Annotated, early
from sayso.linking.groups import average_linkage
from sayso.linking.nouns import StatementMember, Story, Thread
from sayso.linking.speakers import Mention, speakers
from sayso.linking.telling import Telling, relation, telling
from sayso.models.embedder import Embedder
from sayso.models.margin import margins
from sayso.models.weights import Floats
from sayso.text.folding import fold

THRESHOLD = 0.1
_ACROSS = 0.08
_LETTERS, _USUAL_LETTERS = 0.3, 0.3
_ONE_ARTICLE = 0.1  # one article rarely tells one statement twice
_NAMELESS = 0.07  # a speaker unnamed, or named by one article only: the words must agree more
_GRAM = 4
_BUCKETS = 1 << 13
_READ = 300  # characters of a statement whose meaning is compared
_AT_ONCE = 3000  # statements compared with each other: a story with more is compared in parts
_SHORTEST = 8
"""Characters that a statement needs to be compared at all."""


def threads(
    articles: Sequence[Annotated],
    stories: Sequence[Story],
    encoder: Embedder | None = None,
    names: Mapping[Mention, str] | None = None,
) -> list[Thread]:
    """Threads told in at least two articles, ordered by id; `names` as `sayso.linking.speakers` gives them."""
    known = speakers(articles, stories) if names is None else names
    by_id = {article.id: article for article in articles}
    told = [_told([by_id[id] for id in story.articles if id in by_id], known) for story in stories]
    told = [part for tellings in told for part in _parts(tellings)]
    found = [
        as_thread([tellings[i] for i in group])
        for tellings, vectors in zip(told, _vectors(told, encoder), strict=True)
        for group in average_linkage(_scores(tellings, vectors, encoder), THRESHOLD)
        if len({tellings[i].article.id for i in group}) > 1
    ]
    return sorted(found, key=lambda thread: thread.id)


def _told(members: Sequence[Annotated], known: Mapping[Mention, str]) -> list[Telling]:
    """What the articles of one story tell, in reading order; nothing where only one of them tells anything."""
    told = [
        telling(article, i, known.get((article.id, i)))
        for article in sorted(members, key=early)
        for i in range(len(article.attributions))
    ]
    told = [one for one in told if len(one.words.strip()) >= _SHORTEST]
    return told if len({one.article.id for one in told}) > 1 else []


def texts(articles: Sequence[Annotated]) -> list[str]:
    """What `threads` will embed of the articles of one story."""
    told = [(article.id, article.said(i)) for article in articles for i in range(len(article.attributions))]
    told = [(id, words[:_READ]) for id, words in told if len(words.strip()) >= _SHORTEST]
    return [words for _, words in told] if len({id for id, _ in told}) > 1 else []


def _parts(told: list[Telling]) -> list[list[Telling]]:
    """Tellings in reading order, so many at a time that a table of all their pairs is no burden."""
    return [told[at : at + _AT_ONCE] for at in range(0, len(told), _AT_ONCE)]


def _vectors(told: Sequence[Sequence[Telling]], encoder: Embedder | None) -> list[Floats | None]:
    """The vectors of each story's tellings: all are embedded in one go, and the same words once."""
    if encoder is None:
        return [None] * len(told)
    places: dict[str, int] = {}
    rows = [[places.setdefault(_compared(one), len(places)) for one in tellings] for tellings in told]
    vectors = encoder.embed(list(places))
    return [vectors[own] for own in rows]


def _compared(one: Telling) -> str:
    """The words whose meaning is compared."""
    return one.words[:_READ]


def _scores(told: Sequence[Telling], vectors: Floats | None, encoder: Embedder | None) -> Floats:
    """How surely each pair is one statement; -inf where two speakers are surely two."""
    languages = np.array([one.lang for one in told])
    across = languages[:, None] != languages[None, :]
    letters = _LETTERS * (_shared_letters(told) - _USUAL_LETTERS)
    if encoder is not None and vectors is not None:
        scores = margins(vectors, vectors, encoder) + np.where(across, _ACROSS, letters)
    else:
        scores = np.where(across, -np.inf, 2 * letters)
    place = np.array([one.article.id for one in told])
    scores = scores - _ONE_ARTICLE * (place[:, None] == place[None, :])
    return np.asarray(scores + _of_speakers(told), np.float32)


def _of_speakers(told: Sequence[Telling]) -> Floats:
    """0 for one speaker, -inf for two, and in between where one is unnamed or not surely another."""
    numbers = {name: i for i, name in enumerate(sorted({one.speaker for one in told if one.speaker}))}
    who = np.array([numbers[one.speaker] if one.speaker else -1 for one in told])
    sure = _sure(told)
    unsure = np.array([one.speaker not in sure for one in told])
    apart = np.where(unsure[:, None] | unsure[None, :], -_NAMELESS, -np.inf)
    return np.where((who[:, None] == who[None, :]) & (who[:, None] >= 0), 0, apart)


def _sure(told: Sequence[Telling]) -> set[str]:
    """Speakers that are surely themselves: told in two articles, publicly known, or with a full name.

    The rest are one article's word for somebody ("a spokesman"), who may go by a name elsewhere.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.speaker:
            places[one.speaker].add(one.article.id)
    return {name for name, ids in places.items() if len(ids) > 1 or _is_full(name) or by_name(name)}


def _is_full(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _shared_letters(told: Sequence[Telling]) -> Floats:
    """Share of the shorter one's runs of four letters that the longer one has too."""
    rows = np.zeros((len(told), _BUCKETS), np.float32)
    for row, one in zip(rows, told, strict=True):
        text = f" {' '.join(one.forms) or fold(one.words).text} "
        for at in range(max(1, len(text) - _GRAM + 1)):
            row[zlib.crc32(text[at : at + _GRAM].encode()) % _BUCKETS] = 1
    sizes = rows.sum(axis=1)
    return np.asarray(rows @ rows.T / np.maximum(np.minimum(sizes[:, None], sizes[None, :]), 1), np.float32)


def as_thread(told: list[Telling]) -> Thread:
    """The thread of these tellings, which stand in order of publication."""
    full = _fullest(told, told[0].lang)
    members = []
    for one in told:
        kind, reason = relation(one, full, _fullest(told, one.lang))
        members.append(StatementMember(one.article.id, one.id, one.attribution.content, kind, reason))
    first = told[0]
    digest = hashlib.sha256(f"{first.article.id}\0{first.id}".encode()).hexdigest()[:12]
    return Thread(f"t{digest}", _gist(told), tuple(members), _speaker(told))


def _speaker(told: list[Telling]) -> str | None:
    """The speaker whom most tellings name, a full name before others; the earliest of equals."""
    counts = Counter(one.speaker for one in told if one.speaker)
    return max(counts, key=lambda name: (_is_full(name), counts[name]), default=None)


def _fullest(told: list[Telling], lang: str) -> Telling:
    """The longest telling in language `lang`, the earliest of equals; quoted words before an outlet's own."""
    return max((t for t in told if t.lang == lang), key=lambda t: (t.attribution.type != "indirect", len(t.forms)))


def _gist(told: list[Telling]) -> str:
    """The words of the fullest English telling, else of the fullest in the earliest one's language."""
    english = any(one.lang == "en" for one in told)
    return " ".join(_fullest(told, "en" if english else told[0].lang).words.split())
