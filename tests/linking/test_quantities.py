"""What is one quantity and what are several, from records alone, in any order and size."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.linking.article import Annotated, from_row
from sayso.linking.figures.conflicts import conflicts
from sayso.linking.figures.join import figure_threads
from sayso.linking.nouns import Conflict, FigureThread, Story

DAY, NEXT = "2024-02-10", "2024-02-11"


def article(id: str, *figures: dict[str, object]) -> Annotated:
    return from_row({"id": id, "text": None, "published": DAY, "figures": list(figures)})


def count(value: float | None, unit: str | None = "people", scope: str | None = "Arvell", **more: object) -> dict:
    return {"value": value, "unit": unit, "scope": scope, **more}


def injured(value: float, as_of: str | None = DAY, **more: object) -> dict[str, object]:
    return count(value, "injured", as_of=as_of, **more)


def found(*articles: Annotated) -> tuple[list[FigureThread], list[Conflict]]:
    threads = figure_threads(articles, [Story("s", "s", tuple(a.id for a in articles))])
    return threads, conflicts(articles, [], threads)


def together(*figures: list[dict]) -> list[str]:
    """The threads of articles a, b, … in short: "a0 b1"."""
    threads, _ = found(*(article("abcdefgh"[i], *told) for i, told in enumerate(figures)))
    return sorted(" ".join(f"{m.article}{m.figure}" for m in t.members) for t in threads)


@pytest.mark.parametrize(
    ("articles", "threads"),
    [
        ([[count(5_000), count(1_000), count(600)], [count(600), count(5_000)]], ["a0 b1", "a1", "a2 b0"]),
        ([[count(80), count(300_000)], [count(60)], [count(300_000)]], ["a0 b0", "a1 c0"]),
        ([[count(60)], [count(80)], [count(100)]], ["a0 b0 c0"]),
        ([[count(900, asserted_by="ministry"), count(2_000, asserted_by="charity")]], ["a0 a1"]),
        ([[count(60)], [count(20_000)]], ["a0", "b0"]),
        ([[injured(40)], [injured(20_000, NEXT)]], ["a0 b0"]),
        ([[injured(2_059), injured(1_404)], [injured(329), injured(51)], [injured(700)]], ["a0 b0 c0", "a1 b1"]),
        ([[injured(2_059), injured(1_404)], [injured(1_404)]], ["a0", "a1 b0"]),
        ([[injured(2_059), injured(1_404)], [injured(1_404, NEXT)]], ["a0 b0", "a1"]),
        (
            [
                [injured(11_300), injured(20_000, None, qualifier="up to")],
                [injured(18_000, None, value_high=20_000)],
                [injured(2_000, None, value_high=5_000)],
            ],
            ["a0 c0", "a1 b0"],
        ),
        ([[injured(11_300)], [injured(20_000, qualifier="up to")]], ["a0 b0"]),
        ([[injured(150, None), injured(204, None)]], ["a0 a1"]),
        ([[injured(150), injured(204, NEXT)]], ["a0 a1"]),
        ([[injured(56), injured(50, qualifier="over")]], ["a0 a1"]),
        ([[count(900, "USD", "claim"), count(550, "USD", "claim")]], ["a0 a1"]),
        ([[count(3e9, "USD", "claim")], [count(3e12, "USD", "claim")]], ["a0 b0"]),
        ([[count(3e9, "USD", "claim")], [count(2e12, "USD", "claim")]], ["a0", "b0"]),
    ],
    ids=[
        "values side by side",
        "a value told alone goes to the nearest",
        "no value beside another",
        "two sources",
        "orders of magnitude",
        "what grows may leap",
        "the whole and a part of each day",
        "a part told alone on its day",
        "another day's whole",
        "what it may come to",
        "no count beside the bound",
        "before and after, undated",
        "before and after, dated",
        "told again in round numbers",
        "money asked, then agreed",
        "a slip of scale",
        "no slip of scale",
    ],
)
def test_with_a_scope(articles: list[list[dict]], threads: list[str]) -> None:
    assert together(*articles) == threads


def loose(value: float | None, unit: str | None = "people", **more: object) -> dict[str, object]:
    return count(value, unit, None, **more)


@pytest.mark.parametrize(
    ("articles", "threads"),
    [
        ([[loose(5_000)], [loose(1_000)], [loose(5_000, qualifier="about")]], ["a0 c0", "b0"]),
        ([[loose(20, "percent")], [loose(18, "percent")]], ["a0", "b0"]),
        ([[loose(126, "minutes")], [loose(127, "minutes")]], ["a0 b0"]),
        ([[loose(40, "deaths")], [loose(70, "deaths")]], ["a0 b0"]),
        ([[loose(1_037, None)], [loose(1_037, "deaths")]], ["a0 b0"]),
        ([[loose(1_037, None)], [loose(1_037, None)]], ["a0 b0"]),
        ([[loose(12, None)], [loose(12, "deaths")]], ["a0", "b0"]),
        ([[loose(1_037, None)], [loose(1_037, "deaths"), loose(1_037, "homes")]], ["a0", "b0", "b1"]),
        ([[loose(1_037)], [loose(1_037, "deaths")]], ["a0 b0"]),
        ([[loose(1_037)], [loose(1_037, "homes")]], ["a0", "b0"]),
        ([[loose(300), loose(140, "deaths")], [loose(300, "deaths")]], ["a0", "a1 b0"]),
        ([[count(6_000)], [loose(6_000, qualifier="over")]], ["a0 b0"]),
        ([[count(6_000)], [loose(900)]], ["a0", "b0"]),
        ([[count(None, least=200)], [loose(125_000)]], ["a0", "b0"]),
        ([[count(18_000, qualifier="up to")], [loose(17)]], ["a0", "b0"]),
        ([[loose(68, "years")], [loose(71, "years")]], ["a0", "b0"]),
        ([[loose(6.8, "magnitude")], [loose(7, "magnitude")]], ["a0 b0"]),
    ],
    ids=[
        "crowds by their values",
        "shares that do not agree",
        "what stays what it is",
        "tolls grow",
        "a number without a unit",
        "two numbers without a unit",
        "small numbers agree by chance",
        "two units have it",
        "people who died",
        "people are no homes",
        "the article has another toll",
        "the scope that fits",
        "no scope that fits",
        "hundreds fit everything",
        "up to fits everything",
        "years of anything",
        "magnitudes are few",
    ],
)
def test_without_a_scope_or_a_unit(articles: list[list[dict]], threads: list[str]) -> None:
    assert together(*articles) == threads


@pytest.mark.parametrize(
    ("left", "right", "differs"),
    [
        ([count(120, "minutes", "film")], [count(126, "minutes", "film")], False),
        ([count(126, "minutes", "film")], [count(127, "minutes", "film")], True),
        ([injured(3_381), injured(58, None)], [injured(3_419), count(190, "deaths", None)], False),
        ([injured(1_293), count(2_122, "deaths")], [injured(1_351), count(2_100, "deaths", qualifier="over")], True),
        ([injured(1_293)], [injured(1_500)], False),
        ([count(2, "barrels/day", "cut")], [count(0.5, "barrels/day", "cut", value_high=2, qualifier="about")], True),
        ([count(20, "barrels/day", "cut")], [count(18, "barrels/day", "cut", value_high=20)], False),
        ([count(2_750, "tonnes", "port", qualifier="over"), count(500, "tonnes", "port")],
         [count(2_800, "tonnes", "port", qualifier="about")], False),
        ([count(500, "tonnes", "port")], [count(2_800, "tonnes", "port")], True),
        ([count(15, "attacks", "port", window="P1D")], [count(40, "attacks", "port")], False),
    ],
    ids=[
        "whole hours",
        "minutes",
        "two bulletins of a day",
        "another toll is the same",
        "nothing tells the moment",
        "a wide range and its end",
        "a narrow range and its end",
        "a part beside what goes with the total",
        "weights",
        "a rate and a total",
    ],
)  # fmt: skip
def test_what_differs(left: list[dict], right: list[dict], differs: bool) -> None:
    assert bool(found(article("a", *left), article("b", *right))[1]) is differs


@pytest.mark.parametrize(
    ("values", "differs"), [((912, 1_498), True), ((912, 1_200, 1_498), False)], ids=["two sources", "a course"]
)
def test_many_values_of_a_day_tell_how_a_count_grew(values: tuple[int, ...], differs: bool) -> None:
    told = [injured(value, asserted_by=f"official {value}") for value in values]
    assert bool(found(article("a", *told))[1]) is differs


def test_two_sources_of_an_undated_article_speak_of_one_day() -> None:
    told = [count(value, "deaths", asserted_by=by) for value, by in ((11_300, "charity"), (5_500, "ministry"))]
    row = from_row({"id": "a", "text": None, "figures": told})
    assert [c.why for c in found(row)[1]] == ["Different figure for deaths (Arvell): 11,300 against 5,500."]


def test_an_undated_article_is_of_the_day_that_its_figures_give() -> None:
    figures = [count(452, "deaths", "north"), count(2_122, "deaths", as_of=DAY)]
    undated = from_row({"id": "a", "text": None, "figures": figures})
    dated = article("b", count(492, "deaths", "north"), count(2_122, "deaths"))
    assert [c.why for c in found(undated, dated)[1]] == ["Different figure for deaths (north): 452 against 492."]


@pytest.mark.parametrize(("factor", "named"), [(1_000, True), (1_000_000, True), (900, False)])
def test_a_slip_of_scale_is_named_without_a_verdict(factor: int, named: bool) -> None:
    left, right = (count(value, "hectares", "Arvell") for value in (3_500, 3_500 * factor))
    why = [c.why for c in found(article("a", left), article("b", right))[1]]
    slip = "one is a thousand or a million times the other, as when words for billion are mixed up."
    assert [one.endswith(slip) for one in why] == ([True] if named else [])


values = st.one_of(
    st.none(), st.integers(-5, 300), st.sampled_from([1e-320, 0.1, 1_293, 1_300, 269_000, 296_000, 2e6, 2e9, 9e299])
)
figures = st.fixed_dictionaries(
    {
        "value": values,
        "value_high": st.one_of(st.none(), values),
        "unit": st.sampled_from([None, "deaths", "people", "percent", "USD", "minutes", "views", "\u200f"]),
        "scope": st.sampled_from([None, "", "X", "Arvell"]),
        "qualifier": st.sampled_from(["exact", "about", "over", "nearly", "up to"]),
        "window": st.sampled_from([None, "PT8H", "P1D", "P", "PXD", "P" + "9" * 400 + "D", "tomorrow"]),
        "as_of": st.sampled_from([None, DAY, NEXT, "soon", ""]),
        "asserted_by": st.sampled_from([None, "ministry", "charity"]),
        "least": st.sampled_from([None, 24]),
        "change": st.booleans(),
    }
)
archives = st.lists(st.lists(figures, max_size=5), min_size=2, max_size=5)


@given(archives, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_threads_and_conflicts_are_the_same_for_any_order_of_articles(told: list[list[dict]], random) -> None:
    articles = [article(f"a{i}", *held) for i, held in enumerate(told)]
    shuffled = random.sample(articles, len(articles))
    assert found(*articles) == found(*shuffled)


@given(archives)
@settings(deadline=None)
def test_every_figure_stands_in_one_thread(told: list[list[dict]]) -> None:
    threads, clashes = found(*(article(f"a{i}", *held) for i, held in enumerate(told)))
    members = [(m.article, m.figure) for thread in threads for m in thread.members]
    wanted = [
        (f"a{i}", j)
        for i, held in enumerate(told)
        for j, figure in enumerate(held)
        if figure["unit"] or figure["value"] is not None
    ]
    assert sorted(members) == wanted
    assert all(len(clash.members) > 1 for clash in clashes)


@pytest.mark.parametrize("unit", ["deaths", "people", "USD"])
@pytest.mark.parametrize("scope", ["X", None])
def test_five_thousand_figures_of_one_unit_are_compared_in_bounded_time(unit: str, scope: str | None) -> None:
    articles = [
        article(f"a{i}", *(count((i * 7_919 + j * 104_729) % 99_991, unit, scope, as_of=DAY) for j in range(100)))
        for i in range(50)
    ]
    threads, clashes = found(*articles)
    assert sum(len(thread.members) for thread in threads) == 5_000
    assert all(len(clash.why) < 300 for clash in clashes)
