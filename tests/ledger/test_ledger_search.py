"""Search: all scripts, words and quoted phrases, exact spans, and nothing a user types is syntax."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.ledger_contract import article

from sayso.errors import InputError
from sayso.ledger.ledger import Ledger
from sayso.ledger.query import parse
from sayso.ledger.search import SNIPPET, _snippet
from sayso.ledger.terms import terms, words
from sayso.text.folding import fold_word
from sayso.text.span import Span

TEXTS = {
    "en": "The ministers met. 🌉 The party's harbour talks, of 1,250,000 ducats, failed on a well-known point.",
    "ar": "وقال الوزير إنّ القناة مغلقة، والوزيرُ سافر. وللوزراء رأي آخر في الإدارة",
    "ru": "Министры обсудили порт. Ещё один министр не приехал.",
    "fr": "Les ministres ont évoqué l’écluse ; l'œuvre reste fermée.",
    "de": "Die Hafenminister sprachen über die Straße.",
    "es": "Los ministros hablaron del año.",
    "zh": "部长说港口关闭。",
    "ko": "장관이 항구를 닫았다.",
    "hi": "मंत्री ने कहा कि पुल बंद है।",
    "tr": "Bakan Ankara'da konuştu.",
    "he": "והשר אמר כי הנמל סגור",
}


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    ledger = Ledger(tmp_path_factory.mktemp("search"))
    with ledger.writer() as writer:
        for lang, text in TEXTS.items():
            writer.add(*article(text, lang, lang))
        writer.add(*article("Nothing else.", "titled", title="Regatta in the harbour"))
        writer.add(*article("The harbour, the harbour, the harbour.", "dense"))
    with ledger.view() as view:
        yield view


def found(view, query):
    """Id -> the marked words, as written."""
    return {hit.id: [mark.of(view.version(hit.id).text) for mark in hit.marks] for hit in view.search(query)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("minister", {"en": ["ministers"], "de": ["Hafenminister"]}),
        ("MINISTERS", {"en": ["ministers"]}),
        ("«الوزير»", {"ar": ["الوزير", "والوزيرُ"]}),
        ("الوزير", {"ar": ["الوزير", "والوزيرُ"]}),
        ("الاداره", {"ar": ["الإدارة"]}),
        ("министр", {"ru": ["Министры", "министр"]}),
        ("еще", {"ru": ["Ещё"]}),
        ("ministre", {"fr": ["ministres"]}),
        ("Œuvre", {"fr": ["œuvre"]}),
        ("l'écluse", {"fr": ["l’écluse"]}),
        ("strasse", {"de": ["Straße"]}),
        ("ministro", {"es": ["ministros"]}),
        ("港口", {"zh": ["港口"]}),
        ("장관", {"ko": ["장관이"]}),
        ("पुल", {"hi": ["पुल"]}),
        ("Ankara", {"tr": ["Ankara"]}),
        ("השר", {"he": ["והשר"]}),
        ("1,250,000", {"en": ["1,250,000"]}),
        ("1.250.000", {"en": ["1,250,000"]}),
        ("١٬٢٥٠٬٠٠٠", {"en": ["1,250,000"]}),
        ("well-known", {"en": ["well-known"]}),
        ("party talks", {"en": ["party", "talks"]}),
        ("art", {}),
        ("regatta", {"titled": []}),
        ("regatta nothing", {"titled": ["Nothing"]}),
        ("nowhere", {}),
        ('"harbour talks"', {"en": ["harbour talks"]}),
        ('"harbour talk"', {}),
        ('"the ministers met" ducat', {"en": ["The ministers met", "ducats"]}),
        ('"talks harbour"', {}),
        ("„القناة مغلقة“", {"ar": ["القناة مغلقة"]}),
        ('"a"', {"en": ["a"]}),
    ],
)
def test_finds_and_marks(view, query, expected):
    hits = found(view, query)
    assert {id: hits.get(id) for id in expected} == expected
    assert expected or not hits


def test_best_first(view):
    assert [hit.id for hit in view.search("harbour")] == ["dense", "titled", "en"]
    scores = [hit.score for hit in view.search("harbour")]
    assert scores == sorted(scores, reverse=True)
    assert [hit.id for hit in view.search("harbour", limit=1)] == ["dense"]


def test_whole_words_come_before_pieces_of_words(view):
    assert [hit.id for hit in view.search("minister")] == ["en", "de"]


@pytest.mark.parametrize("query", ["", "  ", '""', '"', "...", "🌉", "«»", "\0"])
def test_a_query_without_words_is_refused(view, query):
    with pytest.raises(InputError, match="holds no word"):
        view.search(query)


@pytest.mark.parametrize(
    "query", ["AND", "harbour NOT talks", "title:harbour", "harb*", "^the", '"the', "NEAR(a b)", "a'b"]
)
def test_nothing_is_syntax(view, query):
    assert all(hit.id in {"en", "dense", "titled"} for hit in view.search(query))


def test_snippets_show_the_densest_part_in_whole_words():
    far, dense = "the port is mentioned here. ", "The port authority of the port said that the port is shut. "
    text = far + "Much else happened in the town that week. " * 30 + dense + "Much else happened. " * 30
    snippet = _snippet(text, [Span(m.start(), m.end()) for m in re.finditer("port", text)])
    assert dense.strip() in snippet.of(text)
    assert snippet.length <= SNIPPET
    assert f" {snippet.of(text)} " in text


def test_a_snippet_without_spaces_still_holds_its_mark():
    text = "港" * 1000
    assert _snippet(text, [Span(500, 502)]).contains(Span(500, 502))
    assert _snippet("x" * 500, [Span(0, 500)]) == Span(0, 500)


@given(st.text())
def test_any_query_is_parsed_or_refused(query):
    try:
        parts = parse(query)
    except InputError:
        assert not terms(query).forms
    else:
        assert parts
        assert all(form and '"' not in form for part in parts for form in part.forms)


WORDS = st.sampled_from(
    ["وَالوزير", "Straße", "ﷺ", "Ещё", "a\u0301b", "e\u0301", "港", "👩‍👩‍👧", "1٬٢5", "l’an", "x", "—", "\u200f", "«q»"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=12).map(" ".join) | st.text(max_size=40)


@given(TEXT)
def test_every_term_stands_where_it_says(text):
    cut = terms(text)
    assert [fold_word(span.of(text)) for span in cut.spans] == cut.forms
    assert all(a.end <= b.start for a, b in zip(cut.spans, cut.spans[1:], strict=False))
    assert words(text) == cut.forms


@given(TEXT, st.data())
def test_a_piece_is_found_where_it_was_cut_out(text, data):
    cut = terms(text)
    if not cut.forms:
        return
    first = data.draw(st.integers(0, len(cut.forms) - 1))
    last = data.draw(st.integers(first + 1, len(cut.forms)))
    piece = " ".join(cut.forms[first:last])
    assert (first, last) in set(cut.pieces(piece))
    assert (first, last) in set(cut.pieces(f" {piece} "))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, data=st.data())
def test_every_word_of_a_text_finds_and_marks_it(tmp_path_factory, text, data):
    text = text.encode("utf-8", "replace").decode()
    cut = terms(text)
    if not cut.forms:
        return
    i = data.draw(st.integers(0, len(cut.forms) - 1))
    word = cut.spans[i].of(text)
    ledger = Ledger(tmp_path_factory.mktemp("word"))
    with ledger.writer() as writer:
        writer.add(*article(text.replace("{", "(").replace("}", ")"), "x", "ar"))
    with ledger.view() as view:
        for query in (word, f'"{word}"'):
            [hit] = view.search(query)
            assert cut.spans[i] in hit.marks or not hit.snippet.contains(cut.spans[i])
            assert all(hit.snippet.contains(mark) for mark in hit.marks)
