"""Speed, memory and quality of the encoder.

python benchmarks/encoder.py [../shared/data/linking/pud_parallel.dev.jsonl]
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from sayso.models import margin, vocabulary
from sayso.models.encoder import PREFIX, Encoder
from sayso.models.weights import Floats

SENTENCES = 300
LANGUAGES = ("en", "ar", "ru", "fr", "es", "de")


def main(path: Path) -> None:
    encoder = Encoder(threads=1)
    start = time.perf_counter()
    encoder.embed(["warm"])
    print(f"start {time.perf_counter() - start:.2f} s (first on a machine: the graph is made too)")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:SENTENCES]
    vectors = {code: encoder.embed([row[code] for row in rows]) for code in LANGUAGES}
    _speed(encoder, [row[code] for row in rows[:100] for code in LANGUAGES])
    _quality(encoder, vectors)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _speed(encoder: Encoder, texts: list[str]) -> None:
    tokens = np.mean([len(vocabulary.encode(encoder._load()[1], PREFIX + text)) for text in texts])
    wall, cpu = time.perf_counter(), time.process_time()
    together = encoder.embed(texts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{len(texts) / wall:.0f} sentences/s, {len(texts) / cpu:.0f} per CPU-second, {tokens:.1f} tokens each")
    start = time.perf_counter()
    alone = np.concatenate([encoder.embed([text]) for text in texts])
    same = together.tobytes() == alone.tobytes()
    print(f"{len(texts) / (time.perf_counter() - start):.0f} sentences/s one by one; same bytes: {same}")
    print(f"sha256 of all vectors {hashlib.sha256(together.tobytes()).hexdigest()[:16]}")


def _quality(encoder: Encoder, vectors: dict[str, Floats]) -> None:
    """accuracy@1 of finding the translation, and recall at 99 % precision with one threshold, half unanswerable."""
    for code in LANGUAGES[1:]:
        cosine = vectors["en"] @ vectors[code].T
        right = (cosine.argmax(1) == np.arange(len(cosine))).mean()
        print(f"en-{code} accuracy@1 {right:.3f}")
    scores: list[float] = []
    gold: list[bool] = []
    half = len(vectors["en"]) // 2
    for code in LANGUAGES[1:]:
        found = margin.margins(vectors["en"], vectors[code][:half], encoder)
        scores += found.max(1).tolist()
        gold += [i < half and int(best) == i for i, best in enumerate(found.argmax(1))]
    order = np.argsort(-np.array(scores))
    hits = np.cumsum(np.array(gold)[order])
    precision = hits / np.arange(1, len(hits) + 1)
    best = int(np.flatnonzero(precision >= 0.99).max())
    threshold = np.array(scores)[order][best]
    print(f"margin {threshold:.3f}: precision .99, recall {hits[best] / (half * (len(LANGUAGES) - 1)):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/linking/pud_parallel.dev.jsonl"))
