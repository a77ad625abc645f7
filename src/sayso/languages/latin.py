"""Latin: a person's name as news in English writes it, without accents (tables: people/, romanisation_news.toml)."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sayso.languages.people import Known, People, people
from sayso.text.folding import fold_word

_FILE = Path(__file__).parent / "romanisation_news.toml"
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe"}
    | {"Œ": "Oe", "ð": "d", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'"}
)
_SHOUTED = 4
"""Longer words of capitals alone are no acronyms."""
_VOWELS = frozenset("aeiou")
_SONANTS = frozenset("rln")
_ARTICLE = "ال"
_HOUSE = "آل"
_SERVANT = "عبد"
_SON = frozenset({"بن", "ابن", "بنت"})
_JOINED = frozenset({"الله", "الدین", "الدين"})
_DOT = "·・‧•"


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """Latin letters without accents ("Erdoğan" -> "Erdogan"); other characters as they are."""
    if name.isascii() or min(name) > "\u024f":
        return name
    parts = unicodedata.normalize("NFD", name.translate(_PLAIN))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


@lru_cache(maxsize=1 << 14)
def latin_name(name: str, language: str) -> str:
    """A person's name in Latin letters; `language` is that of the text, which tells how to read the script."""
    letter = next((c for c in name if c.isalpha()), "a")
    if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff":
        return plain(_lowered(name))
    if "\u0400" <= letter <= "\u052f":
        return _cyrillic(name, "uk" if language == "uk" else "ru")
    if "\u0600" <= letter <= "\u06ff":
        return _arabic(name, "fa" if language == "fa" else "ar")
    return _chinese(name) if "\u3400" <= letter <= "\u9fff" else _other(name)


def _lowered(name: str) -> str:
    """A name of several words without small letters was written large."""
    words = name.split()
    return name.title() if len(words) > 1 and name.isupper() and max(map(len, words)) > _SHOUTED else name


def _other(name: str) -> str:
    """Any script, character by character."""
    from anyascii import anyascii

    return " ".join(word[:1].upper() + word[1:].lower() for word in anyascii(name).split())


def is_given(word: str, language: str) -> bool:
    """Whether a word is a given name of the language's table."""
    table = people(language)
    return table is not None and table.first(word) is not None


# Cyrillic


def _cyrillic(name: str, language: str) -> str:
    table = people(language)
    words = _without_patronymic(nominative(name, language).split(), language)
    home = "ukrainian" if language == "uk" else "russian"
    if table is None or not words:
        return name
    if len(words) == 1:
        return _cyrillic_word(words[0], table, home if _homely(words[0], home) else "other", alone=True)
    first = table.first(words[0]) or table.first(words[0].split("-")[0])
    scheme = first.group if first is not None else home if _homely(words[-1], home) else "other"
    given = [first.latin if first is not None and table.first(words[0]) else _cyrillic_word(words[0], table, scheme)]
    return " ".join(given + [_cyrillic_word(word, table, scheme) for word in words[1:]])


def _homely(family: str, home: str) -> bool:
    """Whether a family name ends as those of the country do."""
    return family.lower().endswith(tuple(_tables()["families"][home]))


def _without_patronymic(words: list[str], language: str) -> list[str]:
    endings = tuple(_tables()["patronymics"]["ukrainian" if language == "uk" else "russian"])
    return [w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and w.lower().endswith(endings))]


def _cyrillic_word(word: str, table: People, scheme: str, alone: bool = False) -> str:
    """One word or its hyphenated parts; families of elsewhere by their list."""
    known = table.last(word) or (table.first(word) if alone else None)
    if known is not None and (alone or scheme not in ("russian", "ukrainian", "polish")):
        return known.latin
    if not alone and (given := table.first(word)) is not None:
        return given.latin
    if 1 < len(word) <= _SHOUTED and word.isupper():
        return _by_letters(word, scheme).upper()
    return "-".join(_capital(_by_letters(part, scheme)) for part in word.split("-"))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@lru_cache(maxsize=1 << 14)
def _by_letters(word: str, scheme: str) -> str:
    rules = _tables()["cyrillic"][scheme]
    rest = word.lower().replace("’", "'").replace("ʼ", "'")
    tail = ""
    for ending in sorted(rules.get("end", {}), key=len, reverse=True):
        if rest.endswith(ending) and len(rest) > len(ending) + 1:
            rest, tail = rest[: -len(ending)], rules["end"][ending]
            break
    out: list[str] = []
    i = 0
    while i < len(rest):
        size, latin = _group(rest, i, rules)
        out.append(latin)
        i += size
    return "".join(out) + tail


def _group(word: str, i: int, rules: dict[str, dict[str, str]]) -> tuple[int, str]:
    """(letters read, Latin letters) at `i`."""
    if i == 0:
        for start in sorted(rules.get("start", {}), key=len, reverse=True):
            if word.startswith(start):
                return len(start), rules["start"][start]
    for size in (3, 2):
        if (group := word[i : i + size]) in rules.get("groups", {}):
            return size, rules["groups"][group]
    if i and word[i] in rules.get("vowel", {}) and word[i - 1] in "аеёиоуыэюяіїєьъ'":
        return 1, rules["vowel"][word[i]]
    return 1, rules["letters"].get(word[i], word[i])


@lru_cache(maxsize=1 << 14)
def nominative(name: str, language: str) -> str:
    """A Cyrillic name in its basic form, as far as its given name tells that it stands in another case."""
    words, table = name.split(), people(language)
    if len(words) < 2 or table is None or table.first(words[0]) is not None:
        return name
    base = _given_base(words[0], table)
    if base is None or base[1].gender is None:
        return name
    gender = base[1].gender
    return " ".join([base[0], *(_surname_base(word, gender) for word in words[1:])])


def _given_base(word: str, table: People) -> tuple[str, Known] | None:
    for gender in ("m", "f"):
        endings = _tables()["cases"]["given"][gender]
        for ending in sorted(endings, key=len, reverse=True):
            if not word.endswith(ending):
                continue
            for basic in endings[ending]:
                stem = word[: -len(ending)] + basic
                known = next((k for k in table.given.get(fold_word(stem), ()) if k.gender == gender), None)
                if known is not None:
                    return stem, known
    return None


def _surname_base(word: str, gender: str) -> str:
    cases = _tables()["cases"]["surname"]
    for ending in sorted(cases[gender], key=len, reverse=True):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + str(cases[gender][ending])
    if gender == "f":
        return word
    for kind in ("consonant", "softened"):
        for ending in sorted(cases[kind], key=len, reverse=True):
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) > 2 and (stem[-1] not in "аеёиоуыэюяьйіїє") == (kind == "consonant"):
                return stem + str(cases[kind][ending])
    return word


# Arabic and Persian


def _arabic(name: str, language: str) -> str:
    table = people(language)
    if table is None:
        return name
    words = _compounds(name.split())
    known = table.first(words[0])
    western = known is not None and known.group == "western" and len(words) > 1
    western = western or not any(table.knows(word) or word.startswith((_ARTICLE, _HOUSE)) for word in words)
    western = western and language == "ar"
    if not western:
        words = _short_arabic(words, table)
    return " ".join(_arabic_word(word, table, language, western, i == 0) for i, word in enumerate(words))


def _compounds(words: list[str]) -> list[str]:
    """«عبد الله» and «صلاح الدين» are one name each, «آل الشيخ» one family."""
    out: list[str] = []
    for word in words:
        if out and (out[-1] in (_SERVANT, _HOUSE) or word in _JOINED):
            out[-1] += " " + word
        else:
            out.append(word)
    return out


def _short_arabic(words: list[str], table: People) -> list[str]:
    """Given name and family: without the fathers between them, where a family name closes the name."""
    closes = words[-1].startswith((_ARTICLE, _HOUSE + " "))
    if len(words) < 3 or not closes:
        return words
    middle = words[1:-1]
    fathers = any(word in _SON for word in middle)
    if fathers or all((known := table.first(word)) is not None and known.gender == "m" for word in middle):
        return [words[0], words[-1]]
    return words


def _arabic_word(word: str, table: People, language: str, western: bool, first: bool) -> str:
    if " " in word:
        return _arabic_pair(word, table, language)
    known = table.first(word)
    if not first and not western:
        known = (known if known is not None and known.group == "native" and known.gender is None else None) or (
            table.last(word) or known
        )
    if known is None:
        known = table.last(word)
    if known is not None:
        return known.latin
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2 and not western:
        rest = word[len(_ARTICLE) :]
        stem = table.last(rest) or table.first(rest)
        return "Al-" + (stem.latin if stem is not None else _capital(_vocalised(rest, language, False)))
    return _derived(word, table) or _capital(_vocalised(word, language, western))


def _arabic_pair(pair: str, table: People, language: str) -> str:
    left, right = pair.split(" ", 1)
    joined = table.first(left + right) or table.last(left + right)
    if joined is not None:
        return joined.latin
    if left == _HOUSE:
        return "Al " + _arabic_word(right, table, language, False, False)
    if left == _SERVANT:
        return "Abdul-" + _arabic_word(right.removeprefix(_ARTICLE), table, language, False, True)
    tail = table.first(right)
    return f"{_arabic_word(left, table, language, False, True)} {tail.latin if tail is not None else right}"


def _derived(word: str, table: People) -> str | None:
    """A family name made of a given name and a known ending («احمدی», «رضازاده»)."""
    folded = fold_word(word)
    for suffix, latin in (table.suffixes or {fold_word("ي"): "i"}).items():
        known = table.given.get(folded[: -len(suffix)]) if folded.endswith(suffix) else None
        if known and known[0].group == "native":
            stem = known[0].latin
            return (stem[:-1] if latin[0] in _VOWELS and stem[-1] in _VOWELS else stem) + latin
    return None


@lru_cache(maxsize=1 << 14)
def _vocalised(word: str, language: str, western: bool) -> str:
    """By letters, with "a" (behind a long a: "i", in Persian "e") put where no vowel is written."""
    tables = _tables()["arabic"]
    tail = ""
    if western:
        for ending in sorted(tables["foreign_end"], key=len, reverse=True):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                word, tail = word[: -len(ending)], tables["foreign_end"][ending]
                break
    letters = tables["letters"] | (tables["western"] if western else tables["persian"] if language == "fa" else {})
    sounds: list[str] = []
    for i, char in enumerate(word.replace("\u200c", "")):
        sound = letters.get(char, "" if unicodedata.combining(char) else char)
        if i == 0:
            sound = tables["start"].get(char, sound)
            sound = "v" if sound == "w" and language == "fa" else sound
        elif i == len(word) - 1:
            sound = tables["end"].get(char, sound) if not (char == "ه" and language == "ar") else sound
        elif char in "ويی" and sounds and sounds[-1][-1:] in _VOWELS:
            sound = {"و": "w", "ي": "y", "ی": "y"}[char]
        if sound:
            sounds.append("" if sound == "a" and sounds and sounds[-1] == "a" else sound)
    sounds = [sound for sound in sounds if sound]
    return _filled(sounds, "e" if language == "fa" else "i", western).replace("tsh", "ch") + tail


def _filled(sounds: list[str], after_long: str, western: bool) -> str:
    out: list[str] = []
    for i, sound in enumerate(sounds):
        out.append(sound)
        if sound[0] in _VOWELS or i + 1 >= len(sounds) or sounds[i + 1][0] in _VOWELS:
            continue
        before_vowel = i > 0 and sounds[i - 1][0] in _VOWELS
        last = i + 2 >= len(sounds)
        cluster = not last and sounds[i + 2][0] not in _VOWELS
        if western:
            out.append("e" if last and sounds[i + 1] in _SONANTS else "")
        elif i == 0 or (before_vowel and last) or cluster:
            out.append(after_long if before_vowel and last and sounds[i - 1] == "a" else "a")
    return "".join(out)


# Chinese


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
        return (
            f"{known.latin if known is not None else _capital(_pinyin(word[:size]))} {_capital(_pinyin(word[size:]))}"
        )
    return _chinese_word(word, table)


def _chinese_word(word: str, table: People) -> str:
    known = table.first(word)
    return known.latin if known is not None else _capital(_pinyin(word))


def _pinyin(text: str) -> str:
    from anyascii import anyascii

    return anyascii(text).lower().replace(" ", "")
