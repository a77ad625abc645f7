"""What is counted where the noun is missing: those counted apart from the dead, and levels apart from changes."""

from __future__ import annotations

import pytest

from sayso.extraction.figures.read import figures
from sayso.extraction.nouns import Figure
from sayso.extraction.times.read import times
from sayso.languages.pack import load
from sayso.text.tokens import tokenize


def read(lang: str, text: str) -> list[Figure]:
    tokens, words = tokenize(text), load(lang)
    return figures(tokens, words, (), times(tokens, words, "2026-03-10", ()), "2026-03-10")


APART = [
    # language, text, unit of the 31 beside 15 dead
    ("en", "The blast left 15 dead and 31 in hospital.", "hospitalised"),
    ("en", "Fifteen people died and 31 are in hospital.", "hospitalised"),
    ("en", "The crash killed 15 and left 31 in intensive care.", "hospitalised"),
    ("en", "Officials counted 15 dead and 31 still unaccounted for.", "missing"),
    ("en", "Fifteen people died and 31 were rescued.", None),
    ("en", "Fifteen people died in hospital in Lebanon and 31 in Syria.", "deaths"),
    ("en", "Of those hurt in the crash, 31 people died in hospital; 15 went home.", "deaths"),
    ("ru", "15 человек погибли, еще 31 в больнице.", "hospitalised"),
    ("ru", "Погибли 15 человек, 31 госпитализирован.", "hospitalised"),
    ("ru", "Погибли 15 человек, еще 31 в тяжелом состоянии.", "injured"),
    ("ru", "В больнице умер 31 человек, 15 выписаны.", "deaths"),
    ("uk", "Загинули 15 людей, ще 31 у лікарні.", "hospitalised"),
    ("fr", "L'explosion a fait 15 morts et 31 hospitalisés.", "hospitalised"),
    ("fr", "Quinze personnes sont mortes et 31 sont à l'hôpital.", "hospitalised"),
    ("fr", "Le bilan est de 15 morts et 31 dans un état grave.", "injured"),
    ("de", "15 Menschen starben, 31 sind im Krankenhaus.", "hospitalised"),
    ("de", "15 Menschen starben, 31 werden noch vermisst.", "missing"),
    ("es", "Murieron 15 personas y 31 siguen en el hospital.", "hospitalised"),
    ("it", "Sono morte 15 persone e 31 sono in ospedale.", "hospitalised"),
    ("pt", "A explosão deixou 15 mortos e 31 no hospital.", "hospitalised"),
    ("tr", "Patlamada 15 kişi öldü, 31 kişi hastanede.", "hospitalised"),
    ("ar", "أسفر الانفجار عن 15 قتيلا و31 في المستشفى.", "hospitalised"),
    ("ar", "قتل 15 شخصا ولا يزال 31 في عداد المفقودين.", "missing"),
    ("fa", "در این انفجار ۱۵ نفر کشته و ۳۱ نفر به بیمارستان منتقل شدند.", "hospitalised"),
    ("zh", "15人死亡，另有31人在医院接受治疗。", "hospitalised"),
]


@pytest.mark.parametrize(("lang", "text", "unit"), APART)
def test_a_count_with_a_state_of_its_own_is_not_that_of_the_noun_before(lang: str, text: str, unit: str | None) -> None:
    assert [figure.unit for figure in read(lang, text) if figure.value == 31] == [unit]


PLACED = [
    # language, text, unit of its only number of people: a place alone says nothing of those who are at it
    ("en", "About 200 people work in hospital kitchens.", "people"),
    ("en", "Some 300 people live next to the hospital.", "people"),
    ("en", "Fifty nurses in hospitals in the capital went on strike.", None),
    ("en", "300 people in hospitals went on strike.", "people"),
    ("en", "40 visitors came to the hospital.", "people"),
    ("en", "After 15 deaths, 300 people who live next to the hospital fled.", "people"),
    ("en", "Forty people were taken to hospital.", "hospitalised"),
    ("en", "The fire sent 12 people to hospital.", "hospitalised"),
    ("en", "More than 300 people have been admitted to hospitals.", "hospitalised"),
    ("en", "Two people died and 31 others were being treated in hospital.", "hospitalised"),
    ("en", "300 people are employed in hospitals.", "people"),
    ("en", "12 people are in critical condition.", "injured"),
    ("ru", "300 человек работают в больнице.", "people"),
    ("ru", "Работают 300 человек в больнице.", "people"),
    ("ru", "12 человек доставлены в больницу.", "hospitalised"),
    ("uk", "300 людей працюють у лікарні.", "people"),
    ("uk", "12 людей доставили до лікарні.", "hospitalised"),
    ("de", "300 Menschen arbeiten im Krankenhaus.", "people"),
    ("de", "300 Menschen sind im Krankenhaus beschäftigt.", "people"),
    ("de", "12 Menschen wurden ins Krankenhaus gebracht.", "hospitalised"),
    ("de", "12 Menschen liegen im Krankenhaus.", "hospitalised"),
    ("fr", "300 personnes travaillent à l'hôpital.", "people"),
    ("fr", "12 personnes ont été transportées à l'hôpital.", "hospitalised"),
    ("es", "300 personas trabajan en el hospital.", "people"),
    ("es", "Trabajan 300 personas en el hospital.", "people"),
    ("es", "12 personas fueron trasladadas al hospital.", "hospitalised"),
    ("it", "300 persone lavorano in ospedale.", "people"),
    ("it", "12 persone sono state portate in ospedale.", "hospitalised"),
    ("pt", "300 pessoas trabalham no hospital.", "people"),
    ("pt", "12 pessoas foram levadas ao hospital.", "hospitalised"),
    ("tr", "300 kişi hastanede çalışıyor.", "people"),
    ("tr", "12 kişi hastaneye kaldırıldı.", "hospitalised"),
    ("ar", "يعمل 300 شخص في المستشفى.", "people"),
    ("ar", "نقل 12 شخصا إلى المستشفى.", "hospitalised"),
    ("fa", "۳۰۰ نفر در بیمارستان کار می‌کنند.", "people"),
    ("fa", "۱۲ نفر به بیمارستان منتقل شدند.", "hospitalised"),
    ("zh", "300人在医院工作。", "people"),
    ("zh", "12人被送往医院。", "hospitalised"),
]


@pytest.mark.parametrize(("lang", "text", "unit"), PLACED)
def test_those_who_work_live_or_visit_at_a_hospital_are_not_in_it(lang: str, text: str, unit: str | None) -> None:
    assert [figure.unit for figure in read(lang, text)][-1:] == [unit]


CHANGED = [
    # language, text, whether the last number is a change
    ("en", "The death toll rose to 15.", False),
    ("en", "The number of dead rose by 15.", True),
    ("ru", "Число погибших выросло до 15.", False),
    ("ru", "Число погибших возросло на 15.", True),
    ("uk", "Кількість загиблих зросла до 15.", False),
    ("uk", "Кількість загиблих зросла на 15.", True),
    ("de", "Die Zahl der Toten ist auf 15 gestiegen.", False),
    ("de", "Die Zahl der Toten stieg um 15.", True),
    ("fr", "Le nombre de morts est passé à 15.", False),
    ("fr", "Le nombre de morts a augmenté de 15.", True),
    ("es", "El número de muertos subió hasta 15.", False),
    ("es", "El número de muertos aumentó en 15.", True),
    ("it", "Il numero dei morti è salito a 15.", False),
    ("it", "Il numero dei morti è aumentato di 15.", True),
    ("pt", "O número de mortos subiu para 15.", False),
    ("pt", "O número de mortos aumentou em 15.", True),
    ("tr", "Ölü sayısı 15'e yükseldi.", False),
    ("tr", "Ölü sayısı 15 arttı.", True),
    ("ar", "ارتفع عدد القتلى إلى 15.", False),
    ("ar", "ارتفع عدد القتلى بمقدار 15.", True),
    ("fa", "شمار کشته‌شدگان به ۱۵ نفر افزایش یافت.", False),
    ("fa", "شمار کشته‌ها ۱۵ نفر افزایش یافت.", True),
    ("zh", "死亡人数上升至15人。", False),
    ("zh", "死亡人数增加了15人。", True),
]


@pytest.mark.parametrize(("lang", "text", "change"), CHANGED)
def test_rising_to_a_number_is_a_level_and_rising_by_it_a_change(lang: str, text: str, change: bool) -> None:
    assert [(f.value, f.unit, f.qualifier, f.change) for f in read(lang, text)] == [(15, "deaths", "exact", change)]


FROM_TO = [
    ("en", "The number of injured has risen from 12 to 31."),
    ("en", "The number of injured went from 12 to 31."),
    ("ru", "Число раненых увеличилось с 12 до 31."),
    ("uk", "Кількість поранених збільшилася з 12 до 31."),
    ("de", "Die Zahl der Verletzten stieg von 12 auf 31."),
    ("fr", "Le nombre de blessés est passé de 12 à 31."),
    ("es", "La cifra de heridos aumentó de 12 a 31."),
    ("it", "Il bilancio è passato da 12 a 31 feriti."),
    ("pt", "O número de feridos passou de 12 para 31."),
    ("tr", "Yaralı sayısı 12'den 31'e çıktı."),
    ("ar", "ارتفع عدد الجرحى من 12 إلى 31."),
    ("fa", "شمار زخمی‌ها از ۱۲ به ۳۱ نفر رسید."),
    ("zh", "受伤人数从12人增至31人。"),
]


@pytest.mark.parametrize(("lang", "text"), FROM_TO)
def test_from_one_level_to_another_is_no_range(lang: str, text: str) -> None:
    assert [(f.value, f.value_high, f.unit, f.change) for f in read(lang, text)] == [
        (12, None, "injured", False),
        (31, None, "injured", False),
    ]


def test_from_to_without_a_change_stays_a_range() -> None:
    (found,) = read("en", "The tickets cost from 12 to 31 dollars.")
    assert (found.value, found.value_high) == (12, 31)


RANGED = [
    ("en", "Prices went up as buses from 12 to 31 people waited.", 12, 31),
    ("en", "Groups from 12 to 31 people moved on.", 12, 31),
    ("es", "Los precios subieron y las entradas cuestan de 20 a 30 euros.", 20, 30),
    ("it", "I prezzi sono saliti e i biglietti costano da 20 a 30 euro.", 20, 30),
    ("pt", "Os preços subiram e os bilhetes custam de 20 a 30 euros.", 20, 30),
    ("fr", "Les prix ont augmenté et les billets coûtent de 20 à 30 euros.", 20, 30),
    ("fr", "Des enfants de 6 à 12 ans passent par là.", 6, 12),
    ("fr", "La hausse du chômage touche les jeunes âgés de 18 à 24 ans.", 18, 24),
    ("ru", "Цены выросли, а занятия идут с 20 до 30 минут.", 20, 30),
    ("uk", "Ціни зросли, а в черзі стояли з 12 до 31 людини.", 12, 31),
]


@pytest.mark.parametrize(("lang", "text", "low", "high"), RANGED)
def test_a_change_of_another_clause_or_behind_splits_no_range(lang: str, text: str, low: int, high: int) -> None:
    assert [(f.value, f.value_high, f.qualifier, f.change) for f in read(lang, text)] == [(low, high, "about", False)]


FROM = [
    # language, text, whether its first number is a change: "from" opens a level only where "to" another follows
    ("it", "Un aumento da 500 milioni di euro.", True),
    ("it", "Gli utili sono saliti dal 12 al 31 percento.", False),
    ("it", "Il bilancio è salito da 500 milioni di euro dell'anno scorso a 700 milioni di euro.", False),
    ("ar", "زيادة من 500 مليون دولار.", True),
    ("ar", "ارتفع سعر الدولار من 12 إلى 31 ليرة.", False),
    ("ar", "ارتفعت الأرباح من 500 مليون دولار في العام الماضي إلى 700 مليون دولار.", False),
]


@pytest.mark.parametrize(("lang", "text", "change"), FROM)
def test_from_tells_a_level_only_beside_the_level_led_to(lang: str, text: str, change: bool) -> None:
    assert read(lang, text)[0].change is change


SHARED = [
    ("en", "The attack killed 15 civilians and 31 soldiers.", "deaths"),
    ("en", "The attack killed 15 civilians and 31 soldiers fled.", "people"),
    ("en", "The attack killed 15 civilians, and 31 soldiers were wounded.", "injured"),
    ("fr", "L'attaque a tué 15 civils et 31 soldats.", "deaths"),
    ("es", "El ataque mató a 15 civiles y 31 soldados.", "deaths"),
    ("ru", "Погибли 15 мужчин и 31 женщина.", "deaths"),
    ("uk", "Загинули 15 чоловіків і 31 жінка.", "deaths"),
    ("ar", "أسفر الهجوم عن مقتل 15 مدنيا و31 جنديا.", "deaths"),
    ("it", "L'attacco ha ucciso 15 civili e 31 soldati.", "deaths"),
    ("pt", "O ataque matou 15 civis e 31 soldados.", "deaths"),
    ("de", "Der Angriff tötete 15 Zivilisten und 31 Soldaten.", "deaths"),
]


@pytest.mark.parametrize(("lang", "text", "unit"), SHARED)
def test_one_verb_tells_of_two_counts_of_people(lang: str, text: str, unit: str) -> None:
    assert [figure.unit for figure in read(lang, text) if figure.value == 31] == [unit]


def test_a_change_and_the_level_that_it_led_to_are_no_pair() -> None:
    found = read("fr", "Les ventes ont progressé de 12 % à 3,4 milliards de dollars.")
    assert [(f.value, f.unit, f.change) for f in found] == [(12, "percent", True), (3_400_000_000, "USD", False)]
