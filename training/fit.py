"""Fit: what the score of an attribution weighs, and from which score one is kept, on articles kept from training.

python -m training.fit src/sayso/models/tagger --version 1
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.extraction.attributions import by_rules
from sayso.extraction.judged import FEATURES, features, kept, score
from sayso.extraction.names import token_range
from sayso.extraction.nouns import Spans
from sayso.extraction.scene import Scene, scene
from sayso.extraction.tagged import CUE, Draft, Runs, drafts
from sayso.extraction.vocabulary import vocabulary
from sayso.languages.pack import find_or_neutral
from sayso.models.tagger import Tagger
from sayso.text.tokens import tokenize
from training.documents import Document, Gold, documents

FORM = "1"
"""Goes up when the net reads other signs or has other layers."""
_RIDGE = 1e-2
_STEPS = 60
_RIGHT = 0.5


def judge(document: Document, tagger: Tagger) -> tuple[list[Draft], list[bool], int]:
    """Drafts of a document, whether each is right (content and source, one to one), and how many there should be."""
    laid = scene(tokenize(document.text), vocabulary(find_or_neutral(document.lang)))
    drafted = list(drafts(laid, by_rules(laid), tagger))
    wanted = [gold for gold in document.attributions if gold.content]
    pairs = []
    for i, draft in enumerate(drafted):
        for j, gold in enumerate(wanted):
            shared = _overlap(laid, draft.content, gold.content)
            if shared >= _RIGHT:
                pairs.append((-shared, i, j))
    right, used = [False] * len(drafted), set()
    seen: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in seen and j not in used:
            seen.add(i)
            used.add(j)
            right[i] = _source_right(laid, drafted[i], wanted[j])
    return drafted, right, len(wanted)


def _letters(laid: Scene, runs: Iterable[tuple[int, int]]) -> set[int]:
    return {i for first, last in runs for i in range(first, last) if laid.tokens.forms[i][:1].isalnum()}


def _of_spans(laid: Scene, spans: Spans) -> list[tuple[int, int]]:
    return [token_range(laid.tokens, span) for span in spans]


def _overlap(laid: Scene, runs: Runs, spans: Spans) -> float:
    left, right = _letters(laid, runs), _letters(laid, _of_spans(laid, spans))
    return len(left & right) / len(left | right) if left | right else 0.0


def _source_right(laid: Scene, draft: Draft, gold: Gold) -> bool:
    left, right = _letters(laid, draft.source), _letters(laid, _of_spans(laid, gold.source))
    if not left or not right:
        return not left and not right
    return len(left & right) >= _RIGHT * min(len(left), len(right))


def logistic(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[list[float], float]:
    """Weights and bias of a logistic regression with a small ridge (Newton's method)."""
    table = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    w = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(table @ w, -30, 30)))
        slope = table.T @ (p - y) + _RIDGE * w
        curve = (table * (p * (1 - p))[:, None]).T @ table + _RIDGE * np.eye(len(w))
        w -= np.linalg.solve(curve, slope)
    return [round(float(v), 5) for v in w[:-1]], round(float(w[-1]), 5)


def fit(folder: Path) -> None:
    """Write tagger.json beside the graphs: version, scoring, and the score from which on F1 is best."""
    tagger = Tagger(folder)
    judged = [judge(document, tagger) for document in documents("held-out")]
    # PolNeAR annotates no quotation without a cue, so those tell nothing of how probable such finds are.
    told = [pair for drafted, right, _ in judged for pair in zip(drafted, right, strict=True) if pair[0].kind == CUE]
    x, y = np.array([features(draft) for draft, _ in told]), np.array([float(right) for _, right in told])
    weights, bias = logistic(x, y)
    best, cut = max((f1(judged, weights, bias, cut), cut) for cut in np.arange(0.1, 0.7, 0.02).round(2).tolist())
    print(f"{len(y)} drafts, {int(y.sum())} right, F1 {best:.3f} at {cut}")
    settings = {"version": version(folder), "cut": cut, "features": list(FEATURES), "weights": weights, "bias": bias}
    (folder / "tagger.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def version(folder: Path) -> str:
    """Names the form of the net and the very weights."""
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in ("reader.onnx", "roles.onnx")))
    return f"{FORM}-{digest.hexdigest()[:8]}"


def f1(judged: list[tuple[list[Draft], list[bool], int]], weights: list[float], bias: float, cut: float) -> float:
    """End-to-end F1 when drafts from this score on are kept."""
    hits = made = wanted = 0
    for drafted, right, count in judged:
        is_right = {id(draft): one for draft, one in zip(drafted, right, strict=True)}
        chosen = kept(drafted, [score(draft, weights, bias) for draft in drafted], cut)
        hits += sum(is_right[id(draft)] for draft, _ in chosen)
        made += len(chosen)
        wanted += count
    return 2 * hits / (made + wanted)
