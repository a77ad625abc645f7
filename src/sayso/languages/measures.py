"""Measures: signs of measures and codes of currencies that are the same in every language (measures.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from sayso.languages.toml import read_toml


class Measures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`codes`: ISO 4217 · `currencies`: code -> signs · `measures`: canonical unit -> signs; all as written."""

    codes: list[str]
    currencies: dict[str, list[str]]
    measures: dict[str, list[str]]


@cache
def measures() -> Measures:
    """The table, read once. Raises PackError."""
    return read_toml(Path(__file__).parent / "measures.toml", Measures, "no table of measures")
