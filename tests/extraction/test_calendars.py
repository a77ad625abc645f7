"""Solar and lunar calendars: known days, lengths, and years beyond the tables."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.dates import lunar, solar
from sayso.extraction.dates.foreign import converted


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (1357, 11, 22, "1979-02-11"),
        (1399, 12, 30, "2021-03-20"),
        (1400, 1, 1, "2021-03-21"),
        (1402, 11, 21, "2024-02-10"),
        (1403, 1, 1, "2024-03-20"),
        (1403, 12, 30, "2025-03-20"),
        (1404, 1, 1, "2025-03-21"),
        (1299, 12, 3, "1921-02-22"),
    ],
)
def test_solar_days(year: int, month: int, day: int, expected: str) -> None:
    assert converted("solar", year, month, day) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [(1445, 9, 1, "2024-03-11"), (1446, 1, 1, "2024-07-07"), (1444, 12, 10, "2023-06-28"), (1400, 1, 1, "1979-11-20")],
)
def test_lunar_days(year: int, month: int, day: int, expected: str) -> None:
    assert converted("lunar", year, month, day) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day"),
    [
        ("solar", 1402, 12, 30),
        ("solar", 1402, 7, 31),
        ("solar", 1402, 13, 1),
        ("solar", 900, 1, 1),
        ("lunar", 1445, 9, 31),
        ("lunar", 1445, 0, 1),
        ("lunar", 1200, 1, 1),
        ("lunar", 1445, 1, 0),
    ],
)
def test_days_that_do_not_exist(calendar: str, year: int, month: int, day: int) -> None:
    assert converted(calendar, year, month, day) is None


@given(st.integers(1343, 1499), st.integers(1, 12))
def test_months_follow_each_other(year: int, month: int) -> None:
    for calendar in (solar, lunar):
        first = calendar.first_day(year, month)
        after = calendar.first_day(year + month // 12, month % 12 + 1)
        assert first is not None
        assert after == first + timedelta(days=calendar.length(year, month))
