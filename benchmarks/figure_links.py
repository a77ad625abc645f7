"""Figure threads of figures that sayso reads itself, on the articles of ../shared/data/stories that have text.

Each gold figure is matched to the figure read at its place (without a place: to one of its value), one to one, longest
overlap first; BCubed over those matched, and over all with the unmatched alone. Once with the gold stories, once with
the stories found.

python benchmarks/figure_links.py [../shared]
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sayso.extraction.annotate import annotated
from sayso.linking.article import Annotated, from_row
from sayso.linking.link import link
from sayso.linking.nouns import FigureThread, Story
from sayso.linking.speakers.join import speakers
from sayso.linking.within import together, within
from sayso.models.encoder import Encoder

Row = dict[str, Any]
Place = tuple[str, int | str]


def main(shared: Path) -> None:
    stories = shared / "data" / "stories"
    read = [annotated(row) for row in _rows(stories / "articles.dev.jsonl") if row["text"]]
    gold: dict[str, list[Row]] = defaultdict(list)
    for figure in _rows(stories / "figures.dev.jsonl"):
        gold[figure["article"]].append(figure)
    found = {id: place for row in read for id, place in matched(gold[row["id"]], row)}
    wanted = {figure["id"]: figure["thread"] for row in read for figure in gold[row["id"]]}
    missed = [f"{f['surface']!r} ({f['article']})" for row in read for f in gold[row["id"]] if f["id"] not in found]
    print(f"{len(found)} of {len(wanted)} gold figures read; not: {'; '.join(missed) or 'none'}")
    articles, encoder = [from_row(row) for row in read], Encoder(threads=1)
    _score("gold stories", wanted, found, _of_gold_stories(read, articles, encoder))
    _score("found stories", wanted, found, link(articles, encoder).figure_threads)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def matched(gold: list[Row], row: Row) -> list[tuple[str, Place]]:
    """Gold figure -> the place of the figure read, each figure once."""
    read = row["figures"]
    pairs = sorted(
        (-shared, i, j) for i, g in enumerate(gold) for j, f in enumerate(read) if (shared := _overlap(g, f)) > 0
    )
    taken: tuple[set[int], set[int]] = set(), set()
    found: list[tuple[str, Place]] = []
    for _, i, j in pairs:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append((gold[i]["id"], (row["id"], j)))
    return found


def _overlap(gold: Row, read: Row) -> float:
    """Characters that both cover; for a gold figure without a place a little where the values are equal."""
    if gold["text_span"] is None:
        return 0.5 * (gold["value"] is not None and gold["value"] == read["value"])
    return float(min(gold["text_span"][1], read["span"][1]) - max(gold["text_span"][0], read["span"][0]))


def _of_gold_stories(read: list[Row], articles: list[Annotated], encoder: Encoder) -> Iterable[FigureThread]:
    ids: dict[str, list[str]] = defaultdict(list)
    for row in read:
        ids[row["story"]].append(row["id"])
    by_id = {article.id: article for article in articles}
    stories = [Story(id, "", tuple(held)) for id, held in ids.items()]
    names = speakers(articles, stories)
    parts = [within(story, [by_id[id] for id in story.articles], names, encoder) for story in stories]
    return together(parts).figure_threads


def _score(name: str, wanted: Mapping[str, str], matched: Mapping[str, Place], threads: Iterable[FigureThread]) -> None:
    thread = {(m.article, m.figure): t.id for t in threads for m in t.members}
    groups = {id: thread.get(place, id) for id, place in matched.items()}
    print(f"{name}, matched figures: {bcubed({id: wanted[id] for id in groups}, groups)}")
    print(f"{name}, all gold figures: {bcubed(wanted, {id: groups.get(id, id) for id in wanted})}")


def bcubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> str:
    """Precision, recall and F1 of a grouping, item by item."""
    both = Counter((gold[id], found[id]) for id in gold)
    golds, founds = Counter(gold.values()), Counter(found[id] for id in gold)
    precision = sum(n * n / founds[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / golds[g] for (g, _), n in both.items()) / len(gold)
    f1 = 2 * precision * recall / (precision + recall)
    return f"BCubed P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f} ({len(gold)} figures)"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1].parent / "shared"))
