"""Fit: what the score of an attribution weighs, and from which score one is kept, on articles kept from training."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.extraction.attributions.held import Held
from sayso.extraction.attributions.judged import FEATURES, features, is_inside, kept, score
from sayso.extraction.attributions.read import by_rules
from sayso.extraction.attributions.tagged import CUE, Draft, Runs, drafts, touch
from sayso.extraction.cues.scene import Scene, scene
from sayso.extraction.nouns import Spans
from sayso.extraction.people.names import token_range
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.pack import find_or_neutral
from sayso.models.tagger import Tagger
from sayso.text.tokens import tokenize
from training.documents import Document, Gold, documents

FORM = "2"
"""Goes up when the net reads other signs or has other layers."""
_RIDGE = 1e-2
_STEPS = 60
_RIGHT = 0.5
_NOISE = 0.001
"""Of cuts whose F1 differs by no more than this, the highest is taken: other news is harder than what was fitted on."""
_NESTED = 0.04
"""Share of finds inside another's content that is let through: 2 to 6 % in the treebanks' rows of eleven languages."""
_INNER = np.arange(0.3, 1.0, 0.02).round(2).tolist()
_CUTS = np.arange(0.1, 0.7, 0.02).round(2).tolist()


Judged = tuple[list[Draft], list[bool | None], int]
"""Drafts of a document, whether each is right (None: the annotation cannot tell), and how many there should be."""


def judge(document: Document, tagger: Tagger) -> Judged:
    """Judge each draft: content and source, one to one. A flat annotation cannot tell of reports inside contents."""
    laid = scene(tokenize(document.text), vocabulary(find_or_neutral(document.lang)))
    drafted, _ = drafts(laid, by_rules(laid), tagger)
    wanted = [gold for gold in document.attributions if gold.content]
    pairs = []
    for i, draft in enumerate(drafted):
        for j, gold in enumerate(wanted):
            shared = _overlap(laid, draft.content, gold.content)
            if shared >= _RIGHT:
                pairs.append((-shared, i, j))
    flat = [] if document.nested else [_of_spans(laid, gold.content) for gold in wanted]
    right: list[bool | None] = [
        None if any(touch([(draft.anchor, draft.anchor + 1)], runs) for runs in flat) else False for draft in drafted
    ]
    used: set[int] = set()
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
    pairs = [pair for drafted, right, _ in judged for pair in zip(drafted, right, strict=True)]
    told = [(draft, right) for draft, right in pairs if draft.kind == CUE and right is not None]
    x, y = np.array([features(draft) for draft, _ in told]), np.array([float(right) for _, right in told])
    weights, bias = logistic(x, y)
    by_cut = {cut: f1(judged, weights, bias, cut) for cut in _CUTS}
    best = max(by_cut.values())
    cut = max(cut for cut, value in by_cut.items() if value >= best - _NOISE)
    scored = [(drafted, [score(draft, weights, bias) for draft in drafted]) for drafted, _, _ in judged]
    inner = next((at for at in _INNER if nested(scored, cut, at) <= _NESTED), 1.0)
    print(f"{len(y)} drafts, {int(y.sum())} right, F1 {best:.3f}, cut {cut}, inside contents {inner}")
    settings = {"version": version(folder), "cut": cut, "inner": inner}
    settings |= {"features": list(FEATURES), "weights": weights, "bias": bias}
    (folder / "tagger.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def nested(scored: list[tuple[list[Draft], list[float]]], cut: float, inner: float) -> float:
    """Share of what is kept that begins inside another's content."""
    inside = made = 0
    for drafted, scores in scored:
        chosen = kept(drafted, scores, cut, inner)
        held = Held()
        for number, (draft, _) in enumerate(chosen):
            held.add(number, draft)
        inside += sum(is_inside(draft, chosen, held) for draft, _ in chosen)
        made += len(chosen)
    return inside / max(made, 1)


def version(folder: Path) -> str:
    """Names the form of the net and the very weights."""
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in ("reader.onnx", "roles.onnx")))
    return f"{FORM}-{digest.hexdigest()[:8]}"


def f1(judged: list[Judged], weights: list[float], bias: float, cut: float) -> float:
    """End-to-end F1 when drafts from this score on are kept."""
    hits = made = wanted = 0
    for drafted, right, count in judged:
        is_right = {id(draft): one for draft, one in zip(drafted, right, strict=True)}
        chosen = kept(drafted, [score(draft, weights, bias) for draft in drafted], cut)
        told = [is_right[id(draft)] for draft, _ in chosen if is_right[id(draft)] is not None]
        hits += told.count(True)
        made += len(told)
        wanted += count
    return 2 * hits / (made + wanted)
