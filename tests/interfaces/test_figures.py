"""Figures as panels and in the terminal: what is drawn, in which words, and that no value breaks an axis."""

from __future__ import annotations

import io
import math
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from tests.interfaces.figure_samples import ARABIC, growth, story, telling, view

from sayso.comparing import Wanted, newest_first, with_figures
from sayso.interfaces import figure_sketch, figure_terminal, scales
from sayso.interfaces.figure_files import Targets, nothing
from sayso.interfaces.figure_panels import drawn, words
from sayso.linking.comparison.nouns import Comparison

DAY = date(2024, 2, 9)


# Axes

VALUES = st.lists(st.one_of(st.floats(allow_nan=True), st.integers(-(10**400), 10**400)), min_size=1, max_size=9)


@given(VALUES)
def test_every_value_has_a_place_between_the_ends(values):
    kept = [number for value in values if (number := scales.number(value)) is not None]
    if not kept:
        return
    axis = scales.scale(kept)
    assert 2 <= len(axis.steps) <= 12
    assert list(axis.steps) == sorted(set(axis.steps))
    assert axis.steps[0] <= min(kept) * (1 + 1e-9) or min(kept) <= 0
    for value in kept:
        assert 0 <= axis.share(value) <= 1
    shares = [axis.share(value) for value in sorted(kept)]
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("values", "log", "cut"),
    [
        ([56e6, 1e9], True, False),
        ([2e6, 10e6], False, False),
        ([120, 127], False, True),
        ([17], False, False),
        ([0], False, False),
        ([0, 5000], False, False),
        ([-3, 500], False, False),
        ([-10, -9], False, True),
        ([1, 1000], True, False),
    ],
)
def test_an_axis_starts_at_zero_or_says_what_it_does(values, log, cut):
    axis = scales.scale(values)
    assert (axis.log, axis.cut) == (log, cut)
    assert log or cut or axis.steps[0] <= 0 <= axis.steps[-1]


@pytest.mark.parametrize("value", [None, math.inf, -math.inf, math.nan, 10**400, 1e301])
def test_what_no_axis_can_hold_is_not_drawn(value):
    assert scales.number(value) is None


def test_round_values_are_not_rounded_again():
    assert [scales.step_words(step) for step in scales.steps(120, 127)] == ["120", "122.5", "125", "127.5"]


@given(st.sets(st.dates(), min_size=1, max_size=30))
def test_days_stand_to_scale(days):
    ordered = sorted(days)
    shares = [scales.day_share(day, ordered) for day in ordered]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert len(scales.marked_days(ordered)) <= 7


# Panels


def test_what_one_axis_can_show_of_one_scope_shares_it_and_nothing_else_does():
    likes = view(telling(200_000, unit="likes", qualifier="over"), thread="f-4")
    panels = drawn(story(*growth().figures, likes)).panels
    assert [(p.scope, p.units) for p in panels] == [("X", ("views",)), ("X", ("reposts", "likes"))]
    youtube = view(telling(8_000_000, scope="YouTube"), telling(9_000_000, scope="YouTube"), thread="f-5")
    assert [p.scope for p in drawn(story(growth().figures[0], youtube)).panels] == ["X", "YouTube"]


def test_changes_and_levels_have_axes_of_their_own():
    level = view(telling(300), telling(310, "2024-02-11"))
    change = view(telling(200, change=True), telling(210, "2024-02-11", change=True), thread="f-2")
    panels = drawn(story(level, replace(change, change=True))).panels
    assert [(panel.what, len(panel.marks)) for panel in panels] == [("views", 2), ("change of views", 2)]


def test_a_vague_count_says_so():
    assert "vague, at least 24" in shown(story(view(telling(None, least=24))))


def test_measures_without_a_scope_have_axes_of_their_own():
    threads = [view(telling(v, unit="minutes", scope=None), thread=f"f-{v}") for v in (11, 120)]
    assert [len(p.marks) for p in drawn(story(*threads)).panels] == [1, 1]


def test_tellings_of_one_value_on_one_day_are_one_mark_with_letters():
    plan = drawn(growth())
    assert plan.outlets == {"Lantern Post": "A", "Harbour Wire": "B", ARABIC: "C", "Der Talbote": "D", "Quai": "E"}
    assert plan.left == 1
    marks = {mark.short: mark.letters for mark in plan.panels[0].marks}
    assert marks == {"56M": "A", "over 150M": "B C", "about 166M": "D", "190M to 210M": "D", "up to 250M": "B"}
    assert [mark.shape for mark in plan.panels[0].marks] == ["full", "up", "open", "bar", "down"]


def test_marks_say_what_the_report_says():
    views, reposts = drawn(growth()).panels
    assert views.marks[0].notes == ("earliest in this archive",)
    assert all(mark.notes == ("different figure",) for mark in reposts.marks)
    assert "2024-02-10: over 150,000,000 views (Harbour Wire, صحيفة المرفأ)" in words(views)


def test_the_trail_follows_what_most_outlets_tell():
    (unit, points), *_ = drawn(growth()).panels[0].trails()
    assert unit == "views"
    assert [p.value for p in points] == [56e6, 150e6, 190e6, 250e6]


@pytest.mark.parametrize("day", [None, "2024-02", "2024-W06", "2024-02-30", "soon", "0000-00-00"])
def test_a_figure_without_a_day_is_in_the_table_alone(day):
    one = telling(5, day)
    plan = drawn(story(view(one)))
    published = one.passage.published is not None and day is None
    assert (len(plan.panels), plan.left) == ((1, 0) if published else (0, 1))


def test_many_outlets_have_letters_too():
    told = [telling(i + 1, outlet=f"Outlet {i:03}") for i in range(100)]
    letters = list(drawn(story(view(*told))).outlets.values())
    assert letters[:2] + letters[25:28] + letters[-1:] == ["A", "B", "Z", "AA", "AB", "CV"]
    assert len(set(letters)) == 100


# In the terminal


def shown(comparison: Comparison, width: int = 80, **options) -> str:
    file = io.StringIO()
    figure_terminal.show(Console(file=file, width=width, highlight=False, **options), [comparison], whole=True)
    return file.getvalue()


def test_a_story_has_its_tellings_and_a_plot():
    text = shown(growth())
    for part in ("over 150,000,000", "says Dmitry Peskov", "within 6 hours", "earliest in this archive", "▲ over 150M"):
        assert part in text
    assert "X: views\n" in text
    assert "X: reposts  (the axis starts at 260K)" in text
    assert "different figure" in text
    assert "1 telling without a number or a day" in text


def test_growth_can_be_seen():
    """Later and larger values stand further right and higher."""
    (panel, *_) = drawn(growth()).panels
    rows = [line.plain for line in figure_sketch.sketch(panel, 80)]
    places = {}
    for number, row in enumerate(rows):
        for label in ("56M", "about 166M", "up to 250M"):
            if label in row:
                places[label] = number
    assert places["56M"] > places["about 166M"] > places["up to 250M"]
    bars = [number for number, row in enumerate(rows[:-1]) if "┃" in row]
    assert bars


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(width):
    for line in shown(growth(), width).splitlines():
        assert sum(0 if unicodedata.category(c) == "Cf" else 1 for c in line) <= width


def test_without_colours_there_are_none_and_with_ascii_nothing_else_is_drawn():
    assert "\x1b" not in shown(growth())
    assert "\x1b[" in shown(growth(), force_terminal=True, color_system="standard")
    assert "\x1b[3" not in shown(growth(), force_terminal=True, color_system="standard", no_color=True)
    (panel, *_) = drawn(growth()).panels
    assert all(line.plain.isascii() for line in figure_sketch.sketch(panel, 80, ascii_only=True))


def test_right_to_left_names_and_scopes_are_isolated():
    arabic = story(view(telling(5, scope="إكس", outlet=ARABIC), telling(9, scope="إكس", outlet=ARABIC)))
    text = shown(arabic)
    assert "\u2068إكس\u2069" in text
    assert text.count(ARABIC) == text.count(f"\u2068{ARABIC}\u2069") > 0


def test_nothing_is_called_right_or_wrong():
    text = shown(growth()).lower()
    assert not any(word in text.split() for word in ("wrong", "false", "lie", "true", "correct", "fake"))


def test_one_value_alone_is_not_drawn():
    assert "Nothing to draw: no figure has two values on known days." in shown(story(view(telling(5))))


POINT = st.tuples(
    st.one_of(st.none(), st.floats(allow_nan=True), st.integers(-(10**310), 10**310)),
    st.one_of(st.none(), st.integers(0, 10**310)),
    st.one_of(st.none(), st.dates().map(date.isoformat)),
    st.sampled_from(("exact", "about", "over", "at least", "nearly", "up to", "under")),
    st.sampled_from(("A Post", ARABIC, "日報")),
    st.sampled_from(("views", "likes", "USD", None)),
    st.sampled_from(("X", None)),
)


@settings(max_examples=60)
@given(st.lists(POINT, min_size=1, max_size=12), st.sampled_from((20, 80)))
def test_any_figures_can_be_shown(points, width):
    made = [
        telling(value, day, outlet, value_high=high, qualifier=qualifier, unit=unit, scope=scope, words="w")
        for value, high, day, qualifier, outlet, unit, scope in points
    ]
    comparison = story(*(view(one, thread=f"f-{i % 3}") for i, one in enumerate(made)))
    assert shown(comparison, width)
    for panel in drawn(comparison).panels:
        for line in figure_sketch.sketch(panel, 80):
            assert len(line.plain) <= 80
            assert not {"nan", "inf"} & set(line.plain.split())


def test_a_hundred_figures_and_a_hundred_days():
    told = [telling(100 + i, (DAY + timedelta(days=i)).isoformat(), f"Outlet {i % 7}") for i in range(100)]
    text = shown(story(view(*told)))
    assert "100 tellings" in text
    assert 20 < text.count("●") <= 101
    assert "behind others" in text


def test_an_overview_has_a_line_on_each_figure():
    file = io.StringIO()
    figure_terminal.show(Console(file=file, width=80), [growth()], whole=False)
    lines = file.getvalue().splitlines()
    assert [line.split()[0] for line in lines[4:7]] == ["views", "reposts", "minutes"]
    assert "56,000,000 … up to 250,000,000" in lines[4]
    assert "different figures" in lines[5]


# Which figures


@pytest.mark.parametrize(
    ("wanted", "units", "count"),
    [
        (Wanted(), ["views", "reposts", "minutes"], 10),
        (Wanted(unit="VIEWS"), ["views"], 7),
        (Wanted(unit="reposts", scope="x"), ["reposts"], 2),
        (Wanted(scope="YouTube"), [], 0),
        (Wanted(lang="AR"), ["views", "reposts"], 2),
        (Wanted(lang="a"), [], 0),
        (Wanted(outlet="der talbote"), ["views"], 2),
        (Wanted(unit="minutes", outlet=ARABIC), [], 0),
    ],
)
def test_figures_are_chosen_by_unit_scope_language_and_outlet(wanted, units, count):
    found = list(with_figures([growth()], wanted))
    assert [v.unit for c in found for v in c.figures] == units
    assert sum(len(v.tellings) for c in found for v in c.figures) == count


def test_the_newest_stories_come_first_and_undated_ones_last():
    def dated(id: str, day: str | None) -> Comparison:
        from dataclasses import replace

        one = story(view(telling(5)), id=id)
        return replace(one, sources=tuple(replace(s, published=day) for s in one.sources))

    stories = [dated("a", None), dated("b", "2024-02-10"), dated("d", "2024-03-01T10:00:00Z"), dated("c", "2024-02-10")]
    assert [c.id for c in newest_first(stories)] == ["d", "b", "c", "a"]


def test_what_is_not_there_is_said_with_what_there_is():
    said = nothing(Wanted(unit="view", outlet="x"), [growth()])
    assert "No figures with unit 'view' and outlet 'x'." in said
    assert "unit: minutes, reposts, views; outlet: Der Talbote, Harbour Wire" in said
    assert nothing(Wanted(), []).startswith("No figures: ")


@pytest.mark.parametrize(("target", "refused"), [("a.svg", False), ("a.HTML", False), ("a.gif", True), ("a", True)])
def test_a_drawing_of_no_known_kind_is_refused_before_the_work(target, refused):
    assert bool(Targets(plot=target).refused()) is refused
