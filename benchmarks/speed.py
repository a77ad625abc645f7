"""Words per CPU-second of annotate (no encoder), and start-up times: python benchmarks/speed.py [SHARED]."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sayso.extraction.annotate import annotated

SETS = ("polnear.dev", "ar.dev", "ru.dev", "fr.dev", "es.dev", "wikinews-de.dev")
WORD = re.compile(r"\w+")


def annotate_speed(path: Path) -> tuple[int, float]:
    """Words and their median speed over three runs."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    bare = [{"id": r["id"], "lang": r["lang"], "published": "2024-02-10", "text": r["text"]} for r in rows]
    words = sum(len(WORD.findall(r["text"])) for r in rows)
    annotated(bare[0])
    return words, statistics.median(words / _cpu(lambda: [annotated(r) for r in bare]) for _ in range(3))


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def start_up(*words: str) -> float:
    """Median wall seconds of a whole process over seven runs."""
    took = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([sys.executable, *words], capture_output=True, check=True)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main(shared: Path) -> None:
    for name in SETS:
        words, speed = annotate_speed(shared / "data" / "attribution" / f"{name}.jsonl")
        print(f"annotate {name:16s} {words:7d} words {speed:9,.0f} words/CPU-s")
    bare = start_up("-c", "pass")
    for words_ in (("-c", "import sayso"), ("-c", "import sayso.workspace"), ("-m", "sayso", "--help")):
        print(f"{' '.join(words_):32s} {start_up(*words_):.3f} s (python itself {bare:.3f} s)")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
