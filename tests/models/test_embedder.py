"""Remembered: each text is embedded once, group by group, and what an interrupted run made is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pytest

from sayso.models.embedder import AT_ONCE, Remembered, digest, prepared
from sayso.models.weights import Floats


class Counting:
    """Embeds a text as its length; notes what it was asked; breaks off after `most` calls."""

    def __init__(self, name: str = "counting", most: int = 1000) -> None:
        self.name = name
        self.asked: list[str] = []
        self.most = most

    def embed(self, texts: Sequence[str]) -> Floats:
        self.most -= 1
        if self.most < 0:
            raise KeyboardInterrupt
        self.asked += texts
        return np.array([[len(text)] for text in texts], np.float32)


class Shelf:
    """A memory in this process."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Floats] = {}

    def recall(self, model: str, digests: Iterable[str]) -> Mapping[str, Floats]:
        return {d: self.kept[model, d] for d in digests if (model, d) in self.kept}

    def remember(self, model: str, vectors: Mapping[str, Floats]) -> None:
        self.kept |= {(model, d): v for d, v in vectors.items()}


def test_the_order_is_that_of_the_texts_and_each_is_embedded_once():
    counting, shelf = Counting(), Shelf()
    texts = ["ccc", "a", "bb", "a"]
    for _ in range(2):
        found = Remembered(counting, shelf).embed(texts)
        assert found[:, 0].tolist() == [3, 1, 2, 1]
    assert sorted(counting.asked) == ["a", "bb", "ccc"]


def test_another_model_remembers_for_itself():
    one, two, shelf = Counting("one"), Counting("two"), Shelf()
    for counting in (one, two):
        Remembered(counting, shelf).embed(["a"])
    assert one.asked == two.asked == ["a"]


def test_an_interrupted_run_goes_on_where_it_stopped():
    texts, shelf = [f"text {i:04}" for i in range(3 * AT_ONCE)], Shelf()
    with pytest.raises(KeyboardInterrupt):
        Remembered(Counting(most=2), shelf).embed(texts)
    again = Counting()
    assert len(Remembered(again, shelf).embed(texts)) == len(texts)
    assert len(again.asked) == AT_ONCE


def test_what_was_prepared_is_embedded_in_one_go_and_anything_else_as_before():
    counting = Counting()
    ready = prepared(["ccc", "a", "ccc"], counting)
    assert sorted(counting.asked) == ["a", "ccc"]
    assert ready is not None
    assert ready.embed(["a", "ccc", "a"])[:, 0].tolist() == [1, 3, 1]
    assert ready.embed(["a", "bb"])[:, 0].tolist() == [1, 2]
    assert prepared([], counting) is counting
    assert prepared(["a"], None) is None


def test_no_texts_have_the_shape_that_the_embedder_gives():
    assert Remembered(Counting(), Shelf()).embed([]).shape == Counting().embed([]).shape


def test_half_of_a_surrogate_pair_has_a_digest():
    assert digest("\ud83d") != digest("\ud83e")
