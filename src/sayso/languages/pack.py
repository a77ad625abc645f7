"""Packs: one language's words, loaded from its TOML file and checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sayso.errors import PackError
from sayso.languages import replies
from sayso.languages.schema import Words
from sayso.languages.toml import read_toml

FOLDER = Path(__file__).parent / "packs"
NEUTRAL = "und"
"""Code of the pack for languages without one: quotation marks, digits and signs, no words."""


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that have a pack, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(code: str) -> Words:
    """The pack of language `code` (its primary subtag: "en-GB" is "en"). Raises PackError."""
    return _load(code.split("-")[0].lower())


def find(code: str) -> Words | None:
    """The pack of language `code`, None when there is none. Raises PackError when it is broken."""
    return load(code) if code.split("-")[0].lower() in available() else None


def find_or_neutral(code: str) -> Words:
    """The pack of language `code`, else the neutral one, of signs that all languages share."""
    return find(code) or load(NEUTRAL)


@cache
def _load(primary: str) -> Words:
    return load_file(FOLDER / f"{primary}.toml")


def load_file(path: Path) -> Words:
    """The pack in one TOML file. Raises PackError naming file, key and reason."""
    words = read_toml(path, Words, f"no such language pack; there are: {', '.join(available())}")
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
    wrong = replies.fault(words.replies)
    if wrong is not None:
        raise PackError(file, "replies", wrong)
