"""Bounds: how much of one text is read, so that none, however made, takes minutes."""

from __future__ import annotations

from typing import Final

from sayso.errors import SaysoError

MOST_CUES: Final = 20_000
"""The longest text taken in has a cue in every 25 characters then, where news has one in some hundreds."""
MOST_NUMBERS: Final = 30_000
"""Numbers, and expressions of time, that are tried: those of results or prices that fill the longest text."""


class TooMany(SaysoError):
    """A text holds more of something than is read; the message is the rest of a sentence about it."""


def too_many(most: int, what: str) -> TooMany:
    """The error that says it."""
    return TooMany(f"text holds more than {most:,} {what}: split it")
