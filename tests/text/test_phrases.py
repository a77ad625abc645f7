from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.phrases import Phrases
from sayso.text.tokens import Tokens, forms, tokenize

PHRASES = Phrases([("according to", 1), ("according", 2), ("по словам", 3), ("l’avis de", 4), ("وفقا لـ", 5)])

# Few words, so that phrases begin with one another, end alike and are entered twice.
WORDS = ["a", "B", "é", "l’a", "到", "\u0651"]
Entries = list[tuple[str, int]]
entries = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), st.integers(0, 3)),
    max_size=8,
)
lines = st.lists(st.sampled_from([*WORDS, "c"]), max_size=8).map(" ".join)


class Eager:
    """The same table with every phrase cut at once: what each call must give."""

    def __init__(self, entries: Entries) -> None:
        self.phrases: dict[tuple[str, ...], int] = {}
        for phrase, value in entries:
            if words := tuple(forms(phrase)):
                self.phrases.setdefault(words, value)

    def at(self, tokens: Tokens, i: int) -> tuple[int, int] | None:
        found = [words for words in self.phrases if tuple(tokens.forms[i : i + len(words)]) == words]
        longest = max(found, key=len, default=None)
        return None if longest is None else (i + len(longest), self.phrases[longest])

    def before(self, tokens: Tokens, i: int, words: int) -> int | None:
        found = ((start, self.at(tokens, start)) for start in range(max(0, i - words), i))
        return next((start for start, match in found if match is not None and match[0] == i), None)


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


@pytest.mark.parametrize(
    ("text", "end", "words", "start"),
    [
        ("Now according to him", 3, 4, 1),
        # a longer phrase goes on behind it
        ("Now according to him", 2, 4, None),
        ("Now according as", 2, 4, 1),
        # too few words are tried
        ("Now according to him", 3, 1, None),
        ("по словам", 2, 2, 0),
        ("according", 0, 4, None),
        ("to him", 1, 4, None),
    ],
)
def test_the_phrase_before_a_token(text: str, end: int, words: int, start: int | None):
    assert PHRASES.before(tokenize(text), end, words) == start


@given(entries, lines)
def test_phrases_are_cut_when_they_are_first_met_as_if_at_once(entries: Entries, line: str):
    tokens, lazy, eager = tokenize(line), Phrases(entries), Eager(entries)
    assert bool(lazy) == bool(eager.phrases)
    assert lazy.starts() == {words[0] for words in eager.phrases}
    for i in range(len(tokens)):
        assert lazy.at(tokens, i) == eager.at(tokens, i)


@given(entries, lines, st.integers(1, 4))
def test_a_phrase_before_a_token_is_one_that_ends_there(entries: Entries, line: str, words: int):
    tokens, lazy, eager = tokenize(line), Phrases(entries), Eager(entries)
    for i in range(len(tokens) + 1):
        assert lazy.before(tokens, i, words) == eager.before(tokens, i, words)


@given(entries, st.integers(0, 3))
def test_the_first_words_of_phrases_of_a_value(entries: Entries, least: int):
    wanted = {words[0] for phrase, value in entries if value >= least and (words := forms(phrase))}
    assert Phrases(entries).starts_of(lambda value: value >= least) == wanted


def test_an_empty_phrase_matches_nothing():
    assert not Phrases([(" ", 1)])
    assert Phrases([("a b", 1)]).starts() == {"a"}
