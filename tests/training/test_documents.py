"""What the tagger is trained on: well marked, rightly licensed, and learnt as it was annotated."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from training.documents import OWN, SHARED, Document, documents
from training.examples import examples, laid_out

from sayso.extraction.attributions.tagged import _draft, lay, spans, words_of
from sayso.extraction.nouns import Spans
from sayso.models.tagger import REACH
from training import documents as module

MARKED = sorted(OWN.glob("*.txt"))


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_own_paragraphs_are_well_marked(path: Path) -> None:
    found = list(module.own(path))
    assert len(found) >= 10
    for document in found:
        for one in document.attributions:
            assert one.content, document.id
            for part in (one.source, one.cue, one.content):
                assert all(span.of(document.text).strip() for span in part), document.id


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_evaluation_sets_and_non_commercial_rows_are_never_trained_on() -> None:
    held, trained = ({one.id for one in documents(name)} for name in ("held-out", "polnear"))
    assert held
    assert not held & trained
    rows = [json.loads(line) for path in (SHARED / "silver").glob("*.jsonl") for line in path.open(encoding="utf-8")]
    barred = {str(row["id"]) for row in rows if row["nc"]} - {str(row["id"]) for row in rows if not row["nc"]}
    assert barred
    assert not barred & {one.id for one in documents("silver")}


def test_a_set_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="wikinews-de"):
        documents("wikinews-de")


@pytest.mark.parametrize("lang", ["ar", "de", "fa", "ru", "zh"])
def test_what_the_net_learns_is_what_was_annotated(lang: str) -> None:
    """Labels turned back into spans are the annotation's, but for what lies beyond the anchor's reach."""
    found = [one for path in MARKED if path.stem.startswith(lang) for one in list(module.own(path))[:40]]
    learnt = {one for document in found for one in _learnt(document)}
    wanted = {(d.id, _words(d, one.content)) for d in found for one in d.attributions}
    assert len(wanted & learnt) >= 0.97 * len(wanted)


def _learnt(document: Document) -> set[tuple[str, frozenset[int]]]:
    laid, _ = laid_out(document)
    out = set()
    for window, example in examples(document):
        here, words = lay(laid, window), words_of(laid, window)
        for one in example.attributions:
            roles = np.eye(4, dtype=np.float32)[one.roles]
            roles[np.abs(np.arange(len(roles)) - one.at) > REACH] = [1, 0, 0, 0]
            by_token = here.by_token(roles)
            tagged = by_token, by_token.argmax(axis=1), 0
            draft = _draft(laid, here, int(words[one.at]), one.kind, 1.0, tagged, None)
            out.add((document.id, _words(document, spans(laid, draft.content))))
    return out


def _words(document: Document, parts: Spans) -> frozenset[int]:
    """Where the words begin that the spans touch: an Arabic proclitic is no word of its own."""
    words = (word.span() for word in re.finditer(r"\w+", document.text))
    return frozenset(a for a, b in words if any(a < span.end and span.start < b for span in parts))
