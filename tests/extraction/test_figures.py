"""Figures: value, unit, qualifier, scope, window, as-of and asserted-by; the packs' own examples; hostile input."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.figures.read import figures
from sayso.extraction.nouns import Attribution, Figure
from sayso.extraction.times.read import times
from sayso.languages.pack import available, load
from sayso.languages.schema import FigureExample
from sayso.text.markup import parse
from sayso.text.span import Span
from sayso.text.tokens import tokenize

EXAMPLES = [(lang, example) for lang in available() for example in load(lang).examples.figures]


def _near(value: float | None) -> object:
    return None if value is None else pytest.approx(value, rel=1e-5)


def read(
    lang: str, text: str, published: str | None = "2024-02-10", said: tuple[Attribution, ...] = ()
) -> list[Figure]:
    """Figures of one text, with its times."""
    tokens, words = tokenize(text), load(lang)
    return figures(tokens, words, said, times(tokens, words, published, said), published)


@pytest.mark.parametrize(("lang", "example"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else x.text)
def test_native_examples(lang: str, example: FigureExample) -> None:
    text, marks = parse(example.text)
    wanted = marks[0].span
    found = [figure for figure in read(lang, text) if figure.span.overlap(wanted)]
    assert [(f.value, f.value_high, f.unit, f.qualifier, f.change) for f in found] == [
        (_near(example.value), example.value_high, example.unit, example.qualifier, example.change)
    ]
    assert found[0].scope == example.scope or example.scope is None
    assert found[0].window == example.window or example.window is None


CASES = [
    # language, marked text, value, unit, qualifier
    ("en", "It drew {f|more than 900 new daily Covid-19 cases}.", 900, "cases", "over"),
    ("en", "{f|13 Dorian citizens} were charged.", 13, "people", "exact"),
    ("en", "The clip was viewed {f|over 150 million times} on X.", 150_000_000, "views", "over"),
    ("en", "The quake killed {f|at least 296 people}.", 296, "deaths", "at least"),
    ("en", "{f|140 were killed} in the raid.", 140, "deaths", "exact"),
    ("en", "The firm paid {f|$916 million} in damages.", 916_000_000, "USD", "exact"),
    ("en", "A {f|400-metre} ship ran aground.", 400, "m", "exact"),
    ("en", "The talk lasted {f|two hours and six minutes}.", 126, "minutes", "exact"),
    ("en", "They must wait {f|14 days} at home.", 14, "days", "exact"),
    ("en", "They face a {f|€2.1bn} fine.", 2_100_000_000, "EUR", "exact"),
    ("en", "Prices fell {f|3.4%} to $12.70.", 3.4, "percent", "exact"),
    ("ar", "وصل الفيديو إلى {f|8.3 مليون مشاهدة} على يوتيوب.", 8_300_000, "views", "exact"),
    ("ar", "أدى الانهيار إلى مقتل {f|نحو 40 شخصا}.", 40, "deaths", "about"),
    ("ar", "بلغت الخسائر {f|15 مليار دولار}.", 15_000_000_000, "USD", "exact"),
    ("ru", "Число погибших превысило {f|11 тысяч}.", 11_000, "deaths", "over"),
    ("ar", "أصيب {f|17 شخصا على الأقل} في الحادث.", 17, "injured", "at least"),
    ("en", "The blast injured {f|17 people at least}.", 17, "injured", "at least"),
    ("ru", "Пострадали {f|19 человек как минимум}.", 19, "injured", "at least"),
    ("fr", "L'accident a fait {f|17 blessés au moins}.", 17, "injured", "at least"),
    ("ru", "{f|Более полутора тысяч} ранены.", 1500, "injured", "over"),
    ("ru", "Ролик набрал {f|90 млн просмотров}.", 90_000_000, "views", "exact"),
    ("ru", "Убытки составили {f|$9,6 млрд}.", 9_600_000_000, "USD", "exact"),
    ("fr", "Le séisme a fait {f|au moins 2.316 morts}.", 2316, "deaths", "at least"),
    ("fr", "Il réclame {f|916 millions de dollars}.", 916_000_000, "USD", "exact"),
    ("es", "El terremoto dejó {f|más de 5.200 muertos}.", 5200, "deaths", "over"),
    ("de", "Das Video hat {f|89 Millionen Aufrufe}.", 89_000_000, "views", "exact"),
    ("de", "Die Bank zahlt {f|rund 3,5 Milliarden Euro}.", 3_500_000_000, "EUR", "about"),
    ("zh", "票价为{f|3元5角}。", 3.5, "CNY", "exact"),
    ("zh", "{f|100多人受伤}。", 100, "injured", "over"),
    ("tr", "{f|100'den fazla kişi} yaralandı.", 100, "injured", "over"),
    ("en", "{f|100 or more people} were hurt.", 100, "injured", "over"),
    ("ru", "{f|100 и более человек} пострадали.", 100, "injured", "over"),
    ("zh", "他买了{f|一吨半}大米。", 1.5, "tonnes", "exact"),
    ("en", "About {f|¾ of voters} stayed home.", 0.75, "share", "about"),
    ("it", "Ha perso {f|una dozzina di navi}.", 12, "ships", "about"),
    ("it", "Ha perso {f|due dozzine di navi}.", 24, "ships", "exact"),
    ("ru", "Порт потерял {f|две тысячи кораблей}.", 2000, "ships", "exact"),
    ("zh", "价格是20，{f|300美元}。", 300, "USD", "exact"),
    ("en", "It is {f|two metres and a half} wide.", 2.5, "m", "exact"),
    ("en", "A {f|2.5m}-high wall fell.", 2.5, "m", "exact"),
    ("en", "It drew {f|1.8m viewers}.", 1_800_000, "views", "exact"),
    ("en", "{f|One in 20} homes was damaged.", 0.05, "share", "exact"),
    ("fr", "{f|Un demi-million} de personnes a fui.", 500_000, "people", "exact"),
    ("fr", "{f|Quatre vingt dix neuf} navires ont coulé.", 99, "ships", "exact"),
    ("ru", "Уехали {f|полмиллиона человек}.", 500_000, "people", "exact"),
    ("uk", "Виїхали {f|півмільйона людей}.", 500_000, "people", "exact"),
    ("ar", "غادر {f|نصف} الناس.", 0.5, "share", "exact"),
    ("ar", "{f|واحد على ٢٠} من المنازل تضرر.", 0.05, "share", "exact"),
    ("zh", "他花了{f|五毛钱}。", 0.5, "CNY", "exact"),
    ("zh", "谈判持续了{f|两个半小时}。", 150, "minutes", "exact"),
    ("es", "La reunión duró {f|dos horas y media}.", 150, "minutes", "exact"),
    ("es", "«Encontramos {f|41} grietas en el muro este», dijo ayer.", 41, None, "exact"),
    ("pt", "“Contamos {f|41} fissuras no muro leste”, disse ontem.", 41, None, "exact"),
    ("ar", "استمر الاجتماع {f|ساعتين ونصف}.", 150, "minutes", "exact"),
]


@pytest.mark.parametrize(("lang", "marked", "value", "unit", "qualifier"), CASES, ids=lambda x: str(x)[:40])
def test_value_unit_and_qualifier(lang: str, marked: str, value: float, unit: str, qualifier: str) -> None:
    text, marks = parse(marked)
    found = [f for f in read(lang, text) if f.span.overlap(marks[0].span)]
    assert [(f.value, f.unit, f.qualifier) for f in found] == [(value, unit, qualifier)]


RANGES = [
    ("en", "between 6,000 and 6,500 fighters", 6000, 6500),
    ("en", "12 to 15 million dollars", 12_000_000, 15_000_000),
    ("ru", "от двух до пяти тысяч человек", 2000, 5000),
    ("ru", "10−15 млрд долларов", 10_000_000_000, 15_000_000_000),
    ("fr", "six à dix milliards de dollars", 6_000_000_000, 10_000_000_000),
    ("es", "entre 18 000 y 20 000 muertos", 18_000, 20_000),
    ("de", "sechs bis zehn Milliarden Euro", 6_000_000_000, 10_000_000_000),
    ("ar", "بين 3 و 5 مليارات دولار", 3_000_000_000, 5_000_000_000),
]


@pytest.mark.parametrize(("lang", "text", "low", "high"), RANGES)
def test_ranges_are_about_and_share_their_scale(lang: str, text: str, low: int, high: int) -> None:
    assert [(f.value, f.value_high, f.qualifier) for f in read(lang, text)] == [(low, high, "about")]


NO_FIGURE = [
    ("en", "She was born in 1987 and left in 2003."),
    ("en", "The 2016 election is over."),
    ("en", "Call +1 202 555 0143 or 0800-555-123."),
    ("en", "Her dog, 41 years old, barked."),
    ("en", "The two sides met at 8 p.m. on 9 February 2024."),
    ("en", "The Article 5 and the Boeing 737 were named, No. #12 was not."),
    ("es", "El «Boeing 737» aterrizó, y “Apolo 13” también."),
    ("en", "Server 10.0.0.12 runs version 2.14.3."),
    ("en", "In the first 24 hours nothing happened."),
    ("en", "One of them lost 3:2."),
    ("en", "The champion, 65, won 8-7 and lost 3-1."),
    ("en", "Three men met for two weeks; five of seven answered, and they stayed 4 more."),
    ("de", "Sie feierte ihren 30. Geburtstag."),
    ("en", "The crew numbered 24. Route 66 was closed."),
    ("es", "El barrio número 24 cambia: 1 de 4 se ha ido."),
    ("ru", "41-летний певец уехал в 2014 году."),
    ("ar", "وقع ذلك في عام 2014 خلال نحو 23 ساعة."),
]


@pytest.mark.parametrize(("lang", "text"), NO_FIGURE)
def test_what_is_no_figure(lang: str, text: str) -> None:
    assert [f.span.of(text) for f in read(lang, text)] == []


def test_likes_told_as_people_stay_likes() -> None:
    text = "ونالت الأغنية إعجاب أكثر من 869 ألف شخص."
    assert [(f.value, f.unit) for f in read("ar", text)] == [(869_000, "likes")]


def test_scope_window_and_as_of() -> None:
    text = "In the first 24 hours the clip was viewed 3 million times on X. It has 200,000 views on YouTube."
    first, second = read("en", text)
    assert (first.scope, first.window, first.as_of) == ("X", "PT24H", "2024-02-10")
    assert (second.scope, second.window, second.unit) == ("YouTube", None, "views")


def test_a_window_stays_with_its_figure() -> None:
    text = "On X it reached 5 million views within 23 hours of release, and on YouTube it passed 800,000 views."
    found = read("en", text)
    assert [(f.scope, f.window) for f in found] == [("X", "PT23H"), ("YouTube", None)]
    assert found[1].qualifier == "over"


OPENED = [
    (
        "en",
        "About 23 hours after release the post on X showed over 150 million views, 269,000 reposts and more than "
        "860,000 likes; on YouTube it had 5 million views.",
        ["X", "X", "X", "YouTube"],
    ),
    ("ru", "Спустя 23 часа после публикации у записи в X было 269 тыс. репостов и свыше 860 тыс. лайков.", ["X", "X"]),
    ("ar", "بعد نحو 23 ساعة من نشرها حصدت التغريدة على إكس 269 ألف إعادة نشر وأكثر من 860 ألف إعجاب.", ["X", "X"]),
    (
        "fr",
        "23 heures après sa publication, le message sur X affichait 15 millions de vues et 269 000 partages.",
        ["X"] * 2,
    ),
    ("de", "Rund 23 Stunden nach der Veröffentlichung hatte der Beitrag auf X 5 Millionen Aufrufe.", ["X"]),
    ("es", "Unas 23 horas después de su publicación, el mensaje en X tenía 269.000 reenvíos.", ["X"]),
]


@pytest.mark.parametrize(("lang", "text", "scopes"), OPENED)
def test_a_window_at_the_head_holds_for_all_running_counts(lang: str, text: str, scopes: list[str]) -> None:
    assert [(f.scope, f.window) for f in read(lang, text)] == [(scope, "PT23H") for scope in scopes]


WINDOWS = [
    # language, text, window of each figure
    ("en", "She said that repairs would cost 12 million euros and take six months.", [None]),
    ("en", "They ended a nine-day strike after the union agreed on a pay rise of 6.5 percent.", [None, None]),
    ("en", "The 24-hour walkout left 140 ships outside the harbour.", [None, None]),
    ("en", "The repairs were done within six months and cost 12 million euros.", [None]),
    ("en", "Six months later the repairs had cost 12 million euros.", [None]),
    ("en", "The storm killed 214 people within two days.", ["P2D"]),
    ("en", "In just six weeks, 140 ships called at the port.", ["P6W"]),
    ("en", "About 18,000 vehicles cross the bridge every day.", ["P1D"]),
    ("fr", "Selon elle, les réparations coûteront 12 millions d'euros et dureront six mois.", [None]),
    ("fr", "Le site a perdu 12 millions d'euros en six mois.", ["P6M"]),
    ("ru", "По её словам, ремонт обойдётся в 12 млн евро и займёт шесть месяцев.", [None]),
    ("ru", "За шесть месяцев завод потерял 12 млн евро.", ["P6M"]),
    ("de", "Die Reparatur kostet 12 Millionen Euro und dauert sechs Monate.", [None]),
    ("de", "Der Hafen verlor binnen sechs Monaten 12 Millionen Euro.", ["P6M"]),
    ("es", "La reparación costará 12 millones de euros y durará seis meses.", [None]),
    ("es", "El puerto perdió 12 millones de euros durante seis meses.", ["P6M"]),
    ("it", "I lavori costeranno 12 milioni di euro e dureranno sei mesi.", [None]),
    ("it", "Il porto ha perso 12 milioni di euro in sei mesi.", ["P6M"]),
    ("pt", "A obra custará 12 milhões de euros e levará seis meses.", [None]),
    ("pt", "O porto perdeu 12 milhões de euros durante seis meses.", ["P6M"]),
    ("uk", "Ремонт коштуватиме 12 млн євро і триватиме шість місяців.", [None]),
    ("uk", "Завод втратив 12 млн євро протягом шести місяців.", ["P6M"]),
    ("tr", "Onarım 12 milyon avroya mal olacak ve altı ay sürecek.", [None]),
    ("tr", "Liman altı ay içinde 12 milyon avro kaybetti.", ["P6M"]),
    ("ar", "أنهى العمال إضراباً استمر تسعة أيام بعد اتفاق على زيادة الأجور بنسبة 6.5 في المئة.", [None]),
    ("ar", "خسر الميناء 12 مليون يورو خلال ستة أشهر.", ["P6M"]),
    ("fa", "هزینه تعمیر ۱۲ میلیون یورو است و شش ماه طول می‌کشد.", [None]),
    ("fa", "بندر طی شش ماه ۱۲ میلیون یورو از دست داد.", ["P6M"]),
    ("zh", "码头工人周五结束了为期九天的罢工,工会与港口公司同意加薪6.5%。", [None]),
    ("zh", "港口在六个月内损失了1200万欧元。", ["P6M"]),
]


@pytest.mark.parametrize(("lang", "text", "windows"), WINDOWS)
def test_a_duration_is_a_window_where_words_tie_it_to_the_figure(
    lang: str, text: str, windows: list[str | None]
) -> None:
    assert [f.window for f in read(lang, text)] == windows


def test_a_time_since_an_event_is_a_figure_where_no_running_count_takes_it() -> None:
    assert [(f.value, f.unit) for f in read("en", "The tests end 14 days after the last case.")] == [(14, "days")]


def test_contrasts_and_semicolons_keep_platforms_apart() -> None:
    text = "The clip was watched 3 million times on X while on YouTube it had 400,000 views; on VK, 9,000 likes."
    assert [f.scope for f in read("en", text)] == ["X", "YouTube", "VK"]


VIEWED = [
    ("en", "People had opened the video over 150 million times."),
    ("en", "On X it had been opened over 150 million times within the first day."),
    ("ru", "Ролик открыли более 150 млн раз."),
    ("ar", "فتح المستخدمون الفيديو أكثر من 150 مليون مرة."),
    ("de", "Das Video wurde über 150 Millionen Mal geöffnet."),
]


@pytest.mark.parametrize(("lang", "text"), VIEWED)
def test_what_was_opened_was_viewed(lang: str, text: str) -> None:
    assert [(f.value, f.unit, f.qualifier) for f in read(lang, text)] == [(150_000_000, "views", "over")]


def test_a_door_that_was_opened_was_not_viewed() -> None:
    assert [f.unit for f in read("en", "They opened the door 15 times.")] == ["times"]


PLACED = [
    ("en", "The quake killed 41 people in Turkey and 12 in Syria.", ["Turkey", "Syria"]),
    ("en", "At least 5,000 people died in Derna, the mayor said.", ["Derna"]),
    ("en", "Holt said in Turkey that 41 people had died.", [None]),
    ("en", "5,000 people voted in Hamas custody. 40 people died in March.", [None, None]),
    ("ru", "В Турции погибли 41 человек, а в Сирии 12 человек.", ["Turkey", "Syria"]),
    ("ar", "قتل 41 شخصا في تركيا و12 شخصا في سوريا.", ["Turkey", "Syria"]),
    ("fr", "Le séisme a fait au moins 2 900 morts au Maroc.", ["Morocco"]),
    ("de", "In der Ukraine starben 41 Menschen.", ["Ukraine"]),
    ("es", "El terremoto dejó más de 5.200 muertos en Turquía y 12 en Siria.", ["Turkey", "Syria"]),
]


@pytest.mark.parametrize(("lang", "text", "scopes"), PLACED)
def test_a_place_named_in_the_clause_is_the_scope(lang: str, text: str, scopes: list[str | None]) -> None:
    assert [f.scope for f in read(lang, text)] == scopes


@pytest.mark.parametrize(
    ("lang", "text", "scope"),
    [
        ("en", "The video was viewed 3 million times in Germany on X.", "X+Germany"),
        ("en", "In Russia, the clip got 5 million views on YouTube.", "YouTube+Russia"),
        ("en", "The clip got 5 million views in Germany.", "Germany"),
        ("en", "The interview in Moscow got 5 million views on X.", "X"),
        ("fr", "La vidéo a fait 3 millions de vues en Allemagne.", "Germany"),
    ],
)
def test_a_count_of_a_platform_may_hold_for_a_place(lang: str, text: str, scope: str) -> None:
    assert [figure.scope for figure in read(lang, text)] == [scope]


def test_a_price_names_what_it_is_for() -> None:
    found = read("en", "Oil sold at $80 a barrel, grain at 200 euros per tonne.")
    assert [(f.value, f.unit) for f in found] == [(80, "USD/barrel"), (200, "EUR/tonne")]


def test_a_bound_before_a_preposition() -> None:
    found = read("ru", "Путин оценил долг более чем в 33 трлн долларов. Цены выросли больше в 5 раз.")
    assert [f.qualifier for f in found] == ["over", "exact"]


def test_a_platform_named_earlier_holds_for_counts_without_one() -> None:
    text = "The song is on X. Its reposts exceeded 29,000, its likes 86,000."
    assert [(f.unit, f.scope, f.qualifier) for f in read("en", text)] == [
        ("reposts", "X", "over"),
        ("likes", "X", "exact"),
    ]


def test_without_a_published_day_a_date_is_still_no_figure() -> None:
    assert [f.value for f in read("ru", "Это было 9 февраля.", None)] == []


@pytest.mark.parametrize(
    ("lang", "text", "unit", "least"),
    [
        ("en", "Dozens of ships waited.", "ships", 24),
        ("en", "They waited for dozens of weeks.", "days", 168),
        ("ar", "شاهد المقطع مئات الآلاف من الأشخاص.", "views", 200_000),
        ("ru", "Погибли десятки человек.", "deaths", 20),
    ],
)
def test_a_vague_count_says_what_it_is_at_least(lang: str, text: str, unit: str, least: int) -> None:
    (figure,) = read(lang, text)
    assert (figure.value, figure.least, figure.unit, figure.qualifier) == (None, least, unit, "at least")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It has a $2.5m long-term plan.", 2_500_000, "USD"),
        ("The firm was £5m off target.", 5_000_000, "GBP"),
        ("Profit was $3m above that of Arvell.", 3_000_000, "USD"),
        ("The fund is €10m away from its goal.", 10_000_000, "EUR"),
        ("It was a £20m high-profile deal.", 20_000_000, "GBP"),
        ("A $3m wide deficit opened.", 3_000_000, "USD"),
        ("A$3m was spent.", 3_000_000, "AUD"),
        ("They plan 5m deep cuts.", 5_000_000, None),
        ("The list drew 5m above average votes.", 5_000_000, "votes"),
        ("The law hits 5m high-income voters.", 5_000_000, "people"),
        ("The man is 1.8m tall.", 1.8, "m"),
        ("A 2.5m-high wall fell.", 2.5, "m"),
        ("He dug a 5m deep pool.", 5, "m"),
        ("The waves were 5m high and wide.", 5, "m"),
        ("They stood 5m apart.", 5, "m"),
        ("She won the 100m sprint in Arvell.", 100, "m"),
        ("A £2m race was held.", 2_000_000, "GBP"),
    ],
)
def test_a_letter_is_metres_only_where_a_size_is_meant(text: str, value: float, unit: str | None) -> None:
    assert [(f.value, f.unit) for f in read("en", text)] == [(value, unit)]


def test_counts_that_do_not_run_have_no_as_of() -> None:
    assert [f.as_of for f in read("en", "The ship is 400 metres long.")] == [None]
    assert [f.as_of for f in read("en", "It has 400 views.", published=None)] == [None]


def test_asserted_by_the_innermost_speaker() -> None:
    text = "Holt said that Mora claims the clip has 500 views."
    outer = Attribution((), (), (Span(10, 49),), "indirect", speaker="Mira Holt")
    inner = Attribution((), (), (Span(27, 49),), "indirect", speaker="Jan Mora", nested_in=0)
    assert [f.asserted_by for f in read("en", text, said=(outer, inner))] == ["Jan Mora"]


HOSTILE = "0123456789٠١٢٣४५፩①²一万億.,'  -–−/:+$€%()#№amkMXلو\n\"“ millionдвадцать тысяч"


@given(st.text(alphabet=HOSTILE, max_size=120), st.sampled_from(("en", "ar", "ru", "fr", "de", "es", "und")))
def test_any_text_gives_finite_figures_that_slice(text: str, lang: str) -> None:
    end = 0
    for figure in read(lang, text):
        assert end <= figure.span.start < figure.span.end <= len(text)
        assert figure.span.of(text).strip() == figure.span.of(text)
        assert figure.value is None or math.isfinite(figure.value)
        assert figure.value_high is None or math.isfinite(figure.value_high)
        end = figure.span.end


@pytest.mark.parametrize("piece", ["1,", "12 ", "1-", "1/", "9" * 400 + " ", "1.", "12:30 "])
def test_a_line_of_digits_and_separators_is_passed_over(piece: str) -> None:
    assert spent(piece * (200_000 // len(piece))) < 0.5


@pytest.mark.parametrize("piece", ["3 people ", "10 million views on X, ", "in the first 24 hours 5 views "])
def test_dense_figures_take_linear_time(piece: str) -> None:
    assert spent(piece * (50_000 // len(piece))) < 2


def spent(text: str) -> float:
    """CPU seconds for the times and figures of one text."""
    tokens, words = tokenize(text), load("en")
    start = time.process_time()
    figures(tokens, words, [], times(tokens, words, "2024-02-10", []), "2024-02-10")
    return time.process_time() - start
