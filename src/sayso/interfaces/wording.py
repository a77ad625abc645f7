"""Wording: values, lengths of time and relations in the words that every page and table shows."""

from __future__ import annotations

import re
from typing import Literal

from sayso.languages import pack
from sayso.languages.replies import ReplyKind
from sayso.linking.comparison.nouns import Standing
from sayso.linking.nouns import Relation

RELATIONS: dict[Relation, str] = {
    "verbatim": "same words",
    "trimmed": "part of the words",
    "paraphrase": "in other words",
    "translation": "translated",
    "changed": "differs",
}
STANDINGS: dict[Standing, str] = {
    "same": "same figure",
    "different": "different figure",
    "compatible": "another figure; both can hold",
    "only": "given once",
}
REPLIES: dict[ReplyKind, str] = {
    "answers": "answers",
    "denies": "denies",
    "rebuts": "argues against it",
    "comments": "comments",
}
TYPES = {"direct": "quoted", "indirect": "reported", "mixed": "partly quoted"}
DATES = {"given": "as given", "metadata": "from the page", "dateline": "from the dateline"}
_DURATION = re.compile(
    r"P(?:(?P<year>[\d.]+)Y)?(?:(?P<month>[\d.]+)M)?(?:(?P<week>[\d.]+)W)?(?:(?P<day>[\d.]+)D)?"
    r"(?:T(?:(?P<hour>[\d.]+)H)?(?:(?P<minute>[\d.]+)M)?(?:(?P<second>[\d.]+)S)?)?"
)


def short(value: float, digits: int = 3) -> str:
    """A value in few characters, rounded to `digits`: 150M, 8.3M, 269K."""
    for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if size <= abs(value) < 1e15:
            return f"{value / size:.{digits}g}{letter}"
    return f"{value:.{digits}g}"


def duration(window: str | None) -> str:
    """An ISO 8601 duration in words; what is no duration stays as it is, None is ""."""
    found = _DURATION.fullmatch(window or "")
    if not window or found is None:
        return window or ""
    parts = [(name, value) for name, value in found.groupdict().items() if value]
    return " ".join(f"{value} {name}{'' if value == '1' else 's'}" for name, value in parts) or window


def language(code: str) -> str:
    """A language's English name, else its code."""
    words = pack.find(code)
    return words.language.name if words else code


def direction(code: str) -> Literal["ltr", "rtl", "auto"]:
    """The direction of a language's script; "auto" leaves it to the first strong character."""
    words = pack.find(code)
    return words.language.direction if words else "auto"
