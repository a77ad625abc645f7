"""Quote checking on the fidelity gauntlet: python benchmarks/fidelity.py [SHARED]."""

from __future__ import annotations

import collections
import json
import statistics
import sys
import time
from pathlib import Path

from sayso.linking.quotes.fidelity import check
from sayso.linking.quotes.transcript import transcript


def main(shared: Path) -> None:
    folder = shared / "data" / "fidelity"
    rows = [json.loads(line) for line in (folder / "gauntlet.dev.jsonl").read_text(encoding="utf-8").splitlines()]
    sources = {p.name: transcript(p.read_text(encoding="utf-8")) for p in (folder / "transcripts").glob("*.txt")}
    took: list[float] = []
    table: collections.Counter[tuple[str, str]] = collections.Counter()
    for row in rows:
        began = time.process_time()
        verdict = check(row["quote"], sources[row["transcript"]]).verdict
        took.append(1000 * (time.process_time() - began))
        table[row["relation"], verdict] += 1
    for (gold, said), count in sorted(table.items()):
        print(f"  gold {gold:10s} said {said:10s} {count}")
    right = sum(count for (gold, said), count in table.items() if gold == said)
    falsely = sum(count for (gold, said), count in table.items() if said == "verbatim" != gold)
    print(f"right {right} of {len(rows)}; called verbatim though it is not: {falsely}")
    print(f"CPU ms a quote: median {statistics.median(took):.1f}, most {max(took):.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
