"""Measures: what each is of; their signs and the codes of currencies, the same in every language (measures.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from sayso.languages.toml import read_toml


class Measures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`codes`: ISO 4217 · `kinds`: what is measured -> units · `currencies`: code -> signs · `measures`: canonical
    unit -> signs; all as written."""

    codes: list[str]
    kinds: dict[str, list[str]]
    currencies: dict[str, list[str]]
    measures: dict[str, list[str]]


_STEADY: Final = frozenset({"length", "mass", "time", "strength", "points"})


@cache
def measures() -> Measures:
    """The table, read once. Raises PackError."""
    return read_toml(Path(__file__).parent / "measures.toml", Measures, "no table of measures")


def kind(unit: str | None) -> str | None:
    """What a unit measures: "length", "money" (also of a price, "USD/barrel"); None for what is counted."""
    if unit is None:
        return None
    return _kinds().get(unit) or ("money" if unit.split("/")[0] in _money() else None)


def is_measure(unit: str | None) -> bool:
    """True for lengths, weights, times, shares and money: many quantities of one story may share such a unit."""
    return kind(unit) is not None


def is_steady(unit: str | None) -> bool:
    """True for what stays what it is; whatever else is counted, measured or priced moves from day to day."""
    return kind(unit) in _STEADY


@cache
def _kinds() -> dict[str, str]:
    return {unit: name for name, units in measures().kinds.items() for unit in units}


@cache
def _money() -> frozenset[str]:
    return frozenset(measures().codes) | frozenset(measures().currencies)
