"""`sayso changes`: the list, one article in the terminal, as JSON and as a page, and how a browser shows it."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console
from tests.interfaces.browsers import CONTRAST, browser  # noqa: F401  (a fixture)
from typer.testing import CliRunner

from sayso import workspace
from sayso.documents.absence import Absence
from sayso.documents.nouns import Capture, Version
from sayso.errors import NotFound
from sayso.extraction.read import read
from sayso.interfaces import changes_page, changes_terminal, changes_words
from sayso.interfaces.cli import app
from sayso.ledger.watched import State, Watched
from sayso.linking.edits.history import Turn
from sayso.linking.edits.nouns import Step

FIRST = """Updated 3 minutes ago
12 people died when the bridge fell on Monday, officials said. Mayor Ann Lee said: “The bridge was safe.”
The cause is not known. The <b>quay</b> is shut."""
NOISE = FIRST.replace("3 minutes", "2 hours").replace("“", '"').replace("”", '"')
LATER = """15 people died when the bridge fell on Monday, officials said. Mayor Ann Lee said: “The bridge was not safe.”
The <b>quay</b> is shut.
Correction: The bridge fell on Monday, not on Sunday."""
ARABIC = "قتل 12 شخصا في انهيار الجسر. لم يعرف السبب بعد."
ARABIC_LATER = "قتل 15 شخصا في انهيار الجسر."
HARBOUR = "https://harbour.example/bridge"
ISOLATES = re.compile("[\u2066-\u2069]")


def keep(ledger, at: str, text: str, **about) -> None:
    """A capture of one article with its version, as the rules alone read it."""
    given = {"id": "a1", "title": "Bridge falls", "outlet": "The Harbour", "url": HARBOUR, "lang": "en"} | about
    captured = f"2024-03-{at}:00+00:00"
    capture = Capture(given["url"], f"{given['title']}\n{text}".encode(), "text/plain", captured, given["url"])
    with ledger.writer() as writer:
        version = Version(text=text, digest=capture.digest, **given)
        writer.add(capture, version, read(text, given["lang"], tagger=None), made_by="test")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    book = workspace.open_ledger(tmp_path_factory.mktemp("ledger"))
    keep(book, "02T10:02", FIRST)
    keep(book, "02T12:00", NOISE)
    keep(book, "02T14:30", LATER, title="Bridge fall: 15 dead", modified="2024-03-02T14:00:00+00:00")
    keep(book, "03T09:00", LATER, title="Fifteen die", modified="2024-03-02T14:00:00+00:00")
    keep(book, "04T09:00", FIRST)
    about = {"id": "b2", "url": "https://marfa.example/jisr", "outlet": "صحيفة المرفأ", "lang": "ar"}
    keep(book, "02T10:00", ARABIC, title="انهيار جسر", **about)
    keep(book, "02T16:00", ARABIC_LATER, title="انهيار جسر", **about)
    for at, text in (("02T10:00", FIRST), ("02T11:00", NOISE)):
        keep(book, at, text, id="c3", url="https://noise.example/1", title="Only noise")
    keep(book, "02T10:00", FIRST, id="d4", url="https://once.example/1", title="Once")
    return book


def run(ledger, *words: str):
    return CliRunner().invoke(app, ["changes", *words, "--ledger", str(ledger.folder)], env={"COLUMNS": "200"})


def shown(ledger, id: str, width: int = 160, **how) -> str:
    out = io.StringIO()
    changes_terminal.article(Console(file=out, width=width, color_system=None), workspace.changes(ledger, id), **how)
    return out.getvalue()


def test_the_list_has_the_articles_that_changed_the_newest_first(ledger):
    found = run(ledger)
    lines = ISOLATES.sub("", found.output).splitlines()
    rows = [line for line in lines if line.startswith("2024-")]
    assert [row.split()[:3] for row in rows] == [["2024-03-04", "09:00", "a1"], ["2024-03-02", "16:00", "b2"]]
    assert "text: 1 sentence changed, 1 removed; figures: 12 → 15 deaths" in rows[1]
    assert lines[-1] == "1 more article differs in noise alone; --all tells."
    assert "c3" in run(ledger, "--all").output
    assert "b2" not in run(ledger, "--since", "2024-03-03").output


def test_an_article_is_shown_as_turns_with_signs_that_need_no_colour(ledger):
    printed = shown(ledger, "a1")
    turns = printed.split("\nChanged ")
    assert [turn.splitlines()[0] for turn in turns[1:]] == [
        "between 2024-03-02 10:02 and 12:00, as captured  no note of a change was found",
        "between 2024-03-02 12:00 and 14:30, as captured  the page carries a note of correction or withdrawal",
        "between 2024-03-02 14:30 and 2024-03-03 09:00, as captured  no note of a change was found",
        "between 2024-03-03 09:00 and 2024-03-04 09:00, as captured  no note of a change was found",
    ]
    assert "2 differences left out as noise: time line, quotation marks" in turns[1]
    for line in (
        "headline: [-Bridge falls-] {+Bridge fall: 15 dead+}",
        "~ [-12-] {+15+} people died when the bridge fell on Monday, officials said.",
        "- [-The cause is not known.-]",
        "+ {+Correction: The bridge fell on Monday, not on Sunday.+}  (added, in a note of correction or withdrawal)",
        "changed: Ann Lee · a negation · [-was safe-] {+was not safe+}",
        "changed: 12 → 15 deaths",
    ):
        assert f"  {line}\n" in re.sub(" +\n", "\n", turns[2])
    assert "headline: [-Bridge fall: 15 dead-] {+Fifteen die+}" in turns[3]
    assert "Headline and text are again as they were captured 2024-03-02 10:02." in turns[4]


def test_the_timeline_has_every_capture_and_numbers_versions_as_they_came(ledger):
    rows = [line.split() for line in shown(ledger, "a1").splitlines() if line.startswith("2024-")]
    assert [row[2] for row in rows] == ["1", "2", "3", "4", "1"]
    assert "first capture" in shown(ledger, "a1")
    assert "headline only" in shown(ledger, "a1")


def test_noise_is_told_in_full_when_asked(ledger):
    assert "[-Updated 3 minutes ago-] {+Updated 2 hours ago+}" in shown(ledger, "a1", noise=True)
    assert "Updated 3 minutes ago" not in shown(ledger, "a1")


def test_right_to_left_words_keep_signs_and_order(ledger):
    line = next(line for line in shown(ledger, "b2").splitlines() if "{+15+}" in line)
    assert line.strip() == "~ \u2068قتل \u2067[-12-]\u2069 \u2067{+15+}\u2069 شخصا في انهيار الجسر.\u2069"


def test_an_article_is_found_by_its_address_and_by_the_beginning_of_its_id(ledger):
    assert workspace.changes(ledger, "http://www.harbour.example/bridge/?utm_source=x").article == "a1"
    assert workspace.changes(ledger, "b").article == "b2"
    with pytest.raises(NotFound, match="no article at"):
        workspace.changes(ledger, "https://harbour.example/ferry")


def test_an_article_captured_once_has_not_changed(ledger):
    assert "No change was captured." in run(ledger, "d4").output
    late = run(ledger, "a1", "--since", "2025-01-01").output
    assert "No change was captured since 2025-01-01." in late
    assert late.count("another version") == 4


def test_captures_within_a_minute_are_told_apart_by_seconds():
    turn = Turn("2024-03-02T10:02:03+00:00", "2024-03-02T10:02:59+00:00", 0, 1, Step())
    assert changes_words.between(turn) == "between 2024-03-02 10:02:03 and 10:02:59"


def test_json_has_every_string_with_its_span(ledger):
    found = json.loads(run(ledger, "a1", "--json").stdout)
    versions = [moment["version"] for moment in found["captures"]]
    assert versions == [0, 1, 2, 3, 0]
    texts = [FIRST, NOISE, LATER, LATER]
    for turn in found["turns"]:
        sides = {"before": texts[turn["before"]], "after": texts[turn["after"]]}
        for one in [*turn["edits"], *turn["noise"], *turn["figures"]]:
            for side, text in sides.items():
                if one[side] is not None:
                    start, end = one[side]["span"]
                    assert text[start:end] == one[side]["text"]
        for edit in turn["edits"]:
            for piece in edit["pieces"]:
                text = sides["before" if piece["op"] == "removed" else "after"]
                assert text[slice(*piece["span"])] == piece["text"]
    assert [turn["kind"] for turn in found["turns"]] == ["noise", "text", "headline", "text"]
    assert [turn["page_tells"] for turn in found["turns"]] == [False, True, False, False]
    assert found["turns"][3]["back"] == "2024-03-02T10:02:00+00:00"
    listed = json.loads(run(ledger, "--json").stdout)
    assert [(row["article"], row["kind"], row["turns"]) for row in listed] == [("a1", "text", 3), ("b2", "text", 1)]


@pytest.fixture
def gone(tmp_path):
    """An article that changed and whose page went; one whose page held none for a time; one that went and was read."""
    book = workspace.open_ledger(tmp_path)
    keep(book, "02T10:00", FIRST)
    keep(book, "02T14:30", LATER)
    keep(book, "02T10:00", FIRST, id="d4", url="https://once.example/1", title="Once")
    keep(book, "09T10:00", FIRST, id="e5", url="https://once.example/2", title="Twice")
    moments = [f"2024-03-0{day}T10:00:00+00:00" for day in (3, 5, 7)]
    found = Absence("a1", 404, *moments[:2]), Absence("d4", None, moments[0], *moments[:1], moments[2])
    with book.writer() as writer:
        for one in (*found, Absence("e5", 410, *moments[:2])):
            state = State(f"https://{one.article}.example/", absence=one)
            writer.watch([Watched(state.address, "page", None, state)])
    return book


def test_pages_that_went_are_listed_with_what_was_found_and_when(gone):
    listed = {row["article"]: row for row in json.loads(run(gone, "--json").stdout)}
    assert {id: (row["kind"], row["what"]) for id, row in listed.items()} == {
        "a1": ("absence", "gone (HTTP 404) when visited 2024-03-03 10:00 and, last, 2024-03-05 10:00"),
        "d4": ("absence", "held no article when visited 2024-03-03 10:00; there again 2024-03-07 10:00"),
        "e5": (
            "absence",
            "gone (HTTP 410) when visited 2024-03-03 10:00 and, last, 2024-03-05 10:00; there again 2024-03-09 10:00",
        ),
    }
    assert (listed["a1"]["since"], listed["a1"]["turns"]) == ("2024-03-02T14:30:00+00:00", 1)
    for width in ("200", "60"):
        found = CliRunner().invoke(app, ["changes", "--ledger", str(gone.folder)], env={"COLUMNS": width})
        assert "(HTTP 404)" in found.output
    assert "d4" not in run(gone, "--since", "2024-03-04").output


def test_an_article_whose_page_went_tells_it_in_every_form(gone, tmp_path):
    said = "The page: gone (HTTP 404) when visited 2024-03-03 10:00 and, last, 2024-03-05 10:00."
    assert said in run(gone, "a1").output
    assert "The page: held no article" in run(gone, "d4").output
    assert said in changes_page.page([workspace.changes(gone, "a1")])
    found = json.loads(run(gone, "a1", "--json").stdout)["absence"]
    assert (found["status"], found["last"], found["back"]) == (404, "2024-03-05T10:00:00+00:00", None)
    assert "1 article\n" in run(gone, "d4", str(tmp_path / "out.html")).output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["a1", "out.pdf"], "changes are written to OUT.html"),
        (["a1", "--story", "s1"], "give either it or an article"),
        (["--since", "last week"], "is no date; write it like 2024-03-02"),
    ],
)
def test_slips_are_told_in_one_sentence(ledger, words, sentence):
    found = run(ledger, *words)
    assert found.exit_code == 2
    assert sentence in found.output
    assert len(found.output.splitlines()) == 1


def test_a_story_has_its_own_articles_alone(ledger, monkeypatch):
    monkeypatch.setattr("sayso.workspace.changing.relink", lambda ledger, progress: None)
    with pytest.raises(NotFound, match="no story"):
        workspace.changed(ledger, story="s1")


def test_no_word_judges():
    files = Path(changes_words.__file__).parent.rglob("changes*")
    words = "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix != ".pyc")
    assert not re.search(r"stealth|quietly|silently|secret|admit|manipulat|\blie", words, re.IGNORECASE)


# The page


@pytest.fixture(scope="module")
def page(ledger, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "out.html"
    done = run(ledger, str(path))
    assert done.exit_code == 0, done.output
    return path


def test_the_page_asks_nothing_of_the_network_and_escapes_what_it_shows(page):
    html = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "<b>quay</b>" not in html
    assert not re.search(r"(?:src|href)=\"(?!#|data:|https://(?:harbour|marfa)\.example/)", html)


def test_one_article_makes_a_page_without_contents(ledger):
    html = changes_page.page([workspace.changes(ledger, "b2")])
    assert 'aria-label="Contents"' not in html
    assert "<title>انهيار جسر · what changed · sayso</title>" in html


def test_captures_on_the_strip_keep_their_order_and_their_distance(ledger):
    places = [mark.x for mark in changes_page.strip(workspace.changes(ledger, "a1")).marks]
    assert places == sorted(places)
    assert min(b - a for a, b in pairwise(places)) >= 17.9
    assert places[0] == 16
    assert places[-1] == changes_page.WIDTH - 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_shows_removed_and_added_words_in_their_direction(page, browser, width, scheme):  # noqa: F811
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CONTRAST, "del, ins, .what, .kind, h3, .noise summary") >= 4.5
    arabic = tab.locator("#b2 .edits p.words").first
    assert arabic.get_attribute("lang") == "ar"
    assert arabic.evaluate("e => getComputedStyle(e).direction") == "rtl"
    removed, added = (arabic.locator(kind).bounding_box() for kind in ("del", "ins"))
    assert removed["x"] > added["x"]
    assert arabic.inner_text().replace("\n", " ").startswith("قتل")
    english = tab.locator("#a1-2 .edits li.changed").first
    assert "[removed: 12] [added: 15]" in re.sub(r"\s+", " ", english.evaluate("e => e.textContent"))
    styles = [
        tab.locator(kind).first.evaluate("e => getComputedStyle(e).textDecorationLine") for kind in ("del", "ins")
    ]
    assert styles == ["line-through", "underline"]
    way = ".captures" if width < 640 else ".strip"
    assert [tab.locator(f"#a1 {one}").is_visible() for one in (".captures", ".strip")] == [width < 640, width >= 640]
    if width < 640:
        assert tab.locator("#a1 .captures li").count() == 5
        assert tab.evaluate("parseFloat(getComputedStyle(document.querySelector('.captures li')).fontSize)") >= 12
        ends = tab.evaluate("[...document.querySelectorAll('.captures li')].map(e => e.getBoundingClientRect().right)")
        assert max(ends) <= width
    tab.locator(f"#a1 {way} a").first.focus()
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#a1-1"
    tab.close()
