"""Graphs: the trained net as two ONNX graphs with 8-bit matrices, the form in which the tagger ships.

`reader`: word embeddings and signs of a window -> anchors and states. `roles`: states around anchors -> roles, stance.
Weights keep to 7 of the 8 bits, because processors without VNNI add pairs of products in 16 bits and would overflow.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from sayso.models.tagger import ReaderGraph, RolesGraph
from training.net import HEAD, REACH, SMALL, SMALL_HEADS

_OWN = "com.microsoft"
_LARGEST = 63
_EPSILON = 1e-12
Tensors = dict[str, NDArray[np.float32]]


class _Builder:
    """Collects nodes and tensors; every method returns the name of its output."""

    def __init__(self, tensors: Tensors) -> None:
        self.tensors = tensors
        self.nodes: list[onnx.NodeProto] = []
        self.kept: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: float) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name

    def linear(self, x: str, names: list[str], out: str) -> str:
        """x @ W.T + b in 8 bits, with the matrices of `names` stacked into one."""
        matrix = np.concatenate([self.tensors[f"{name}.weight"] for name in names])
        bias = np.concatenate([self.tensors[f"{name}.bias"] for name in names])
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-9).astype(np.float32) / _LARGEST
        codes = np.rint(matrix / scales[:, None]).astype(np.int8).T
        inputs = [x, self.constant(f"{out}.w8", codes), self.constant(f"{out}.s", scales), ""]
        return self.node("DynamicQuantizeMatMul", [*inputs, self.constant(f"{out}.b", bias)], out, _OWN)

    def exact(self, x: str, name: str) -> str:
        """x @ W.T + b in float32, for small heads (b may be missing)."""
        product = self.node(
            "MatMul", [x, self.constant(f"{name}.w", self.tensors[f"{name}.weight"].T)], f"{name}.product"
        )
        if f"{name}.bias" not in self.tensors:
            return product
        return self.node("Add", [product, self.constant(f"{name}.b", self.tensors[f"{name}.bias"])], f"{name}.out")

    def norm(self, x: str, name: str, epsilon: float = _EPSILON) -> str:
        parts = [self.constant(f"{name}.{p}", self.tensors[f"{name}.{q}"]) for p, q in (("w", "weight"), ("b", "bias"))]
        return self.node("LayerNormalization", [x, *parts], f"{name}.out", epsilon=epsilon, axis=-1)

    def layer(self, x: str, name: str, heads: int, mask: str = "") -> str:
        parts = [f"{name}.{part}" for part in "qkv"]
        together = self.linear(x, parts, f"{name}.qkv")
        self.nodes.append(helper.make_node("Split", [together], parts, axis=-1, num_outputs=3))
        inputs = [*parts, "", mask] if mask else parts
        seen = self.node("MultiHeadAttention", inputs, f"{name}.seen", _OWN, num_heads=heads)
        out = self.linear(seen, [f"{name}.ao"], f"{name}.ao")
        x = self.norm(self.node("Add", [x, out], f"{name}.sum1"), f"{name}.aln")
        inner = self.node("Gelu", [self.linear(x, [f"{name}.fi"], f"{name}.fi")], f"{name}.gelu", _OWN)
        out = self.linear(inner, [f"{name}.fo"], f"{name}.fo")
        return self.norm(self.node("Add", [x, out], f"{name}.sum2"), f"{name}.oln")

    def save(self, path: Path, inputs: dict[str, tuple[int, list[str | int]]], outputs: dict[str, str]) -> None:
        for name, made in outputs.items():
            self.node("Identity", [made], name)
        ins = [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()]
        outs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
        graph = helper.make_graph(self.nodes, path.stem, ins, outs, self.kept)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_OWN, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="sayso"), path)


def save_reader(tensors: Tensors, path: Path) -> None:
    """Write the graph that reads a window."""
    b = _Builder(tensors)
    positions = b.constant("positions", tensors["position"][:256])
    b.constant("zero", np.array([0], np.int64))
    b.node("Shape", [ReaderGraph.WORDS], "length", start=1, end=2)
    b.node("Slice", [positions, "zero", "length", "zero"], "place")
    x = b.norm(b.node("Add", [ReaderGraph.WORDS, "place"], "placed"), "norm")
    x = b.node("Add", [x, b.exact(ReaderGraph.SIGNS, "signs")], "signed")
    for i in range(_layers(tensors, "layers.")):
        x = b.layer(x, f"layers.{i}", len(tensors[f"layers.{i}.q.weight"]) // HEAD)
    hidden, count = tensors["signs.weight"].shape
    inputs = {
        ReaderGraph.WORDS: (TensorProto.FLOAT, [1, "sub-words", hidden]),
        ReaderGraph.SIGNS: (TensorProto.FLOAT, [1, "sub-words", count]),
    }
    made = {
        ReaderGraph.ANCHORS: b.exact(x, "anchors"),
        ReaderGraph.NARROW: b.linear(x, ["narrow"], "narrow.out"),
        ReaderGraph.WIDE: b.linear(x, ["wide"], "wide.out"),
    }
    b.save(path, inputs, made)


def _layers(tensors: Tensors, prefix: str) -> int:
    return sum(name.startswith(prefix) and name.endswith(".q.weight") for name in tensors)


def save_roles(tensors: Tensors, path: Path) -> None:
    """Write the graph that reads the stretches around anchors."""
    b = _Builder(tensors)
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
    inputs: dict[str, tuple[int, list[str | int]]] = {
        RolesGraph.STATES: (TensorProto.FLOAT, [*size, SMALL]),
        RolesGraph.ANCHOR: (TensorProto.FLOAT, ["anchors", SMALL]),
        RolesGraph.KIND: (TensorProto.INT64, ["anchors"]),
        RolesGraph.PLACE: (TensorProto.INT64, size),
        RolesGraph.TOLD: (TensorProto.FLOAT, [*size, tensors["told.weight"].shape[1]]),
        RolesGraph.MASK: (TensorProto.INT32, size),
    }
    made = {RolesGraph.ROLES: b.exact(x, "roles"), RolesGraph.STANCE: b.exact(pooled, "stance")}
    b.save(path, inputs, made)
