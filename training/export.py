"""Export: a trained net as the files that ship (reader.onnx, roles.onnx); `training.fit` adds tagger.json."""

from __future__ import annotations

from pathlib import Path

import torch

from training.graphs import save_reader, save_roles


def export(weights: Path, folder: Path) -> None:
    """Write both graphs of the trained weights into `folder`."""
    kept = torch.load(weights, weights_only=True, map_location="cpu")
    tensors = {name: value.float().numpy() for name, value in kept.items()}
    folder.mkdir(parents=True, exist_ok=True)
    save_reader(tensors, folder / "reader.onnx")
    save_roles(tensors, folder / "roles.onnx")
