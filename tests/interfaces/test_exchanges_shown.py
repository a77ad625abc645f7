"""Exchanges as people see them: a small dialogue in the terminal and in the report, right-to-left words kept right."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from sayso.extraction.nouns import Attribution
from sayso.interfaces import terminal
from sayso.interfaces.report import report
from sayso.linking.article import Annotated
from sayso.linking.comparison.compare import compare
from sayso.linking.comparison.nouns import Comparison
from sayso.linking.nouns import Duplicate, Links, Story
from sayso.linking.replies.exchanges import exchanges
from sayso.linking.speakers.join import speakers
from sayso.text.markup import parse

MARKED = {
    "en": "{s1|Mira Holt} {c1|said} {q1|the council had hidden the <b>dredger</b> report}. "
    "{s2|Jonas Ekman} {c2|denied} {q2|that any dredger report was hidden}.",
    "ar": "{w|وفي أول تعليق على} {o|الاستفتاء}، {c1|قالت} {s1|ميرا هولت} إن {q1|النتيجة درس للجميع}.",
}


def article(lang: str, id: str = "") -> Annotated:
    text, marks = parse(MARKED[lang])
    names = {"Mira Holt": "Mira Holt", "Jonas Ekman": "Jonas Ekman", "ميرا هولت": "Mira Holt"}

    def spans(kind: str, n: int):
        return tuple(m.span for m in marks if (m.kind, m.number) == (kind, n))

    numbers = sorted({m.number for m in marks if m.kind == "q"})
    read = [
        Attribution(
            spans("s", n), spans("c", n), spans("q", n), "indirect", names[spans("s", n)[0].of(text)], score=0.9
        )
        for n in numbers
    ]
    return Annotated(id or lang, text, lang, outlet=f"Outlet {lang}", attributions=tuple(read))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    articles = [article("en"), article("ar")]
    found = exchanges(articles, speakers(articles))
    story = Story("s1", "The dredger", ("en", "ar"))
    return compare(story, articles, Links((story,), exchanges=tuple(found)))


def test_the_view_holds_both_sides_and_the_words(comparison: Comparison) -> None:
    comment, denial = comparison.exchanges
    assert (denial.kind, denial.statement and denial.statement.speaker) == ("denies", "Mira Holt")
    assert denial.reply.passage.words == ("that any dredger report was hidden",)
    assert [piece for piece, marked in denial.words.marked() if marked] == ["denied"]
    assert (comment.kind, comment.statement) == ("comments", None)
    assert comment.topic is not None
    assert comment.topic.words == ("الاستفتاء",)


def test_the_terminal_shows_a_dialogue(comparison: Comparison) -> None:
    out = io.StringIO()
    terminal.story(Console(file=out, width=120, color_system=None), comparison)
    shown = out.getvalue().partition("WHO ANSWERS WHOM")[2].partition("SOURCES")[0]
    order = ["Mira Holt", "the council had hidden the <b>dredger</b> report", "Jonas Ekman denies", "that any dredger"]
    places = [shown.index(words, shown.index("Outlet en") - len("Mira Holt  ")) for words in order]
    assert places == sorted(places)
    arabic = next(line for line in shown.splitlines() if "تعليق على" in line)
    assert arabic.count("\u2068") == arabic.count("\u2069") == 1


def test_the_report_shows_a_dialogue(comparison: Comparison) -> None:
    page = report([comparison])
    (section,) = re.findall(r'<section aria-labelledby="s1-answers">.*?</section>\s*</section>', page, re.S)
    assert "Who answers whom" in section
    assert "<mark>denied</mark>" in section
    assert "&lt;b&gt;dredger&lt;/b&gt;" in section
    assert '<p class="words" lang="ar" dir="rtl"><mark>وفي أول تعليق على</mark>' in section
    assert '<q class="words" lang="ar" dir="rtl">الاستفتاء</q>' in section
    assert 'href="#s1-answers"' in page


def test_an_exchange_told_by_a_copy_is_shown_once() -> None:
    articles = [article("en"), article("en", "en2")]
    found = exchanges(articles, speakers(articles))
    assert len(found) == 2
    story = Story("s1", "The dredger", ("en", "en2"))
    links = Links((story,), duplicates=(Duplicate(("en", "en2"), "wire copy"),), exchanges=tuple(found))
    assert len(compare(story, articles, links).exchanges) == 1
