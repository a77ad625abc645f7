"""Glossary: what the words of roles, crowds, bodies and documents are in English (tables in glossary/)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import tomli

from sayso.text.folding import fold_word
from sayso.text.tokens import forms

_FOLDER = Path(__file__).parent / "glossary"
_ENDING = 6
"""Letters that may stand for a hyphen."""
Kind = Literal["heads", "documents", "modifiers"]
Kinds = Literal[
    "labels",
    "persons",
    "bodies",
    "outlets",
    "either",
    "companies",
    "sources",
    "described",
    "silent",
    "early",
    "kin",
    "pointing",
]
KINDS: tuple[Kind, ...] = ("heads", "documents", "modifiers")


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word or phrase: `words` folded, a final hyphen for any ending, a leading one for any beginning of a compound;
    `english`; what it is in a noun phrase."""

    words: tuple[str, ...]
    english: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words of one language by their first two letters, longer phrases first."""

    table: dict[str, list[Gloss]] = field(default_factory=dict)
    indefinite: frozenset[str] = frozenset()
    definite: tuple[str, ...] = ()
    head_last: bool = False
    same: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    likening: tuple[str, ...] = ()
    relatives: dict[str, str] = field(default_factory=dict)
    tails: tuple[Gloss, ...] = ()
    changing: frozenset[str] = frozenset()
    """`idle`: words that stand where a subject may and name nobody. `likening`: letters for "as" before a word.
    `relatives`: the English of words that mean a relative only where a name follows. `tails`: last parts of compounds,
    the longest first. `changing`: first parts that make the last part another role."""

    def at(self, forms: list[str], first: int, last: int) -> tuple[int, Gloss] | None:
        """(end, gloss) of the longest phrase at `first`; an article written together with a word may be there."""
        best: tuple[int, Gloss] | None = None
        for head in self._bare(forms[first]):
            for gloss in self.table.get(head[:2], ()):
                end = first + len(gloss.words)
                if best is not None and len(gloss.words) <= len(best[1].words):
                    break
                if end <= last and all(self._same(w, forms[first + k]) for k, w in enumerate(gloss.words)):
                    best = end, gloss
                    break
        return best if best is not None or not self.tails else self._compound(forms[first], first + 1)

    def _compound(self, form: str, end: int) -> tuple[int, Gloss] | None:
        """The gloss of a compound's last part („Bahngewerkschaft“), the longest one known."""
        gloss = next((one for one in self.tails if form.endswith(one.words[0]) and form != one.words[0]), None)
        if gloss is None or form.removesuffix(gloss.words[0]) in self.changing:
            return None
        return end, gloss

    def _bare(self, form: str) -> list[str]:
        return [form, *(form[len(d) :] for d in self.definite if form.startswith(d) and len(form) > len(d) + 1)]

    def _same(self, word: str, form: str) -> bool:
        if word.endswith("-"):
            return form.startswith(word[:-1]) and len(form) - len(word) < _ENDING
        return word in self._bare(form) if self.definite else word == form


@cache
def heads(kind: Kinds) -> frozenset[str]:
    """English heads that only tell what kind of body a name is ("newspaper"), or that take up persons or bodies."""
    return frozenset(_english()[kind])


@cache
def _english() -> dict[str, list[str]]:
    return tomli.loads((_FOLDER / "en.toml").read_text(encoding="utf-8"))


def among(match: tuple[int, Gloss] | None, kind: Kinds) -> bool:
    """Whether what was found at a word is one of the heads of a kind."""
    return match is not None and match[1].english in heads(kind)


@cache
def glossary(language: str, definite: tuple[str, ...] = ()) -> Glossary | None:
    """The glossary of a language, None where there is none (as for English); `definite`: articles written together."""
    path = _FOLDER / f"{language}.toml"
    if not path.is_file():
        return None
    data = tomli.loads(path.read_text(encoding="utf-8"))
    table: dict[str, list[Gloss]] = {}
    tails: list[Gloss] = []
    for kind in KINDS:
        for english, phrases in data.get(kind, {}).items():
            for phrase in phrases:
                if phrase.startswith("-"):
                    tails.append(Gloss(_words(phrase[1:]), english, kind))
                    continue
                words = _words(phrase)
                table.setdefault(words[0][:2], []).append(Gloss(words, english, kind))
    for found in table.values():
        found.sort(key=lambda gloss: (-len(gloss.words), gloss.words[0].endswith("-"), -len(gloss.words[0])))
    indefinite = frozenset(fold_word(word) for word in data.get("indefinite", []))
    letters = (*definite, *data.get("prefixes", []))
    same = frozenset(fold_word(word) for word in data.get("same", []))
    idle = frozenset(fold_word(word) for word in data.get("idle", []))
    likening = tuple(map(fold_word, data.get("likening", [])))
    starts = tuple(sorted(letters, key=len, reverse=True))
    relatives = {fold_word(word): english for word, english in data.get("relatives", {}).items()}
    tails.sort(key=lambda gloss: -len(gloss.words[0]))
    head_last = bool(data.get("head_last"))
    changing = frozenset(fold_word(word) for word in data.get("changing", []))
    return Glossary(table, indefinite, starts, head_last, same, idle, likening, relatives, tuple(tails), changing)


def _words(phrase: str) -> tuple[str, ...]:
    """Folded words as a text has them, hyphens at ends kept."""
    out: list[str] = []
    for part in phrase.split():
        folded = forms(part.removesuffix("-"))
        out += [*folded[:-1], folded[-1] + ("-" if part.endswith("-") else "")]
    return tuple(out)
