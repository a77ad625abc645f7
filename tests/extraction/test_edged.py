"""Edged: what tagged sources and contents lose and gain at their edges."""

from __future__ import annotations

import pytest

from sayso.extraction.attributions.edged import edged
from sayso.extraction.cues.scene import scene
from sayso.extraction.nouns import Attribution
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.pack import load
from sayso.text.markup import Mark, parse, render
from sayso.text.tokens import tokenize

CASES = [
    # a verb with its object in one word is no source; a name that begins and ends like one is
    ("ar", "{c1|ودعا} كل من {s1|يشاهدها} إلى {q1|أن يصبر}.", "{c1|ودعا} كل من يشاهدها إلى {q1|أن يصبر}."),
    ("ar", "{c1|ودعا} {s1|كل من يملكها} إلى {q1|أن يصبر}.", "{c1|ودعا} كل من يملكها إلى {q1|أن يصبر}."),
    ("ar", "{c1|قال} {s1|يوحنا} {q1|إن الجسر آمن}.", "{c1|قال} {s1|يوحنا} {q1|إن الجسر آمن}."),
    ("ar", "{c1|قال} {s1|كل من يوسف وعلي} {q1|إن الجسر آمن}.", "{c1|قال} {s1|كل من يوسف وعلي} {q1|إن الجسر آمن}."),
    # what is described stands where a subject may, but the clause follows it at once
    ("ar", "{c1|ووصف} {s1|الأمر} {q1|بأنه هراء}.", "{c1|ووصف} {q1|الأمر بأنه هراء}."),
    ("ar", "{c1|ووصف} {s1|الوزير} الأمر {q1|بأنه هراء}.", "{c1|ووصف} {s1|الوزير} الأمر {q1|بأنه هراء}."),
    ("ar", "{c1|وأفاد} {s1|الوزير} {q1|بأن الجسر آمن}.", "{c1|وأفاد} {s1|الوزير} {q1|بأن الجسر آمن}."),
    # of whom it is said; names that begin so
    ("es", "{s1|Del general Parra} {c1|dijo} {q1|que mentía}.", "Del general Parra {c1|dijo} {q1|que mentía}."),
    ("es", "{s1|De la Torre} {c1|dijo} {q1|que llovía}.", "{s1|De la Torre} {c1|dijo} {q1|que llovía}."),
    ("pt", "{s1|Do prefeito} {c1|disse} {q1|que mentia}.", "Do prefeito {c1|disse} {q1|que mentia}."),
    ("it", "{s1|Del sindaco} {c1|ha detto} {q1|che mentiva}.", "Del sindaco {c1|ha detto} {q1|che mentiva}."),
    ("it", "{s1|Del Piero} {c1|ha detto} {q1|che pioveva}.", "{s1|Del Piero} {c1|ha detto} {q1|che pioveva}."),
    # an object before its subject, where cases tell
    ("ru", "{s1|Орлова президент} {c1|назвал} {q1|трусом}.", "Орлова {s1|президент} {c1|назвал} {q1|трусом}."),
    ("uk", "{s1|Орлова президент} {c1|назвав} {q1|боягузом}.", "Орлова {s1|президент} {c1|назвав} {q1|боягузом}."),
    # days before, small words behind
    ("ru", "В {s1|пятницу мэр} {c1|сказал}, {q1|что дождь}.", "В пятницу {s1|мэр} {c1|сказал}, {q1|что дождь}."),
    ("en", "In May {s1|June Reed} {c1|said} {q1|it rained}.", "In May {s1|June Reed} {c1|said} {q1|it rained}."),
    ("ar", "وكان {s1|الوزير قد} {c1|أعلن} {q1|أن الجسر آمن}.", "وكان {s1|الوزير} قد {c1|أعلن} {q1|أن الجسر آمن}."),
    ("de", "{q1|„Nein“}, {c1|so} {s1|Reed wörtlich}.", "{q1|„Nein“}, {c1|so} {s1|Reed} wörtlich."),
    ("en", "{s1|They all} {c1|said} {q1|it rained}.", "{s1|They all} {c1|said} {q1|it rained}."),
    # an article of another phrase
    ("en", "In {s1|the} film {s1|Holt} {c1|said} {q1|it rained}.", "In the film {s1|Holt} {c1|said} {q1|it rained}."),
    # elided words
    ("fr", "{s1|Elle} {c1|a décidé} d{q1|'abaisser le prix}.", "{s1|Elle} {c1|a décidé} {q1|d'abaisser le prix}."),
    ("en", "Reed{q1|'s plan is late}, {s1|Holt} {c1|said}.", "Reed{q1|'s plan is late}, {s1|Holt} {c1|said}."),
    # paragraphs, but for quotations
    ("en", "{s1|He} {c1|calls} {q1|it odd\n\nELY, May 5}. No.", "{s1|He} {c1|calls} {q1|it odd}\n\nELY, May 5. No."),
    ("en", "Rain\n\nIt {c1|said} {q1|“it rains.\n\nYes.”}", "Rain\n\nIt {c1|said} {q1|“it rains.\n\nYes.”}"),
    ("en", "{q1|Rain\n\nIt will be dry}, {s1|Holt} {c1|said}.", "Rain\n\n{q1|It will be dry}, {s1|Holt} {c1|said}."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "given", "expected"), CASES)
def test_edges(lang: str, given: str, expected: str) -> None:
    text, marks = parse(given)
    of = {kind: tuple(mark.span for mark in marks if mark.kind == kind) for kind in "scq"}
    one = edged(scene(tokenize(text), vocabulary(load(lang))), Attribution(of["s"], of["c"], of["q"], "indirect"))
    pairs = (("s", one.source), ("c", one.cue), ("q", one.content))
    assert render(text, [Mark(kind, 1, span) for kind, spans in pairs for span in spans]) == expected
