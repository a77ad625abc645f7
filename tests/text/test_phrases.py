from __future__ import annotations

import pytest

from sayso.text.phrases import Phrases
from sayso.text.tokens import tokenize

PHRASES = Phrases([("according to", 1), ("according", 2), ("по словам", 3), ("l’avis de", 4), ("وفقا لـ", 5)])


@pytest.mark.parametrize(
    ("text", "start", "found"),
    [
        ("According to him", 0, (2, 1)),
        ("ACCORDING as", 0, (1, 2)),
        ("according\nto", 0, (2, 1)),
        ("Так, по словам врача", 2, (4, 3)),
        ("à l'avis de tous", 1, (5, 4)),
        ("to him", 0, None),
        ("accordingly", 0, None),
        ("sums according", 1, (2, 2)),
    ],
)
def test_the_longest_phrase_at_a_token(text: str, start: int, found: tuple[int, int] | None):
    assert PHRASES.at(tokenize(text), start) == found


def test_an_empty_phrase_matches_nothing():
    assert not Phrases([(" ", 1)])
    assert Phrases([("a b", 1)]).starts() == {"a"}
