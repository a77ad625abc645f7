from __future__ import annotations

import pytest
from hypothesis import given
from tests.text.samples import texts, texts_with_spans

from sayso.text.selectors import find, select
from sayso.text.span import Span


@given(texts_with_spans())
def test_a_selected_span_is_found_again(case: tuple[str, Span]):
    text, span = case
    assert find(text, select(text, span)) == span


@given(texts_with_spans(), texts)
def test_found_after_text_was_put_before(case: tuple[str, Span], before: str):
    text, span = case
    if span.length:
        found = find(before + text, select(text, span))
        assert found is not None
        assert found.of(before + text) == span.of(text)


def test_the_best_context_wins():
    text = "She said no. He said no. They said no."
    chosen = select(text, Span(21, 23))
    assert find("New. " + text, chosen) == Span(26, 28)
    assert find("He said no.", chosen) == Span(8, 10)
    assert find("He said yes.", chosen) is None


def test_prefix_and_suffix():
    selector = select("a" * 50 + "XY" + "b" * 50, Span(50, 52))
    assert (selector.exact, selector.prefix, selector.suffix) == ("XY", "a" * 32, "b" * 32)


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="does not lie inside"):
        select("abc", Span(1, 9))
