"""Judged: which drafts are kept, also of a text as long as a book."""

from __future__ import annotations

import pytest

from sayso.extraction.attributions import judged
from sayso.extraction.attributions.judged import kept
from sayso.extraction.attributions.tagged import CONTENT, CUE, Draft, Runs

LONG = 20_000


def draft(cue: Runs, content: Runs) -> Draft:
    anchor = (cue or content)[0][0]
    return Draft(anchor, CUE if cue else CONTENT, [], cue, content, "asserts", 0.9, (0.9, 1.0), None, (0.0, 0.0))


def contents(drafts: list[Draft], scores: list[float], cut: float = 0.3, inner: float = 0.0) -> list[Runs]:
    return [one.content for one, _ in kept(drafts, scores, cut, inner)]


def test_of_two_with_one_cue_the_better_is_kept() -> None:
    assert contents([draft([(3, 4)], [(4, 9)]), draft([(3, 5)], [(0, 3)])], [0.5, 0.8]) == [[(0, 3)]]


def test_without_a_cue_contents_that_are_mostly_one_are_told_once() -> None:
    assert contents([draft([], [(4, 9)]), draft([(3, 4)], [(5, 9)])], [0.5, 0.8]) == [[(5, 9)]]
    assert contents([draft([], [(4, 9)]), draft([(3, 4)], [(8, 20)])], [0.5, 0.8]) == [[(8, 20)], [(4, 9)]]


def test_two_cues_may_have_one_content() -> None:
    assert len(contents([draft([(3, 4)], [(5, 9)]), draft([(10, 11)], [(5, 9)])], [0.5, 0.8])) == 2


@pytest.mark.parametrize(("inner", "found"), [(0.4, 2), (0.6, 1)])
def test_a_report_inside_a_content_must_be_surer(inner: float, found: int) -> None:
    outer, within = draft([(1, 2)], [(2, 20)]), draft([(5, 6)], [(6, 20)])
    assert len(contents([outer, within], [0.9, 0.5], inner=inner)) == found


def test_drafts_are_compared_with_their_neighbours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    overlap = judged.overlap

    def counted(a: Runs, b: Runs) -> float:
        nonlocal calls
        calls += 1
        return overlap(a, b)

    monkeypatch.setattr(judged, "overlap", counted)
    drafts = [draft([], [(10 * i, 10 * i + 12)]) for i in range(LONG)]
    assert len(contents(drafts, [0.5] * LONG)) == LONG
    assert calls <= 4 * LONG
