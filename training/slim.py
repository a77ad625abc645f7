"""Slim: take from every layer of the encoder the heads and inner units that matter least to the tagger.

How much one matters: the size of activation times gradient, summed over sub-words (a first-order guess at what the loss
would be without it; Michel, Levy and Neubig 2019, "Are Sixteen Heads Really Better than One?").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from training.net import HEAD, Layer, Net


class _Watch:
    """Adds up how much each unit going into a linear map matters; `unit` neighbours count as one."""

    def __init__(self, map_: nn.Linear, unit: int) -> None:
        self.unit, self.total = unit, torch.zeros(map_.in_features // unit)
        self.handle = map_.register_forward_pre_hook(self._seen)
        self.last: Tensor | None = None

    def _seen(self, _: nn.Module, given: tuple[Tensor, ...]) -> None:
        self.last = given[0]
        self.last.retain_grad()

    def add(self) -> None:
        if self.last is not None and self.last.grad is not None:
            product = (self.last * self.last.grad).float().detach().flatten(0, -2)
            self.total += product.view(len(product), -1, self.unit).sum(-1).abs().sum(0).cpu()
        self.last = None


def importance(net: Net, losses: Iterable[Callable[[], Tensor]]) -> list[tuple[Tensor, Tensor]]:
    """(per head, per inner unit) for each layer; each of `losses` runs the net on a batch and returns its loss."""
    watches = [(_Watch(layer.ao, HEAD), _Watch(layer.fo, 1)) for layer in _layers(net)]
    for loss in losses:
        loss().backward()  # type: ignore[no-untyped-call]
        for pair in watches:
            for watch in pair:
                watch.add()
        net.zero_grad()
    for pair in watches:
        for watch in pair:
            watch.handle.remove()
    return [(heads.total, inner.total) for heads, inner in watches]


def slim(net: Net, heads: int, inner: int, matters: list[tuple[Tensor, Tensor]] | None = None) -> None:
    """Keep in each layer the `heads` heads and `inner` units that matter most (the first ones without `matters`)."""
    for number, layer in enumerate(_layers(net)):
        of_heads, of_inner = matters[number] if matters else (torch.zeros(layer.heads), torch.zeros(len(layer.fi.bias)))
        kept = _most(of_heads, heads)
        units = (kept[:, None] * HEAD + torch.arange(HEAD)).flatten()
        for map_ in (layer.q, layer.k, layer.v):
            _keep_out(map_, units)
        _keep_in(layer.ao, units)
        chosen = _most(of_inner, inner)
        _keep_out(layer.fi, chosen)
        _keep_in(layer.fo, chosen)
        layer.heads = heads


def _layers(net: Net) -> list[Layer]:
    return [layer for layer in net.layers if isinstance(layer, Layer)]


def _most(values: Tensor, count: int) -> Tensor:
    return values.argsort(descending=True, stable=True)[:count].sort().values


def _keep_out(map_: nn.Linear, units: Tensor) -> None:
    map_.weight = nn.Parameter(map_.weight.detach()[units].clone())
    map_.bias = nn.Parameter(map_.bias.detach()[units].clone())
    map_.out_features = len(units)


def _keep_in(map_: nn.Linear, units: Tensor) -> None:
    map_.weight = nn.Parameter(map_.weight.detach()[:, units].clone())
    map_.in_features = len(units)
