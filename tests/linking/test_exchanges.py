"""Exchanges: the native examples of every pack, the look-alikes among them, and what holds across articles."""

from __future__ import annotations

import random
from time import process_time

import pytest

from sayso.extraction.nouns import Attribution
from sayso.languages.pack import available, load
from sayso.languages.replies import ReplyExample
from sayso.linking.article import Annotated
from sayso.linking.nouns import Exchange
from sayso.linking.replies.exchanges import exchanges
from sayso.linking.speakers.join import speakers
from sayso.text.markup import parse
from sayso.text.span import Span

LATIN = {
    **{"霍尔特": "Mira Holt", "埃克": "Jonas Ekman"},
    **{"هادي نصار": "Hadi Nassar", "لينا خوري": "Lena Koury", "هادی نصار": "Hadi Nassar", "لنا خوری": "Lena Koury"},
}  # speakers come to linking in Latin letters
EXAMPLES = [(code, example) for code in available() for example in load(code).replies.examples]


def article(marked: str, lang: str = "en", id: str = "a", published: str | None = None, **more: str) -> Annotated:
    """Statement n is {s n|source} {c n|cue} {q n|content}; its speaker is the source as written."""
    text, marks = parse(marked)
    found: dict[tuple[str, int], list[Span]] = {}
    for mark in marks:
        found.setdefault((mark.kind, mark.number), []).append(mark.span)

    def spans(kind: str, n: int) -> tuple[Span, ...]:
        return tuple(found.get((kind, n), ()))

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


TO_SOMEBODY = [
    (
        "en",
        "{w|In response to} {o|the union leader Hadi Nassar}, {s2|Lena Koury} {c2|said} {q2|they had won nothing}.",
    ),
    (
        "de",
        "{w|Als Antwort auf} {o|Hadi Nassar} {c2|sagte} {s2|Lena Koury}, {q2|die Gewerkschaft habe nichts gewonnen}.",
    ),
    ("fr", "{w|En réponse à} {o|Hadi Nassar}, {s2|Lena Koury} {c2|a déclaré} {q2|que rien n'avait été gagné}."),
    ("es", "{w|En respuesta a} {o|Hadi Nassar}, {s2|Lena Koury} {c2|dijo} {q2|que no se había ganado nada}."),
    ("it", "{w|In risposta a} {o|Hadi Nassar}, {s2|Lena Koury} {c2|ha detto} {q2|che nulla era stato ottenuto}."),
    ("pt", "{w|Em resposta a} {o|Hadi Nassar}, {s2|Lena Koury} {c2|disse} {q2|que nada tinha sido conquistado}."),
    ("ar", "{w|وردا على} {o|هادي نصار}، {c2|قالت} {s2|لينا خوري} {q2|إن النقابة لم تكسب شيئا جديدا}."),
    ("fa", "{w|در پاسخ به} {o|هادی نصار}، {s2|لنا خوری} {c2|گفت} {q2|اتحادیه چیزی به دست نیاورد}."),
]
SAID = {
    "ar": "{c1|قال} {s1|هادي نصار} {q1|إن الاتفاق نصر للعمال}.",
    "fa": "{s1|هادی نصار} {c1|گفت} {q1|توافق پیروزی کارگران بود}.",
}
NASSAR = "{s1|Hadi Nassar} {c1|said} {q1|the strike deal was a victory for the workers}."


@pytest.mark.parametrize(("lang", "text"), TO_SOMEBODY)
def test_a_reply_to_somebody(lang: str, text: str) -> None:
    said = SAID.get(lang, NASSAR)
    (found,) = linked(article(f"{said} {text}", lang))
    assert (found.kind, found.reply.attribution, found.statement and found.statement.attribution) == ("answers", 1, 0)


def test_a_reply_to_somebody_of_another_article() -> None:
    before = article(NASSAR, id="a", published="2025-04-11")
    text = "{w|Responding to} the union leader Hadi Nassar, {s1|Koury} {c1|said} {q1|%s}."
    (found,) = linked(before, article(text % "the strike deal was no victory", id="b", published="2025-04-12"))
    assert found.statement is not None
    assert found.statement.article == "a"
    (alone,) = linked(before, article(text % "nothing had been won", id="b", published="2025-04-12"))
    assert alone.statement is None
    assert "whom it answers" in alone.reason


@pytest.mark.parametrize("what", ["Nassar’s arrest", "the attack on Hadi Nassar", "the death of Nassar", "the storm"])
def test_a_reply_to_what_happened_to_somebody_is_none(what: str) -> None:
    before = article(NASSAR, id="a", published="2025-04-11")
    after = f"In response to {what}, {{s1|Lena Koury}} {{c1|said}} {{q1|the strike deal was no victory}}."
    assert linked(before, article(after, id="b", published="2025-04-12")) == []


def test_every_language_has_examples_of_both_kinds() -> None:
    for code in available():
        kinds = {example.kind for example in load(code).replies.examples}
        assert code == "und" or kinds >= {None, "denies", "answers"}, code


LOOK_ALIKES = [
    # An act in reply to an act, a request for comment, a denial of something else, an offer turned down.
    "In response to the storm, {s1|Jonas Ekman} {c1|said} {q1|schools would close}.",
    "{s1|Mira Holt} {c1|said} {q1|the harbour was empty}. {s2|Jonas Ekman} {c2|responded to} a request for comment "
    "{q2|by saying he was on holiday}.",
    "{s1|Mira Holt} {c1|said} {q1|the ferry broke the law}. {s2|Jonas Ekman} {c2|denied} {q2|access to the ferry}.",
    "{s1|Mira Holt} {c1|said} {q1|bread was dear}. {s2|Jonas Ekman} {c2|denied} {q2|that he had sold the vineyard}.",
    "{s1|Mira Holt} {c1|said} {q1|the bridge was old}. {s2|Jonas Ekman} {c2|rejected} {q2|an offer for the bridge}.",
    "{s1|Mira Holt} {c1|said} {q1|the bridge was old}. {s1|Mira Holt} {c2|replied} {q2|that it would be rebuilt}.",
    "{s1|Reed} {c1|asked} {q1|how anybody could live there}. {s2|Mira Holt} {c2|said} {q2|rents had doubled}.",
    "{s1|Mira Holt}, who asked about the ferry, {c1|said} {q1|nobody had told her}.",
    "{s1|Jonas Ekman} {c1|did not respond} to questions about the ferry, {s2|Mira Holt} {c2|said} {q2|in her report}.",
]


@pytest.mark.parametrize("marked", LOOK_ALIKES)
def test_look_alikes_are_no_exchange(marked: str) -> None:
    assert linked(article(marked)) == []


def test_a_denial_reaches_the_statement_that_it_names_far_back() -> None:
    apart = "Trams were full on Monday. A strike is planned. " * 5
    marked = (
        "{s1|Mira Holt} {c1|said} {q1|the harbour would lose its dredger}.\n"
        "{s2|Una Reed} {c2|said} {q2|the trams were late}.\n" + apart + "\n"
        "{s3|Jonas Ekman} {c3|denied} {q3|that the harbour would lose its dredger, as Holt had claimed}."
    )
    (exchange,) = linked(article(marked))
    assert (exchange.kind, exchange.statement and exchange.statement.attribution) == ("denies", 0)
    assert "Mira Holt" in exchange.reason
    assert "“harbour”" in exchange.reason


def test_a_denial_in_one_outlet_of_a_statement_in_another() -> None:
    told = article(
        "{s1|Mira Holt} {c1|said} {q1|the council had hidden a report on the harbour dredger}.",
        id="a", published="2024-03-01", outlet="Lantern Post",
    )  # fmt: skip
    denied = article(
        "{s1|Jonas Ekman} {c1|denied} {q1|Mira Holt’s claim that a report on the dredger had been hidden}. "
        "{s2|Mira Holt} {c2|left} {q2|town on Friday}.",
        id="b", published="2024-03-02",
    )  # fmt: skip
    (exchange,) = linked(told, denied)
    assert (exchange.reply.article, exchange.statement and exchange.statement.article) == ("b", "a")
    assert "Lantern Post" in exchange.reason


def test_nobody_denies_what_is_told_only_later_or_elsewhere_in_passing() -> None:
    denied = article(
        "{s1|Jonas Ekman} {c1|denied} {q1|that a report on the dredger had been hidden}.",
        id="b",
        published="2024-03-01",
    )
    later = article(
        "{s1|Mira Holt} {c1|said} {q1|the council had hidden a report on the dredger}.", id="a", published="2024-03-02"
    )
    passing = article("{s1|Mira Holt} {c1|said} {q1|a report would come}.", id="c", published="2024-02-01")
    assert linked(denied, later, passing) == []


def test_words_and_topic_can_be_cut_from_the_replys_text() -> None:
    marked = "Meanwhile, asked by reporters about the {o|lost ferry}, {s1|Jonas Ekman} {c1|said} {q1|it was found}."
    read = article(marked)
    (exchange,) = linked(read)
    assert read.text is not None
    assert [span.of(read.text) for span in exchange.words] == ["asked by reporters about"]
    assert [span.of(read.text) for span in exchange.topic] == ["the lost ferry"]
    assert exchange.statement is None


def test_the_order_of_articles_does_not_matter() -> None:
    texts = [example.text for code, example in EXAMPLES if code == "en"]
    articles = [article(text, id=f"a{i}", published=f"2024-03-{i + 1:02}") for i, text in enumerate(texts)]
    wanted = linked(*articles)
    assert wanted
    for seed in range(3):
        assert linked(*random.Random(seed).sample(articles, len(articles))) == wanted


def test_a_statement_replies_once_even_where_ids_are_doubled() -> None:
    marked = (
        "{s1|Mira Holt} {c1|said} {q1|the ferry was late}. {s2|Jonas Ekman} {c2|responded to} {q2|the claims about "
        "ferries}. {w|Asked about} the tides, {s3|Jonas Ekman} {c3|replied} {q3|that they were high}."
    )
    read = article(marked)
    doubled = Annotated("a", read.text, "en", attributions=read.attributions, attribution_ids=("x", "x", "x"))
    for one in (read, doubled):
        ids = [exchange.id for exchange in linked(one)]
        assert len(ids) == len(set(ids)) == 1


def test_articles_without_text_or_pack_have_none() -> None:
    read = article(EXAMPLES[0][1].text)
    assert linked(Annotated("a", None, "en", attributions=read.attributions)) == []
    assert linked(Annotated("a", read.text, "xx", attributions=read.attributions)) == []


@pytest.mark.parametrize("names", [["Mira Holt"], ["Mira Holt", "Jonas Ekman", "Una Reed", "Tor Vask", "Ada Lund"]])
def test_5000_statements_take_bounded_time(names: list[str]) -> None:
    lines = [
        f"{{s{i}|{names[i % len(names)]}}} {{c{i}|{'replied' if i % 2 else 'said'}}} "
        f"{{q{i}|that the harbour report {i} was hidden}}.\n"
        for i in range(1, 5001)
    ]
    read = article("".join(lines))
    start = process_time()
    found = linked(read)
    assert process_time() - start < 15
    assert len(found) == (0 if len(names) == 1 else 2499)
