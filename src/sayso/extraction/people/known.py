"""Known: the gazetteer's entry for a name as an article writes it."""

from __future__ import annotations

from functools import cache, lru_cache

from sayso.extraction.people.names import Names
from sayso.languages.gazetteer import Entry, by_name, gazetteer
from sayso.languages.romanisation import inflected
from sayso.text.folding import fold_word

_LONGEST = 24
"""Words of a name beyond which none is known; the gazetteer's longest has 7."""
_PREFIX = 3


def known(found: Names, name: str) -> Entry | None:
    """The gazetteer's entry for a name, also behind case endings and behind words that are no part of it."""
    return _known(name, found.words.words.language.code if found.words.name_endings else None)


@lru_cache(maxsize=1 << 14)
def _known(name: str, code: str | None) -> Entry | None:
    """`known` in a language; None for one without case endings."""
    parts = name.split()
    for first in range(max(0, len(parts) - _LONGEST), max(1, len(parts) - 1)):
        entry = by_name(" ".join(parts[first:]))
        if entry is None and code is not None:
            entry = _in_case(code, tuple(map(fold_word, parts[first:])))
        if entry is not None and (not first or entry.kind == "person"):
            return entry
    return None


@lru_cache(maxsize=1 << 14)
def _in_case(code: str, parts: tuple[str, ...]) -> Entry | None:
    """The one entry whose name in this language these words are, in some case; a surname may stand alone."""
    fitting = {
        entry.name: entry
        for names, entry in _by_beginning(code).get(parts[-1][:_PREFIX], ())
        if len(names) == len(parts) and all(a == b or inflected(a, b) for a, b in zip(names, parts, strict=True))
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


@cache
def _by_beginning(code: str) -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """First letters of the last word -> names (folded words) that end in it."""
    out: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in gazetteer().entries:
        for form in entry.names.get(code, []):
            words = tuple(map(fold_word, form.split()))
            shapes = {words, words[-1:]} if entry.kind == "person" and entry.short == "last" else {words}
            for shape in shapes:
                out.setdefault(shape[-1][:_PREFIX], []).append((shape, entry))
    return out
