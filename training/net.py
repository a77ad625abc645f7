"""Net: the lower layers of the encoder with two heads, in torch; `training.export` writes it as the tagger's graphs."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sayso.extraction.attributions.signs import COUNT
from sayso.models import weights

LAYERS = 6
"""Layers of the encoder to begin with; a stage of the plan may go on with fewer, or with thinner ones."""
HEAD = 32
"""Width of one head of the encoder's layers, which stays when heads are taken away."""
SMALL, SMALL_INNER, SMALL_HEADS, SMALL_LAYERS = 192, 512, 4, 2
REACH = 96
"""Sub-words on each side of an anchor that are read for its roles."""
ANCHORS, ROLES, STANCES = 3, 4, 5
_DROP = 0.1
_NEVER = -1e4


class ChannelDropout(nn.Module):
    """Dropout of whole channels of a row: on a CPU a tenth of the cost of single numbers."""

    def forward(self, x: Tensor) -> Tensor:
        """`x` (rows, sub-words, width)."""
        if not self.training:
            return x
        kept = torch.rand(len(x), 1, x.shape[-1], device=x.device) >= _DROP
        return x * (kept / (1 - _DROP)).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, norms behind the sums as in BERT."""

    def __init__(self, width: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads, self.head = heads, width // heads
        self.q, self.k, self.v = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)
        self.ao, self.aln = nn.Linear(width, width), nn.LayerNorm(width, epsilon)
        self.fi, self.fo, self.oln = nn.Linear(width, inner), nn.Linear(inner, width), nn.LayerNorm(width, epsilon)
        self.drop = ChannelDropout()

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` (rows, sub-words, width), `mask` (rows, sub-words) True where there is a sub-word."""
        rows, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(rows, length, self.heads, -1).transpose(1, 2)

        # Written out: on a CPU the fused operation's backward pass takes twice as long.
        score = heads(self.q(x)) @ heads(self.k(x)).transpose(-1, -2) * self.head**-0.5
        seen = score.masked_fill(~mask[:, None, None, :], _NEVER).softmax(-1, dtype=score.dtype) @ heads(self.v(x))
        x = self.aln(x + self.drop(self.ao(seen.transpose(1, 2).reshape(rows, length, -1))))
        out: Tensor = self.oln(x + self.drop(self.fo(F.gelu(self.fi(x)))))
        return out


class Net(nn.Module):
    """Anchors of attributions in a window, then the roles around each anchor."""

    def __init__(self) -> None:
        super().__init__()
        read = weights.read_weights(weights.package_file())
        shape, tensors = read.shape, read.tensors
        self.word = nn.Embedding.from_pretrained(torch.from_numpy(read.word.dense()), freeze=True)
        self.position = nn.Parameter(torch.from_numpy(tensors["emb.pos"] + tensors["emb.type"][:1])[:512].clone())
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.signs = nn.Linear(COUNT, shape.hidden, bias=False)
        nn.init.zeros_(self.signs.weight)
        layer = (shape.hidden, shape.inner, shape.heads, shape.epsilon)
        self.layers = nn.ModuleList([Layer(*layer) for _ in range(LAYERS)])
        self._start_from(tensors)
        self.drop = ChannelDropout()
        self.anchors = nn.Linear(shape.hidden, ANCHORS)
        self.narrow, self.wide = nn.Linear(shape.hidden, SMALL), nn.Linear(shape.hidden, SMALL)
        self.kind, self.told = nn.Embedding(ANCHORS, SMALL), nn.Linear(len("sqc"), SMALL, bias=False)
        self.distance, self.small_norm = nn.Embedding(2 * REACH + 1, SMALL), nn.LayerNorm(SMALL)
        small = (SMALL, SMALL_INNER, SMALL_HEADS, shape.epsilon)
        self.small = nn.ModuleList([Layer(*small) for _ in range(SMALL_LAYERS)])
        self.roles, self.stance = nn.Linear(SMALL, ROLES), nn.Linear(SMALL, STANCES)

    def _start_from(self, tensors: dict[str, weights.Floats]) -> None:
        own = {"norm.weight": tensors["emb.ln.w"], "norm.bias": tensors["emb.ln.b"]}
        for i in range(LAYERS):
            for part in ("q", "k", "v", "ao", "aln", "fi", "fo", "oln"):
                own[f"layers.{i}.{part}.weight"] = tensors[f"l{i}.{part}.w"]
                own[f"layers.{i}.{part}.bias"] = tensors[f"l{i}.{part}.b"]
        self.load_state_dict({name: torch.from_numpy(value) for name, value in own.items()}, strict=False)

    def keep_layers(self, count: int) -> None:
        """Drop all layers above the lowest `count`."""
        self.layers = self.layers[:count]

    def keep_role_layers(self, count: int) -> None:
        """Drop all layers of the roles above the lowest `count`."""
        self.small = self.small[:count]

    def states(self, ids: Tensor, signs: Tensor, mask: Tensor) -> list[Tensor]:
        """What each layer makes of windows, (windows, sub-words, hidden); `ids` and `mask` (windows, sub-words)."""
        x = self.norm(self.word(ids) + self.position[: ids.shape[1]]) + self.signs(signs)
        states = []
        for layer in self.layers:
            x = layer(x, mask)
            states.append(x)
        return states

    def heads(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(anchor logits, states for tokens, states for anchors) from what the last layer made."""
        x = self.drop(x)
        return self.anchors(x), self.narrow(x), self.wide(x)

    def parts(
        self, tokens: Tensor, anchor: Tensor, kind: Tensor, told: Tensor, place: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """(role logits, stance logits) around anchors.

        `tokens` (anchors, reach, SMALL); `anchor` (anchors, SMALL); `kind` (anchors,); `told` (anchors, reach, 3);
        `place` (anchors, reach): 0 … 2 * REACH, REACH at the anchor itself; `mask` (anchors, reach).
        """
        x = tokens + (anchor + self.kind(kind))[:, None] + self.distance(place) + self.told(told)
        x = self.small_norm(x)
        for layer in self.small:
            x = layer(x, mask)
        here = (place == REACH).to(x.dtype)[:, :, None]
        return self.roles(x), self.stance((x * here).sum(1))
