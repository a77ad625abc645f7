"""Tagger: finds attributions in a window of sub-words: anchors first, then what belongs to each anchor.

An anchor is where a cue begins or, without a cue, where a content begins. Six layers read the window once; a small one
then reads the stretch around each anchor and gives every sub-word its role for that anchor, so that attributions may
nest, share a source and be discontinuous. How it was trained: `training/`; what it is good for: its card.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.errors import ModelError
from sayso.models import session, vocabulary, weights
from sayso.models.weights import Floats, Packed
from sayso.models.windows import Window

FOLDER = Path(__file__).parent / "tagger"
REACH = 96
"""Sub-words on each side of an anchor that its roles were learnt from."""
NEAR, BEFORE, BEHIND = 64, 16, 8
"""Sub-words that are read for its roles: on each side of an anchor at most, before its paragraph, and behind it."""
Signs = NDArray[np.uint8]


class ReaderGraph:
    """Names of what goes in and out of the graph that reads a window."""

    WORDS, SIGNS = "words", "signs"
    ANCHORS, NARROW, WIDE = "anchors", "narrow", "wide"


class RolesGraph:
    """Names of what goes in and out of the graph that reads around anchors."""

    STATES, ANCHOR, KIND, PLACE, TOLD, MASK = "states", "anchor", "kind_of_anchor", "place", "told_roles", "mask"
    ROLES, STANCE = "roles", "stance"


@dataclass(frozen=True, slots=True)
class States:
    """One window as read: `anchors` (sub-words, 3) probabilities of none, cue, content; the rest is for `parts`."""

    window: Window
    anchors: Floats
    narrow: Floats
    wide: Floats

    def around(self, at: int) -> tuple[int, int]:
        """`[low, high)`: what is read for the roles around an anchor, its paragraph and some sub-words beside it."""
        after = bisect_right(self.window.paragraphs, at)
        low = max(0, at - NEAR, self.window.paragraphs[after - 1] - BEFORE if after else 0)
        return low, min(len(self.window), at + NEAR + 1, self.window.paragraphs[after] + BEHIND)


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to each anchor: `roles` (anchors, sub-words of the window, 4) probabilities of none, source, cue,
    content; `stance` (anchors, 5) probabilities. Outside an anchor's reach every sub-word has no role."""

    roles: Floats
    stance: Floats


@dataclass(frozen=True, slots=True)
class Tagger:
    """`read` a window, then `parts` for the anchors chosen. Cheap to make; the graphs are loaded once per process.

    One thread, so that a forked child may go on using it.
    """

    folder: Path = FOLDER
    threads: int = 1

    @property
    def settings(self) -> dict[str, Any]:
        """What was fitted after training: version, thresholds, calibration (tagger.json)."""
        return _settings(self.folder)

    @property
    def tokenizer(self) -> Tokenizer:
        """Cuts text into the sub-words that the windows are made of."""
        return _shared()[1]

    def read(self, window: Window, signs: Signs) -> States:
        """The states of one window; `signs` uint8 (sub-words, signs). Raises ModelError when the graphs are broken."""
        feed = {
            ReaderGraph.WORDS: _embedded(_shared()[0], window.ids)[None],
            ReaderGraph.SIGNS: signs.astype(np.float32)[None],
        }
        anchors, narrow, wide = _graphs(self.folder, self.threads)[0].run(
            [ReaderGraph.ANCHORS, ReaderGraph.NARROW, ReaderGraph.WIDE], feed
        )
        return States(window, _softmax(anchors[0]), narrow[0], wide[0])

    def parts(self, states: States, at: list[int], kinds: list[int], told: list[Signs]) -> Parts:
        """What belongs to each of the anchors `at`, of which there is one at least.

        `kinds`: 1 where a cue begins, 2 a content; `told`: the rules' roles, uint8 (sub-words, 3), for each anchor.
        """
        ranges = [states.around(one) for one in at]
        feed = _stretches(states, at, ranges, told)
        feed |= {RolesGraph.ANCHOR: states.wide[at], RolesGraph.KIND: np.array(kinds, np.int64)}
        roles, stance = _graphs(self.folder, self.threads)[1].run([RolesGraph.ROLES, RolesGraph.STANCE], feed)
        return Parts(_spread(len(states.narrow), ranges, _softmax(roles)), _softmax(stance))


def _stretches(
    states: States, at: list[int], ranges: list[tuple[int, int]], told: list[Signs]
) -> dict[str, NDArray[Any]]:
    """What the roles' graph reads around each anchor, padded to the longest stretch."""
    shape = (len(at), max(high - low for low, high in ranges))
    seen = np.zeros((*shape, states.narrow.shape[1]), np.float32)
    place, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int32)
    roles = np.zeros((*shape, told[0].shape[1]), np.float32)
    for i, (low, high) in enumerate(ranges):
        here = slice(0, high - low)
        seen[i, here], roles[i, here] = states.narrow[low:high], told[i][low:high]
        place[i, here], mask[i, here] = np.arange(low, high) - at[i] + REACH, 1
    return {RolesGraph.STATES: seen, RolesGraph.PLACE: place, RolesGraph.TOLD: roles, RolesGraph.MASK: mask}


@cache
def _graphs(folder: Path, threads: int) -> tuple[session.Session, session.Session]:
    """The reader's and the roles' graph. (Fused, the norms of the narrow layers take four times as long.)"""
    unfused = ["SkipLayerNormFusion"]
    return session.load(folder / "reader.onnx", threads, unfused), session.load(folder / "roles.onnx", threads, unfused)


@cache
def _shared() -> tuple[Packed, Tokenizer]:
    """Word embeddings and tokenizer of the encoder's package, which the tagger was trained on."""
    path = weights.package_file()
    return weights.read_words(path), vocabulary.from_pieces(weights.read_pieces(path))


@cache
def _settings(folder: Path) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: the tagger cannot be read ({error}); install sayso again") from error
    return settings


def _embedded(words: Packed, ids: list[int]) -> Floats:
    """Rows of the word embeddings, float32 (len(ids), hidden)."""
    return Packed(words.codes[ids], words.scales[ids], words.bits).dense()


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), np.float32)


def _spread(size: int, ranges: list[tuple[int, int]], roles: Floats) -> Floats:
    """Roles of stretches, laid where they belong in the window."""
    whole = np.zeros((len(ranges), size, roles.shape[-1]), np.float32)
    whole[..., 0] = 1.0
    for i, (low, high) in enumerate(ranges):
        whole[i, low:high] = roles[i, : high - low]
    return whole
