"""Order: all that can find the attribution of a cue, in the order in which they are tried; the first that fits wins."""

from __future__ import annotations

from sayso.extraction.rules.according import according
from sayso.extraction.rules.found import Rule
from sayso.extraction.rules.last import verb_last
from sayso.extraction.rules.nominal import before_it, noun
from sayso.extraction.rules.quoted import quote_after, quote_before
from sayso.extraction.rules.reported import about, bare, clause, colon, infinitive, parenthesis, tail

RULES: tuple[Rule, ...] = (
    noun,
    verb_last,
    before_it,
    parenthesis,
    quote_before,
    clause,
    quote_after,
    tail,
    colon,
    infinitive,
    bare,
    about,
)

PHRASE_RULES: tuple[Rule, ...] = (according,)
"""For hints that are no cues."""
