"""Stances: what a cue says of its content, with the negations beside it."""

from __future__ import annotations

from sayso.extraction.cues.hits import Hit
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.text.tokens import Tokens

_TURNED = {"asserts": "denies", "denies": "declines"}
"""What "not" makes of a stance: who does not deny says nothing of it either way."""
_NEAR = 4
"""Words from one verb of "neither confirmed nor denied" to the other."""


def stance_of(tokens: Tokens, words: Vocabulary, hit: Hit) -> str:
    """The stance of a cue as it stands in the text."""
    if hit.cue is None or not hit.negated:
        return "asserts" if hit.cue is None else hit.cue.stance
    if hit.cue.stance == "asserts" and _is_paired(tokens, words, hit):
        return "declines"
    return _TURNED.get(hit.cue.stance, hit.cue.stance)


def is_negative(tokens: Tokens, words: Vocabulary, hit: Hit) -> bool:
    """A "not" stands beside the cue, or is its first word («لم ينف»)."""
    return hit.negated or tokens.forms[hit.head] in words.negating


def _is_paired(tokens: Tokens, words: Vocabulary, hit: Hit) -> bool:
    """A negated verb of denying stands beside a negated one of saying ("neither confirmed nor denied")."""
    forms = tokens.forms
    for i in range(hit.last, min(hit.last + _NEAR, len(forms))):
        if not forms[i][:1].isalpha():
            break
        if forms[i] in words.deniers:
            return any(forms[j] in words.negating for j in range(hit.last, i))
    before = hit.first - 1
    while before > 0 and forms[before] in words.coordinators:
        before -= 1
    negated = any(forms[j] in words.negating for j in range(max(0, before - 2), before))
    return before > 0 and forms[before] in words.deniers and negated
