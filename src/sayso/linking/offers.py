"""Offers: what articles offer for telling whether they tell one story, each in a plain object that can be kept.

An offer depends on its article and on the encoder alone, never on other articles. `msgspec` and `pickle` can keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.linking.article import Annotated
from sayso.linking.overlap import NOTHING, Bag, Sums, counted, each, weighted
from sayso.linking.traits import Traits, traits
from sayso.models import margin
from sayso.models.embedder import Embedder
from sayso.models.weights import Floats

SCALE = 4000
"""Vectors are kept as whole numbers of this length: their products stay below 2**24, so that single precision adds them
without rounding, in any order, on any machine."""
VERSION = 1
"""Goes up when offers that were kept before are no longer those that would be made."""
_LONGEST_TITLE = 120  # characters of the first line that stand in for a title
_ENOUGH = 3  # names without which nothing follows from sharing none


@dataclass(frozen=True, slots=True)
class Offer:
    """What one article offers. Bytes are arrays: things uint32 and their weights float32, vectors int16 (n, d)."""

    id: str
    lang: str
    day: int | None
    """Day of publication, counted from year 1."""
    title: str
    """The title; the first words of an article without one."""
    names: tuple[bytes, bytes]
    heard: bytes
    """The sounds of all words: where another article's names are looked for."""
    central: bytes
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
    """Has names enough to compare."""
    wordless: bool
    silent: bool
    vectors: bytes
    usual: tuple[float, ...]
    """For each vector, how near the usual text is to it, times SCALE squared."""


def offers(articles: Sequence[Annotated], encoder: Embedder | None) -> list[Offer]:
    """One offer an article, in their order."""
    found = [traits(article) for article in articles]
    leads = [t.lead for t in found]
    vectors = _whole(encoder.embed(leads)) if encoder is not None else np.zeros((len(leads), 0), np.float32)
    usual = _usual(vectors, encoder) if encoder is not None else np.zeros(len(leads))
    return [
        _offer(article, t, vector.astype(np.int16).tobytes(), (float(near),), encoder is None)
        for article, t, vector, near in zip(articles, found, vectors, usual, strict=True)
    ]


def _offer(article: Annotated, t: Traits, vectors: bytes, usual: tuple[float, ...], by_words: bool) -> Offer:
    day = article.day()
    known = len(t.names) >= _ENOUGH
    return Offer(
        id=article.id,
        lang=article.lang.split("-")[0].lower(),
        day=day.toordinal() if day else None,
        title=article.title or t.lead.split("\n")[0][:_LONGEST_TITLE],
        names=_plain(weighted(t.names)),
        heard=_plain(each(t.heard))[0],
        central=_plain(each(t.central))[0],
        words=_plain(NOTHING if known else counted(t.words)),
        lead=_plain(counted(t.opening) if by_words else NOTHING),
        records=_plain(counted(t.records)),
        figures=_plain(each(t.figures))[0],
        shown=t.shown,
        shares=t.names,
        amounts=t.figures,
        known=known,
        wordless=t.wordless,
        silent=t.silent,
        vectors=vectors,
        usual=usual,
    )


def _plain(bag: Bag) -> tuple[bytes, bytes]:
    return bag.things.tobytes(), bag.weights.tobytes()


def bag(plain: bytes | tuple[bytes, bytes]) -> Bag:
    """What an offer keeps, as a bag again; things without weights weigh 1."""
    if isinstance(plain, bytes):
        things = np.frombuffer(plain, np.uint32)
        return Bag(things, np.ones(len(things), np.float32))
    return Bag(np.frombuffer(plain[0], np.uint32), np.frombuffer(plain[1], np.float32))


def _whole(vectors: Floats) -> Floats:
    return np.asarray(np.rint(vectors * np.float32(SCALE)), np.float32)


def _usual(vectors: Floats, encoder: Embedder) -> Sums:
    """Mean product of each vector with its nearest background sentences, float64 (n,)."""
    near = np.sort(vectors @ _whole(margin.bank(encoder)).T, axis=1)[:, -margin.NEIGHBOURS :]
    return np.asarray(near.astype(np.float64).mean(axis=1), np.float64)
