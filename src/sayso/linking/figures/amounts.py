"""Amounts: values and what they are values of, in words a reader knows; nothing is ever rounded."""

from __future__ import annotations

from typing import Protocol


class Valued(Protocol):
    """Whatever has a figure's value."""

    @property
    def value(self) -> float | int | None:
        """The value, or the lower one of two."""

    @property
    def value_high(self) -> float | int | None:
        """The higher one of two."""

    @property
    def qualifier(self) -> str:
        """What bounds it."""

    @property
    def least(self) -> float | int | None:
        """The least that a vague count says."""


class Measured(Protocol):
    """Whatever tells a quantity."""

    @property
    def unit(self) -> str | None:
        """What is counted."""

    @property
    def scope(self) -> str | None:
        """Where."""

    @property
    def change(self) -> bool:
        """By how much it changed."""


def amount(figure: Valued) -> str:
    """A figure's qualifier and value: "over 296,000", "5 to 7"."""
    if figure.value is None:
        return number(None) if figure.least is None else f"vague, at least {number(figure.least)}"
    value = number(figure.value)
    if figure.value_high is not None:
        value += f" to {number(figure.value_high)}"
    return value if figure.qualifier == "exact" else f"{figure.qualifier} {value}"


def number(value: float | int | None) -> str:
    """A value with its thousands grouped; "no number" for None."""
    if value is None:
        return "no number"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.12f}".rstrip("0").rstrip(".")


def counted(told: Measured) -> str:
    """What a figure counts, wherever: "views", "change of percent", "number"."""
    if not told.change:
        return told.unit or "number"
    return f"change of {told.unit}" if told.unit else "change"


def quantity(told: Measured) -> str:
    """What a figure tells of: "views (X)", "change of percent", "number"."""
    return f"{counted(told)} ({told.scope})" if told.scope else counted(told)
