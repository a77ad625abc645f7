"""Whose wire it is, from datelines of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.agency import agency


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bridge opens\n\nANSEL, February 10. /Harbour Wire/. The bridge opened.", "Harbour Wire"),
        ("АНСЕЛЬ, 9 февраля. /Северный листок/. Мост открыт.", "Северный листок"),
        ("ANSEL, Feb. 9, 2024 (Lantern Post) — The bridge opened.", "Lantern Post"),
        ("Ansel (lob) - Die Brücke ist offen.", "lob"),
        ("أنسل، 5 يونيو 2017 (المرفأ) - فُتح الجسر.", "المرفأ"),
        ("The minister (left) opened the bridge.", None),
        ("The bridge and/or the road will open.", None),
        ("Officials said the bridge (built in 1990) - the longest - was safe.", None),
        ("The minister, who has led the ministry for nine long years (Harbour Wire) - said so.", None),
        ("", None),
    ],
)
def test_agency(text: str, name: str | None) -> None:
    assert agency(text) == name


@given(st.text(max_size=300))
def test_a_name_stands_in_the_text(text: str) -> None:
    found = agency(text)
    assert found is None or (found in text and "\n" not in found)
