"""Dated: months that stand in a date, and so are no part of a name."""

from __future__ import annotations

from functools import cache

from sayso.extraction.words.vocabulary import Vocabulary
from sayso.text.folding import fold_word
from sayso.text.tokens import Tokens


def is_in_date(tokens: Tokens, words: Vocabulary, i: int) -> bool:
    """Whether the month at `i` has a day or a year beside it ("4 May", "May 2026"), or stands before "Day"."""
    forms, size = tokens.forms, len(tokens.forms)
    behind = forms[i + 1] if i + 1 < size else ""
    before = next((forms[k] for k in range(i - 1, max(-1, i - 3), -1) if forms[k][:1].isdigit()), "")
    between = forms[i - 1] if i else ""
    near = before == between or between == "." or between in words.prepositions
    return behind[:1].isdigit() or behind in words.time_units or bool(before and near)


@cache
def months(words: Vocabulary) -> frozenset[str]:
    """Folded names of months."""
    return frozenset(fold_word(form) for forms in words.words.times.months for form in forms)
