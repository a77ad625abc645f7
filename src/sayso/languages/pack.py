"""Packs: one language's words, loaded from its TOML file and checked."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from sayso.errors import PackError
from sayso.languages.schema import Words

FOLDER = Path(__file__).parent / "packs"


def available() -> tuple[str, ...]:
    """Codes of the languages that have a pack, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(code: str) -> Words:
    """The pack of language `code` (its primary subtag: "en-GB" is "en"). Raises PackError."""
    return _load(code.split("-")[0].lower())


@cache
def _load(primary: str) -> Words:
    return load_file(FOLDER / f"{primary}.toml")


def load_file(path: Path) -> Words:
    """The pack in one TOML file. Raises PackError naming file, key and reason."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackError(path.name, "file", f"no such language pack; there are: {', '.join(available())}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(path.name, "file", f"not valid TOML: {error}") from None
    try:
        words = msgspec.convert(data, Words)
    except msgspec.ValidationError as error:
        reason, _, key = str(error).partition(" - at ")
        raise PackError(path.name, key.strip("`").removeprefix("$.") or "top", reason) from None
    _check(path.name, words)
    return words


def _check(file: str, words: Words) -> None:
    """What types cannot say: counts, doubles, empty strings."""
    if len(words.times.months) != 12:
        raise PackError(file, "times.months", f"needs 12 lists, has {len(words.times.months)}")
    if len(words.times.weekdays) != 7:
        raise PackError(file, "times.weekdays", f"needs 7 lists (Monday first), has {len(words.times.weekdays)}")
    for i, cue in enumerate(words.cues):
        if not cue.forms or not all(form.strip() for form in cue.forms):
            raise PackError(file, f"cues[{i}].forms", "needs at least one form, none of them empty")
    if not words.quotes.pairs:
        raise PackError(file, "quotes.pairs", "needs at least one pair")
