"""Read: any text in any language gives a reading, and all its spans lie in the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extraction.people.named import person
from sayso.extraction.people.names import names
from sayso.extraction.read import read
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.pack import available, load
from sayso.text.markup import parse
from sayso.text.span import Span
from sayso.text.tokens import tokenize


def test_read_finds_all_kinds() -> None:
    text = "Mira Holt said on Tuesday that the regime had repaired 40 bridges."
    found = read(text, "en-GB", "2024-02-10")
    assert found.lang == "en-GB"
    assert [one.speaker for one in found.attributions] == ["Mira Holt"]
    assert [one.value for one in found.figures] == [40]
    assert [one.value for one in found.times] == ["2024-02-06"]
    assert [one.kind for one in found.voice] == ["loaded"]


@pytest.mark.parametrize("lang", ["nl", "und", "xx-Latn-XX", ""])
def test_a_language_without_a_pack_is_read_too(lang: str) -> None:
    text = "„De brug is sinds gisteravond dicht”, zei de burgemeester."
    (one,) = read(text, lang).attributions
    assert (one.type, [span.of(text) for span in one.source]) == ("direct", ["de burgemeester"])


def test_an_empty_text_gives_an_empty_reading() -> None:
    assert read("", "en").attributions == ()


TWINS = [
    # the same words at the same places, but for who speaks, when and how many
    (
        "en",
        "The mayor, {0}, said the bridge was closed. The mayor said on {1} that {2} people were hurt.",
        ("Mira Holt", "Monday", "40"),
        ("Jona Reed", "Friday", "73"),
        ["Mira Holt", "Jona Reed"],
    ),
    (
        "en",
        "{0} said the bridge had been closed on {1}, and {2} people were hurt.",
        ("The mayor Mira Holt", "Monday", "40"),
        ("The city hall board", "Friday", "73"),
        ["Mira Holt", "city hall board"],
    ),
    (
        "en",
        "{0} said it rained on {1}, with {2} people hurt.",
        ("Mira Holt", "Monday", "40"),
        ("Judge Holt", "Friday", "73"),
        ["Mira Holt", "Holt"],
    ),
    (
        "de",
        "Die Ministerin {0} sagte, die Brücke sei zu. Die Ministerin sagte am {1}, {2} Menschen seien verletzt.",
        ("Mira Holt", "Montag", "40"),
        ("Jana Reed", "Freitag", "73"),
        ["Mira Holt", "Jana Reed"],
    ),
    (
        "ru",
        "Мэр {0} заявила, что мост закрыт. Мэр сообщила {1}, что пострадали {2} человек.",
        ("Ольга Орлова", "вчера", "40"),
        ("Анна Громова", "утром", "75"),
        ["Olga Orlova", "Anna Gromova"],
    ),
    (
        "ar",
        "قال الوزير {0} إن الجسر آمن. وقال الوزير {1} إن {2} شخصا أصيبوا.",
        ("سامي حداد", "أمس", "40"),
        ("علي ناصر", "غدا", "73"),
        ["Sami Haddad", "Ali Nasser"],
    ),
]


@pytest.mark.parametrize(("lang", "frame", "one", "other", "speakers"), TWINS)
def test_nothing_of_one_text_is_read_into_another(
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    frame: str,
    one: tuple[str, ...],
    other: tuple[str, ...],
    speakers: list[str],
) -> None:
    texts = [frame.format(*one), frame.format(*other)]
    alone = {}
    for text in reversed(texts):
        monkeypatch.setattr("sayso.extraction.numbers.view._last", None)
        alone[text] = read(text, lang, "2024-02-10", tagger=None)
    assert [{said.speaker for said in alone[text].attributions} for text in texts] == [{name} for name in speakers]
    assert [alone[text].figures[0].value for text in texts] == [int(one[2]), int(other[2])]
    for text in [*texts, *texts, *reversed(texts)]:
        assert read(text, lang, "2024-02-10", tagger=None) == alone[text]


def test_whom_a_phrase_names_is_kept_for_one_text() -> None:
    words = vocabulary(load("en"))
    texts = ("The mayor Mira Holt said it rained.", "The city hall board said it rained.")
    one, other = (names(tokenize(text), words) for text in texts)
    source = Span(0, len("The mayor Mira Holt"))
    assert [person(found, source) for found in (one, other, one)] == [(2, 4), None, (2, 4)]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=100), st.sampled_from(["en", "ar", "ru", "fr", "es", "de", "fa", "und"]))
def test_all_spans_lie_in_the_text(text: str, lang: str) -> None:
    found = read(text, lang, "2024-02-10")
    spans: list[Span] = [one.span for one in (*found.figures, *found.times, *found.voice)]
    for one in found.attributions:
        spans += [*one.source, *one.cue, *one.content]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    for voice in found.voice:
        assert voice.holder == "outlet" or any(p.contains(voice.span) for p in found.attributions[voice.holder].content)


@pytest.mark.parametrize("lang", available())
def test_texts_that_break_off_anywhere_are_read(lang: str) -> None:
    """Every beginning of every native example: rules must not look past the end."""
    examples = load(lang).examples
    marked = [*examples.attributions, *(f.text for f in examples.figures), *(t.text for t in examples.times)]
    for text in [parse(one)[0] for one in marked]:
        tokens = tokenize(text)
        for end in tokens.ends:
            found = read(text[:end], lang, "2024-02-10")
            assert all(span.end <= end for a in found.attributions for span in (*a.source, *a.cue, *a.content))
            assert all(one.span.end <= end for one in (*found.figures, *found.times, *found.voice))
