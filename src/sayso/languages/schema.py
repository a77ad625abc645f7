"""What a language pack must hold: the same keys in every language, empty where a language has nothing to say.

All words are written as in running text, every inflected form that news uses; they are folded when they are looked up.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.languages.figures import Numbers, Qualifiers, Scopes, Units
from sayso.languages.replies import Replies
from sayso.languages.speech import According, Complements, Cue, Grammar, People, Pronoun
from sayso.languages.times import Times


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`capitals`: what is capitalised inside a sentence. `order`: where the subject stands in reporting clauses."""

    code: str
    name: str
    native: str
    script: str
    direction: Literal["ltr", "rtl"]
    capitals: Literal["names", "nouns", "none"]
    order: Literal["svo", "vso", "sov"]
    proclitics: list[str]
    """Letters written together with the next word that are not part of it (Arabic و, ف)."""
    abbreviations: list[str]
    """Words whose final stop does not end a sentence, written with it."""
    negations: list[str]
    undoing: list[str] = []
    """Words right behind a negation that leave said what it stands by ("not only", „nicht zuletzt“)."""
    modals: list[str]
    """Words that make a fact a possibility ("could", "might")."""


class Quotes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`pairs`: [opening, closing], outer marks first; the same mark twice for marks without a direction."""

    pairs: list[tuple[str, str]]
    insets: bool = False
    """Whether commas inside the marks set the narrator's words apart (« Le pont, a dit Holt, est sûr »)."""


class VoiceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that carry a point of view."""

    hedge: list[str]
    loaded: list[str]
    factive: list[str]


class FigureExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A native example of a figure: `text` with the figure marked {f|…}."""

    text: str
    value: int | float | None = None
    """Left out for vague counts ("dozens")."""
    value_high: int | float | None = None
    unit: str | None = None
    qualifier: str = "exact"
    scope: str | None = None
    window: str | None = None
    change: bool = False


class TimeExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A native example of a time: `text` with the time marked {t|…}, read on the day `published`."""

    text: str
    published: str
    value: str


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Native examples, run as tests. Attributions in `sayso.text.markup` notation (s, c, q)."""

    attributions: list[str]
    figures: list[FigureExample]
    times: list[TimeExample]
    sentences: list[list[str]]
    """Each list: sentences that, joined by one space, must be cut apart again exactly there."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One language pack as written in its TOML file."""

    language: Language
    quotes: Quotes
    cues: list[Cue]
    complements: Complements
    replies: Replies
    according: According
    pronouns: list[Pronoun]
    people: People
    numbers: Numbers
    qualifiers: Qualifiers
    units: Units
    scopes: Scopes
    times: Times
    voice: VoiceWords
    examples: Examples
    grammar: Grammar = Grammar()
