"""Units and bounds: what other vocabularies ask of a figure; codes are those of UN/CEFACT Recommendation 20."""

from __future__ import annotations

import re

from sayso.interfaces import scales
from sayso.linking.comparison import FigureTelling
from sayso.linking.figures import MEASURES

Number = float | int | None

CODES = {
    "percent": "P1",
    "people": "IE",
    "kg": "KGM",
    "tonnes": "TNE",
    "cm": "CMT",
    "m": "MTR",
    "km": "KMT",
    "feet": "FOT",
    "miles": "SMI",
    "hectares": "HAR",
    "acres": "ACR",
    "litres": "LTR",
    "barrels": "BLL",
    "barrels/day": "B1",
    "MW": "MAW",
    "seconds": "SEC",
    "minutes": "MIN",
    "hours": "HUR",
    "days": "DAY",
    "weeks": "WEE",
    "months": "MON",
    "years": "ANN",
}
_LOWEST, _HIGHEST = ("over", "at least"), ("under", "up to", "nearly")
_MONEY = re.compile(r"[A-Z]{3}(/.+)?")


def code(unit: str | None) -> str | None:
    """The common code of a unit, None where there is none: of views, deaths and most of what is counted."""
    return CODES.get(unit or "")


def is_measure(unit: str | None) -> bool:
    """True for lengths, weights, times, shares and money: many quantities of one story may share such a unit."""
    return unit in MEASURES or (unit in CODES and unit != "people") or bool(_MONEY.fullmatch(unit or ""))


def bounds(telling: FigureTelling) -> tuple[Number, Number, Number]:
    """A figure's value, or the lowest and the highest one that its words allow; None where they set none."""
    low, high = (value if scales.number(value) is not None else None for value in (telling.value, telling.value_high))
    if high is not None:
        return None, low, high
    if telling.qualifier in _LOWEST:
        return None, low, None
    return (None, None, low) if telling.qualifier in _HIGHEST else (low, None, None)
