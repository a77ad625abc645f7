"""Pairs of news articles (SemEval-2022 Task 8, dev): how well likeness agrees with readers.

python benchmarks/story_pairs.py [../shared]

Readers gave 1 (the same story) to 4 (nothing in common); "one story" below is 2 and less. The last lines choose the
constants of likeness on one half of the pairs and use them on the other, both ways round.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.linking.article import Annotated
from sayso.linking.stories.evidence import Evidence
from sayso.linking.stories.offers import offers
from sayso.models.encoder import Encoder

Row = dict[str, Any]
Numbers = NDArray[np.float64]
ONE, OTHER = np.array([0]), np.array([1])


def main(shared: Path) -> None:
    path = shared / "data" / "linking" / "semeval2022_t8.dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    made = offers([_article(row, side) for row in rows for side in "12"], Encoder(threads=1))
    pairs = [Evidence(made[at : at + 2]) for at in range(0, len(made), 2)]
    apart = np.array([row["overall"] for row in rows], np.float64)
    likeness = np.array([float(pair.likeness(ONE, OTHER)[0, 0]) for pair in pairs])
    _tell("likeness", likeness, apart)
    _tell("score of stories", np.array([float(pair.scores(ONE, OTHER)[0, 0]) for pair in pairs]), apart)
    _tell("meaning alone", np.array([float(pair.meaning(ONE, OTHER)[0, 0]) for pair in pairs]), apart)
    languages = np.array([f"{row['lang1']}-{row['lang2']}" for row in rows])
    for pair in sorted(set(languages)):
        _tell(f"  likeness {pair} ({(languages == pair).sum()})", likeness[languages == pair], apart[languages == pair])
    _crossed(pairs, apart)


def _article(row: Row, side: str) -> Annotated:
    return Annotated(id=f"{row['pair_id']}-{side}", text=row[f"text{side}"].strip(), lang=row[f"lang{side}"])


def _tell(name: str, found: Numbers, apart: Numbers) -> None:
    print(f"{name:28} Pearson {_pearson(found, -apart):.3f}  AUC one story {_auc(found, apart <= 2):.3f}")


def _crossed(pairs: list[Evidence], apart: Numbers) -> None:
    """Constants chosen on one half, used on the other."""
    meaning = np.array([float(pair.meaning(ONE, OTHER)[0, 0]) for pair in pairs])
    names = np.array([float(pair.names(ONE, OTHER)[0, 0]) for pair in pairs])
    grid = list(product(np.arange(0, 0.31, 0.05), np.arange(0.5, 0.71, 0.02), (0.05, 0.07, 0.1, 0.15, 0.2)))
    found = [1 / (1 + np.exp((half - meaning - weight * names) / soft)) for weight, half, soft in grid]
    even = np.arange(len(pairs)) % 2 == 0
    for name, chosen in (("even", even), ("odd", ~even)):
        best = max(range(len(grid)), key=lambda i: _pearson(found[i][chosen], -apart[chosen]))
        _tell(f"chosen on {name} pairs", found[best][~chosen], apart[~chosen])


def _pearson(left: Numbers, right: Numbers) -> float:
    return float(np.corrcoef(left, right)[0, 1])


def _auc(found: Numbers, right: NDArray[np.bool_]) -> float:
    """Share of pairs of a right and a wrong one in which the right one has the higher value; ties count half."""
    higher = found[right][:, None] > found[~right][None, :]
    equal = found[right][:, None] == found[~right][None, :]
    return float((higher + equal / 2).mean())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
