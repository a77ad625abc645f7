"""Figures beside peers on the same rows: recognizers-text and quantulum3, from an environment of their own.

python benchmarks/figure_peers.py [SHARED]     # sets up benchmarks/out/figure-peers at first; prints one table
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PEERS = HERE / "out" / "figure-peers"
PACKAGES = ("recognizers-text-number", "recognizers-text-number-with-unit", "quantulum3", "emoji<2", "setuptools<81")
SETS = ("surfaces", "articles", "recognizers_number", "recognizers_currency", "recognizers_dimension")
CULTURES = {"en": "en-us", "fr": "fr-fr", "es": "es-es", "pt": "pt-br", "de": "de-de", "zh": "zh-cn", "ja": "ja-jp"}
"""Other languages are read as English, by digits."""
SYSTEMS = ("sayso", "recognizers", "quantulum3")
Row = dict[str, Any]


def rows(shared: Path, name: str) -> list[Row]:
    """The gold rows of one set."""
    path = shared / "data" / "figures" / f"{name}.dev.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def with_sayso(row: Row) -> list[Row]:
    """Spans and values of the figures that sayso finds."""
    from figures import annotate, prepared

    return annotate(*prepared(row))["figures"]


def with_recognizers(row: Row) -> list[Row]:
    """The same of recognizers-text: numbers, currencies and dimensions, the longest where they overlap."""
    from recognizers_number import recognize_number
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    culture = CULTURES.get(row["lang"], "en-us")
    found: list[Row] = []
    for recognize in (recognize_currency, recognize_dimension, recognize_number):
        for one in recognize(row["text"], culture):
            span = [one.start, one.end + 1]
            if not any(span[0] < other["span"][1] and other["span"][0] < span[1] for other in found):
                found.append({"span": span, "value": _number((one.resolution or {}).get("value"))})
    return found


def with_quantulum3(row: Row) -> list[Row]:
    """The same of quantulum3, which knows English only."""
    from quantulum3 import parser

    return [{"span": list(one.span), "value": one.value} for one in parser.parse(row["text"])]


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None


def answers(system: str, found: list[Row]) -> list[list[Row] | None]:
    """What one system finds in each row; None where it fails."""
    work = {"sayso": with_sayso, "recognizers": with_recognizers, "quantulum3": with_quantulum3}[system]
    told: list[list[Row] | None] = []
    for row in found:
        try:
            told.append(work(row))
        except Exception as error:  # noqa: BLE001 - a peer's failure is part of what is measured
            print(f"{system}: {row['id']}: {type(error).__name__}", file=sys.stderr)
            told.append(None)
    return told


def counts(shared: Path, found: list[Row], told: list[list[Row] | None]) -> Counter[str]:
    """Golds, answers, hits and rows that failed, by the scorer's own pairing."""
    sys.path.insert(0, str(shared / "eval"))
    from score import pair_up, same_number  # type: ignore[import-not-found]

    total: Counter[str] = Counter()
    for row, figures in zip(found, told, strict=True):
        hits = pair_up(row["figures"], figures or [], lambda a, b: same_number(a["value"], b.get("value")))
        total.update(gold=len(row["figures"]), pred=len(figures or ()), hit=len(hits), failed=figures is None)
    return total


def set_up() -> Path:
    """Python of the peers' environment."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def main(shared: Path) -> None:
    """One line per set and system: precision, recall and F1 of values."""
    python = set_up()
    print("| set | system | P | R | F1 | failed |\n|---|---|---|---|---|---|")
    for name in SETS:
        for system in SYSTEMS:
            runner = sys.executable if system == "sayso" else str(python)
            run = [runner, __file__, str(shared), "--run", name, system]
            k = json.loads(subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
            precision, recall = 100 * k["hit"] / max(1, k["pred"]), 100 * k["hit"] / k["gold"]
            f1 = 200 * k["hit"] / (k["pred"] + k["gold"])
            print(f"| {name} | {system} | {precision:.1f} | {recall:.1f} | {f1:.1f} | {k['failed']} |", flush=True)


def run_one(shared: Path, name: str, system: str) -> None:
    """Print one system's counts on one set as JSON."""
    found = rows(shared, name)
    print(json.dumps(counts(shared, found, answers(system, found))))


if __name__ == "__main__":
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "shared"
    if "--run" in sys.argv:
        run_one(home, *sys.argv[-2:])
    else:
        main(home)
