"""Explain as a page: the text as it was, nothing asked of the network, and arrows that a browser draws."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from tests.interfaces import browsers
from tests.interfaces.browsers import CONTRAST
from tests.interfaces.explained import attribution, nested, row, wild

from sayso.interfaces import explain_page
from sayso.interfaces.explain import explained

ARABIC = row(
    "و{c1|قال} {s1|المتحدث باسم الوزارة} إن {q1|{s2|الوزير} {c2|نفى} {q2|بيع 150 ألف طن من القمح في شهر واحد}}.",
    {2: 1},
    lang="ar",
    title="«الوزارة» ترد",
    outlet="المرفأ",
    published="2024-02-10",
)
HOSTILE = "\"'></script><script>alert(1)</script>\u202e{{ 7*7 }}&amp;<img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """Tags with their attributes, in order, and the words of each paragraph of the texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self.reading = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "p":
            self.reading = dict(attrs).get("class") == "words"
            self.paragraphs += [""] if self.reading else []

    def handle_endtag(self, tag):
        self.reading = self.reading and tag != "p"

    def handle_data(self, data):
        if self.reading:
            self.paragraphs[-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    return explain_page.page([explained(nested()), explained(ARABIC)])


# What stands in it


@given(wild())
def test_the_words_are_the_text(made: dict[str, Any]) -> None:
    article = explained(made)
    shown = Page(explain_page.page([article]))
    assert shown.paragraphs == [p.span.of(article.text) for p in article.paragraphs]
    assert len(shown.all("li")) == (len(made["attributions"]) if article.paragraphs else 0)


@given(wild())
def test_what_is_marked_is_what_was_found(made: dict[str, Any]) -> None:
    article = explained(made)
    seen = [one for p in article.paragraphs for one in explain_page.segments(article, p)]
    for number, found in enumerate(made["attributions"], 1):
        for kind, name in (("s", "source"), ("c", "cue"), ("q", "content")):
            places = {i for start, end in found[name] for i in range(start, end)}
            wanted = "".join(article.text[i] for p in article.paragraphs for i in range(*p.span) if i in places)
            assert "".join(one.words for one in seen if f"{kind}{number}" in one.within.split()) == wanted


def test_each_part_says_what_it_belongs_to(page: str) -> None:
    spans = [(a.get("data-n"), a.get("data-in"), a["class"]) for a in Page(page).all("span") if "data-in" in a]
    assert spans[:8] == [
        ("q1", "q1", "q q1 first last"),
        ("s1,4", "s1 s4", "s"),
        ("c1", "c1", "c"),
        ("q1 s2", "q1 s2", "s q q1 first"),
        (None, "q1", "q q1"),
        ("c2", "q1 c2", "c q q1"),
        (None, "q1", "q q1"),
        ("q2", "q1 q2", "q q2 first"),
    ]
    assert ("…q4", "q4", "q q1 last") in spans


def test_notes_tell_how_each_was_found(page: str) -> None:
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert "found by tagger, score 0.79 · model tagger-7" in text
    assert "content in 2 parts" in text
    assert [a.get("data-inside") for a in Page(page).all("li") if "data-number" in a] == [
        None,
        "1",
        "2",
        None,
        None,
        "1",
    ]


def test_ids_are_unique_and_every_inner_link_has_its_target(page: str) -> None:
    tags = Page(page).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in tags if tag == "a" and a["href"]} <= set(ids)


def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 2]
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_page_asks_nothing_and_runs_its_own_script_alone(page: str) -> None:
    outline = Page(page)
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    [policy] = [a["content"] for a in outline.all("meta") if a.get("http-equiv")]
    assert f"script-src 'sha256-{digest}'" in (policy or "")
    assert "default-src 'none'" in (policy or "")
    assert [a["href"] for a in outline.all("link")] == ["data:,"]
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp", page)


def test_hostile_words_stay_text() -> None:
    found = attribution(source=[[0, 9]], speaker=HOSTILE, rule=HOSTILE, model=HOSTILE, stance=HOSTILE, type=HOSTILE)
    made = {"id": HOSTILE, "text": HOSTILE, "title": HOSTILE, "outlet": HOSTILE, "lang": HOSTILE, "published": HOSTILE}
    figure = {"span": [3, 6], "value": 1, "value_high": None, "unit": HOSTILE, "qualifier": HOSTILE}
    outline = Page(explain_page.page([explained(made | {"attributions": [found], "figures": [figure]})]))
    assert outline.paragraphs == [HOSTILE]
    assert len(outline.all("script")) == 1
    assert not outline.all("img")
    assert not [name for _, attrs in outline.tags for name in attrs if name.startswith("on")]


def test_no_articles_still_give_a_page() -> None:
    assert "0 articles" in explain_page.page([])


# In a browser

browser = browsers.browser


@pytest.fixture(scope="module", params=[1280, 390])
def tab(request, browser, page, tmp_path_factory):
    """The page in a window of that width; `asked` collects addresses, `said` what the browser complains of."""
    file = tmp_path_factory.mktemp("explain") / "page.html"
    file.write_text(page, encoding="utf-8")
    tab = browser.new_page(viewport={"width": request.param, "height": 900})
    tab.asked, tab.said = [], []
    tab.on("request", lambda asked: tab.asked.append(asked.url))
    tab.on("console", lambda message: tab.said.append(message.text))
    tab.on("pageerror", lambda error: tab.said.append(str(error)))
    tab.goto(file.as_uri())
    yield tab
    tab.close()


@pytest.fixture(autouse=True)
def at_rest(request):
    """Nothing held, the pointer away from all notes."""
    if "tab" in request.fixturenames:
        tab = request.getfixturevalue("tab")
        tab.mouse.move(1, 1)
        tab.keyboard.press("Escape")


LIT = "[...document.querySelectorAll('.on')].map((part) => part.textContent)"
LINES = "[...document.querySelectorAll('.arrows path:not(.head, .head.up)')].map((path) => path.getAttribute('class'))"


def test_a_browser_asks_for_the_file_alone_and_complains_of_nothing(tab) -> None:
    assert [url for url in tab.asked if not url.startswith("data:")] == [tab.url.split("#")[0]]
    assert tab.said == []


def test_pointing_at_a_note_ties_its_parts_together(tab) -> None:
    tab.locator("#a1-n2").hover()
    assert "".join(tab.evaluate(LIT)) == "Kirbydeniesthat the Pentagon ever promised forty launchers"
    assert sorted(tab.evaluate(LINES)) == ["line", "line", "line up"]
    tab.mouse.move(1, 1)
    assert tab.evaluate(LIT) == tab.evaluate(LINES) == []


def test_a_shared_source_and_content_in_parts(tab) -> None:
    tab.locator("#a1-n1").hover()
    assert tab.evaluate(LINES) == ["line", "line", "line"]
    tab.locator("#a1-n4").hover()
    assert tab.evaluate(LIT) == ["Dmitry Peskov", "added", "“We shall see.", "Nothing was signed.”"]


def test_the_keyboard_holds_a_note_and_lets_it_go(tab) -> None:
    link = tab.locator("#a1-n3 .num")
    link.focus()
    assert tab.evaluate(LIT) == ["the Pentagon", "ever promised", "forty launchers"]
    tab.keyboard.press("Enter")
    tab.locator("#a2-n1 .num").focus()
    assert link.get_attribute("aria-current") == "true"
    assert "forty launchers" in tab.evaluate(LIT)
    tab.keyboard.press("Escape")
    assert link.get_attribute("aria-current") is None
    assert "forty launchers" not in tab.evaluate(LIT)


def test_a_part_of_the_text_can_be_chosen(tab) -> None:
    tab.locator("[data-n=c3]").click()
    assert tab.locator("#a1-n3").evaluate("(note) => note.classList.contains('held')")


def test_arrows_end_at_their_words(tab) -> None:
    tab.locator("#a2-n1 .num").focus()
    ends = tab.evaluate("""() => [...document.querySelectorAll('#a2 .line')].map((path) => {
        const end = path.getPointAtLength(path.getTotalLength()), frame = path.ownerSVGElement.getBoundingClientRect();
        const under = document.elementFromPoint(end.x + frame.left, end.y + frame.top + 8);
        return under && under.closest('[data-in]').dataset.in;
    })""")
    assert ends == ["c1", "q1 s2"]


def test_arabic_runs_from_right_to_left(tab) -> None:
    of = "(article) => getComputedStyle(document.querySelector(`#${article} .pair > .words`)).direction"
    assert [tab.evaluate(of, article) for article in ("a1", "a2")] == ["ltr", "rtl"]


def test_nothing_is_wider_than_the_window(tab) -> None:
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_contrast_is_enough_in_both_schemes(tab) -> None:
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for held in (False, True):
            for selector in (".s", ".c", ".q", ".words", ".note", ".small", ".no", "bdi", "a"):
                lowest = tab.evaluate(CONTRAST, selector)
                assert lowest >= 4.5, (scheme, selector, held, lowest)
            tab.locator("#a1-n1 .num").click()


def test_without_scripts_links_lead_to_the_parts(browser, page, tmp_path) -> None:
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    tab = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 700})
    tab.goto((tmp_path / "page.html").as_uri())
    tab.locator("#a1-n2 .num").click()
    assert tab.url.endswith("#a1-p2")
    assert not tab.locator(".scripted").first.is_visible()
    tab.close()
