"""Units and bounds: what other vocabularies ask of a figure; codes are those of UN/CEFACT Recommendation 20."""

from __future__ import annotations

from sayso.interfaces import scales
from sayso.linking.comparison.nouns import FigureTelling

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


def code(unit: str | None) -> str | None:
    """The common code of a unit, None where there is none: of views, deaths and most of what is counted."""
    return CODES.get(unit or "")


def bounds(telling: FigureTelling) -> tuple[Number, Number, Number]:
    """A figure's value, or the lowest and the highest one that its words allow; None where they set none."""
    low, high = (value if scales.number(value) is not None else None for value in (telling.value, telling.value_high))
    if high is not None:
        return None, low, high
    if telling.value is None:
        return None, scales.number(telling.least) and telling.least, None
    if telling.qualifier in _LOWEST:
        return None, low, None
    return (None, None, low) if telling.qualifier in _HIGHEST else (low, None, None)
