"""Batches: examples of about one length side by side, and the stretches around their anchors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.examples import IGNORED, Example
from training.net import REACH

_JITTER = 20


@dataclass(slots=True)
class Batch:
    """Windows padded to one length, and all their anchors: `row`, `at`, and per anchor a stretch of `2 * REACH + 1`."""

    ids: Tensor
    signs: Tensor
    mask: Tensor
    anchors: Tensor
    row: Tensor
    at: Tensor
    kind: Tensor
    told: Tensor
    roles: Tensor
    stance: Tensor


def shuffled(items: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """All items once, in batches of about one length, in a random order."""
    ordered = sorted(items, key=lambda item: len(item.ids) + chance.random() * _JITTER)
    budget = size * 256
    cuts: list[list[Example]] = [[]]
    for item in ordered:
        if (len(cuts[-1]) + 1) * len(item.ids) > budget:
            cuts.append([])
        cuts[-1].append(item)
    chance.shuffle(cuts)
    return iter([cut for cut in cuts if cut])


def batch(items: Sequence[Example], blind: Sequence[bool]) -> Batch:
    """Pad and stack. `blind[i]`: the signs of item i are hidden, so that the net learns to read without rules."""
    length = max(len(item.ids) for item in items)
    shape = (len(items), length)
    ids, mask, anchors = np.ones(shape, np.int64), np.zeros(shape, bool), np.full(shape, IGNORED)
    signs = np.zeros((*shape, items[0].signs.shape[1]), np.float32)
    found = [(row, one) for row, item in enumerate(items) for one in item.attributions]
    wide = 2 * REACH + 1
    roles, told = np.full((len(found), wide), IGNORED), np.zeros((len(found), wide, 3), np.float32)
    for row, item in enumerate(items):
        ids[row, : len(item.ids)], mask[row, : len(item.ids)] = item.ids, True
        anchors[row, : len(item.ids)] = item.anchors
        if not blind[row]:
            signs[row, : len(item.ids)] = item.signs
    for number, (row, one) in enumerate(found):
        low, high = max(0, one.at - REACH), min(len(one.roles), one.at + REACH + 1)
        shift = REACH - one.at
        roles[number, low + shift : high + shift] = one.roles[low:high]
        if not blind[row]:
            told[number, low + shift : high + shift] = one.told[low:high]
    numbers = [[row for row, _ in found], [one.at for _, one in found]]
    numbers += [[one.kind for _, one in found], [one.stance for _, one in found]]
    row_, at, kind, stance = (torch.tensor(values, dtype=torch.long) for values in numbers)
    arrays = (ids, signs, mask, anchors)
    return Batch(
        *map(torch.from_numpy, arrays), row_, at, kind, torch.from_numpy(told), torch.from_numpy(roles), stance
    )


def around(states: Tensor, row: Tensor, at: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """(states, places, mask) of the stretches around anchors: what lies outside the window is masked."""
    place = torch.arange(2 * REACH + 1, device=at.device)[None].expand(len(at), -1)
    where = at[:, None] + place - REACH
    inside = (where >= 0) & (where < states.shape[1])
    where = where.clamp(0, states.shape[1] - 1)
    return states[row[:, None], where], place, inside & mask[row[:, None], where]
