"""Unnamed: who speaks where a source names no person: a body, a country, the holder of a role, a crowd, a document."""

from __future__ import annotations

from functools import cache

from sayso.extraction.people.english import english, government, head_is_last, spaced, words_of
from sayso.extraction.people.known import known
from sayso.extraction.people.named import person
from sayso.extraction.people.names import Names, is_name_word, name_part
from sayso.extraction.people.persons import relative_of
from sayso.extraction.people.talk import Talk
from sayso.extraction.speakers.holders import holder, likely
from sayso.extraction.speakers.taken import KIN, in_title_marks, labelled, same_body
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.languages.glossary import Gloss, among, heads
from sayso.languages.people import people
from sayso.text.phrases import Phrases
from sayso.text.span import Span

_LONGEST = 6
_CHARACTERS = 16
"""Longest names of bodies, in words and in characters of scripts without spaces."""
_STOPS = frozenset(",،;؛(")
_ELISIONS = frozenset("'’")
_PHRASE = 4
"""Words of a common noun with what stands before it."""
_NEAR = 60
_SAME = 4
"""A phrase that takes a source up again has at most so many words («selon cette même source»)."""


def unnamed(found: Names, first: int, end: int, talk: Talk) -> str | None:
    """The speaker behind tokens `[first, end)`, under a name that `talk` knows; None where it is nobody."""
    words, forms = found.words, found.tokens.forms
    table = words_of(found)
    new, begin = table is not None and forms[first] in table.indefinite, first
    stop = next((i for i in range(first + 1, end) if forms[i] in _STOPS), end)
    while first + 1 < stop and forms[first] in words.articles and forms[first] not in words.crowds:
        if (table is not None and table.at(forms, first, stop) is not None) or _is_of_name(found, first, stop):
            break
        first += 1
    if first + 2 < stop and len(forms[first]) == 1 and forms[first + 1] in _ELISIONS:
        first += 2
    while first + 1 < stop and forms[first] in _ELISIONS:
        first += 1
    if first + 2 < stop and forms[first] in words.negations and words.is_adverb(forms[first + 1]):
        first += 2
    if first >= stop or forms[first] in words.negations:
        return None
    while first + 1 < stop and forms[first] in words.connectors:
        first += 1
    paper = in_title_marks(found, first, stop)
    if paper is not None:
        return talk.a_body(paper, frozenset(forms[first:stop]))
    gloss = _head(found, first, stop)
    short = talk.anyone is not None and among(gloss, "sources") and stop - begin <= _SAME
    if table is not None and short and not table.same.isdisjoint(forms[begin:stop]):
        return talk.anyone
    if gloss is not None and gloss[1].kind == "documents":
        early = _opens_early(found, first, stop)
        who = _behind(found, gloss[0], stop, talk) if early is None else None
        return who or _phrase(found, first if early is None else early, stop, talk)
    who = _body_or_country(found, first, stop, talk) or _described(found, first, stop, talk, gloss, new)
    if who is None and first == begin:
        who = _lone_name(found, first, stop)
        return talk.one(who) if who is not None else None
    return who or _own_words(found, first, stop, talk)


def _lone_name(found: Names, first: int, stop: int) -> str | None:
    """Where nouns have capitals: one word of unknown meaning without an article, which a common noun would have."""
    words, table, form = found.words, words_of(found), found.tokens.forms[first]
    if not words.capital_nouns or table is None or stop - first != 1 or not found.tokens.word(first)[0].isupper():
        return None
    common = form in words.closed or form in words.nominal or form in found.pointed or form in found.plain
    return None if common or form in words.before_verbs else found.text(first, stop)


def _own_words(found: Names, first: int, stop: int, talk: Talk) -> str | None:
    """A short English noun phrase behind its article, whatever it means ("the airline"), but for one that takes up
    what was told ("the latter", "the move") or that a clause makes longer ("the man who saw it")."""
    table, forms = words_of(found), found.tokens.forms[first:stop]
    if table is None or table.table or len(forms) > _PHRASE:
        return None
    if forms[-1] in heads("pointing") or not found.words.relatives.isdisjoint(forms[1:]):
        return None
    text = found.text(first, stop)
    if not (text.islower() and text.replace(" ", "").isalpha()):
        return None
    talk.anyone = talk.called(text, text)
    return talk.anyone


def _is_of_name(found: Names, first: int, stop: int) -> bool:
    """Whether an article belongs to a name: with a capital inside a sentence, before another one ("Le Phare")."""
    capitals = all(found.tokens.word(i)[:1].isupper() for i in range(first, min(stop, first + 2)))
    return capitals and first not in found.openings and not found.words.capital_nouns


def _opens_early(found: Names, first: int, stop: int) -> int | None:
    """Where a word for "preliminary" stands in a phrase or right before it."""
    table, forms = words_of(found), found.tokens.forms
    for i in range(max(0, first - 1), stop) if table is not None else ():
        match = table.at(forms, i, stop) if table is not None else None
        if match is not None and match[1].kind == "modifiers" and match[1].english in heads("early"):
            return min(i, first)
    return None


def _head(found: Names, first: int, stop: int) -> tuple[int, Gloss] | None:
    """(end, gloss) of the first word that is no modifier."""
    table = words_of(found)
    if table is None:
        return None
    i, last = first, None
    while i < stop:
        match = table.at(found.tokens.forms, i, stop)
        if match is not None and match[1].kind != "modifiers":
            last = match
            if not head_is_last(found):
                break
        i = match[0] if match is not None else i + 1
    return last


def _body_or_country(found: Names, first: int, stop: int, talk: Talk) -> str | None:
    """A body that the gazetteer knows, by the longest words that open the phrase; or a country alone."""
    forms = frozenset(found.tokens.forms[first:stop])
    for last in range(min(stop, first + (_LONGEST if spaced(found) else _CHARACTERS)), first, -1):
        entry = known(found, found.text(first, last))
        if entry is not None and entry.kind == "body" and (last == stop or not found.words.has_case):
            return talk.a_body(entry.name, forms)
    country = government(found, first, stop)
    if country is None:
        return None
    talk.phrases[country] = country
    return talk.a_body(country, forms)


def _behind(found: Names, first: int, stop: int, talk: Talk) -> str | None:
    """Who is behind a document, from what follows its word («заявлении МЧС»); else the last who spoke."""
    for i in range(first, stop):
        if found.tokens.forms[i] in found.words.linking:
            break
        at = person(found, Span(found.tokens.starts[i], found.tokens.ends[stop - 1]))
        if at is not None and at[0] == i:
            return talk.one(found.best(found.text(*at)))
        entry = next((e for last in range(stop, i, -1) if (e := known(found, found.text(i, last)))), None)
        if entry is not None and (entry.kind == "body" or found.words.has_case):
            return talk.one(entry.name) if entry.kind == "person" else talk.a_body(entry.name, frozenset())
    rest = _head(found, first, stop) if first < stop else None
    if rest is not None:
        start, last = rest[0] - len(rest[1].words), _without_adverbs(found, rest[0], stop)
        alone = rest[0] == last and not found.words.has_case
        return _described(found, start if alone else first, last, talk, rest, False)
    proper = next((i for i in range(first, stop) if _is_proper(found, i, i + 1)), None)
    if proper is not None:
        return talk.a_body(found.text(proper, stop), frozenset(found.tokens.forms[proper:stop]))
    return talk.body or talk.anyone


def _without_adverbs(found: Names, first: int, stop: int) -> int:
    """The end of the phrase without the words for a time that close it."""
    while stop > first and found.words.is_adverb(found.tokens.forms[stop - 1]):
        stop -= 1
    return stop


def _described(
    found: Names, first: int, stop: int, talk: Talk, gloss: tuple[int, Gloss] | None, new: bool
) -> str | None:
    words, forms = found.words, found.tokens.forms
    kinds = frozenset(forms[first:stop])
    if _names_crowd(found, first, stop, gloss):
        name = _phrase(found, first, stop, talk) or _kept(found, first, stop)
        if not among(gloss, "silent"):
            talk.anyone = talk.many = name
        return name
    if _names_role(found, first, stop, gloss) and (forms[first] not in words.bodies or _ends_in_role(found, stop)):
        return _role(found, kinds, first, stop, talk, new)
    label = labelled(found, stop, gloss)
    if label is not None:
        return talk.a_body(label, kinds)
    if (not words.bodies.isdisjoint(kinds) and words.nouns.keys().isdisjoint(kinds)) or gloss is not None:
        taken = not new and (gloss is None or among(gloss, "bodies"))
        same = same_body(found, first, stop, talk, gloss) if taken else None
        name = same or _phrase(found, first, stop, talk) or _kept(found, first, stop)
        if name is not None and gloss is not None and not among(gloss, "bodies") and not among(gloss, "labels"):
            if gloss[1].english not in heads("silent"):
                talk.anyone = name
            return name
        return talk.a_body(name, kinds) if name is not None else None
    name = _kept(found, first, stop)
    if name is not None:
        return talk.a_body(name, kinds)
    return talk.one(found.text(first, stop)) if _is_surname(found, first, stop) else None


def _names_crowd(found: Names, first: int, stop: int, gloss: tuple[int, Gloss] | None) -> bool:
    """Whether a phrase means many people: by a word for a crowd that neither a label nor a person's role leads."""
    phrases = _crowds(found.words)
    crowd = next((i for i in range(first, stop) if (m := phrases.at(found.tokens, i)) and m[0] <= stop), None)
    if crowd is None or among(gloss, "labels"):
        return False
    return gloss is None or head_is_last(found) or not among(gloss, "persons") or crowd < gloss[0]


@cache
def _crowds(words: Vocabulary) -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in words.words.people.crowds)


def _is_surname(found: Names, first: int, stop: int) -> bool:
    """One word alone that means nothing else, in a script without capitals."""
    words, form = found.words, found.tokens.forms[first]
    if words.has_case or stop - first != 1 or not spaced(found) or not form[:1].isalpha() or len(form) < KIN - 1:
        return False
    table = people(words.words.language.code)
    if form in words.common or form in found.pointed:
        return False
    return not words.is_definite(form) or (table is not None and table.knows(form))


def _names_role(found: Names, first: int, stop: int, gloss: tuple[int, Gloss] | None) -> bool:
    """Whether the phrase means one person: by its head, where that is known and no other word for a role leads it."""
    if among(gloss, "persons"):
        return True
    roles = [i for i in range(first, stop) if found.tokens.forms[i] in found.words.roles]
    if gloss is None or not roles:
        return bool(roles) and spaced(found)
    start = gloss[0] - len(gloss[1].words)
    return spaced(found) and (roles[-1] > start if head_is_last(found) else roles[0] < start)


def _proper_part(found: Names, first: int, stop: int) -> tuple[int, int]:
    """From the first to the last capitalised word of a phrase, up to a relative clause."""
    relatives = found.words.linking
    stop = next((i for i in range(first + 1, stop) if found.tokens.forms[i] in relatives), stop)
    capital = [i for i in range(first, stop) if is_name_word(found, i)]
    return (capital[0], capital[-1] + 1) if capital else (first, first)


def _phrase(found: Names, first: int, stop: int, talk: Talk) -> str | None:
    """The phrase itself, with its English words."""
    return talk.called(found.text(first, stop), english(found, first, stop))


def _kept(found: Names, first: int, stop: int) -> str | None:
    """The names in a phrase, where it has some."""
    low, high = _proper_part(found, first, stop)
    if low + 1 < high and found.tokens.forms[low] in found.words.titles:
        low, high = name_part(found, low, high)
    if low >= high or not _is_proper(found, first, stop) or (low > first and government(found, low, high)):
        return None
    return found.text(low, high)


def _role(found: Names, kinds: frozenset[str], first: int, stop: int, talk: Talk, new: bool) -> str | None:
    """The holder of a role; the last person where a role stands alone; else the role itself.

    A relative of somebody who is named is nobody else, whoever spoke.
    """
    who, relative = holder(found, kinds, first, talk), relative_of(found, first, stop)
    who = who if who != talk.teller else None
    if who is None and relative is not None:
        return talk.one(talk.called(found.text(first, stop), relative) or relative)
    if who is None and not new:
        who = likely(found, talk, first, stop, kinds, _head(found, first, stop))
    if who is not None and who != talk.teller:
        return talk.one(who)
    name = _phrase(found, first, stop, talk) or _kept(found, first, stop)
    return talk.one(name) if name is not None else None


def crowd_before(found: Names, place: int, talk: Talk) -> str | None:
    """The crowd named last in the words before a plural pronoun, where no crowd has spoken."""
    table, forms = words_of(found), found.tokens.forms
    for i in range(place - 1, max(-1, place - _NEAR), -1) if table is not None else ():
        match = table.at(forms, i, place) if table is not None else None
        if match is not None and match[1].kind == "heads" and _is_crowd(found, i, match):
            return _phrase(found, i, match[0], talk)
    return None


def _is_crowd(found: Names, i: int, gloss: tuple[int, Gloss]) -> bool:
    """Many people: a word for a crowd, or for people of some kind."""
    body = any(among(gloss, kind) for kind in ("bodies", "labels", "sources"))
    return found.tokens.forms[i] in found.words.crowds or (gloss[1].english.endswith("ers") and not body)


def _ends_in_role(found: Names, stop: int) -> bool:
    """Where what a role is of stands before it without a preposition ("Kremlin spokesman")."""
    return found.words.bare == "direct" and found.tokens.forms[stop - 1] in found.words.roles


def _is_proper(found: Names, first: int, stop: int) -> bool:
    """A name by its capitals: of a body, or a surname told nowhere in full."""
    words, tokens = found.words, found.tokens
    if not words.names_capital or tokens.forms[first] in words.closed:
        return False
    return any(tokens.word(i)[0].isupper() and i not in found.openings for i in range(first, stop)) or (
        tokens.word(first)[0].isupper() and tokens.forms[first] not in found.plain
    )
