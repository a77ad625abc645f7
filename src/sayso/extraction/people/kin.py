"""Kin: where a phrase tells of whom somebody is a relative, in languages whose cases tell («муж Анны Орловой»)."""

from __future__ import annotations

from sayso.extraction.people.mentions import is_oblique
from sayso.extraction.people.names import Names, name_part
from sayso.extraction.people.roles import is_kin
from sayso.languages.latin import is_given
from sayso.text.folding import fold_word

_COMMAS = frozenset(",،;؛(")


def kin_and_name(found: Names, first: int, stop: int) -> tuple[int, int, int] | None:
    """(word for the relative, name's first token, its end) in tokens `[first, stop)`; None where nobody's is told."""
    words, forms = found.words, found.tokens.forms
    at = next((i for i in range(first, stop) if forms[i] in words.nominal or is_kin(words, forms[i])), None)
    if at is None or not words.name_endings or not is_kin(words, forms[at]):
        return None
    named = _first_name(found, at + 1, stop)
    parting = (_COMMAS, words.prepositions, words.relatives)
    if named is None or not all(listed.isdisjoint(forms[first : named[0]]) for listed in parting):
        return None
    return (at, *named) if _is_in_another_case(found, *named) else None


def _first_name(found: Names, first: int, stop: int) -> tuple[int, int] | None:
    """The first name in the tokens, up to where a second one begins right behind it («Анны Орловой Пётр Орлов»)."""
    runs = [(max(low, first), min(high, stop)) for low, high in found.runs_between(first, stop)]
    if not runs:
        return None
    low, high = name_part(found, *runs[0])
    if low >= high:
        return None
    code = found.words.words.language.code
    second = (i for i in range(low + 2, high - 1) if is_given(found.tokens.word(i), code))
    return low, next(second, high)


def _is_in_another_case(found: Names, first: int, last: int) -> bool:
    """Whether a name stands in another case; a surname alone, by its ending or by the article's full name."""
    form = found.tokens.forms[last - 1]
    if last - first > 1:
        return is_oblique(found, first, last)
    full = found.full.get(found.stem(form))
    return found.stem(form) != form if full is None else fold_word(full.split()[-1]) != form


def own_name(found: Names, end: int, stop: int) -> tuple[int, int] | None:
    """The relative's own name behind the name that ends at `end`, a comma between them or not."""
    start = end + (end < stop and found.tokens.forms[end] in _COMMAS)
    run = next(((max(low, start), min(high, stop)) for low, high in found.runs_between(start, stop)), None)
    if run is None or run[0] != start or run[1] - start < 2 or is_oblique(found, *run):
        return None
    return run if is_given(found.tokens.word(start), found.words.words.language.code) else None
