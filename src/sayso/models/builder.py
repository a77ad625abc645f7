"""Builder: an ONNX graph put together node by node, up to transformer layers whose products are made in 8 bits.

Weights keep to 7 of the 8 bits, because processors without VNNI add pairs of products in 16 bits and would overflow.
There are two kinds, which quantise activations differently: `ByRow` by a scale for each row, `ByTensor` by one for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from sayso.models.weights import Floats

OWN = "com.microsoft"
"""The domain of the operators that only ONNX Runtime has."""
Inputs = Mapping[str, tuple[int, Sequence[str | int]]]
"""Type of element and sizes of each input; a size that may vary has a name."""
_LARGEST = 63


class Builder(ABC):
    """Collects nodes and tensors; every method but `model` returns the name of its output.

    `tensors`: matrices (out, in) and weights of norms as `NAME.w`, biases as `NAME.b`. `epsilon`: what norms add.
    """

    def __init__(self, tensors: Mapping[str, Floats], epsilon: float) -> None:
        self.tensors, self.epsilon = tensors, epsilon
        self._nodes: list[onnx.NodeProto] = []
        self._kept: list[onnx.TensorProto] = []

    @abstractmethod
    def _product(self, x: str, codes: str, scales: str, bias: str, out: str) -> str:
        """x @ (codes * scales) + b; `codes`: int8 (in, out), `scales`: one for each column."""

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """A tensor that is part of the graph."""
        self._kept.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], name: str, domain: str = "", **attributes: float) -> str:
        """One operation."""
        node = helper.make_node(kind, inputs, [name], domain=domain)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in sorted(attributes.items()))
        self._nodes.append(node)
        return name

    def linear(self, x: str, names: Sequence[str], out: str) -> str:
        """x @ W.T + b in 8 bits, with the matrices of `names` stacked into one."""
        matrix = np.concatenate([self.tensors[f"{name}.w"] for name in names])
        bias = np.concatenate([self.tensors[f"{name}.b"] for name in names])
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-9).astype(np.float32) / _LARGEST
        codes = np.rint(matrix / scales[:, None]).astype(np.int8).T
        return self._product(
            x,
            self.constant(f"{out}.w8", codes),
            self.constant(f"{out}.s", scales),
            self.constant(f"{out}.b", bias),
            out,
        )

    def exact(self, x: str, name: str) -> str:
        """x @ W.T + b in float32, for small heads (b may be missing)."""
        weight = self.constant(f"{name}.w", self.tensors[f"{name}.w"].T)
        product = self.node("MatMul", [x, weight], f"{name}.product")
        if f"{name}.b" not in self.tensors:
            return product
        return self.node("Add", [product, self.constant(f"{name}.b", self.tensors[f"{name}.b"])], f"{name}.out")

    def norm(self, x: str, name: str, epsilon: float | None = None) -> str:
        """Rows of mean 0 and variance 1, then weighed."""
        parts = [self.constant(part, self.tensors[part]) for part in (f"{name}.w", f"{name}.b")]
        epsilon = self.epsilon if epsilon is None else epsilon
        return self.node("LayerNormalization", [x, *parts], f"{name}.out", axis=-1, epsilon=epsilon)

    def placed(self, x: str, given: str, positions: Floats) -> str:
        """`x` with a vector added for each position; `given` (texts, sub-words, …) tells how many there are."""
        table, zero = self.constant("positions", positions), self.constant("zero", np.array([0], np.int64))
        length = self.node("Shape", [given], "length", start=1, end=2)
        return self.node("Add", [x, self.node("Slice", [table, zero, length, zero], "place")], "placed")

    def layer(self, x: str, name: str, heads: int, mask: str = "") -> str:
        """One transformer layer, norms behind the sums; `mask` int32 (rows, sub-words): 1 where there is a sub-word."""
        parts = [f"{name}.{part}" for part in "qkv"]
        together = self.linear(x, parts, f"{name}.qkv")
        self._nodes.append(helper.make_node("Split", [together], parts, axis=-1, num_outputs=3))
        inputs = [*parts, "", mask] if mask else parts
        seen = self.node("MultiHeadAttention", inputs, f"{name}.seen", OWN, num_heads=heads)
        out = self.linear(seen, [f"{name}.ao"], f"{name}.ao")
        x = self.norm(self.node("Add", [x, out], f"{name}.sum1"), f"{name}.aln")
        inner = self.node("Gelu", [self.linear(x, [f"{name}.fi"], f"{name}.fi")], f"{name}.gelu", OWN)
        out = self.linear(inner, [f"{name}.fo"], f"{name}.fo")
        return self.norm(self.node("Add", [x, out], f"{name}.sum2"), f"{name}.oln")

    def model(self, name: str, inputs: Inputs, outputs: Mapping[str, str]) -> onnx.ModelProto:
        """The graph as a whole; `outputs`: names, and what was made for them, all float32."""
        for out, made in outputs.items():
            self.node("Identity", [made], out)
        ins = [helper.make_tensor_value_info(given, kind, sizes) for given, (kind, sizes) in inputs.items()]
        outs = [helper.make_tensor_value_info(out, TensorProto.FLOAT, None) for out in outputs]
        graph = helper.make_graph(self._nodes, name, ins, outs, self._kept)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(OWN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="sayso")


class ByTensor(Builder):
    """One scale for all that goes into a product: one fused operation, for texts that are read one at a time."""

    def _product(self, x: str, codes: str, scales: str, bias: str, out: str) -> str:
        return self.node("DynamicQuantizeMatMul", [x, codes, scales, "", bias], out, OWN)


class ByRow(Builder):
    """One scale a row: no row depends on those beside it, and it is closer to float32 (cosine .999 against .997)."""

    def __init__(self, tensors: Mapping[str, Floats], epsilon: float) -> None:
        super().__init__(tensors, epsilon)
        self.constant("one", np.array(1, np.float32))
        self.constant("middle", np.array(128, np.uint8))
        self.constant("largest", np.array(127, np.float32))
        self.constant("tiny", np.array(1e-9, np.float32))
        self.constant("last_axis", np.array([-1], np.int64))

    def _product(self, x: str, codes: str, scales: str, bias: str, out: str) -> str:
        rows, factor = self._quantised(x, out)
        product = self.node("MatMulInteger", [rows, codes, "middle"], f"{out}.product")
        product = self.node("Cast", [product], f"{out}.float", to=TensorProto.FLOAT)
        product = self.node("Div", [product, factor], f"{out}.unscaled")
        return self.node("Add", [self.node("Mul", [product, scales], f"{out}.weighed"), bias], out)

    def _quantised(self, x: str, name: str) -> tuple[str, str]:
        """(uint8 rows, factor of each row): x ≈ (rows - 128) / factor."""
        top = self.node("ReduceMax", [self.node("Abs", [x], f"{name}.abs"), "last_axis"], f"{name}.max", keepdims=1)
        factor = self.node("Div", ["largest", self.node("Max", [top, "tiny"], f"{name}.top")], f"{name}.factor")
        scaled = self.node("Mul", [x, factor], f"{name}.scaled")
        return self.node("QuantizeLinear", [scaled, "one", "middle"], f"{name}.rows"), factor
