"""The report: what it shows of the examples, and how a browser shows it (1280 and 390 pixels wide)."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from tests.interfaces.browsers import CONTRAST, browser  # noqa: F401  (a fixture)

from sayso.extraction.nouns import Attribution, Figure, Time
from sayso.interfaces import report, wording
from sayso.interfaces.plot import plot
from sayso.linking.article import Annotated
from sayso.linking.comparison.compare import compare
from sayso.linking.comparison.nouns import Comparison, FigureTelling, FigureView, Passage, Source
from sayso.linking.figures.amounts import number
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    FigureMember,
    FigureThread,
    Links,
    StatementMember,
    Story,
    Thread,
)
from sayso.text.span import Span

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))


# The examples as a careful reader reads them: no reading or linking, so that only the report is tested here


def texts() -> dict[str, tuple[str, str]]:
    """Name -> title and text."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted((EXAMPLES / "articles").iterdir()):
        raw = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            found |= {row["id"]: (row["title"], row["text"]) for row in map(json.loads, raw.splitlines())}
        elif path.suffix == ".html":
            body = re.findall(r"<p>(.*?)</p>", raw[raw.index("story-body") : raw.index("</article>")])
            found[path.name] = (re.findall(r"<h1>(.*?)</h1>", raw)[0], html.unescape("\n\n".join(body)))
        else:
            found[path.name] = (raw.splitlines()[0], raw)
    return found


def span(text: str, words: str) -> Span:
    start = text.find(words)
    return Span(max(start, 0), max(start, 0) + len(words))


def article(name: str, story: dict) -> Annotated:
    title, text = texts()[name]
    surfaces = {speaker: [s for s in names if s in text] for speaker, names in story["speakers"].items()}
    said = [s for s in story["statements"] if s["article"] == name]
    counted = [f for f in story["figures"] if f["article"] == name]
    about = EXPECTED["articles"][name]
    return Annotated(
        id=name.replace(".", "-"),
        text=text,
        lang=about["lang"],
        published=about["published"],
        title=title,
        outlet=about["outlet"],
        url=f"https://{name}.example",
        attributions=tuple(
            Attribution(
                source=tuple(span(text, surface) for surface in surfaces.get(s["speaker"], [])[:1]),
                cue=(),
                content=tuple(span(text, words) for words in s["content"]),
                type=s["type"],
                speaker=s["speaker"],
            )
            for s in said
        ),
        figures=tuple(
            Figure(
                span(text, f["words"]),
                f["value"],
                f["unit"],
                f["qualifier"],
                None,
                f["scope"],
                f["window"],
                about["published"],
            )
            for f in counted
        ),
        attribution_ids=tuple(s["thread"] for s in said),
        figure_ids=tuple(f["thread"] + f["words"] for f in counted),
    )


def comparison(story: dict) -> Comparison:
    articles = [article(name, story) for name in story["articles"]]
    changed = {(c["thread"], c["article"].replace(".", "-")): c["because"] for c in story["changed"]}
    first: dict[str, str] = {}
    threads: dict[str, list[StatementMember]] = {}
    for one in articles:
        for id in one.attribution_ids:
            same = first.setdefault(str(id), one.lang) == one.lang
            relation = "changed" if (id, one.id) in changed else "verbatim" if same else "translation"
            threads.setdefault(str(id), []).append(
                StatementMember(one.id, id, (), relation, changed.get((id, one.id), ""))
            )
    figures: dict[str, list[tuple[FigureMember, dict]]] = {}
    for f in story["figures"]:
        member = FigureMember(f["article"].replace(".", "-"), f["thread"] + f["words"])
        figures.setdefault(f["thread"], []).append((member, f))
    members = {k: tuple(m for m, _ in v) for k, v in figures.items()} | {k: tuple(v) for k, v in threads.items()}
    sides = {c["thread"]: [a.replace(".", "-") for a in c["one"] + c["other"]] for c in story["conflicts"]}
    links = Links(
        threads=tuple(Thread(name, "", tuple(v)) for name, v in threads.items()),
        figure_threads=tuple(
            FigureThread(k, v[0][1]["unit"], v[0][1]["scope"], members[k]) for k, v in figures.items()
        ),
        conflicts=tuple(
            Conflict(
                c["kind"],
                c["thread"],
                tuple(m for m in members[c["thread"]] if m.article in sides[c["thread"]]),
                c["because"],
            )
            for c in story["conflicts"]
        ),
        duplicates=tuple(
            Duplicate(tuple(a.replace(".", "-") for a in ids), "wire copy") for ids in story["duplicates"]
        ),
    )
    times = {articles[0].id: [Time(Span(0, 7), "2024-02-10")]}
    return compare(
        Story(story["name"], articles[0].title or "", tuple(a.id for a in articles)), articles, links, times=times
    )


@pytest.fixture(scope="module")
def comparisons() -> list[Comparison]:
    return [comparison(story) for story in EXPECTED["stories"]]


@pytest.fixture(scope="module")
def page(comparisons) -> str:
    return report.report(comparisons, made="2026-01-02")


# What stands in it


class Outline(HTMLParser):
    """Tags with their attributes, in order; headings with their levels."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<body>") :]))


def test_every_telling_stands_in_its_exact_words(page):
    shown = text_of(page)
    copies = {"carlson-wire-copy.html"}
    wanted = [
        w for s in EXPECTED["stories"] for t in s["statements"] if t["article"] not in copies for w in t["content"]
    ]
    assert [words for words in wanted if words not in shown] == []


def test_quoted_words_bear_their_language_and_direction(page):
    quoted = [a for tag, a in Outline(page).tags if tag in ("q", "p") and "words" in (a.get("class") or "")]
    assert {(a["lang"], a["dir"]) for a in quoted} == {
        ("ar", "rtl"),
        ("de", "ltr"),
        ("en", "ltr"),
        ("es", "ltr"),
        ("fr", "ltr"),
        ("ru", "ltr"),
    }


def test_the_two_planted_conflicts_stand_with_both_sides(page):
    differ = text_of(page[: page.index('id="carlson-said"')])
    for words in ("269,000 reposts", "296 ألفاً", "There was no reaction", "there was a reaction"):
        assert words in differ


def test_nothing_is_called_a_lie_or_right_or_wrong(page):
    assert not re.search(
        r"\b(lie|lies|lied|false|fake|wrong|correct|true)\b", text_of(report.report([])), re.IGNORECASE
    )
    assert "earliest in this archive" in page


def test_the_page_asks_nothing_of_the_network(page):
    outline = Outline(page)
    assert not outline.all("script")
    assert not outline.all("img")
    assert [a["href"] for a in outline.all("link")] == ["data:,"]
    assert "url(" not in page
    assert "@import" not in page


def test_ids_are_unique_and_every_inner_link_has_its_target(page):
    tags = Outline(page).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in tags if tag == "a" and a["href"].startswith("#")} <= set(ids)


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in Outline(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_table_headers_have_a_scope_and_tables_a_caption(page):
    outline = Outline(page)
    assert all(a.get("scope") in ("row", "col", "rowgroup") for a in outline.all("th"))
    assert len(outline.all("table")) == len(outline.all("caption")) > 0


def test_the_same_comparisons_give_the_same_page(comparisons, page):
    assert report.report(comparisons, made="2026-01-02") == page


HOSTILE = '"><script>alert(1)</script>\u202e{{ 7*7 }}'


def test_hostile_words_and_addresses_stay_text():
    passage = Passage("x y\"'<", HOSTILE, 'en"><script>', HOSTILE, (HOSTILE,), (), HOSTILE)
    figure = FigureTelling(passage, 1, 2, HOSTILE, "over", HOSTILE, HOSTILE, None, HOSTILE, "only", False)
    source = Source(
        "x y\"'<", HOSTILE, HOSTILE, "xx", url="javascript:alert(1)", published=HOSTILE, published_from=HOSTILE
    )
    view = Comparison(HOSTILE, HOSTILE, (source,), (), (FigureView(None, HOSTILE, HOSTILE, (figure,)),), (), ())
    page = report.report([view])
    assert "<script" not in page
    assert not [a for a in Outline(page).all("a") if (a["href"] or "").startswith("javascript")]
    assert "{{ 7*7 }}" in page


def test_no_stories_still_give_a_page():
    assert "0 stories" in report.report([])


# Words and drawings


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (150_000_000, "150,000,000"),
        (8_300_000.0, "8,300,000"),
        (8.3, "8.3"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "-0.5"),
        (None, "no number"),
    ],
)
def test_numbers_are_grouped_and_not_rounded(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("window", "shown"),
    [("PT23H", "23 hours"), ("P1D", "1 day"), ("P1DT2H", "1 day 2 hours"), (None, ""), ("soon", "soon"), ("P", "P")],
)
def test_durations_in_words(window, shown):
    assert wording.duration(window) == shown


def test_a_plot_tells_each_value_and_day_once(comparisons):
    views = next(c for c in comparisons if c.id == "carlson").figures
    drawn = plot(next(v for v in views if v.unit == "views" and v.scope == "X"))
    assert drawn is not None
    assert len(drawn.dots) == 6
    assert "2024-02-14: over 200,000,000 (Северный листок)" in drawn.text
    assert plot(next(v for v in views if v.unit == "USD")) is None, "one value needs no drawing"


def test_places_of_a_plot_are_to_scale(comparisons):
    drawn = plot(next(v for c in comparisons for v in c.figures if v.unit == "reposts"))
    assert drawn is not None
    low, high = sorted((dot.y, dot.label) for dot in drawn.dots)[::-1]
    assert (low[1], high[1]) == ("269K × 2", "296K")
    place = {words: y for y, words in drawn.steps}
    assert place["260K"] > low[0] > place["270K"] > place["290K"] > high[0] > place["300K"]


# In a browser


@pytest.fixture(scope="module", params=[1280, 390])
def tab(request, browser, page, tmp_path_factory):  # noqa: F811
    """The report opened in a window of that width; `asked` collects the addresses it asks for."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(page, encoding="utf-8")
    tab = browser.new_page(viewport={"width": request.param, "height": 900})
    tab.asked = []
    tab.on("request", lambda asked: tab.asked.append(asked.url))
    tab.goto(file.as_uri())
    yield tab
    tab.close()


def test_a_browser_asks_for_the_file_alone(tab):
    assert [url for url in tab.asked if not url.startswith("data:")] == [tab.url]


def test_arabic_runs_from_right_to_left_and_the_rest_does_not(tab):
    of = """(lang) => [...new Set([...document.querySelectorAll(`.words[lang=${lang}]`)]
        .map(words => getComputedStyle(words).direction))]"""
    assert tab.evaluate(of, "ar") == ["rtl"]
    assert tab.evaluate(of, "ru") == ["ltr"]


def test_nothing_is_wider_than_the_window(tab):
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_keyboard_reaches_the_stories_first(tab):
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#main")  # the browser tells it in its own time
    assert tab.url.endswith("#main")


def test_contrast_is_enough_in_both_schemes(tab):
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for selector in ("p", "a", "q", "mark", ".small", ".flag", ".kind", "th", "td", "caption", "h4"):
            assert tab.evaluate(CONTRAST, selector) >= 4.5, (scheme, selector)
