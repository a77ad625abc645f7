"""Noise: lines of a page's text that differ without an edit, and how pages tell a correction (noise.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from sayso.errors import PackError
from sayso.languages.toml import read_toml

FILE = Path(__file__).parent / "noise.toml"
NUMBER = "{n}"
"""Stands for a number in `counters`."""
ARTICLE = "{article}"
"""Stands for each of `article` in the lists that tell of notes."""


class NoiseExamples(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Native examples, run as tests; `ways`: further notes; `text`: lines of an article that look like noise."""

    time_lines: list[str]
    counters: list[str]
    invites: list[str]
    walls: list[str]
    also: list[str]
    notes: list[str]
    ways: list[str]
    updates: list[str]
    text: list[str]


class Noise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of one language; what each list holds, and what … and : at an end mean, stands at the top of the file."""

    published: list[str]
    updated: list[str]
    now: list[str]
    around: list[str]
    counters: list[str]
    invites: list[str]
    walls: list[str]
    also: list[str]
    article: list[str]
    notes: list[str]
    editors: list[str]
    corrected: list[str]
    mistakes: list[str]
    updates: list[str]
    examples: NoiseExamples


@cache
def tables() -> dict[str, Noise]:
    """Language -> its words. Raises PackError on a list that is empty or has a phrase of the wrong form."""
    found = read_toml(FILE, dict[str, Noise], "no table of noise")
    for code, noise in found.items():
        for name in noise.__struct_fields__:
            words = getattr(noise, name)
            if not words:
                raise PackError(FILE.name, f"{code}.{name}", "is empty")
        _check(code, noise)
    return found


def _check(code: str, noise: Noise) -> None:
    """What the shape of the lists does not say."""
    for phrase in (*noise.notes, *noise.updates):
        if not phrase.endswith(("…", ":")):
            raise PackError(FILE.name, code, f"the note {phrase!r} must end with … or :, for a note goes on")
    for phrase in noise.editors:
        if not phrase.endswith(":"):
            raise PackError(FILE.name, code, f"the label {phrase!r} must end with :, for a note stands behind it")
    for phrase in (*noise.walls, *noise.article, *noise.corrected, *noise.mistakes):
        if phrase.endswith(("…", ":")):
            raise PackError(FILE.name, code, f"{phrase!r} must have no … or : at its end")
    lines = (*noise.published, *noise.updated, *noise.counters, *noise.invites, *noise.walls, *noise.also)
    said = (*noise.notes, *noise.editors, *noise.corrected, *noise.mistakes, *noise.updates)
    _check_words(code, lines, NUMBER)
    _check_words(code, (*noise.article, *said), ARTICLE)


def _check_words(code: str, phrases: tuple[str, ...], stands_for: str) -> None:
    """Each phrase holds words, and the name in braces once at most."""
    for phrase in phrases:
        rest = phrase.replace(stands_for, "")
        if not rest.strip("…: ") or phrase.count(stands_for) > 1 or "{" in rest:
            raise PackError(FILE.name, code, f"{phrase!r} holds no words, or more than one {stands_for}")


def noise(language: str) -> Noise | None:
    """The words of a language; None where there are none."""
    return tables().get(language)
