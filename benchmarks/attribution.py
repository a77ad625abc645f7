"""Attributions against gold: the scorer's table of ../shared, precision by rule, and words per CPU-second.

python benchmarks/attribution.py                        # the development sets
python benchmarks/attribution.py GOLD.jsonl… --rules
python benchmarks/attribution.py GOLD.jsonl --speakers --shared ../shared
python benchmarks/attribution.py GOLD.jsonl… --given    # speakers alone, of the gold attributions
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from sayso.extraction.nouns import Attribution
from sayso.extraction.read import read
from sayso.extraction.rows import row as row_of
from sayso.extraction.speakers.resolve import resolve
from sayso.languages.pack import find_or_neutral
from sayso.text.span import Span
from sayso.text.tokens import tokenize

SHARED = Path(__file__).parents[1].parent / "shared"
SETS = ("polnear", "ar", "ru", "fr", "es", "wikinews-de", "pt", "it", "tr", "uk", "fa", "zh")

Row = dict[str, Any]


def annotated(rows: list[Row]) -> tuple[list[Row], float]:
    """The rows as sayso reads them, and the CPU-seconds spent."""
    read("", rows[0].get("lang") or "en")
    start = time.process_time()
    found = [
        {**row, **row_of(read(row["text"], row.get("lang") or "en", row.get("published"), row.get("title")))}
        for row in rows
    ]
    return found, time.process_time() - start


def resolved(rows: list[Row]) -> list[Row]:
    """The rows with their own attributions, the speakers as sayso resolves them."""
    out = []
    for row in rows:
        words = find_or_neutral(row.get("lang") or "en")
        bare = [_attribution(one) for one in row["attributions"]]
        said = resolve(tokenize(row["text"]), words, bare, row.get("title"))
        named = [{**one, "speaker": new.speaker} for one, new in zip(row["attributions"], said, strict=True)]
        out.append({**row, "attributions": named})
    return out


def _attribution(one: Row) -> Attribution:
    source, cue, content = (tuple(Span(*span) for span in one[key]) for key in ("source", "cue", "content"))
    return Attribution(source, cue, content, one["type"], nested_in=one.get("nested_in"))


def by_rule(scorer: ModuleType, gold: list[Row], found: list[Row]) -> None:
    """Share of each rule's finds that are right: content, and content with source."""
    count: Counter[tuple[str, str]] = Counter()
    for want, have in zip(gold, found, strict=True):
        index = scorer.TokenIndex(want["text"])
        wanted, had = want["attributions"], have["attributions"]
        contents = [[index.ids(one["content"]) for one in side] for side in (wanted, had)]
        count.update(("found", one["rule"]) for one in had)
        for i, j, _ in scorer.match(*contents):
            rule = had[j]["rule"]
            count["content", rule] += 1
            count["both", rule] += scorer.source_ok(index.ids(wanted[i]["source"]), index.ids(had[j]["source"]))
    for rule in sorted({rule for _, rule in count}):
        n = count["found", rule]
        print(
            f"  {rule:14s} {n:6d}  content {count['content', rule] / n:.2f}  with source {count['both', rule] / n:.2f}"
        )


def speakers(scorer: ModuleType, path: Path, found: list[Row]) -> None:
    """Canonical names of the matched attributions."""
    with TemporaryDirectory() as folder:
        predicted = Path(folder) / "found.jsonl"
        predicted.write_text("\n".join(json.dumps(row) for row in found), encoding="utf-8")
        scorer.speakers(str(path), str(predicted))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--rules", action="store_true", help="precision by rule")
    parser.add_argument("--speakers", action="store_true", help="canonical names")
    parser.add_argument("--given", action="store_true", help="canonical names of the gold attributions")
    parser.add_argument("--by-outlet", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(given.shared / "eval"))
    scorer = import_module("score_attributions")
    for path in given.gold or [given.shared / "data" / "attribution" / f"{name}.dev.jsonl" for name in SETS]:
        gold = scorer.load(path)
        if given.given:
            speakers(import_module("score"), path, resolved(gold))
            continue
        found, seconds = annotated(gold)
        report = scorer.score(gold, found)
        scorer.show(report, path.name)
        print(f"  words per CPU-second (all of read)   {report['words'] / max(seconds, 1e-9):,.0f}")
        if given.by_outlet:
            for outlet in sorted({str(row.get("outlet")) for row in gold}):
                scorer.show(scorer.score([row for row in gold if str(row.get("outlet")) == outlet], found), outlet)
        if given.rules:
            by_rule(scorer, gold, found)
        if given.speakers:
            speakers(import_module("score"), path, found)


if __name__ == "__main__":
    main()
