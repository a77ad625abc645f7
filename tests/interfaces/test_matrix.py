"""A matrix in the terminal, as CSV and as a page; how a browser shows the page (1280 and 390 pixels wide)."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace

import pytest
from rich.console import Console
from tests.interfaces.browsers import CONTRAST, browser  # noqa: F401  (a fixture)
from typer.testing import CliRunner

from sayso import workspace
from sayso.interfaces import matrix_files, matrix_page, matrix_terminal, matrix_words, report
from sayso.interfaces.cli import app
from sayso.linking.comparison.matrix import matrix
from sayso.linking.comparison.nouns import Comparison, Fact, Passage, Saying, Source, SpeakerView, Telling
from sayso.text.span import Span

ARABIC = "صحيفة المرفأ"
WORDS = "The pier could close in March."


def passage(outlet: str, words: str = WORDS, lang: str = "en") -> Passage:
    spans = (Span(4, 4 + len(words)),)
    return Passage(f"{outlet}-1", outlet, lang, "2024-03-02", (words,), spans, f"Now {words} <b>So</b> it goes.")


def telling(outlet: str, relation: str | None = "verbatim", **rest) -> Telling:
    words, lang = rest.pop("words", WORDS), rest.pop("lang", "en")
    fixed = {"type": "direct", "stance": "asserts", "source": "Ann Lee", "cue": "said", "through": (), "changed": ""}
    fixed |= {"earliest": False, "score": 0.9, "rule": ""}
    return Telling(passage(outlet, words, lang), relation=relation, **fixed, **rest)


def story(outlets: list[str], *sayings: Saying, copies: int = 0) -> Comparison:
    copy = Source("x-1", None, "Copier", "en")
    sources = [
        Source(f"{outlet}-1", f"Title of {outlet}", outlet, "en", "https://wire.example/1", "2024-03-02")
        for outlet in outlets
    ]
    sources[0] = replace(sources[0], copies=(copy,) * copies)
    return Comparison("s1", "The <pier>", tuple(sources), (SpeakerView("Ann Lee", (), sayings),), (), (), ())


CHANGED = telling(
    "Post", "changed", change="modality", here="pier will close", there="pier could close", words="The pier will close."
)
SAYING = Saying(
    "t1",
    (telling("Wire"), telling(ARABIC, "translation", words="قد يغلق الرصيف في مارس.", lang="ar"), CHANGED),
    facts=(Fact(passage("Echo"), "Ann Lee"),),
)
ONCE = Saying(None, (telling("Wire", None, words="=1+1 said nobody"),))
STORY = story(["Wire", ARABIC, "Post", "Echo", "Mute"], SAYING, ONCE, copies=2)


def printed(comparison: Comparison, width: int) -> str:
    out = io.StringIO()
    matrix_terminal.show(Console(file=out, width=width, color_system=None), matrix(comparison))
    return out.getvalue()


def test_a_terminal_shows_a_sign_for_each_outlet_and_the_words_that_differ():
    shown = printed(STORY, 160)
    row = next(line for line in shown.splitlines() if WORDS in line)
    assert row.split(WORDS)[1].split() == ["=", "»", "≠", "≠", "·"]
    assert "C ≠ a “could” lost or added, “pier will close” against “pier could close”" in shown
    assert "D ≠ in the outlet’s own voice; Ann Lee says it elsewhere" in shown
    assert "A Wire (2 copies)" in shown
    assert "Told once: 1 statement (Wire 1)." in shown


def test_a_narrow_terminal_lists_the_outlets():
    shown = printed(STORY, 60).replace("\u2068", "").replace("\u2069", "")
    assert "= same words: Wire" in shown
    assert "· left out: 1 outlet" in shown
    assert "sayso found no telling of it" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 60


def test_a_table_has_a_column_for_each_outlet_and_one_for_its_words():
    (first, second) = csv.DictReader(io.StringIO(matrix_files.csv(matrix(STORY))))
    assert (first["story"], first["thread"], first["speaker"], first["carried_by"]) == ("s1", "t1", "Ann Lee", "4")
    assert first["Wire (2 copies)"] == "same words"
    assert first[ARABIC] == "translated"
    assert first["Post"] == "differs: a “could” lost or added, “pier will close” against “pier could close”"
    assert first["Mute"] == "left out"
    assert first["words: Post"] == "The pier will close."
    assert second["statement"] == "'=1+1 said nobody", "no formula for a spreadsheet"
    assert second["Wire (2 copies)"] == "told here alone"


def test_the_command_writes_what_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "story", lambda *_: STORY)
    run = CliRunner().invoke
    table, page = tmp_path / "m.csv", tmp_path / "m.html"
    assert run(app, ["story", "s1", "--matrix", str(table)]).exit_code == 0
    assert run(app, ["story", "--matrix", str(page), "s1"]).exit_code == 0
    assert table.read_text(encoding="utf-8").startswith('"story",')
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "A Wire" in run(app, ["story", "s1", "--matrix"]).output
    made = json.loads(run(app, ["story", "s1", "--matrix", "--json"]).output)
    assert [cell["state"] for cell in made["rows"][0]["cells"]] == [
        "verbatim",
        "translation",
        "changed",
        "changed",
        "left out",
    ]
    for words in (["s1", "--matrix", "m.txt"], ["s1", "m.csv"]):
        assert run(app, ["story", *words]).exit_code == 2


def test_a_page_is_escaped_and_has_a_head_for_each_row_and_column():
    page = matrix_page.page(matrix(STORY))
    assert "<b>So</b>" not in page
    assert "The &lt;pier&gt;" in page
    assert page.count('scope="col"') == 6
    assert page.count('scope="row"') == 1


def test_the_report_shows_who_tells_it_in_its_own_voice():
    alone = replace(SAYING, tellings=SAYING.tellings[:1])
    page = report.report([story(["Wire", "Echo"], alone)])
    assert "in the outlet’s own voice; elsewhere <bdi>Ann Lee</bdi> says it" in page
    assert "Told by one article each" not in page


def test_a_page_says_of_each_absent_outlet_which_it_is():
    early = Source("early-1", "Title", "Early", "en", None, "2024-03-01")
    page = matrix_page.page(matrix(replace(STORY, sources=(early, *STORY.sources))))
    assert "Left out: <bdi>Mute</bdi></div>" in page
    assert "Published before it was told: <bdi>Early</bdi></div>" in page
    assert matrix_words.LEFT_OUT in page


def large(articles: int, statements: int) -> Comparison:
    """A story in which each statement is told by up to five outlets, or by one."""
    outlets = [f"Outlet {i}" for i in range(articles)]
    sayings = [
        Saying(f"t{n}", tuple(telling(outlets[(n + i) % articles]) for i in range(5)))
        if n % 4 == 0
        else Saying(None, (telling(outlets[n % articles], None),))
        for n in range(statements)
    ]
    return story(outlets, *sayings)


def test_a_large_story_is_shown_in_bounded_time_and_space():
    start = time.perf_counter()
    made = matrix(large(200, 500))
    page = matrix_page.page(made)
    assert len(page) < 5_000_000
    assert len(made.shared) == 125
    assert "Told once: 375 statements" in printed(large(200, 500), 160)
    assert time.perf_counter() - start < 20


# In a browser


@pytest.fixture(scope="module", params=[1280, 390])
def tab(request, browser, tmp_path_factory):  # noqa: F811
    """The page opened in a window of that width; `asked` collects the addresses it asks for."""
    file = tmp_path_factory.mktemp("matrix") / "matrix.html"
    file.write_text(matrix_page.page(matrix(STORY)), encoding="utf-8")
    tab = browser.new_page(viewport={"width": request.param, "height": 900})
    tab.asked = []
    tab.on("request", lambda asked: tab.asked.append(asked.url))
    tab.goto(file.as_uri())
    yield tab
    tab.close()


def test_a_browser_asks_for_the_file_alone(tab):
    assert [url for url in tab.asked if not url.startswith("data:")] == [tab.url]


def test_the_keyboard_opens_a_cell(tab):
    tab.evaluate("document.querySelector('td.changed summary').focus()")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector('td.changed details').open")
    assert tab.locator("td.changed .words").first.is_visible()
    assert "pier will close" in tab.locator("td.changed .change").first.inner_text()


def test_the_page_is_no_wider_than_the_window_and_the_text_no_wider_than_its_cell(tab):
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    wide = "[...document.querySelectorAll('td, th')].filter(c => c.scrollWidth > c.clientWidth + 1).length"
    assert tab.evaluate(wide) == 0


def test_arabic_runs_from_right_to_left(tab):
    of = "(lang) => getComputedStyle(document.querySelector(`.words[lang=${lang}]`)).direction"
    assert [tab.evaluate(of, lang) for lang in ("ar", "en")] == ["rtl", "ltr"]


def test_rows_columns_and_cells_are_told_to_screen_readers(tab):
    tree = tab.locator("table").aria_snapshot()
    assert "rowheader" in tree
    assert tree.count("columnheader") == 6
    assert "differs a “could” lost or added" in " ".join(tree.replace("- ", "").split())


def test_every_state_is_told_in_words_and_signs_not_in_colour_alone(tab):
    shown = tab.locator("td:visible").all_inner_texts()
    assert all(any(sign in text for sign in "=»≠·") or "Left out" in text for text in shown)
    assert all(any(state in text for state in matrix_words.STATES.values()) or "Left out" in text for text in shown)


def test_contrast_is_enough_in_both_schemes(tab):
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for selector in ("p", "a", "q", "mark", ".small", ".sign", ".state", ".kind", "th", "td", "caption", "h2"):
            assert tab.evaluate(CONTRAST, selector) >= 4.5, (scheme, selector)


def test_heads_stay_when_a_large_story_is_scrolled(browser, tmp_path):  # noqa: F811
    file = tmp_path / "large.html"
    file.write_text(matrix_page.page(matrix(large(40, 200))), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(file.as_uri())
    tab.evaluate("document.querySelector('.scroll').scrollTo(600, 900)")
    frame = tab.evaluate("(({x, y}) => [x, y])(document.querySelector('.scroll').getBoundingClientRect())")
    corner = tab.evaluate("(({x, y}) => [x, y])(document.querySelector('.corner').getBoundingClientRect())")
    assert [round(a - b) for a, b in zip(corner, frame, strict=True)] == [1, 1]
    assert not tab.evaluate("document.querySelector('details.lone').open")
    tab.close()
