"""Resolve: the person or body behind each source, under one name as news in English writes it; null for nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import takewhile

from sayso.extraction.cues.asked import question
from sayso.extraction.nouns import Attribution, Spans
from sayso.extraction.people.given import learn_given
from sayso.extraction.people.mentions import Mention, mentions
from sayso.extraction.people.named import person
from sayso.extraction.people.names import Names, epithets, name_part, names, token_range
from sayso.extraction.people.persons import first_of_two, in_full, named_person
from sayso.extraction.people.talk import Talk
from sayso.extraction.speakers.alone import chief, introduced, is_item, named_behind, presented
from sayso.extraction.speakers.public import public_figure
from sayso.extraction.speakers.relative import before_relative, before_relative_verb, is_relative
from sayso.extraction.speakers.unnamed import crowd_before, unnamed
from sayso.extraction.speakers.whole import speaking, whole
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.countries import country, of_adjective
from sayso.languages.gazetteer import by_name
from sayso.languages.glossary import heads
from sayso.languages.latin import latin_name, plain
from sayso.languages.pack import find_or_neutral
from sayso.languages.schema import Words
from sayso.text.phrases import Phrases
from sayso.text.span import Span, hull
from sayso.text.tokens import Tokens, tokenize

_LATIN_NAME = re.compile(r"[(（]([A-Z][\w.'’-]+(?: [A-Za-z][\w.'’-]+){1,3})[)）]")

_HYPHENS = frozenset("-‐‑")


def resolve(
    tokens: Tokens, words: Words, attributions: list[Attribution], title: str | None = None
) -> list[Attribution]:
    """The same attributions with `speaker` filled where one can be told; `title` may name people in full."""
    given, found = attributions, names(tokens, vocabulary(words))
    learn_given(found)
    attributions = [replace(one, source=whole(found, one)) for one in given]
    _learn(found, attributions)
    people = [*_titled(found, title), *mentions(found)]
    talk = Talk(people, sources=_sources(found, attributions), outlets=heads("outlets"))
    talk.genders = {mention.name: mention.gender for mention in people if mention.gender is not None}
    order = sorted(range(len(attributions)), key=lambda i: _place(attributions[i]))
    speaker: dict[int, str | None] = {}
    told: dict[Spans, list[int]] = defaultdict(list)
    for i in order:
        told[attributions[i].content].append(i)
    for i in order:
        outer = attributions[i].nested_in
        talk.teller = speaker.get(outer) if outer is not None else None
        others = told[attributions[i].content] if _is_cited(found, attributions[i]) else []
        apart = (j for j in others if not _share(given[i].source, given[j].source))
        talk.reporters = frozenset(name for j in apart if (name := speaker.get(j)) is not None)
        speaker[i] = _speaker(found, attributions[i], talk)
        talk.place = token_range(tokens, Span(_place(attributions[i]), _place(attributions[i]) + 1))[0]
    _look_ahead(found, attributions, order, speaker, talk)
    first_says = chief(talk, speaker)
    for i, one in enumerate(attributions):
        wordless = not one.source and not one.cue
        if wordless and (speaker[i] is None or is_item(tokens, one)):
            speaker[i] = first_says or presented(tokens, one, talk)
    code = words.language.code
    return [replace(one, speaker=_canonical(speaker[i], talk, code)) for i, one in enumerate(given)]


def _learn(found: Names, attributions: list[Attribution]) -> None:
    """Learn the names of an article's sources, and those of titled persons."""
    for one in attributions:
        for span in one.source:
            at = person(found, span)
            if at is not None and at[1] - at[0] >= 2:
                found.learn(at[0], first_of_two(found, *at))
    _learn_titled(found)


def _titled(found: Names, title: str | None) -> list[Mention]:
    """The persons of a title, which stand before the text; their names are learnt."""
    if not title:
        return []
    above = names(tokenize(title), found.words)
    learn_given(above)
    above.learn_also(found)
    found.learn_also(above)
    return [replace(mention, place=-1) for mention in mentions(above)]


def _learn_titled(found: Names) -> None:
    """One-word names that the gazetteer knows with their titles ("Pope Francis") stand for those alone too."""
    for first, last in found.runs if found.words.has_case else ():
        name, end = name_part(found, first, last)
        title = name - 1
        if found.words.name_endings and title > 0 and found.tokens.forms[title].endswith(epithets()):
            title -= 1
        if end - name == 1 and title >= 0 and found.tokens.forms[title] in found.words.nominal:
            entry = by_name(f"{found.tokens.word(title)} {found.text(name, end)}")
            if entry is not None and entry.kind == "person":
                found.learn_alone(name, entry.name)


def _sources(found: Names, attributions: list[Attribution]) -> frozenset[str]:
    """Persons whom some source names."""
    named = (named_person(found, span) for one in attributions for span in one.source)
    return frozenset(name for name in named if name is not None)


def _is_cited(found: Names, one: Attribution) -> bool:
    """Behind a phrase like "citing" («со ссылкой на»)."""
    match = found.words.hints.at(found.tokens, token_range(found.tokens, one.cue[0])[0]) if one.cue else None
    return match is not None and match[1].role == "before"


def _share(a: Spans, b: Spans) -> bool:
    return any(one.overlap(other) for one in a for other in b)


def _place(one: Attribution) -> int:
    """Where it is told who speaks."""
    spans = one.source or one.cue or one.content
    return hull(spans).start


def _canonical(name: str | None, talk: Talk, code: str) -> str | None:
    """The name in Latin letters without accents."""
    if name is None:
        return None
    if name in talk.phrases:
        return plain(talk.phrases[name])
    return plain(public_figure(name, code) or latin_name(name, code, _nation(talk, name, code)))


def _nation(talk: Talk, name: str, code: str) -> str | None:
    """The country that stands beside a person's name."""
    return next(
        (iso for form in talk.about(name) if (iso := of_adjective(form, code) or country(form, code, True))), None
    )


def _look_ahead(
    found: Names,
    attributions: list[Attribution],
    order: list[int],
    speaker: dict[int, str | None],
    talk: Talk,
) -> None:
    """What is said before anyone is named is said by the one named behind it, or else who speaks next."""
    coming, limit = None, len(found.tokens)
    for i in reversed(order):
        one = attributions[i]
        if speaker[i] is None and not one.source and not _nobody(found, one):
            speaker[i] = (named_behind(found.tokens, one, limit, talk) if not one.cue else None) or coming
        coming = speaker[i] or coming
        limit = token_range(found.tokens, Span(_place(one), _place(one) + 1))[0]


def _nobody(found: Names, one: Attribution) -> bool:
    """With a cue that names nobody («сообщается», "is expected", "asked about the ferry, …")."""
    tokens, phrases = found.tokens, _impersonal(found.words.words.language.code)
    if one.cue:
        first, last = token_range(tokens, one.cue[0])
        if tokens.forms[first] in found.words.passives or question(tokens, found.words, first, last) is not None:
            return True
    return any(phrases.at(tokens, i) is not None for span in one.cue for i in range(*token_range(tokens, span)))


@cache
def _impersonal(code: str) -> Phrases[bool]:
    """Cues that name nobody, and expressions of hearsay."""
    words = find_or_neutral(code)
    forms = [form for cue in words.cues if cue.kind == "impersonal" for form in cue.forms]
    return Phrases((form, True) for form in (*forms, *words.according.hearsay))


def _speaker(found: Names, one: Attribution, talk: Talk) -> str | None:
    if not one.source:
        return None if _nobody(found, one) else _left_out(found, one, talk)
    first, end = token_range(found.tokens, one.source[0])
    forms = found.tokens.forms[first:end]
    said = [form for form in forms if form not in _HYPHENS]
    if len(said) <= 2:
        pronoun = next((p for form in said if (p := found.words.pronouns.get(form))), None)
        if pronoun is not None:
            crowd = crowd_before(found, first, talk) if pronoun.number == "pl" and talk.many is None else None
            return crowd or talk.antecedent(pronoun, first)
    if is_relative(found, first, end):
        return before_relative(found, first, talk) or talk.anyone
    spans = speaking(found, one, talk)
    for span in spans:
        name = named_person(found, span)
        if name is not None:
            latin = _in_brackets(found, span)
            if latin is not None:
                talk.phrases.setdefault(name, latin)
            return _with_partner(found, span, name, talk)
    return unnamed(found, *token_range(found.tokens, spans[0]), talk)


def _left_out(found: Names, one: Attribution, talk: Talk) -> str | None:
    """Behind a cue without a subject: a person whose name opened a sentence since the last speaker, else that one."""
    place = token_range(found.tokens, one.cue[0])[0] if one.cue else 0
    named = before_relative_verb(found, place, talk) if one.cue else introduced(found.tokens, one, talk)
    if named is not None:
        return named
    if not one.cue or not found.words.has_case or talk.anyone is None:
        return talk.anyone
    since = takewhile(lambda mention: mention.place > talk.place, talk.before(place))
    subject = next((mention for mention in since if mention.place in found.openings), None)
    return talk.one(subject.name) if subject is not None else talk.anyone


def _in_brackets(found: Names, span: Span) -> str | None:
    """The Latin spelling of a person's name that a text in another script gives behind it."""
    match = _LATIN_NAME.search(span.of(found.tokens.text))
    return match[1] if match is not None and found.words.words.language.script != "Latn" else None


def _with_partner(found: Names, span: Span, name: str, talk: Talk) -> str:
    """`name`, or both names where a second person is joined to the first ("X and Y")."""
    at = person(found, span) if found.words.has_case else None
    last = token_range(found.tokens, span)[1]
    if at is not None and first_of_two(found, *at) != at[1]:
        at = at[0], first_of_two(found, *at)
        name = in_full(found, *at)
    if at is not None and at[1] + 1 < last and found.tokens.forms[at[1]] in found.words.coordinators:
        rest = Span(found.tokens.starts[at[1] + 1], span.end)
        other = person(found, rest)
        if other is not None and other[1] == last and other[1] - other[0] >= 2:
            code = found.words.words.language.code
            both = [latin_name(one, code) for one in (name, in_full(found, *other))]
            talk.anyone = talk.many = " & ".join(both)
            talk.phrases[talk.anyone] = " and ".join(both)
            return talk.anyone
    return talk.one(name)
