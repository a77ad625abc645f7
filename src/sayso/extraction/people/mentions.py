"""Mentions: whom an article names, and by which words for roles each of them may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.extraction.people.known import known
from sayso.extraction.people.lone import may_be_alone
from sayso.extraction.people.names import Names, name_part
from sayso.extraction.people.roles import around, beside, is_kin, same_role
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.languages.cyrillic import nominative
from sayso.languages.gazetteer import Entry, by_name, gazetteer
from sayso.languages.people import people
from sayso.text.phrases import Phrases
from sayso.text.tokens import forms_of

_PHRASE = 8
"""Words for roles between a preposition and a name."""
_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at token `place`; `roles` that name them, and what those roles are `about`, in folded words.

    `subject`: the name may be one, by its case or since no preposition stands before it. `gender`: m or f, where the
    given name tells. `posts`: all words for roles and titles around the name.
    """

    place: int
    name: str
    roles: frozenset[str]
    about: frozenset[str]
    subject: bool = True
    gender: str | None = None
    posts: frozenset[str] = frozenset()


def mentions(found: Names) -> list[Mention]:
    """All persons named in full or known, in order, with what stands beside them."""
    code = found.words.words.language.code
    out: list[Mention] = []
    before = 0
    for first, last, name, entry in _named(found, code):
        roles, about = beside(found.tokens, found.words, first, last, before)
        posts = around(found.tokens, found.words, first, last, before)
        before = last
        office = _offices(entry.name, code) if entry is not None else (frozenset[str](), frozenset[str]())
        subject = not (is_oblique(found, first, last) or _behind_preposition(found, first))
        if not subject and any(is_kin(found.words, role) for role in roles):
            roles = frozenset()
        roles, about = roles | office[0] & found.words.roles, about | office[1] - found.words.closed
        posts |= (roles | about) & found.words.posts
        out.append(Mention(first, name, roles, about, subject, _gender(found, first, last), posts))
    return out


def is_oblique(found: Names, first: int, last: int) -> bool:
    """Whether a name stands in another case than its basic form."""
    if not found.words.name_endings:
        return False
    name = found.text(first, last)
    return name != nominative(name, found.words.words.language.code) or (
        by_name(name) is None and known(found, name) is not None
    )


def _behind_preposition(found: Names, first: int) -> bool:
    """Whether a preposition stands before a name, words for roles between them or not."""
    words, forms = found.words, found.tokens.forms
    i = first - 1
    while i > max(0, first - _PHRASE) and (forms[i] in words.nominal or forms[i] in words.articles):
        i -= 1
    return i >= 0 and forms[i] in words.prepositions


def _gender(found: Names, first: int, last: int) -> str | None:
    code = found.words.words.language.code
    table, name = people(code), found.text(first, last)
    known_name = table.first(nominative(name, code).split()[0]) if table is not None else None
    return known_name.gender if known_name is not None else None


def _named(found: Names, code: str) -> Iterator[tuple[int, int, str, Entry | None]]:
    """(first, last, name, entry) of each person."""
    if not found.words.has_case:
        yield from _named_without_capitals(found, code)
        return
    for low, high in found.runs:
        first, last = name_part(found, low, high)
        if first >= last or (first > 0 and found.tokens.forms[first - 1] in found.words.articles):
            continue
        name = found.text(first, last)
        if name.isascii() and not found.tokens.text.isascii() and found.words.words.language.script != "Latn":
            continue
        entry = known(found, name)
        if entry is not None and entry.kind == "person" and not may_be_alone(found, first, last):
            entry = None
        if entry is not None and entry.kind == "person":
            yield first, last, entry.name, entry
        elif entry is None and found.stem(found.tokens.forms[last - 1]) in found.full:
            yield first, last, found.best(name), None


def _named_without_capitals(found: Names, code: str) -> Iterator[tuple[int, int, str, Entry | None]]:
    """Public figures, and names that given names tell."""
    tokens, names = found.tokens, _known_people(code, tuple(found.words.words.language.proclitics))
    starts, ends = names.starts(), dict(found.runs)
    for i, form in enumerate(tokens.forms):
        match = names.at(tokens, i) if form in starts else None
        if match is not None:
            yield i, match[0], match[1].name, match[1]
        elif i in ends:
            yield i, ends[i], found.text(i, ends[i]), None


@cache
def _known_people(code: str, proclitics: tuple[str, ...]) -> Phrases[Entry]:
    """Names of public figures in one language, also with letters written before them; surnames alone left out."""
    persons = (entry for entry in gazetteer().entries if entry.kind == "person")
    forms = [(form, entry) for entry in persons for form in entry.names.get(code, []) if " " in form]
    return Phrases((letters + form, entry) for letters in ("", *proclitics) for form, entry in forms)


@lru_cache(maxsize=1 << 12)
def _offices(name: str, code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Folded words of a public figure's offices, and of those with what they are of."""
    entry = by_name(name)
    if entry is None:
        return frozenset(), frozenset()
    told = gazetteer()
    titles = _forms(told.roles(entry, code))
    return titles, titles | _forms(word for o in entry.offices if o.of for word in told.place(o.of, code))


def _forms(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(form for form in forms_of(phrases) if form.isalnum())


def fits(words: Vocabulary, mention: Mention, roles: frozenset[str], about: frozenset[str]) -> bool:
    """Whether a phrase with these roles, of these other words, may mean this person."""
    if not mention.roles or not any(same_role(words, a, b) for a in roles for b in mention.roles):
        return False
    return not about or any(_kin(_bare(words, a), _bare(words, b)) for a in about for b in mention.about)


def _bare(words: Vocabulary, form: str) -> str:
    """The word without an article written together with it."""
    return next((form[len(d) :] for d in words.definite if form.startswith(d) and len(form) > len(d) + 2), form)


def _kin(a: str, b: str) -> bool:
    """Words with one beginning ("Russian", "Russia"; «Кремля», «Кремль»)."""
    size = max(_PREFIX, min(len(a), len(b)) - 2)
    return a[:size] == b[:size]
