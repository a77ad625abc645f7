"""What a reading finds: Attribution, Figure, Time, Voice. All spans are code points of the version's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.text.span import Span

Type = Literal["direct", "indirect", "mixed"]
Qualifier = Literal["exact", "about", "over", "at least", "nearly", "up to", "under"]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source + cue + content as found in the text (PARC 3.0, PolNeAR); source and cue may be empty."""

    source: Spans
    cue: Spans
    content: Spans
    type: Type
    speaker: str | None = None
    nested_in: int | None = None
    stance: str = "asserts"
    score: float = 0.5
    rule: str = ""
    """What found it: a rule (whose find the tagger confirmed), or the tagger alone."""
    model: str = ""
    """Version of the tagger that judged it; empty where the rules alone read."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as claimed (schema.org QuantitativeValue, Observation): value in base units, never rounded."""

    span: Span
    value: float | int | None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    value_high: float | int | None = None
    scope: str | None = None
    window: str | None = None
    as_of: str | None = None
    asserted_by: str | None = None
    change: bool = False
    """A change ("rose by 5 percent", "doubled") rather than a level ("rose to 5 percent")."""
    least: float | int | None = None
    """The least that a vague count says ("dozens": 24); such a count has no value of its own."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and its TIMEX3-style value."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A word that carries a point of view, and whose: the outlet's or that of attribution `holder`."""

    span: Span
    kind: str
    holder: Literal["outlet"] | int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one version."""

    lang: str
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    voice: tuple[Voice, ...] = ()
