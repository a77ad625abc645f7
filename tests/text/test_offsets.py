from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.text.offsets import Mapped, edited
from sayso.text.span import Span


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    raw = draw(st.text("abcdef", max_size=20))
    cuts = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return raw, [(start, end, draw(st.text("XYZ", max_size=4))) for start, end in pairs]


def spans_of(length: int) -> list[Span]:
    return [Span(i, j) for i in range(length + 1) for j in range(i, length + 1)]


def test_a_dropped_an_expanded_and_a_shrunk_piece():
    mapped = edited("ab-cd--ef", [(2, 3, ""), (4, 5, "123"), (5, 7, "+")])
    assert mapped.text == "abc123+ef"
    assert mapped.to_raw(Span(1, 3)) == Span(1, 4)
    assert mapped.to_raw(Span(4, 5)) == Span(4, 5)
    assert mapped.to_raw(Span(6, 8)) == Span(5, 8)
    assert mapped.to_clean(Span(2, 3)) == Span(2, 2)
    assert mapped.to_clean(Span(4, 6)) == Span(3, 7)


def test_nothing_changed():
    assert edited("abc", []) == Mapped.same("abc")
    assert edited("", []).to_raw(Span(0, 0)) == Span(0, 0)


@given(edits())
def test_both_ways_are_monotone_and_stay_inside(case: tuple[str, list[tuple[int, int, str]]]):
    raw, changes = case
    mapped = edited(raw, changes)
    for carry, here, there in ((mapped.to_raw, mapped.text, raw), (mapped.to_clean, raw, mapped.text)):
        carried = [carry(Span(i, i + 1)) for i in range(len(here))]
        assert all(0 <= span.start <= span.end <= len(there) for span in carried)
        assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(carried))


@given(edits())
def test_there_and_back_covers_and_settles(case: tuple[str, list[tuple[int, int, str]]]):
    raw, changes = case
    mapped = edited(raw, changes)
    for span in spans_of(len(mapped.text)):
        wide = mapped.to_clean(mapped.to_raw(span))
        if span.length and mapped.to_raw(span).length:
            assert wide.contains(span)
            assert mapped.to_raw(wide) == mapped.to_raw(span)


@given(edits())
def test_untouched_characters_are_the_same(case: tuple[str, list[tuple[int, int, str]]]):
    raw, changes = case
    mapped = edited(raw, changes)
    for i, char in enumerate(mapped.text):
        if char.islower():
            assert mapped.to_raw(Span(i, i + 1)).of(raw) == char
