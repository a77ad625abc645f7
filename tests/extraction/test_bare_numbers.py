"""Bare numbers: texts that hold nothing else; shares, coins, measures and changes in running text; hostile input."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extraction.figures.read import figures
from sayso.extraction.nouns import Figure
from sayso.extraction.times.read import times
from sayso.languages.pack import available, load
from sayso.text.tokens import tokenize


def read(lang: str, text: str) -> list[Figure]:
    """Figures of one text, with its times."""
    tokens, words = tokenize(text), load(lang)
    return figures(tokens, words, [], times(tokens, words, "2024-02-10", []), "2024-02-10")


BARE = [
    ("en", "192", 192),
    ("en", "one hundred and two", 102),
    ("en", "forty-two million", 42_000_000),
    ("en", "3/5", 0.6),
    ("en", "- 2 1/4", -2.25),
    ("en", "minus two point zero five", -2.05),
    ("en", "three twenty-firsts", 1 / 7),
    ("en", "one over twenty", 0.05),
    ("en", "1.2e-3", 0.0012),
    ("en", "10 k", 10_000),
    ("en", "three dozen", 36),
    ("en", "thirteen lakh", 1_300_000),
    ("ar", "٣/٤", 0.75),
    ("ar", "واحد و عشرون", 21),
    ("ar", "خمسة أثمان", 0.625),
    ("ru", "минус сорок два", -42),
    ("ru", "две трети", 2 / 3),
    ("fr", "quatre-vingt-dix-sept", 97),
    ("fr", "un vingt-cinquième", 0.04),
    ("fr", "deux cent virgule cinq", 200.5),
    ("de", "einhunderteinunddreißig", 131),
    ("de", "drei Achtel", 0.375),
    ("es", "tres veintiunavos", 1 / 7),
    ("es", "treinta y dos con cinco", 32.5),
    ("it", "trecentoquarantatre", 343),
    ("it", "venti e tre quinti", 20.6),
    ("pt", "três vinte avos", 0.15),
    ("pt", "quinhentos e treze milhões", 513_000_000),
    ("tr", "üç bölü beş", 0.6),
    ("uk", "дві третини", 2 / 3),
    ("fa", "سه چهارم", 0.75),
    ("zh", "负一又二分之一", -1.5),
    ("zh", "四百五", 450),
    ("zh", "四百零五", 405),
    ("zh", "四亿五千六百四十二万零一十五", 456_420_015),
    ("fr", "deux cent un", 201),
    ("fr", "un milliard et demi", 1_500_000_000),
    ("fr", "un crore", 10_000_000),
    ("es", "ciento uno", 101),
    ("pt", "cento e um", 101),
    ("it", "milleuno", 1001),
    ("it", "quattrocentosessantacinquemilaquattrocentosessantacinque", 465_465),
    ("de", "einhundertachttausenddreihundertsieben", 108_307),
    ("tr", "beşyüzikibinikiyüzyetmiş", 502_270),
]


@pytest.mark.parametrize(("lang", "text", "value"), BARE)
def test_a_text_that_is_a_number_is_a_figure(lang: str, text: str, value: float) -> None:
    found = read(lang, text)
    assert [f.span.of(text) for f in found] == [text]
    assert found[0].value == pytest.approx(value)


RUNNING = [
    ("en", "Two thirds of voters stayed at home.", 2 / 3, "share", False),
    ("en", "One in five homes was empty.", 0.2, "share", False),
    ("en", "It ran for 1/4 mile.", 0.25, "miles", False),
    ("en", "They laid 10 1/2 miles of cable.", 10.5, "miles", False),
    ("en", "Sales doubled.", 2, "times", True),
    ("en", "Prices rose by 5 percent.", 5, "percent", True),
    ("en", "Prices rose to 5 percent.", 5, "percent", False),
    ("en", "Support fell 3 percentage points.", 3, "percentage points", True),
    ("en", "The ticket costs 15 dollars and 20 cents.", 15.2, "USD", False),
    ("en", "Shares closed at 470 pence.", 470, "pence", False),
    ("en", "They paid HK$10.05 billion.", 10_050_000_000, "HKD", False),
    ("en", "The fund holds 300 PLN.", 300, "PLN", False),
    ("en", "The plant makes 40 MW.", 40, "MW", False),
    ("en", "The deal is worth 10M euros.", 10_000_000, "EUR", False),
    ("fr", "Le prix a baissé de 34 cents.", 34, "cents", True),
    ("fr", "Les deux tiers des électeurs ont voté.", 2 / 3, "share", False),
    ("it", "Un calo dell'8,1% nel mese.", 8.1, "percent", True),
    ("tr", "Fiyatlar yüzde 12 arttı.", 12, "percent", True),
    ("zh", "出口增长百分之十二。", 12, "percent", True),
    ("zh", "重量为2.3千克。", 2.3, "kg", False),
    ("ru", "Цены выросли на 5%.", 5, "percent", True),
    ("ru", "Две трети избирателей не пришли.", 2 / 3, "share", False),
    ("de", "Zwei Drittel der Wähler blieben zu Hause.", 2 / 3, "share", False),
    ("es", "Dos tercios de los votantes no fueron.", 2 / 3, "share", False),
    ("pt", "Um terço dos eleitores não votou.", 1 / 3, "share", False),
    ("ar", "ارتفعت الأسعار 5 في المئة.", 5, "percent", True),
    ("uk", "Третина виборців не прийшла.", 1 / 3, "share", False),
    ("fa", "قیمت‌ها ۵ درصد افزایش یافت.", 5, "percent", True),
    ("en", "The share closed at USD115.", 115, "USD", False),
    ("en", "They paid EUR20m for it.", 20_000_000, "EUR", False),
    ("en", "They paid over $6 billion last year.", 6_000_000_000, "USD", False),
    ("en", "He is 6 feet 2 inches tall.", 6 + 2 / 12, "feet", False),
    ("en", "The pole is 12 m high.", 12, "m", False),
    ("en", "The firm lost £12 m on it.", 12_000_000, "GBP", False),
    ("en", "It grew by less than one-half percent.", 0.5, "percent", True),
    ("fr", "Deux cent un navires sont partis.", 201, "ships", False),
    ("fr", "Un million et demi de personnes ont voté.", 1_500_000, "people", False),
    ("es", "Ciento un barcos zarparon.", 101, "ships", False),
    ("es", "Un millón y medio de personas votaron.", 1_500_000, "people", False),
    ("it", "Un milione e mezzo di persone ha votato.", 1_500_000, "people", False),
    ("pt", "Um milhão e meio de pessoas votaram.", 1_500_000, "people", False),
    ("pt", "Cento e uma casas arderam.", 101, "homes", False),
    ("de", "Ein Crore Rupien kostet es.", 10_000_000, "INR", False),
    ("ar", "شارك مليون ونصف المليون شخص.", 1_500_000, "people", False),
    ("zh", "这里种了两万两百亩。", 20_200, "mu", False),
]


@pytest.mark.parametrize(("lang", "text", "value", "unit", "change"), RUNNING)
def test_shares_coins_measures_and_changes(lang: str, text: str, value: float, unit: str, change: bool) -> None:
    assert [(f.value, f.unit, f.change) for f in read(lang, text)] == [(pytest.approx(value), unit, change)]


def test_an_article_behind_hundreds_counts_only_before_a_plural() -> None:
    assert [f.value for f in read("es", "Vendió doscientos un mes después.")] == [200]
    assert [f.value for f in read("zh", "他付了两万两白银。")] == [20_000]
    assert [f.value for f in read("de", "Es waren drei halbe Brote.")] == [1.5]


def test_an_article_without_its_vowel_is_no_unit() -> None:
    found = read("fr", "On compte 45 navires contre 60 l'an dernier.")
    assert [(f.value, f.unit) for f in found] == [(45, "ships"), (60, None)]


def test_a_share_to_receivers_is_neither_a_range_nor_an_hour() -> None:
    for text in ("He sold a quarter to three investors.", "They sold a quarter to three."):
        assert read("en", text) == []
        assert times(tokenize(text), load("en"), "2024-02-10", []) == []


def test_a_period_behind_a_number_is_no_count_of_it() -> None:
    text = "It rose to 60 last year from 45 cars."
    assert [f.value for f in read("en", text)] == [60, 45]
    assert [t.value for t in times(tokenize(text), load("en"), "2024-02-10", [])] == ["2023"]


def test_a_level_behind_a_change_is_no_upper_bound() -> None:
    found = read("ru", "Продажи выросли на 5% до 3 млн рублей.")
    assert [(f.value, f.qualifier, f.change) for f in found] == [(5, "exact", True), (3_000_000, "exact", False)]


NOTHING = [
    *("10^400", "1e400", "1/0", "--5", "+-+5", "1234567890" * 4, "+1 202 555 0143", "192.168.1.2", "31/02/2024"),
    *("2024-13-45", "1٢3", "５5", "9/11/2001", "12:30", "No. 5", "5G", "the third man", "a third man", "24/7 service"),
    *("a", "an", "1/", "/2", "^", "e5", "point five", "9" * 16, "0" * 50, "1,2,3,4", "3:2"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_number_gives_no_figure_or_no_value(text: str) -> None:
    for lang in available():
        for figure in read(lang, text):
            assert figure.value is None or abs(figure.value) <= 10**18
    assert [f for f in read("en", text) if f.value is not None] == [] or text in ("1,2,3,4", "--5", "point five", "/2")


PIECES = (
    "1",
    "22",
    "0",
    "9" * 40,
    "10^400",
    "1/0",
    "3/4",
    "½",
    "-",
    "--",
    "+",
    ",",
    ".",
    " ",
    "\n",
    "/",
    "^",
    "e",
    "E5",
)
WORDED = (
    *(
        "$",
        "€",
        "%",
        "k",
        "M",
        "two",
        " and ",
        " thirds",
        " half",
        " of ",
        " a ",
        " million",
        " point ",
        " minus ",
        " in ",
    ),
    *(
        "三",
        "百",
        "万",
        "分之",
        "点",
        "零",
        "٣",
        "و",
        "ألف",
        " veinte",
        "avos",
        " con ",
        " cents",
        " dollars ",
        " doubled",
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from((*PIECES, *WORDED)), max_size=30), st.sampled_from(("en", "ar", "fr", "es", "zh", "und"))
)
def test_any_pieces_give_finite_figures_that_slice(pieces: list[str], lang: str) -> None:
    text, end = "".join(pieces), 0
    for figure in read(lang, text):
        assert end <= figure.span.start < figure.span.end <= len(text)
        assert all(value is None or math.isfinite(value) for value in (figure.value, figure.value_high))
        end = figure.span.end


@pytest.mark.parametrize("piece", ["1,", "12 ", "1/2 ", "1 1/2 ", "9" * 400 + " ", "1e9", "- 1", "+1-", "1.٢"])
def test_a_megabyte_of_digits_and_separators_takes_bounded_time(piece: str) -> None:
    tokens, words = tokenize(piece * (1_000_000 // len(piece))), load("en")
    start = time.process_time()
    figures(tokens, words, [], [], None)
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    "piece", ["half of ", "two thirds of ", "one in five ", "15 dollars 20 ", "two point five ", "3 and "]
)
def test_words_of_arithmetic_take_linear_time(piece: str) -> None:
    tokens, words = tokenize(piece * (40_000 // len(piece))), load("en")
    start = time.process_time()
    figures(tokens, words, [], [], None)
    assert time.process_time() - start < 4
