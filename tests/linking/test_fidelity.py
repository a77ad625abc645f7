"""Quotes against transcripts: verdicts, edits, and what must never be called verbatim."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.linking.quotes.checking import row
from sayso.linking.quotes.fidelity import check
from sayso.linking.quotes.transcript import labels, transcript

RECORD = """HOLT: Thank you for coming. How many ships left the port?
MINISTER: Twelve ships left the port on Monday, and not one of them carried weapons. We said so, and we say so again: \
5% of the grain was ours. There is a theory that the bridge's collapse was arranged from abroad. If that is correct, \
and I cannot rule it out, then what could be easier than to point at us?
(APPLAUSE)
HOLT: الوزير قال إن الميناء مفتوح."""
SOURCE = transcript(RECORD)
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "fidelity"

TABLE = [
    ("Twelve ships left the port on Monday", "verbatim", True, []),
    ("“twelve  ships left\u00a0the port on MONDAY,”", "verbatim", True, []),
    ("the bridge’s collapse", "verbatim", True, []),
    ("إنّ الميناء مفتوح", "verbatim", True, []),
    ("There is a theory that the [Kerch] bridge's collapse was arranged", "verbatim", True, ["insert"]),
    ("Twelve ships left […] and not one of them carried weapons", "trimmed", True, ["cut"]),
    ("Twelve ships left … and not one of them carried weapons", "trimmed", True, ["cut"]),
    ("Twelve ships left and not one of them carried weapons", "trimmed", False, ["cut"]),
    ("If that is correct … then what could be easier than [to point] at us", "trimmed", True, ["cut", "cut"]),
    ("Twenty ships left the port on Monday", "altered", True, ["replace"]),
    ("Twelve ships left the port on Monday, and one of them carried weapons", "trimmed", False, ["cut"]),
    ("Twelve ships never left the port on Monday", "altered", True, ["insert"]),
    ("5$ of the grain was ours", "altered", True, ["replace"]),
    ("We say so, and we said so again", "altered", True, ["replace", "replace"]),
    ("Nobody has ever seen such a storm in these mountains", "not_found", False, []),
    ("", "not_found", False, []),
    ("[…]", "not_found", False, []),
]


@pytest.mark.parametrize(("quote", "verdict", "marked", "ops"), TABLE)
def test_verdicts_and_edits(quote: str, verdict: str, marked: bool, ops: list[str]) -> None:
    found = check(quote, SOURCE)
    assert (found.verdict, [e.op for e in found.edits]) == (verdict, ops)
    assert found.marked is marked


def test_speaker_labels_and_stage_directions_are_not_spoken() -> None:
    assert [s.of(RECORD) for s in labels(RECORD)] == ["HOLT:", "MINISTER:", "HOLT:"]
    assert check("what could be easier than to point at us? الوزير قال", SOURCE).verdict == "verbatim"
    assert check("APPLAUSE", SOURCE).verdict == "not_found"


def test_the_span_is_the_passage() -> None:
    found = check("twelve ships … carried weapons", SOURCE)
    assert found.span is not None
    assert found.span.of(RECORD) == "Twelve ships left the port on Monday, and not one of them carried weapons"
    assert found.span.of(RECORD) in found.context


@given(st.data())
def test_any_run_of_words_is_verbatim_and_found_where_it_stands(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SOURCE.words) - 1))
    end = data.draw(st.integers(start + 1, len(SOURCE.words)))
    first, last = SOURCE.words[start], SOURCE.words[end - 1]
    quote = " ".join(w.span.of(RECORD) for w in SOURCE.words[start:end])
    found = check(quote, SOURCE)
    assert found.verdict == "verbatim"
    assert found.span is not None
    assert found.span.length == last.span.end - first.span.start or found.span.start < first.span.start


@given(st.text(max_size=80), st.text(max_size=200))
def test_edits_lie_inside_both_texts(quote: str, text: str) -> None:
    found = check(quote, transcript(text))
    for edit in found.edits:
        assert 0 <= edit.quote.start <= edit.quote.end <= len(quote)
        assert 0 <= edit.transcript.start <= edit.transcript.end <= len(text)


@given(st.integers(0, len(SOURCE.words) - 3), st.sampled_from(["zebra", "never", "1991", "لا"]))
def test_an_added_word_is_never_verbatim_nor_trimmed(start: int, word: str) -> None:
    words = [w.span.of(RECORD) for w in SOURCE.words[start : start + 3]]
    assert check(" ".join([words[0], word, *words[1:]]), SOURCE).verdict in ("altered", "not_found")


@pytest.mark.parametrize("text", ["", "…", "HOLT:", "(APPLAUSE)", "---\nrecord: prepared\n---\n"])
@pytest.mark.parametrize("quote", ["", "…", "[…] « »", "Twelve ships"])
def test_nothing_is_found_where_there_are_no_words(quote: str, text: str) -> None:
    assert check(quote, transcript(text)).verdict == "not_found"
    assert check("« »", SOURCE).verdict == "not_found"


@pytest.mark.parametrize("quote", ["the " * 4900, "Twelve … " * 4900, "[x] ships " * 4900, "twelve the " * 2400])
def test_a_long_quote_takes_bounded_time(quote: str) -> None:
    began = time.process_time()
    assert check(quote, transcript(RECORD * 100)).verdict != "verbatim"
    assert time.process_time() - began < 10


def test_a_quote_of_a_megabyte_is_refused() -> None:
    with pytest.raises(InputError, match="words"):
        check("twelve ships " * 80_000, SOURCE)
    assert check("a" * 1_000_000, SOURCE).verdict == "not_found"


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("---\nspeaker: Holt\nrecord: prepared\n---\nWe shall win.", "prepared", 3),
        ("---\nrecord: as spoken\n---\nWe shall win.", "as_spoken", 3),
        ("REMARKS BY THE MINISTER\n(As Prepared for Delivery)\n\nThank you.", "prepared", None),
        ("Rede\nEs gilt das gesprochene Wort!\nDank.", "prepared", None),
        ("Стенограмма пресс-конференции\nДобрый день", "as_spoken", None),
        (RECORD, None, None),
        ("We shall go as prepared as anyone who ever sat in this hall, " * 4, None, None),
        ("--- no front matter\nrecord: prepared", None, None),
    ],
)
def test_a_record_says_whether_it_was_prepared(text: str, kind: str | None, words: int | None) -> None:
    source = transcript(text)
    assert source.record == kind
    assert words is None or len(source.words) == words


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/fidelity is not here")
def test_the_gauntlet() -> None:
    rows = [json.loads(line) for line in (SHARED / "gauntlet.dev.jsonl").read_text(encoding="utf-8").splitlines()]
    sources = {p.name: transcript(p.read_text(encoding="utf-8")) for p in (SHARED / "transcripts").glob("*.txt")}
    began = time.process_time()
    verdicts = [(r["relation"], check(r["quote"], sources[r["transcript"]]).verdict) for r in rows]
    each = (time.process_time() - began) / len(rows)
    assert sum(gold == said for gold, said in verdicts) >= 0.98 * len(rows)
    assert not [v for v in verdicts if v[1] == "verbatim" and v[0] != "verbatim"]
    assert each < 0.05


@pytest.mark.parametrize(
    ("quote", "speakers"),
    [
        ("The dam holds. It leaks, and you know it.", "HOLT, MINISTER"),
        ("The dam holds … and you know it", "HOLT, MINISTER"),
        ("It leaks, and you know it", None),
        ("The dam holds … I said that in May", None),
    ],
)
def test_words_of_several_speakers_are_told(quote: str, speakers: str | None) -> None:
    text = "HOLT: The dam holds.\nMINISTER: It leaks, and you know it.\nMIRA HOLT: I said that in May."
    source = transcript(text)
    told = row(check(quote, source), quote, source)["notes"]
    assert told == ([f"the quote’s words are of more than one speaker: {speakers}"] if speakers else [])
