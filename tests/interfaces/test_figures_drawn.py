"""Figures as SVG, as a page and as a picture: what stands in them, and how a browser shows it."""

from __future__ import annotations

import re
import struct
import time
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.interfaces.browsers import CONTRAST, browser  # noqa: F401
from tests.interfaces.figure_samples import growth, story, telling, view
from tests.interfaces.test_report import Outline

from sayso.interfaces import figure_drawing, figure_files, figure_page
from sayso.interfaces.figure_panels import drawn
from sayso.interfaces.room import Box, Room

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script></style>\u202e{{ 7*7 }}&'


def parsed(comparisons, **options) -> ElementTree.Element:
    return ElementTree.fromstring(figure_page.svg(comparisons, **options))


def marks(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [g for g in root.iter(f"{SVG}g") if "mark" in (g.get("class") or "").split()]


def words_of(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


# What stands in them


def test_a_drawing_has_a_title_a_text_and_a_table():
    root = parsed([growth()])
    assert root[0].tag == f"{SVG}title"
    labelled = root.get("aria-labelledby").split()
    ids = {e.get("id") for e in root.iter() if e.get("id")}
    assert set(labelled) <= ids
    descs = [d.text for d in root.iter(f"{SVG}desc")]
    assert "2024-02-10: over 150,000,000 views (Harbour Wire, صحيفة المرفأ)" in descs[1]
    rows = [words_of(g) for g in root.iter(f"{SVG}g") if g.get("role") == "row"]
    assert "10 Feb 2024 over 150,000,000 B Harbour Wire, C \u2068صحيفة المرفأ\u2069" in rows
    assert "9 Feb 2024 56,000,000 earliest in this archive A Lantern Post" in rows


def test_marks_can_be_reached_and_read_without_a_mouse():
    found = marks(parsed([growth()]))
    assert len(found) == 7
    for mark in found:
        assert mark.get("tabindex") == "0"
        assert mark.get("role") == "img"
        assert mark.get("aria-label") == mark.find(f"{SVG}title").text
    assert found[1].get("aria-label") == (
        "10 Feb 2024: over 150,000,000 views (Harbour Wire, \u2068صحيفة المرفأ\u2069)"
    )
    assert sum("different figure" in mark.get("aria-label") for mark in found) == 2


def test_units_have_their_colours_and_what_differs_a_ring():
    drawings = [figure_drawing.drawing(p, ["views", "reposts"]) for p in drawn(growth()).panels]
    assert [{spot.colour for spot in one.spots} for one in drawings] == [{0}, {1}]
    assert [[key.shape for key in one.legend] for one in drawings] == [
        ["full", "up", "down", "open", "bar", "trail"],
        ["full", "ring"],
    ]


def test_later_is_further_right_and_more_is_higher():
    spots = figure_drawing.drawing(drawn(growth()).panels[0], ["views"]).spots
    assert [s.x for s in spots] == sorted(s.x for s in spots)
    assert [s.y for s in spots] == sorted((s.y for s in spots), reverse=True)
    (bar,) = [s for s in spots if s.shape == "bar"]
    assert bar.end < bar.y


@pytest.mark.parametrize("render", [figure_page.svg, figure_page.page])
def test_hostile_words_stay_text(render):
    one = telling(5, unit=HOSTILE, scope=HOSTILE, outlet=HOSTILE, asserted_by=HOSTILE, window=HOSTILE, words=HOSTILE)
    other = telling(50, unit=HOSTILE, scope=HOSTILE, outlet=HOSTILE + "2")
    page = render([story(view(one, other), title=HOSTILE, id=HOSTILE)])
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert "49" not in re.findall(r">\s*(\d+)\s*<", page)
    if render is figure_page.svg:
        assert HOSTILE in words_of(ElementTree.fromstring(page))


@given(st.text(min_size=1), st.text(max_size=60))
def test_any_name_and_title_give_xml(name, title):
    root = parsed([story(view(telling(5, outlet=name), telling(7, outlet=f"{name}2")), title=title)])
    assert len(marks(root)) == 2


@pytest.mark.parametrize("comparisons", [[], [story(view(telling(None, None)))], [story(view(telling(5)))]])
def test_little_still_gives_a_drawing_and_a_page(comparisons):
    assert parsed(comparisons).get("height").isdecimal()
    assert "</html>" in figure_page.page(comparisons)


def test_a_hundred_figures_of_a_hundred_outlets():
    day = date(2024, 1, 1)
    told = [telling(100 + i * i, (day + timedelta(days=i)).isoformat(), f"Outlet {i:03}") for i in range(100)]
    root = parsed([story(view(*told))])
    assert len(marks(root)) == 100
    labels = [t for t in root.iter(f"{SVG}text") if t.get("class") == "label"]
    assert 10 < len(labels) <= 100


def test_many_marks_take_linear_time():
    def spent(count: int) -> float:
        told = [telling(1000 + 97 * i % 90_000, f"2024-02-{i % 28 + 1:02}", f"O{i % 40}") for i in range(count)]
        panels = drawn(story(view(*told))).panels
        start = time.process_time()
        for panel in panels:
            figure_drawing.drawing(panel, panel.units)
        return time.process_time() - start

    few = min(spent(250) for _ in range(3))
    assert spent(2000) < 8 * 3 * few + 0.05


@given(st.lists(st.tuples(*[st.integers(-50, 450)] * 2, *[st.integers(1, 90)] * 2), max_size=30))
def test_room_is_taken_where_two_boxes_meet(places):
    room, taken = Room(0, 420), []
    for left, top, width, height in places:
        box = Box(left, top, left + width, top + height)
        assert room.is_free(box) == (left >= 0 and box.right <= 420 and not any(box.meets(one) for one in taken))
        room.take(box)
        taken.append(box)


def test_a_program_without_variables_and_media_queries_gets_plain_colours():
    plain = figure_page.svg([growth()], plain=True)
    style = plain[plain.index("<style>") : plain.index("</style>")]
    assert "var(" not in style
    assert "@media" not in style
    assert "fill: #1c1b19" in style


def test_nothing_is_asked_of_the_network_and_no_script_runs():
    for text in (figure_page.svg([growth()]), figure_page.page([growth()])):
        assert "<script" not in text
        assert "url(" not in text
        assert "@import" not in text
        assert set(re.findall(r"https?://[^\"' <]+", text)) <= {"http://www.w3.org/2000/svg"}


def test_the_page_has_ids_once_and_headings_step_by_step():
    outline = Outline(figure_page.page([growth(), story(view(telling(5)), id="s2")]))
    ids = [a["id"] for _, a in outline.tags if "id" in a]
    assert len(ids) == len(set(ids))
    for attrs in (a for _, a in outline.tags if "aria-labelledby" in a):
        assert set(attrs["aria-labelledby"].split()) <= set(ids)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 3, 3, 3, 2, 3]
    assert all(a.get("scope") in ("row", "col") for a in outline.all("th"))


def test_the_same_figures_give_the_same_bytes():
    assert figure_page.svg([growth()]) == figure_page.svg([growth()])
    assert figure_page.page([growth()]) == figure_page.page([growth()])
    assert len(figure_page.svg([growth()])) < 30_000


VALUE = st.one_of(st.floats(-1e300, 1e300), st.integers(0, 10**18))
POINT = st.tuples(VALUE, st.one_of(st.none(), VALUE), st.dates(), st.sampled_from(("exact", "over", "up to", "about")))


@settings(max_examples=60)
@given(st.lists(POINT, min_size=1, max_size=15))
def test_every_place_is_a_number_on_the_drawing(points):
    told = [
        telling(value, day.isoformat(), f"O{i % 4}", value_high=high, qualifier=qualifier)
        for i, (value, high, day, qualifier) in enumerate(points)
    ]
    text = figure_page.svg([story(view(*told))])
    assert not re.search(r'="[^"]*\b(nan|inf)\b', text)
    for panel in drawn(story(view(*told))).panels:
        for spot in figure_drawing.drawing(panel, ["views"]).spots:
            assert 0 <= spot.x <= figure_drawing.WIDTH
            assert 0 <= spot.end <= 300
            assert 0 <= spot.y <= 300


def test_a_picture_is_drawn_from_the_same_lines(tmp_path):
    pytest.importorskip("resvg_py")
    target = tmp_path / "figures.png"
    (said,) = figure_files.write([growth()], figure_files.Targets(plot=str(target)))
    assert said == f"{target}: stories 1"
    head = target.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">I", head[16:20])[0] == 2 * (figure_drawing.WIDTH + 40)


# In a browser


@pytest.fixture(scope="module", params=[(1280, "light"), (390, "dark")])
def tab(request, browser, tmp_path_factory):  # noqa: F811
    """The page in a window of that width."""
    file = tmp_path_factory.mktemp("figures") / "figures.html"
    file.write_text(figure_page.page([growth()]), encoding="utf-8")
    width, scheme = request.param
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.goto(file.as_uri())
    yield tab
    tab.close()


def test_nothing_is_wider_than_the_window(tab):
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_tab_key_reaches_marks_and_shows_what_they_say(tab):
    seen = "() => [...document.querySelectorAll('.tip')].filter(t => getComputedStyle(t).visibility === 'visible')"
    tab.evaluate("document.activeElement.blur()")
    assert tab.evaluate(f"({seen})().length") == 0
    tab.locator(".mark").first.focus()
    tab.keyboard.press("Tab")
    assert tab.evaluate(f"({seen})().map(t => t.textContent.trim())") == [
        "10 Feb 2024: over 150,000,000 viewsB Harbour Wire, C \u2068صحيفة المرفأ\u2069"
    ]


def test_a_mark_is_nearer_to_its_own_day_than_to_any_other():
    start = date(2024, 1, 1)
    told = [telling(100 + i, (start + timedelta(days=i // 3)).isoformat(), f"O{i}") for i in range(60)]
    panel = drawn(story(view(*told))).panels[0]
    spots = figure_drawing.drawing(panel, ["views"]).spots
    places = [figure_drawing.LEFT + 34 + 292 * i / 19 for i in range(20)]
    for mark, spot in zip(panel.marks, spots, strict=True):
        nearest = min(range(20), key=lambda i: abs(places[i] - spot.x))
        assert nearest == (mark.point.day - start).days


def test_labels_do_not_cover_each_other(tab):
    boxes = tab.evaluate("""() => [...document.querySelectorAll('.plot')].map(plot =>
        [...plot.querySelectorAll('.label')].map(label => label.getBoundingClientRect())
            .map(box => [box.left, box.top + 3, box.right, box.bottom - 3]))""")
    for labels in boxes:
        for i, (left, top, right, bottom) in enumerate(labels):
            assert not [o for o in labels[i + 1 :] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom]


def test_contrast_is_enough(tab):
    for selector in ("p", "mark", ".small", ".flag", ".kind", "th", "td", "caption", "h3"):
        assert tab.evaluate(CONTRAST, selector) >= 4.5, selector
    of_fill = CONTRAST.replace("getComputedStyle(element).color", "getComputedStyle(element).fill")
    for selector in (".plot .label", ".plot .soft", ".plot .head tspan"):
        assert tab.evaluate(of_fill, selector) >= 4.5, selector


def test_arabic_words_run_from_right_to_left(tab):
    of = """[...new Set([...document.querySelectorAll('.words[lang=ar]')]
        .map(words => getComputedStyle(words).direction))]"""
    assert tab.evaluate(of) == ["rtl"]


def test_the_drawing_opens_alone_in_both_schemes(browser, tmp_path):  # noqa: F811
    (tmp_path / "figures.svg").write_text(figure_page.svg([growth()]), encoding="utf-8")
    grounds = []
    for scheme in ("light", "dark"):
        tab = browser.new_page(color_scheme=scheme)
        tab.goto((tmp_path / "figures.svg").as_uri())
        grounds.append(tab.evaluate("getComputedStyle(document.querySelector('.paper')).fill"))
        right = "Math.max(...[...document.querySelectorAll('text')].map(t => t.getBoundingClientRect().right))"
        assert tab.evaluate(f"{right} <= document.documentElement.getBoundingClientRect().right")
        tab.close()
    assert grounds == ["rgb(251, 250, 247)", "rgb(22, 21, 19)"]
