"""Noise: lines of a page's text that differ without an edit, and how notes of correction begin (noise.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from sayso.errors import PackError
from sayso.languages.toml import read_toml

FILE = Path(__file__).parent / "noise.toml"
NUMBER = "{n}"
"""Stands for a number in `counters`."""


class NoiseExamples(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Native examples, run as tests; `text`: lines of an article that look like noise but are none."""

    time_lines: list[str]
    counters: list[str]
    invites: list[str]
    walls: list[str]
    also: list[str]
    notes: list[str]
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
    notes: list[str]
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
    for phrase in noise.walls:
        if phrase.endswith(("…", ":")):
            raise PackError(FILE.name, code, f"the wall {phrase!r} must be a whole line, without … or : at its end")
    lines = (*noise.published, *noise.updated, *noise.counters, *noise.invites, *noise.walls, *noise.also)
    for phrase in (*lines, *noise.notes, *noise.updates):
        if not phrase.strip("…: ") or phrase.count(NUMBER) > 1 or "{" in phrase.replace(NUMBER, ""):
            raise PackError(FILE.name, code, f"{phrase!r} holds no words, or more than one {NUMBER}")


def noise(language: str) -> Noise | None:
    """The words of a language; None where there are none."""
    return tables().get(language)
