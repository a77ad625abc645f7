"""Speakers: one name per person or body and article."""

from __future__ import annotations

import pytest

from sayso.extraction.attributions.read import attributions
from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers.resolve import resolve
from sayso.languages.pack import load
from sayso.text.markup import parse
from sayso.text.tokens import tokenize

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
    ("ar", "قال الوزير سامي الحداد إن الجسر آمن. وأضاف أن العمل مستمر.", ["Sami Al-Haddad"] * 2),
    ("es", "La alcaldesa Ana Parra dijo que llovía. Añadió que hacía frío.", ["Ana Parra", "Ana Parra"]),
    # case endings
    ("ru", "Мэр Илья Орлов заявил, что мост цел. По словам Орлова, его откроют.", ["Ilya Orlov"] * 2),
    # names that the gazetteer knows have one form in every language
    ("ru", "Дмитрий Песков заявил, что мост цел. По словам Пескова, его откроют.", ["Dmitry Peskov"] * 2),
    ("ar", "قال المتحدث باسم الكرملين ديمتري بيسكوف إن الجسر آمن.", ["Dmitry Peskov"]),
    ("ar", "قال الكرملين إن الجسر آمن.", ["Kremlin"]),
    # a role stands for the person whom the article brings in with it, before or behind the name
    (
        "de",
        "Der Sprecher des Hafenamts in Elm, Tom Reed, sagte, es regne. „Es ist kalt“, fügte der Sprecher hinzu.",
        ["Tom Reed", "Tom Reed"],
    ),
    (
        "en",
        "Mira Holt, the mayor of Ely, met the guild leader Tom Reed. The mayor said that it rained.",
        ["Mira Holt"],
    ),
    ("fr", "La porte-parole de la mairie, Anne-Lise Dupré, a déclaré que le pont était sûr.", ["Anne-Lise Dupre"]),
    # one of an office that the gazetteer knows, in whatever words
    ("en", "Vladimir Putin spoke for an hour. The Russian president said that it rained.", ["Vladimir Putin"]),
    ("ru", "Владимир Путин выступил в Москве. Глава государства заявил, что мост цел.", ["Vladimir Putin"]),
    ("en", "Kremlin spokesman warns of rain\n\nIt will rain, Dmitry Peskov said.", ["Dmitry Peskov"] * 2),
    # but not of another country's
    ("en", "Vladimir Putin spoke. The Danish president said that it rained.", ["Danish president"]),
    # acronyms and what the role is of stay outside
    ("ru", "Пресс-секретарь президента РФ Дмитрий Песков сказал, что мост цел.", ["Dmitry Peskov"]),
    # two pronouns are two people
    (
        "en",
        "Ann Kerr met Tom Reed. Tom Reed said that it rained. He said that it was cold. She said that it would pass.",
        ["Tom Reed", "Tom Reed", "Ann Kerr"],
    ),
    # a relative pronoun stands for the speaker before it
    ("es", "«Llueve mucho», declaró Ana Parra, según la cual el puente abrirá en mayo.", ["Ana Parra"] * 2),
    # who is cited is not who reports, but may be a body named before
    ("ru", "Агентство «Север» со ссылкой на полицию сообщило, что мост закрыт.", ["police", "Sever"]),
    ("ru", "Мост закрыт. Об этом сообщает агентство «Север» со ссылкой на полицию.", ["Sever", "police"]),
    ("uk", "Агентство «Північ» з посиланням на поліцію повідомило, що міст закрито.", ["police", "Pivnich"]),
    # words that are nobody's name
    ("ar", "قال الأمر إن الجسر آمن.", [None]),
    # nobody is named
    ("en", "The bridge is expected to open in May.", [None]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_speakers(lang: str, text: str, expected: list[str | None]) -> None:
    tokens, words = tokenize(text), load(lang)
    said = resolve(tokens, words, attributions(tokens, words))
    assert [one.speaker for one in said] == expected


def _given(marked: str) -> list[str | None]:
    """Speakers of the attributions marked in an English text, in order of their numbers."""
    text, marks = parse(marked)
    numbers = sorted({mark.number for mark in marks})
    said = [
        Attribution(*(tuple(m.span for m in marks if (m.kind, m.number) == (kind, n)) for kind in "scq"), "direct")
        for n in numbers
    ]
    return [one.speaker for one in resolve(tokenize(text), load("en"), said)]


def test_items_of_a_list_are_said_by_the_one_whom_the_article_names() -> None:
    text = 'Peskov on the bridge\n\n- {q1|"The bridge is safe and will open."}\n\n- {q2|It is old. "We know that."}'
    assert _given(text) == ["Dmitry Peskov"] * 2


def test_a_quote_alone_is_said_by_the_last_speaker() -> None:
    text = "{s1|Mira Holt} {c1|said} {q1|that it rained}.\n\n{q2|“It has rained for three days, and it will not stop.”}"
    assert _given(text) == ["Mira Holt"] * 2


def test_a_passive_cue_names_nobody() -> None:
    text = "{s1|Mira Holt} {c1|said} {q1|that it rained}. {q2|The bridge} {c2|is expected} {q2|to open in May}."
    assert _given(text) == ["Mira Holt", None]
