"""Bounds: how much the rules read of one text, so that none, however made, takes minutes."""

from __future__ import annotations

from typing import Final

MOST_CUES: Final = 20_000
"""Cues of one text; those behind them are not read. The longest text taken in has one in every 25 characters then,
where news has one in some hundreds."""
MOST_NUMBERS: Final = 20_000
"""Numbers, and expressions of time, that are tried in one text; those behind them are not read."""
