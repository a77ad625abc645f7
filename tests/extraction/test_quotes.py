"""Quotes: which marks belong together, which are apostrophes, and where an unclosed quote ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.cues.quotes import quotes
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.pack import load
from sayso.text.tokens import tokenize


def found(lang: str, text: str) -> list[str]:
    tokens = tokenize(text)
    return [tokens.span(q.first, q.last + 1).of(text) for q in quotes(tokens, vocabulary(load(lang)))]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "He said “no” and left.", ["“no”"]),
        ("en", 'He said "no" and "never".', ['"no"', '"never"']),
        ("en", "He said “it was a ‘no’ then”.", ["“it was a ‘no’ then”"]),
        ("en", "He said ''no'' twice.", ["''no''"]),
        ("en", "It's the council's, don't ask.", []),
        ("en", "the voters’ choice and Holt’s", []),
        ("en", "‘We tried,’ she said.", ["‘We tried,’"]),
        ("ar", "قال «نعم» و“لا».", ["«نعم»", "“لا»"]),
        ("ar", 'لـ "الغد" رأي', ['"الغد"']),
        ("ru", "Газета «Заря» и „Слово“.", ["«Заря»", "„Слово“"]),
        ("fr", "Il a dit « non » hier.", ["« non »"]),
        ("fr", "l'été d'après, aujourd'hui", []),
        ("de", "Sie sagte: „Nein“, dann nichts.", ["„Nein“"]),
        ("und", "彼は「はい」と言った。", ["「はい」"]),
        # never closed: to the end of the paragraph, and anew in the next
        ("en", "“One.\n“Two.” Three.", ["“One.", "“Two.”"]),
        # a lost straight mark is none
        ("en", 'A 12" screen is large.', []),
    ],
)
def test_quotes(lang: str, text: str, expected: list[str]) -> None:
    assert found(lang, text) == expected


@given(st.text(alphabet="ab '\"“”«»„‘’\n.,「」", max_size=60), st.sampled_from(["en", "ar", "ru", "de", "und"]))
def test_quotes_stand_in_order_and_apart(text: str, lang: str) -> None:
    tokens = tokenize(text)
    last = -1
    for quote in quotes(tokens, vocabulary(load(lang))):
        assert last < quote.first < quote.last < len(tokens)
        last = quote.last
