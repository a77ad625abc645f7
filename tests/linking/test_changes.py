"""What one telling changes of another: a table of pairs in twelve languages, changed and not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from sayso.extraction.nouns import Attribution, Figure, Time
from sayso.languages.drift import tables
from sayso.languages.pack import available
from sayso.linking.article import Annotated
from sayso.linking.telling import Telling, telling
from sayso.linking.threads.changes import differs
from sayso.linking.threads.relations import member
from sayso.text.markup import parse

_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


def told(lang: str, marked: str, id: str = "a", speaker: str | None = None, **how: Any) -> Telling:
    """`marked`: the content {q|…}, or all of it, with figures as [value unit|words] and times as [value|words]."""
    text, marks = parse(_MARK.sub(r"{n|\2}", marked if "{q|" in marked else f"{{q|{marked}}}"))
    content = next(mark.span for mark in marks if mark.kind == "q")
    spans = [mark.span for mark in marks if mark.kind == "n"]
    kinds = [kind.split() for kind, _ in _MARK.findall(marked)]
    figures = tuple(
        Figure(span, float(kind[0]), kind[1]) for span, kind in zip(spans, kinds, strict=True) if len(kind) > 1
    )
    times = tuple(Time(span, kind[0]) for span, kind in zip(spans, kinds, strict=True) if len(kind) == 1)
    said = Attribution((), (), (content,), how.get("type", "direct"), stance=how.get("stance", "asserts"))
    return telling(Annotated(id, text, lang, None, None, id, None, (said,), figures, times=times), 0, speaker)


CHANGED = [
    (
        "en",
        "negation",
        "the bridge was not safe for lorries",
        "the bridge was safe for lorries",
        "was not safe",
        "was safe",
    ),
    (
        "en",
        "negation",
        "we didn't close the old bridge",
        "we did close the old bridge",
        "we didn't close",
        "we did close",
    ),
    (
        "en",
        "negation",
        "no other city has closed its bridges",
        "other city has closed its bridges",
        "no other",
        "other",
    ),
    (
        "en",
        "modality",
        "the flood could reach the old town by Monday",
        "the flood reached the old town by Monday",
        "flood could reach the",
        "flood reached the",
    ),
    (
        "en",
        "modality",
        "the bridge could close in the winter",
        "the bridge will close in the winter",
        "bridge could close",
        "bridge will close",
    ),
    (
        "ar",
        "negation",
        "لم تكن هناك اتصالات رسمية مع الوزارة",
        "كانت هناك اتصالات رسمية مع الوزارة",
        "لم تكن هناك",
        "كانت هناك",
    ),
    (
        "ar",
        "modality",
        "الفيضان قد يصل إلى المدينة القديمة غدا",
        "الفيضان وصل إلى المدينة القديمة غدا",
        "الفيضان قد يصل إلى",
        "الفيضان وصل إلى",
    ),
    (
        "ru",
        "negation",
        "мост не был опасен для грузовиков",
        "мост был опасен для грузовиков",
        "мост не был",
        "мост был",
    ),
    (
        "ru",
        "modality",
        "вода может достичь старого города утром",
        "вода достигла старого города утром",
        "вода может достичь старого",
        "вода достигла старого",
    ),
    (
        "fr",
        "negation",
        "le pont n'est pas sûr pour les camions",
        "le pont est sûr pour les camions",
        "est pas sûr",
        "est sûr",
    ),
    (
        "fr",
        "modality",
        "la crue pourrait atteindre la vieille ville lundi",
        "la crue atteindra la vieille ville lundi",
        "crue pourrait atteindre la",
        "crue atteindra la",
    ),
    (
        "de",
        "negation",
        "die Brücke ist nicht sicher für Lastwagen",
        "die Brücke ist sicher für Lastwagen",
        "ist nicht sicher",
        "ist sicher",
    ),
    (
        "de",
        "negation",
        "wir haben keine Hinweise auf einen Anschlag",
        "wir haben Hinweise auf einen Anschlag",
        "haben keine Hinweise",
        "haben Hinweise",
    ),
    (
        "de",
        "modality",
        "die Flut könnte die alte Stadt am Montag erreichen",
        "die Flut wird die alte Stadt am Montag erreichen",
        "Flut könnte die",
        "Flut wird die",
    ),
    (
        "es",
        "negation",
        "el puente no es seguro para camiones",
        "el puente es seguro para camiones",
        "puente no es",
        "puente es",
    ),
    (
        "es",
        "modality",
        "la crecida podría llegar al casco viejo el lunes",
        "la crecida llegará al casco viejo el lunes",
        "crecida podría llegar al",
        "crecida llegará al",
    ),
    (
        "it",
        "negation",
        "il ponte non è sicuro per i camion",
        "il ponte è sicuro per i camion",
        "ponte non è",
        "ponte è",
    ),
    (
        "pt",
        "negation",
        "a ponte não é segura para os camiões",
        "a ponte é segura para os camiões",
        "ponte não é",
        "ponte é",
    ),
    (
        "tr",
        "negation",
        "köprü ağır kamyonlar için güvenli değil",
        "köprü ağır kamyonlar için güvenli",
        "güvenli değil",
        "güvenli",
    ),
    (
        "tr",
        "negation",
        "eski köprü bu kış kapatılmayacak dedi",
        "eski köprü bu kış kapatılacak dedi",
        "kış kapatılmayacak dedi",
        "kış kapatılacak dedi",
    ),
    (
        "tr",
        "modality",
        "sel suları eski kente pazartesi ulaşabilir dedi",
        "sel suları eski kente pazartesi ulaşır dedi",
        "pazartesi ulaşabilir dedi",
        "pazartesi ulaşır dedi",
    ),
    (
        "uk",
        "negation",
        "міст не був небезпечним для вантажівок",
        "міст був небезпечним для вантажівок",
        "міст не був",
        "міст був",
    ),
    (
        "fa",
        "negation",
        "نیروهای ما به شهر قدیمی نرفتند و ماندند",
        "نیروهای ما به شهر قدیمی رفتند و ماندند",
        "قدیمی نرفتند و",
        "قدیمی رفتند و",
    ),
    ("zh", "negation", "这座大桥对卡车来说不安全", "这座大桥对卡车来说安全", "说不安", "说安"),
    ("zh", "modality", "洪水可能周一到达老城区", "洪水周一到达老城区", "水可能周", "水周"),
]


@pytest.mark.parametrize(("lang", "kind", "left", "right", "words", "against"), CHANGED)
def test_what_only_one_telling_has_is_named_with_the_words_of_both(lang, kind, left, right, words, against):
    found = differs(told(lang, left), told(lang, right, "b"))
    assert found is not None
    assert (found.change, found.words, found.against) == (kind, words, against)
    back = differs(told(lang, right, "b"), told(lang, left))
    assert back is not None
    assert (back.change, back.words, back.against) == (kind, against, words)


MOVED = [
    ("en", "this is not a victory, it is a truce", "this is a victory, it is not a truce"),
    ("en", "Not a victory, a truce", "a victory, not a truce"),
    ("fr", "c'est une trêve, pas une victoire", "c'est une victoire, pas une trêve"),
    ("ru", "это не победа, это перемирие", "это победа, это не перемирие"),
    ("de", "das ist ein Frieden, nicht ein Sieg", "das ist ein Sieg, nicht ein Frieden"),
    ("ar", "هذه هدنة، ليست نصرا", "هذه نصرا، ليست هدنة"),
]


@pytest.mark.parametrize(("lang", "left", "right"), MOVED)
def test_a_negation_that_moves_to_other_words_is_a_change(lang, left, right):
    found = differs(told(lang, left), told(lang, right, "b"))
    assert found is not None
    assert found.change == "negation"


UNCHANGED = [
    ("en", "the bridge, he said, is not safe for lorries", "he said the bridge is not safe, for lorries"),
    ("en", "it is a truce, not a victory", "not a victory, it is a truce"),
    ("en", "the old bridge is not safe for lorries", "the old bridge is unsafe for lorries"),
    ("en", "we never doubted the old engineers", "the engineers always had our trust"),
    (
        "en",
        "I, who never liked the thing, say that the bridge is safe for all lorries now",
        "I say that the bridge is safe for all lorries now",
    ),
    ("en", "the new bridge will open in May after the tests", "the new bridge will open after the tests"),
    ("en", "not one of us will close the bridge", "none of us will close the bridge"),
    ("en", "we could not close the bridge in winter", "we could never close the bridge in winter"),
    ("de", "die Brücke ist noch sicher für Lastwagen", "die Brücke ist sicher für Lastwagen"),
    ("ar", "وقد أعلن الوزير إغلاق الجسر القديم أمس", "أعلن الوزير إغلاق الجسر القديم أمس"),
    ("fr", "avant que le vieux pont ne soit fermé aux camions", "avant que le vieux pont soit fermé aux camions"),
    ("ru", "он сказал, что мост закроют зимой", "он сказал: мост закроют зимой"),
    ("tr", "eski köprüde Yılmaz ailesi de vardı dedi", "eski köprüde Kaya ailesi de vardı dedi"),
    ("zh", "他不支持大桥上的不当言论", "他不支持大桥上的言论"),
    ("zh", "他说大桥非常安全可以通行", "他说大桥很安全可以通行"),
    ("fa", "نخست وزیر به شهر قدیمی رفت و ماند", "وزیر به شهر قدیمی رفت و ماند"),
]


@pytest.mark.parametrize(("lang", "left", "right"), UNCHANGED)
def test_other_words_for_the_same_are_no_change(lang, left, right):
    assert differs(told(lang, left), told(lang, right, "b")) is None


def test_to_deny_is_to_say_not():
    left = told("en", "there was a reaction through the embassies", stance="denies")
    assert differs(left, told("en", "there was no reaction through the embassies", "b")) is None


def test_what_the_outlet_says_beside_the_quotation_is_not_lost():
    outside = told("en", "She said it was not “{q|the kind of bridge that is safe for lorries}”.", "b")
    assert differs(told("en", "not the kind of bridge that is safe for lorries"), outside) is None


def test_would_is_how_indirect_speech_says_will():
    said, reported = "the old bridge will close in the winter", "the old bridge would close in the winter"
    assert differs(told("en", said), told("en", reported, "b", type="indirect")) is None
    assert differs(told("en", said), told("en", reported, "b")) is not None


NUMBERS = [
    (
        "[42000000 euros|42 million]",
        "[24000000 euros|24 million]",
        "42 million",
        "24 million",
        "42,000,000 against 24,000,000 euros; the digits are the same in another order",
    ),
    (
        "[296000 views|296,000]",
        "[269000 views|269,000]",
        "296,000",
        "269,000",
        "296,000 against 269,000 views; the digits are the same in another order",
    ),
    (
        "[3000000000 euros|3 billion]",
        "[3000000 euros|3 million]",
        "3 billion",
        "3 million",
        "3,000,000,000 against 3,000,000 euros; the same digits on another scale",
    ),
    ("[12 percent|12 %]", "[15 percent|15 %]", "12 %", "15 %", "12 against 15 percent"),
    (
        "[7 deaths|seven] and [30 injured|30]",
        "[7 deaths|seven] and [33 injured|33]",
        "30",
        "33",
        "30 against 33 injured",
    ),
    (
        "[5 deaths|five], then [7 deaths|seven]",
        "[5 deaths|five], then [9 deaths|nine]",
        "seven",
        "nine",
        "7 against 9 deaths",
    ),
    ("[2024-03-05|5 March]", "[2024-03-15|15 March]", "5 March", "15 March", "“5 March” against “15 March”"),
    ("[2014|2014]", "[2015|2015]", "2014", "2015", "“2014” against “2015”"),
]


@pytest.mark.parametrize(("left", "right", "words", "against", "why"), NUMBERS)
@pytest.mark.parametrize("langs", [("en", "en"), ("en", "ru")])
def test_a_changed_number_is_told_in_any_languages(langs, left, right, words, against, why):
    found = differs(told(langs[0], f"it was {left}"), told(langs[1], f"то было {right}", "b"))
    assert found is not None
    assert (found.change, found.words, found.against, found.why) == ("number", words, against, why)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("[42000000 euros|42 million]", "[42000000 euros|42 million]"),
        ("[869000 views|869,000]", "[870000 views|870,000]"),
        ("[5 deaths|five]", "[5 deaths|five] and [7 deaths|seven]"),
        ("[5 deaths|five] and [6 deaths|six]", "[7 deaths|seven] and [9 deaths|nine]"),
        ("[2024-03-05|Tuesday]", "[2024-03-12|Tuesday]"),
        ("[2024-03-05|3/5/2024]", "[2024-05-03|5/3/2024]"),
        ("[2024-03-05|5 March 2024]", "[2024-03-05|5 March]"),
    ],
)
def test_numbers_that_can_both_hold_are_no_change(left, right):
    assert differs(told("en", f"it was {left}"), told("en", f"that was {right}", "b")) is None


COUNTS = [
    ("[47 -|47] cracks", "[74 -|74] fissures", "47 against 74; the digits are the same in another order"),
    ("[47 cracks|47 cracks]", "[54 -|54] fissures", "47 against 54 cracks"),
    ("[47 -|47] cracks, [9 m|9 m] deep", "[54 -|54] fissures", "47 against 54"),
]


@pytest.mark.parametrize(("left", "right", "why"), COUNTS)
def test_the_one_thing_counted_is_compared_across_languages_whatever_it_is_called(left, right, why):
    found = differs(counting("en", left), counting("fr", right))
    assert found is not None
    assert (found.change, found.why) == ("number", why)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("[47 -|47] cracks", "[47 -|47] fissures"),
        ("[47 -|47] cracks", "[54 -|54] fissures et 47 trous"),
        ("[47 -|47] cracks and [3 -|3] holes", "[54 -|54] fissures"),
        ("[47 cracks|47 cracks]", "[54 people|54 personnes]"),
        ("[47 -|47] cracks", "[54 m|54 m]"),
        ("[1538 -|1538] was the year", "[1492 -|1492] aussi"),
    ],
)
def test_counts_that_may_be_of_other_things_are_no_change_across_languages(left, right):
    assert differs(counting("en", left), counting("fr", right)) is None


def counting(lang: str, marked: str) -> Telling:
    """As `told`, where "-" is no unit."""
    one = told(lang, marked)
    bare = tuple(replace(figure, unit=None if figure.unit == "-" else figure.unit) for figure in one.article.figures)
    return replace(one, article=replace(one.article, figures=bare))


def test_no_telling_is_held_against_one_of_its_language_that_is_itself_changed():
    full = told("en", "the mine fell in and killed [23 deaths|23] miners")
    own = told("fr", "la mine a cédé et tué [32 deaths|32] mineurs", "b")
    same = told("fr", "la mine a tué [23 deaths|23] mineurs", "c")
    assert member(own, full, own, None).relation == "changed"
    assert member(same, full, own, None).relation == "translation"


def test_one_count_in_two_places_is_no_change():
    left, right = told("en", "[150 views|150] on one"), told("en", "[8 views|eight] on the other", "b")
    for one, scope in ((left, "X"), (right, "YouTube")):
        figures = (replace(one.article.figures[0], scope=scope),)
        object.__setattr__(one, "article", replace(one.article, figures=figures))
    assert differs(left, right) is None


def test_another_speaker_is_a_change_when_both_are_surely_persons():
    words = "the bridge is safe and every pillar has been tested twice"
    full = told("en", words, speaker="Maria Holt")
    other = member(told("en", words, "b", speaker="Ivan Petrov"), full, full, "Maria Holt")
    assert (other.relation, other.change) == ("changed", "speaker")
    assert (other.words, other.against) == ("Ivan Petrov", "Maria Holt")
    for name in ("Bridge Authority", "Green Party", "Petra Holt", "M. Holt"):
        assert member(told("en", words, "b", speaker=name), full, full, "Maria Holt").relation == "verbatim"


def test_every_language_has_its_table():
    assert set(tables()) == set(available()) - {"und"}


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        (
            "en",
            "the company must pay the fine within thirty days",
            "the company has to pay the fine within thirty days",
        ),
        (
            "en",
            "the bridge can carry lorries again from Monday",
            "the bridge is able to carry lorries again from Monday",
        ),
        ("en", "there were no deaths in the fire at the mill", "there were zero deaths in the fire at the mill"),
        ("pt", "a empresa deve pagar a multa em trinta dias", "a empresa tem de pagar a multa em trinta dias"),
        ("ru", "компания должна заплатить штраф за тридцать дней", "компании надо заплатить штраф за тридцать дней"),
    ],
)
def test_one_modal_or_negation_for_another_is_no_change(lang, one, other):
    assert differs(told(lang, one), told(lang, other, "b")) is None
