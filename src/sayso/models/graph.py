"""Graph: the encoder as an ONNX graph with 8-bit matrices, made once from the weights.

Activations are quantised per token (one scale a row), not per tensor: a text's embedding must not depend on the texts
beside it, and it is closer to float32 as well (cosine .999 against .997). Weights keep to 7 of the 8 bits, because
processors without VNNI add pairs of products in 16 bits and would overflow with 8.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from sayso.models.session import INPUT, OUTPUT, Progress
from sayso.models.weights import BLOCK, Floats, Packed, Weights

_OWN = "com.microsoft"
_LARGEST = 63


class _Builder:
    """Collects nodes and tensors; every method returns the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[onnx.TensorProto] = []
        self.constant("one", np.array(1, np.float32))
        self.constant("middle", np.array(128, np.uint8))
        self.constant("largest", np.array(127, np.float32))
        self.constant("tiny", np.array(1e-9, np.float32))
        self.constant("last_axis", np.array([-1], np.int64))

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: float) -> str:
        node = helper.make_node(kind, inputs, [name], domain=domain)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in attributes.items())
        self.nodes.append(node)
        return name

    def tensor(self, name: str) -> str:
        return self.constant(name, self.weights.tensors[name])

    def norm(self, x: str, name: str) -> str:
        inputs = [x, self.tensor(f"{name}.w"), self.tensor(f"{name}.b")]
        return self.node("LayerNormalization", inputs, name, epsilon=self.weights.shape.epsilon, axis=-1)

    def quantised(self, x: str, name: str) -> tuple[str, str]:
        """(uint8 rows, factor of each row): x ≈ (rows - 128) / factor."""
        top = self.node("ReduceMax", [self.node("Abs", [x], f"{name}.abs"), "last_axis"], f"{name}.max", keepdims=1)
        factor = self.node("Div", ["largest", self.node("Max", [top, "tiny"], f"{name}.top")], f"{name}.factor")
        scaled = self.node("Mul", [x, factor], f"{name}.scaled")
        return self.node("QuantizeLinear", [scaled, "one", "middle"], f"{name}.rows"), factor

    def linear(self, x: str, name: str, parts: list[str]) -> str:
        """x @ W.T + b, with the matrices of `parts` stacked into one."""
        matrix = np.concatenate([self.weights.tensors[f"{part}.w"] for part in parts])
        bias = np.concatenate([self.weights.tensors[f"{part}.b"] for part in parts])
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-9) / _LARGEST
        codes = np.rint(matrix / scales[:, None]).astype(np.int8).T
        rows, factor = self.quantised(x, name)
        product = self.node("MatMulInteger", [rows, self.constant(f"{name}.w8", codes), "middle"], f"{name}.product")
        product = self.node("Cast", [product], f"{name}.float", to=TensorProto.FLOAT)
        product = self.node("Div", [product, factor], f"{name}.unscaled")
        product = self.node("Mul", [product, self.constant(f"{name}.s", scales)], f"{name}.weighed")
        return self.node("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def embeddings(self) -> str:
        word, tensors = self.weights.word, self.weights.tensors
        inputs = [self.constant("words", word.codes), INPUT, self.constant("words.s", word.scales)]
        quantised = {"block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1, "bits": word.bits}
        x = self.node("GatherBlockQuantized", inputs, "word", _OWN, **quantised)
        self.constant("positions", tensors["emb.pos"] + tensors["emb.type"][:1])
        self.constant("zero", np.array([0], np.int64))
        self.node("Shape", [INPUT], "length", start=1, end=2)
        self.node("Slice", ["positions", "zero", "length", "zero"], "position")
        return self.norm(self.node("Add", [x, "position"], "embedded"), "emb.ln")

    def layer(self, x: str, prefix: str) -> str:
        heads = [f"{prefix}.{part}" for part in "qkv"]
        together = self.linear(x, f"{prefix}.qkv", heads)
        self.nodes.append(helper.make_node("Split", [together], heads, axis=-1, num_outputs=3))
        attended = self.node("MultiHeadAttention", heads, f"{prefix}.heads", _OWN, num_heads=self.weights.shape.heads)
        out = self.linear(attended, f"{prefix}.ao", [f"{prefix}.ao"])
        x = self.norm(self.node("Add", [x, out], f"{prefix}.sum1"), f"{prefix}.aln")
        inner = self.node("Gelu", [self.linear(x, f"{prefix}.fi", [f"{prefix}.fi"])], f"{prefix}.gelu", _OWN)
        out = self.linear(inner, f"{prefix}.fo", [f"{prefix}.fo"])
        return self.norm(self.node("Add", [x, out], f"{prefix}.sum2"), f"{prefix}.oln")


def build(weights: Weights, progress: Progress | None = None) -> onnx.ModelProto:
    """ONNX model: input_ids int64 (texts, tokens), all texts of one length -> last_hidden_state float32 (…, hidden)."""
    builder = _Builder(weights)
    x, layers = builder.embeddings(), weights.shape.layers
    for i in range(layers):
        if progress:
            progress(i, layers + 1)
        x = builder.layer(x, f"l{i}")
    builder.node("Identity", [x], OUTPUT)
    ids = helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["texts", "tokens"])
    out = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["texts", "tokens", weights.shape.hidden])
    graph = helper.make_graph(builder.nodes, "multilingual-e5-small", [ids], [out], builder.tensors)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="sayso")


def save(weights: Weights, path: Path, progress: Progress | None = None) -> None:
    """Build the graph and write it to `path`."""
    onnx.save(build(weights, progress), path)
    if progress:
        progress(weights.shape.layers + 1, weights.shape.layers + 1)


def packed(matrix: Floats) -> Packed:
    """A float matrix in blocks of 32 with 8 bits; for word embeddings of official checkpoints."""
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    scales = (np.maximum(np.abs(blocks).max(axis=2), 1e-9) / 127).astype(np.float32)
    codes = (np.rint(blocks / scales[..., None]) + 128).astype(np.uint8)
    return Packed(codes.reshape(len(matrix), -1), scales, 8)
