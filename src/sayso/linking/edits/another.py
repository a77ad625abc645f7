"""Another: whether a text that came where an article stood is another one, and no edit of it."""

from __future__ import annotations

from typing import Final

from sayso.text.tokens import tokenize

RUN: Final = 4
"""Words in a row (characters, where a script has no spaces) that two texts share or do not."""
LEAST: Final = 0.02
"""Share of the shorter text's runs that an edit leaves, at least. Unlike texts of one outlet share less in 99 of 100
cases; planted edits leave 78 in 100 runs and more, and a text of which two sentences stay keeps as much as this in 96
of 100 cases (benchmarks/another.py)."""
FEWEST: Final = 30
"""Runs below which a text is too short to be told from an edit: first lines that a whole article takes the place of."""

Runs = frozenset[tuple[str, ...]]


def is_another(before: str, after: str) -> bool:
    """Whether `after` shares almost nothing with `before`, which stood at the same address."""
    if before == after:
        return False
    one, other = runs(before), runs(after)
    shorter = min(len(one), len(other))
    return shorter >= FEWEST and len(one & other) < LEAST * shorter


def runs(text: str) -> Runs:
    """The runs of folded words, marks left out."""
    forms = [form for form in tokenize(text).forms if form[0].isalnum()]
    return frozenset(zip(*(forms[k:] for k in range(RUN)), strict=False))
