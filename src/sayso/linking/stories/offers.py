"""Offers: what articles offer for telling whether they tell one story, each in a plain object that can be kept.

An offer depends on its article and on the encoder alone, never on other articles. `msgspec` and `pickle` can keep it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.linking.article import Annotated
from sayso.linking.likeness.overlap import NOTHING, Bag, Sums, counted, each, unit, weighted
from sayso.linking.stories.traits import Traits, traits
from sayso.models import margin
from sayso.models.embedder import Embedder
from sayso.models.weights import Floats

SCALE = 4000
"""Vectors are kept as whole numbers of this length: their products stay below 2**24, so that single precision adds them
without rounding, in any order, on any machine."""
_ENOUGH = 3  # names without which nothing follows from sharing none


@dataclass(frozen=True, slots=True)
class Offer:
    """What one article offers. Bytes are arrays: things uint32 and their weights float32, vectors int16 (d,)."""

    id: str
    lang: str
    published: int | None
    """Day of publication, counted from year 1."""
    when: int | None
    """The same; for an article without, a day that its figures are told as of."""
    title: str
    """The title; the first words of an article without one."""
    names: tuple[bytes, bytes]
    """Sounds of the names in title and first lines, rare ones and those that come up often weighing more."""
    heard: bytes
    """The sounds of all words: where another article's names are looked for."""
    central: tuple[bytes, bytes]
    """Sounds of the names that come up most."""
    words: tuple[bytes, bytes]
    """Folded words, where names cannot be told by their capitals."""
    lead: tuple[bytes, bytes]
    """Folded words of title and opening, where there is no encoder."""
    records: tuple[bytes, bytes]
    figures: bytes
    shown: dict[str, str]
    """Sound key -> the name as written."""
    shares: dict[str, float]
    """Sound key -> what the name weighs in the article."""
    amounts: dict[str, str]
    """Key of a figure -> the figure as written."""
    known: bool
    """Names enough people and places to compare."""
    capitals: bool
    """Shows names by capitals."""
    wordless: bool
    silent: bool
    vector: bytes
    """What title and opening mean, of length SCALE; nothing without words or without an encoder."""


def offers(articles: Sequence[Annotated], encoder: Embedder | None) -> list[Offer]:
    """One offer an article, in their order."""
    found = [traits(article) for article in articles]
    vectors = _meanings(found, encoder) if encoder is not None else [b""] * len(found)
    return [
        _offer(article, t, vector, encoder is None) for article, t, vector in zip(articles, found, vectors, strict=True)
    ]


def _offer(article: Annotated, t: Traits, vector: bytes, by_words: bool) -> Offer:
    day = article.day()
    known = bool(t.early) and len(t.names) >= _ENOUGH
    return Offer(
        id=article.id,
        lang=article.lang.split("-")[0].lower(),
        published=day.toordinal() if day else None,
        when=t.when,
        title=t.title,
        names=_plain(weighted(t.early)),
        heard=_plain(each(t.heard))[0],
        central=_plain(weighted(t.central)),
        words=_plain(NOTHING if known else counted(t.words)),
        lead=_plain(counted(t.opening) if by_words else NOTHING),
        records=_plain(unit(t.records)),
        figures=_plain(each(t.figures))[0],
        shown=t.shown,
        shares=t.names,
        amounts=t.figures,
        known=known,
        capitals=t.capitals,
        wordless=t.wordless,
        silent=t.silent,
        vector=vector,
    )


def _plain(bag: Bag) -> tuple[bytes, bytes]:
    return bag.things.tobytes(), bag.weights.tobytes()


def bag(plain: bytes | tuple[bytes, bytes]) -> Bag:
    """What an offer keeps, as a bag again; things without weights weigh 1."""
    if isinstance(plain, bytes):
        things = np.frombuffer(plain, np.uint32)
        return Bag(things, np.ones(len(things), np.float32))
    return Bag(np.frombuffer(plain[0], np.uint32), np.frombuffer(plain[1], np.float32))


def _meanings(found: Sequence[Traits], encoder: Embedder) -> list[bytes]:
    """Vectors of titles and openings, both counting the same, away from what all texts have in common."""
    texts = list(dict.fromkeys(text for t in found if not t.wordless for text in (t.title, t.lead)))
    place = {text: i for i, text in enumerate(texts)}
    vectors = encoder.embed(texts)
    common = margin.bank(encoder).mean(axis=0, dtype=np.float64)
    return [
        b"" if t.wordless else _whole(_apart(vectors[place[t.title]], common) + _apart(vectors[place[t.lead]], common))
        for t in found
    ]


def _apart(vector: Floats, common: Sums) -> Sums:
    return _unit(vector.astype(np.float64) - common)


def _unit(vector: Sums) -> Sums:
    return np.asarray(vector / (math.sqrt(float(np.square(vector).sum())) or 1.0), np.float64)


def _whole(vector: Sums) -> bytes:
    return np.rint(_unit(vector) * SCALE).astype(np.int16).tobytes()
