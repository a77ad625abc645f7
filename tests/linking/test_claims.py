"""Claims: the same statement found in a pool, by letters alone and with the encoder."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.linking.likeness.grams import Grams
from sayso.linking.quotes.claims import SAME, Claims
from sayso.models import agreement
from sayso.models.encoder import Encoder
from sayso.text.posts import plain

POOL = [
    "The vessel was not overloaded when it left the port of Ansel.",
    "The harbour office will pay for the repair of the pier.",
    "Инспектор поднялся на борт судна только в соседнем порту.",
    "Teachers in three districts asked for higher wages.",
    "Причал отремонтируют за счёт управления порта.",
    "ارتفعت أسعار الخبز مرة أخرى في العاصمة.",
    "",
    "🙂",
]


@pytest.fixture(scope="module")
def claims() -> Claims:
    return Claims(POOL, Encoder(threads=1))


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("Le bateau n'était pas surchargé en quittant le port d'Ansel.", {0}),
        ("Das Hafenamt bezahlt die Reparatur des Piers.", {1, 4}),
        ("The price of bread in the capital has gone up again.", {5}),
        ("#Teachers of three districts want higher wages https://example.org/x", {3}),
    ],
)
def test_the_same_statement_in_any_language(claims: Claims, query: str, places: set[int]) -> None:
    found = claims.likest(query)
    assert {match.place for match in found[: len(places)]} == places
    assert found[0].same
    assert not any(match.same for match in found if match.place not in places)


@pytest.mark.encoder
def test_many_at_once_are_what_they_are_alone(claims: Claims) -> None:
    queries = [POOL[3], "Wer zahlt für den Pier?", ""]
    together = claims.each(queries, 3)
    for query, found in zip(queries, together, strict=True):
        alone = claims.likest(query, 3)
        assert [match.place for match in found] == [match.place for match in alone]
        assert np.allclose([match.likeness for match in found], [match.likeness for match in alone])


@pytest.mark.encoder
def test_a_pool_of_nothing_and_a_query_of_nothing() -> None:
    encoder = Encoder(threads=1)
    assert Claims([], encoder).likest("anything") == []
    assert not any(match.same for match in Claims(POOL, encoder).likest(""))


@pytest.mark.encoder
def test_neighbouring_sentences_on_one_matter_do_not_agree() -> None:
    encoder = Encoder(threads=1)
    told = ["The minister opened the new bridge on Monday.", "He then left for the airport without a word."]
    asked = ["Der Minister hat am Montag die neue Brücke eröffnet.", "Danach fuhr er wortlos zum Flughafen."]
    pieces = agreement.pieces(asked + told, encoder)
    table = np.array([[found.both for found in agreement.agreements(one, pieces[2:])] for one in pieces[:2]])
    assert (table.argmax(axis=1) == [0, 1]).all()
    assert (np.diag(table) >= SAME).all()
    assert table[0, 1] < SAME
    assert table[1, 0] < SAME


@pytest.mark.encoder
def test_agreement_of_a_text_with_itself_is_whole() -> None:
    one, none = agreement.pieces([POOL[0], ""], Encoder(threads=1))
    (same, nothing) = agreement.agreements(one, [one, none])
    assert same.both == pytest.approx(1, abs=1e-5)
    assert nothing.both == 0
    assert agreement.agreements(none, [one])[0].both == 0


def test_letters_find_spellings_names_and_numbers() -> None:
    grams = Grams(POOL)
    for i, text in enumerate(POOL[:6]):
        scores = grams.scores(text)
        assert scores.argmax() == i
        assert scores[i] == pytest.approx(1, abs=1e-5)
    assert grams.scores("Überladene Vessels vor Ansel").argmax() == 0
    assert not grams.scores("").any()
    assert not grams.scores("\ud800").any()
    assert Grams([]).scores("anything").shape == (0,)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("Rain again #NoMoreRain_2020 https://t.co/abc", "Rain again No More Rain 2020"),
        ("@HarbourOffice pays! pic.twitter.com/xyz — Ann Holt (@ann_holt) May 2, 2020", None),
        ("mail me at a@b.example", "mail me at a@b.example"),
        ("#الميناء مفتوح", "الميناء مفتوح"),
        ("#CNNLeaks # 5", "CNN Leaks 5"),
        ("", ""),
    ],
)
def test_posts_are_read_as_words(post: str, words: str | None) -> None:
    assert plain(post) == (words if words is not None else "Harbour Office pays! — Ann Holt May 2, 2020")
