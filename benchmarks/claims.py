"""The same statement found in a pool: CheckThat! 2021 (MAP@5) and an open pool of parallel sentences (PUD).

python benchmarks/claims.py [../shared]

CheckThat! 2021: tweets against all fact-checked claims; a claim is its text and its title. PUD: every English sentence
asks in each of seven languages; the pool of a language holds the counterparts of the first half only (and, in four more
draws, of a random half), so half of the queries have none. Only the likest of the pool counts as an answer, and one
threshold serves all languages: the greatest recall that still has precision .99, and both at the product's threshold.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso.linking.quotes.claims import SAME, Claims, Match
from sayso.models.encoder import Encoder

LANGUAGES = ("ar", "ru", "fr", "es", "de", "zh", "tr")
OTHERS = ("it", "pt")
DRAWS = 5
PRECISION = 0.99
FIRST = 5


def main(shared: Path) -> None:
    folder, encoder = shared / "data" / "linking", Encoder()
    start = time.perf_counter()
    parallel = _rows(next(iter(sorted(folder.glob("pud_parallel.*.jsonl")))))
    for draw in range(DRAWS):
        _open_pool(parallel, LANGUAGES, draw, encoder)
    _open_pool(parallel, OTHERS, 0, encoder)
    print(f"{time.perf_counter() - start:.0f} s")
    for lang in ("ar", "en"):
        queries = _rows(next(iter(sorted(folder.glob(f"checkthat21_{lang}_queries.*.jsonl")))))
        _checkthat(lang, queries, _rows(folder / f"checkthat21_{lang}_claims.jsonl"), encoder)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _checkthat(lang: str, queries: list[dict[str, Any]], claims: list[dict[str, Any]], encoder: Encoder) -> None:
    start = time.perf_counter()
    pool = Claims([f"{row['claim']} {row['title'] or ''}" for row in claims], encoder)
    made = time.perf_counter()
    found = pool.each([row["tweet"] for row in queries], FIRST)
    ids = [row["id"] for row in claims]
    scores = [
        _average([ids[match.place] for match in matches], row["relevant"])
        for matches, row in zip(found, queries, strict=True)
    ]
    took = 1000 * (time.perf_counter() - made) / len(queries)
    print(f"CheckThat {lang}: {len(queries)} tweets, {len(claims)} claims: MAP@{FIRST} {np.mean(scores):.3f}", end="; ")
    print(f"pool made in {made - start:.0f} s, {took:.0f} ms a tweet")


def _average(ranked: Sequence[str], relevant: Sequence[str]) -> float:
    """Average precision at FIRST."""
    hits, total = 0, 0.0
    for rank, id_ in enumerate(ranked, 1):
        if id_ in relevant:
            hits += 1
            total += hits / rank
    return total / min(FIRST, len(relevant))


def _open_pool(rows: list[dict[str, Any]], languages: Sequence[str], draw: int, encoder: Encoder) -> None:
    order = np.arange(len(rows)) if draw == 0 else np.random.default_rng(draw).permutation(len(rows))
    held = np.sort(order[: len(rows) // 2]).tolist()
    answers = [answer for lang in languages for answer in _answers(rows, lang, held, encoder)]
    agreed, right = np.array([a[0] for a in answers]), np.array([a[1] for a in answers])
    ranks = np.argsort(-agreed, kind="stable")
    hits = np.cumsum(right[ranks])
    precise = np.flatnonzero(hits / np.arange(1, len(hits) + 1) >= PRECISION)
    wanted = len(held) * len(languages)
    said = agreed >= SAME
    print(
        f"PUD en to {' '.join(languages)}, draw {draw}: at precision {PRECISION} "
        f"recall {hits[precise[-1]] / wanted:.3f} (agreement {agreed[ranks][precise[-1]]:.3f}); at {SAME}: precision "
        f"{right[said].mean():.3f}, recall {right[said].sum() / wanted:.3f}"
    )


def _answers(rows: list[dict[str, Any]], lang: str, held: list[int], encoder: Encoder) -> Iterator[tuple[float, bool]]:
    """Of each English sentence the agreement with the likest, and whether it is its counterpart."""
    pool = Claims([rows[i][lang] for i in held], encoder)
    best: list[list[Match]] = pool.each([row["en"] for row in rows], 1)
    for asked, (match, *_) in enumerate(best):
        yield match.agreement.both, held[match.place] == asked


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
