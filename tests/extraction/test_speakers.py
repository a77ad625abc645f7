"""Speakers: one name per person or body and article."""

from __future__ import annotations

import pytest

from sayso.extraction.read import read

CASES = [
    # a surname and a pronoun stand for the full name
    (
        "en",
        "Mayor Mira Holt said that it rained. Holt added that it was cold. She said that it would pass.",
        ["Mira Holt"] * 3,
    ),
    # a role stands for its holder
    (
        "en",
        "The spokesman Tom Reed said that it rained. The spokesman said that it was cold.",
        ["Tom Reed", "Tom Reed"],
    ),
    # a body is no person
    ("en", "Tom Reed said that it rained. The ministry said that it was dry.", ["Tom Reed", "ministry"]),
    # an apposition does not take the name over
    ("en", "Mira Holt, the mayor of Ely, said that it rained.", ["Mira Holt"]),
    # left-out subjects
    ("ar", "قال الوزير سامي الحداد إن الجسر آمن. وأضاف أن العمل مستمر.", ["سامي الحداد", "سامي الحداد"]),
    ("es", "La alcaldesa Ana Parra dijo que llovía. Añadió que hacía frío.", ["Ana Parra", "Ana Parra"]),
    # case endings
    ("ru", "Мэр Илья Орлов заявил, что мост цел. По словам Орлова, его откроют.", ["Илья Орлов", "Илья Орлов"]),
    # names that the gazetteer knows have one form in every language
    ("ru", "Дмитрий Песков заявил, что мост цел. По словам Пескова, его откроют.", ["Dmitry Peskov"] * 2),
    ("ar", "قال المتحدث باسم الكرملين ديمتري بيسكوف إن الجسر آمن.", ["Dmitry Peskov"]),
    ("ar", "قال الكرملين إن الجسر آمن.", ["Kremlin"]),
    # nobody is named
    ("en", "The bridge is expected to open in May.", [None]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_speakers(lang: str, text: str, expected: list[str | None]) -> None:
    assert [one.speaker for one in read(text, lang).attributions] == expected


def test_a_quote_alone_is_said_by_the_last_speaker() -> None:
    text = "Mira Holt said that it rained.\n\n“It has rained for three days, and it will not stop soon.”"
    said = read(text, "en").attributions
    assert [(one.speaker, one.source == ()) for one in said] == [("Mira Holt", False), ("Mira Holt", True)]
