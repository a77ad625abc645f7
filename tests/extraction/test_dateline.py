from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.dates.dateline import dateline

NEAR = date(2024, 2, 12)

WITHOUT_YEAR = [
    ("en", "Head\n\nMOSCOW, February 10. /AGENCY/. The bridge is open.", "2024-02-10"),
    ("en", "Washington, Feb. 9 (Agency) - The bridge is open.", "2024-02-09"),
    ("en", "PUTRAJAYA, Nov 22 — The bridge is open.", "2023-11-22"),
    ("en", "NEW YORK, Friday, 9th February: The bridge is open.", "2024-02-09"),
    ("ru", "МОСКВА, 9 февраля. /АГЕНТСТВО/. Мост открыт.", "2024-02-09"),
    ("ar", "العنوان\nالقاهرة - 9 فبراير (وكالة) - فُتح الجسر.", "2024-02-09"),
    ("ar", "القاهرة، ٩ فبراير (وكالة) - فُتح الجسر.", "2024-02-09"),
    ("fr", "PARIS, 5 avril (Agence) - Le pont est ouvert.", "2024-04-05"),
    ("fr", "Paris, le 1er mars - Le pont est ouvert.", "2024-03-01"),
    ("de", "Berlin, 3. März (agentur) Die Brücke ist offen.", "2024-03-03"),
    ("es", "Madrid, 5 de abril (Agencia).- El puente está abierto.", "2024-04-05"),
    ("es", "MADRID 5 abril (AGENCIA) - El puente está abierto.", "2024-04-05"),
]

WITH_YEAR = [
    ("ar", "الرياض، 15 شعبان 1445 هـ - قالت الوزارة إنها بدأت.", "2024-02-25"),
    ("ar", "الرياض 12 رمضان 1445هـ الموافق 22 مارس 2024م واس", "2024-03-22"),
    ("fa", "تهران، ۲۱ بهمن ۱۴۰۲ - گزارش وزارت", "2024-02-10"),
    ("en", "LONDON, 9 February 2024: The bridge is open.", "2024-02-09"),
    ("en", "The bridge is open\nFebruary 10, 2024\n\nThe minister opened it.", "2024-02-10"),
    ("en", "02/10/2024 14:30\nThe minister opened it.", "2024-02-10"),
    ("de", "10.02.2024, 14:30 Uhr\nDer Minister hat sie eröffnet.", "2024-02-10"),
    ("xx", "10.02.2024\nUnknown words stand here.", "2024-02-10"),
    ("en", "2024-02-10\nThe minister opened it.", "2024-02-10"),
    ("ru", "ПОРТ-МАРЕН, 14 марта 2024 г. — Мост открыт.", "2024-03-14"),
    ("ru", "14 марта 2024 г.\nМост открыт.", "2024-03-14"),
    ("fr", "La Feuille de l'Orne, 3 juin 2024\n\nLe pont est ouvert.", "2024-06-03"),
]

NONE = [
    ("ar", "قال إن 12 رمضان 1445 هـ كان يوما مهما في التاريخ."),
    ("fa", "به گزارش خبرگزاری، ۳۵ بهمن ۱۴۰۲ روز خوبی بود."),
    ("en", "CAIRO (Agency) - The bridge is open."),
    ("en", "On February 10 the minister opened it."),
    ("en", "In London, on February 9, the minister spoke."),
    ("en", "The minister said on Friday that since February 9, 2024 nobody crossed the bridge."),
    ("en", "On July 6, 2015, she made the following comment:\n\n“The bridge is open.”"),
    ("en", "The sixth of July 6, 2015."),
    ("en", "PARIS, 31 February. /AGENCY/. Nothing."),
    ("en", "May 10 bridges were closed."),
    ("en", ""),
]


@pytest.mark.parametrize(("lang", "text", "day"), WITHOUT_YEAR + WITH_YEAR)
def test_datelines(lang: str, text: str, day: str):
    assert dateline(text, lang, NEAR) == day


@pytest.mark.parametrize(("lang", "text", "day"), WITH_YEAR)
def test_a_stated_year_needs_no_help(lang: str, text: str, day: str):
    assert dateline(text, lang) == day


@pytest.mark.parametrize(("lang", "text", "day"), WITHOUT_YEAR)
def test_an_unknown_year_is_not_guessed(lang: str, text: str, day: str):
    assert dateline(text, lang) is None


@pytest.mark.parametrize(("lang", "text"), NONE)
def test_no_dateline(lang: str, text: str):
    assert dateline(text, lang, NEAR) is None


def test_the_year_of_a_close_date_in_the_text():
    text = "OSLO, Jan 3. /AGENCY/. The vote of December 30, 2023 was the first since March 3, 2019."
    assert dateline(text, "en") == "2024-01-03"
    assert dateline("OSLO, Jan 3. /AGENCY/. The vote of March 3, 2019 was the last.", "en") is None


@given(st.text("9 0123፩①²/.-,\nMay February", max_size=40))
def test_any_text_gets_an_answer(text: str):
    found = dateline(text, "en", NEAR)
    assert found is None or date.fromisoformat(found)
