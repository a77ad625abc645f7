"""Teacher: what a larger net makes of the same windows, for a thinner one to follow (distillation of states)."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from training.batches import batch
from training.examples import Example
from training.net import Net


class Teacher:
    """A frozen copy of a net. What it makes of a window is kept (16 bits), so that each window is read once."""

    def __init__(self, net: Net, device: str) -> None:
        self.net, self.device = copy.deepcopy(net, {id(net.word): net.word}).eval(), device
        self.layers = (len(net.layers) // 2 - 1, len(net.layers) - 1)
        """Layers that are followed: the middle one and the last."""
        self.kept: dict[int, tuple[Example, Tensor]] = {}
        """By the item's id; the item is kept too, so that no other gets its id."""

    def states(self, items: Sequence[Example]) -> list[Tensor]:
        """For each window (layers, sub-words, hidden); the signs are never hidden from the teacher."""
        if any(id(item) not in self.kept for item in items):
            self._read(items)
        return [self.kept[id(item)][1] for item in items]

    def _read(self, items: Sequence[Example]) -> None:
        one = batch(items, [False] * len(items))
        with torch.no_grad(), torch.autocast(self.device, dtype=torch.bfloat16):
            states = self.net.states(one.ids.to(self.device), one.signs.to(self.device), one.mask.to(self.device))
        both = torch.stack([states[layer] for layer in self.layers], 1).to(torch.bfloat16).cpu()
        for item, row in zip(items, both, strict=True):
            self.kept[id(item)] = item, row[:, : len(item.ids)].clone()

    def distance(self, items: Sequence[Example], states: Sequence[Tensor]) -> Tensor:
        """Mean squared distance of the followed layers' states from the teacher's."""
        pairs, followed = [], self.states(items)
        for row, known in enumerate(followed):
            mine = torch.stack([states[layer][row, : known.shape[1]] for layer in self.layers])
            pairs.append(F.mse_loss(mine.float(), known.to(self.device).float(), reduction="sum"))
        count = sum(known.numel() for known in followed)
        return torch.stack(pairs).sum() / count
