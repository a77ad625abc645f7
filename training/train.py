"""Train: the tagger's net in stages, with checkpoints and a log; goes on where it was stopped.

python -m training.train OUT                    # all stages of training/plan.toml
python -m training.train OUT --plan MY.toml --device cuda
"""

from __future__ import annotations

import math
import random
import time
import tomllib
from itertools import islice
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.batches import Batch, around, batch, shuffled
from training.documents import documents
from training.examples import IGNORED, Example, examples
from training.net import ANCHORS, ROLES, STANCES, Net
from training.slim import importance, slim
from training.teacher import Teacher

PLAN = Path(__file__).parent / "plan.toml"
_BLIND = 0.15
_ANCHOR_WEIGHT, _STANCE_WEIGHT = 3.0, 0.1
_FASTER = 5
"""The new heads learn faster than the pretrained layers, by this factor."""
_WARM_UP, _LAST = 0.06, 0.02
_EVERY = 20
_SAVE_AFTER = 600
_WEIGHED = 40
"""Batches by which heads and inner units are weighed before some are taken away."""


def loss_of(net: Net, one: Batch) -> tuple[Tensor, dict[str, float], list[Tensor]]:
    """The loss of a batch, its parts for the log, and what the layers made of the windows."""
    with torch.autocast(one.ids.device.type, dtype=torch.bfloat16):
        layers = net.states(one.ids, one.signs, one.mask)
        anchors, narrow, wide = net.heads(layers[-1])
        states, place, mask = around(narrow, one.row, one.at, one.mask)
        roles, stance = net.parts(states, wide[one.row, one.at], one.kind, one.told, place, mask)
    found = F.cross_entropy(anchors.float().view(-1, ANCHORS), one.anchors.view(-1), ignore_index=IGNORED)
    total, told = _ANCHOR_WEIGHT * found, {"anchors": found.item()}
    if len(one.row):
        part = F.cross_entropy(roles.float().view(-1, ROLES), one.roles.view(-1), ignore_index=IGNORED)
        total, told["roles"] = total + part, part.item()
    if bool((one.stance != IGNORED).any()):
        kind = F.cross_entropy(stance.float().view(-1, STANCES), one.stance, ignore_index=IGNORED)
        total, told["stance"] = total + _STANCE_WEIGHT * kind, kind.item()
    return total, told, layers


def optimizer_of(net: Net, rate: float) -> torch.optim.Optimizer:
    """AdamW; the word embeddings stay as they are."""
    old = [p for name, p in net.named_parameters() if p.requires_grad and _is_old(name)]
    new = [p for name, p in net.named_parameters() if p.requires_grad and not _is_old(name)]
    groups = [{"params": old, "lr": rate}, {"params": new, "lr": rate * _FASTER}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _is_old(name: str) -> bool:
    return name.startswith(("layers.", "position", "norm."))


def pool(mix: dict[str, float], chance: random.Random) -> list[Example]:
    """Examples of a stage: each set by its share; 2.5 means twice all and half of it once more."""
    out: list[Example] = []
    for name, share in mix.items():
        found = documents(name)
        made = [one for document in found for _, one in examples(document)]
        out += made * int(share)
        out += chance.sample(made, round(len(made) * (share % 1)))
    return out


class Trainer:
    """One net on its way through the stages; `folder` keeps its checkpoint and its log.

    The stage that makes the net thinner keeps it as it was, as the teacher of all stages that `follow`.
    """

    def __init__(self, folder: Path, device: str) -> None:
        self.folder, self.device = folder, device
        self.net = Net().to(device)
        self.teacher: Teacher | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def stage(self, name: str, plan: dict[str, Any], seed: int) -> Path:
        """Train one stage, unless its result is there already; returns the path of its weights."""
        done = self.folder / f"{name}.pt"
        if "heads" in plan:
            self.teacher = Teacher(self.net, self.device)
        if done.exists():
            shape(self.net, plan)
            load(self.net, done)
            return done
        chance = random.Random(seed)
        torch.manual_seed(seed)
        items = pool(plan["mix"], chance)
        shape(self.net, plan, [self._moved(cut) for cut in islice(shuffled(items, plan["batch"], chance), _WEIGHED)])
        rounds = math.ceil(plan["epochs"])
        order = [cut for _ in range(rounds) for cut in shuffled(items, plan["batch"], chance)]
        order = order[: round(len(order) * plan["epochs"] / rounds)]
        self.log(f"{name}: {len(items)} windows, {sum(len(i.ids) for i in items)} sub-words, {len(order)} steps")
        run = Run(self, order, plan, chance, self.folder / f"{name}.passing.pt")
        run.all()
        save(self.net, done)
        run.passing.unlink(missing_ok=True)
        return done

    def _moved(self, items: list[Example]) -> Batch:
        return _moved(batch(items, [False] * len(items)), self.device)

    def log(self, text: str) -> None:
        """Print a line and keep it in the log."""
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        with (self.folder / "log.txt").open("a", encoding="utf-8") as file:
            file.write(line + "\n")


class Run:
    """The steps of one stage, with a checkpoint every ten minutes."""

    def __init__(
        self,
        trainer: Trainer,
        order: list[list[Example]],
        plan: dict[str, Any],
        chance: random.Random,
        passing: Path,
    ) -> None:
        self.trainer, self.order, self.chance, self.passing = trainer, order, chance, passing
        self.net, self.follow = trainer.net, plan.get("follow", 0.0)
        self.teacher = trainer.teacher if self.follow else None
        self.optimizer = optimizer_of(self.net, plan["rate"])
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: _rate(step, len(order)))
        self.first = self._resume()
        self.saved = time.monotonic()
        self.total: dict[str, float] = {}

    def all(self) -> None:
        """Take all steps that are left."""
        start = time.monotonic()
        self.net.train()
        for step in range(self.first, len(self.order)):
            for key, value in self._step(step).items():
                self.total[key] = self.total.get(key, 0.0) + value / _EVERY
            if (step + 1) % _EVERY == 0:
                told = " ".join(f"{key} {value:.4f}" for key, value in self.total.items())
                pace = (time.monotonic() - start) / (step + 1 - self.first)
                self.trainer.log(f"{step + 1}/{len(self.order)} {told} {pace:.2f} s/step")
                self.total = {}
            if time.monotonic() - self.saved > _SAVE_AFTER:
                self._save(step + 1)

    def _step(self, step: int) -> dict[str, float]:
        blind = [self.chance.random() < _BLIND for _ in self.order[step]]
        loss, told, layers = loss_of(self.net, _moved(batch(self.order[step], blind), self.trainer.device))
        if self.teacher is not None:
            far = self.teacher.distance(self.order[step], layers)
            loss, told["far"] = loss + self.follow * far, far.item()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.schedule.step()
        return told

    def _save(self, step: int) -> None:
        self.saved = time.monotonic()
        states = {"optimizer": self.optimizer.state_dict(), "schedule": self.schedule.state_dict()}
        torch.save({"net": trained(self.net), **states, "step": step}, self.passing)

    def _resume(self) -> int:
        """Go on from the checkpoint, if there is one; the number of the first step to take."""
        if not self.passing.exists():
            return 0
        kept = torch.load(self.passing, weights_only=True)
        self.net.load_state_dict(kept["net"], strict=False)
        self.optimizer.load_state_dict(kept["optimizer"])
        self.schedule.load_state_dict(kept["schedule"])
        return int(kept["step"])


def shape(net: Net, plan: dict[str, Any], sample: list[Batch] | None = None) -> None:
    """Make the net as thin as a stage asks; `sample`: batches that show what matters least (none: any will do)."""
    net.keep_layers(plan.get("layers", len(net.layers)))
    net.keep_role_layers(plan.get("role_layers", len(net.small)))
    if "heads" in plan:
        losses = [lambda one=one: loss_of(net, one)[0] for one in sample or []]
        slim(net, plan["heads"], plan["inner"], importance(net, losses) if losses else None)


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / (_WARM_UP * steps)) * max(_LAST, 1 - step / steps)


def _moved(one: Batch, device: str) -> Batch:
    return Batch(*(getattr(one, name).to(device) for name in Batch.__slots__))


def trained(net: Net) -> dict[str, Tensor]:
    """All weights but the word embeddings, which come from the package."""
    return {name: value for name, value in net.state_dict().items() if not name.startswith("word.")}


def save(net: Net, path: Path) -> None:
    """Write the trained weights."""
    torch.save(trained(net), path)


def load(net: Net, path: Path) -> None:
    """Read trained weights into the net; the word embeddings stay."""
    net.load_state_dict(torch.load(path, weights_only=True, map_location="cpu"), strict=False)


def device() -> str:
    """A GPU where there is one."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def train(folder: Path, plan: Path, on: str) -> Path:
    """Run all stages of a plan; returns the path of the last one's weights."""
    trainer, last = Trainer(folder, on), folder
    for seed, (name, stage) in enumerate(tomllib.loads(plan.read_text(encoding="utf-8"))["stages"].items()):
        last = trainer.stage(name, stage, seed)
    return last
