"""Callings: whom a described role may mean, by the roles that are told of the persons named."""

from __future__ import annotations

import pytest

from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers.resolve import resolve
from sayso.languages.callings import may_be_one, of_anyone
from sayso.languages.pack import load
from sayso.text.markup import parse
from sayso.text.tokens import tokenize

# A named minister; each role behind him is in turn the only source. Fitting roles are his, others stay unnamed.
NAMED = {
    "en": "{s1|Interior Minister Pavel Orlov} {c1|said} {q1|that the bridge was safe}. "
    "{s2|%s} {c2|said} {q2|it was old}.",
    "ru": "{s1|Министр внутренних дел Павел Орлов} {c1|заявил}, {q1|что мост цел}. "
    "{s2|%s} {c2|сказал}, {q2|что он стар}.",
    "uk": "{s1|Міністр внутрішніх справ Павло Орлов} {c1|заявив}, {q1|що міст цілий}. "
    "{s2|%s} {c2|сказав}, {q2|що він старий}.",
    "fr": "{s1|Le ministre de l'Intérieur Pavel Orlov} {c1|a déclaré} {q1|que le pont était sûr}. "
    "{s2|%s} {c2|a dit} {q2|qu'il était vieux}.",
    "de": "{s1|Der Sprecher Pavel Orlov} {c1|sagte}, {q1|die Brücke sei sicher}. {s2|%s} {c2|sagte}, {q2|sie sei alt}.",
    "it": "{s1|Il ministro Paolo Orlov} {c1|ha detto} {q1|che il ponte era sicuro}. "
    "{s2|%s} {c2|ha detto} {q2|che era vecchio}.",
    "es": "{s1|El ministro Pablo Orlov} {c1|dijo} {q1|que el puente era seguro}. {s2|%s} {c2|dijo} {q2|que era viejo}.",
    "pt": "{s1|O ministro Paulo Orlov} {c1|disse} {q1|que a ponte era segura}. {s2|%s} {c2|disse} {q2|que era velha}.",
    "tr": "{s1|Bakan Pavel Orlov}, {q1|köprünün güvenli olduğunu} {c1|söyledi}. "
    "{s2|%s}, {q2|köprünün eski olduğunu} {c2|söyledi}.",
    "ar": "{c1|قال} {s1|وزير الداخلية سامي الحداد} {q1|إن الجسر آمن}. {c2|وقال} {s2|%s} {q2|إنه قديم}.",
    "fa": "{s1|وزیر کشور پاول اورلوف} {c1|گفت} {q1|که پل امن است}. {s2|%s} {c2|گفت} {q2|که پل قدیمی است}.",
}
SAME = [
    ("en", "The minister"),
    ("en", "The official"),
    ("ru", "Министр"),
    ("ru", "Политик"),
    ("ru", "Чиновник"),
    ("uk", "Міністр"),
    ("fr", "Le ministre"),
    ("fr", "Le responsable"),
    ("de", "Der Sprecher"),
    ("it", "Il ministro"),
    ("it", "Il funzionario"),
    ("es", "El ministro"),
    ("es", "El funcionario"),
    ("pt", "O ministro"),
    ("tr", "Bakan"),
    ("ar", "الوزير"),
    ("ar", "المسؤول"),
    ("fa", "وزیر"),
]
OTHER = [
    ("en", "The doctor", "doctor"),
    ("en", "The judge", "judge"),
    ("en", "The chancellor", "chancellor"),
    ("en", "The ambassador", "ambassador"),
    ("ru", "Врач", "doctor"),
    ("ru", "Губернатор", "governor"),
    ("uk", "Лікар", "doctor"),
    ("fr", "Le médecin", "doctor"),
    ("fr", "Le juge", "judge"),
    ("de", "Der Arzt", "doctor"),
    ("de", "Der Richter", "judge"),
    ("it", "Il medico", "doctor"),
    ("es", "El médico", "doctor"),
    ("pt", "O médico", "doctor"),
    ("tr", "Doktor", "doctor"),
    ("ar", "الطبيب", "doctor"),
    ("ar", "القاضي", "judge"),
    ("fa", "پزشک", "doctor"),
]


def _given(language: str, marked: str) -> list[str | None]:
    text, marks = parse(marked)
    numbers = sorted({mark.number for mark in marks})
    said = [
        Attribution(*(tuple(m.span for m in marks if (m.kind, m.number) == (kind, n)) for kind in "scq"), "indirect")
        for n in numbers
    ]
    return [one.speaker for one in resolve(tokenize(text), load(language), said)]


@pytest.mark.parametrize(("language", "source"), SAME)
def test_a_fitting_role_is_of_the_one_named(language: str, source: str) -> None:
    named, described = _given(language, NAMED[language] % source)
    assert named is not None
    assert described == named


@pytest.mark.parametrize(("language", "source", "expected"), OTHER)
def test_another_role_is_of_another(language: str, source: str, expected: str) -> None:
    named, described = _given(language, NAMED[language] % source)
    assert (described, named != expected) == (expected, True)


def test_of_two_the_one_whose_role_fits() -> None:
    marked = (
        "{s1|Minister Pavel Orlov} {c1|said} {q1|it rained}. {s2|Mayor Anna Kerr} {c2|said} {q2|it was cold}. "
        "{s3|The doctor} {c3|said} {q3|nobody was hurt}. {s4|The mayor} {c4|said} {q4|it was late}. "
        "{s5|The minister} {c5|said} {q5|it was dark}."
    )
    assert _given("en", marked) == ["Pavel Orlov", "Anna Kerr", "doctor", "Anna Kerr", "Pavel Orlov"]


def test_one_of_unknown_role_takes_one_role_only() -> None:
    marked = (
        "{s1|Pavel Orlov} {c1|said} {q1|it rained}. {s2|The doctor} {c2|said} {q2|it was cold}. "
        "{s3|The judge} {c3|said} {q3|it was late}. {s4|The doctor} {c4|said} {q4|it was dark}."
    )
    assert _given("en", marked) == ["Pavel Orlov", "Pavel Orlov", "judge", "Pavel Orlov"]


def test_roles_beside_a_name_are_all_heard() -> None:
    marked = (
        "{s1|Врач и телеведущий Илья Орлов} {c1|заявил}, {q1|что идёт дождь}. "
        "{s2|Доктор} {c2|добавил}, {q2|что холодно}."
    )
    assert _given("ru", marked) == ["Ilya Orlov"] * 2


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("minister", "official", True),
        ("official", "minister", True),
        ("minister", "minister", True),
        ("minister", "doctor", False),
        ("minister", "ambassador", False),
        ("judge", "governor", False),
        ("chief executive", "director", True),
        ("journalist", "editor", True),
    ],
)
def test_words_for_one_person(a: str, b: str, expected: bool) -> None:
    assert may_be_one(a, b) is expected


def test_words_for_anyone() -> None:
    assert of_anyone("politician")
    assert not of_anyone("doctor")
