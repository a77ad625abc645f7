"""Agreement: how much of what two texts say, token by token, is said in the other, across languages.

A vector of a whole text tells what it is about; it hardly tells two neighbouring sentences about one thing apart. Here
each token looks for its nearest in the other text, and rare tokens count for more: what only one of the texts says
finds nothing. What all tokens share (the mean of the background's) is taken off first, else any two are alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache as remember
from pathlib import Path
from typing import Protocol

import numpy as np

from sayso.models import cache
from sayso.models.margin import load, save, sentences
from sayso.models.weights import Floats

_STEP = 4  # every fourth sentence of the background is enough for a mean
_DIMS = 384


class States(Protocol):
    """Texts to the states of their tokens; `sayso.models.encoder.Encoder` is one."""

    @property
    def name(self) -> str:
        """Names what the states depend on."""

    def states(self, texts: Sequence[str]) -> list[tuple[list[int], Floats]]:
        """Of each text its tokens and their states, float32 (tokens, hidden)."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The tokens of one text: how much each counts (n,), and its vector, float32 (n, hidden), unit length."""

    weights: Floats
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Agreement:
    """Mean nearness, 0 to 1, of the tokens of the left text to those of the right one, and the other way round."""

    left: float
    right: float

    @property
    def both(self) -> float:
        """What neither leaves out."""
        return (self.left + self.right) / 2


def pieces(texts: Sequence[str], encoder: States) -> list[Pieces]:
    """The tokens of each text, ready to be compared."""
    centre = usual(encoder)
    found = []
    for ids, states in encoder.states(texts):
        rest = states - centre
        length = np.sqrt(np.square(rest).sum(axis=1, keepdims=True))
        # The vocabulary lists its tokens by how frequent they are: by Zipf's law this is minus the logarithm of that.
        found.append(Pieces(np.log(np.array(ids, np.float32) + 1), rest / np.maximum(length, 1e-6)))
    return found


def agreements(left: Pieces, rights: Sequence[Pieces]) -> list[Agreement]:
    """How much `left` and each of `rights` agree; nothing agrees with a text without tokens."""
    told = [i for i, right in enumerate(rights) if len(right.weights)]
    found = [Agreement(0.0, 0.0)] * len(rights)
    if not told or not len(left.weights):
        return found
    near = left.vectors @ np.concatenate([rights[i].vectors for i in told]).T
    weights = np.concatenate([rights[i].weights for i in told])
    starts = np.cumsum([0, *(len(rights[i].weights) for i in told)])[:-1]
    ours = left.weights @ np.maximum.reduceat(near, starts, axis=1) / left.weights.sum()
    theirs = np.add.reduceat(near.max(axis=0) * weights, starts) / np.add.reduceat(weights, starts)
    for i, one, other in zip(told, ours.tolist(), theirs.tolist(), strict=True):
        found[i] = Agreement(max(0.0, one), max(0.0, other))
    return found


def usual(encoder: States) -> Floats:
    """The mean state (hidden,) of the background's tokens, made once per machine and kept in the cache."""
    texts = sentences()[::_STEP]
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    path = cache.once(f"centre-{encoder.name}-{digest}.npy", lambda to: save(to, _centre(texts, encoder)))
    return _kept(path)


def _centre(texts: list[str], encoder: States) -> Floats:
    return np.asarray(np.concatenate([states for _, states in encoder.states(texts)]).mean(axis=0), np.float32)


@remember
def _kept(path: Path) -> Floats:
    return load(path)
