"""Lone: where one word alone may name a public figure, and where it is a word of the language."""

from __future__ import annotations

from sayso.extraction.people.dated import months
from sayso.extraction.people.known import known
from sayso.extraction.people.names import Names
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.languages.glossary import glossary
from sayso.languages.homonyms import homonyms


def may_be_alone(found: Names, first: int, last: int) -> bool:
    """Whether the name at tokens `[first, last)` may be a public figure's: of several words, or one that means nothing
    else here, or whose full name or title the text gives."""
    if last - first != 1:
        return True
    form = found.tokens.forms[first]
    stem = found.stem(form)
    small = first in found.openings and form in found.plain
    if not small and not _is_word(found.words, form) and not _is_word(found.words, stem):
        return True
    full = found.full.get(stem)
    return known(found, full) is not None if full is not None else stem in found.titled


def _is_word(words: Vocabulary, form: str) -> bool:
    """A word of the language that is no name alone."""
    if form in homonyms(words.words.language.code) or form in words.nominal or form in months(words):
        return True
    table = glossary(words.words.language.code, words.definite)
    return table is not None and table.at([form], 0, 1) is not None
