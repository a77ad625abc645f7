from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.text.samples import texts

from sayso.text.markup import Mark, in_order, parse, render
from sayso.text.span import Span


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(texts)
    marks: list[Mark] = []
    spans = [Span(0, len(text))]
    while spans and draw(st.booleans()):
        outer = spans.pop()
        start = draw(st.integers(outer.start, outer.end))
        inner = Span(start, draw(st.integers(start, outer.end)))
        marks.append(Mark(draw(st.sampled_from("scqft")), draw(st.integers(1, 99)), inner))
        spans += [inner, Span(inner.end, outer.end)]
    return text, marks


@given(marked_texts())
def test_rendered_marks_are_parsed_again(case: tuple[str, list[Mark]]):
    text, marks = case
    again, found = parse(render(text, marks))
    assert again == text
    assert sorted(found) == sorted(marks)
    assert found == sorted(found, key=in_order)


def test_nested_marks():
    text, marks = parse("{q1|that {s2|Kirby} {c2|denies} {q2|it}}, {s1|he} {c|said}")
    assert text == "that Kirby denies it, he said"
    assert [(m.kind, m.number, m.span.of(text)) for m in marks] == [
        ("q", 1, "that Kirby denies it"),
        ("s", 2, "Kirby"),
        ("c", 2, "denies"),
        ("q", 2, "it"),
        ("s", 1, "he"),
        ("c", 1, "said"),
    ]


def test_a_literal_brace():
    assert parse(r"a \{s1\| \\ \} {s|b}") == (r"a {s1\| \ } b", [Mark("s", 1, Span(12, 13))])


@pytest.mark.parametrize("broken", ["a}", "{s1|a", "{s1|a}}"])
def test_unbalanced_braces(broken: str):
    with pytest.raises(ValueError, match="brace"):
        parse(broken)
