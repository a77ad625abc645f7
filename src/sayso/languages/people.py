"""People: personal names as each language writes them, with the Latin form of news in English (tables in people/)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import tomli

from sayso.text.folding import fold_word

_FOLDER = Path(__file__).parent / "people"
_GENDERS: dict[str, Literal["m", "f"]] = {"m": "m", "f": "f"}


@dataclass(frozen=True, slots=True)
class Known:
    """A name in Latin letters; `group`: the nation or kind of names it is of; `gender` where it tells one."""

    latin: str
    group: str
    gender: Literal["m", "f"] | None = None


@dataclass(frozen=True, slots=True)
class People:
    """The names of one language. `given` and `surnames` are keyed by folded words, in the order of the file."""

    given: dict[str, tuple[Known, ...]]
    surnames: dict[str, Known]
    suffixes: dict[str, str]
    characters: frozenset[str]
    article: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    """Words that fold to names and are none."""

    def first(self, word: str) -> Known | None:
        """What a given name (or a part of names) is, at its most usual."""
        if word in self.words:
            return None
        found = self.given.get(fold_word(word))
        return found[0] if found else None

    def last(self, word: str) -> Known | None:
        """What a family name is."""
        return self.surnames.get(fold_word(word))

    def knows(self, word: str) -> bool:
        """Whether a word is a given or a family name, also with an article written together with it."""
        bare = next((word[len(article) :] for article in self.article if word.startswith(article)), word)
        return self.first(word) is not None or self.last(word) is not None or self.last(bare) is not None


@cache
def people(language: str) -> People | None:
    """The names of a language; None where it has no table (names in Latin letters need none)."""
    path = _FOLDER / f"{language}.toml"
    return _read(tomli.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


@cache
def given_in_latin() -> frozenset[str]:
    """The given names of all tables as news in English writes them, folded; only those of men or women."""
    tables = (people(path.stem) for path in sorted(_FOLDER.glob("*.toml")))
    known = (one for table in tables if table for found in table.given.values() for one in found)
    names = (one.latin for one in known if one.gender is not None)
    return frozenset(fold_word(name) for name in names)


def _read(data: dict[str, Any]) -> People:
    given: dict[str, list[Known]] = {}
    for group, table in data.items():
        if group in ("surname", "suffix", "single", "article"):
            continue
        genders = {"": table} if all(isinstance(value, str) for value in table.values()) else table
        for gender, names in genders.items():
            for word, latin in names.items():
                given.setdefault(fold_word(word), []).append(Known(latin, group, _GENDERS.get(gender)))
    surnames = {fold_word(word): Known(latin, "surname") for word, latin in data.get("surname", {}).items()}
    return People(
        {word: tuple(known) for word, known in given.items()},
        surnames,
        {fold_word(word): latin for word, latin in data.get("suffix", {}).items()},
        frozenset(data.get("single", {}).get("characters", "")),
        tuple(data.get("article", {}).get("forms", ())),
        frozenset(data.get("article", {}).get("words", ())),
    )
