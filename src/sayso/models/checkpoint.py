"""Checkpoint: an official multilingual-e5 folder given by the user (model.safetensors, config.json) as Weights."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np

from sayso.errors import ModelError
from sayso.models.graph import packed
from sayso.models.weights import Floats, Shape, Weights, check

_TYPES = {"F32": np.float32, "F16": np.float16}
_NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def read_checkpoint(folder: Path) -> Weights:
    """The folder's weights under sayso's names. Raises ModelError."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tensors = _tensors((folder / "model.safetensors").read_bytes())
        return _weights(_shape(config), tensors)
    except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
        raise ModelError(f"{folder}: not a checkpoint of multilingual-e5 ({error!r})") from error


def _tensors(data: bytes) -> dict[str, Floats]:
    """safetensors: length of the header, the header (JSON: type, shape, offsets), the data."""
    (size,) = struct.unpack_from("<Q", data)
    header: dict[str, Any] = json.loads(data[8 : 8 + size])
    found: dict[str, Floats] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] not in _TYPES:
            continue
        start, end = entry["data_offsets"]
        raw = np.frombuffer(data[8 + size + start : 8 + size + end], _TYPES[entry["dtype"]])
        found[name.removeprefix("bert.").removeprefix("roberta.")] = raw.reshape(entry["shape"]).astype(np.float32)
    return found


def _shape(config: dict[str, Any]) -> Shape:
    return Shape(
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        vocabulary=config["vocab_size"],
        positions=config["max_position_embeddings"],
        epsilon=config["layer_norm_eps"],
    )


def _weights(shape: Shape, tensors: dict[str, Floats]) -> Weights:
    named = {
        "emb.pos": tensors["embeddings.position_embeddings.weight"],
        "emb.type": tensors["embeddings.token_type_embeddings.weight"],
        "emb.ln.w": tensors["embeddings.LayerNorm.weight"],
        "emb.ln.b": tensors["embeddings.LayerNorm.bias"],
    }
    for i in range(shape.layers):
        for theirs, ours in _NAMES.items():
            named[f"l{i}.{ours}.w"] = tensors[f"encoder.layer.{i}.{theirs}.weight"]
            named[f"l{i}.{ours}.b"] = tensors[f"encoder.layer.{i}.{theirs}.bias"]
    weights = Weights(shape, packed(tensors["embeddings.word_embeddings.weight"]), named)
    check(weights)
    return weights
