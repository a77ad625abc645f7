"""Rows of the recognizers sets that sayso cannot have right: their ids and why, and F1 and recall without them.

python benchmarks/lost_commas.py            # all three sets
python benchmarks/lost_commas.py --misses   # and what is missed or too much in the other rows
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from typing import NamedTuple

from conventions import Case, Row, Value, convention, lost, same
from figures import SETS, SHARED, annotate, prepared

NAMES = ("recognizers_number", "recognizers_currency", "recognizers_dimension")
LOST = "lost comma"


class Judged(NamedTuple):
    """One row: golds, answers, hits, and why it cannot be right (nothing: it can)."""

    row: Row
    count: Counter[str]
    why: set[str]
    missed: list[Value]
    extra: list[Value]


def unmatched(gold: list[Value], found: list[Value]) -> tuple[list[Value], list[Value]]:
    """Values of the gold that were not found, and found ones that the gold lacks."""
    missed, rest = [], list(found)
    for value in gold:
        hit = next((i for i, other in enumerate(rest) if same(value, other)), None)
        if hit is None:
            missed.append(value)
        else:
            rest.pop(hit)
    return missed, rest


def judged(name: str, row: Row) -> Judged:
    """One row of a set, answered and compared."""
    ready = prepared(row)
    answer = annotate(*ready)
    wanted = [figure["value"] for figure in row["figures"]]
    found = [figure["value"] for figure in answer["figures"]]
    missed, extra = unmatched(wanted, found)
    case = Case(name, ready[1], ready[2], answer, missed, extra)
    why = {LOST} if lost(case) else convention(case) or set()
    return Judged(row, Counter(hit=len(wanted) - len(missed), gold=len(wanted), found=len(found)), why, missed, extra)


def measure(name: str, *, misses: bool) -> None:
    """Print F1 and recall by language: as scored, without the rows that lost a comma, and without conventions too."""
    gold = SHARED / "data" / "figures" / SETS[name][1]
    rows = [judged(name, json.loads(line)) for line in gold.read_text(encoding="utf-8").splitlines()]
    print(f"== {name}: as scored | without lost commas | without other conventions too")
    for lang in sorted({one.row["lang"] for one in rows} | {"all"}):
        mine = [one for one in rows if lang in (one.row["lang"], "all")]
        kept = [one for one in mine if LOST not in one.why]
        print(f"{lang:4s} {_scores(mine)} | {_scores(kept)} | {_scores([one for one in kept if not one.why])}")
    for (why, lang), ids in sorted(_ids(rows).items()):
        print(f"{why}: {lang} ({len(ids)}): {' '.join(ids)}")
    for one in rows if misses else ():
        if (one.missed or one.extra) and not one.why:
            print(one.row["id"], repr(one.row["text"]), "missed", one.missed, "too much", one.extra)


def _ids(rows: list[Judged]) -> dict[tuple[str, str], list[str]]:
    """(why, language) -> numbers of the rows."""
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in rows:
        if one.why:
            ids[" + ".join(sorted(one.why)), one.row["lang"]].append(str(one.row["id"]).rsplit("-", 1)[-1])
    return ids


def _scores(rows: list[Judged]) -> str:
    total: Counter[str] = sum((one.count for one in rows), Counter())
    f1 = 200 * total["hit"] / ((total["gold"] + total["found"]) or 1)
    return f"F1 {f1:5.1f} R {100 * total['hit'] / (total['gold'] or 1):5.1f}"


if __name__ == "__main__":
    for name in NAMES:
        measure(name, misses="--misses" in sys.argv[1:])
