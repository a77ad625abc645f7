"""Rows for the tests of explain, written as marked texts, and rows that no reading would give."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.text.samples import texts

from sayso.text.markup import parse

NAMES = {"s": "source", "c": "cue", "q": "content"}
NESTED = (
    "{q1|The talks}, {s1|{s4|Dmitry Peskov}} {c1|told} reporters, {q1|{s2|Kirby} {c2|denies} "
    "{q2|that {s3|the Pentagon} {c3|ever promised} {q3|forty launchers}}}. He {c4|added}: {q4|“We shall see.\n"
    "Nothing was signed.”}\n\nA last line."
)
"""1 in two parts, 2 inside 1, 3 inside 2, a source that 1 and 4 share, and 4 over two paragraphs."""


def row(marked: str, inside: dict[int, int] | None = None, **more: Any) -> dict[str, Any]:
    """A row as annotate writes it; `inside`: number -> number of its holder."""
    text, marks = parse(marked)
    found = [attribution() for _ in range(max((mark.number for mark in marks), default=0))]
    for mark in marks:
        found[mark.number - 1][NAMES[mark.kind]].append(list(mark.span))
    for number, holder in (inside or {}).items():
        found[number - 1]["nested_in"] = holder - 1
    return {"id": "x", "text": text, "lang": "en", "published": None, "attributions": found} | more


def attribution(**more: Any) -> dict[str, Any]:
    """One without any words."""
    empty: dict[str, Any] = {name: [] for name in NAMES.values()}
    return (
        empty
        | {"type": "indirect", "speaker": None, "nested_in": None, "stance": "asserts", "score": 0.79, "rule": "clause"}
        | more
    )


def nested() -> dict[str, Any]:
    """The row of NESTED."""
    made = row(NESTED, {2: 1, 3: 2}, title="Talks <b>fail</b>")
    made["attributions"][3] |= {"rule": "tagger", "model": "tagger-7", "speaker": "Dmitry Peskov", "type": "direct"}
    return made


@st.composite
def wild(draw: st.DrawFn) -> dict[str, Any]:
    """Any text with any spans in it: nested, crossing, shared, empty, in the middle of a character."""
    text = draw(st.one_of(texts, st.text(), st.text("ab {}|\\\n\u0301\u202e👩‍👧قال", min_size=1)))
    at = st.integers(0, len(text))
    spans = st.lists(st.tuples(at, at).map(sorted), max_size=3)
    many = st.builds(attribution, source=spans, cue=spans, content=spans)
    light = [{"span": span, "value": "P1D"} for span in draw(spans)]
    return {"id": "x", "text": text, "lang": "en", "attributions": draw(st.lists(many, max_size=4)), "times": light}
