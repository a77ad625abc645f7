"""The shipped tagger: it loads, it gives the same numbers always, and broken files are told in one sentence."""

from __future__ import annotations

import multiprocessing
import shutil
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import ModelError
from sayso.extraction.attributions.judged import FEATURES
from sayso.extraction.attributions.signs import COUNT
from sayso.models.tagger import FOLDER, REACH, States, Tagger
from sayso.models.windows import Window, windows

TEXT = "Mira Holt said on Tuesday that the bridge was safe. The port authority denied that it had been checked twice."
MOST_MEGABYTES = 25


def window_of(text: str) -> Window:
    return next(windows(Tagger().tokenizer, text, []))


def states_of(text: str) -> States:
    window = window_of(text)
    return Tagger().read(window, np.zeros((len(window), COUNT), np.uint8))


def place(window: Window, word: str) -> int:
    """The sub-word that begins the word; one of white space alone may stand before it."""
    return max(i for i, start in enumerate(window.starts) if TEXT.startswith(word, start))


def test_what_ships_is_small_and_names_its_version() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_MEGABYTES * 2**20
    settings = Tagger().settings
    assert settings["version"]
    assert settings["features"] == list(FEATURES)
    assert len(settings["weights"]) == len(FEATURES)
    assert 0 < settings["cut"] < 1
    assert (FOLDER / "CARD.md").exists()


def test_anchors_are_probabilities_and_a_cue_is_one() -> None:
    window, states = window_of(TEXT), states_of(TEXT)
    assert np.allclose(states.anchors.sum(axis=1), 1, atol=1e-5)
    assert states.anchors[place(window, "said"), 1] > 0.5


def test_roles_around_an_anchor_are_its_own() -> None:
    window, states = window_of(TEXT), states_of(TEXT)
    cues = [place(window, word) for word in ("said", "denied")]
    nothing = np.zeros((len(window), 3), np.uint8)
    tagged = Tagger().parts(states, cues, [1, 1], [nothing, nothing])
    bridge, checked = place(window, "bridge"), place(window, "checked")
    roles = tagged.roles.argmax(axis=2)
    assert roles[:, bridge].tolist() == [3, 0]
    assert roles[1, checked] == 3
    assert np.allclose(tagged.roles.sum(axis=2), 1, atol=1e-5)
    assert tagged.stance.argmax(axis=1).tolist() == [0, 1]


def test_nothing_beyond_the_reach_has_a_role() -> None:
    text = " ".join([TEXT] * 12)
    window, states = window_of(text), states_of(text)
    nothing = np.zeros((len(window), 3), np.uint8)
    tagged = Tagger().parts(states, [5], [1], [nothing])
    assert (tagged.roles[0, 5 + REACH + 1 :, 0] == 1).all()


def _bytes(text: str) -> bytes:
    return states_of(text).anchors.tobytes()


def test_the_same_numbers_in_every_process() -> None:
    here = _bytes(TEXT)
    assert _bytes(TEXT) == here
    for method in ("fork", "spawn"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            assert pool.map(_bytes, [TEXT]) == [here]


@pytest.mark.parametrize("name", ["reader.onnx", "roles.onnx"])
def test_a_broken_graph_is_told_in_one_sentence(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "tagger"
    shutil.copytree(FOLDER, folder)
    (folder / name).write_bytes(b"not a graph")
    window = window_of(TEXT)
    with pytest.raises(ModelError, match=name):
        Tagger(folder).read(window, np.zeros((len(window), COUNT), np.uint8))


def test_missing_settings_are_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install sayso again"):
        _ = Tagger(tmp_path).settings
