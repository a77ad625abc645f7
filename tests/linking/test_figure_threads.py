"""Figure threads and conflicts from records alone (no text), in the form of `sayso link`."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.nouns import Attribution, Figure
from sayso.linking.article import Annotated, from_row
from sayso.linking.figures.bounds import bounds, digits_moved, significant
from sayso.linking.figures.conflicts import conflicts
from sayso.linking.figures.explanations import hours
from sayso.linking.figures.join import figure_threads
from sayso.linking.nouns import StatementMember, Story, Thread
from sayso.text.span import Span

DAY = "2024-02-10"


def article(id: str, *figures: dict[str, object], published: str = DAY) -> Annotated:
    return from_row({"id": id, "text": None, "published": published, "figures": list(figures)})


def told(value: float, unit: str = "reposts", scope: str | None = "X", **more: object) -> dict[str, object]:
    return {"value": value, "unit": unit, "scope": scope, **more}


def linked(*articles: Annotated) -> tuple[list[list[str]], list[str]]:
    story = Story("s", "s", tuple(a.id for a in articles))
    threads = figure_threads(articles, [story])
    groups = [[f"{m.article}{m.figure}" for m in t.members] for t in threads]
    return sorted(groups), [c.why for c in conflicts(articles, [], threads)]


VIEWS = told(150_000_000, "views", "X", window="PT23H")


def test_swapped_digits_are_named() -> None:
    _, why = linked(article("a", VIEWS, told(269_000)), article("b", VIEWS, told(296_000, qualifier="over")))
    assert why == [
        "Different figure for reposts (X): 269,000 against over 296,000; the digits are the same in another order."
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (told(860_000, "likes", qualifier="over"), told(869_000, "likes", qualifier="over")),
        (told(67_000_000, "views", window="PT8H"), told(150_000_000, "views", window="PT23H")),
        (told(150_000_000, "views"), told(149_800_000, "views")),
        (told(120, "minutes", "interview", qualifier="about"), told(126, "minutes", "interview")),
        (told(400, "deaths", "Derna", as_of="2023-09-11"), told(2_300, "deaths", "Derna", as_of="2023-09-13")),
        (told(15, "attacks", "port", window="P1D"), told(140, "attacks", "port")),
        (told(80, "USD/barrel", "oil"), told(90, "USD/barrel", "oil", as_of="2024-03-01")),
    ],
    ids=["bounds", "growth over hours", "rounding", "about", "growth over days", "rate and total", "prices move"],
)
def test_no_conflict(left: dict[str, object], right: dict[str, object]) -> None:
    groups, why = linked(article("a", left), article("b", right))
    assert groups == [["a0", "b0"]]
    assert why == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (told(5, "percent", "trade"), told(2, "percent", "trade", change=True)),
        (told(300, "deaths", "Arvell"), told(40, "deaths", "Arvell", change=True)),
    ],
    ids=["share", "toll"],
)
def test_a_change_is_another_quantity_than_a_level(left: dict[str, object], right: dict[str, object]) -> None:
    groups, why = linked(article("a", left), article("b", right))
    assert groups == [["a0"], ["b0"]]
    assert why == []


def test_changes_can_differ_too() -> None:
    def rise(value: float) -> dict[str, object]:
        return told(value, "percentage points", "trade", change=True)

    assert linked(article("a", rise(2)), article("b", rise(3)))[1] == [
        "Different figure for change of percentage points (trade): 2 against 3."
    ]


@pytest.mark.parametrize(("value", "differs"), [(5, True), (14, False), (70, False)])
def test_a_vague_count_only_has_a_lower_bound(value: float, differs: bool) -> None:
    def missing(**amount: object) -> dict[str, object]:
        return {"unit": "ships", "scope": "Arvell", **amount}

    groups, why = linked(article("a", missing(value=None, least=24)), article("b", missing(value=value)))
    assert groups == [["a0", "b0"]]
    said = f"Different figure for ships (Arvell): vague, at least 24 against {value}."
    assert why == ([said] if differs else [])


@pytest.mark.parametrize(
    ("early", "late", "differs"),
    [
        ({"value": None, "least": 2_000}, {"value": 40}, True),
        ({"value": 40}, {"value": None, "least": 2_000}, False),
        ({"value": 400}, {"value": 40}, True),
        ({"value": 40}, {"value": 400}, False),
    ],
    ids=["thousands, then 40", "40, then thousands", "400, then 40", "40, then 400"],
)
def test_a_longer_window_explains_a_larger_count_only(early: dict, late: dict, differs: bool) -> None:
    first = {"unit": "views", "scope": "X", "window": "PT6H", **early}
    then = {"unit": "views", "scope": "X", "window": "PT24H", **late}
    assert bool(linked(article("a", first), article("b", then))[1]) is differs


@pytest.mark.parametrize(
    ("beside", "differs"), [({"least": 2_000}, True), ({"least": 24}, False)], ids=["thousands", "dozens"]
)
def test_another_vague_count_is_not_the_same_told_beside(beside: dict[str, object], differs: bool) -> None:
    vague, exact = {"unit": "ships", "scope": "Arvell", "value": None}, told(5, "ships", "Arvell")
    why = linked(article("a", {**vague, "least": 24}), article("b", exact, {**vague, **beside}))[1]
    assert bool(why) is differs


@pytest.mark.parametrize("unit", ["kWh", "GW", "hectares", "°C", "INR/kg", "basis points"])
def test_every_measure_of_the_table_is_a_measure_to_linking(unit: str) -> None:
    groups, _ = linked(article("a", told(10, unit, None)), article("b", told(30, unit, None)))
    assert groups == [["a0"], ["b0"]]


def test_a_part_beside_its_total_is_no_conflict() -> None:
    total, part = told(672, "injured", "Arvell"), told(51, "injured", "Arvell")
    assert linked(article("a", total, part), article("b", total))[1] == []


def test_two_sources_in_one_article_may_differ() -> None:
    def by(name: str | None, value: int, **more: object) -> dict[str, object]:
        return told(value, "missing", "Arvell", asserted_by=name, **more)

    ministry, charity = by("ministry", 2_400, as_of=DAY), by("charity", 10_000)
    assert linked(article("a", ministry, charity, published="2024-02-11"))[1] == [
        "Different figure for missing (Arvell): 2,400 against 10,000."
    ]
    assert linked(article("a", ministry, by("ministry", 10_000)))[1] == []
    assert linked(article("a", ministry, by(None, 10_000)))[1] == []


def test_more_in_less_time_is_a_conflict() -> None:
    left, right = told(10_000_000, "views", window="PT51M"), told(6_000_000, "views", window="PT1H", qualifier="about")
    assert len(linked(article("a", left), article("b", right))[1]) == 1


def test_another_scope_is_another_quantity() -> None:
    assert linked(article("a", told(8, scope="YouTube")), article("b", told(9, scope="X"))) == ([["a0"], ["b0"]], [])


def test_a_figure_without_scope_joins_the_one_it_fits() -> None:
    groups, _ = linked(
        article("a", told(269_000), told(9_000, scope="YouTube")), article("b", told(269_000, scope=None))
    )
    assert groups == [["a0", "b0"], ["a1"]]


def test_measures_of_one_unit_are_not_one_quantity() -> None:
    groups, why = linked(
        article("a", told(5, "percent", None), told(60, "percent", None)), article("b", told(61, "percent", None))
    )
    assert groups == [["a0"], ["a1", "b0"]]
    assert why == []


@pytest.mark.parametrize(
    ("values", "groups", "why"),
    [
        ((40, 60), [["a0", "b0"]], ["Different figure for tonnes: 40 against 60."]),
        ((40, 40), [["a0", "b0"]], []),
        ((1_500, 1_460), [["a0", "b0"]], []),
    ],
)
def test_what_tellings_of_one_statement_measure_is_one_quantity(values, groups, why) -> None:
    content, inside, outside = (Span(0, 40),), Span(10, 20), Span(50, 60)
    articles = [
        Annotated(
            id,
            text=None,
            published=DAY,
            attributions=(Attribution((), (), content, type="indirect"),),
            figures=(Figure(inside, value, "tonnes"), Figure(outside, 9_000, "tonnes")),
            attribution_ids=(0,),
            figure_ids=(0, 1),
        )
        for id, value in zip("ab", values, strict=True)
    ]
    story = Story("s", "s", ("a", "b"))
    statement = Thread("t", "", tuple(StatementMember(id, 0, content, "paraphrase") for id in "ab"))
    threads = figure_threads(articles, [story], [statement])
    assert sorted([f"{m.article}{m.figure}" for m in t.members] for t in threads) == [*groups, ["a1", "b1"]]
    assert [c.why for c in conflicts(articles, [], threads)] == why


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [article(n, VIEWS, told(v)) for n, v in (("a", 269_000), ("b", 296_000), ("c", 269_000))]
    assert len({str(linked(*order)) for order in itertools.permutations(articles)}) == 1


@pytest.mark.parametrize(("value", "digits"), [(150_000_000, 2), (269_000, 3), (8.3, 2), (7, 1), (100, 1), (1_204, 4)])
def test_significant(value: float, digits: int) -> None:
    assert significant(value) == digits


@pytest.mark.parametrize(("text", "value"), [("PT23H", 23), ("P1D", 24), ("PT51M", 0.85), ("P1W", None), (None, None)])
def test_hours(text: str | None, value: float | None) -> None:
    assert hours(text) == value


@given(st.floats(0, 1e15), st.sampled_from(["exact", "about", "over", "at least", "nearly", "up to", "under"]))
def test_the_value_itself_is_within_its_bounds(value: float, qualifier: str) -> None:
    found = bounds(Figure(Span(0, 1), value, qualifier=qualifier))  # type: ignore[arg-type]
    assert found is not None
    assert found.low <= value <= found.high


@given(st.integers(100, 10**9))
def test_no_number_is_its_own_swap(value: int) -> None:
    assert not digits_moved(value, value)
