"""Times in twelve languages: the cases of times.toml, and hostile input in all of them."""

from __future__ import annotations

import time
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extraction.bounds import TooMany
from sayso.extraction.times.read import times
from sayso.languages.pack import load
from sayso.text.markup import parse
from sayso.text.tokens import tokenize

PUBLISHED = "2024-02-10"
ROWS = tomllib.loads((Path(__file__).parent / "times.toml").read_text(encoding="utf-8"))
CASES = [(lang, *case) for lang, cases in ROWS.items() for case in cases]
PIECES = [
    *(
        "15",
        "رمضان",
        "1445هـ",
        "۲۱",
        "بهمن",
        "1402",
        "2月",
        "30日",
        "民国",
        "113",
        "年",
        "上",
        "周五",
        "下午",
        "3时",
        "Uhr",
        "um",
    ),
    *(
        "to",
        "from",
        "5",
        "-",
        "9",
        ":",
        ".",
        "/",
        ",",
        "February",
        "quarter",
        "first",
        "last",
        "weekend",
        "every",
        "of",
    ),
    *(
        "20",
        "18h30",
        "alle",
        "saat",
        "الساعة",
        "الثالثة",
        "век",
        "XX",
        "в",
        "неделю",
        "назад",
        "MSK",
        "GMT",
        "BC",
        "'90s",
    ),
    *(
        "٣",
        "99",
        "0",
        "00",
        "31",
        "9999",
        "1e9",
        "décennie",
        "años",
        "noventa",
        "\n",
        "Friday",
        "في",
        "و8",
        "Ocak",
        "'te",
    ),
    *("half past", "halb", "h", ":", "፩", "①", "②", "²", "፩፪"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[1]}")
def test_cases(case: tuple[str, ...]) -> None:
    lang, marked, *values = case
    text, marks = parse(marked)
    found = times(tokenize(text), load(lang), PUBLISHED, [])
    for mark, value in zip(marks, values, strict=True):
        assert value in [t.value for t in found if t.span.overlap(mark.span)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.sampled_from((PUBLISHED, "0001-01-01", "9999-12-31", None)),
    st.sampled_from(sorted(ROWS)),
)
def test_any_pieces_on_any_day(text: str, published: str | None, lang: str) -> None:
    end = 0
    for found in times(tokenize(text), load(lang), published, []):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.value
        end = found.span.end


@pytest.mark.parametrize(
    "unit",
    ["1234567890.,:-/", "12:30-", "2024-02-", "5 - ", "1/2/", "٣١٢:", "18h30", "الساعة ", "周五", "of the ", "12 to "],
)
@pytest.mark.parametrize("lang", ["en", "ar", "zh"])
def test_a_long_line_takes_bounded_time(unit: str, lang: str) -> None:
    def spent(size: int) -> float:
        tokens = tokenize(unit * (size // len(unit)))
        start = time.process_time()
        # More than any text may hold is refused, which takes bounded time too.
        with suppress(TooMany):
            times(tokens, load(lang), PUBLISHED, [])
        return time.process_time() - start

    spent(1_000)
    assert spent(100_000) < 12 * spent(20_000) + 0.5


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 31 April 2024 nothing happened."),
        ("en", "It was 25:70 by then."),
        ("en", "from 28 to 31 February 2024"),
        ("ar", "في 31 صفر 1445 لم يحدث شيء."),
        ("fa", "در ۳۱ بهمن ۱۴۰۲ چیزی نشد."),
        ("fa", "۱۴۰۲/۱۳/۰۱"),
        ("zh", "2月30日没有事。"),
        ("ru", "31 ноября ничего не было."),
    ],
)
def test_days_and_hours_that_do_not_exist(lang: str, text: str) -> None:
    values = [t.value for t in times(tokenize(text), load(lang), PUBLISHED, [])]
    assert not [value for value in values if len(value) >= len("2024-02-30")]
