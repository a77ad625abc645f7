"""Graphs put together give what numpy gives, whichever way their products quantise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto
from onnxruntime import InferenceSession

from sayso.models.builder import Builder, ByRow, ByTensor

WIDTH, INNER = 32, 64
ROWS = np.random.default_rng(1).standard_normal((1, 5, WIDTH)).astype(np.float32)
KINDS = pytest.mark.parametrize("kind", [ByRow, ByTensor])


def _tensors() -> dict[str, NDArray[np.float32]]:
    chance = np.random.default_rng(0)
    sizes = dict.fromkeys(("q", "k", "v", "ao"), (WIDTH, WIDTH)) | {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}
    made = {}
    for part, size in sizes.items():
        made[f"l0.{part}.w"] = chance.standard_normal(size).astype(np.float32) / 6
        made[f"l0.{part}.b"] = chance.standard_normal(size[0]).astype(np.float32) / 6
    for norm in ("aln", "oln"):
        made[f"l0.{norm}.w"], made[f"l0.{norm}.b"] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    return made


def _run(builder: Builder, made: str, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    model = builder.model("test", {"x": (TensorProto.FLOAT, ["texts", "sub-words", WIDTH])}, {"y": made})
    session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(["y"], {"x": rows})[0]


@KINDS
def test_maps_are_stacked_and_near_float32(kind: type[Builder]):
    tensors = _tensors()
    builder = kind(tensors, 1e-12)
    made = _run(builder, builder.linear("x", ["l0.q", "l0.k"], "both"), ROWS)
    wanted = np.concatenate([ROWS @ tensors[f"l0.{part}.w"].T + tensors[f"l0.{part}.b"] for part in "qk"], axis=-1)
    np.testing.assert_allclose(made, wanted, atol=0.05)


def test_an_exact_map_is_float32():
    tensors = _tensors()
    builder = ByRow(tensors, 1e-12)
    made = _run(builder, builder.exact("x", "l0.fi"), ROWS)
    np.testing.assert_allclose(made, ROWS @ tensors["l0.fi.w"].T + tensors["l0.fi.b"], atol=1e-5)


@KINDS
def test_layers_of_both_kinds_are_near_each_other_and_normed(kind: type[Builder]):
    other = ByRow(_tensors(), 1e-12)
    builder = kind(_tensors(), 1e-12)
    made = _run(builder, builder.layer("x", "l0", 4), ROWS)
    np.testing.assert_allclose(made.mean(axis=-1), 0, atol=1e-5)
    assert np.corrcoef(made.ravel(), _run(other, other.layer("x", "l0", 4), ROWS).ravel())[0, 1] > 0.999


@pytest.mark.parametrize(("kind", "alike"), [(ByRow, True), (ByTensor, False)])
def test_only_by_row_is_no_row_changed_by_those_beside_it(kind: type[Builder], alike: bool):
    louder = ROWS.copy()
    louder[0, 0] *= 50
    made = []
    for rows in (ROWS, louder):
        builder = kind(_tensors(), 1e-12)
        made.append(_run(builder, builder.linear("x", ["l0.q"], "q"), rows)[0, 1:])
    assert np.array_equal(*made) is alike


def test_positions_are_as_many_as_sub_words():
    builder = ByRow({}, 1e-12)
    table = np.arange(8 * WIDTH, dtype=np.float32).reshape(8, WIDTH)
    made = _run(builder, builder.placed("x", "x", table), ROWS)
    np.testing.assert_array_equal(made[0], ROWS[0] + table[:5])
