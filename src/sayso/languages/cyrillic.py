"""Cyrillic: personal names in Cyrillic letters as news in English writes them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sayso.languages.people import Known, People, people
from sayso.languages.romanisation import capital, tables
from sayso.text.folding import fold_word

_ACRONYM = 4
_WEST = ("english", "german", "french", "romance", "other")
"""Kinds of given names that families of the text's own country bear too."""
_WRITTEN = ("ru", "uk")
"""Languages whose tables hold names in these letters."""


def cyrillic_name(name: str, language: str, nation: str | None = None) -> str:
    """A person's name in Cyrillic letters, in any case; the given name, or the `nation`, tells how it is spelt."""
    table = people(language)
    words = _without_patronymic(nominative(name, language).split(), language)
    own = tables("news")["respelt"].get(nation) if language == "ru" and nation is not None else None
    if own is not None and len(words) > 1 and words[0] in own["given"]:
        return " ".join([own["given"][words[0]], *(capital(_respelt(word, own)) for word in words[1:])])
    home = "ukrainian" if language == "uk" else "russian"
    if table is None or not words:
        return name
    if len(words) == 1:
        return _cyrillic_word(words[0], table, home if _homely(words[0], home) else "other", alone=True)
    first = table.first(words[0]) or table.first(words[0].split("-")[0])
    scheme = first.group if first is not None else home if _homely(words[-1], home) else "other"
    given = [first.latin if first is not None and table.first(words[0]) else _cyrillic_word(words[0], table, scheme)]
    if scheme in _WEST and _surely_homely(words[-1], home, scheme):
        scheme = home
    return " ".join(given + [_cyrillic_word(word, table, scheme) for word in words[1:]])


def _respelt(word: str, own: dict[str, Any]) -> str:
    """A family name by the letters of its own country."""
    rest = word.lower()
    for old, new in own["letters"].items():
        rest = rest.replace(old, new)
    return _by_letters(rest, own["scheme"])


def _homely(family: str, home: str) -> bool:
    """Whether a family name ends as those of the country do."""
    return family.lower().endswith(tuple(tables("news")["families"][home]))


def _surely_homely(family: str, home: str, scheme: str) -> bool:
    """Whether a family name ends as those of the country do, and none of those that bear the given name's kind."""
    families = tables("news")["families"]
    shared = tuple(families["shared"].get(scheme, ()))
    return family.lower().endswith(tuple(families[f"surely_{home}"])) and not family.lower().endswith(shared)


def _without_patronymic(words: list[str], language: str) -> list[str]:
    endings = tuple(tables("news")["patronymics"]["ukrainian" if language == "uk" else "russian"])
    return [w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and w.lower().endswith(endings))]


def _cyrillic_word(word: str, table: People, scheme: str, alone: bool = False) -> str:
    """One word or its hyphenated parts; families of elsewhere by their list."""
    known = table.last(word) or (table.first(word) if alone else None)
    if known is not None and (alone or scheme not in ("russian", "ukrainian", "polish")):
        return known.latin
    if not alone and (given := table.first(word)) is not None:
        return given.latin
    if 1 < len(word) <= _ACRONYM and word.isupper():
        return _by_letters(word, scheme).upper()
    return "-".join(capital(_by_letters(part, scheme)) for part in word.split("-"))


@lru_cache(maxsize=1 << 14)
def _by_letters(word: str, scheme: str) -> str:
    rules = tables("news")["cyrillic"][scheme]
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
    if i and word[i] in rules.get("vowel", {}) and word[i - 1] in tables("news")["vowels"]:
        return 1, rules["vowel"][word[i]]
    return 1, rules["letters"].get(word[i], word[i])


@lru_cache(maxsize=1 << 14)
def nominative(name: str, language: str) -> str:
    """A Cyrillic name in its basic form, as far as its given name tells that it stands in another case.

    Where the given name may be a woman's, a man's family name that ends in a consonant would have an ending of its own
    («Карла Диас» is no «Карл», «Сергея Черных» is «Сергей»).
    """
    words, table = name.split(), people(language)
    if len(words) < 2 or table is None:
        return name
    known = table.first(words[0])
    manly = words[-1].endswith(tuple(tables("news")["manly"]))
    if known is not None and not (manly and known.gender == "f"):
        return name
    base = _given_base(words[0], table)
    if base is None or base[1].gender is None:
        return name
    gender = base[1].gender
    if (
        gender == "m"
        and words[-1][-1:].lower() not in tables("news")["soft"]
        and _surname_base(words[-1], gender) == words[-1]
        and _is_womans(words[0])
    ):
        return name
    return " ".join([base[0], *(_surname_base(word, gender) for word in words[1:])])


def _is_womans(given: str) -> bool:
    """Whether a given name, as it stands, is a woman's in a language of these letters."""
    found = (table.given.get(fold_word(given), ()) for code in _WRITTEN if (table := people(code)) is not None)
    return any(known.gender == "f" for names in found for known in names)


def _given_base(word: str, table: People) -> tuple[str, Known] | None:
    for gender in ("m", "f"):
        endings = tables("news")["cases"]["given"][gender]
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
    cases = tables("news")["cases"]["surname"]
    for ending in sorted(cases[gender], key=len, reverse=True):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + str(cases[gender][ending])
    if gender == "f":
        return word
    for kind in ("consonant", "softened"):
        for ending in sorted(cases[kind], key=len, reverse=True):
            stem = word[: -len(ending)]
            hard = stem[-1:] not in tables("news")["soft"]
            if word.endswith(ending) and len(stem) > 2 and hard == (kind == "consonant"):
                return stem + str(cases[kind][ending])
    return word
