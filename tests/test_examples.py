"""The examples, read and linked as a user would, against what a careful reader gets from them (examples/expected.json)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sayso.documents.nouns import Version
from sayso.linking.fidelity import check
from sayso.linking.transcript import transcript

EXAMPLES = Path(__file__).parents[1] / "examples"
ARTICLES = EXAMPLES / "articles"
SHARED = Path(__file__).parents[2] / "shared"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
STORIES = {story["name"]: story for story in EXPECTED["stories"]}
STATEMENTS = [statement for story in EXPECTED["stories"] for statement in story["statements"]]
FIGURES = [figure for story in EXPECTED["stories"] for figure in story["figures"]]


# The texts themselves


def raw_texts() -> dict[str, str]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in ARTICLES.iterdir()}
    rows = [json.loads(line) for line in texts.pop("feed.jsonl").splitlines()]
    pages = {
        name: html.unescape(re.sub(r"<[^>]+>", "", text)) for name, text in texts.items() if name.endswith(".html")
    }
    return texts | pages | {row["id"]: f"{row['title']}\n\n{row['text']}" for row in rows}


def test_every_article_is_in_one_story_and_long_enough():
    texts = raw_texts()
    assert sorted(name for story in STORIES.values() for name in story["articles"]) == sorted(texts)
    short = {name: len(text.split()) for name, text in texts.items() if len(text.split()) < 80}
    assert not short


def test_expected_words_stand_in_the_articles():
    texts = raw_texts()
    wanted = [(s["article"], words) for s in STATEMENTS for words in s["content"]]
    wanted += [(f["article"], f["words"]) for f in FIGURES]
    assert [pair for pair in wanted if pair[1] not in texts[pair[0]]] == []


# Short quotations of public words that also stand in the data, by their eight words; none is needed at present.
QUOTED: set[str] = set()


def runs(text: str, length: int = 8) -> Iterator[str]:
    words = re.findall(r"\w+", text.casefold())
    return (" ".join(words[i : i + length]) for i in range(len(words) - length + 1))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def test_no_sentence_is_copied_from_the_data():
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    ours = {run: name for name, text in raw_texts().items() for run in runs(text)}
    copied: set[str] = set()
    for path in sorted([*(SHARED / "seeds").glob("*.txt"), *(SHARED / "data" / "stories").glob("*.jsonl")]):
        text = path.read_text(encoding="utf-8")
        rows = [text] if path.suffix == ".txt" else [s for line in text.splitlines() for s in strings(json.loads(line))]
        copied |= {run for row in rows for run in runs(row) if run in ours}
    assert copied - QUOTED == set()


def test_the_three_quotes_of_the_transcript():
    spoken = transcript((EXAMPLES / "transcript.txt").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in (EXAMPLES / "quotes.jsonl").read_text(encoding="utf-8").splitlines()]
    verdicts = {row["id"]: check(row["quote"], spoken).verdict for row in rows}
    assert verdicts == {"same-words": "verbatim", "cut-and-marked": "trimmed", "another-number-and-no-not": "altered"}


# Read and linked


@cache
def versions() -> dict[str, Version]:
    documents = pytest.importorskip("sayso.documents.read", reason="documents cannot be read yet")
    found: dict[str, Version] = {}
    for path in sorted(ARTICLES.iterdir()):
        for capture in documents.captures(path):
            for version in documents.versions(capture):
                found[version.id if path.suffix == ".jsonl" else path.name] = version
    return found


def test_every_article_is_read_with_its_language_date_and_outlet():
    read = versions()
    assert sorted(read) == sorted(EXPECTED["articles"])
    for name, wanted in EXPECTED["articles"].items():
        version = read[name]
        assert version.lang == wanted["lang"], name
        assert (version.published or "")[:10] == (wanted["published"] or ""), name
        if not name.endswith(".txt"):
            assert version.outlet == wanted["outlet"], name


def test_pages_are_read_without_what_stands_around_the_article():
    text = "\n".join(version.text for name, version in versions().items() if name.endswith(".html"))
    for around in (
        "cookie",
        "Newsletter",
        "Obituaries",
        "ملفات تعريف",
        "Mentions légales",
        "Impressum",
        "Ferry timetable",
    ):
        assert around not in text
