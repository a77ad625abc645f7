"""Latin: a person's name as news in English writes it, without accents (tables: people/, romanisation_news.toml)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from sayso.languages.arabic import arabic_name
from sayso.languages.cyrillic import cyrillic_name
from sayso.languages.people import People, people
from sayso.languages.romanisation import capital

_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe"}
    | {"Œ": "Oe", "ð": "d", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'"}
)
_SHOUTED = 4
"""Names with words of so many capitals are no acronyms."""
_DOT = "·・‧•"


def plain(name: str) -> str:
    """Latin letters without accents ("Erdoğan" -> "Erdogan"); other characters as they are."""
    if name.isascii() or min(name) > "\u024f":
        return name
    parts = unicodedata.normalize("NFD", name.translate(_PLAIN))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


@lru_cache(maxsize=1 << 14)
def latin_name(name: str, language: str, nation: str | None = None) -> str:
    """A person's name in Latin letters; `language` is that of the text, which tells how to read the script.

    `nation`: the ISO code of the person's country, where it is known to tell how the name is spelt.
    """
    letter = next((c for c in name if c.isalpha()), "a")
    if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff":
        return plain(_lowered(name))
    if "\u0400" <= letter <= "\u052f":
        return cyrillic_name(name, "uk" if language == "uk" else "ru", nation)
    if "\u0600" <= letter <= "\u06ff":
        return arabic_name(name, "fa" if language == "fa" else "ar")
    return _chinese(name) if "\u3400" <= letter <= "\u9fff" else _other(name)


def _lowered(name: str) -> str:
    """A name of several words without small letters was written large."""
    words = name.split()
    return name.title() if len(words) > 1 and name.isupper() and max(map(len, words)) >= _SHOUTED else name


def _other(name: str) -> str:
    """Any script, character by character."""
    from anyascii import anyascii

    return " ".join(word[:1].upper() + word[1:].lower() for word in anyascii(name).split())


def is_given(word: str, language: str) -> bool:
    """Whether a word is a given name of the language's table."""
    table = people(language)
    return table is not None and table.first(word) is not None


def _chinese(name: str) -> str:
    table = people("zh")
    for dot in _DOT:
        name = name.replace(dot, " ")
    words = name.split()
    if table is None or not words:
        return name
    if len(words) > 1:
        return " ".join(_chinese_word(word, table) for word in words)
    word = words[0]
    size = 2 if len(word) > 2 and table.last(word[:2]) is not None else 1
    known = table.last(word[:size])
    if 1 < len(word) <= size + 2 and (known is not None or word[0] in table.characters):
        return f"{known.latin if known is not None else capital(_pinyin(word[:size]))} {capital(_pinyin(word[size:]))}"
    return _chinese_word(word, table)


def _chinese_word(word: str, table: People) -> str:
    known = table.first(word)
    return known.latin if known is not None else capital(_pinyin(word))


def _pinyin(text: str) -> str:
    from anyascii import anyascii

    return anyascii(text).lower().replace(" ", "")
