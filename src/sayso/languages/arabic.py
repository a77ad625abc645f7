"""Arabic: personal names in Arabic letters as news in English writes them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from sayso.languages.people import People, people
from sayso.languages.romanisation import capital, tables
from sayso.text.folding import fold_word

_VOWELS = frozenset("aeiou")
_SONANTS = frozenset("rln")
_TRADE = 4
_ROOT = 3
_FOUR = 4
_SECOND = re.compile(r"([^aeiou]+a)([^aeiouh])(a[^aeiou]+i?)")


def parts() -> dict[str, Any]:
    """Words and letters that names are put together with."""
    return dict(tables("news")["arabic_parts"])


def arabic_name(name: str, language: str) -> str:
    """A person's name in Arabic letters; `language` tells Persian from Arabic."""
    table = people(language)
    if table is None:
        return name
    words = _compounds(name.split())
    known = table.first(words[0])
    western = known is not None and known.group == "western" and len(words) > 1
    western = western or not any(
        table.knows(word) or word.startswith((parts()["article"], parts()["house"])) for word in words
    )
    western = western and language == "ar"
    if not western:
        words = _short_arabic(words, table)
    return " ".join(_arabic_word(word, table, language, western, i == 0) for i, word in enumerate(words))


def _compounds(words: list[str]) -> list[str]:
    """«عبد الله» and «صلاح الدين» are one name each, «آل الشيخ» one family."""
    out: list[str] = []
    for word in words:
        if out and (out[-1] in (parts()["servant"], parts()["house"]) or word in parts()["joined"]):
            out[-1] += " " + word
        else:
            out.append(word)
    return out


def _short_arabic(words: list[str], table: People) -> list[str]:
    """Given name and family: without the fathers between them, where a family name closes the name."""
    closes = words[-1].startswith((parts()["article"], parts()["house"] + " "))
    if len(words) < 3 or not closes:
        return words
    middle = words[1:-1]
    fathers = any(word in parts()["sons"] for word in middle)
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
    if word.startswith(parts()["article"]) and len(word) > len(parts()["article"]) + 2 and not western:
        rest = word[len(parts()["article"]) :]
        stem = table.last(rest) or table.first(rest)
        return "Al-" + (
            stem.latin if stem is not None else capital(_doubled(rest, _vocalised(rest, language, False), language))
        )
    spelt = _vocalised(word, language, western)
    return _derived(word, table) or capital(spelt if first or western else _doubled(word, spelt, language))


def _arabic_pair(pair: str, table: People, language: str) -> str:
    left, right = pair.split(" ", 1)
    joined = table.first(left + right) or table.last(left + right)
    if joined is not None:
        return joined.latin
    if left == parts()["house"]:
        return "Al " + _arabic_word(right, table, language, False, False)
    if left == parts()["servant"]:
        return "Abdul-" + _arabic_word(right.removeprefix(parts()["article"]), table, language, False, True)
    tail = table.first(right)
    return f"{_arabic_word(left, table, language, False, True)} {tail.latin if tail is not None else right}"


def _doubled(word: str, spelt: str, language: str) -> str:
    """A family named after a trade doubles its second consonant, which no letter tells («صراف»; Persian «عطاری»)."""
    bare = word.removesuffix(parts()["nisba"]).removesuffix(parts()["persian_nisba"]) if language == "fa" else word
    if len(bare) != _TRADE or bare[2] != parts()["long"] or not (match := _SECOND.fullmatch(spelt)):
        return spelt
    return match[1] + 2 * match[2] + match[3]


def _derived(word: str, table: People) -> str | None:
    """A family name made of a given name and a known ending («احمدی», «رضازاده»)."""
    folded = fold_word(word)
    for suffix, latin in (table.suffixes or {fold_word(parts()["nisba"]): "i"}).items():
        known = table.given.get(folded[: -len(suffix)]) if folded.endswith(suffix) else None
        if known and known[0].group == "native":
            stem = known[0].latin
            return (stem[:-1] if latin[0] in _VOWELS and stem[-1] in _VOWELS else stem) + latin
    return None


@lru_cache(maxsize=1 << 14)
def _vocalised(word: str, language: str, western: bool) -> str:
    """By letters, with "a" (behind a long a: "i", in Persian "e") put where no vowel is written."""
    rules = tables("news")["arabic"]
    ends = rules["foreign_end"] if western else {}
    ending = max((e for e in ends if word.endswith(e) and len(word) > len(e) + 1), key=len, default="")
    word = word.removesuffix(ending) if ending else word
    letters = rules["letters"] | (rules["western"] if western else rules["persian"] if language == "fa" else {})
    sounds: list[str] = []
    for i in range(len(word)):
        sound = _sound(word, i, letters, language, sounds)
        if sound and not (sound == "a" and sounds and sounds[-1] == "a"):
            sounds.append(sound)
    if language == "ar" and not western:
        sounds = _with_diphthong(word, sounds)
        sounds = sounds if word.endswith(parts()["trade"]) else _with_four(sounds)
    spelt = _filled(sounds, "e" if language == "fa" else "i", western).replace("tsh", "ch")
    return spelt + (ends[ending] if ending else "")


def _with_diphthong(word: str, sounds: list[str]) -> list[str]:
    """The one long i between two consonants is rather "ai" («الخيل», «القيسي»)."""
    root = word.removesuffix(parts()["nisba"]) if len(word) > _ROOT else word
    return [sounds[0], "ai", *sounds[2:]] if len(root) == _ROOT and sounds[1:2] == ["i"] else sounds


def _with_four(sounds: list[str]) -> list[str]:
    """Four consonants in a row are two closed syllables («العسكري», «الخزرجي»)."""
    root = sounds[:-1] if sounds[-1][0] in _VOWELS else sounds
    if len(root) != _FOUR or any(sound[0] in _VOWELS for sound in root[1:]):
        return sounds
    opening = root[0] if root[0][0] in _VOWELS else root[0] + "a"
    return [opening + root[1] + root[2] + "a" + root[3], *sounds[_FOUR:]]


def _sound(word: str, i: int, letters: dict[str, str], language: str, before: list[str]) -> str:
    """What the letter at `i` is in Latin."""
    rules, char = tables("news")["arabic"], word[i]
    if unicodedata.combining(char) or not char.isprintable():
        return ""
    sound = str(letters.get(char, char))
    if i == 0:
        sound = str(rules["start"].get(char, sound))
        return "v" if sound == "w" and language == "fa" else sound
    if i == len(word) - 1:
        return sound if char == parts()["mute"] and language == "ar" else str(rules["end"].get(char, sound))
    if char in parts()["glides"] and before and before[-1][-1:] in _VOWELS:
        return str(parts()["glides"][char])
    return sound


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
