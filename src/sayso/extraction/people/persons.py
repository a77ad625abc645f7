"""Persons: the person whom a source phrase names, under the name that the gazetteer or the article gives in full."""

from __future__ import annotations

from functools import cache

from sayso.extraction.people.english import government, spaced, words_of
from sayso.extraction.people.given import chinese_name
from sayso.extraction.people.kin import kin_and_name, own_name
from sayso.extraction.people.known import known
from sayso.extraction.people.named import person
from sayso.extraction.people.names import Names, token_range
from sayso.extraction.people.roles import kin
from sayso.languages.gazetteer import Entry, by_name
from sayso.languages.glossary import heads
from sayso.languages.latin import is_given, latin_name
from sayso.languages.pack import load
from sayso.text.folding import fold_word
from sayso.text.span import Span

_COMMAS = frozenset(",،，")
_LONGEST = 4
_WIDE = 12


def named_person(found: Names, span: Span) -> str | None:
    """The person named in a source phrase."""
    first, last = token_range(found.tokens, span)
    if not found.words.has_case and not any(first <= a and b <= last for a, b in found.runs):
        name = _public_figure(found, span)
        if name is not None or not spaced(found):
            return name or _chinese(found, first, last)
    at = person(found, span)
    whose = kin_and_name(found, first, last)
    if whose is not None:
        own = own_name(found, whose[2], last)
        return _known_or_told(found, found.text(*own)) if own is not None else None
    if at is None or _of_crowd(found, first, at[0]) or _is_body(found, *at):
        return None
    return in_full(found, *at)


def _is_body(found: Names, first: int, last: int) -> bool:
    """Whether a name is that of a body which the gazetteer knows («РИА Новости»)."""
    entry = known(found, found.text(first, last))
    return entry is not None and entry.kind == "body"


def _of_crowd(found: Names, first: int, name: int) -> bool:
    """Where cases tell: a name behind a word for a crowd, that no given name opens, tells what the crowd is of."""
    table, words = words_of(found), found.words
    if table is None or name == first:
        return False
    opening = found.tokens.forms[first]
    apart = (opening in words.crowds or opening in table.indefinite) and "," in found.tokens.forms[first:name]
    match = next((m for i in range(first, name) if (m := table.at(found.tokens.forms, i, name)) is not None), None)
    if apart and match is not None and match[1].english not in heads("persons"):
        return True
    if not words.name_endings:
        return False
    match = table.at(found.tokens.forms, first, name)
    crowd = match is not None and match[1].kind == "heads" and match[1].english not in heads("persons")
    return crowd and not is_given(found.tokens.word(name), words.words.language.code)


def _chinese(found: Names, first: int, last: int) -> str | None:
    """A Chinese name in a source that is no country and no body."""
    entry = known(found, found.text(first, last))
    if (entry is not None and entry.kind == "body") or government(found, first, last):
        return None
    stop = next((i for i in range(first + 1, last) if found.tokens.forms[i] in _COMMAS), last)
    code = found.words.words.language.code
    name = chinese_name(found.text(first, stop), _role_words(code))
    return None if name is None or name.endswith(tuple(load(code).people.bodies)) else name


@cache
def _role_words(code: str) -> tuple[str, ...]:
    people = load(code).people
    return (*people.roles, *people.titles)


def in_full(found: Names, first: int, last: int) -> str:
    """The name of a person as the gazetteer or the article gives it in full."""
    name = found.best(found.text(first, last))
    if not found.words.has_case and last - first == 1:
        name = found.full.get(found.tokens.forms[first]) or found.given.get(found.tokens.forms[first]) or name
    return _known_or_told(found, name)


def _known_or_told(found: Names, name: str) -> str:
    entry = known(found, name)
    return entry.name if entry is not None and entry.kind == "person" else name


def relative_of(found: Names, first: int, stop: int) -> str | None:
    """A relative without a name, in English, by the one whose relative it is ("Anna Orlova's husband")."""
    whose = kin_and_name(found, first, stop)
    if whose is None:
        return None
    at, name, last = whose
    code, table, forms = found.words.words.language.code, words_of(found), found.tokens.forms
    before = [table.at(forms, i, at) for i in range(first, at)] if table is not None else []
    beside = [match[1].english for match in before if match is not None and match[1].kind == "modifiers"]
    owner = latin_name(in_full(found, name, last), code)
    return f"{owner}'s {' '.join([*beside, kin(found.words, forms[at]) or ''])}"


def first_of_two(found: Names, first: int, last: int) -> int:
    """The end of the first of two full names joined in one run of words; else the end of the run."""
    forms, words = found.tokens.forms, found.words
    return next((i for i in range(first + 2, last - 2) if forms[i] in words.coordinators), last)


def _public_figure(found: Names, span: Span) -> str | None:
    """A person known to the gazetteer, where capitals do not tell names; by the longest known words."""
    first, last = token_range(found.tokens, span)
    last = min(last, first + _WIDE)
    for size in range(min(_LONGEST, last - first), 0, -1):
        for at in range(first, last - size + 1):
            entry = by_name(found.text(at, at + size))
            if entry is not None and entry.kind == "person" and (size > 1 or _alone(found, entry, at, first)):
                return entry.name
    return None


def _alone(found: Names, entry: Entry, at: int, first: int) -> bool:
    """A surname of this language at the beginning of a source or behind a word for a role."""
    forms = entry.names.get(found.words.words.language.code, [])
    if not any(fold_word(form.split()[-1]) == found.tokens.forms[at] for form in forms):
        return False
    return at == first or found.tokens.forms[at - 1] in found.words.nominal
