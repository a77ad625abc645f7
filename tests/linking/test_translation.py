"""Translations: a quote in one language against a text of record in another."""

from __future__ import annotations

import pytest

from sayso.linking.quotes.checking import row
from sayso.linking.quotes.fidelity import Check
from sayso.linking.quotes.transcript import transcript
from sayso.linking.quotes.translation import translation
from sayso.models.encoder import Encoder
from sayso.text.span import Span

EN = """HOLT: The inspection took place on Monday. The vessel was not overloaded. Nobody asked us about the weather.
BERG: We shall repair the pier before winter. The harbour office will pay for all of it."""
RU = """Проверка прошла в понедельник. Судно не было перегружено. О погоде нас никто не спрашивал.
Причал мы отремонтируем до зимы. За всё заплатит управление порта."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("quote", "text", "wanted"),
    [
        ("Судно не было перегружено", EN, "The vessel was not overloaded."),
        ("لم تكن السفينة محملة فوق طاقتها", EN, "The vessel was not overloaded."),
        ("Wir werden den Pier noch vor dem Winter reparieren.", EN, "We shall repair the pier before winter."),
        ("The vessel was not overloaded", RU, "Судно не было перегружено."),
        ("Before winter we will repair the pier.", RU, "Причал мы отремонтируем до зимы."),
    ],
)
def test_the_passage_that_says_the_same(encoder, quote, text, wanted):
    found = translation(quote, transcript(text), encoder)
    assert found is not None
    assert found.span is not None
    assert wanted in found.span.of(text)


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Учителя потребовали повысить зарплату", EN),
        ("ارتفعت أسعار الخبز مرة أخرى", EN),
        ("Der Museumsdirektor wies den Vorwurf des Diebstahls zurück.", EN),
        ("Teachers asked for higher wages", RU),
    ],
)
def test_nothing_says_the_same(encoder, quote, text):
    assert translation(quote, transcript(text), encoder) is None


@pytest.mark.parametrize(("quote", "text"), [("The ship was not too full", EN), ("", EN), ("17", EN), ("Судно", RU)])
def test_one_language_or_no_words_need_no_translation(quote, text):
    assert translation(quote, transcript(text), None) is None


@pytest.mark.parametrize(
    ("quote", "notes"),
    [
        ("« Les réparations coûteront 21 millions d'euros »", 1),
        ("« Les réparations coûteront 12 millions d'euros »", 0),
    ],
)
def test_a_translation_with_another_number_is_noted(quote, notes):
    text = "The repairs will cost 12 million euros, the minister told the council on Monday."
    told = row(Check("translation", Span(0, len(text))), quote, transcript(text))
    assert told["verdict"] == "translation"
    assert len(told["notes"]) == notes
    assert all("“21 millions d'euros” in the quote, “12 million euros” in the transcript" in n for n in told["notes"])
