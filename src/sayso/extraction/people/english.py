"""English: a noun phrase that names a role, a crowd, a body or a document, in English words."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.extraction.people.known import known
from sayso.extraction.people.names import Names
from sayso.languages.countries import adjective_of, capital, country, name_of, of_adjective
from sayso.languages.cyrillic import nominative
from sayso.languages.glossary import Glossary, glossary
from sayso.languages.latin import is_given, latin_name, plain

_COUNTRY = 4
_NAME = 5
_CHARACTERS = 16
"""Longest name of a country, of a body, in words; and in characters of scripts without spaces."""
_STEM = 4


@dataclass(slots=True)
class _Phrase:
    """What was understood so far: words before the head, the head, words behind it."""

    before: list[str] = field(default_factory=list)
    head: str | None = None
    after: list[str] = field(default_factory=list)
    grouped: int = 0
    """So many of the words behind the head are whole groups."""

    def close(self, noun: str, adjectives_first: bool) -> None:
        """A noun behind the head; where `adjectives_first`, those before it are its own."""
        own = self.after[self.grouped :] if adjectives_first else []
        self.after = [*self.after[: len(self.after) - len(own)], " ".join([*own, noun])]
        self.grouped = len(self.after)

    def add(self, word: str) -> None:
        (self.before if self.head is None else self.after).append(word)

    def text(self) -> str | None:
        if self.head is None:
            return None
        return " ".join(dict.fromkeys([*self.before, *self.after[::-1], self.head]))


def words_of(found: Names) -> Glossary | None:
    """The glossary of the text's language."""
    return glossary(found.words.words.language.code, found.words.definite)


def english(found: Names, first: int, stop: int) -> str | None:
    """Tokens `[first, stop)` in English; None where no head of the phrase is known.

    Adjectives go before the head as they stand, what follows it in reverse: «профсоюз немецких пилотов» is
    "German pilots union". What is not known is left out, names are kept.
    """
    table = words_of(found)
    if table is None or not table.table:
        return plain(found.text(first, stop))
    last_is_head = head_is_last(found)
    phrase, i = _Phrase(), first
    while i < stop:
        forms = found.tokens.forms
        if forms[i] in found.words.linking and i > first:
            break
        i = _read(found, table, phrase, i, stop, last_is_head)
    return phrase.text()


def head_is_last(found: Names) -> bool:
    """Whether what a noun is of stands before it, as in Turkish and Chinese."""
    table = words_of(found)
    return table is not None and table.head_last


def spaced(found: Names) -> bool:
    """Whether words are parted by spaces."""
    return found.words.words.language.code not in ("zh", "ja")


def _read(found: Names, table: Glossary, phrase: _Phrase, i: int, stop: int, last_is_head: bool) -> int:
    """Take in what stands at token `i`; where to go on."""
    match = table.at(found.tokens.forms, i, stop)
    place = _country(found, i, stop, match is None)
    if place is not None and found.tokens.forms[i] not in found.words.articles:
        phrase.add(place[1])
        return place[0]
    if match is not None:
        end, gloss = match
        if gloss.kind == "modifiers":
            phrase.add(gloss.english)
        elif phrase.head is None:
            phrase.head = gloss.english
        elif last_is_head:
            phrase.before, phrase.head = [*phrase.before, phrase.head], gloss.english
        elif gloss.kind == "heads":
            phrase.close(gloss.english, bool(found.words.name_endings))
        return end
    named = _named(found, i, stop)
    if named is None:
        return i + 1
    phrase.add(named[1])
    return named[0]


def _country(found: Names, i: int, stop: int, unknown: bool) -> tuple[int, str] | None:
    """(end, English adjective) of a country named at `i`, or of an adjective made of one if the word is `unknown`."""
    code, cased = found.words.words.language.code, bool(found.words.name_endings)
    for end in range(min(stop, i + _COUNTRY), i, -1):
        if end > i + 1 or found.tokens.word(i)[:1].isupper() or not found.words.has_case:
            iso = country(found.text(i, end) if spaced(found) else found.text(i, end).replace(" ", ""), code, cased)
            if iso is not None:
                return end, adjective_of(iso)
    form = found.tokens.forms[i]
    if not unknown or len(form) < _STEM or not spaced(found) or form in found.words.closed:
        return None
    iso = of_adjective(form, code)
    return (i + 1, adjective_of(iso)) if iso is not None else None


def _named(found: Names, i: int, stop: int) -> tuple[int, str] | None:
    """(end, Latin name) of a body that is known, or of capitalised words that are a name."""
    for end in range(min(stop, i + (_NAME if spaced(found) else _CHARACTERS)), i, -1):
        entry = known(found, found.text(i, end)) if end > i + 1 or len(found.tokens.forms[i]) > 1 else None
        if entry is not None and (found.words.has_case or end > i + 1 or entry.kind == "body"):
            return end, entry.name
    word = found.tokens.word(i)
    opens = i in found.openings and found.words.words.language.script != "Latn"
    opens = opens or (i in found.openings and found.tokens.forms[i] in found.words.particles)
    opens = opens or _opens_clause(found, i, stop)
    if not found.words.names_capital or not word[:1].isupper() or found.tokens.forms[i] in found.words.closed or opens:
        return None
    last = _end_of_person(found, i, stop) or i + 1
    while last < stop and _goes_on(found, last):
        last += 1
    return last, latin_name(found.text(i, last), found.words.words.language.code)


def _opens_clause(found: Names, i: int, stop: int) -> bool:
    """Whether a word that opens a sentence has its capital from there: a small one of unknown meaning follows, where
    what a noun is of stands before it („Adının açıklanmasını istemeyen bir yetkili“)."""
    table, forms = words_of(found), found.tokens.forms
    if table is None or not table.head_last or i not in found.openings or i + 1 >= stop:
        return False
    return found.tokens.word(i + 1)[0].islower() and table.at(forms, i + 1, stop) is None


def _end_of_person(found: Names, i: int, stop: int) -> int | None:
    """The end of a full name that a given name opens at `i`, in any case."""
    code = found.words.words.language.code
    end = next((min(high, stop) for _, high in found.runs_between(i, i + 1)), i)
    return end if end - i > 1 and is_given(nominative(found.text(i, end), code).split()[0], code) else None


def _goes_on(found: Names, i: int) -> bool:
    """Whether the word at `i` is one more of a name in Latin letters."""
    form, word = found.tokens.forms[i], found.tokens.word(i)
    table = words_of(found)
    plain_word = table is None or table.at(found.tokens.forms, i, i + 1) is None
    return word[:1].isupper() and word[:1] < "\u0250" and form not in found.words.closed and plain_word


def government(found: Names, first: int, stop: int) -> str | None:
    """The country that a phrase names and nothing else («Венгрия», "Paris")."""
    text = found.text(first, stop) if spaced(found) else found.text(first, stop).replace(" ", "")
    iso = country(text, found.words.words.language.code, bool(found.words.name_endings)) or capital(text)
    return name_of(iso) if iso is not None else None
