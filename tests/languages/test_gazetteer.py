"""The gazetteer: found by any spelling, silent where a name is shared, and strict about its file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import PackError
from sayso.languages.gazetteer import REQUIRED, Entry, by_name, gazetteer, load_file
from sayso.languages.pack import available, load
from sayso.text.folding import fold_word

ENTRIES = gazetteer().entries
SPELLINGS = [(entry, form) for entry in ENTRIES for forms in entry.names.values() for form in forms]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Peskov", "Dmitry Peskov"),
        ("بيسكوف", "Dmitry Peskov"),
        ("ديمتري بيسكوف", "Dmitry Peskov"),
        ("Песков", "Dmitry Peskov"),
        ("佩斯科夫", "Dmitry Peskov"),
        ("ERDOĞAN", "Recep Tayyip Erdoğan"),
        ("Erdogan", "Recep Tayyip Erdoğan"),
        ("اردوغان", "Recep Tayyip Erdoğan"),
        ("Vucic", "Aleksandar Vučić"),
        ("Jean-Pierre", "Karine Jean-Pierre"),
        ("Jean Pierre", "Karine Jean-Pierre"),
        ("Xi", "Xi Jinping"),
        ("von der Leyen", "Ursula von der Leyen"),
        ("الكرملين", "Kremlin"),
        ("Кремль", "Kremlin"),
        ("ООН", "UN"),
        ("UN", "UN"),
        ("  OMS ", "WHO"),
        ("Boris Johnson", "Boris Johnson"),
        ("Хиллари Клинтон", "Hillary Clinton"),
    ],
)
def test_a_name_is_found_in_any_language_and_spelling(form: str, name: str):
    entry = by_name(form)
    assert entry is not None
    assert entry.name == name


@pytest.mark.parametrize(
    "form",
    [
        *("Johnson", "جونسون", "Clinton", "Клинтон", "Aoun", "عون", "Kim"),  # shared surnames
        *("un", "ес", "fed", "tass"),  # small words, not acronyms
        *("الله", "VI", "III", "Papst"),  # parts of names that stand for nobody
        *("", " ", "Mira Holt", "...", "-"),
    ],
)
def test_shared_common_and_unknown_words_name_nobody(form: str):
    assert by_name(form) is None


def test_every_spelling_of_several_words_finds_its_entry():
    wrong = [(e.name, form) for e, form in SPELLINGS if len(form.split()) > 1 and by_name(form) != e]
    assert wrong == []


def test_no_spelling_finds_another_entry():
    strays = [(e.name, form, found.name) for e, form in SPELLINGS if (found := by_name(form)) not in (None, e)]
    assert strays == []


def test_it_is_large_and_spread_over_the_world():
    kinds = Counter(entry.kind for entry in ENTRIES)
    assert kinds["person"] >= 150
    assert kinds["body"] >= 60
    of = Counter(office.of for entry in ENTRIES for office in entry.offices)
    assert len([place for place in gazetteer().places if of[place]]) >= 55
    assert of.most_common(1)[0][1] < 0.2 * kinds["person"]


@pytest.mark.parametrize("language", REQUIRED)
def test_every_entry_title_and_place_is_named(language: str):
    tables = [entry.names for entry in ENTRIES] + [*gazetteer().titles.values(), *gazetteer().places.values()]
    assert all(names[language] for names in tables)


def test_no_title_or_place_is_left_unused():
    offices = [office for entry in ENTRIES for office in entry.offices]
    assert set(gazetteer().titles) == {office.title for office in offices}
    assert set(gazetteer().places) <= {office.of for office in offices}


def test_offices_have_their_years():
    found = gazetteer()
    assert [e.name for e in found.holders("president", "Russia", 2010)] == ["Dmitry Medvedev"]
    assert {e.name for e in found.holders("president", "United States", 2021)} == {"Donald Trump", "Joe Biden"}
    assert found.holders("president", "United States", 1950) == ()


def test_roles_and_places_speak_each_language():
    found, peskov = gazetteer(), by_name("Peskov")
    assert peskov is not None
    assert "пресс-секретарь" in found.roles(peskov, "ru", 2024)
    assert "المتحدث باسم" in found.roles(peskov, "ar", 2024)
    assert found.roles(peskov, "ru", 1990) == ()
    assert found.place("Kremlin", "ru") == ("Кремль",)
    assert "روسيا" in found.place("Russia", "ar")
    assert found.place("Atlantis", "ru") == ()


@pytest.mark.parametrize("language", [code for code in REQUIRED if code in available()])
def test_titles_of_offices_are_known_to_the_pack(language: str):
    people = load(language).people
    known = {fold_word(word) for phrase in people.roles + people.titles for word in phrase.split()}
    president = gazetteer().titles["president"][language]
    assert known.intersection(map(fold_word, president))


@given(st.text(max_size=60))
def test_any_text_gives_an_entry_or_none(form: str):
    assert by_name(form) is None or isinstance(by_name(form), Entry)


GOOD = """
[titles.mayor]
en = ["mayor"]
ar = ["عمدة"]
ru = ["мэр"]
fr = ["maire"]
de = ["Bürgermeister"]
es = ["alcalde"]

[places.Ely]
en = ["Ely"]
ar = ["إيلي"]
ru = ["Или"]
fr = ["Ely"]
de = ["Ely"]
es = ["Ely"]

[[entries]]
name = "Mira Holt"
kind = "person"
short = "last"
offices = [{ title = "mayor", of = "Ely", since = 2001, until = 2005 }]
[entries.names]
en = ["Mira Holt"]
ar = ["ميرا هولت"]
ru = ["Мира Холт"]
fr = ["Mira Holt"]
de = ["Mira Holt"]
es = ["Mira Holt"]
"""


def test_a_good_file_loads(tmp_path: Path):
    path = tmp_path / "good.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_file(path).by_name("Холт") == load_file(path).entries[0]


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('title = "mayor"', 'title = "queen"', "entries[Mira Holt].offices", "'queen'"),
        ('of = "Ely"', 'of = "Atlantis"', "entries[Mira Holt].offices", "'Atlantis'"),
        ("until = 2005", "until = 1999", "entries[Mira Holt].offices", "1999"),
        ('ru = ["Мира Холт"]', "", "entries[Mira Holt].names.ru", "at least one"),
        ('ru = ["Мира Холт"]', 'ru = ["Мира Хoлт"]', "entries[Mira Holt].names.ru", "mixes"),
        ('ru = ["Мира Холт"]', 'ru = ["Мира Холт", "Мира Холт"]', "entries[Mira Holt].names.ru", "twice"),
        ('ru = ["Мира Холт"]', 'ru = ["Мира Холт "]', "entries[Mira Holt].names.ru", "white space"),
        ('name = "Mira Holt"', 'name = "Mira"', "entries[Mira].names.en", "canonical"),
        ('kind = "person"', 'kind = "horse"', "entries[0].kind", "horse"),
        ('short = "last"', 'nick = "last"', "entries[0]", "nick"),
        ('es = ["alcalde"]', "", "titles.mayor.es", "at least one"),
        ("[titles.mayor]", "[titles.mayor", "file", "not valid TOML"),
    ],
)
def test_a_bad_file_is_named_with_key_and_reason(tmp_path: Path, old: str, new: str, key: str, reason: str):
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_file(path)
    assert raised.value.file == "bad.toml"
    assert raised.value.key == key
    assert reason in raised.value.reason


def test_an_entry_that_stands_twice_and_a_missing_file(tmp_path: Path):
    path = tmp_path / "twice.toml"
    path.write_text(GOOD + GOOD[GOOD.index("[[entries]]") :], encoding="utf-8")
    with pytest.raises(PackError, match="stands twice"):
        load_file(path)
    with pytest.raises(PackError, match="no such gazetteer"):
        load_file(tmp_path / "none.toml")
