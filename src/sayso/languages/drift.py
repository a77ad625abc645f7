"""Drift: what tells two tellings of one statement apart beside a pack's negations and modal verbs (drift.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from sayso.languages.toml import read_toml

FILE = Path(__file__).parent / "drift.toml"


class Drift(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of one language; what each list holds stands at the top of the file."""

    negated: list[str]
    possible: list[str]
    shifted: list[str]
    unsure: list[str]


@cache
def tables() -> dict[str, Drift]:
    """Language -> its words."""
    return read_toml(FILE, dict[str, Drift], "no table of what tells tellings apart")


def drift(language: str) -> Drift | None:
    """The words of a language; None where there are none."""
    return tables().get(language)
