"""Chained: whom a report cites says what the report tells, inside the report."""

from __future__ import annotations

import pytest

from sayso.extraction.attributions.chained import chained, key_of
from sayso.extraction.attributions.read import attributions
from sayso.extraction.cues.scene import scene
from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers.resolve import resolve
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.pack import load
from sayso.text.markup import Mark, parse, render
from sayso.text.tokens import tokenize

NESTED = [
    ("en", "Harbour Wire, citing two officials, reported that it rained."),
    ("en", "Harbour Wire reported that it rained, citing two officials."),
    ("en", "Citing two officials, Harbour Wire reported that it rained."),
    ("en", "Harbour Wire quoted the officials as saying that it rained."),
    ("fr", "Citant des responsables, l'agence a annoncé que le pont était fermé."),
    ("es", "La agencia, citando a la policía, informó que llovía."),
    ("it", "L'agenzia, citando due funzionari, ha riferito che pioveva."),
    ("pt", "A agência, citando dois funcionários, informou que chovia."),
    ("ru", "Со ссылкой на источник в полиции ТАСС сообщает, что идет дождь."),
    ("ru", "Как сообщает ТАСС со ссылкой на полицию, идет дождь."),
    ("uk", "З посиланням на поліцію агентство повідомило, що йде дощ."),
    ("ar", "ونقلت صحيفة المرفأ عن مصدر أمني قوله إن الجسر مغلق."),
    ("fa", "خبرگزاری به نقل از پلیس گزارش داد که پل بسته است."),
]


@pytest.mark.parametrize(("lang", "text"), NESTED)
def test_the_cited_one_stands_inside_the_report(lang: str, text: str) -> None:
    report, cited = attributions(tokenize(text), load(lang))
    assert (report.nested_in, cited.nested_in) == (None, 0)
    assert report.source
    assert cited.source
    assert not report.source[0].overlap(cited.source[0])
    assert cited.content[-1].end == report.content[-1].end


ALONE = [
    # a thing is no source: it is what is cited
    ("en", "Mira Holt said that growth was slow, citing low wages."),
    ("en", "Mira Holt said that it rained, citing Reed's views."),
    # no report beside it
    ("ru", "Со ссылкой на полицию, идет дождь."),
]


@pytest.mark.parametrize(("lang", "text"), ALONE)
def test_no_chain(lang: str, text: str) -> None:
    assert all(one.nested_in is None and one.rule != "cited" for one in attributions(tokenize(text), load(lang)))


TAGGED = [
    # the tagger gives the reporter to the cited one's source, or the other way round
    (
        "ru",
        "{c1|Со ссылкой на} {s1|полицию агентство «Гавань»} {q1|{c2|сообщило}, {q2|что идет дождь}}.",
        "{c1|Со ссылкой на} {s1|полицию} {s2|агентство «Гавань»} {c2|сообщило}, {q1|{q2|что идет дождь}}.",
    ),
    (
        "de",
        "{c1|Unter Berufung} auf {s1|die Polizei} {q1|{c2|meldete} {s2|die Agentur}, {q2|es regne}}.",
        "{c1|Unter Berufung auf} {s1|die Polizei} {c2|meldete} {s2|die Agentur}, {q1|{q2|es regne}}.",
    ),
    (
        "ar",
        "{c2|وقالت} {s2|وكالة المرفأ} {c1|نقلا} عن {s1|{s2|الشرطة}} {q1|{q2|إن الجسر مغلق}}.",
        "{c2|وقالت} {s2|وكالة المرفأ} {c1|نقلا عن} {s1|الشرطة} {q1|{q2|إن الجسر مغلق}}.",
    ),
    (
        "fr",
        "{c1|Selon} {s1|l'AFP, citant la police}, {q1|le pont est fermé}.",
        "{c1|Selon} {s1|l'AFP}, {c2|citant} {s2|la police}, {q1|{q2|le pont est fermé}}.",
    ),
    (
        "es",
        "{c1|Según} {s1|la agencia Puerto, que cita a la policía}, {q1|el puente está cerrado}.",
        "{c1|Según} {s1|la agencia Puerto}, {c2|que cita a} {s2|la policía}, {q1|{q2|el puente está cerrado}}.",
    ),
    (
        "ar",
        "{c1|ونقلت} {s1|الوكالة} عن {q1|الوزير سامي الحداد قوله: «الجسر آمن»}.",
        "{c1|ونقلت} {s1|الوكالة} عن {s2|الوزير سامي الحداد} {c2|قوله}: {q1|{q2|«الجسر آمن»}}.",
    ),
    # the report alone was found, or only what it cites
    (
        "en",
        "{q1|“It rains,”} {s1|Harbour Wire} {c1|quoted} Holt as saying.",
        "{q1|{q2|“It rains,”}} {s1|Harbour Wire} {c1|quoted} {s2|Holt} {c2|as saying}.",
    ),
    (
        "en",
        "Harbour Wire quoted Holt {c1|as saying} {q1|that it rained}.",
        "{s2|Harbour Wire} {c2|quoted} {q2|{s1|Holt} {c1|as saying} {q1|that it rained}}.",
    ),
    (
        "en",
        "Holt was quoted by Harbour Wire {c1|as saying} {q1|that it rained}.",
        "{s1|Holt} was quoted by Harbour Wire {c1|as saying} {q1|that it rained}.",
    ),
    (
        "ru",
        "{s1|«Гавань»} {c1|цитирует} мэра Орлова: {q1|«Идет дождь»}.",
        "{s1|«Гавань»} {c1|{c2|цитирует}} {s2|мэра Орлова}: {q1|{q2|«Идет дождь»}}.",
    ),
]


@pytest.mark.parametrize(("lang", "given", "expected"), TAGGED)
def test_what_was_tagged_is_put_in_order(lang: str, given: str, expected: str) -> None:
    text, tagged = sides(given)
    found, reports = chained(scene(tokenize(text), vocabulary(load(lang))), tagged)
    assert marked(text, found) == marked(*sides(expected))
    assert {key for pair in reports.items() for key in pair} <= {key_of(one) for one in found}


def sides(marked_up: str) -> tuple[str, list[Attribution]]:
    text, marks = parse(marked_up)
    by = {(n, k): tuple(m.span for m in marks if (m.number, m.kind) == (n, k)) for n in (1, 2) for k in "scq"}
    return text, [Attribution(*(by[n, k] for k in "scq"), "indirect") for n in (1, 2) if by[n, "q"]]


def marked(text: str, found: list[Attribution]) -> set[str]:
    """Each attribution by itself, so that their order does not matter."""
    parts = [(("s", one.source), ("c", one.cue), ("q", one.content)) for one in found]
    return {render(text, [Mark(kind, 1, span) for kind, spans in part for span in spans]) for part in parts}


TWO = [
    ("en", "Harbour Wire, citing two officials and quoting the mayor, reported that it rained."),
    ("en", "Citing two officials, Harbour Wire reported that it rained, quoting the mayor."),
    ("en", "Harbour Wire, quoting the mayor as saying that it rained, reported citing two officials that it rained."),
    ("ru", "Со ссылкой на полицию ТАСС со ссылкой на мэрию сообщает, что идет дождь."),
    ("ru", "ТАСС цитирует мэра: «Идет дождь», ссылаясь на полицию: «Идет снег», пишет ТАСС со ссылкой на мэра."),
    ("ar", "ونقلت الوكالة نقلا عن الوزير قوله نقلا عن مصدر إن الجسر مغلق."),
]


@pytest.mark.parametrize(("lang", "text"), TWO)
def test_two_phrases_that_cite(lang: str, text: str) -> None:
    found = attributions(tokenize(text), load(lang))
    for i, one in enumerate(found):
        seen = {i}
        while one.nested_in is not None:
            assert one.nested_in not in seen, "inside itself"
            seen.add(one.nested_in)
            one = found[one.nested_in]


SPEAKERS = [
    ("fr", "Citant la police, l'agence a annoncé que le pont était fermé.", {"agency", "police"}),
    ("ru", "Со ссылкой на МЧС России РИА Новости сообщает, что мост закрыт.", {"RIA Novosti", "EMERCOM"}),
    ("ru", "Со ссылкой на источники Reuters пишет, что мост закрыт.", {"Reuters", "sources"}),
]


@pytest.mark.parametrize(("lang", "text", "expected"), SPEAKERS)
def test_who_reports_is_not_who_is_cited(lang: str, text: str, expected: set[str]) -> None:
    words, tokens = load(lang), tokenize(text)
    assert {one.speaker for one in resolve(tokens, words, attributions(tokens, words))} == expected
