"""Join: tellings of one statement in several articles made into threads, with how each stands to the fullest."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sayso.linking.article import Annotated, early
from sayso.linking.likeness.groups import average_linkage
from sayso.linking.likeness.overlap import Bag, Overlap, thing
from sayso.linking.nouns import Story, Thread, Unattributed
from sayso.linking.speakers.apart import is_full, joined, of_speakers, sure_speakers
from sayso.linking.speakers.join import Mention, speakers
from sayso.linking.telling import Telling, letters, telling
from sayso.linking.threads.relations import member
from sayso.linking.threads.unattributed import Bare
from sayso.models.embedder import Embedder
from sayso.models.margin import margins
from sayso.models.weights import Floats
from sayso.text.folding import fold

THRESHOLD = 0.1
_ACROSS = 0.08
_LETTERS, _USUAL_LETTERS = 0.3, 0.3
_ONE_ARTICLE = 0.1  # one article rarely tells one statement twice
_GRAM = 4
_READ = 300  # characters of a statement whose meaning is compared
_AT_ONCE = 3000  # statements compared with each other: a story with more is compared in parts
_SHORTEST = 6
"""Letters that a statement needs to be compared at all: a word that means something."""


def threads(
    articles: Sequence[Annotated],
    stories: Sequence[Story],
    encoder: Embedder | None = None,
    names: Mapping[Mention, str] | None = None,
) -> list[Thread]:
    """Threads told in at least two articles, ordered by id; `names` as `sayso.linking.speakers.join` gives them."""
    known = speakers(articles, stories) if names is None else names
    by_id = {article.id: article for article in articles}
    found: list[Thread] = []
    for story in stories:
        members = [by_id[id] for id in story.articles if id in by_id]
        told = _told(members, known)
        sure = sure_speakers(told)
        bare = Bare(members if told else ())
        for part in _parts(_alike(told)):
            first = [tellings[0] for tellings in part]
            scores = _scores(first, _vectors(first, encoder), encoder) + of_speakers(first, sure)
            groups = joined(first, average_linkage(scores.astype(np.float32), THRESHOLD))
            found += _threads([[one for i in group for one in part[i]] for group in groups], bare)
    return sorted(found, key=lambda thread: thread.id)


def _threads(groups: Sequence[Sequence[Telling]], bare: Bare) -> Iterator[Thread]:
    """Groups that two articles tell, be it that one of them tells it as a fact."""
    for group in groups:
        tellings = sorted(group, key=lambda one: (early(one.article), one.index))
        facts = bare.of(tellings, _speaker(tellings))
        if len({one.article.id for one in tellings}) > 1 or facts:
            yield as_thread(tellings, facts)


def _told(members: Sequence[Annotated], known: Mapping[Mention, str]) -> list[Telling]:
    """What the articles of one story tell, in reading order; nothing where only one of them tells anything."""
    told = [
        telling(article, i, known.get((article.id, i)))
        for article in sorted(members, key=early)
        for i in range(len(article.attributions))
    ]
    told = [one for one in told if _is_long_enough(one.words)]
    return told if len({one.article.id for one in told}) > 1 else []


def texts(articles: Sequence[Annotated]) -> list[str]:
    """What `threads` will embed of the articles of one story."""
    told = [(article.id, article.said(i)) for article in articles for i in range(len(article.attributions))]
    told = [(id, words[:_READ]) for id, words in told if _is_long_enough(words)]
    return [words for _, words in told] if len({id for id, _ in told}) > 1 else []


def _is_long_enough(words: str) -> bool:
    return letters(words.strip()[:_SHORTEST]) >= _SHORTEST


def _alike(told: Sequence[Telling]) -> list[list[Telling]]:
    """Tellings in the same words by the same speaker, which need no comparing; in reading order of their first."""
    found: dict[tuple[str, tuple[str, ...] | str, str | None], list[Telling]] = {}
    for one in told:
        found.setdefault((one.lang, one.forms or one.words, one.speaker), []).append(one)
    return list(found.values())


def _parts(told: list[list[Telling]]) -> list[list[list[Telling]]]:
    """So many at a time that a table of all their pairs is no burden."""
    return [told[at : at + _AT_ONCE] for at in range(0, len(told), _AT_ONCE)]


def _vectors(told: Sequence[Telling], encoder: Embedder | None) -> Floats | None:
    """The vectors of the tellings; the same words are embedded once."""
    if encoder is None:
        return None
    places: dict[str, int] = {}
    rows = [places.setdefault(_compared(one), len(places)) for one in told]
    return np.asarray(encoder.embed(list(places))[rows], np.float32)


def _compared(one: Telling) -> str:
    """The words whose meaning is compared."""
    return one.words[:_READ]


def _scores(told: Sequence[Telling], vectors: Floats | None, encoder: Embedder | None) -> Floats:
    """How surely each pair is one statement, whoever says it."""
    languages = np.array([one.lang for one in told])
    across = languages[:, None] != languages[None, :]
    spelling = _LETTERS * (_shared_letters(told) - _USUAL_LETTERS)
    if encoder is not None and vectors is not None:
        scores = margins(vectors, vectors, encoder) + np.where(across, _ACROSS, spelling)
    else:
        scores = np.where(across, -np.inf, 2 * spelling)
    place = np.array([one.article.id for one in told])
    scores = scores - _ONE_ARTICLE * (place[:, None] == place[None, :])
    return np.asarray(scores, np.float32)


def _shared_letters(told: Sequence[Telling]) -> Floats:
    """Share of the shorter one's runs of four letters that the longer one has too."""
    bags = [_runs(f" {' '.join(one.forms) or fold(one.words).text} ") for one in told]
    everything, sizes = np.arange(len(told)), np.array([len(bag.things) for bag in bags])
    shared = Overlap(bags).rows(everything, everything)
    return np.asarray(shared / np.maximum(np.minimum(sizes[:, None], sizes[None, :]), 1), np.float32)


def _runs(text: str) -> Bag:
    runs = (thing(text[at : at + _GRAM]) for at in range(max(1, len(text) - _GRAM + 1)))
    things = np.unique(np.fromiter(runs, np.uint32))
    return Bag(things, np.ones(len(things), np.float32))


def as_thread(told: list[Telling], facts: tuple[Unattributed, ...] = ()) -> Thread:
    """The thread of these tellings, in order of publication; `facts`: who else tells it, on nobody's word."""
    full, speaker = _fullest(told, told[0].lang), _speaker(told)
    own = {lang: _fullest(told, lang) for lang in {one.lang for one in told}}
    members = [member(one, full, own[one.lang], speaker) for one in told]
    first = told[0]
    digest = hashlib.sha256(f"{first.article.id}\0{first.id}".encode()).hexdigest()[:12]
    return Thread(f"t{digest}", _gist(told), tuple(members), speaker, facts)


def _speaker(told: list[Telling]) -> str | None:
    """The speaker whom most tellings name, a full name before others; the earliest of equals."""
    counts = Counter(one.speaker for one in told if one.speaker)
    return max(counts, key=lambda name: (is_full(name), counts[name]), default=None)


def _fullest(told: list[Telling], lang: str) -> Telling:
    """The longest telling in language `lang`, the earliest of equals; quoted words before an outlet's own."""
    return max((t for t in told if t.lang == lang), key=lambda t: (t.attribution.type != "indirect", len(t.forms)))


def _gist(told: list[Telling]) -> str:
    """The words of the fullest English telling, else of the fullest in the earliest one's language."""
    english = any(one.lang == "en" for one in told)
    return " ".join(_fullest(told, "en" if english else told[0].lang).words.split())
