"""Figures for other programs: linked data, table and lines, and the command that writes them."""

from __future__ import annotations

import csv
import io
import json
import math

import pytest
from tests.interfaces.figure_samples import ARABIC, growth, story, telling, view
from tests.interfaces.test_cli import sayso, written

from sayso.interfaces import exports, figure_units
from sayso.interfaces.figure_linked import jsonld
from sayso.languages.measures import is_measure, measures

PORT = [
    {
        "id": f"p{day}",
        "lang": "en",
        "outlet": outlet,
        "published": f"2024-02-{day}",
        "title": "Port of Ansel closed by strike",
        "text": f"Mira Holt said that {count} ships had left the port of Ansel after the strike closed it.",
    }
    for day, outlet, count in ((10, "Post", 40), (11, "Wire", 55), (12, "Post", 70))
]


def graph(*comparisons) -> list[dict]:
    return json.loads(jsonld(comparisons))["@graph"]


def observations(*comparisons) -> list[dict]:
    return [node for node in graph(*comparisons) if "Observation" in node["@type"]]


# Linked data


@pytest.mark.parametrize(
    ("qualifier", "high", "expected"),
    [
        ("exact", None, {"value": 5}),
        ("about", None, {"value": 5}),
        ("over", None, {"minValue": 5}),
        ("at least", None, {"minValue": 5}),
        ("nearly", None, {"maxValue": 5}),
        ("up to", None, {"maxValue": 5}),
        ("under", None, {"maxValue": 5}),
        ("exact", 7, {"minValue": 5, "maxValue": 7}),
        ("about", 7, {"minValue": 5, "maxValue": 7}),
    ],
)
def test_words_set_the_bounds(qualifier, high, expected):
    (found,) = observations(story(view(telling(5, qualifier=qualifier, value_high=high))))
    assert {key: found[key] for key in ("value", "minValue", "maxValue") if key in found} == expected
    assert {"@type": "PropertyValue", "name": "qualifier", "value": qualifier} in found["additionalProperty"]


def test_an_observation_tells_what_of_what_when_who_and_where():
    one = telling(8, unit="tonnes", outlet=ARABIC, asserted_by="Mira Holt", window="PT24H", words="ثمانية")
    comparison = story(view(one, thread="f-9"))
    (found,) = observations(comparison)
    assert (found["unitText"], found["unitCode"], found["variableMeasured"]) == ("tonnes", "TNE", "tonnes")
    assert (found["observationAbout"]["name"], found["observationDate"]) == ("X", "2024-02-10")
    assert found["observationPeriod"] == "PT24H"
    claim = found["subjectOf"]
    assert (claim["author"], claim["text"]) == ({"name": "Mira Holt"}, "Some ثمانية.")
    place = claim["appearance"]
    assert place["text"] == "ثمانية"
    assert place["oa:hasSelector"] == [{"@type": "oa:TextPositionSelector", "oa:start": 4, "oa:end": 10}]
    (article,) = [node for node in graph(comparison) if node["@type"] == "NewsArticle"]
    assert place["isPartOf"] == {"@id": article["@id"]} == {"@id": "https://0.example/a"}
    assert article["publisher"]["name"] == ARABIC


def test_what_is_not_known_is_left_out():
    (found,) = observations(story(view(telling(None, None, scope=None, unit=None))))
    assert not {"value", "unitText", "unitCode", "observationDate", "observationAbout"} & found.keys()
    assert json.loads(jsonld([])) == {"@context": json.loads(jsonld([]))["@context"], "@graph": []}
    assert "value" not in observations(story(view(telling(math.inf))))[0]


def test_every_telling_has_an_address_of_its_own():
    ids = [node["@id"] for node in graph(growth())]
    assert len(ids) == len(set(ids)) == 5 + 10


def test_codes_belong_to_units_that_are_measures_or_people():
    assert figure_units.code("views") is figure_units.code(None) is None
    assert all(is_measure(unit) for unit in figure_units.CODES if unit != "people")
    assert all(is_measure(unit) for unit in measures().measures)
    assert [is_measure(unit) for unit in ("INR", "USD/barrel", "views", "people", None)] == [
        *(True, True, False, False, False)
    ]


# Lines and tables


def test_a_line_for_every_telling_with_the_fields_of_annotate():
    rows = [json.loads(line) for line in exports.figure_lines([growth()])]
    assert len(rows) == 10
    assert rows[1] == {
        "span": [4, 19],
        "value": 150_000_000,
        "value_high": None,
        "change": False,
        "least": None,
        "unit": "views",
        "qualifier": "over",
        "scope": "X",
        "window": None,
        "as_of": "2024-02-10",
        "asserted_by": "Dmitry Peskov",
        "article": "Harbour Wire-1",
        "outlet": "Harbour Wire",
        "lang": "en",
        "published": "2024-02-10",
        "standing": "same",
        "earliest": False,
        "dropped": None,
        "words": "150000000 views",
        "sentence": "Some 150000000 views.",
        "url": "https://1.example/a",
        "title": "News of Harbour Wire-1",
        "story": "s1",
        "thread": "f-1",
        "conflict": False,
    }


def test_a_row_has_the_bounds_and_the_code():
    rows = list(csv.DictReader(io.StringIO(exports.figures_csv([growth()]), newline="")))
    assert [(r["value"], r["min_value"], r["max_value"]) for r in rows[1:6]] == [
        ("150000000", "150000000", ""),
        ("150000000", "150000000", ""),
        ("166000000", "", ""),
        ("190000000", "190000000", "210000000"),
        ("250000000", "", "250000000"),
    ]
    assert rows[-1]["unit_code"] == "MIN"


# The command


@pytest.mark.encoder
def test_the_command_shows_and_writes_figures(tmp_path):
    written(tmp_path / "in.jsonl", *PORT)
    assert sayso("read", "in.jsonl", cwd=tmp_path).returncode == 0
    listed = sayso("figures", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert "ships" in listed.stdout.decode()
    rows = [json.loads(line) for line in sayso("figures", "--json", cwd=tmp_path).stdout.splitlines()]
    assert sorted(row["value"] for row in rows) == [40, 55, 70]
    stories = {row["story"] for row in rows}
    whole = sayso("figures", stories.pop(), "--outlet", "post", cwd=tmp_path).stdout.decode()
    assert "“40 ships”" in whole
    assert "55 ships" not in whole
    done = sayso("figures", "--csv", "f.csv", "--jsonld", "f.jsonld", "--plot", "f.svg", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().splitlines() == [
        "f.csv: tellings 3",
        "f.jsonld: tellings 3",
        f"f.svg: stories {1 + len(stories)}",
    ]
    assert len(json.loads((tmp_path / "f.jsonld").read_text(encoding="utf-8"))["@graph"]) == 6
    assert (tmp_path / "f.svg").read_text(encoding="utf-8").startswith("<svg")
    missed = sayso("figures", "--unit", "boats", cwd=tmp_path)
    assert (missed.returncode, missed.stdout.decode()) == (
        0,
        "No figures with unit 'boats'. There are, by unit: ships.\n",
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--plot", "a.gif"], 2, "--plot writes OUT.svg, OUT.png or OUT.html"),
        ([], 1, "holds no ledger yet"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path, words, status, said):
    done = sayso("figures", *words, cwd=tmp_path)
    assert done.returncode == status
    [line] = done.stderr.decode().splitlines()
    assert said in line
