"""Graph: the encoder as an ONNX graph with 8-bit matrices, made once from the weights.

Its products quantise activations by row: a text's embedding must not depend on the texts beside it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto

from sayso.models.builder import OWN, Builder, ByRow
from sayso.models.session import INPUT, OUTPUT, Progress
from sayso.models.weights import BLOCK, Floats, Packed, Weights


def build(weights: Weights, progress: Progress | None = None) -> onnx.ModelProto:
    """ONNX model: input_ids int64 (texts, tokens), all texts of one length -> last_hidden_state float32 (…, hidden)."""
    builder, shape = ByRow(weights.tensors, weights.shape.epsilon), weights.shape
    x = _embedded(builder, weights)
    for i in range(shape.layers):
        if progress:
            progress(i, shape.layers + 1)
        x = builder.layer(x, f"l{i}", shape.heads)
    return builder.model("multilingual-e5-small", {INPUT: (TensorProto.INT64, ["texts", "tokens"])}, {OUTPUT: x})


def _embedded(builder: Builder, weights: Weights) -> str:
    """Words and positions, added and normed."""
    word, tensors = weights.word, weights.tensors
    inputs = [builder.constant("words", word.codes), INPUT, builder.constant("words.s", word.scales)]
    quantised = {"block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1, "bits": word.bits}
    x = builder.node("GatherBlockQuantized", inputs, "word", OWN, **quantised)
    return builder.norm(builder.placed(x, INPUT, tensors["emb.pos"] + tensors["emb.type"][:1]), "emb.ln")


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
