"""Money: signs before a number, hundredths and tenths behind it, and what a price is for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.numbers.read import number_at
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import NUMBER

PRICED: Final = {"barrels": "barrel", "tonnes": "tonne", "kg": "kg", "litres": "litre", "m²": "m²", "m³": "m³"}
"""Things that prices are told for -> how a price names one of them."""
_HUNDREDTHS: Final = Decimal(100)
_TWO_DIGITS: Final = 10
_STOPS: Final = frozenset(".,;!?)")


def money_before(view: View, first: int, floor: int) -> tuple[int, str | None]:
    """A currency sign or code right before the number."""
    for start in range(max(floor, first - 3), first):
        found = view.lexicon.money.at(view.tokens, start) or view.lexicon.codes.at(view.tokens, start)
        near = found is not None and found[0] == first and not view.tokens.breaks[first]
        # "A $3m deal" has an article, "A$3m" is Australian.
        apart = first - start > 1 and len(view.tokens.word(start)) == 1 and not view.adjacent(start + 1)
        if found is not None and near and not apart and not view.tokens.word(start).islower():
            return start, found[1]
    return first, None


def with_cents(view: View, found: Quantity) -> Quantity:
    """ "15 dollars and 20 cents", "15 dollars 20": hundredths told behind the money."""
    tokens, lexicon = view.tokens, view.lexicon
    at = found.end + (found.end < len(tokens.forms) and tokens.forms[found.end] in lexicon.cent_joiners)
    if at >= len(tokens.forms) or tokens.breaks[at] or found.low is None or found.high is not None:
        return found
    number = number_at(view, at) if lexicon.roles[tokens.forms[at]] & NUMBER else None
    if number is None or number.value is None or number.unit or number.part or not 0 < number.value < _HUNDREDTHS:
        return found
    tenths = view.after(number.end, lexicon.tenths)
    if tenths is not None and number.value < _TWO_DIGITS and found.low == int(found.low):
        return replace(found, end=tenths, low=found.low + number.value / _TWO_DIGITS)
    cents = lexicon.cents.at(tokens, number.end) if number.end < len(tokens.forms) else None
    bare = number.value >= _TWO_DIGITS and (number.end >= len(tokens.forms) or tokens.forms[number.end] in _STOPS)
    if (
        found.low != int(found.low)
        or number.value != int(number.value)
        or not (cents or (bare and found.number.scale == 1))
    ):
        return found
    return replace(found, end=cents[0] if cents is not None else number.end, low=found.low + number.value / _HUNDREDTHS)


def price(view: View, end: int, money: str) -> tuple[int, str]:
    """(end, unit) with what a price is for: "$80 a barrel" is USD/barrel."""
    per = view.after(end, view.lexicon.per)
    thing = view.lexicon.things.at(view.tokens, per) if per is not None and per < len(view.tokens.forms) else None
    if thing is None or thing[1] not in PRICED:
        return end, money
    return thing[0], f"{money}/{PRICED[thing[1]]}"
