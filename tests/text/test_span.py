from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.text.samples import texts_with_spans

from sayso.text.span import Span, hull

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(*sorted(pair)))


@given(spans, spans)
def test_overlap_counts_shared_points(one: Span, other: Span):
    shared = set(range(*one)) & set(range(*other))
    assert one.overlap(other) == other.overlap(one) == len(shared)


@given(spans, spans)
def test_the_hull_contains_both(one: Span, other: Span):
    around = hull([one, other])
    assert around.contains(one)
    assert around.contains(other)
    assert around.start in (one.start, other.start)
    assert around.end in (one.end, other.end)


def test_the_hull_of_nothing():
    with pytest.raises(ValueError):
        hull([])


@given(texts_with_spans())
def test_trimming_takes_white_space_and_nothing_else(case: tuple[str, Span]):
    text, span = case
    trimmed = span.trim(text)
    assert trimmed.of(text) == span.of(text).strip()
    assert span.contains(trimmed)


def test_trimming_other_characters():
    assert Span(0, 7).trim("“word.”", "“”.") == Span(1, 5)
    assert Span(2, 4).shift(3) == Span(5, 7)
    assert Span(2, 5).of("abcdef") == "cde"
