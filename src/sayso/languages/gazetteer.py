"""Gazetteer: public figures and bodies, how each language writes them, and the offices they held."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from sayso.errors import PackError
from sayso.languages.toml import read_toml
from sayso.text.tokens import forms as folded_forms

FILE = Path(__file__).parent / "gazetteer.toml"
MORE = tuple(FILE.with_name(f"gazetteer_{part}.toml") for part in ("bodies", "people"))
"""Files of entries alone; their offices are of the titles, places and bodies of the first."""
REQUIRED = ("en", "ar", "ru", "fr", "de", "es")
"""Languages in which every entry, title and place must be named."""
_ACRONYM = 4
"""Names of so few letters must be written alike, capitals included: "UN" is not the French "un"."""
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_MIXED = re.compile(r"(?=\w*[a-zA-Z])(?=\w*[а-яёА-ЯЁ])\w+")

Names = dict[str, list[str]]


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office held from year `since` to year `until`; a missing `until`: still held, or not known."""

    title: str
    of: str | None = None
    since: int | None = None
    until: int | None = None

    def held(self, year: int) -> bool:
        """Whether the office was held in some part of `year`, as far as is known."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person or a body. `name` is canonical (English); `names`: language -> spellings, most usual first.

    `short`: the word of a person's full names that may stand alone.
    """

    name: str
    kind: Literal["person", "body"]
    names: Names
    offices: list[Office] = []
    short: Literal["last", "first", "none"] = "none"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    titles: dict[str, Names] = {}
    places: dict[str, Names] = {}
    entries: list[Entry] = []


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All entries, and the tables that find them."""

    entries: tuple[Entry, ...]
    titles: dict[str, Names]
    places: dict[str, Names]
    _owners: dict[str, frozenset[str]]
    _entries: dict[str, Entry]

    def by_name(self, form: str) -> Entry | None:
        """The entry that `form` names in any language; None when it is not known or shared ("Clinton")."""
        owners = self._owners.get(_key(form.strip()), frozenset())
        return self._entries[next(iter(owners))] if len(owners) == 1 else None

    def holders(self, title: str, of: str | None, year: int) -> tuple[Entry, ...]:
        """Entries that held office `title` of `of` (both canonical) in `year`, as far as is known."""
        wanted = (title, of)
        return tuple(e for e in self.entries if any((o.title, o.of) == wanted and o.held(year) for o in e.offices))

    def roles(self, entry: Entry, language: str, year: int | None = None) -> tuple[str, ...]:
        """Words for the offices of `entry` in `language`, all of them or those of one year."""
        held = [office for office in entry.offices if year is None or office.held(year)]
        return tuple(dict.fromkeys(word for office in held for word in self.titles[office.title].get(language, [])))

    def place(self, of: str, language: str) -> tuple[str, ...]:
        """Names in `language` of what an office is of: a country or a body."""
        body = self._entries.get(of)
        return tuple((body.names if body is not None else self.places.get(of, {})).get(language, []))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with sayso. Raises PackError."""
    return load_file(FILE, MORE)


@lru_cache(maxsize=1 << 14)
def by_name(form: str) -> Entry | None:
    """The public figure or body that `form` names in any language, or None (see Gazetteer.by_name)."""
    return gazetteer().by_name(form)


def load_file(path: Path, more: Iterable[Path] = ()) -> Gazetteer:
    """The gazetteer in one TOML file, and more entries of others. Raises PackError naming file, key and reason."""
    found = read_toml(path, _File, "no such gazetteer")
    for other in more:
        found.entries.extend(read_toml(other, _File, "no such gazetteer").entries)
    for key, reason in _faults(found):
        raise PackError(path.name, key, reason)
    entries = {entry.name: entry for entry in found.entries}
    return Gazetteer(tuple(found.entries), found.titles, found.places, _owners(found.entries), entries)


def _faults(file: _File) -> Iterator[tuple[str, str]]:
    """(key, reason) of everything that types cannot say, in the order of the file."""
    for table, words in (("titles", file.titles), ("places", file.places)):
        for name, names in words.items():
            yield from _name_faults(f"{table}.{name}", names)
    seen: set[str] = set()
    bodies = {entry.name for entry in file.entries if entry.kind == "body"}
    for entry in file.entries:
        key = f"entries[{entry.name}]"
        if entry.name in seen:
            yield key, "stands twice"
        seen.add(entry.name)
        if entry.name not in entry.names.get("en", []):
            yield f"{key}.names.en", "must hold the canonical name"
        yield from _name_faults(f"{key}.names", entry.names)
        for office in entry.offices:
            yield from _office_faults(f"{key}.offices", office, file, bodies)


def _name_faults(key: str, names: Names) -> Iterator[tuple[str, str]]:
    for language in REQUIRED:
        if not names.get(language):
            yield f"{key}.{language}", "needs at least one name"
    for language, forms in names.items():
        for form in forms:
            if not form.strip() or form != form.strip():
                yield f"{key}.{language}", f"{form!r} is empty or has white space around it"
            if not form.isascii() and _MIXED.search(form):
                yield f"{key}.{language}", f"{form!r} mixes Latin and Cyrillic letters in one word"
        if len(set(forms)) < len(forms):
            yield f"{key}.{language}", "holds a name twice"


def _office_faults(key: str, office: Office, file: _File, bodies: set[str]) -> Iterator[tuple[str, str]]:
    if office.title not in file.titles:
        yield key, f"title {office.title!r} is not in [titles]"
    if office.of is not None and office.of not in file.places and office.of not in bodies:
        yield key, f"{office.of!r} is neither in [places] nor a body"
    if office.since is not None and office.until is not None and office.until < office.since:
        yield key, f"{office.title!r} ends in {office.until}, before it begins in {office.since}"


def _owners(entries: Iterable[Entry]) -> dict[str, frozenset[str]]:
    """Key -> canonical names of those it may mean; names of several words win over single ones of the same key."""
    full: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for entry in entries:
        for form in (form for forms in entry.names.values() for form in forms):
            words = form.split()
            (full if len(words) > 1 else short).setdefault(_key(form), set()).add(entry.name)
            if len(words) > 1 and entry.short != "none":
                word = words[-1] if entry.short == "last" else words[0]
                short.setdefault(_key(word), set()).add(entry.name)
    return {key: frozenset(names) for key, names in (short | full).items()}


@lru_cache(maxsize=1 << 14)
def _key(form: str) -> str:
    """Folded words of a name, without marks, hyphens and Latin accents; an acronym of a script with case as it is."""
    if len(form) <= _ACRONYM and form.lower() != form.upper():
        return f"={form}"
    return " ".join(_unaccented(word) for word in folded_forms(form) if any(c.isalnum() for c in word))


def _unaccented(word: str) -> str:
    """A folded word without Latin accents; other scripts keep their marks, which are letters there."""
    if word.isascii():
        return word
    return word.translate(_BARE)


class _Bare(dict[int, str]):
    """What each character is without a Latin accent, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        latin = char < "\u0250" or "\u1e00" <= char <= "\u1eff"
        bare = self[code] = (unicodedata.normalize("NFD", char)[0] if latin else char).translate(_PLAIN)
        return bare


_BARE = _Bare()
