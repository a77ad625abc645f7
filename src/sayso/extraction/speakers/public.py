"""Public: a public figure whose name another script spells in a way that the gazetteer does not list."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from sayso.languages.gazetteer import gazetteer
from sayso.languages.latin import latin_name, plain
from sayso.languages.romanisation import skeleton

_APART = 0.2
"""Share of consonants of a surname in which two spellings may differ."""
_CONSONANTS = 3


@lru_cache(maxsize=1 << 12)
def public_figure(name: str, language: str) -> str | None:
    """The canonical name of the one public figure with the same given name and the same consonants of the surname."""
    words = name.split()
    if len(words) < 2 or name.isascii():
        return None
    given = latin_name(name, language).split()[0].lower()
    sound = _sound(words[-1])
    if len(sound) < _CONSONANTS:
        return None
    near = {known for surname, known in _by_given().get(given, ()) if _alike(sound, surname)}
    return next(iter(near)) if len(near) == 1 else None


def _sound(word: str) -> str:
    """The consonants of a surname."""
    return skeleton(word)


def _alike(a: str, b: str) -> bool:
    return len(b) >= _CONSONANTS and Levenshtein.normalized_distance(a, b) <= _APART


@cache
def _by_given() -> dict[str, list[tuple[str, str]]]:
    """Given name in English -> (consonants of the surname, canonical name)."""
    out: dict[str, list[tuple[str, str]]] = {}
    for entry in gazetteer().entries:
        words = plain(entry.name).split()
        if entry.kind == "person" and len(words) > 1:
            out.setdefault(words[0].lower(), []).append((_sound(words[-1].split("-")[-1]), entry.name))
    return out
