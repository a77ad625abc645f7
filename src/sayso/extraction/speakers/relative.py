"""Relative: whom a relative pronoun stands for: the person or body whose name ends right before it."""

from __future__ import annotations

from sayso.extraction.people.known import known
from sayso.extraction.people.named import person
from sayso.extraction.people.names import Names
from sayso.extraction.people.persons import in_full
from sayso.extraction.people.talk import Talk

_COMMAS = frozenset(",،，")
_LONGEST = 5
_PHRASE = 10


def is_relative(found: Names, first: int, last: int) -> bool:
    """Whether a source is a relative pronoun, or a clause that one opens behind its noun («яка цієї осені»)."""
    forms, words = found.tokens.forms, found.words
    if all(form in words.relatives or form in words.articles for form in forms[first:last]):
        return True
    before = forms[first - 1] if first else ""
    return forms[first] in words.linking and (before in _COMMAS or _ends_name(found, first))


def _ends_name(found: Names, end: int) -> bool:
    return any(high == end for _, high in found.runs_between(end - 1, end))


def before_relative_verb(found: Names, place: int, talk: Talk) -> str | None:
    """The one named before the relative pronoun that is the subject of the verb at `place` ("X, who says")."""
    words, forms = found.words, found.tokens.forms
    while place > 0 and (words.is_adverb(forms[place - 1]) or forms[place - 1] in words.auxiliaries):
        place -= 1
    relative = place > 0 and forms[place - 1] in words.linking
    return before_relative(found, place - 1, talk) if relative else None


def before_relative(found: Names, place: int, talk: Talk) -> str | None:
    """The person or body whose name ends before the relative pronoun at `place`."""
    words, forms, end = found.words, found.tokens.forms, place
    while end > 0 and (
        forms[end - 1] in _COMMAS or forms[end - 1] in words.prepositions or forms[end - 1] in words.articles
    ):
        end -= 1
    for first in range(max(0, end - _LONGEST), end):
        entry = known(found, found.text(first, end)) if forms[first] not in words.closed else None
        if entry is not None and (end - first > 1 or found.words.has_case):
            return (
                talk.one(entry.name) if entry.kind == "person" else talk.a_body(entry.name, frozenset(forms[first:end]))
            )
    start = next((low for low, high in found.runs_between(end - 1, end) if high == end), None) if end else None
    if start is None:
        return None
    at = person(found, found.tokens.span(max(start, end - _PHRASE), end))
    return talk.one(in_full(found, *at)) if at is not None and at[1] == end else None
