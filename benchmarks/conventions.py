"""Why a row of the recognizers sets cannot be right for sayso: its gold lost a comma, or has another convention.

Every test looks at the text, its language and the two answers; none knows a row by its id. A row belongs to the lost
commas when one of its golds does, to the conventions only when every difference is explained by one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sayso.extraction.numbers.read import number_at
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import lexicon
from sayso.languages.measures import is_measure, kind
from sayso.languages.schema import Words
from sayso.text.span import Span
from sayso.text.tokens import Tokens

_NEAR = 1e-5
_DIGITS = 12
_SMALL = 12  # the largest number that news tells in passing ("two numbers", "a dozen boxes")
_MARKED = re.compile(r"\d+(?:[.,٫]\d+)+")
_CHAIN = re.compile(r"\+?\d+(?:[.\-/ ]\d+)+")
_GLUED = re.compile(r"\d[^\W\d_]")
_OPENS_WITH_ZERO = re.compile(r"[\-/ ]0\d")
_SHARES = {"percent", "percentage points", "basis points", "share"}
_PERIODS = {"seconds", "minutes", "hours", "days", "weeks", "months", "years"}
Value = float | None
Row = dict[str, Any]


def same(a: Value, b: Value) -> bool:
    """Whether two values are one, as the scorer sees it."""
    return a is not None and b is not None and abs(a - b) <= _NEAR * max(1.0, abs(a), abs(b))


@dataclass(frozen=True)
class Case:
    """One row: which set, its text, sayso's answer, and the values that only one side has."""

    name: str
    tokens: Tokens
    words: Words
    answer: Row
    missed: list[Value]
    extra: list[Value]

    @property
    def text(self) -> str:
        return self.tokens.text

    @cached_property
    def view(self) -> View:
        return lexicon(self.words).view(self.tokens)

    @cached_property
    def read(self) -> list[tuple[float, Span]]:
        """Every number that stands in the text, a claim or not, an article that may count one with them."""
        found: list[tuple[float, Span]] = []
        i = 0
        while i < len(self.tokens):
            number = number_at(self.view, i)
            if number is not None and number.value is not None:
                found.append((float(number.value), self.tokens.span(number.first, number.end)))
            elif self.tokens.forms[i] in self.view.lexicon.ones:
                found.append((1.0, self.tokens.span(i, i + 1)))
            i = number.end if number is not None else i + 1
        return found

    def figures(self, value: Value) -> list[Row]:
        """Figures of this value (None: vague counts)."""
        return [one for one in self.answer["figures"] if one["value"] == value or same(one["value"], value)]


def lost(case: Case) -> bool:
    """Whether a gold lost its comma: where decimals have one, it has the digits of what sayso reads and differs from
    that by a power of ten, and the text cannot be read so."""
    if case.words.numbers.decimal != ",":
        return False
    return any(_lost(case.text, a, b) for a in case.missed for b in case.extra if a and b and not same(a, b))


def _lost(text: str, gold: float, ours: float) -> bool:
    if _digits(gold) != _digits(ours) or (gold < 0) != (ours < 0):
        return False
    runs = [run.group() for run in _MARKED.finditer(text)]
    if not runs:
        return ours != int(ours) and gold == int(gold) and abs(gold) > abs(ours)
    readings = [reading for run in runs for reading in _readings(run)]
    scales = [abs(ours) / reading for reading in readings if reading and _digits(reading) == _digits(ours)]
    return not any(same(abs(gold), reading * scale) for reading in readings for scale in scales if _round(scale))


def _digits(value: float) -> str:
    """The digits of a value without sign, point and the zeros around them."""
    return re.sub(r"\D", "", f"{abs(value):.{_DIGITS}g}".split("e")[0]).strip("0")


def _round(scale: float) -> bool:
    """Whether a scale is one, or a power of ten that a word for it may say."""
    return scale >= 1 and set(f"{scale:.0f}") <= {"0", "1"}


def _readings(run: str) -> list[float]:
    """What digits with marks may say: the last mark decimal, or all of them between groups of three."""
    groups, marks = re.split(r"[.,٫]", run), set(re.findall(r"[.,٫]", run))
    whole = [float("".join(groups))] if len(marks) == 1 and all(len(group) == 3 for group in groups[1:]) else []
    return [*whole, float(f"{''.join(groups[:-1])}.{groups[-1]}")]


def convention(case: Case) -> set[str] | None:
    """The names of the conventions that explain all of the row's differences, or None."""
    told = [_missed(case, value) for value in case.missed] + [_extra(case, value) for value in case.extra]
    return {name for name in told if name is not None} if told and None not in told else None


def _missed(case: Case, value: Value) -> str | None:
    """Why sayso gives no figure for what the set calls a number."""
    if value is None:
        return None
    if any(same(figure["value_high"], value) for figure in case.answer["figures"]):
        return "a range is one figure"
    if case.name != "recognizers_number":
        return None
    if value == 0:
        return "zero"
    if any(_part(chain.group(), value) for chain in _CHAIN.finditer(case.text)):
        return "parts of an address, a telephone number or a date"
    spans = [span for number, span in case.read if same(number, value)]
    if any(_dated(case, span) for span in spans):
        return "in a date, an hour or a period"
    small = spans and value == int(value) and 0 < value <= _SMALL
    return "a small count of nothing that is counted" if small else None


def _dated(case: Case, span: Span) -> bool:
    """Whether the number stands in a time that sayso reads, or before a month ("4 May" of no known year)."""
    behind = bisect_left(case.tokens.starts, span.end)
    if case.view.after(behind, case.view.lexicon.months) is not None:
        return True
    return any(Span(*time["span"]).contains(span) for time in case.answer["times"])


def _part(chain: str, value: float) -> bool:
    """Whether the value is one of three parts or more, or one part beside one that opens with a zero."""
    parts = re.findall(r"\d+", chain)
    odd = len(parts) > 2 or _OPENS_WITH_ZERO.search(chain)
    return bool(odd) and any(same(float(part), value) for part in parts)


def _extra(case: Case, value: Value) -> str | None:
    """Why sayso gives a figure for what the set does not."""
    for figure in case.figures(value):
        start, end = figure["span"]
        if figure["unit"] in _PERIODS:
            return "in a date, an hour or a period"
        if figure["value_high"] is not None and any(same(figure["value_high"], gold) for gold in case.missed):
            return "a range is one figure"
        if case.name == "recognizers_number" and _GLUED.search(case.text[start:end]):
            return "letters on the digits"
        if not _asked(case, figure["unit"]):
            return "a quantity of another kind"
    return None


def _asked(case: Case, unit: str | None) -> bool:
    """Whether the set is about figures of this unit."""
    if case.name == "recognizers_number":
        return True
    money = kind((unit or "").split("/")[0]) == "money"
    return money if case.name == "recognizers_currency" else is_measure(unit) and not money and unit not in _SHARES
