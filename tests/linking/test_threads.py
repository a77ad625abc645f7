from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from sayso.extraction.nouns import Attribution, Figure, Type
from sayso.linking.article import Annotated
from sayso.linking.nouns import Story, Thread
from sayso.linking.telling import differs, relation, telling
from sayso.linking.threads import threads
from sayso.models.encoder import Encoder
from sayso.text.markup import parse


@dataclass(frozen=True)
class Row:
    id: str
    lang: str
    marked: str
    published: str = "2024-05-06"
    speaker: str | None = "Mira Holt"
    figures: tuple[float, ...] = ()
    type: Type = "direct"


def article(row: Row) -> Annotated:
    """`marked`: contents as {q|…}, figures as {f|…} in the order of `figures`."""
    text, marks = parse(row.marked)
    spans = [mark.span for mark in marks if mark.kind == "q"]
    said = tuple(Attribution((), (), (span,), row.type, speaker=row.speaker) for span in spans)
    places = [mark.span for mark in marks if mark.kind == "f"]
    told = tuple(Figure(span, value, "euros") for span, value in zip(places, row.figures, strict=True))
    return Annotated(row.id, text, row.lang, row.published, None, row.id, None, said, told,
                     tuple(range(len(said))), tuple(range(len(told))))  # fmt: skip


def linked(encoder: Encoder | None, *rows: Row) -> list[Thread]:
    articles = [article(row) for row in rows]
    return threads(articles, [Story("s", "", tuple(a.id for a in articles))], encoder)


def relations(thread: Thread) -> dict[str, str]:
    return {member.article: member.relation for member in thread.members}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


SAFE = Row("a", "en", "“{q|The bridge is safe and every pillar has been tested twice},” she said.")
ARABIC = Row("b", "ar", "وقالت: «{q|الجسر آمن وقد اختُبرت كل دعامة مرتين}».", "2024-05-07")
RUSSIAN = Row("c", "ru", "«{q|Мост безопасен, каждая опора проверена дважды}», — сказала она.", "2024-05-07")
TRIMMED = Row("d", "en", "“{q|The bridge is safe},” she said.", "2024-05-08")
PARAPHRASE = Row(
    "e",
    "en",
    "She said {q|the bridge was safe since all pillars had been checked two times}.",
    "2024-05-08",
    type="indirect",
)
COST = Row("f", "en", "“{q|The repairs have cost less than we had feared in the spring},” she said.", "2024-05-07")


@pytest.mark.encoder
def test_one_statement_in_three_languages_is_one_thread(encoder):
    (thread,) = linked(encoder, SAFE, ARABIC, RUSSIAN, COST)
    assert relations(thread) == {"a": "verbatim", "b": "translation", "c": "translation"}
    assert thread.gist == "The bridge is safe and every pillar has been tested twice"
    assert thread.speaker == "Mira Holt"


@pytest.mark.encoder
def test_trimmed_and_paraphrased_tellings_are_told_from_each_other(encoder):
    (thread,) = linked(encoder, SAFE, TRIMMED, PARAPHRASE)
    assert relations(thread) == {"a": "verbatim", "d": "trimmed", "e": "paraphrase"}
    assert all(member.reason for member in thread.members)


@pytest.mark.encoder
def test_another_speaker_is_another_thread(encoder):
    other = Row("z", "en", SAFE.marked, speaker="Jonas Ek")
    assert linked(encoder, SAFE, other) == []


@pytest.mark.encoder
@pytest.mark.parametrize("other", ["the bridge's keeper", None])
def test_one_articles_word_for_a_speaker_may_stand_for_a_name(encoder, other):
    (thread,) = linked(encoder, Row("z", "en", SAFE.marked, "2024-05-05", speaker=other), SAFE, RUSSIAN)
    assert set(relations(thread)) == {"a", "c", "z"}
    assert thread.speaker == "Mira Holt"


@pytest.mark.encoder
def test_a_role_that_two_articles_name_is_a_speaker_of_its_own(encoder):
    rows = [Row(id, "en", SAFE.marked, speaker="the bridge's keeper") for id in "yz"]
    assert [set(relations(thread)) for thread in linked(encoder, *rows, SAFE, RUSSIAN)] in (
        [{"y", "z"}, {"a", "c"}],
        [{"a", "c"}, {"y", "z"}],
    )


@pytest.mark.encoder
def test_a_statement_told_in_one_article_only_is_no_thread(encoder):
    twice = Row("a", "en", "“{q|The bridge is safe},” she said. “{q|The bridge is safe},” she said again.")
    assert linked(encoder, twice, COST) == []


@pytest.mark.encoder
def test_threads_do_not_depend_on_the_order(encoder):
    rows = [SAFE, ARABIC, RUSSIAN, TRIMMED, COST]
    articles = [article(row) for row in rows]
    ids = tuple(a.id for a in articles)
    assert threads(articles, [Story("s", "", ids)], encoder) == threads(
        articles[::-1], [Story("s", "", ids[::-1])], encoder
    )


def test_without_an_encoder_the_same_words_are_found():
    (thread,) = linked(None, SAFE, TRIMMED, COST)
    assert relations(thread) == {"a": "verbatim", "d": "trimmed"}


def test_a_story_of_very_many_statements_is_compared_in_parts(monkeypatch):
    monkeypatch.setattr("sayso.linking.threads._AT_ONCE", 4)
    found = linked(None, *(replace(SAFE, id=f"{i:02}") for i in range(10)))
    assert [len(thread.members) for thread in found] in ([4, 4, 2], [4, 2, 4], [2, 4, 4])
    assert len({thread.id for thread in found}) == 3


def test_records_without_text_are_left_alone():
    said = (Attribution((), (), (), "direct", speaker="Mira Holt"),)
    bare = [Annotated(id, None, "en", attributions=said, attribution_ids=(0,), gists=(None,)) for id in "ab"]
    assert threads(bare, [Story("s", "", ("a", "b"))], None) == []


def pair(lang: str, left: str, right: str, figures: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())):
    a, b = (article(Row(id, lang, text, figures=f)) for id, text, f in zip("ab", (left, right), figures, strict=True))
    return telling(a, 0, None), telling(b, 0, None)


@pytest.mark.parametrize(
    ("lang", "left", "right", "word"),
    [
        ("en", "{q|the bridge was not safe for lorries}", "{q|the bridge was safe for lorries}", "not"),
        ("en", "{q|we didn't close the old bridge}", "{q|we did close the old bridge}", "n't"),
        ("en", "{q|the bridge could close in the winter}", "{q|the bridge will close in the winter}", "could"),
        ("ru", "{q|мост не был опасен для грузовиков}", "{q|мост был опасен для грузовиков}", "не"),
        ("ar", "{q|لم تكن هناك اتصالات رسمية مع الوزارة}", "{q|كانت هناك اتصالات رسمية مع الوزارة}", "لم"),
        ("fr", "{q|le pont n'est pas sûr pour les camions}", "{q|le pont est sûr pour les camions}", "pas"),
        ("de", "{q|die Brücke ist nicht sicher für Lastwagen}", "{q|die Brücke ist sicher für Lastwagen}", "nicht"),
        ("es", "{q|el puente no es seguro para camiones}", "{q|el puente es seguro para camiones}", "no"),
    ],
)
def test_a_negation_or_modal_that_one_telling_lacks_is_a_change(lang, left, right, word):
    difference = differs(*pair(lang, left, right))
    assert difference is not None
    assert difference.endswith("stands in some tellings only")
    assert word in difference or lang == "fr"


def test_to_deny_is_to_say_not():
    left, right = pair(
        "en", "{q|there was a reaction through the embassies}", "{q|there was no reaction through the embassies}"
    )
    denied = replace(left.attribution, stance="denies")
    assert differs(telling(replace(left.article, attributions=(denied,)), 0, None), right) is None


@pytest.mark.parametrize(
    ("values", "changed"),
    [(((42_000_000,), (24_000_000,)), "42,000,000 against 24,000,000 euros"), (((42e6,), (42e6,)), None)],
)
def test_a_changed_number_is_told(values, changed):
    left, right = pair("en", "{q|it cost {f|42 million}}", "{q|the cost was {f|24 million}}", values)
    assert differs(left, right) == changed
    if changed:
        assert relation(left, right, right) == ("changed", changed)


def test_other_words_are_no_change():
    left, right = pair("en", "{q|we never doubted the old engineers}", "{q|the engineers always had our trust}")
    assert differs(left, right) is None
