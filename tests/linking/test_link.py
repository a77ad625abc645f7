from __future__ import annotations

import json
import random
from datetime import date

import pytest

from sayso import workspace
from sayso.errors import InputError
from sayso.extraction.annotate import annotated
from sayso.linking.article import from_row
from sayso.linking.link import link, to_json

VIEWS = {"span": [0, 0], "value": 150_000_000, "unit": "views", "scope": "X", "window": "PT24H"}


def row(id, text=None, **more):
    return {"id": id, "text": text, "lang": "en", "published": "2024-05-06", **more}


def said(text, content, speaker="Mira Holt", **more):
    start = text.index(content)
    return {"source": [], "cue": [], "content": [[start, start + len(content)]], "type": "direct", "speaker": speaker,
            **more}  # fmt: skip


WORDS = "The bridge is safe and every pillar has been tested twice"
TEXT = f"Harbour bridge reopens in Arvell. Mayor Mira Holt spoke in Arvell on Monday. “{WORDS},” Holt said in Arvell."
ROWS = [
    row("a", TEXT, title="Harbour bridge reopens in Arvell", attributions=[said(TEXT, WORDS, id="q1")]),
    row("b", TEXT + " More later.", title="Harbour bridge reopens in Arvell", attributions=[said(TEXT, WORDS)]),
    row("c", "Bread prices rose in Tormund, said the bakers.", title="Bread"),
    row("x", figures=[{**VIEWS, "id": "f1"}], attributions=[{"speaker": "Jonas Ek", "id": "s1"}]),
    row("y", figures=[{**VIEWS, "id": "f2"}], attributions=[{"speaker": "Jonas Ek", "id": "s2"}]),
]


def linked(rows):
    return to_json(link([from_row(one) for one in rows], None))


def test_the_form_is_that_of_the_contract():
    found = json.loads(json.dumps(linked(ROWS)))
    assert set(found) == {"stories", "threads", "figure_threads", "conflicts", "duplicates", "exchanges"}
    assert sorted(id for story in found["stories"] for id in story["articles"]) == ["a", "b", "c", "x", "y"]
    (thread,) = found["threads"]
    assert thread["gist"] == WORDS
    start = TEXT.index(WORDS)
    content = [[start, start + len(WORDS)]]
    wanted = [("a", "q1", content, "verbatim"), ("b", 0, content, "verbatim")]
    assert [(m["article"], m["attribution"], m["content"], m["relation"]) for m in thread["members"]] == wanted


def test_records_without_text_link_by_speakers_and_figures():
    found = linked(ROWS)
    assert ["x", "y"] in [story["articles"] for story in found["stories"]]
    members = [thread["members"] for thread in found["figure_threads"] if thread["unit"] == "views"]
    assert members == [[{"article": "x", "figure": "f1"}, {"article": "y", "figure": "f2"}]]


def test_the_order_of_rows_does_not_matter():
    wanted = linked(ROWS)
    for seed in range(4):
        shuffled = random.Random(seed).sample(ROWS, len(ROWS))
        assert linked(shuffled) == wanted


def test_duplicates_are_named():
    long = " ".join(f"Sentence number {i} is about the harbour bridge." for i in range(9))
    rows = [row("a", long, outlet="Harbour Wire"), row("b", long, outlet="Lantern Post")]
    assert linked(rows)["duplicates"] == [{"articles": ["a", "b"], "kind": "wire copy"}]


def test_nothing_links_to_nothing():
    wanted = ("stories", "threads", "figure_threads", "conflicts", "duplicates", "exchanges")
    assert linked([]) == {name: [] for name in wanted}


def test_an_article_given_twice_counts_once():
    assert [story["articles"] for story in linked([ROWS[2], ROWS[2]])["stories"]] == [["c"]]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ([], "not an object with id and text"),
        ({"text": "no id"}, "needs an id"),
        ({"id": "a", "text": None, "error": "needs text"}, "needs text"),
        ({"id": "a", "text": 3}, "text must be a string or null"),
        ({"id": "a", "published": 20240501}, "published must be a string or null"),
        ({"id": "a", "figures": 3}, "figures must be a list of objects"),
        ({"id": "a", "attributions": ["she said"]}, "attributions must be a list of objects"),
        ({"id": "a", "figures": [{"value": "many"}]}, "in figures[0] value must be a number or null"),
        ({"id": "a", "figures": [{}, {"value": float("nan")}]}, "in figures[1] value must be a number or null"),
        ({"id": "a", "figures": [{"span": [4]}]}, "in figures[0] span must give each place as [start, end]"),
        ({"id": "a", "figures": [{"as_of": 2024}]}, "in figures[0] as_of must be a string or null"),
        ({"id": "a", "figures": [{"asserted_by": ["x"]}]}, "in figures[0] asserted_by must be a string or null"),
        ({"id": "a", "figures": [{}, {"id": [1]}]}, "in figures[1] id must be a number or a string"),
        (
            {"id": "a", "attributions": [{"content": [[9, 4]]}]},
            "in attributions[0] content has a place that ends before it starts: [9, 4]",
        ),
    ],
)
def test_a_bad_row_is_told_in_one_sentence(bad, reason):
    with pytest.raises(InputError) as caught:
        from_row(bad)
    assert caught.value.reason == reason


@pytest.mark.parametrize("written", ["2024-05-01", "2024-05-01T10:00:00Z", "20240501T100000", "1 May 2024"])
def test_a_day_is_read_however_it_is_written(written):
    assert from_row({"id": "a", "text": None, "lang": "en", "published": written}).day() == date(2024, 5, 1)


@pytest.mark.parametrize(
    ("told", "differs"),
    [("5 people were injured", True), ("40 people were injured", False), ("Dozens of people were injured", False)],
)
def test_a_vague_count_reaches_linking_with_its_lower_bound(told, differs):
    texts = (f"A blast killed 7 people in Arvell. {many} there." for many in ("Dozens of people were injured", told))
    rows = [
        annotated({"id": f"a{i}", "text": text, "lang": "en", "published": "2024-02-10"})
        for i, text in enumerate(texts)
    ]
    assert rows[0]["figures"][1]["least"] == 24
    conflicts = [c.why for c in link([from_row(json.loads(json.dumps(row))) for row in rows]).conflicts]
    said = "Different figure for injured: vague, at least 24 against 5."
    assert conflicts == ([said] if differs else [])


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"nested_in": [1]}, "in attributions[0] nested_in must be an index or null"),
        ({"content": [[5, 5000]]}, "in attributions[0] content ends behind the text"),
        ({"speaker": " · "}, None),
        ({"source": [[5, 5]]}, None),
    ],
)
def test_one_odd_record_costs_its_row_alone(odd, reason):
    rows = [row("a", TEXT, attributions=[said(TEXT, WORDS) | odd]), row("b", TEXT, attributions=[said(TEXT, WORDS)])]
    found, errors = workspace.link([json.dumps(one) for one in rows], meaning=False)
    assert errors == [reason, None]
    assert "b" in {id for story in found["stories"] for id in story["articles"]}


def test_a_day_that_is_none_costs_its_row_alone():
    rows = [row("a", TEXT, times=[{"span": [0, 7], "value": "2024-02-30"}]), row("b", TEXT)]
    _, (first, second) = workspace.link([json.dumps(one) for one in rows], meaning=False)
    assert first is not None
    assert first.startswith("in times[0]")
    assert second is None


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": ' + "1" * 5000 + "}", "{"])
def test_a_line_that_is_no_json_costs_itself_alone(line):
    found, errors = workspace.link([line, json.dumps(row("b", TEXT))], meaning=False)
    assert errors[0] is not None
    assert "is not valid JSON" in errors[0]
    assert errors[1] is None
    assert [story["articles"] for story in found["stories"]] == [["b"]]
