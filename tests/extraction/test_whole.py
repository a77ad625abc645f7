"""Sources as they are found: cut short, torn apart, left out, or only standing for another; by language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers.resolve import resolve
from sayso.extraction.speakers.whole import _nouns
from sayso.languages.pack import load
from sayso.text.markup import parse
from sayso.text.span import Span
from sayso.text.tokens import tokenize

REPORTS = 800
ONE_WORD = "{c1|قال} {s1|غمدير} {q1|إن الجسر آمن}. "
COMPARED = "لكنها {s1|كفنانة} {c1|اعتبرت} {q1|أنه جميل}. "
CASES = [
    # a preposition before a source is no part of it
    ("ru", "{q1|Мост цел}, {c1|сообщили} {s1|в МЧС}.", ["EMERCOM"]),
    ("it", "{q1|Il ponte è sicuro}, {c1|fanno sapere} {s1|dal Cremlino}.", ["Kremlin"]),
    # a name that goes on behind the source, or between its parts
    ("fr", "{s1|Le journal Mail} on Sunday {c1|a dit} {q1|que le pont était sûr}.", ["Mail on Sunday"]),
    ("pt", "{s1|A prefeita Ana} Parra {c1|disse} {q1|que chovia}.", ["Ana Parra"]),
    ("ar", "{c1|قال} {s1|الأمين العام للحلف، النرويجي} ينس شتولتنبرغ {q1|إن الجسر آمن}.", ["Jens Stoltenberg"]),
    ("ar", "{c1|قال} {s1|سامي} {s1|الحداد وزير النقل} {q1|إن الجسر آمن}.", ["Sami Al-Haddad"]),
    # what stands in another sentence is no part of it
    (
        "es",
        "{s1|El Gobierno español} {c1|dijo} {q1|que llovía}. {s1|Ana Parra} no vino.",
        ["Spanish government"],
    ),
    # the verb of saying that closes a source
    ("zh", "{c1|据}{s1|地震局局长王小明介绍}，{q1|桥很安全}。", ["Wang Xiaoming"]),
    # words that name nobody leave the source out
    (
        "ar",
        "{c1|قال} {s1|سامي الحداد} {q1|إن الجسر آمن}. و{c2|وصف} {s2|نفسه} {q2|بأنه متفائل}.",
        ["Sami Al-Haddad"] * 2,
    ),
    (
        "ar",
        "{c1|قالت} {s1|سلمى الحداد} {q1|إن الجسر آمن}. لكنها {s2|كفنانة} {c2|اعتبرت} {q2|أنه جميل}.",
        ["Salma Al-Haddad"] * 2,
    ),
    (
        "es",
        "{s1|Ana Parra} {c1|dijo} {q1|que llovía}, ya que {s2|jamás} {c2|ha creído} {q2|que hiciera frío}.",
        ["Ana Parra"] * 2,
    ),
    # relative pronouns stand for the name before them
    ("es", "Tom Reed vio a Ana Parra, quien {c1|dice} {q1|que llovía}.", ["Ana Parra"]),
    ("ru", "Тома Рида встретил Илья Орлов, {s1|который} {c1|заявил}, {q1|что мост цел}.", ["Ilya Orlov"]),
    # the agency that was told is not the one who tells
    ("ru", "{q1|Мост цел}, {c1|сообщили} {s1|ТАСС} в {s1|МЧС}.", ["EMERCOM"]),
    ("ru", "{q1|Мост цел}, {c1|пишет} {s1|ТАСС} со {c1|ссылкой} на {s1|МЧС}.", ["TASS"]),
    # early information is nobody's
    ("ru", "{s1|МЧС} {c1|заявило}, {q1|что мост цел}. {c2|По} {s2|предварительным данным}, {q2|мост закрыт}.",
     ["EMERCOM", "preliminary data"]),
    # the only one with a role that is another's; a role behind the name; no name behind a relative in another case
    (
        "it",
        "Ha parlato Ugo Neri. Il suo avvocato, Luca Riva, era là. {q1|Piove}, {c1|dice} {s1|il legale di Neri}.",
        ["Luca Riva"],
    ),
    (
        "fa",
        "{s1|علی رضازاده کارگردان سینما} {c1|گفت} {q1|پل امن است}. {s2|کارگردان فیلم های باران} {c2|گفت} {q2|سرد است}.",
        ["Ali Rezazadeh"] * 2,
    ),
    (
        "uk",
        "{s1|Чоловік Олени Коваль} {c1|заявив}, {q1|що міст цілий}. Андрій Бойко прийшов. "
        "{s2|Чоловік} {c2|додав}, {q2|що радий}.",
        ["Olena Koval's husband", "Andriy Boyko"],
    ),
    # a carrier is the company named before; an elided article; "not only"
    (
        "uk",
        "Авіакомпанія Ryanair літає. {s1|Лоукостер} {c1|повідомив}, {q1|що квитків немає}.",
        ["Ryanair"],
    ),
    ("fr", "Tom Reed est venu. {s1|L’homme} {c1|affirme} {q1|qu’il pleut}.", ["Tom Reed"]),
    ("ru", "{s1|Не только эксперты, но и дети} {c1|считают}, {q1|что мост цел}.", ["experts"]),
    # a subject rather than a person named in another case
    (
        "uk",
        "Сергій Ткаченко зустрів Андрія Бойка. {q1|«Міст цілий»}, {c1|сказав} {s1|він}.",
        ["Serhiy Tkachenko"],
    ),
    # he and she by given names
    (
        "ru",
        "{s1|Илья Орлов} {c1|заявил}, {q1|что мост цел}. Пришла Ольга Смирнова. {s2|Она} {c2|добавила}, {q2|что рада}.",
        ["Ilya Orlov", "Olga Smirnova"],
    ),
    # rumours are not whom a left-out subject means
    (
        "es",
        "{s1|Ana Parra} {c1|dijo} {q1|que llovía}. {s2|Los rumores} {c2|señalaban} {q2|que no}. "
        "{c3|Agregó} {q3|que sí}.",
        ["Ana Parra", "rumours", "Ana Parra"],
    ),
    # quotations alone: behind a name and a colon, before the one named next, and behind one presented
    ("uk", "Лікарка Ольга Бойко:\n\n{q1|«Міст цілий, і він буде відкритий»}.", ["Olha Boyko"]),
    ("it", "{q1|«Piove molto»}. Sono le parole di Luca Riva, il sindaco. {s2|Ugo Neri} {c2|dice} {q2|che fa caldo}.",
     ["Luca Riva", "Ugo Neri"]),
    ("it", "È la proposta di Luca Riva, presidente del club.\n\n{q1|«Il ponte aprirà domani»}.", ["Luca Riva"]),
]  # fmt: skip


class Counted(list[str]):
    """A list that counts how often somebody goes through all of it."""

    passes = 0

    def __iter__(self) -> Iterator[str]:
        self.passes += 1
        return super().__iter__()


def _passes(report: str, reports: int) -> int:
    """How often the words of an article with so many reports are gone through."""
    text, said = _read(" ".join(report.replace("1|", f"{n}|") for n in range(1, reports + 1)))
    tokens = tokenize(text)
    forms = Counted(tokens.forms)
    resolve(replace(tokens, forms=forms), load("ar"), said)
    return forms.passes


def _given(language: str, marked: str, title: str | None = None) -> list[str | None]:
    text, said = _read(marked)
    return [one.speaker for one in resolve(tokenize(text), load(language), said, title)]


def _read(marked: str) -> tuple[str, list[Attribution]]:
    text, marks = parse(marked)
    said = []
    for number in sorted({mark.number for mark in marks}):
        spans = {kind: tuple(m.span for m in marks if (m.kind, m.number) == (kind, number)) for kind in "scq"}
        said.append(Attribution(spans["s"], spans["c"], spans["q"], "indirect"))
    return text, said


@pytest.mark.parametrize(("language", "marked", "expected"), CASES)
def test_speakers_behind_sources_as_they_are_found(language: str, marked: str, expected: list[str | None]) -> None:
    assert _given(language, marked) == expected


def test_an_office_may_be_of_the_person_in_the_title() -> None:
    marked = "{s1|Le président} {c1|a dit} {q1|que le pont était sûr}."
    assert _given("fr", marked, "Emmanuel Macron parle du pont") == ["Emmanuel Macron"]


def test_the_sources_of_attributions_stay_as_they_were() -> None:
    one = Attribution((Span(10, 12),), (Span(3, 9),), (Span(13, 30),), "indirect")
    text = "Мы узнали: в МЧС, что мост цел и открыт."
    assert resolve(tokenize(text), load("ru"), [one])[0].source == one.source


@pytest.mark.parametrize("report", [ONE_WORD, COMPARED])
def test_the_words_of_an_article_are_not_gone_through_for_every_report(report: str) -> None:
    assert 0 < _passes(report, REPORTS) == _passes(report, 8)


def test_nouns_are_put_together_once() -> None:
    _nouns.cache_clear()
    _passes(COMPARED, REPORTS)
    told = _nouns.cache_info()
    assert (told.misses, told.hits >= REPORTS - 1) == (1, True)


@pytest.mark.parametrize(("before", "expected"), [("", "Gmdir"), ("هذا غمدير. ", None)])
def test_a_word_that_is_pointed_at_is_no_surname(before: str, expected: str | None) -> None:
    assert _given("ar", before + ONE_WORD) == [expected]
