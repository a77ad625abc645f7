"""Claims: the same statement found in a large pool of statements, in any language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from sayso.linking.likeness.grams import Grams
from sayso.models import agreement as words
from sayso.models.agreement import Agreement, Pieces
from sayso.models.embedder import Embedder
from sayso.models.margin import above, usual
from sayso.models.weights import Floats
from sayso.text.posts import plain

SAME = 0.52
"""Agreement from which two texts say the same. Chosen on parallel sentences of nine pairs of languages without English,
in pools of 250: precision .998, recall .82 there."""
# Agreement tells neighbouring sentences apart; half of what the texts as wholes share settles the order of the rest.
_HALF = 0.5
SHORT = 20
"""The likeliest by meaning and spelling, which are then compared token by token."""
_BLOCK = 64
_REMEMBERED = 1024  # texts of the pool whose tokens are kept, 60 kB each


class Reader(Embedder, words.States, Protocol):
    """Texts to vectors and to states of their tokens; `sayso.models.encoder.Encoder` is one."""

    def __hash__(self) -> int:
        """What it made is remembered by it."""


@dataclass(frozen=True, slots=True)
class Match:
    """One text of the pool: `likeness` ranks, `agreement` tells whether it says the same."""

    place: int
    likeness: float
    agreement: Agreement

    @property
    def same(self) -> bool:
        """Whether both say the same, a changed number or a lost "not" aside: those no likeness sees."""
        return self.agreement.both >= SAME


class Claims:
    """A pool of statements; vectors and index are made once. `vectors`: those of `texts`, where they are at hand."""

    def __init__(self, texts: Sequence[str], encoder: Reader, vectors: Floats | None = None) -> None:
        self._texts = [plain(text) for text in texts]
        self._encoder = encoder
        self._vectors = encoder.embed(self._texts) if vectors is None else vectors
        self._usual = usual(self._vectors, encoder)
        self._grams = Grams(self._texts)
        self._pieces = lru_cache(_REMEMBERED)(self._piece)

    def likest(self, query: str, limit: int = 5) -> list[Match]:
        """The texts most like `query`, the likest first."""
        return self.each([query], limit)[0]

    def each(self, queries: Sequence[str], limit: int = 5) -> list[list[Match]]:
        """The same for many queries at once."""
        asked = [plain(query) for query in queries]
        found = []
        for at in range(0, len(asked), _BLOCK):
            block = asked[at : at + _BLOCK]
            vectors = self._encoder.embed(block)
            margins = above(vectors, usual(vectors, self._encoder), self._vectors, self._usual)
            pieces = words.pieces(block, self._encoder)
            found += [self._best(*one, limit) for one in zip(block, margins, pieces, strict=True)]
        return found

    def _best(self, query: str, margins: Floats, pieces: Pieces, limit: int) -> list[Match]:
        """Of the likeliest, each compared token by token."""
        rough = margins + self._grams.scores(query)
        short = np.argsort(-rough, kind="stable")[: max(SHORT, limit)].tolist()
        agreed = words.agreements(pieces, [self._pieces(place) for place in short])
        likeness = [both.both + _HALF * float(rough[place]) for place, both in zip(short, agreed, strict=True)]
        return sorted(map(Match, short, likeness, agreed), key=lambda m: (-m.likeness, m.place))[:limit]

    def _piece(self, place: int) -> Pieces:
        return words.pieces([self._texts[place]], self._encoder)[0]
