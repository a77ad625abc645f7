"""Named: whether words that stand in the place of others name somebody or some place else."""

from __future__ import annotations

from functools import lru_cache

from sayso.extraction.agency import agency
from sayso.extraction.people.mentions import mentions
from sayso.extraction.people.names import Names, is_acronym, is_name_word, names
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages import pack
from sayso.languages.countries import country, of_adjective
from sayso.linking.article import Annotated
from sayso.linking.speakers.names import SAME, same_name, same_word, words
from sayso.text.span import Span
from sayso.text.tokens import Tokens, tokenize

_ALIKE = 0.8  # names this much alike may be one
_HEADING = 0.5  # share of the words with capitals from which a sentence is a heading


def other_name(a: Annotated, ours: Span, b: Annotated, theirs: Span) -> bool:
    """Whether `ours` in `a`, in whose place `theirs` stands in `b`, names another person, country or, in languages in
    which names alone have capitals, anything else with a name. Outlets and agencies may take each other's place.
    """
    table = pack.find(a.lang)
    if table is None:
        return False
    written, cased = (ours.of(a.text or ""), theirs.of(b.text or "")), table.language.capitals != "none"
    places = [_countries(words, table.language.code, cased) for words in written]
    if all(places):
        return places[0].isdisjoint(places[1])
    if cased and not all(any(map(str.isupper, words)) for words in written):
        return False  # most edits: the names of both texts need not be looked for
    found = _names(a.text or "", table.language.code), _names(b.text or "", table.language.code)
    left, right = _persons(found[0], ours), _persons(found[1], theirs)
    if left and right:
        return not any(_may_be_one(x, y) for x in left for y in right)
    return _other_capitals(_capitals(found[0], ours), _capitals(found[1], theirs), _outlets(a) | _outlets(b))


@lru_cache(maxsize=256)
def _names(text: str, code: str) -> Names:
    return names(tokenize(text), vocabulary(pack.load(code)))


@lru_cache(maxsize=256)
def _mentioned(text: str, code: str) -> tuple[tuple[int, str], ...]:
    """Start of the name in the text, and the name in full."""
    found = _names(text, code)
    return tuple((found.tokens.starts[one.place], one.name) for one in mentions(found))


def _persons(found: Names, span: Span) -> set[str]:
    named = _mentioned(found.tokens.text, found.words.words.language.code)
    return {name for start, name in named if span.start <= start < span.end}


def _may_be_one(a: str, b: str) -> bool:
    return bool(set(words(a)) & set(words(b))) or same_name(a, b) >= _ALIKE


def _inside(tokens: Tokens, span: Span) -> list[int]:
    """The words in `span`, marks left out."""
    return [
        i
        for i, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
        if span.start <= start and end <= span.end and any(char.isalnum() for char in tokens.forms[i])
    ]


def _countries(written: str, code: str, cased: bool) -> set[str]:
    """The countries that nouns or adjectives name; nouns by a capital where there are capitals."""
    tokens = tokenize(written)
    told = [tokens.word(i) for i in range(len(tokens))]
    named = {country(word, code, True) for word in told if not cased or word[:1].isupper()}
    return {one for one in named | {of_adjective(word, code) for word in told} if one is not None}


def _capitals(found: Names, span: Span) -> tuple[str, ...]:
    """The words of `span` where all are of names: no title, office or month, nor the first word of a sentence."""
    inside = _inside(found.tokens, span)
    if not found.words.names_capital or _is_heading(found, span):
        return ()
    calendar = found.words.time_units
    for i in inside:
        form = found.tokens.forms[i]
        if i in found.openings or form in found.plain or form in found.words.posts or form in calendar:
            return ()
        if not is_name_word(found, i):
            return ()
    return tuple(found.tokens.word(i) for i in inside)


def _is_heading(found: Names, span: Span) -> bool:
    """Whether the words of its line have capitals."""
    text = found.tokens.text
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    line = [word for word in text[start : end if end >= 0 else len(text)].split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in line) > _HEADING * len(line)


def _other_capitals(ours: tuple[str, ...], theirs: tuple[str, ...], outlets: frozenset[str]) -> bool:
    if not ours or not theirs or outlets.intersection(word.casefold() for word in (*ours, *theirs)):
        return False
    if any(map(is_acronym, ours)) != any(map(is_acronym, theirs)):
        return False
    return not any(same_word(x, y) >= SAME for x in ours for y in theirs)


def _outlets(article: Annotated) -> frozenset[str]:
    named = f"{article.outlet or ''} {agency(article.text or '') or ''}"
    return frozenset(word.casefold() for word in tokenize(named).forms)
