"""Linking again after one more article embeds what is new in it, and nothing that was embedded before."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from sayso import workspace
from sayso.linking import made_by
from sayso.models import margin
from sayso.models.weights import Floats
from sayso.workspace import opening

TEXT = "Mayor Anna Berger said that the harbour bridge would stay closed until {day}."


class Counting:
    """Stands in for the encoder, and notes what it was asked to embed."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        rows = [np.random.default_rng(zlib.crc32(text.encode())).normal(size=8) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(len(rows), 8)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    made = Counting()
    monkeypatch.setattr(opening, "encoder", lambda progress=None: made)
    monkeypatch.setattr(margin, "bank", lambda _: np.eye(8, dtype=np.float32))
    return made


def rows(*days: str) -> list[str]:
    return [
        json.dumps({"id": day, "title": "Harbour bridge", "text": TEXT.format(day=day), "published": "2024-05-02"})
        for day in days
    ]


def test_one_more_article_embeds_only_what_is_new(counting: Counting, tmp_path: Path) -> None:
    ledger, file = workspace.open_ledger(tmp_path / "ledger"), tmp_path / "rows.jsonl"
    steps: list[tuple[str, int, int | None]] = []
    file.write_text("\n".join(rows("Monday", "Tuesday", "Friday")), encoding="utf-8")
    workspace.read([file], ledger)
    workspace.stories(ledger, lambda *step: steps.append(step))
    first = counting.asked[:]
    assert len(first) == len(set(first)) >= 3
    assert steps[0] == ("reading titles and openings", 3, 3)
    assert steps[-1][0].startswith("comparing statements")
    assert steps[-1][1] == steps[-1][2]
    file.write_text("\n".join(rows("Monday", "Tuesday", "Friday", "Sunday")), encoding="utf-8")
    workspace.read([file], ledger)
    workspace.stories(ledger)
    new = counting.asked[len(first) :]
    assert new
    assert all("Sunday" in text for text in new), new
    workspace.stories(ledger)
    assert counting.asked == first + new


def test_links_of_another_sayso_are_found_anew(
    counting: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, file = workspace.open_ledger(tmp_path / "ledger"), tmp_path / "rows.jsonl"
    file.write_text("\n".join(rows("Monday", "Tuesday")), encoding="utf-8")
    workspace.read([file], ledger)
    workspace.stories(ledger)
    steps: list[str] = []
    workspace.stories(ledger, lambda what, *_: steps.append(what))
    assert not steps
    monkeypatch.setattr(made_by, "_sayso", lambda: "another")
    workspace.stories(ledger, lambda what, *_: steps.append(what))
    assert steps
    with ledger.view() as view:
        assert view.linked_by == made_by.digest()
