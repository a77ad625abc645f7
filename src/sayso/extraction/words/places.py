"""Places: the gazetteer's places in every case in which a text may name them."""

from __future__ import annotations

from typing import Final

from sayso.languages.gazetteer import gazetteer
from sayso.languages.schema import Words

_SHORTEST: Final = 3
"""Letters that must remain when an ending is taken off."""


def places(words: Words) -> list[tuple[str, str]]:
    """(name in any of its cases, canonical name) of the gazetteer's places."""
    listed = gazetteer().places.items()
    return [
        (case, name)
        for name, names in listed
        for form in names.get(words.language.code, [])
        for case in _cases(form, words.scopes.endings)
    ]


def _cases(name: str, endings: list[str]) -> list[str]:
    """A name of one or two words with every ending in place of its own; as it is where it has none of them."""
    cases = [""]
    for word in name.split():
        own = next((e for e in sorted(endings, key=len, reverse=True) if word.endswith(e) and word[: -len(e)]), "")
        stem = word.removesuffix(own)
        short = len(stem) < _SHORTEST or name.count(" ") > 1
        inflected = [word] if short else [word, *(stem + ending for ending in endings)]
        cases = [f"{front} {form}".strip() for front in cases for form in inflected]
    return cases
