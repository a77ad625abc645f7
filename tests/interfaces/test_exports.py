"""Tables: one row per telling, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.interfaces import exports
from sayso.linking.comparison.nouns import Comparison, FigureTelling, FigureView, Passage, Saying, SpeakerView, Telling
from sayso.text.span import Span


def comparison(words: str = 'the pier, "it\'s"\nsafe', outlet: str = "المرفأ") -> Comparison:
    passage = Passage("a1", outlet, "ar", "2024-02-10", (words, "after"), (Span(0, 4), Span(6, 9)), words)
    telling = Telling(
        passage, "direct", "asserts", "Lee", "said", ("Bo Ek", "Wire"), "trimmed", "", True, 0.5, "quotes"
    )
    figure = FigureTelling(passage, -5, None, "degrees", "about", None, "P1D", None, "Ann Lee", "same", False)
    return Comparison(
        id="s1",
        title="t",
        sources=(),
        conflicts=(),
        times=(),
        speakers=(
            SpeakerView("Ann Lee", (), (Saying("t1", (telling, telling)),)),
            SpeakerView(None, (), (Saying(None, (telling,)),)),
        ),
        figures=(FigureView(None, "degrees", None, (figure,)),),
    )


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_per_telling_of_a_statement():
    rows = read(exports.statements_csv([comparison()]))
    assert [(r["story"], r["thread"], r["speaker"]) for r in rows] == [("s1", "t1", "Ann Lee")] * 2 + [("s1", "", "")]
    assert rows[0]["words"] == 'the pier, "it\'s"\nsafe … after'
    assert (rows[0]["spans"], rows[0]["through"], rows[0]["earliest"]) == ("0-4 6-9", "Bo Ek > Wire", "1")
    assert rows[0]["outlet"] == "المرفأ"


def test_one_row_per_telling_of_a_figure_and_numbers_stay_numbers():
    (row,) = read(exports.figures_csv([comparison()]))
    assert (row["value"], row["value_high"], row["qualifier"], row["window"]) == ("-5", "", "about", "P1D")
    assert (row["asserted_by"], row["standing"]) == ("Ann Lee", "same")


def test_no_stories_give_the_header_alone():
    for table, header in ((exports.statements_csv, exports.STATEMENT), (exports.figures_csv, exports.FIGURE)):
        assert [tuple(row) for row in csv.reader(io.StringIO(table([])))] == [header]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.example")'])
def test_formulas_are_made_harmless_wherever_they_stand(formula):
    for table in (
        exports.statements_csv([comparison(words=formula, outlet=formula)]),
        exports.figures_csv([comparison(formula, formula)]),
    ):
        for row in read(table):
            assert row["outlet"] == f"'{formula}"
            assert row["words"].startswith(f"'{formula}")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_words_come_back_as_they_are_but_for_the_guard(words):
    row = read(exports.statements_csv([comparison(words)]))[0]
    assert row["sentence"].removeprefix("'") == words.removeprefix("'")
    assert not row["sentence"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_row_has_a_cell_for_every_column():
    for table, header in ((exports.statements_csv, exports.STATEMENT), (exports.figures_csv, exports.FIGURE)):
        rows = list(csv.reader(io.StringIO(table([comparison()]))))
        assert {len(row) for row in rows} == {len(header)}
