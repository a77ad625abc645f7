"""Homonyms: words of a language that are a public figure's family name too (homonyms.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tomli

from sayso.text.folding import fold_word

_FILE = Path(__file__).with_name("homonyms.toml")


@cache
def homonyms(language: str) -> frozenset[str]:
    """Folded words of a language that alone are no name of a public figure; none for a language without a list."""
    return frozenset(map(fold_word, _table().get(language, [])))


@cache
def _table() -> dict[str, list[str]]:
    return tomli.loads(_FILE.read_text(encoding="utf-8"))
