from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.text.samples import texts

from sayso.text.tokens import first_form, forms, forms_of, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Peskov said: “No.”", ["Peskov", "said", ":", "“", "No", ".", "”"]),
        ("don’t l’interview", ["don", "’", "t", "l", "’", "interview"]),
        ("150,000 8.3", ["150", ",", "000", "8", ".", "3"]),
        ("Straße naïve", ["Straße", "naïve"]),
        ("na\u0308ive", ["na\u0308ive"]),
        ("مُحَمَّدٌ قال", ["مُحَمَّدٌ", "قال"]),
        ("می‌شود", ["می‌شود"]),
        ("שָׁלוֹם", ["שָׁלוֹם"]),
        ("नमस्ते दुनिया।", ["नमस्ते", "दुनिया", "।"]),
        ("শান্তি", ["শান্তি"]),
        ("他说好", ["他", "说", "好"]),
        ("👨‍👩‍👧 ❤️👍🏽🇺🇦x", ["👨‍👩‍👧", "❤️", "👍🏽", "🇺🇦", "x"]),
        ("a_b", ["a", "_", "b"]),
        ("24h", ["24h"]),
    ],
)
def test_tokens(text: str, words: list[str]):
    tokens = tokenize(text)
    assert [tokens.word(i) for i in range(len(tokens))] == words


def test_breaks_and_forms():
    tokens = tokenize("One\ntwo three\r\nVIER")
    assert tokens.breaks == [True, True, False, True]
    assert tokens.forms == ["one", "two", "three", "vier"]


@given(texts)
def test_every_character_but_white_space_is_in_exactly_one_token(text: str):
    tokens = tokenize(text)
    covered = [0] * len(text)
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        for i in range(start, end):
            covered[i] += 1
    assert covered == [0 if char.isspace() else 1 for char in text]


@pytest.mark.parametrize("text", ["\xad", "ـ", "\u0651", "a \u200d b"])
def test_no_form_is_empty(text: str):
    assert all(tokenize(text).forms)


@given(texts)
def test_forms_without_places_are_those_of_the_tokens(text: str):
    assert forms(text) == tokenize(text).forms


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("According to", "according"),
        ("L’avis de", "l"),
        ("  Straße", "strasse"),
        ("好人", "好"),
        ("24h", "24h"),
        (" ", None),
    ],
)
def test_the_first_form_of_a_phrase(phrase: str, form: str | None):
    assert first_form(phrase) == form


@given(texts)
def test_the_first_form_is_the_first_of_all_forms(text: str):
    assert first_form(text) == next(iter(forms(text)), None)


@given(st.lists(texts, max_size=4))
def test_forms_of_many_phrases_are_those_of_each(phrases: list[str]):
    assert forms_of(phrases) == [form for phrase in phrases for form in forms(phrase)]
