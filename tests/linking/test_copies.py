"""Copies: what makes of a text that is nearly another one an article of its own."""

from __future__ import annotations

from itertools import permutations

import pytest

from sayso.linking.article import Annotated
from sayso.linking.nouns import Conflict, Duplicate, StatementMember
from sayso.linking.stories.duplicates import duplicates
from sayso.linking.stories.sides import with_all_sides

TEXTS = {
    "en": "The Lower Tarn dam overflowed on Friday and its operator opened the gates. Interior minister Mary Holt said "
    "on Saturday that the company had warned her ministry. The flood killed 17 people and destroyed the mill in Spain, "
    "the hospital said. Roads to four villages are closed and the railway is out of service. The governor may visit "
    "the region with Mary Holt and walk from Norwick to the dam. Schools stay closed until Wednesday.",
    "de": "Der Damm am unteren Tarn lief am Freitag über und der Betreiber öffnete die Tore. Innenministerin Maria "
    "Schmidt sagte am Samstag, dass die Firma ihr Ministerium gewarnt hatte. Bei der Flut starben 17 Menschen und in "
    "Spanien wurde eine Mühle zerstört, teilte das Krankenhaus mit. Die Straßen zu vier Dörfern sind gesperrt und die "
    "Bahn fährt bis auf Weiteres nicht mehr. Die Schulen bleiben bis Mittwoch geschlossen.",
    "ru": "В пятницу плотина на Нижнем Тарне переполнилась, и оператор открыл шлюзы. Министр внутренних дел Мария "
    "Иванова сказала в субботу, что компания предупредила её министерство. Наводнение убило 17 человек и разрушило "
    "мельницу в Испании, сообщила больница. Дороги к четырём деревням закрыты, и железная дорога не работает. Школы "
    "останутся закрытыми до среды.",
    "ar": "فاض سد تارن السفلي يوم الجمعة وفتح المشغل البوابات. قالت وزيرة الداخلية ماري هولت يوم السبت إن الشركة حذرت "
    "وزارتها من الفيضان. قتل الفيضان 17 شخصا ودمر الطاحونة في إسبانيا كما قال المستشفى. الطرق إلى أربع قرى مغلقة "
    "والسكك الحديدية خارج الخدمة. تبقى المدارس مغلقة حتى يوم الأربعاء.",
}

OTHERWISE = [
    ("en", "killed 17", "killed 71"),
    ("en", "killed 17", "killed eighteen"),
    ("en", "had warned", "had not warned"),
    ("en", "may visit", "will visit"),
    ("en", "in Spain", "in France"),
    ("en", "from Norwick", "from Haldane"),
    ("en", "minister Mary Holt said", "minister Anna Reed said"),
    ("en", "four villages", "five villages"),
    ("de", "17 Menschen", "18 Menschen"),
    ("de", "gewarnt hatte", "nicht gewarnt hatte"),
    ("de", "vier Dörfern", "fünf Dörfern"),
    ("de", "in Spanien", "in Frankreich"),
    ("ru", "17 человек", "71 человека"),
    ("ru", "предупредила", "не предупредила"),
    ("ru", "четырём", "пяти"),
    ("ru", "в Испании", "во Франции"),
    ("ar", "17 شخصا", "71 شخصا"),
    ("ar", "الشركة حذرت", "الشركة لم تحذر"),
    ("ar", "في إسبانيا", "في فرنسا"),
]

ALIKE = [
    ("en", "killed 17", "killed seventeen"),
    ("en", "overflowed on Friday", "spilled over on Friday"),
    ("en", "Interior minister Mary Holt", "Home secretary Holt"),
    ("en", "Roads to four villages are closed and the railway is out of service. ", ""),
    ("en", "the hospital said.", "the hospital told The Lantern Post."),
    ("en", "until Wednesday.", "until Wednesday. Two bridges may not reopen, the council of Arvell said."),
    ("en", "in Spain", "in the Spanish hills"),
    ("de", "17 Menschen", "siebzehn Menschen"),
    ("de", "das Krankenhaus", "die Klinik"),
    ("de", "Betreiber", "Konzern"),
    ("ru", "17 человек", "семнадцать человек"),
    ("ru", "сообщила больница", "по данным больницы"),
    ("ar", "كما قال المستشفى", "وفق المستشفى"),
]


def copies(lang: str, here: str, there: str) -> list[Duplicate]:
    text = TEXTS[lang]
    assert here in text
    one = Annotated(id="a", text=text, lang=lang, outlet="Harbour Wire", published="2025-05-03")
    return duplicates([one, Annotated(id="b", text=text.replace(here, there), lang=lang, outlet="Lantern Post")])


@pytest.mark.parametrize(("lang", "here", "there"), OTHERWISE)
def test_what_says_otherwise_is_no_copy(lang: str, here: str, there: str) -> None:
    assert copies(lang, here, there) == []


@pytest.mark.parametrize(("lang", "here", "there"), ALIKE)
def test_what_is_cut_or_reworded_is_a_copy(lang: str, here: str, there: str) -> None:
    assert [found.articles for found in copies(lang, here, there)] == [("a", "b")]


def test_one_page_served_twice_is_no_copy_once_it_was_edited() -> None:
    text = TEXTS["en"]
    pages = [
        Annotated(id=id, text=words, lang="en", outlet="Harbour Wire", published="2025-05-03")
        for id, words in (("a", text), ("b", text), ("c", text.replace("had warned", "had not warned")))
    ]
    assert [(d.articles, d.kind) for d in duplicates(pages)] == [(("a", "b"), "same page")]


def test_each_edition_of_a_wire_has_its_own_copies() -> None:
    """A cut that lacks what differs goes with the earliest, and makes no group of both."""
    text = TEXTS["en"]
    other = text.replace("killed 17", "killed 71")
    cut = " ".join(sentence for sentence in text.split(". ") if "killed" not in sentence)
    told = {"a": text, "b": other, "c": text + " (HW)", "d": other + " (HW)", "e": cut}
    articles = [
        Annotated(id=id, text=words, lang="en", outlet=f"Outlet {id}", published="2025-05-03")
        for id, words in told.items()
    ]
    for order in permutations(articles):
        assert [d.articles for d in duplicates(order)] == [("a", "c", "e"), ("b", "d")]


def test_the_only_article_that_tells_a_side_of_a_conflict_is_no_copy() -> None:
    articles = [Annotated(id=id, text="", published="2025-05-03") for id in "abcd"]
    same, changed = (StatementMember("a", 0, (), "verbatim"), [StatementMember(i, 0, (), "changed") for i in "bc"])
    clash = Conflict("statement", "t", (same, *changed), "Told in different words.")
    group = Duplicate(("a", "b", "c", "d"), "wire copy")
    assert with_all_sides([group], [clash], articles) == [Duplicate(("a", "c", "d"), "wire copy")]
    assert with_all_sides([group], [], articles) == [group]
    assert with_all_sides([Duplicate(("a", "b"), "wire copy")], [clash], articles) == [
        Duplicate(("a", "b"), "wire copy")
    ]
    assert with_all_sides([Duplicate(("a", "b", "c"), "same page")], [clash], articles)[0].articles == ("a", "c")
