"""The background bank: enough sentences per language, all different, in the language they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso.models
from sayso.languages.detect import detect
from sayso.text.folding import fold_word
from sayso.text.tokens import tokenize

FOLDER = Path(sayso.models.__file__).parent / "background"
LANGUAGES = ("ar", "de", "en", "es", "fr", "ru")
ENOUGH = 200
SHORTEST, LONGEST = 4, 40
"""Words a sentence; Arabic and Russian write articles and auxiliaries into the word or not at all."""
ALIKE = 0.6


def bank(lang: str) -> list[str]:
    return (FOLDER / f"{lang}.txt").read_text(encoding="utf-8").splitlines()


def words(sentence: str) -> frozenset[str]:
    return frozenset(form for form in tokenize(sentence).forms if form.isalnum())


def test_there_is_a_bank_for_every_language_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == list(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_enough_sentences_of_sensible_length(lang: str) -> None:
    sentences = bank(lang)
    assert len(sentences) >= ENOUGH
    assert all(sentence == sentence.strip() for sentence in sentences)
    assert [s for s in sentences if not SHORTEST <= len(s.split()) <= LONGEST] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_stands_twice(lang: str) -> None:
    folded = [" ".join(fold_word(word) for word in sentence.split()) for sentence in bank(lang)]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_sentences_share_most_of_their_words(lang: str) -> None:
    seen = [(sentence, words(sentence)) for sentence in bank(lang)]
    alike = [
        (a, b)
        for i, (a, first) in enumerate(seen)
        for b, second in seen[:i]
        if len(first & second) > ALIKE * min(len(first), len(second))
    ]
    assert alike == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_are_in_their_language(lang: str) -> None:
    found = [detect(sentence) for sentence in bank(lang)]
    assert found.count(lang) >= 0.95 * len(found)
