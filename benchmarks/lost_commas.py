"""Rows of the recognizers sets whose gold lost its decimal comma ("1,5" told as 15): their ids, and F1 without them.

python benchmarks/lost_commas.py            # all three sets
python benchmarks/lost_commas.py --misses   # and what else is missed or too much
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict

from figures import SETS, SHARED, Row, annotate, prepared

NAMES = ("recognizers_number", "recognizers_currency", "recognizers_dimension")
_NEAR = 1e-5
_SHOWN = 6  # digits by which the same number is known again


def same(a: float | None, b: float | None) -> bool:
    """Whether two values are one, as the scorer sees it."""
    return a is not None and b is not None and abs(a - b) <= _NEAR * max(1.0, abs(a), abs(b))


def digits(value: float | None) -> str:
    """The first digits of a value, without sign, point and the zeros around them."""
    plain = re.sub(r"\D", "", f"{abs(value or 0):.15g}".split("e")[0])
    return plain.strip("0")[:_SHOWN]


def unmatched(gold: list[float | None], found: list[float | None]) -> tuple[list[float | None], list[float | None]]:
    """Values of the gold that were not found, and found ones that the gold lacks."""
    missed, rest = [], list(found)
    for value in gold:
        hit = next((i for i, other in enumerate(rest) if same(value, other)), None)
        if hit is None:
            missed.append(value)
        else:
            rest.pop(hit)
    return missed, rest


def lost(missed: list[float | None], extra: list[float | None]) -> bool:
    """Whether a missed value has the digits of one that was found, its point elsewhere, and that one is no whole number
    of its own: the gold's comma was lost."""
    return any(
        digits(a) and digits(a) == digits(b) and not same(a, b) and _pointed(a, b) for a in missed for b in extra
    )


def _pointed(gold: float | None, found: float | None) -> bool:
    """Only what has decimals can lose them, and is then greater."""
    return gold is not None and found is not None and found != int(found) and abs(gold) > abs(found)


def measure(name: str, *, misses: bool) -> None:
    """Print F1 by language, of all rows and of those with a whole gold, then the ids of the others."""
    counts: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    broken: dict[str, list[str]] = defaultdict(list)
    gold = SHARED / "data" / "figures" / SETS[name][1]
    for line in gold.read_text(encoding="utf-8").splitlines():
        row: Row = json.loads(line)
        wanted = [figure["value"] for figure in row["figures"]]
        found = [figure["value"] for figure in annotate(*prepared(row))["figures"]]
        missed, extra = unmatched(wanted, found)
        is_lost = lost(missed, extra)
        for whole in (False, True):
            if not (whole and is_lost):
                for lang in (row["lang"], "all"):
                    told = {"hit": len(wanted) - len(missed), "gold": len(wanted), "found": len(found)}
                    counts[lang, whole].update(told)
        if is_lost:
            broken[row["lang"]].append(str(row["id"]).rsplit("-", 1)[-1])
        elif misses and (missed or extra):
            print(row["id"], repr(row["text"]), "missed", missed, "too much", extra)
    print(f"== {name}")
    for lang in sorted({lang for lang, _ in counts}):
        told = " ".join(_scores(counts[lang, whole]) for whole in (False, True))
        print(f"{lang:4s} {told}  lost in {len(broken[lang])} rows: {' '.join(broken[lang])}".rstrip(": "))


def _scores(count: Counter[str]) -> str:
    f1 = 200 * count["hit"] / ((count["gold"] + count["found"]) or 1)
    return f"F1 {f1:5.1f} R {100 * count['hit'] / (count['gold'] or 1):5.1f}"


if __name__ == "__main__":
    for name in NAMES:
        measure(name, misses="--misses" in sys.argv[1:])
