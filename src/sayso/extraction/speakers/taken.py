"""Taken: which body of the article a word for its kind takes up again, and the name behind such a word."""

from __future__ import annotations

import re

from sayso.extraction.people.english import spaced, words_of
from sayso.extraction.people.known import known
from sayso.extraction.people.names import Names, is_name_word, name_part
from sayso.extraction.people.talk import Talk
from sayso.languages.glossary import Gloss, among, heads
from sayso.languages.latin import latin_name

_LONGEST = 6
_NAME = 3
_TITLE = re.compile(r"[《〈]([^》〉]{2,20})[》〉]")
_QUOTES = frozenset("\"«»“”„‟'‘’「」『』《》")
_BACK = 400
"""How far back a full name is looked for, in words."""
KIN = 4
"""Letters that two words for one body share in any case («ведомство», «ведомства»)."""


def same_body(found: Names, first: int, stop: int, talk: Talk, gloss: tuple[int, Gloss] | None) -> str | None:
    """The body that one word alone takes up again: one whose source or name held the word, else the last body; who
    reports what another one is cited for is not that other.
    """
    name = _same(found, first, talk, gloss) if stop - first == 1 else None
    return name if name not in talk.reporters else None


def _same(found: Names, first: int, talk: Talk, gloss: tuple[int, Gloss] | None) -> str | None:
    form = found.tokens.forms[first]
    bare = form[: max(KIN, len(form) - 2)]
    for forms, name in reversed(talk.bodies):
        if any(other.startswith(bare) or (other in form and len(other) > KIN) for other in forms):
            return name
    if among(gloss, "outlets"):
        return talk.outlet
    if among(gloss, "either"):
        return _in_full(found, first, bare) or (talk.bodies[-1][1] if talk.bodies else None)
    company = _company(found, first, talk) if talk.body is None and among(gloss, "companies") else None
    return _in_full(found, first, bare) or company or _last_alike(talk, gloss[1].english if gloss is not None else form)


def _last_alike(talk: Talk, english: str) -> str | None:
    """The last body, but no company for what is none, where words of its kind alone name it ("rail union")."""
    phrase = talk.phrases.get(talk.body or "", talk.body) or ""
    company = phrase.rsplit(" ", 1)[-1] in heads("companies")
    return talk.body if not phrase.islower() or company == (english in heads("companies")) else None


def _company(found: Names, place: int, talk: Talk) -> str | None:
    """The body named last before a word for a company; in other scripts, Latin letters are such names."""
    foreign = found.words.words.language.script != "Latn"
    for low, high in reversed(found.runs_between(max(0, place - _BACK), place)):
        text = found.text(*name_part(found, low, high))
        entry = known(found, text)
        if entry is not None and entry.kind == "body" and entry.name not in talk.outlets:
            return entry.name
        if entry is None and foreign and text.isascii():
            return text
    return None


def _in_full(found: Names, place: int, bare: str) -> str | None:
    """The body in whose full name a word stood before («منظمة التعاون الإسلامي» for «المنظمة»)."""
    table, forms = words_of(found), found.tokens.forms
    if table is None or not spaced(found):
        return None
    for i in range(place - 1, max(-1, place - _BACK), -1):
        if not (forms[i].startswith(bare) or (len(forms[i]) >= KIN and bare.endswith(forms[i]))):
            continue
        for last in range(min(place, i + _LONGEST), i + 1, -1):
            entry = known(found, found.text(i, last))
            if entry is not None and entry.kind == "body":
                return entry.name
    return None


def labelled(found: Names, stop: int, gloss: tuple[int, Gloss] | None) -> str | None:
    """The name behind a word for its kind of body («газета „Ведомости“», "le site américain Politico")."""
    if gloss is None or gloss[1].english not in heads("labels"):
        return None
    forms = found.tokens.forms
    low = next((i for i in range(gloss[0], stop) if forms[i] in _QUOTES), None)
    high = next((i for i in range(low + 1, stop) if forms[i] in _QUOTES), stop) if low is not None else stop
    if low is not None and low + 1 < high:
        text = found.text(low + 1, high)
        entry = known(found, text)
        return entry.name if entry is not None else latin_name(text, _code(found))
    low = next((i for i in range(gloss[0], stop) if is_name_word(found, i)), None) or _in_construct(found, gloss, stop)
    if low is None:
        return None
    entry = known(found, found.text(low, stop))
    if entry is not None:
        return entry.name
    return found.text(low, stop) if found.words.has_case else latin_name(found.text(low, stop), _code(found))


def _code(found: Names) -> str:
    return found.words.words.language.code


def _in_construct(found: Names, gloss: tuple[int, Gloss], stop: int) -> int | None:
    """Where the name of a paper begins, behind the word for its kind without an article («صحيفة المرفأ»)."""
    words, forms, table, at = found.words, found.tokens.forms, words_of(found), gloss[0]
    if words.has_case or not words.definite or table is None or not among(gloss, "outlets"):
        return None
    if at >= stop or words.is_definite(forms[at - 1]):
        return None
    unknown = all(table.at(forms, i, stop) is None and forms[i] not in words.nominal for i in range(at, stop))
    return at if stop - at <= _NAME and words.is_definite(forms[at]) and unknown else None


def in_title_marks(found: Names, first: int, stop: int) -> str | None:
    """The paper that speaks where a source is a title between its own marks (《港口报》)."""
    match = _TITLE.search(found.text(first, stop))
    if match is None:
        return None
    entry = known(found, match[1])
    return entry.name if entry is not None else latin_name(match[1], _code(found))
