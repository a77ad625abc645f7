"""Signs: what the packs and the rules know of each token, which the tagger reads beside the words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Attribution, Spans
from sayso.extraction.people.names import token_range

Table = NDArray[np.uint8]

WORDS = (
    "cue word",
    "according phrase",
    "quoted",
    "person or body",
    "pronoun",
    "opens a clause",
    "negation",
    "auxiliary",
)
"""What is true of a token by the pack and the quotation marks."""
ROLES = ("source", "cue", "content")
"""Roles of a token, in the rules' finds as in the tagger's."""
OPENS = ("opens a cue", "opens a content without a cue")
COUNT = len(WORDS) + len(ROLES) + len(OPENS)


def signs(laid: Scene, found: Sequence[Attribution]) -> Table:
    """uint8 (tokens, COUNT), 0 or 1: `WORDS`, then the rules' `ROLES`, then the rules' anchors (`OPENS`)."""
    table = np.zeros((len(laid.tokens), COUNT), np.uint8)
    _by_pack(laid, table)
    for one in found:
        for column, spans in enumerate(_by_role(one), len(WORDS)):
            for span in spans:
                first, last = token_range(laid.tokens, span)
                table[first:last, column] = 1
        anchor = anchor_of(laid, one)
        if anchor is not None:
            table[anchor, COUNT - (2 if one.cue else 1)] = 1
    return table


def _by_role(one: Attribution) -> tuple[Spans, Spans, Spans]:
    return one.source, one.cue, one.content


def _by_pack(laid: Scene, table: Table) -> None:
    for hit in laid.hits:
        table[hit.head : hit.last, 0 if hit.hint.role == "cue" else 1] = 1
    table[:, 2] = [number >= 0 for number in laid.inside]
    words = laid.words
    kinds = (words.nominal, words.pronouns, words.complements.starts(), words.negations, words.auxiliaries)
    for column, known in enumerate(kinds, 3):
        table[:, column] = [form in known for form in laid.tokens.forms]


def parts(laid: Scene, one: Attribution | None, words: NDArray[np.int64]) -> Table:
    """uint8 (len(words), 3): which of the tokens `words` are source, cue and content of one attribution, if any."""
    table = np.zeros((len(words), len(ROLES)), np.uint8)
    for column, spans in enumerate(_by_role(one) if one is not None else ()):
        for span in spans:
            first, last = token_range(laid.tokens, span)
            table[(words >= first) & (words < last), column] = 1
    return table


def anchor_of(laid: Scene, one: Attribution) -> int | None:
    """The token by which an attribution is known: where its cue begins, or without a cue its content."""
    spans = one.cue or one.content
    if not spans:
        return None
    first, last = token_range(laid.tokens, spans[0])
    return first if first < last else None
