"""Romanisation: how a name sounds, in Latin letters, whatever script it is written in (tables in romanisation.toml)."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import tomli

_FILE = Path(__file__).parent / "romanisation.toml"


@cache
def tables(kind: str = "") -> dict[str, Any]:
    """The tables for sounds, or those of another `kind` ("news": how news in English writes names)."""
    path = _FILE.with_stem(f"{_FILE.stem}_{kind}") if kind else _FILE
    return tomli.loads(path.read_text(encoding="utf-8"))


def capital(word: str) -> str:
    """The word with a capital."""
    return word[:1].upper() + word[1:]


@cache
def _letters() -> dict[int, str]:
    return {ord(char): out for table in tables()["letters"].values() for char, out in table.items()}


@lru_cache(maxsize=1 << 16)
def romanise(word: str) -> str:
    """The word in plain Latin letters, lower case; characters of unknown scripts stay as they are."""
    composed = unicodedata.normalize("NFKC", word).casefold().translate(_letters())
    return "".join(char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> str:
    """How the word sounds, roughly: one letter for one sound, no doubled letters."""
    out = romanise(word)
    for spelling, sound in tables()["sounds"]["steps"]:
        out = out.replace(spelling, sound)
    return "".join(char for i, char in enumerate(out) if i == 0 or char != out[i - 1])


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of `sounds`, those that scripts confuse as one, doubled ones once."""
    classes = tables()["skeleton"]["classes"]
    kept = [classes[char] for char in sounds(word) if char in classes]
    return "".join(char for i, char in enumerate(kept) if i == 0 or char != kept[i - 1])


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """`sounds` without an article written together with the word, where enough of the word is left."""
    out = sounds(word)
    for prefix in tables()["prefixes"]["drop"]:
        if out.startswith(prefix) and len(out) >= len(prefix) + 4 and not word.isascii():
            return out[len(prefix) :]
    return out


@cache
def _endings() -> frozenset[str]:
    return frozenset(ending for endings in tables()["endings"].values() for ending in endings)


@lru_cache(maxsize=1 << 16)
def inflected(a: str, b: str) -> bool:
    """True when two words are one name in two cases: the same stem of at least three letters, then case endings."""
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return any(a[at:] in _endings() and b[at:] in _endings() for at in range(max(3, common - 2), common + 1))
