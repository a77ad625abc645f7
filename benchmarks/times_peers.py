"""Times beside peers, on the same rows and by the same scorer: sayso, dateparser and recognizers-text.

python benchmarks/times_peers.py [SHARED]     # sets up benchmarks/out/times_peers at first; one process each
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PEERS = HERE / "out" / "times_peers"
NEEDS = ("dateparser==1.5.0", "recognizers-text-date-time==1.0.2a2", "emoji==1.7.0")
SETS = ("times.jsonl", "tempeval3_platinum.jsonl")
GRAINS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V"}
DAYS = {"daterange", "datetimerange"}
Row = dict[str, Any]
Found = Iterator[tuple[int, int, str]]


def with_sayso() -> Callable[[Row], Found]:
    from sayso.extraction.attributions.read import attributions
    from sayso.extraction.times.read import times
    from sayso.languages.pack import load
    from sayso.text.tokens import tokenize

    def find(row: Row) -> Found:
        words, tokens = load(row["lang"]), tokenize(row["text"])
        for found in times(tokens, words, row["published"], attributions(tokens, words)):
            yield found.span.start, found.span.end, found.value

    return find


def with_dateparser() -> Callable[[Row], Found]:
    """A day, a week, a month or a year, as it says how exact its moment is."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    def find(row: Row) -> Found:
        settings = {"RELATIVE_BASE": datetime.fromisoformat(row["published"]), "PREFER_DATES_FROM": "past"}
        at = 0
        for words, moment in search_dates(row["text"], languages=[row["lang"]], settings=settings) or []:
            start = row["text"].find(words, at)
            if start >= 0:
                at = start + len(words)
                period = DateDataParser(languages=[row["lang"]], settings=settings).get_date_data(words).period
                yield start, at, moment.strftime(GRAINS.get(period or "day", "%Y-%m-%d"))

    return find


def with_recognizers() -> Callable[[Row], Found]:
    """Its TIMEX where that is definite, else the latest of its readings that is not to come."""
    from recognizers_date_time import recognize_datetime

    cultures = {"en": "en-us"}

    def find(row: Row) -> Found:
        if row["lang"] not in cultures:
            return
        reference = datetime.fromisoformat(row["published"])
        for found in recognize_datetime(row["text"], cultures[row["lang"]], reference=reference):
            values = (found.resolution or {}).get("values") or [{}]
            past = [v for v in values if v.get("value", v.get("start", "9"))[:10] <= row["published"]]
            yield found.start, found.end + 1, _value((past or values)[-1])

    return find


def _value(reading: dict[str, str]) -> str:
    timex, kind = reading.get("timex", ""), reading.get("type", "")
    if "XX" not in timex and not timex.startswith("("):
        return timex
    if timex.startswith("XXXX-") and "start" in reading:
        return reading["start"][:4] + timex[4:]
    if kind in DAYS and "start" in reading and "end" in reading:
        return f"{reading['start']}/{reading['end']}"
    return re.sub(" ", "T", reading.get("value", timex))


SYSTEMS = {"sayso": with_sayso, "dateparser": with_dateparser, "recognizers-text": with_recognizers}


def answer(name: str, gold: Path, out: Path) -> None:
    """Write one system's answers to one set; print its words per CPU-second."""
    find = SYSTEMS[name]()
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    for row in {row["lang"]: row for row in rows}.values():
        list(find(row))
    lines, began = [], time.process_time()
    for row in rows:
        found = [{"span": [start, end], "value": value} for start, end, value in find(row)]
        lines.append(json.dumps({"id": row["id"], "times": found}, ensure_ascii=False))
    spent = time.process_time() - began
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(round(sum(len(row["text"].split()) for row in rows) / spent))


def main(shared: Path) -> None:
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDS], check=True)
    for file in SETS:
        gold = shared / "data" / "figures" / file
        for name in SYSTEMS:
            out = PEERS / f"{name}.{file}"
            command = [sys.executable if name == "sayso" else python, __file__, "--only", name, gold, out]
            speed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]
            print(f"== {file}, {name}: {int(speed):,} words per CPU-second", flush=True)
            subprocess.run([sys.executable, "score.py", "times", gold, out], cwd=shared / "eval", check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        answer(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parents[1] / "shared").resolve())
