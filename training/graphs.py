"""Graphs: the trained net as two ONNX graphs with 8-bit matrices, the form in which the tagger ships.

`reader`: word embeddings and signs of a window -> anchors and states. `roles`: states around anchors -> roles, stance.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto

from sayso.models.builder import Builder, ByTensor, Inputs
from sayso.models.tagger import ReaderGraph, RolesGraph
from sayso.models.weights import Floats
from training.examples import LONGEST
from training.net import HEAD, REACH, SMALL, SMALL_HEADS

_EPSILON = 1e-12
Tensors = dict[str, Floats]


def save_reader(tensors: Tensors, path: Path) -> None:
    """Write the graph that reads a window."""
    b = _builder(tensors)
    x = b.norm(b.placed(ReaderGraph.WORDS, ReaderGraph.WORDS, tensors["position"][:LONGEST]), "norm")
    x = b.node("Add", [x, b.exact(ReaderGraph.SIGNS, "signs")], "signed")
    for i in range(_layers(tensors, "layers.")):
        x = b.layer(x, f"layers.{i}", len(tensors[f"layers.{i}.q.weight"]) // HEAD)
    hidden, count = tensors["signs.weight"].shape
    inputs: Inputs = {
        ReaderGraph.WORDS: (TensorProto.FLOAT, [1, "sub-words", hidden]),
        ReaderGraph.SIGNS: (TensorProto.FLOAT, [1, "sub-words", count]),
    }
    made = {
        ReaderGraph.ANCHORS: b.exact(x, "anchors"),
        ReaderGraph.NARROW: b.linear(x, ["narrow"], "narrow.out"),
        ReaderGraph.WIDE: b.linear(x, ["wide"], "wide.out"),
    }
    onnx.save(b.model(path.stem, inputs, made), path)


def _builder(tensors: Tensors) -> Builder:
    """A builder that has the tensors under its own names."""
    return ByTensor({name.replace(".weight", ".w").replace(".bias", ".b"): tensors[name] for name in tensors}, _EPSILON)


def _layers(tensors: Tensors, prefix: str) -> int:
    return sum(name.startswith(prefix) and name.endswith(".q.weight") for name in tensors)


def save_roles(tensors: Tensors, path: Path) -> None:
    """Write the graph that reads the stretches around anchors."""
    b = _builder(tensors)
    kind = b.node("Gather", [b.constant("kinds", tensors["kind.weight"]), RolesGraph.KIND], "kind")
    b.constant("second", np.array([1], np.int64))
    anchor = b.node("Unsqueeze", [b.node("Add", [RolesGraph.ANCHOR, kind], "anchor+kind"), "second"], "anchor-row")
    place = b.node("Gather", [b.constant("distances", tensors["distance.weight"]), RolesGraph.PLACE], "distance")
    x = b.node("Add", [RolesGraph.STATES, anchor], "anchored")
    x = b.node("Add", [x, place], "placed")
    x = b.norm(b.node("Add", [x, b.exact(RolesGraph.TOLD, "told")], "told-too"), "small_norm", 1e-5)
    for i in range(_layers(tensors, "small.")):
        x = b.layer(x, f"small.{i}", SMALL_HEADS, RolesGraph.MASK)
    here = b.node("Equal", [RolesGraph.PLACE, b.constant("middle", np.array(REACH, np.int64))], "is-here")
    here = b.node(
        "Unsqueeze", [b.node("Cast", [here], "here", to=TensorProto.FLOAT), b.constant("last", np.array([2]))], "h3"
    )
    pooled = b.node("ReduceSum", [b.node("Mul", [x, here], "only-here"), "second"], "pooled", keepdims=0)
    size: list[str | int] = ["anchors", "reach"]
    inputs: Inputs = {
        RolesGraph.STATES: (TensorProto.FLOAT, [*size, SMALL]),
        RolesGraph.ANCHOR: (TensorProto.FLOAT, ["anchors", SMALL]),
        RolesGraph.KIND: (TensorProto.INT64, ["anchors"]),
        RolesGraph.PLACE: (TensorProto.INT64, size),
        RolesGraph.TOLD: (TensorProto.FLOAT, [*size, tensors["told.weight"].shape[1]]),
        RolesGraph.MASK: (TensorProto.INT32, size),
    }
    made = {RolesGraph.ROLES: b.exact(x, "roles"), RolesGraph.STANCE: b.exact(pooled, "stance")}
    onnx.save(b.model(path.stem, inputs, made), path)
