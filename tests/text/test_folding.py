from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.text.samples import texts, texts_with_spans

from sayso.text.folding import fold, fold_word
from sayso.text.span import Span


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("KREMLIN", "Kremlin"),
        ("Straße", "STRASSE"),
        ("أحمد", "احمد"),
        ("مستشفى", "مستشفي"),
        ("القاهرة", "القاهره"),
        ("أُمَّـــة", "امه"),
        ("کرملین", "كرملين"),
        ("می\u200cشود", "میشود"),
        ("Пётр", "петр"),
        ("Пе\u0308тр", "петр"),
        ("١٥٠", "150"),
        ("۱۵۰", "150"),
        ("१५०", "150"),
        ("１５０", "150"),
        ("ﬁne", "fine"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("ｶﾞｽ", "ガス"),
        ("각", "\u1100\u1161\u11a8"),
        ("שָׁלוֹם", "שלום"),
        ("İstanbul", "istanbul"),
        ("l’art", "l'art"),
        ("„so“", '"so"'),
        ("«да»", '"да"'),
        ("「はい」", '"はい"'),
        ("`´", "''"),
        ("co\u00adop", "coop"),
    ],
)
def test_readers_take_these_for_the_same(written: str, same_as: str):
    assert fold(written).text == fold(same_as).text
    assert fold_word(written) == fold_word(same_as)


@pytest.mark.parametrize(
    ("one", "other"), [("3½", "31/2"), ("côté", "cote"), ("и", "й"), ("150", "15"), ("كان", "كانت")]
)
def test_these_stay_apart(one: str, other: str):
    assert fold_word(one) != fold_word(other)


@given(texts)
@settings(max_examples=300)
def test_folding_a_folded_text_changes_nothing(text: str):
    once = fold(text).text
    assert fold(once).text == once


@given(texts)
def test_a_word_folds_alone_as_it_does_in_a_text(text: str):
    assert fold_word(text) == fold(text).text


@given(texts_with_spans())
def test_what_a_span_folds_to_stands_where_the_map_says(case: tuple[str, Span]):
    text, span = case
    mapped = fold(text)
    there = mapped.to_clean(span)
    back = mapped.to_raw(there)
    assert fold(back.of(text)).text == there.of(mapped.text) or not there.length


def test_every_single_character_settles_at_once():
    for code in (*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x10000), *range(0x1D400, 0x1F700)):
        folded = fold_word(chr(code))
        assert fold_word(folded) == folded, hex(code)
