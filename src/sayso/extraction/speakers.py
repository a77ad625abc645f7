"""Speakers: the person or body behind each source, under one name per article; null where nobody is named."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace

from sayso.extraction.names import Names, names, person, token_range
from sayso.extraction.nouns import Attribution
from sayso.extraction.people import Mention, fits, known, mentions
from sayso.extraction.vocabulary import vocabulary
from sayso.languages.gazetteer import by_name
from sayso.languages.schema import Pronoun, Words
from sayso.text.span import Span, hull
from sayso.text.tokens import Tokens

_LONGEST = 4
_WIDE = 12
_OPENING = 3
_STOPS = frozenset(",،;(")
NAMELESS = frozenset({"hearsay", "expected", "marked"})
"""Rules whose attributions name nobody, so that no speaker is carried over to them."""
_LISTED = frozenset({"item", "standing"})
"""Rules whose attributions may stand in a list that names its speaker once."""


@dataclass(slots=True)
class _Talk:
    """Who was named so far: the latest speakers by kind, and the genders that pronouns told."""

    people: list[Mention]
    anyone: str | None = None
    person: str | None = None
    body: str | None = None
    many: str | None = None
    genders: dict[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str:
        self.anyone = self.person = name
        return name

    def before(self, place: int) -> list[Mention]:
        """Persons mentioned before a token, the latest first."""
        return self.people[: bisect_left(self.people, place, key=lambda m: m.place)][::-1]


def resolve(tokens: Tokens, words: Words, attributions: list[Attribution]) -> list[Attribution]:
    """The same attributions with `speaker` filled where one can be told."""
    found = names(tokens, vocabulary(words))
    for one in attributions:
        for span in one.source:
            at = person(found, span)
            if at is not None and at[1] - at[0] >= 2:
                found.learn(*at)
    talk = _Talk(mentions(found))
    speaker: dict[int, str | None] = {}
    for i in sorted(range(len(attributions)), key=lambda i: _place(attributions[i])):
        speaker[i] = _speaker(found, attributions[i], talk)
    chief = _chief(talk, speaker)
    for i, one in enumerate(attributions):
        if one.rule == "item" or (one.rule in _LISTED and speaker[i] is None and not one.source):
            speaker[i] = chief
    return [replace(one, speaker=speaker[i]) for i, one in enumerate(attributions)]


def _place(one: Attribution) -> int:
    """Where it is told who speaks."""
    spans = one.source or one.cue or one.content
    return hull(spans).start


def _chief(talk: _Talk, speaker: dict[int, str | None]) -> str | None:
    """The one who speaks most of all persons; where none is named, the one whose name opens the text."""
    people = {mention.name for mention in talk.people}
    said = Counter(name for name in speaker.values() if name in people).most_common(1)
    opening = talk.people[0].name if talk.people and talk.people[0].place < _OPENING else None
    return said[0][0] if said and said[0][0] is not None else opening


def _speaker(found: Names, one: Attribution, talk: _Talk) -> str | None:
    if not one.source:
        return None if one.rule in NAMELESS else talk.anyone
    first, end = token_range(found.tokens, one.source[0])
    forms = found.tokens.forms[first:end]
    if len(forms) <= 2:
        pronoun = next((p for form in forms if (p := found.words.pronouns.get(form))), None)
        if pronoun is not None:
            return _antecedent(pronoun, first, talk)
        if set(forms) <= found.words.relatives | found.words.articles:
            return talk.anyone
    for span in one.source:
        name = _named(found, span)
        if name is not None:
            return talk.one(name)
    return _role_or_body(found, first, end, talk)


def _named(found: Names, span: Span) -> str | None:
    """The person named in a source phrase."""
    if not found.words.has_case:
        name = _public_figure(found, span)
        if name is not None:
            return name
    at = person(found, span)
    if at is None:
        return None
    name = found.best(found.text(*at))
    entry = known(found, name)
    return entry.name if entry is not None else name


def _public_figure(found: Names, span: Span) -> str | None:
    """A person known to the gazetteer, where capitals do not tell names; by the longest known words."""
    first, last = token_range(found.tokens, span)
    last = min(last, first + _WIDE)
    for size in range(min(_LONGEST, last - first), 0, -1):
        for at in range(first, last - size + 1):
            entry = by_name(found.text(at, at + size))
            if entry is not None and entry.kind == "person":
                return entry.name
    return None


def _antecedent(pronoun: Pronoun, place: int, talk: _Talk) -> str | None:
    """The latest speaker that a pronoun may stand for; where none has spoken, the person named last."""
    if pronoun.number == "pl":
        return talk.many or talk.anyone
    if pronoun.gender == "n":
        return talk.body or talk.anyone
    named = [talk.person] if talk.person else []
    named += [mention.name for mention in talk.before(place)]
    gender = pronoun.gender
    name = next((n for n in named if gender == "any" or talk.genders.get(n, gender) == gender), talk.anyone)
    if name is not None and gender != "any":
        talk.genders.setdefault(name, gender)
    return talk.one(name) if name is not None and named else name


def _role_or_body(found: Names, first: int, end: int, talk: _Talk) -> str | None:
    """The holder of a role, else the role, body or crowd itself without its article; None where it is none of them."""
    words, forms = found.words, found.tokens.forms
    stop = next((i for i in range(first + 1, end) if forms[i] in _STOPS), end)
    while first + 1 < stop and forms[first] in words.articles and forms[first] not in words.crowds:
        first += 1
    if first >= stop or forms[first] in words.negations:
        return None
    kinds = frozenset(forms[first:stop])
    text = found.text(first, stop)
    body = _body(found, first, stop)
    if body is not None:
        talk.anyone = talk.body = body
    elif kinds & words.crowds:
        talk.anyone = talk.many = text
    elif kinds & words.roles and (forms[first] not in words.bodies or _ends_in_role(found, stop)):
        return talk.one(_holder(found, kinds, first, talk) or text)
    elif kinds & words.bodies and not kinds & words.nouns.keys():
        talk.anyone = talk.body = text
    elif _is_proper(found, first, stop):
        talk.anyone = talk.person = text
    else:
        return talk.body if kinds & words.bodies else None
    return talk.anyone


def _ends_in_role(found: Names, stop: int) -> bool:
    """Where what a role is of stands before it without a preposition ("Kremlin spokesman")."""
    return found.words.bare == "direct" and found.tokens.forms[stop - 1] in found.words.roles


def _body(found: Names, first: int, stop: int) -> str | None:
    """A body that the gazetteer knows, by the longest words that open the phrase."""
    for last in range(min(stop, first + _LONGEST), first, -1):
        entry = known(found, found.text(first, last))
        if entry is not None and entry.kind == "body" and (last == stop or not found.words.has_case):
            return entry.name
    return None


def _holder(found: Names, kinds: frozenset[str], place: int, talk: _Talk) -> str | None:
    """The person who has the role: one who spoke, else the one last named before it, else the first named after it."""
    words = found.words
    roles = kinds & words.roles
    about = frozenset(f for f in kinds - roles if f.isalpha() and f not in words.closed and not words.is_adverb(f))
    able = [mention for mention in talk.people if fits(words, mention, roles, about)]
    if any(mention.name == talk.person for mention in able):
        return talk.person
    earlier = [mention.name for mention in able if mention.place < place]
    return earlier[-1] if earlier else next((mention.name for mention in able), None)


def _is_proper(found: Names, first: int, stop: int) -> bool:
    """A name by its capitals: of a body, or a surname told nowhere in full."""
    words, tokens = found.words, found.tokens
    if not words.names_capital or tokens.forms[first] in words.closed:
        return False
    return any(tokens.word(i)[0].isupper() and i not in found.openings for i in range(first, stop)) or (
        tokens.word(first)[0].isupper() and tokens.forms[first] not in found.plain
    )
