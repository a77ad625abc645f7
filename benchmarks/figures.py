"""Figures and times against the gold of ../shared: the scorer's tables and words per CPU-second.

python benchmarks/figures.py            # all sets
python benchmarks/figures.py surfaces   # one of them
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sayso.extraction.figures import figures
from sayso.extraction.times import times
from sayso.languages.pack import available, load
from sayso.languages.schema import Words
from sayso.text.tokens import tokenize

SHARED = Path(__file__).parents[1].parent / "shared"
SETS = {
    "surfaces": ("figures", "surfaces.dev.jsonl"),
    "articles": ("figures", "articles.dev.jsonl"),
    "times": ("times", "times.jsonl"),
    "tempeval3": ("times", "tempeval3_platinum.jsonl"),
    "recognizers_number": ("figures", "recognizers_number.dev.jsonl"),
}


def words_of(lang: str) -> Words:
    """The pack of a language, or that of digits and shared signs."""
    return load(lang if lang in available() else "und")


def annotate(row: dict[str, Any]) -> dict[str, Any]:
    """One gold row with the figures and times that sayso finds in its text."""
    words, tokens = words_of(row["lang"]), tokenize(row["text"])
    found = times(tokens, words, row.get("published"), [])
    counted = figures(tokens, words, [], found, row.get("published"))
    return {
        "id": row["id"],
        "times": [{"span": list(t.span), "value": t.value} for t in found],
        "figures": [
            {
                "span": list(f.span),
                "value": f.value,
                "value_high": f.value_high,
                "unit": f.unit,
                "qualifier": f.qualifier,
            }
            | {"scope": f.scope, "window": f.window, "as_of": f.as_of, "asserted_by": f.asserted_by}
            for f in counted
        ],
    }


def measure(name: str) -> None:
    """Annotate one gold set, print the scorer's table and the speed."""
    kind, file = SETS[name]
    gold = SHARED / "data" / "figures" / file
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    for row in rows[:50]:
        annotate(row)
    start = time.process_time()
    answers = [annotate(row) for row in rows]
    spent = time.process_time() - start
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers), encoding="utf-8")
        print(f"== {name}: {sum(len(r['text'].split()) for r in rows) / spent:,.0f} words per CPU-second", flush=True)
        subprocess.run([sys.executable, "score.py", kind, str(gold), str(path)], cwd=SHARED / "eval", check=True)


if __name__ == "__main__":
    for name in sys.argv[1:] or SETS:
        measure(name)
