"""Exchanges: the native examples of every pack, the look-alikes among them, and what holds across articles."""

from __future__ import annotations

import pytest

from sayso.extraction.nouns import Attribution
from sayso.languages.pack import available, load
from sayso.languages.replies import ReplyExample
from sayso.linking.article import Annotated
from sayso.linking.exchanges import exchanges
from sayso.linking.nouns import Exchange
from sayso.linking.speakers import speakers
from sayso.text.markup import parse
from sayso.text.span import Span

LATIN = {"霍尔特": "Mira Holt", "埃克": "Jonas Ekman"}  # speakers come to linking in Latin letters
EXAMPLES = [(code, example) for code in available() for example in load(code).replies.examples]


def article(marked: str, lang: str = "en", id: str = "a", published: str | None = None, **more: str) -> Annotated:
    """Statement n is {s n|source} {c n|cue} {q n|content}; its speaker is the source as written."""
    text, marks = parse(marked)

    def spans(kind: str, n: int) -> tuple[Span, ...]:
        return tuple(mark.span for mark in marks if mark.kind == kind and mark.number == n)

    attributions = []
    for n in sorted({mark.number for mark in marks if mark.kind == "q"}):
        content, source = spans("q", n), spans("s", n)
        kind = "direct" if content[0].of(text)[0] in '“«„"' else "indirect"
        written = source[0].of(text) if source else None
        attributions.append(
            Attribution(source, spans("c", n), content, kind, LATIN.get(written or "", written), score=0.9)
        )
    return Annotated(id, text, lang, published, attributions=tuple(attributions), **more)


def linked(*articles: Annotated) -> list[Exchange]:
    return exchanges(articles, speakers(articles))


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_native_examples(code: str, example: ReplyExample) -> None:
    read = article(example.text, code)
    found = linked(read)
    if example.kind is None:
        assert found == []
        return
    text, marks = parse(example.text)
    (exchange,) = found
    assert exchange.kind == example.kind
    assert exchange.reply.attribution == len(read.attributions) - 1
    assert (exchange.statement and exchange.statement.attribution + 1) == example.statement
    assert [span.of(text) for span in exchange.words] == [m.span.of(text) for m in marks if m.kind == "w"]
    topics = [mark.span.of(text) for mark in marks if mark.kind == "o"]
    assert [span.of(text) for span in exchange.topic] == topics


def test_every_language_has_examples_of_both_kinds() -> None:
    for code in available():
        kinds = {example.kind for example in load(code).replies.examples}
        assert code == "und" or kinds >= {None, "denies", "answers"}, code
