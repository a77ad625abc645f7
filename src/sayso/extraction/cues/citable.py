"""Citable: whether a phrase names somebody whom a report cites, and where in it the name of the reporter begins."""

from __future__ import annotations

from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import COMMAS
from sayso.languages.gazetteer import by_name
from sayso.languages.glossary import glossary, heads

_LONGEST = 5
_TITLE = 2
"""Words of a name that need no role beside them."""


def is_citable(laid: Scene, first: int, last: int, *, alone: bool = False) -> bool:
    """A person or a body ("two officials", "Tom Reed"), not a thing ("low growth", "Holt's views").

    `alone`: also one strange name, where only persons stand.
    """
    words, forms = laid.words, laid.tokens.forms
    stop = next((i for i in range(first + 1, last) if forms[i] in COMMAS or forms[i] in words.prepositions), last)
    while first < stop and forms[first] in words.articles:
        first += 1
    if first >= stop:
        return False
    nouns = forms[stop - 1 : stop] if words.possessives else (forms[first], forms[stop - 1])
    if any(_is_nominal(laid, noun) for noun in nouns) or forms[first] in words.pronouns:
        return True
    return by_name(laid.tokens.span(first, stop).of(laid.tokens.text)) is not None or _is_name(laid, first, stop, alone)


def _is_nominal(laid: Scene, form: str) -> bool:
    words = laid.words
    return form in words.nominal or (words.capital_nouns and form.endswith(words.nominal_endings))


def _is_name(laid: Scene, first: int, last: int, alone: bool) -> bool:
    """Several words, or one behind a title or a role, that have capitals where names alone have."""
    tokens, words = laid.tokens, laid.words
    capitals = [i for i in range(first, last) if tokens.word(i)[0].isupper()]
    if not words.has_case:
        return alone
    if (
        not (words.names_capital or alone)
        or not capitals
        or any(form[0].isdecimal() for form in tokens.forms[first:last])
    ):
        return False
    titled = any(form in words.posts for form in tokens.forms[first : capitals[0]])
    return capitals[-1] == last - 1 and (alone or titled or len(capitals) >= _TITLE)


def reporter(laid: Scene, first: int, last: int) -> int | None:
    """Where the agency or the paper begins whose name closes `[first, last)` («полицию агентство „Гавань“»)."""
    table, forms = glossary(laid.words.words.language.code, laid.words.definite), laid.tokens.forms
    outlets = heads("outlets") | heads("either")
    for i in range(last - 1, first, -1):
        match = table.at(forms, i, last) if table is not None else None
        if match is not None and match[1].english in outlets:
            return i
        names = (laid.tokens.span(i, end) for end in range(min(last, i + _LONGEST), i, -1))
        entry = next((found for span in names if (found := by_name(span.of(laid.tokens.text))) is not None), None)
        if entry is not None and entry.name in outlets:
            return i
    return None
