from __future__ import annotations

import time
from dataclasses import dataclass, replace

import pytest

from sayso.extraction.nouns import Attribution, Figure, Type
from sayso.linking.article import Annotated
from sayso.linking.link import to_json
from sayso.linking.nouns import Links, Story, Thread
from sayso.linking.threads.join import threads
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
    other = Row("z", "en", SAFE.marked, speaker="Jonas Ek", type="indirect")
    assert linked(encoder, SAFE, other) == []


@pytest.mark.encoder
@pytest.mark.parametrize("other", ["the bridge's keeper", None])
def test_one_articles_word_for_a_speaker_may_stand_for_a_name(encoder, other):
    (thread,) = linked(encoder, Row("z", "en", SAFE.marked, "2024-05-05", speaker=other), SAFE, RUSSIAN)
    assert set(relations(thread)) == {"a", "c", "z"}
    assert thread.speaker == "Mira Holt"


@pytest.mark.encoder
def test_a_role_that_two_articles_name_is_a_speaker_of_its_own(encoder):
    rows = [Row(id, "en", SAFE.marked, speaker="the bridge's keeper", type="indirect") for id in "yz"]
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
    monkeypatch.setattr("sayso.linking.threads.join._AT_ONCE", 4)
    rows = (replace(SAFE, id=f"{i:02}", marked=SAFE.marked.replace("twice", f"twice{i}")) for i in range(10))
    found = linked(None, *rows)
    assert [len(thread.members) for thread in found] in ([4, 4, 2], [4, 2, 4], [2, 4, 4])
    assert len({thread.id for thread in found}) == 3


def test_the_same_words_told_thousands_of_times_are_one_thread_at_once():
    start = time.perf_counter()
    (thread,) = linked(None, *(replace(SAFE, id=f"{i:04}", speaker=None) for i in range(5000)))
    assert len(thread.members) == 5000
    assert time.perf_counter() - start < 20


def test_records_without_text_are_left_alone():
    said = (Attribution((), (), (), "direct", speaker="Mira Holt"),)
    bare = [Annotated(id, None, "en", attributions=said, attribution_ids=(0,), gists=(None,)) for id in "ab"]
    assert threads(bare, [Story("s", "", ("a", "b"))], None) == []


def test_words_in_one_order_are_one_statement_whoever_is_said_to_say_them():
    rows = (replace(SAFE, id="x", speaker="Maria Holt"), replace(SAFE, id="y", speaker="Ivan Petrov"))
    (thread,) = linked(None, *rows, replace(SAFE, id="z", speaker="Maria Holt"))
    assert relations(thread) == {"x": "verbatim", "y": "changed", "z": "verbatim"}
    assert [(m.change, m.words, m.against) for m in thread.members if m.change] == [
        ("speaker", "Ivan Petrov", "Maria Holt")
    ]


FACT = "{q|The old bridge could be closed to all lorries by the end of the year}"


def test_what_one_article_says_on_nobodys_word_is_told_beside_the_thread():
    said = Row("a", "en", f"The ministry said: {FACT}.", speaker="Roads Ministry", type="indirect")
    bare = Row("b", "en", "“{q|We need lorries},” she said.\n\n" + FACT.replace("{q|", "").rstrip("}") + " of 2024.")
    (thread,) = linked(None, said, bare)
    assert [m.article for m in thread.members] == ["a"]
    (fact,) = thread.unattributed
    assert (fact.article, fact.against) == ("b", "Roads Ministry")
    assert fact.words.startswith("The old bridge could be closed")
    text = article(bare).text or ""
    assert fact.content[0].of(text) == fact.words
    assert to_json(Links(threads=(thread,)))["threads"][0]["unattributed"][0]["change"] == "attribution"


@pytest.mark.parametrize(
    "other",
    [
        "She said it again. The old bridge could be closed to all lorries by the end of the year of 2024.",
        "“The old bridge could be closed to all lorries by the end of the year.”",
        "The old bridge will be closed to all lorries by the end of the year of 2024.",
        "The old bridge could be closed to most cars by the end of next summer, as it was in the spring.",
    ],
)
def test_a_source_nearby_quotation_marks_and_other_words_make_no_fact(other):
    said = Row("a", "en", f"The ministry said: {FACT}.", speaker="Roads Ministry", type="indirect")
    cue = "{q|again}" if "again" in other else ""
    rest = "" if cue else "“{q|We need lorries},” she said.\n\n"
    bare = Row("b", "en", rest + other.replace("again", cue or "again"))
    assert linked(None, said, bare) == []
