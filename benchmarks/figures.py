"""Figures and times against the gold of ../shared: the scorer's tables and words per CPU-second.

python benchmarks/figures.py            # all sets
python benchmarks/figures.py surfaces   # one of them
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sayso.extraction.attributions.read import attributions
from sayso.extraction.figures.read import figures
from sayso.extraction.nouns import Attribution
from sayso.extraction.speakers.resolve import resolve
from sayso.extraction.times.read import times
from sayso.languages.pack import find_or_neutral
from sayso.languages.schema import Words
from sayso.text.tokens import Tokens, tokenize

SHARED = Path(__file__).parents[1].parent / "shared"
SETS = {
    "surfaces": ("figures", "surfaces.dev.jsonl"),
    "articles": ("figures", "articles.dev.jsonl"),
    "times": ("times", "times.jsonl"),
    "tempeval3": ("times", "tempeval3_platinum.jsonl"),
    "recognizers_number": ("figures", "recognizers_number.dev.jsonl"),
    "recognizers_currency": ("figures", "recognizers_currency.dev.jsonl"),
    "recognizers_dimension": ("figures", "recognizers_dimension.dev.jsonl"),
}


Row = dict[str, Any]


def prepared(row: Row) -> tuple[Row, Tokens, Words, list[Attribution]]:
    """A gold row with what the two rooms are given: tokens, words and the attributions found in it."""
    words, tokens = find_or_neutral(row["lang"]), tokenize(row["text"])
    return row, tokens, words, resolve(tokens, words, attributions(tokens, words))


def annotate(row: Row, tokens: Tokens, words: Words, said: list[Attribution]) -> Row:
    """The row's id with the figures and times that sayso finds."""
    found = times(tokens, words, row.get("published"), said)
    counted = figures(tokens, words, said, found, row.get("published"))
    return {
        "id": row["id"],
        "times": [{"span": list(t.span), "value": t.value} for t in found],
        "figures": [asdict(f) | {"span": list(f.span)} for f in counted],
    }


def measure(name: str) -> None:
    """Annotate one gold set, print the scorer's table and the speed of figures and times together."""
    kind, file = SETS[name]
    gold = SHARED / "data" / "figures" / file
    rows = [prepared(json.loads(line)) for line in gold.read_text(encoding="utf-8").splitlines()]
    answers = [annotate(*row) for row in rows]
    start = time.process_time()
    for row in rows:
        annotate(*row)
    spent = time.process_time() - start
    words = sum(len(row["text"].split()) for row, *_ in rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers), encoding="utf-8")
        print(f"== {name}: {words / spent:,.0f} words per CPU-second", flush=True)
        subprocess.run([sys.executable, "score.py", kind, str(gold), str(path)], cwd=SHARED / "eval", check=True)


if __name__ == "__main__":
    for name in sys.argv[1:] or SETS:
        measure(name)
