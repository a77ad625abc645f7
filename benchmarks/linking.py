"""Linking on development data: stories, threads, figures, conflicts, names, scored by ../shared/eval/score.py.

python benchmarks/linking.py [../shared]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.process import cdist

from sayso.linking.article import Annotated, from_row
from sayso.linking.figures.conflicts import conflicts
from sayso.linking.figures.join import figure_threads
from sayso.linking.link import link, to_json
from sayso.linking.nouns import Links, Story
from sayso.linking.speakers.names import same_word
from sayso.models.encoder import Encoder

Row = dict[str, Any]


def main(shared: Path) -> None:
    stories = shared / "data" / "stories"
    encoder = Encoder(threads=1)
    articles = _rows(stories / "articles.dev.jsonl")
    told = _by_article(stories / "statements.dev.jsonl")
    counted = _by_article(stories / "figures.dev.jsonl")
    with_text = [{**row, "attributions": _spoken(told[row["id"]], row["text"])} for row in articles if row["text"]]
    records = [
        {**row, "text": None, "title": None, "attributions": _spoken(told[row["id"]]), "figures": counted[row["id"]]}
        for row in articles
        if told[row["id"]] or counted[row["id"]]
    ]
    clusters = _rows(stories / "news_cluster_en.dev.jsonl")
    _score(shared, "stories", stories / "news_cluster_en.dev.jsonl", _annotated(clusters), encoder)
    _score(shared, "stories", stories / "news_cluster_en.dev.jsonl", _annotated(clusters), None)
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("text.jsonl", with_text), ("records.jsonl", records)):
            gold = Path(folder) / name
            gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            _score(shared, "stories", gold, _annotated(rows), encoder)
    _score(shared, "threads", stories / "statements.dev.jsonl", _annotated(with_text), encoder)
    _figures(shared, records)
    _names(shared / "data" / "linking" / "names_en_ar_ru.dev.jsonl")


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _by_article(path: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(path):
        found[row["article"]].append({**row, "span": row.get("text_span")})
    return found


def _spoken(rows: list[Row], text: str | None = None) -> list[Row]:
    """Gold statements as annotate would write them; without their gists, which are the gold threads' own words."""
    kept = [row for row in rows if text is None or row["content_span"]]
    return [
        {"id": row["id"], "speaker": row["speaker"], "type": row["form"], "content": [row["content_span"]]}
        if text
        else {"id": row["id"], "speaker": row["speaker"], "type": row["form"]}
        for row in kept
    ]


def _annotated(rows: list[Row]) -> list[Annotated]:
    return [from_row(row) for row in rows]


def _score(shared: Path, what: str, gold: Path, articles: list[Annotated], encoder: Encoder | None) -> None:
    start = time.perf_counter()
    found = link(articles, encoder)
    seconds = time.perf_counter() - start
    print(f"{what} {gold.name}{'' if encoder else ' without the encoder'}: {len(articles)} articles, {seconds:.0f} s")
    _judge(shared, what, gold, found)


def _figures(shared: Path, records: list[Row]) -> None:
    """Figure threads and conflicts from the records alone, their stories given."""
    stories: dict[str, list[str]] = defaultdict(list)
    for row in records:
        stories[row["story"]].append(row["id"])
    articles = _annotated(records)
    threads = figure_threads(articles, [Story(id, "", tuple(ids)) for id, ids in stories.items()])
    found = Links(figure_threads=tuple(threads), conflicts=tuple(conflicts(articles, [], threads)))
    for what, name in (("figure-threads", "figures"), ("conflicts", "conflicts")):
        print(f"{what} of records")
        _judge(shared, what, shared / "data" / "stories" / f"{name}.dev.jsonl", found)


def _judge(shared: Path, what: str, gold: Path, found: Links) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(to_json(found), file)
        file.flush()
        command = [sys.executable, str(shared / "eval" / "score.py"), what, str(gold), file.name]
        print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _names(path: Path) -> None:
    """accuracy@1 of finding the English name among all, by sound and consonants."""
    rows = _rows(path)
    english = [row["en"] for row in rows]
    for code in ("ar", "ru"):
        scores = cdist([row[code][0] for row in rows], english, scorer=lambda a, b, **_: same_word(a, b))
        print(f"names {code}-en accuracy@1 {(scores.argmax(1) == np.arange(len(rows))).mean():.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
