from __future__ import annotations

import pytest
from hypothesis import given
from tests.text.samples import texts, texts_with_spans

from sayso.text.cleaning import clean
from sayso.text.span import Span


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("\ufeffhead", "head"),
        ("nul\x00led \x07bell", "nulled bell"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("\u200fقال\u200e الوزير", "قال الوزير"),
        ("150\u00a0000\u202f km", "150 000 km"),
        ("one  two \t three", "one two three"),
        ("end \n  begin", "end\nbegin"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\r\n \r\n\r\nb", "a\n\nb"),
        ("  edges \n", "edges"),
        ("e\u2011mail", "e-mail"),
        ("می\u200cشود", "می\u200cشود"),
        ("Latin\u200cword", "Latinword"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_clean(raw: str, shown: str):
    assert clean(raw).text == shown


@given(texts)
def test_cleaning_a_clean_text_changes_nothing(raw: str):
    once = clean(raw).text
    assert clean(once).text == once


@given(texts_with_spans())
def test_what_is_visible_is_the_same_on_both_sides(case: tuple[str, Span]):
    raw, span = case
    mapped = clean(raw)
    there = mapped.to_clean(span)
    back = mapped.to_raw(there)
    if there.length:
        assert mapped.to_clean(back) == there
        assert clean(back.of(raw)).text == clean(there.of(mapped.text)).text


@given(texts)
def test_every_kept_character_leads_to_itself(raw: str):
    mapped = clean(raw)
    for i, char in enumerate(mapped.text):
        source = mapped.to_raw(Span(i, i + 1)).of(raw)
        assert source == char or clean(f"x{source}x").text.strip("x") in (char, char * 2, "\n\n") or char in "-\ufffd"
