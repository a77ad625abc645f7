"""Numbers in digits and words, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.numbers.read import number_at, skip_at
from sayso.extraction.numbers.view import viewed
from sayso.extraction.words.lexicon import lexicon
from sayso.languages.pack import load
from sayso.text.tokens import tokenize

WHOLE: dict[str, dict[str, float]] = {
    "en": {
        "7": 7,
        "1,234": 1234,
        "1,234.5": 1234.5,
        "8.125": 8.125,
        "12,34,567": 1234567,
        "150 million": 150_000_000,
        "8.3 mln": 8_300_000,
        "2.3 thousand": 2300,
        "50mln": 50_000_000,
        "twenty-one": 21,
        "two hundred and five": 205,
        "three thousand two hundred": 3200,
        "two and a half million": 2_500_000,
        "half a million": 500_000,
        "a dozen": 12,
        "٢٩٦": 296,
        "१२": 12,
        "1’000’000": 1_000_000,
    },
    "ar": {
        "8.3 مليون": 8_300_000,
        "296 ألفاً": 296_000,
        "٢٩٦ ألفا": 296_000,
        "٣٫٥ مليون": 3_500_000,
        "ثلاثة وعشرون": 23,
        "مئتان وخمسة": 205,
        "6 آلاف و445": 6445,
        "مليوني": 2_000_000,
        "ثلاثمئة ألف": 300_000,
        "6,8": 6.8,
    },
    "ru": {
        "двадцать один": 21,
        "двести пять": 205,
        "2,3 тыс": 2300,
        "10 000": 10_000,
        "6,000": 6000,
        "полутора тысяч": 1500,
        "двухсот": 200,
        "1,5 млрд": 1_500_000_000,
    },
    "fr": {
        "soixante-dix": 70,
        "quatre-vingts": 80,
        "quatre-vingt-dix-sept mille cinq cent dix": 97_510,
        "10 000": 10_000,
        "1.234,5": 1234.5,
        "deux millions et demi": 2_500_000,
        "3 milliards": 3_000_000_000,
    },
    "es": {
        "treinta y cinco": 35,
        "3 mil 700": 3700,
        "mil millones": 1_000_000_000,
        "doscientos mil millones": 200_000_000_000,
        "1.498": 1498,
        "2,5 millones": 2_500_000,
    },
    "de": {
        "einundzwanzig": 21,
        "zweihundertfünf": 205,
        "1.234,5": 1234.5,
        "3,5 Mrd": 3_500_000_000,
        "28.000": 28_000,
        "eine Billion": 1_000_000_000_000,
    },
    "und": {"33万亿": 33_000_000_000_000, "8500万": 85_000_000, "1.234.567": 1_234_567, "28 000": 28_000},
}
NONE = {
    "en": [
        "1.2.3.4",
        "192.168.100.200",
        "10.02.2024",
        "12:30",
        "3:2",
        "007",
        "1" * 40,
        "1٢3",
        "Covid-19",
        "A320",
        "v1.2.3-4",
    ],
    "de": ["0800-123-456-78"],
}


@pytest.mark.parametrize(("lang", "text", "value"), [(k, t, v) for k, row in WHOLE.items() for t, v in row.items()])
def test_the_whole_text_is_one_number(lang: str, text: str, value: float) -> None:
    view = viewed(tokenize(text), lexicon(load(lang)))
    number = number_at(view, 0)
    assert number is not None
    assert (number.end, float(number.value or 0)) == (len(view.tokens), value)


@pytest.mark.parametrize(("lang", "text"), [(k, t) for k, row in NONE.items() for t in row])
def test_no_number_anywhere(lang: str, text: str) -> None:
    view = viewed(tokenize(text), lexicon(load(lang)))
    found, i = [], 0
    while i < len(view.tokens):
        number = number_at(view, i)
        found += [view.tokens.span(number.first, number.end).of(text)] if number else []
        i = number.end if number else skip_at(view, i)
    assert found == []


VAGUE = {
    "en": {"dozens": 24, "hundreds of thousands": 200_000, "dozens of millions": 24_000_000, "scores": 40},
    "ar": {"عشرات": 20, "مئات الآلاف": 200_000, "آلاف": 2000},
    "ru": {"десятки": 20, "десятки тысяч": 20_000, "сотни миллионов": 200_000_000},
    "uk": {"сотні тисяч": 200_000},
    "fr": {"des milliers": 2000, "dizaines de milliers": 20_000},
    "de": {"Dutzende": 24, "Hunderttausende": 200_000},
    "es": {"cientos de miles": 200_000},
    "pt": {"dezenas de milhares": 20_000},
    "it": {"migliaia": 2000, "centinaia di milioni": 200_000_000},
    "tr": {"yüz binlerce": 200_000},
    "fa": {"صدها هزار": 200_000},
    "zh": {"数百万": 2_000_000},
}


@pytest.mark.parametrize(("lang", "text", "least"), [(k, t, v) for k, row in VAGUE.items() for t, v in row.items()])
def test_vague_counts_have_no_value_but_a_least_one(lang: str, text: str, least: int) -> None:
    view = viewed(tokenize(text), lexicon(load(lang)))
    number = number_at(view, 0)
    assert number is not None
    assert (number.value, number.least, number.end) == (None, least, len(view.tokens))


@given(st.text(alphabet="0123456789٠١٢٣१२፩①².,'  -–/:+$%()amk万億مليونtwoand\n", max_size=80))
def test_every_number_is_finite_and_inside_the_text(text: str) -> None:
    for lang in ("en", "ar", "und"):
        view = viewed(tokenize(text), lexicon(load(lang)))
        for i in range(len(view.tokens)):
            number = number_at(view, i)
            if number is not None:
                assert i == number.first < number.end <= len(view.tokens)
                assert number.value is None or abs(number.value) <= 10**18


@pytest.mark.parametrize(
    "piece", ["1,", "1.", "1 ", "123 ", "12-", "1/", "٣٫", "9" * 50 + " ", "-+", "1 million ", "thousand "]
)
def test_a_long_line_takes_linear_time(piece: str) -> None:
    view = viewed(tokenize(piece * (100_000 // len(piece))), lexicon(load("en")))
    start, i = time.process_time(), 0
    while i < len(view.tokens):
        number = number_at(view, i)
        i = number.end if number else skip_at(view, i)
    assert time.process_time() - start < 1.5
