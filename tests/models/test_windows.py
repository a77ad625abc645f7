"""Windows: all of a text is read, in order, in stretches that fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.models.tagger import Tagger
from sayso.models.windows import LONGEST, Window, windows

PIECES = st.sampled_from(
    ["«Да», ", "сказал ", "قال: ", "she said\n", "他说，", "👩‍👩‍👧 ", "e\u0301 ", "\u202e", "ﷺ", "\n\n", "a.b "]
)


def cut(text: str, sentences: list[int] | None = None) -> list[Window]:
    return list(windows(Tagger().tokenizer, text, sentences or []))


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=80).map("".join) | st.text(max_size=200))
def test_sub_words_stand_in_the_text_in_order(text: str) -> None:
    last = 0
    for window in cut(text):
        assert len(window) <= LONGEST
        assert len(window.ids) == len(window.starts) == len(window.ends)
        for start, end in zip(window.starts[1:-1], window.ends[1:-1], strict=True):
            assert last <= start <= end <= len(text)
            last = max(last, start)


@pytest.mark.parametrize(
    "text", ["Holt said so. " * 200, "他说好。" * 300, "one\n" * 600, "وقال الوزير إن الجسر آمن. " * 100]
)
def test_every_letter_is_read(text: str) -> None:
    read = [False] * len(text)
    for window in cut(text):
        for start, end in zip(window.starts[1:-1], window.ends[1:-1], strict=True):
            read[start:end] = [True] * (end - start)
    assert all(done for done, char in zip(read, text, strict=True) if char.isalnum())


def test_a_paragraph_that_fits_is_not_split() -> None:
    paragraph = "Mira Holt said on Tuesday that the bridge was safe. " * 10
    text = "\n".join([paragraph] * 6)
    starts = {window.starts[1] for window in cut(text)}
    assert starts <= {i * (len(paragraph) + 1) for i in range(6)}


def test_a_long_paragraph_is_split_between_sentences() -> None:
    sentence = "Mira Holt said on Tuesday that the bridge was safe. "
    text = sentence * 100
    starts = [window.starts[1] for window in cut(text, list(range(0, len(text), len(sentence))))]
    assert len(starts) > 1
    assert all(start % len(sentence) == 0 for start in starts)
