"""Margin: how much nearer two texts are to each other than each is to the usual text (CSLS, k = 4).

margin(a, b) = 2 cos(a, b) - r(a) - r(b), where r(x) is the mean cosine of x to its 4 nearest sentences of a fixed
background bank. One threshold then serves all pairs of languages, which a raw cosine does not allow.
"""

from __future__ import annotations

import hashlib
from functools import cache as remember
from pathlib import Path

import numpy as np

from sayso.errors import ModelError
from sayso.models import cache
from sayso.models.embedder import Embedder
from sayso.models.weights import Floats

BACKGROUND = Path(__file__).parent / "background"
NEIGHBOURS = 4


def margins(left: Floats, right: Floats, encoder: Embedder) -> Floats:
    """Margins of all pairs, float32 (len(left), len(right))."""
    return above(left, usual(left, encoder), right, usual(right, encoder))


def above(left: Floats, usual_left: Floats, right: Floats, usual_right: Floats) -> Floats:
    """The same for vectors whose `usual` is at hand."""
    return 2 * left @ right.T - usual_left[:, None] - usual_right[None, :]


def usual(vectors: Floats, encoder: Embedder) -> Floats:
    """Mean cosine of each vector to its nearest background sentences, float32 (n,)."""
    near = np.sort(vectors @ bank(encoder).T, axis=1)[:, -NEIGHBOURS:]
    return np.asarray(near.mean(axis=1), np.float32)


def sentences() -> list[str]:
    """The background bank: general sentences in several languages, one a line. Raises ModelError when it is missing."""
    found = [
        line for path in sorted(BACKGROUND.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    kept = [line.strip() for line in found if line.strip()]
    if len(kept) < NEIGHBOURS:
        raise ModelError(f"{BACKGROUND}: the background sentences are missing; reinstall sayso")
    return kept


@remember
def covered() -> frozenset[str]:
    """The languages of the background bank."""
    return frozenset(path.stem for path in BACKGROUND.glob("*.txt"))


def bank(encoder: Embedder) -> Floats:
    """Vectors of the background sentences, made once per machine and kept in the cache."""
    texts = sentences()
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    path = cache.once(f"background-{encoder.name}-{digest}.npy", lambda to: save(to, encoder.embed(texts)))
    return _kept(path)


def save(path: Path, vectors: Floats) -> None:
    """Keep vectors in a file of the cache."""
    with path.open("wb") as file:
        np.save(file, vectors)


def load(path: Path) -> Floats:
    """What `save` kept. Raises ModelError when it is broken."""
    try:
        vectors: Floats = np.load(path, allow_pickle=False)
    except ValueError as error:
        raise ModelError(f"{path}: the cached background is broken ({error}); delete the file and try again") from error
    return vectors


_kept = remember(load)
