"""Unnamed: roles, crowds, bodies and countries, in English."""

from __future__ import annotations

import pytest

from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers import resolve
from sayso.languages.pack import load
from sayso.text.markup import parse
from sayso.text.span import Span
from sayso.text.tokens import tokenize

CASES = [
    # crowds and roles in English
    ("ru", "{s1|Немецкие эксперты} {c1|заявили}, {q1|что мост цел}.", ["German experts"]),
    ("ru", "{s1|Профсоюз французских пилотов} {c1|заявил}, {q1|что мост цел}.", ["French pilots union"]),
    ("ar", "{c1|قال} {s1|خبراء محليون} {q1|إن الجسر آمن}.", ["local experts"]),
    ("zh", "{s1|当地居民}{c1|说}，{q1|桥很安全}。", ["local residents"]),
    ("fr", "{s1|Le gouvernement espagnol} {c1|a dit} {q1|que le pont était sûr}.", ["Spanish government"]),
    ("es", "{s1|Varios testigos} {c1|dijeron} {q1|que llovía}.", ["several witnesses"]),
    # countries and capitals stand for their governments
    ("ru", "{s1|Венгрия} {c1|заявила}, {q1|что мост цел}.", ["Hungary"]),
    ("fr", "{s1|Moscou} {c1|a dit} {q1|que le pont était sûr}.", ["Russia"]),
    # a word for the kind of body is no part of its name
    ("es", "{s1|El diario El Faro} {c1|dijo} {q1|que llovía}.", ["El Faro"]),
    # documents speak for the one behind them
    ("ru", "{c1|В} {s1|заявлении ООН} {c1|говорится}, {q1|что мост цел}.", ["UN"]),
    # the second name of "the lawyer of X, Y"
    (
        "es",
        "{s1|El abogado de la alcaldesa Ana Parra, Luis Gil Mota,} {c1|dijo} {q1|que llovía}.",
        ["Luis Gil Mota"],
    ),
    # two who speak together
    ("es", "{s1|Ana Parra y Luis Gil} {c1|dijeron} {q1|que llovía}.", ["Ana Parra and Luis Gil"]),
    # a role alone stands for the one who spoke
    (
        "ru",
        "{s1|Илья Орлов} {c1|заявил}, {q1|что мост цел}. {s2|Футболист} {c2|добавил}, {q2|что рад}.",
        ["Ilya Orlov", "Ilya Orlov"],
    ),
    # a surname alone, with the full name later
    (
        "ar",
        "{c1|قال} {s1|الغامدي} {q1|إن الجسر آمن}. وكان خالد الغامدي قد زار الجسر.",
        ["Khaled Al-Ghamdi"],
    ),
    # what is said before anyone is named is said by the one who speaks next
    ("fr", "{q1|« Il pleut »}. {s2|Ana Parra} {c2|a dit} {q2|que le pont était sûr}.", ["Ana Parra", "Ana Parra"]),
    # another spelling of a public figure, and one with the Latin name behind it
    ("ar", "{c1|قال} {s1|دونالد ترمب} {q1|إن الجسر آمن}.", ["Donald Trump"]),
    ("zh", "{s1|米拉·霍尔特（Mira Holt）}{c1|说}，{q1|桥很安全}。", ["Mira Holt"]),
]


def _given(language: str, marked: str, title: str | None = None) -> list[str | None]:
    text, marks = parse(marked)
    said = []
    for number in sorted({mark.number for mark in marks}):
        spans = {kind: tuple(m.span for m in marks if (m.kind, m.number) == (kind, number)) for kind in "scq"}
        said.append(Attribution(spans["s"], spans["c"], spans["q"], "indirect"))
    return [one.speaker for one in resolve(tokenize(text), load(language), said, title)]


@pytest.mark.parametrize(("language", "marked", "expected"), CASES)
def test_speakers_of_given_attributions(language: str, marked: str, expected: list[str]):
    assert _given(language, marked) == expected


def test_the_title_may_tell_the_full_name():
    marked = "{s1|Holt} {c1|said} {q1|that it rained}."
    assert _given("en", marked, "Mira Holt on the weather") == ["Mira Holt"]


def test_nobody_is_behind_an_impersonal_cue():
    marked = "{s1|Илья Орлов} {c1|заявил}, {q1|что мост цел}. {c2|Ожидается}, {q2|что мост закроют}."
    assert _given("ru", marked) == ["Ilya Orlov", None]


def test_a_source_may_be_anywhere():
    text = "Said."
    one = Attribution((), (), (Span(0, 4),), "direct")
    assert resolve(tokenize(text), load("en"), [one])[0].speaker is None
