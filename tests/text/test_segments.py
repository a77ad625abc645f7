from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from tests.text.samples import texts

from sayso.text.segments import paragraphs, sentences

ABBREVIATIONS = ["Mr.", "U.S.", "p.m.", "т. д.", "z. B.", "3.", "etc."]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Holt met J. F. Kennel.", "It cost 3.5 million.", "She left… and came back."],
        ["“Why?” he asked.", "“No.”", "She left...", "Then they spoke."],
        ["The U.S. envoy arrived at 5 p.m. Tuesday.", "He spoke."],
        ["قال د. أحمد إنه قادم.", "هل غادر؟", "نعم."],
        ["انہوں نے کہا۔", "وہ گئے۔"],
        ["Хлеб, соль и т. д. стояли там.", "«Да!» — сказал он.", "И ушёл."],
        ["Wir, z. B. Anna, kamen am 3. März.", "„Ja.“", "Er ging."],
        ["Elle dit : « Oui. »", "Puis elle part."],
        ["Er sagte: »Nein.«", "Dann ging er."],
        ["यह है।", "वह गया।"],
        ["1. Erst dies.", "Dann das."],
        ["(It was late.)", "[He slept.]"],
        ["What?!", "Nobody knew."],
    ],
)
def test_sentences_are_cut_apart_again(parts: list[str]):
    text = " ".join(parts)
    assert [span.of(text) for span in sentences(text, ABBREVIATIONS)] == parts


def test_scripts_without_spaces():
    text = "他说。“好！”她走了？是。"
    assert [span.of(text) for span in sentences(text)] == ["他说。", "“好！”", "她走了？", "是。"]


def test_a_line_end_always_ends_a_sentence():
    text = "A headline\nMr.\n\nText goes on"
    assert [span.of(text) for span in sentences(text, ABBREVIATIONS)] == ["A headline", "Mr.", "Text goes on"]


def test_paragraphs():
    text = " One line. \n\n two \r\n\t\nthree"
    assert [span.of(text) for span in paragraphs(text)] == ["One line.", "two", "three"]


@pytest.mark.parametrize("cut", [sentences, paragraphs])
@given(text=texts)
def test_every_character_but_white_space_is_in_exactly_one_segment(cut, text: str):
    spans = cut(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.length and span == span.trim(text) for span in spans)
    kept = "".join(span.of(text) for span in spans)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]
