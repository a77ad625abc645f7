"""Speakers: the person or body behind each source, under one name per article."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.extraction.names import Names, names, person, token_range
from sayso.extraction.nouns import Attribution
from sayso.extraction.vocabulary import vocabulary
from sayso.languages.gazetteer import by_name
from sayso.languages.schema import Pronoun, Words
from sayso.text.span import Span, hull
from sayso.text.tokens import Tokens

_LONGEST = 4
_WIDE = 12
NAMELESS = frozenset({"hearsay", "expected"})
"""Rules whose attributions name nobody, so that no speaker is carried over to them."""


@dataclass(slots=True)
class _Last:
    """The latest speakers, by kind, for pronouns and left-out subjects."""

    anyone: str | None = None
    person: str | None = None
    body: str | None = None
    many: str | None = None


def resolve(tokens: Tokens, words: Words, attributions: list[Attribution]) -> list[Attribution]:
    """The same attributions with `speaker` filled where one can be told."""
    found = names(tokens, vocabulary(words))
    for one in attributions:
        for span in one.source:
            _learn(found, span)
    last = _Last()
    speaker: dict[int, str | None] = {}
    order = sorted(range(len(attributions)), key=lambda i: _place(attributions[i]))
    for i in order:
        speaker[i] = _speaker(found, attributions[i], last)
    return [replace(one, speaker=speaker[i]) for i, one in enumerate(attributions)]


def _known(found: Names, span: Span) -> tuple[str, bool] | None:
    """The public figure or body named in a source (canonical name, is it a person), by its longest known words."""
    tokens = found.tokens
    first, last = token_range(tokens, span)
    last = min(last, first + _WIDE)
    body: str | None = None
    for size in range(min(_LONGEST, last - first), 0, -1):
        for at in range(first, last - size + 1):
            entry = by_name(found.text(at, at + size))
            if entry is not None and entry.kind == "person":
                return entry.name, True
            if entry is not None and body is None and at == first:
                body = entry.name
    return (body, False) if body is not None else None


def _canonical(found: Names, name: str) -> str:
    """The gazetteer's name for one that it knows, also behind a case ending; else the name as the article writes it."""
    entry = by_name(name)
    if entry is None and found.words.name_endings:
        front, _, last = name.rpartition(" ")
        entry = by_name(f"{front} {found.stem(last.casefold())}".strip())
    return entry.name if entry is not None else name


def _place(one: Attribution) -> int:
    """Where it is told who speaks."""
    spans = one.source or one.cue or one.content
    return hull(spans).start


def _learn(found: Names, span: Span) -> None:
    at = person(found, span)
    if at is None:
        return
    if at[1] - at[0] >= 2:
        found.learn(*at)
    first, last = token_range(found.tokens, span)
    for i in (*range(first, at[0]), *range(at[1], last)):
        form = found.tokens.forms[i]
        if form in found.words.roles:
            found.roles.setdefault(form, found.best(found.text(*at)))


def _speaker(found: Names, one: Attribution, last: _Last) -> str | None:
    if not one.source:
        return None if one.rule in NAMELESS else last.anyone
    first, end = token_range(found.tokens, one.source[0])
    if end - first <= 2:
        pronoun = next((p for f in found.tokens.forms[first:end] if (p := found.words.pronouns.get(f))), None)
        if pronoun is not None:
            return _antecedent(pronoun, last)
    for span in one.source:
        known = _known(found, span) if not found.words.has_case else None
        if known is not None and known[1]:
            last.anyone = last.person = known[0]
            return known[0]
        at = person(found, span)
        if at is not None:
            last.anyone = last.person = _canonical(found, found.best(found.text(*at)))
            return last.anyone
    return _role_or_body(found, first, end, last)


def _antecedent(pronoun: Pronoun, last: _Last) -> str | None:
    """The latest speaker that a pronoun may stand for."""
    if pronoun.number == "pl":
        return last.many or last.anyone
    if pronoun.gender == "n":
        return last.body or last.anyone
    return last.person or last.anyone


def _role_or_body(found: Names, first: int, end: int, last: _Last) -> str | None:
    """The holder of a role that the article names, else the phrase itself without its article."""
    words, forms = found.words, found.tokens.forms
    stop = next((i for i in range(first + 1, end) if forms[i] in ",،;("), end)
    while first + 1 < stop and forms[first] in words.articles:
        first += 1
    if first >= stop:
        return last.anyone
    kinds = set(forms[first:stop])
    if kinds & words.roles and not kinds & (words.bodies | words.crowds):
        holder = next((found.roles[f] for f in forms[first:stop] if f in found.roles), None)
        if holder is not None:
            last.anyone = last.person = holder
            return holder
        last.person = found.text(first, stop)
    name = _canonical(found, found.text(first, stop))
    if kinds & words.crowds:
        last.many = name
    else:
        last.body = name
    last.anyone = name
    return name
