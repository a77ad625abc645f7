"""Lone: family names of public figures that are words of the language too."""

from __future__ import annotations

import pytest

from sayso.extraction.attributions.read import attributions
from sayso.extraction.people.mentions import mentions
from sayso.extraction.people.names import names
from sayso.extraction.speakers.resolve import resolve
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.gazetteer import by_name
from sayso.languages.homonyms import homonyms
from sayso.languages.pack import load
from sayso.text.tokens import tokenize

WORDS = [
    ("en", "On May Day the harbour was closed."),
    ("en", "The board met on 4 May."),
    ("en", "The law came into force on May 4, 2026."),
    ("en", "It came into force on the 4th of May."),
    ("en", "The strike began in May."),
    ("en", "On Labour Day the harbour was closed."),
    ("en", "Hunt for missing boy goes on."),
    ("en", "Price of bread rises."),
    ("fr", "Maire de la ville depuis dix ans, il part."),
    ("fr", "La Hollande et la Belgique ont signé. Hollande et Belgique sont d'accord."),
    ("de", "Kurz vor Mitternacht brannte es."),
    ("de", "Am 1. Mai wurde gestreikt."),
    ("ru", "Мэр города ушёл."),
    ("ru", "В Коми идёт дождь."),
    ("uk", "Мер міста пішов."),
    ("es", "La Costa está llena. Nieto y abuelo se ven."),
    ("it", "Grandi navi in porto."),
    ("pt", "Temer a chuva é normal."),
    ("tr", "Özel hastane açıldı. Türk heyeti geldi."),
]
NAMES = [
    ("en", "Theresa May came. May was late.", ["Theresa May", "Theresa May"]),
    ("en", "Mrs. May came on 4 May. She left on May 5.", ["Theresa May"]),
    ("en", "Prime Minister May came. May was late.", ["Theresa May", "Theresa May"]),
    ("en", "Jeremy Hunt came. Hunt was late.", ["Jeremy Hunt", "Jeremy Hunt"]),
    ("en", "Peter May came. May was late.", ["Peter May", "Peter May"]),
    ("en", "Doctors met Putin. Merkel was late.", ["Vladimir Putin", "Angela Merkel"]),
    ("fr", "François Hollande est venu. Hollande est parti.", ["Francois Hollande", "Francois Hollande"]),
    ("de", "Sebastian Kurz kam. Kurz war spät.", ["Sebastian Kurz", "Sebastian Kurz"]),
    ("ru", "Приехала Тереза Мэй. Мэй опоздала.", ["Theresa May", "Theresa May"]),
    ("tr", "Özgür Özel geldi. Özel gitti.", ["Özgür Özel", "Özgür Özel"]),
]
SAID = [
    ("en", "On May Day the minister said the strike would end.", ["minister"]),
    ("en", "Minister Pavel Orlov spoke on 4 May. The minister said the strike would end soon.", ["Pavel Orlov"]),
    ("en", "The board met on 4 May. The chairman said the plant would close.", ["chairman"]),
    ("en", "Hunt for missing boy goes on. The president said that the search would last for days.", ["president"]),
    ("ru", "Мэр города ушёл. Министр заявил, что мост цел.", ["minister"]),
]


@pytest.mark.parametrize(("language", "text"), WORDS)
def test_a_word_of_the_language_names_nobody(language: str, text: str) -> None:
    assert [mention.name for mention in mentions(names(tokenize(text), vocabulary(load(language))))] == []


@pytest.mark.parametrize(("language", "text", "expected"), NAMES)
def test_a_name_told_in_full_or_with_its_title(language: str, text: str, expected: list[str]) -> None:
    found = [mention.name for mention in mentions(names(tokenize(text), vocabulary(load(language))))]
    assert [name.replace("ç", "c") for name in found] == expected


@pytest.mark.parametrize(("language", "text", "expected"), SAID)
def test_speakers(language: str, text: str, expected: list[str]) -> None:
    tokens, words = tokenize(text), load(language)
    assert [one.speaker for one in resolve(tokens, words, attributions(tokens, words))] == expected


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "pt", "ru", "uk", "tr"])
def test_most_homonyms_name_somebody(language: str) -> None:
    known = [word for word in homonyms(language) if by_name(word.capitalize()) is not None]
    assert len(known) > len(homonyms(language)) * 0.8
