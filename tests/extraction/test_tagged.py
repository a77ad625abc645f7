"""Tagged: what the tagger adds to the rules, and what holds for whatever it finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extraction.attributions.read import attributions
from sayso.extraction.nouns import Attribution
from sayso.extraction.read import read
from sayso.languages.pack import available, find_or_neutral
from sayso.models.tagger import Tagger
from sayso.text.markup import Mark, parse, render
from sayso.text.tokens import tokenize

PIECES = st.sampled_from(
    [
        "“We agree”, ", "Holt said ", "that ", "the mayor ", "«Да», ", "сказал он. ", "وأضاف أن ", "الوزير ", "قال: ",
        "据介绍，", "他说", "\n", "...", "😀", "👩‍👩‍👧", "e\u0301", "\u200f", "according to ", "laut ", "Er ", "sei ",
    ]
)  # fmt: skip


def found(lang: str, text: str) -> list[Attribution]:
    return attributions(tokenize(text), find_or_neutral(lang), Tagger())


def marked(text: str, said: list[Attribution]) -> str:
    marks = [
        Mark(kind, number, span)
        for number, one in enumerate(said, 1)
        for kind, spans in (("s", one.source), ("c", one.cue), ("q", one.content))
        for span in spans
    ]
    return render(text, marks)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "{s1|The harbour authority} {c1|fears} {q1|the quay could sink within a decade}."),
        ("en", "{q1|The quay will be closed on Monday}, {c1|according to} {s1|two engineers who inspected it}."),
        ("de", "{s1|Die Hafenbehörde} {c1|befürchtet}, {q1|dass die Kaimauer absackt}."),
        ("fr", "{s1|La préfecture} {c1|affirme} {q1|que le pont sera rouvert lundi}."),
        ("es", "{s1|El alcalde} {c1|prometió} {q1|reabrir el puente el lunes}."),
        ("ru", "{s1|Мэр города} {c1|заявил}, {q1|что мост откроют в понедельник}."),
        ("ar", "{c1|أعلن} {s1|رئيس البلدية} {q1|أن الجسر سيفتح يوم الاثنين}."),
        ("tr", "{s1|Belediye başkanı}, {q1|köprünün pazartesi günü açılacağını} {c1|söyledi}."),
        ("zh", "{s1|市长}{c1|表示}，{q1|大桥将于周一重新开放}。"),
        ("nl", "{s1|De burgemeester} {c1|zei} {q1|dat de brug maandag weer opengaat}."),
    ],
)
def test_plain_reports_in_many_languages(lang: str, text: str) -> None:
    plain, _ = parse(text)
    assert marked(plain, found(lang, plain)) == text


CITED = [
    ("ru", "Агентство «Север» со ссылкой на полицию сообщило, что мост закрыт.", "полицию", "что мост закрыт"),
    ("ru", "Мост закрыт. Об этом сообщает агентство «Север» со ссылкой на полицию.", "полицию", "Мост закрыт"),
    ("uk", "Агентство «Північ» з посиланням на поліцію повідомило, що міст закрито.", "поліцію", "що міст закрито"),
]


@pytest.mark.parametrize(("lang", "text", "source", "content"), CITED)
def test_what_is_cited_is_told_without_the_report(lang: str, text: str, source: str, content: str) -> None:
    said = [
        ["".join(span.of(text) for span in part) for part in (one.source, one.content)] for one in found(lang, text)
    ]
    assert [source, content] in said
    assert [one[1] for one in said] == [content] * 2


TOLD_APART = [
    ("fr", "« Il est venu à Elm, a annoncé un plan pour la France, puis est reparti », a dit Paul Morel.", "direct"),
    ("fr", "« Elle est venue, elle a dit à Paul de partir, puis s'est tue », a dit Paul Morel.", "direct"),
]


@pytest.mark.parametrize(("lang", "text", "kind"), TOLD_APART)
def test_a_quote_that_tells_of_saying_is_whole(lang: str, text: str, kind: str) -> None:
    assert [one.type for one in found(lang, text)] == [kind]


TURNED = [
    ("en", "The ministry neither confirmed nor denied that its plane had been shot down.", "declines"),
    ("uk", "Міністерство не підтвердило і не спростувало, що літак було збито.", "declines"),
    ("ar", "لم ينف المتحدث أن الطائرة أسقطت.", "declines"),
    ("en", "The minister not only said that the bridge was safe.", "asserts"),
    ("en", "The minister did not say that the bridge was safe.", "denies"),
]


@pytest.mark.parametrize(("lang", "text", "stance"), TURNED)
def test_stances_with_a_negation(lang: str, text: str, stance: str) -> None:
    assert {one.stance for one in found(lang, text)} == {stance}


def test_what_was_found_names_rule_and_model() -> None:
    (one,) = found("en", "Mira Holt said that the bridge was safe.")
    assert one.rule == "clause"
    assert one.model == Tagger().settings["version"]
    assert 0.5 < one.score < 1


def test_text_without_speech_has_none() -> None:
    assert found("en", "The bridge was built in 1931. It is 400 metres long and carries two lanes.") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=50).map("".join) | st.text(max_size=80), st.sampled_from([*available(), "ja", "hi"]))
def test_every_span_can_be_sliced_again(text: str, lang: str) -> None:
    said = found(lang, text)
    for number, one in enumerate(said):
        assert one.content
        assert 0 <= one.score <= 1
        assert one.nested_in is None or 0 <= one.nested_in < number
        for spans in (one.source, one.cue, one.content):
            assert list(spans) == sorted(spans)
            for span in spans:
                assert 0 <= span.start < span.end <= len(text)
                assert text[span.start : span.end] == span.of(text)
                assert not span.of(text)[0].isspace()
                assert not span.of(text)[-1].isspace()
    assert found(lang, text) == said


def test_a_cue_is_told_once() -> None:
    text = "Holt has said that the bridge was safe. Reed denied that it had cracked. " * 30
    said = found("en", text)
    cues = [span for one in said for span in one.cue]
    assert len(cues) == len(set(cues))
    assert len(said) >= 56


def test_a_text_as_long_as_a_book_is_read_whole() -> None:
    told = "The mayor of Amsel {} said on Monday that bridge {} would stay closed until the spring."
    plain = "The river rose by {} centimetres overnight, and the fields along road {} stood under water for days."
    text = "\n".join(sentence.format(i, i) for i in range(800) for sentence in (told, plain))
    said = found("en", text)
    assert len(said) >= 0.95 * 800
    assert said[-1].content[0].start > 0.98 * len(text)


def test_signed_quotations_row_upon_row_are_their_signers() -> None:
    names = ("Ana Reyes", "Paul Quist", "Mina Okoro", "Lars Holm")
    text = "We asked readers.\n" + "\n".join(
        f"“The bridge is ours. He said it over and over, and now they close it for {i} weeks.” ― {name}"
        for i, name in enumerate(names)
    )
    signed = [one for one in found("en", text) if one.source and one.source[0].of(text) in names]
    assert [one.source[0].of(text) for one in signed] == list(names)
    assert all(one.content[0].of(text).startswith("“The bridge") for one in signed)
    assert all(one.content[-1].of(text).endswith("weeks.”") for one in signed)


def test_a_content_takes_no_scraps_of_a_quotation_in_the_next_sentence() -> None:
    text = "Putin's position is known.\n\nThe US leadership knows Putin's position without any interview. " + (
        '"They lack the wish, not the knowledge."'
    )
    contents = [[span.of(text) for span in one.content] for one in read(text, "en", None).attributions]
    assert not any(len(parts) > 1 or parts[0].endswith('. "') for parts in contents)
