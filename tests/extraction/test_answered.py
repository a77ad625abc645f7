"""Answered: what somebody was asked about is no source, and who asked is told only where it is written."""

from __future__ import annotations

import pytest

from sayso.extraction.attributions.answered import without_questions
from sayso.extraction.cues.scene import scene
from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers.resolve import resolve
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.pack import load
from sayso.text.markup import parse
from sayso.text.tokens import tokenize

SPEAKERS = [
    # the question is nobody's, though it stands beside who answers
    ("en", "{c1|Asked about} {q1|banks}, {s2|Mira Holt} {c2|said} {q2|they were safe}.", [None, "Mira Holt"]),
    ("en", "{q1|“No,”} {s1|{s2|Mira Holt}} {c1|said} when {c2|asked about} {q2|the dam}.", ["Mira Holt", None]),
    ("en", "{s1|Mira Holt} {c1|said} {q1|it held}. She was {c2|asked about} {q2|the dam}.", ["Mira Holt", None]),
    ("de", "{c1|Gefragt nach} {q1|der Brücke}, {c2|sagte} {s2|Mira Holt}, {q2|sie sei sicher}.", [None, "Mira Holt"]),
    ("fr", "{c1|Interrogée sur} {q1|le pont}, {s2|Mira Holt} {c2|a dit} {q2|qu’il tenait}.", [None, "Mira Holt"]),
    ("es", "{c1|Preguntada por} {q1|el puente}, {s2|Mira Holt} {c2|dijo} {q2|que era seguro}.", [None, "Mira Holt"]),
    ("pt", "{c1|Questionada sobre} {q1|a ponte}, {s2|Ana Parra} {c2|disse} {q2|que era segura}.", [None, "Ana Parra"]),
    ("ar", "وحين {c1|سئل عن} {q1|الجسر}، {c2|قال} {s2|سامي الحداد} {q2|إنه آمن}.", [None, "Sami Al-Haddad"]),
    # the phrase names the asker
    ("en", "{c1|Asked} by {s1|Reed} {q1|about the dam}, {s2|Mira Holt} {c2|said} {q2|it held}.", ["Reed", "Mira Holt"]),
    # somebody asks
    ("en", "{s1|Mira Holt, the mayor}, {c1|asked whether} {q1|the dam was safe}.", ["Mira Holt"]),
    ("en", "{s1|Mira Holt} {c1|asked about} {q1|the dam}.", ["Mira Holt"]),
    # the matter as a source that it is not
    ("en", "Asked about {s1|the Central Bank}, she {c1|said} {q1|that nothing was known}.", [None]),
    ("it", "Interpellato su {s1|Mira Holt}, {c1|ha detto} {q1|che non sapeva nulla}.", [None]),
]  # fmt: skip


def marked(lang: str, marked_up: str) -> tuple[str, list[Attribution]]:
    """The text, and the attributions marked in it, as the tagger would hand them on."""
    text, marks = parse(marked_up)
    of = {
        n: {k: tuple(m.span for m in marks if (m.number, m.kind) == (n, k)) for k in "scq"}
        for n in {m.number for m in marks}
    }
    given = [Attribution(of[n]["s"], of[n]["c"], of[n]["q"], "indirect") for n in sorted(of)]
    return text, without_questions(scene(tokenize(text), vocabulary(load(lang))), given)


@pytest.mark.parametrize(("lang", "marked_up", "expected"), SPEAKERS)
def test_who_asks_and_who_answers(lang: str, marked_up: str, expected: list[str | None]) -> None:
    text, given = marked(lang, marked_up)
    assert [one.speaker for one in resolve(tokenize(text), load(lang), given)] == expected


CONTENTS = [
    ("de", "{q1|Angesprochen auf den Zaun}, {c1|sagte} {s1|Mira Holt}, {q1|er halte}.", ["er halte"]),
    ("en", "{q1|Asked about the fence}, {s1|Mira Holt} {c1|said} {q1|that it held}.", ["that it held"]),
    ("en", "{q1|The fence}, {s1|Mira Holt} {c1|said}, {q1|held}.", ["The fence", "held"]),
    ("en", "{s1|Mira Holt} {c1|said} {q1|that she was asked about the fence}.", ["that she was asked about the fence"]),
]


@pytest.mark.parametrize(("lang", "marked_up", "expected"), CONTENTS)
def test_what_was_asked_is_no_content(lang: str, marked_up: str, expected: list[str]) -> None:
    text, given = marked(lang, marked_up)
    assert [span.of(text) for span in given[0].content] == expected
