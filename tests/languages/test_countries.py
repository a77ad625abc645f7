"""Countries: by name, capital and adjective, in many languages."""

from __future__ import annotations

import pytest

from sayso.languages.countries import adjective_of, capital, country, name_of, of_adjective


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("Венгрия", "ru", "HU"),
        ("США", "ru", "US"),
        ("المجر", "ar", "HU"),
        ("Hongrie", "fr", "HU"),
        ("Estados Unidos", "es", "US"),
        ("匈牙利", "zh", "HU"),
        ("مجارستان", "fa", "HU"),
        ("Atlantis", "en", None),
    ],
)
def test_a_country_by_its_name(name: str, language: str, code: str | None):
    assert country(name, language) == code


def test_case_endings_are_heard_only_where_asked():
    assert country("Венгрии", "ru") is None
    assert country("Венгрии", "ru", cased=True) == "HU"


@pytest.mark.parametrize(
    ("word", "language", "code"),
    [
        ("венгерское", "ru", None),
        ("французские", "ru", "FR"),
        ("іспанського", "uk", "ES"),
        ("espagnol", "fr", "ES"),
        ("mexicanas", "es", "MX"),
        ("الكويتية", "ar", "KW"),
        ("ایرانی", "fa", "IR"),
        ("местные", "ru", None),
        ("nationale", "fr", None),
    ],
)
def test_a_country_by_its_adjective(word: str, language: str, code: str | None):
    assert of_adjective(word, language) == code


def test_capitals_and_english_names():
    assert capital("Москва") == "RU"
    assert name_of("TR") == "Turkey"
    assert name_of("HU") == "Hungary"
    assert adjective_of("FR") == "French"
