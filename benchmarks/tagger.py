"""What the tagger's floors ask beside the scorer's table: speech cues, outlets, calibration, nesting.

python benchmarks/tagger.py                   # PolNeAR dev and German Wikinews dev
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from attribution import SHARED, annotated

Row = dict[str, Any]


class Index(Protocol):
    """The scorer's numbering of words."""

    def ids(self, spans: list[list[int]]) -> set[int]: ...


_VERBS = """
accord accuse acknowledge add address admit advise announce answer argue ask assert boast brag call caution
charge cite claim comment complain conclude concede confirm contend counter criticize declare defend demand
denounce deny describe disclose dismiss emphasize explain insist joke lament maintain mention note object offer
pledge point praise predict promise propose quip question quote recall recommend reiterate reject remark remind
repeat reply report request respond reveal say speak state stress suggest swear talk tell testify threaten tout
tweet urge vow warn write
"""
SPEECH = frozenset(_VERBS.split())
"""Verbs of speech and writing; what people believe, plan, fear or decide is left out."""
_IRREGULAR = {"said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak", "swore": "swear"}
_BINS = 10
_DRAWS = 2_000


def is_speech(row: Row, one: Row) -> bool:
    """Whether an attribution's cue holds a form of a verb of speech."""
    words = " ".join(row["text"][b:e] for b, e in one["cue"]).lower().split()
    return any(_lemma(word) & SPEECH for word in words)


def _lemma(word: str) -> set[str]:
    word = _IRREGULAR.get(word, word)
    stems = {word}
    for ending in ("s", "es", "d", "ed", "ing"):
        stem = word.removesuffix(ending)
        stems |= {stem, stem + "e"}
        if len(stem) > 3 and stem[-1] == stem[-2]:
            stems.add(stem[:-1])
        if stem.endswith("i"):
            stems.add(stem[:-1] + "y")
    return stems


def only(rows: list[Row], keep: Callable[[Row, Row], bool]) -> list[Row]:
    """The rows with those attributions alone that `keep(row, attribution)` lets through."""
    return [{**row, "attributions": [one for one in row["attributions"] if keep(row, one)]} for row in rows]


def by_outlet(scorer: ModuleType, gold: list[Row], found: list[Row]) -> dict[str, tuple[float, float, float]]:
    """End-to-end F1 of each outlet, and the middle 95 % of it when its articles are drawn anew (bootstrap)."""
    chance = random.Random(0)
    out = {}
    for outlet in sorted({row["outlet"] for row in gold}):
        counts = [_counts(scorer, row, found) for row in gold if row["outlet"] == outlet]
        drawn = sorted(_f1(chance.choices(counts, k=len(counts))) for _ in range(_DRAWS))
        out[outlet] = _f1(counts), drawn[_DRAWS // 40], drawn[-_DRAWS // 40]
    return out


def _counts(scorer: ModuleType, row: Row, found: list[Row]) -> tuple[float, int, int]:
    """(right, found, wanted) of one article."""
    report = scorer.score([row], found)["end_to_end/all"]
    return report["p"] * report["n_pred"], report["n_pred"], report["n_gold"]


def _f1(counts: list[tuple[float, int, int]]) -> float:
    right, made, wanted = (sum(one[i] for one in counts) for i in range(3))
    return 200 * right / (made + wanted) if made + wanted else 0.0


def rightness(scorer: ModuleType, gold: list[Row], found: list[Row], source: bool) -> list[tuple[float, bool]]:
    """(score, right) of every find: content IoU of at least one half and, if asked, the source right."""
    out = []
    for want, have in zip(gold, found, strict=True):
        index = scorer.TokenIndex(want["text"])
        wanted, had = want["attributions"], have["attributions"]
        contents = [[index.ids(one["content"]) for one in side] for side in (wanted, had)]
        right = {
            j
            for i, j, _ in scorer.match(*contents)
            if not source or scorer.source_ok(index.ids(wanted[i]["source"]), index.ids(had[j]["source"]))
        }
        out += [(one["score"], j in right) for j, one in enumerate(had)]
    return out


def calibration_error(judged: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al., 2017)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for score, right in judged:
        bins[min(int(score * _BINS), _BINS - 1)].append((score, right))
    gaps = (abs(sum(s for s, _ in one) - sum(r for _, r in one)) for one in bins if one)
    return sum(gaps) / len(judged)


def nesting(scorer: ModuleType, gold: list[Row], found: list[Row], two: bool) -> tuple[int, int, int]:
    """(chains, both members found, right): a chain is an attribution and the one whose content holds its content.

    `two`: only chains of two sources (who says that someone says). The others are a speaker's own quoted words inside
    his reported speech, which German Wikinews annotates twice and sayso once, as mixed.
    """
    chains = both = right = 0
    for want, have in zip(gold, found, strict=True):
        index = scorer.TokenIndex(want["text"])
        wanted, had = want["attributions"], have["attributions"]
        contents = [[index.ids(one["content"]) for one in side] for side in (wanted, had)]
        pairs = {i: j for i, j, _ in scorer.match(*contents)}
        for i, holder in _holders(index, wanted):
            if two and index.ids(wanted[i]["source"]) == index.ids(wanted[holder]["source"]):
                continue
            chains += 1
            if i in pairs and holder in pairs:
                both += 1
                right += had[pairs[i]]["nested_in"] == pairs[holder]
    return chains, both, right


def _holders(index: Index, wanted: list[Row]) -> list[tuple[int, int]]:
    """Each attribution whose content lies wholly inside another's, and the one with the smallest such content."""
    out = []
    contents = [index.ids(one["content"]) for one in wanted]
    for i, own in enumerate(contents):
        holders = [j for j, content in enumerate(contents) if own and own < content]
        if holders:
            out.append((i, min(holders, key=lambda j: len(contents[j]))))
    return out


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.0f} %"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    given = parser.parse_args()
    sys.path.insert(0, str(given.shared / "eval"))
    scorer = import_module("score_attributions")
    gold = scorer.load(given.shared / "data" / "attribution" / "polnear.dev.jsonl")
    found, _ = annotated(gold)
    speech = scorer.score(only(gold, is_speech), only(found, is_speech))
    print(f"speech cues alone: end-to-end F1 {100 * speech['end_to_end/all']['f1']:.1f}")
    outlets = by_outlet(scorer, gold, found)
    mean = sum(value for value, _, _ in outlets.values()) / len(outlets)
    for outlet, (value, low, high) in outlets.items():
        print(f"  {outlet:14s} {value:.1f} ({value - mean:+.1f}; {low:.0f} to {high:.0f} by chance of articles)")
    for name, source in (("content and source", True), ("content", False)):
        print(f"calibration error ({name}): {calibration_error(rightness(scorer, gold, found, source)):.3f}")
    german = scorer.load(given.shared / "data" / "attribution" / "wikinews-de.dev.jsonl")
    answers, _ = annotated(german)
    for name, two in (("chains", False), ("chains of two sources", True)):
        chains, both, right = nesting(scorer, german, answers, two)
        shares = f"{_percent(right, chains)}; of those found {_percent(right, both)}"
        print(f"German {name}: {chains}, both members found {both}, right {right} ({shares})")


if __name__ == "__main__":
    main()
