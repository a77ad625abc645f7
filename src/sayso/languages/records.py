"""Records: what a text of record says of itself: prepared beforehand, or taken down as spoken (records.toml)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from sayso.languages.toml import read_toml
from sayso.text.folding import fold
from sayso.text.span import Span

Record = Literal["as_spoken", "prepared"]

_FRONT = re.compile(r"\A\ufeff?---[^\S\n]*\n(?P<lines>.*?)^---[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^record[^\S\n]*:[^\S\n]*[\"']?(?P<kind>as[ _-]spoken|prepared)[\"']?[^\S\n]*$", re.MULTILINE | re.I)
_LONGEST_FRONT = 4000  # characters
_MARKER = 120  # characters of a line that says nothing else
_FIRST, _LAST = 12, 6  # lines in which markers are looked for


class _Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    prepared: list[str]
    as_spoken: list[str]


def front_matter(text: str) -> Span:
    """The lines between `---` and `---` that open a text; empty where there are none."""
    found = _FRONT.match(text, 0, _LONGEST_FRONT)
    return Span(0, found.end()) if found else Span(0, 0)


def record(text: str) -> Record | None:
    """What the front matter says (`record: prepared`), else what a short line near the beginning or end says."""
    front = front_matter(text)
    told = _KEY.search(text, 0, front.end)
    if told:
        return "prepared" if told["kind"].lower() == "prepared" else "as_spoken"
    lines = [line for line in text[front.end :].splitlines() if line.strip()]
    for line in lines[:_FIRST] + lines[_FIRST:][-_LAST:]:
        if len(line) <= _MARKER and (found := _marks().search(fold(line).text)):
            return "prepared" if found["prepared"] else "as_spoken"
    return None


@cache
def _marks() -> re.Pattern[str]:
    table = read_toml(Path(__file__).parent / "records.toml", _Marks, "no table of texts of record")
    kinds = (("prepared", table.prepared), ("as_spoken", table.as_spoken))
    parts = ("|".join(re.escape(fold(mark).text) for mark in marks) for _, marks in kinds)
    return re.compile("|".join(rf"\b(?P<{kind}>{part})\b" for (kind, _), part in zip(kinds, parts, strict=True)))
