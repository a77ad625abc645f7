"""Near: which of many names may sound like another, by their consonants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from sayso.languages.romanisation import bare, skeleton
from sayso.linking.speakers.names import words

_MANY, _FAR = 200, 0.7  # where a story has more full names, only those are compared whose consonants are this near


class Near:
    """Of many names those whose consonants are not far from another's; of a few all."""

    def __init__(self, names: Sequence[str]) -> None:
        self._heard = [_consonants(name) for name in names]
        self._lengths = np.array([len(one) for one in self._heard])

    def to(self, name: str, start: int = 0) -> list[int]:
        """Places of the names near `name`, from `start` on."""
        if len(self._heard) <= _MANY:
            return list(range(start, len(self._heard)))
        own = _consonants(name)
        apart = cdist([own], self._heard[start:], scorer=Levenshtein.distance, dtype=np.int32)[0]
        near = apart <= _FAR * np.maximum(len(own), self._lengths[start:])
        return (np.flatnonzero(near) + start).tolist()


def _consonants(name: str) -> str:
    return "".join(skeleton(bare(word)) for word in words(name))


def candidates(full: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of names that may be one."""
    near = Near(full)
    yield from ((name, full[j]) for i, name in enumerate(full) for j in near.to(name, i + 1))
