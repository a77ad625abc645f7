"""Callings: which words for roles may be said of one person (English; table in callings.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tomli

_FILE = Path(__file__).with_name("callings.toml")


@cache
def _table() -> tuple[frozenset[str], frozenset[frozenset[str]]]:
    data = tomli.loads(_FILE.read_text(encoding="utf-8"))
    pairs = (frozenset((wide, narrow)) for wide, narrows in data["covers"].items() for narrow in narrows)
    return frozenset(data["anyone"]), frozenset(pairs)


def of_anyone(calling: str) -> bool:
    """Whether texts call people of unknown callings by this word, to vary a name ("the politician")."""
    return calling in _table()[0]


def may_be_one(a: str, b: str) -> bool:
    """Whether one person may be called by both words ("minister" and "official", not "minister" and "doctor")."""
    return a == b or frozenset((a, b)) in _table()[1]
