"""Times: expressions and their values, per language; the packs' own examples; hostile input."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.nouns import Attribution
from sayso.extraction.times.read import times
from sayso.languages.pack import available, load
from sayso.languages.schema import TimeExample
from sayso.text.markup import parse
from sayso.text.span import Span
from sayso.text.tokens import tokenize

GOLD = Path(__file__).parents[2].parent / "shared" / "data" / "figures" / "times.jsonl"
EXAMPLES = [(lang, example) for lang in available() for example in load(lang).examples.times]


def read(lang: str, text: str, published: str | None = "2024-02-10") -> list[tuple[str, str]]:
    """(words, value) of every time in the text."""
    return [(t.span.of(text), t.value) for t in times(tokenize(text), load(lang), published, [])]


@pytest.mark.parametrize(("lang", "example"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else x.text)
def test_native_examples(lang: str, example: TimeExample) -> None:
    text, marks = parse(example.text)
    found = times(tokenize(text), load(lang), example.published, [])
    assert example.value in [t.value for t in found if t.span.overlap(marks[0].span)]


# Published on Saturday, 10 February 2024.
CASES = [
    ("en", "It opened on February 9, 2023 at last.", "on February 9, 2023", "2023-02-09"),
    ("en", "It opened on 9 February in rain.", "on 9 February", "2024-02-09"),
    ("en", "It closed on December 31 in rain.", "on December 31", "2023-12-31"),
    ("en", "It opened last Tuesday.", "last Tuesday", "2024-02-06"),
    ("en", "It opens next Friday.", "next Friday", "2024-02-16"),
    ("en", "They met Sunday night in Oslo.", "Sunday night", "2024-02-04"),
    ("en", "It sank two weeks ago.", "two weeks ago", "2024-W04"),
    ("en", "It sank six years ago.", "six years ago", "2018"),
    ("en", "It failed late last month.", "late last month", "2024-01"),
    ("en", "It ran for the past two years.", "the past two years", "2022-02-10/2024-02-10"),
    ("en", "It grew within 48 hours.", "within 48 hours", "PT48H"),
    ("en", "Music of the 1990s plays.", "1990s", "199"),
    ("en", "Call at 15:30 today.", "at 15:30 today", "2024-02-10T15:30"),
    ("en", "It was signed 2021-03-04 there.", "2021-03-04", "2021-03-04"),
    ("en", "The bridge will open on Friday.", "on Friday", "2024-02-16"),
    ("en", "The bridge will open, he said on Friday.", "on Friday", "2024-02-09"),
    ("en", "The summit is scheduled for March.", "for March", "2024-03"),
    ("en", "It sank three days later.", "three days later", "P3D"),
    ("en", "A year later it reopened.", "A year later", "P1Y"),
    ("en", "It closed the previous day.", "previous day", "2024-02-09"),
    ("en", "They will pay this summer.", "this summer", "2024-SU"),
    ("en", "It sank in the winter of 2019.", "winter of 2019", "2019-WI"),
    ("en", "It dates from the 19th century.", "19th century", "18"),
    ("en", "They waited for years.", "for years", "PXY"),
    ("en", "It ends by the end of the week.", "by the end of the week", "2024-W06"),
    ("ru", "Это было прошлой зимой.", "прошлой зимой", "2023-WI"),
    ("ru", "Дом построен в XX веке.", "в XX веке", "19"),
    ("ru", "В 1990-е годы его не было.", "В 1990-е годы", "199"),
    ("ru", "Цены растут в последние годы.", "в последние годы", "PXY"),
    ("ru", "Заседание состоится в пятницу.", "в пятницу", "2024-02-16"),
    ("ru", "Спустя два дня он приехал.", "Спустя два дня", "P2D"),
    ("fr", "Il vivait ici dans les années 1990.", "les années 1990", "199"),
    ("fr", "Le pont ouvrira cet été.", "cet été", "2024-SU"),
    ("de", "Das Haus stammt aus dem 20. Jahrhundert.", "aus dem 20. Jahrhundert", "19"),
    ("de", "Er wartet seit Jahren.", "seit Jahren", "PXY"),
    ("es", "Ocurrió el invierno pasado.", "el invierno pasado", "2023-WI"),
    ("es", "Es una obra del siglo XX.", "del siglo XX", "19"),
    ("ar", "كان ذلك في التسعينيات.", "في التسعينيات", "199"),
    ("ar", "غرقت السفينة الشتاء الماضي.", "الشتاء الماضي", "2023-WI"),
    ("ar", "قال الوزير أمس الجمعة إنه سيعود.", "أمس الجمعة", "2024-02-09"),
    ("ar", "افتتح الجسر في 9 فبراير/شباط 2023 رسميا.", "في 9 فبراير/شباط 2023", "2023-02-09"),
    ("ar", "غرقت قبل ثلاثة أيام.", "قبل ثلاثة أيام", "2024-02-07"),
    ("ar", "جاء ذلك خلال نحو 23 ساعة.", "خلال نحو 23 ساعة", "PT23H"),
    ("ru", "Он приехал в минувший вторник утром.", "в минувший вторник утром", "2024-02-06"),
    ("ru", "Это было на прошлой неделе.", "на прошлой неделе", "2024-W05"),
    ("en", "We will not open it before Monday.", "before Monday", "2024-02-12"),
    ("en", "It was not opened before Monday.", "before Monday", "2024-02-05"),
    ("ru", "Мы не откроем канал раньше вторника.", "вторника", "2024-02-13"),
    ("ru", "Канал открыли раньше вторника.", "вторника", "2024-02-06"),
    ("uk", "Ми не відкриємо канал до вівторка.", "до вівторка", "2024-02-13"),
    ("ar", "لن نفتح القناة قبل الاثنين.", "قبل الاثنين", "2024-02-12"),
    ("es", "No abriremos el canal antes del lunes.", "del lunes", "2024-02-12"),
    ("fr", "Le canal rouvrira avant lundi.", "avant lundi", "2024-02-12"),
    ("ru", "Мост открыли 9 февраля 2023 года.", "9 февраля 2023 года", "2023-02-09"),
    ("ru", "Экспорт вырос в прошлом году.", "в прошлом году", "2023"),
    ("fr", "Il est venu mardi dernier.", "mardi dernier", "2024-02-06"),
    ("fr", "Le pont a ouvert le 1er mars 2023.", "le 1er mars 2023", "2023-03-01"),
    ("fr", "Il a coulé il y a trois jours.", "il y a trois jours", "2024-02-07"),
    ("fr", "Il pleut depuis les deux dernières années.", "deux dernières années", "2022-02-10/2024-02-10"),
    ("es", "El puente abrió el 9 de febrero de 2023.", "el 9 de febrero de 2023", "2023-02-09"),
    ("es", "Llegó el martes pasado.", "el martes pasado", "2024-02-06"),
    ("es", "Se hundió hace tres días.", "hace tres días", "2024-02-07"),
    ("de", "Die Brücke wurde am 9. Februar 2023 geöffnet.", "am 9. Februar 2023", "2023-02-09"),
    ("de", "Er kam am vergangenen Dienstag.", "am vergangenen Dienstag", "2024-02-06"),
    ("de", "Es sank vor drei Tagen.", "vor drei Tagen", "2024-02-07"),
    ("de", "Es geschah im vergangenen Jahr.", "im vergangenen Jahr", "2023"),
]


@pytest.mark.parametrize(("lang", "text", "words", "value"), CASES, ids=lambda x: x)
def test_value_and_words(lang: str, text: str, words: str, value: str) -> None:
    assert (words, value) in read(lang, text)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "It opened yesterday.", []),
        ("en", "It opened on Tuesday.", []),
        ("en", "It opened on 9 February.", []),
        ("en", "It opened on 9 February 2023.", [("on 9 February 2023", "2023-02-09")]),
        ("en", "It sank three days ago.", [("three days ago", "P3D")]),
        ("en", "It broke in 2016.", [("in 2016", "2016")]),
    ],
)
def test_without_a_published_day(lang: str, text: str, found: list[tuple[str, str]]) -> None:
    assert read(lang, text, None) == found


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We may march on, they may not."),
        ("en", "More than 2000 people came; 1,990 left."),
        ("en", "Version 2.0.24 of 1.2.2024.7 came on 31/31/2023."),
        ("en", "On 30 February 2023 nothing can happen."),
    ],
)
def test_what_is_no_day(lang: str, text: str) -> None:
    assert [value for _, value in read(lang, text) if len(value) == len("2023-02-30")] == []


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "They sold a quarter to three investors.", []),
        ("en", "They sold a quarter to 5 rivals.", []),
        ("en", "It gave a quarter to 10 percent of voters.", []),
        ("en", "Profit was cut by a quarter to 10 percent.", []),
        ("en", "Profit was cut by a quarter to 5 million.", []),
        ("en", "Half past 10 people came.", []),
        ("de", "Sie verkauften halb zwei Firmen.", []),
        ("en", "By half past three everyone had left.", ["2024-02-10T03:30"]),
        ("en", "Half past three, they left.", ["2024-02-10T03:30"]),
        ("en", "They met half past three this afternoon.", ["2024-02-10T03:30"]),
        ("en", "The vote, half past ten GMT by plan, failed.", ["2024-02-10T10:30"]),
        ("en", "They left at half past ten yesterday.", ["2024-02-09T10:30"]),
        ("en", "It closes a quarter to 8 p.m.", ["2024-02-10T19:45"]),
        ("de", "Seit halb drei warten sie.", ["2024-02-10T02:30"]),
    ],
)
def test_minutes_before_an_hour_that_may_be_a_part_of_a_count(lang: str, text: str, values: list[str]) -> None:
    assert [value for _, value in read(lang, text)] == values


@pytest.mark.parametrize(
    "text", ["half past ፩", "፩:፪፩", "at ፩ h ፩፪", "፩ February", "15:፩፩", "(፩) Friday ፩፩፩፩", "፩s ፩ h"]
)
@pytest.mark.parametrize("lang", ["en", "de", "fr", "ar", "zh", "fa"])
def test_digits_without_a_value_are_passed_over(lang: str, text: str) -> None:
    assert not any("T" in value for _, value in read(lang, text))


@given(
    st.text(alphabet="0123456789٣፩①²./:-, may February Friday last agoднямарта\nyears", max_size=90),
    st.sampled_from(("2024-02-29", "0001-01-01", "9999-12-31", "2024-13-45", "", None)),
    st.sampled_from(("en", "ru", "ar", "de")),
)
def test_any_text_on_any_day_gives_spans_in_order(text: str, published: str | None, lang: str) -> None:
    end = 0
    for found in times(tokenize(text), load(lang), published, []):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.value
        end = found.span.end


def test_hand_cases() -> None:
    if not GOLD.exists():
        pytest.skip(f"needs {GOLD.name} of the shared data")
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    right = sum(
        row["times"][0]["value"] in [value for _, value in read(row["lang"], row["text"], row["published"])]
        for row in rows
    )
    assert right >= 33


SAID = [
    ("“We will leave tomorrow,” Holt said on Thursday.", ["2024-02-09", "2024-02-08"]),
    ("On Wednesday Holt said: “We met yesterday.”", ["2024-02-07", "2024-02-06"]),
    ("“We left yesterday,” Holt said. On Monday they met.", ["2024-02-09", "2024-02-05"]),
]


@pytest.mark.parametrize(("text", "values"), SAID)
def test_direct_speech_is_read_on_the_day_it_was_said(text: str, values: list[str]) -> None:
    cue, start, end = text.index("said"), text.index("“"), text.index("”") + 1
    said = Attribution((), (Span(cue, cue + 4),), (Span(start, end),), "direct")
    assert [t.value for t in times(tokenize(text), load("en"), "2024-02-10", [said])] == values


@given(st.text(alphabet="“”. 0129Monday yesterdyFriApl,", max_size=80), st.data())
def test_times_never_overlap_whatever_was_said(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    said = Attribution((), (Span(cuts[2], cuts[3]),), (Span(cuts[0], cuts[1]),), "direct")
    found = times(tokenize(text), load("en"), "2024-02-10", [said])
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
