"""Dates of publication in the forms that sources give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.dates.day import day


@pytest.mark.parametrize(
    ("written", "lang", "iso"),
    [
        ("2024-02-10", "en", "2024-02-10"),
        ("2024-02-10T08:30:00+03:00", "en", "2024-02-10T08:30:00+03:00"),
        ("2024-02-10T08:30:00Z", "en", "2024-02-10T08:30:00Z"),
        ("2024/2/10 12:00", "en", "2024-02-10"),
        ("2008年04月05日 09:12", "zh", "2008-04-05"),
        ("13/12/2017 21h19", "fr", "2017-12-13"),
        ("10 février 2024", "fr", "2024-02-10"),
        ("February 10, 2024", "en", "2024-02-10"),
        ("2024", "en", None),
        ("2020-2021", "en", None),
        ("2024-02-31", "en", None),
        ("soon", "en", None),
        ("", "en", None),
    ],
)
def test_day(written: str, lang: str, iso: str | None) -> None:
    assert day(written, lang) == iso


@given(st.text(max_size=120), st.sampled_from(["en", "ar", "zh", "und"]))
def test_never_raises_and_what_it_gives_is_a_date(written: str, lang: str) -> None:
    found = day(written, lang)
    assert found is None or found == written or len(found) == 10
