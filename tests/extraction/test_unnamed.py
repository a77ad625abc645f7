"""Unnamed: roles, crowds, bodies and countries, in English."""

from __future__ import annotations

import pytest

from sayso.extraction.attributions.read import attributions
from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers.resolve import resolve
from sayso.languages.pack import load
from sayso.text.markup import parse
from sayso.text.span import Span
from sayso.text.tokens import tokenize

CASES = [
    # crowds and roles in English
    ("ru", "{s1|Немецкие эксперты} {c1|заявили}, {q1|что мост цел}.", ["German experts"]),
    ("ru", "{s1|Профсоюз французских пилотов} {c1|заявил}, {q1|что мост цел}.", ["French pilots union"]),
    ("ar", "{c1|قال} {s1|خبراء محليون} {q1|إن الجسر آمن}.", ["local experts"]),
    ("zh", "{s1|当地居民}{c1|说}，{q1|桥很安全}。", ["local residents"]),
    ("fr", "{s1|Le gouvernement espagnol} {c1|a dit} {q1|que le pont était sûr}.", ["Spanish government"]),
    ("es", "{s1|Varios testigos} {c1|dijeron} {q1|que llovía}.", ["several witnesses"]),
    # countries and capitals stand for their governments
    ("ru", "{s1|Венгрия} {c1|заявила}, {q1|что мост цел}.", ["Hungary"]),
    ("fr", "{s1|Moscou} {c1|a dit} {q1|que le pont était sûr}.", ["Russia"]),
    # a word for the kind of body is no part of its name
    ("es", "{s1|El diario El Faro} {c1|dijo} {q1|que llovía}.", ["El Faro"]),
    # documents speak for the one behind them
    ("ru", "{c1|В} {s1|заявлении ООН} {c1|говорится}, {q1|что мост цел}.", ["UN"]),
    # the second name of "the lawyer of X, Y"
    (
        "es",
        "{s1|El abogado de la alcaldesa Ana Parra, Luis Gil Mota,} {c1|dijo} {q1|que llovía}.",
        ["Luis Gil Mota"],
    ),
    # two who speak together
    ("es", "{s1|Ana Parra y Luis Gil} {c1|dijeron} {q1|que llovía}.", ["Ana Parra and Luis Gil"]),
    # a role alone stands for the one who spoke
    (
        "ru",
        "{s1|Илья Орлов} {c1|заявил}, {q1|что мост цел}. {s2|Футболист} {c2|добавил}, {q2|что рад}.",
        ["Ilya Orlov", "Ilya Orlov"],
    ),
    # a surname alone, with the full name later
    (
        "ar",
        "{c1|قال} {s1|الغامدي} {q1|إن الجسر آمن}. وكان خالد الغامدي قد زار الجسر.",
        ["Khaled Al-Ghamdi"],
    ),
    # what is said before anyone is named is said by the one who speaks next
    ("fr", "{q1|« Il pleut »}. {s2|Ana Parra} {c2|a dit} {q2|que le pont était sûr}.", ["Ana Parra", "Ana Parra"]),
    # another spelling of a public figure, and one with the Latin name behind it
    ("ar", "{c1|قال} {s1|دونالد ترمب} {q1|إن الجسر آمن}.", ["Donald Trump"]),
    ("zh", "{s1|米拉·霍尔特（Mira Holt）}{c1|说}，{q1|桥很安全}。", ["Mira Holt"]),
    # a family name that never bends keeps no given name in another case
    (
        "ru",
        "Сергея Черных видели в порту. {s1|Сергей Черных} {c1|заявил}, {q1|что мост цел}.",
        ["Sergei Chernykh"],
    ),
    ("ru", "{c1|По словам} {s1|Дмитрия Долгих}, {q1|мост цел}.", ["Dmitry Dolgikh"]),
]

PAPERS = [
    ("ar", "{c1|ذكرت} {s1|صحيفة المرفأ} {q1|أن الجسر آمن}.", "Al-Marfa"),
    ("ar", "{c1|ذكرت} {s1|صحيفة محلية} {q1|أن الجسر آمن}.", "local newspaper"),
    ("ar", "{c1|ذكرت} {s1|الصحيفة المحلية} {q1|أن الجسر آمن}.", "local newspaper"),
    ("ar", "{c1|ذكرت} {s1|شركة الكهرباء} {q1|أن الجسر آمن}.", "company"),
    ("zh", "{s1|《人民日报》}{c1|报道}，{q1|桥很安全}。", "People's Daily"),
    ("fr", "{q1|Le pont est sûr}, {c1|rapporte} {s1|Le Phare}.", "Le Phare"),
    ("es", "{q1|El puente es seguro}, {c1|informa} {s1|El Faro}.", "El Faro"),
]
AGENCIES = [
    # an agency of the state is no news agency; only a name or words for news make one
    ("ru", "{s1|Дорожное агентство} {c1|сообщило}, {q1|что мост цел}.", "roads agency"),
    ("ru", "{s1|Информационное агентство} {c1|сообщило}, {q1|что мост цел}.", "news agency"),
    ("uk", "{s1|Космічне агентство} {c1|повідомило}, {q1|що міст цілий}.", "space agency"),
    ("fr", "{s1|L'agence de santé} {c1|a dit} {q1|que le pont était sûr}.", "health agency"),
    ("fr", "{s1|L'agence de presse} {c1|a dit} {q1|que le pont était sûr}.", "news agency"),
    ("fr", "{s1|L'agence Phare} {c1|a dit} {q1|que le pont était sûr}.", "Phare"),
    ("es", "{s1|La agencia espacial} {c1|dijo} {q1|que llovía}.", "space agency"),
    ("es", "{s1|La agencia de noticias} {c1|dijo} {q1|que llovía}.", "news agency"),
    ("it", "{s1|L'agenzia spaziale} {c1|ha detto} {q1|che pioveva}.", "space agency"),
    ("pt", "{s1|A agência espacial} {c1|disse} {q1|que chovia}.", "space agency"),
    ("tr", "{s1|Uzay ajansı} {q1|köprünün sağlam olduğunu} {c1|açıkladı}.", "space agency"),
    ("ar", "{c1|قالت} {s1|وكالة الفضاء} {q1|إن الجسر آمن}.", "space agency"),
    ("ar", "{c1|قالت} {s1|وكالة الأنباء} {q1|إن الجسر آمن}.", "news agency"),
    ("ar", "{c1|قالت} {s1|وكالة رويترز} {q1|إن الجسر آمن}.", "Reuters"),
    ("fa", "{s1|آژانس فضایی} {c1|گفت} {q1|که پل سالم است}.", "space agency"),
]
COMPOUNDS = [
    # the last part of a compound tells what it is
    ("Der Bürgermeister", "mayor"),
    ("Die Bahngewerkschaft", "union"),
    ("Die Raumfahrtagentur", "agency"),
    ("Ein Sprecher des Verkehrsministeriums", "ministry spokesman"),
    ("Die Landesumweltbehörde", "authority"),
    ("Der Umweltminister", "minister"),
    ("Die Verbandspräsidentin", "president"),
    ("Der Verwaltungsrichter", "judge"),
    # the longest last part counts: another office may end as this one does
    ("Der Oberstaatsanwalt", "prosecutor"),
    ("Die Generalstaatsanwältin", "prosecutor general"),
    ("Der Medienanwalt", "lawyer"),
    ("Der Polizeipräsident", "police chief"),
    ("Die Bundestagspräsidentin", "speaker"),
    ("Der Schiedsrichter", "referee"),
    ("Die Fußballschiedsrichterin", "referee"),
    ("Der Landrat", "district administrator"),
    ("Der Ortsrat", "council"),
    ("Der Verbandsvizepräsident", "vice president"),
    ("Die Billigfluggesellschaft", "airline"),
    # and a first part may make another one of it
    ("Der Expräsident", "former president"),
    ("Der Altpräsident", "former president"),
    ("Die Exdirektorin", None),
    ("Die Vizevorsitzende", None),
    ("Der Altbotschafter", None),
    ("Der Exportdirektor", "director"),
    # neither a company nor anybody else
    ("Die Gesellschaft", None),
    ("Die Zivilgesellschaft", None),
    ("Die Betreibergesellschaft", "company"),
]
TWO_MEANINGS = [
    # who is meant is not told by a word that means two
    ("fr", "{s1|Le gardien} {c1|a dit} {q1|que le pont était sûr}.", None),
    ("fr", "{s1|Le gardien de but} {c1|a dit} {q1|que le pont était sûr}.", "goalkeeper"),
    ("fr", "{s1|Le gardien de prison} {c1|a dit} {q1|que le pont était sûr}.", "prison guard"),
    ("fr", "{s1|L'attaquant} {c1|a dit} {q1|que le pont était sûr}.", None),
    ("es", "{s1|El portero} {c1|dijo} {q1|que llovía}.", None),
    ("es", "{s1|El guardameta} {c1|dijo} {q1|que llovía}.", "goalkeeper"),
    ("it", "{s1|Il portiere} {c1|ha detto} {q1|che pioveva}.", None),
    ("it", "{s1|L'attaccante} {c1|ha detto} {q1|che pioveva}.", None),
    ("pt", "{s1|O atacante} {c1|disse} {q1|que chovia}.", None),
    ("ar", "{c1|قال} {s1|النقيب} {q1|إن الجسر آمن}.", None),
    ("ar", "{c1|قال} {s1|العميد} {q1|إن الجسر آمن}.", None),
    ("ar", "{c1|قال} {s1|عميد الكلية} {q1|إن الجسر آمن}.", "dean"),
    ("ar", "{c1|قال} {s1|نقيب الصحفيين} {q1|إن الجسر آمن}.", "syndicate head"),
    ("tr", "{s1|Eşi} {q1|köprünün sağlam olduğunu} {c1|açıkladı}.", "spouse"),
    ("tr", "{s1|Kardeşi} {q1|köprünün sağlam olduğunu} {c1|açıkladı}.", "sibling"),
    ("tr", "{s1|Ekipler} {q1|köprünün sağlam olduğunu} {c1|açıkladı}.", "teams"),
]
OWN_WORDS = [
    # a noun phrase of English names itself, but for one that only points to what was told, or that holds a clause
    ("The airline", "airline"),
    ("The ferry operator", "ferry operator"),
    ("The latter", None),
    ("The former", None),
    ("The two", None),
    ("The move", None),
    ("The latest decision", None),
    ("The man who saw it", None),
    ("The ferry that sank", None),
]
OLGA = "{s1|Ольга Смирнова} {c1|заявила}, {q1|что мост цел}. "
RELATIVES = [
    # a relative without a name is told by whose relative it is, in another case
    ("ru", "Муж Анны Орловой", "Anna Orlova's husband"),
    ("ru", "Бывший муж певицы Анны Орловой", "Anna Orlova's former husband"),
    ("ru", "Сын Владимира Путина", "Vladimir Putin's son"),
    ("ru", "Муж Смирновой", "Olga Smirnova's husband"),
    ("uk", "Чоловік Олени Коваль", "Olena Koval's husband"),
    ("uk", "Дружина Андрія Шевчука", "Andriy Shevchuk's wife"),
    # but not one who has a name
    ("ru", "Муж Илья Орлов", "Ilya Orlov"),
    ("ru", "Муж Анны Орловой Пётр Орлов", "Pyotr Orlov"),
    ("ru", "Муж Анны Орловой, Пётр Орлов,", "Pyotr Orlov"),
    ("uk", "Чоловік Андрій Бойко", "Andriy Boyko"),
    # nor one of nobody who is named
    ("ru", "Муж", "Olga Smirnova"),
    ("ru", "Брат из Москвы", "Olga Smirnova"),
]
PRONOUNS = [
    ("Она", "Olga Smirnova"),
    ("Он", None),
    ("Оно", None),
    ("Они", "Olga Smirnova"),
    ("Пришёл Илья Орлов. Он", "Ilya Orlov"),
    ("{s3|Минтранс} {c3|заявил}, {q3|что мост закрыт}. Он", "transport ministry"),
]


def _given(language: str, marked: str, title: str | None = None) -> list[str | None]:
    text, marks = parse(marked)
    said = []
    for number in sorted({mark.number for mark in marks}):
        spans = {kind: tuple(m.span for m in marks if (m.kind, m.number) == (kind, number)) for kind in "scq"}
        said.append(Attribution(spans["s"], spans["c"], spans["q"], "indirect"))
    return [one.speaker for one in resolve(tokenize(text), load(language), said, title)]


@pytest.mark.parametrize(("language", "marked", "expected"), CASES)
def test_speakers_of_given_attributions(language: str, marked: str, expected: list[str | None]) -> None:
    assert _given(language, marked) == expected


@pytest.mark.parametrize(("language", "marked", "expected"), [*AGENCIES, *PAPERS])
def test_agencies_and_papers(language: str, marked: str, expected: str) -> None:
    assert _given(language, marked) == [expected]


ONE_OR_MANY = [
    ("ru", "Местный житель", "resident"),
    ("ru", "Местные жители", "residents"),
    ("ru", "Эксперт", "expert"),
    ("ru", "Эксперты", "experts"),
    ("ru", "Лидер профсоюза", "union leader"),
    ("ru", "Соседка", "neighbour"),
    ("uk", "Мешканець", "resident"),
    ("uk", "Мешканці", "residents"),
    ("uk", "Активістка", "activist"),
]


@pytest.mark.parametrize(("language", "source", "expected"), ONE_OR_MANY)
def test_one_is_not_many(language: str, source: str, expected: str) -> None:
    said = {"ru": "{c1|заявил}, {q1|что мост цел}.", "uk": "{c1|заявив}, {q1|що міст цілий}."}[language]
    assert _given(language, f"{{s1|{source}}} {said}") == [expected]


CHINESE = [
    # a body whose first letter is a family name is none; a role of nobody named
    ("卫生部", "health ministry"),
    ("市长", "mayor"),
    ("工会主席", "union chairman"),
    ("李梅，工会主席", "Li Mei"),
]


@pytest.mark.parametrize(("source", "expected"), CHINESE)
def test_chinese_bodies_and_roles(source: str, expected: str) -> None:
    assert _given("zh", f"{{s1|{source}}}{{c1|说}}，{{q1|桥很安全}}。") == [expected]


def test_a_role_in_what_somebody_tells_is_another() -> None:
    text, words = "Mira Holt said that the manager had said that it rained.", load("en")
    tokens = tokenize(text)
    said = resolve(tokens, words, attributions(tokens, words))
    assert sorted(one.speaker or "" for one in said) == ["Mira Holt", "manager"]


LONE = [
    # a name alone; a noun of known meaning; one noun of another is no name
    ("de", "{q1|Nein}, {c1|sagte} {s1|Holt}.", "Holt"),
    ("de", "{s1|Forscher} {c1|sagten}, {q1|es regne}.", "researchers"),
    ("de", "{c1|Nach Darstellung} {s1|der Opposition} {q1|regnet es}.", "opposition"),
    ("pt", "{s1|A ministra das Finanças, Carla Dias,} {c1|disse} {q1|que chovia}.", "Carla Dias"),
    # those to whom it is said are no part of the name
    ("ru", "{q1|«Мост цел»}, — {c1|ответила} {s1|Громова журналистам}.", "Gromova"),
    ("zh", "{s1|外交消息人士}{c1|说}，{q1|桥很安全}。", "diplomatic sources"),
]


@pytest.mark.parametrize(("language", "marked", "expected"), LONE)
def test_one_word_and_its_neighbours(language: str, marked: str, expected: str) -> None:
    assert _given(language, marked) == [expected]


@pytest.mark.parametrize(("language", "marked", "expected"), TWO_MEANINGS)
def test_words_of_two_meanings(language: str, marked: str, expected: str | None) -> None:
    assert _given(language, marked) == [expected]


@pytest.mark.parametrize(("source", "expected"), OWN_WORDS)
def test_own_words(source: str, expected: str | None) -> None:
    assert _given("en", f"{{s1|{source}}} {{c1|said}} {{q1|it rained}}.") == [expected]


@pytest.mark.parametrize(("source", "expected"), COMPOUNDS)
def test_german_compounds(source: str, expected: str | None) -> None:
    assert _given("de", f"{{s1|{source}}} {{c1|sagte}}, {{q1|die Brücke sei sicher}}.") == [expected]


def test_an_english_phrase_names_itself_and_lends_no_pronoun_a_person() -> None:
    said = "{s1|Mira Holt} {c1|said} {q1|it rained}. {s2|The airline} {c2|said} {q2|it would fly}. "
    assert _given("en", said + "{s3|She} {c3|said} {q3|it was cold}.") == ["Mira Holt", "airline", "Mira Holt"]


def test_no_capital_of_a_sentence_makes_a_name() -> None:
    said = "{s1|Adının açıklanmasını istemeyen bir yetkili}, {q1|fiyatların artacağını} {c1|söyledi}."
    assert _given("tr", said) == ["official"]


def test_a_company_is_no_union_that_spoke_before() -> None:
    said = "{s1|The rail union} {c1|said} {q1|it would strike}. {s2|The company} {c2|said} {q2|it would pay}."
    assert _given("en", said) == ["rail union", "company"]


def test_an_agency_alone_is_the_one_that_spoke_last() -> None:
    said = "{s1|РИА Новости} {c1|сообщило}, {q1|что мост цел}. {s2|Агентство} {c2|уточнило}, {q2|что дорога закрыта}."
    assert _given("ru", said) == ["RIA Novosti", "RIA Novosti"]


@pytest.mark.parametrize(("language", "source", "expected"), RELATIVES)
def test_relatives(language: str, source: str, expected: str) -> None:
    marked = f"{OLGA}{{s2|{source}}} {{c2|заявил}}, {{q2|что рад}}. "
    assert _given(language, marked)[1] == expected


def test_a_pronoun_may_stand_for_a_relative() -> None:
    marked = OLGA + "{s2|Муж Анны Орловой} {c2|заявил}, {q2|что рад}. {s3|Он} {c3|добавил}, {q3|что мост цел}."
    assert _given("ru", marked)[1:] == ["Anna Orlova's husband"] * 2


@pytest.mark.parametrize(("source", "expected"), PRONOUNS)
def test_a_pronoun_stands_for_nobody_of_another_gender(source: str, expected: str | None) -> None:
    *before, pronoun = source.split(" ")
    marked = " ".join([OLGA, *before, f"{{s9|{pronoun}}} {{c9|добавил}}, {{q9|что рад}}."])
    assert _given("ru", marked)[-1] == expected


def test_the_title_may_tell_the_full_name() -> None:
    marked = "{s1|Holt} {c1|said} {q1|that it rained}."
    assert _given("en", marked, "Mira Holt on the weather") == ["Mira Holt"]


def test_nobody_is_behind_an_impersonal_cue() -> None:
    marked = "{s1|Илья Орлов} {c1|заявил}, {q1|что мост цел}. {c2|Ожидается}, {q2|что мост закроют}."
    assert _given("ru", marked) == ["Ilya Orlov", None]


def test_a_source_may_be_anywhere() -> None:
    text = "Said."
    one = Attribution((), (), (Span(0, 4),), "direct")
    assert resolve(tokenize(text), load("en"), [one])[0].speaker is None
