"""The net made thinner, and written as graphs, does what it did before. Needs torch (training/requirements.txt)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from training.batches import batch  # noqa: E402
from training.examples import Example  # noqa: E402
from training.export import export  # noqa: E402
from training.net import HEAD, Net  # noqa: E402
from training.slim import importance, slim  # noqa: E402
from training.teacher import Teacher  # noqa: E402
from training.train import save  # noqa: E402

from sayso.extraction.attributions.signs import COUNT  # noqa: E402
from sayso.models.tagger import ReaderGraph, _embedded, _graphs, _shared  # noqa: E402

IDS = [0, 5, 77, 1234, 4321, 99, 2]


@pytest.fixture(scope="module")
def read() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    ids = torch.tensor([IDS])
    return ids, torch.zeros(1, len(IDS), COUNT), torch.ones(1, len(IDS), dtype=torch.bool)


def _quiet() -> Net:
    torch.manual_seed(0)
    net = Net().eval()
    net.keep_layers(2)
    return net


def test_what_matters_not_can_go(read: tuple[torch.Tensor, ...]) -> None:
    net = _quiet()
    dead_heads, dead_units = (1, 7), range(100, 300)
    for layer in net.layers:
        for head in dead_heads:
            layer.ao.weight.data[:, head * HEAD : (head + 1) * HEAD] = 0
        layer.fo.weight.data[:, list(dead_units)] = 0
    before = net.states(*read)[-1]
    matters = importance(net, [lambda: net.heads(net.states(*read)[-1])[0].square().sum()])
    for of_heads, of_units in matters:
        assert all(of_heads[head] == 0 for head in dead_heads)
        assert all(of_units[unit] == 0 for unit in dead_units)
    slim(net, 12 - len(dead_heads), 1536 - len(dead_units), matters)
    torch.testing.assert_close(net.states(*read)[-1], before, atol=1e-4, rtol=1e-4)


def test_what_matters_most_stays(read: tuple[torch.Tensor, ...]) -> None:
    net = _quiet()
    matters = importance(net, [lambda: net.heads(net.states(*read)[-1])[0].square().sum()])
    full = [(layer.q.weight.view(-1, HEAD, 384), layer.fo.weight) for layer in net.layers]
    slim(net, 6, 512, matters)
    for layer, (heads, inner), (of_heads, of_units) in zip(net.layers, full, matters, strict=True):
        best_heads = of_heads.topk(6).indices.sort().values
        best_units = of_units.topk(512).indices.sort().values
        assert torch.equal(layer.q.weight, heads[best_heads].flatten(0, 1))
        assert torch.equal(layer.fo.weight, inner[:, best_units])


def test_the_graph_gives_what_the_net_gives(tmp_path: Path, read: tuple[torch.Tensor, ...]) -> None:
    net = _quiet()
    slim(net, 6, 512)
    save(net, tmp_path / "net.pt")
    export(tmp_path / "net.pt", tmp_path)
    feed = {
        ReaderGraph.WORDS: _embedded(_shared()[0], IDS)[None],
        ReaderGraph.SIGNS: np.zeros((1, len(IDS), COUNT), np.float32),
    }
    (made,) = _graphs(tmp_path, 1)[0].run([ReaderGraph.NARROW], feed)
    wanted = net.heads(net.states(*read)[-1])[1].detach().numpy()
    assert np.corrcoef(made.ravel(), wanted.ravel())[0, 1] > 0.99  # 8-bit products


def test_a_teacher_is_followed_until_the_states_are_the_same() -> None:
    net = _quiet()
    empty = np.zeros((len(IDS), COUNT), np.uint8)
    items = [Example(np.array(IDS[:size]), empty[:size], np.zeros(size, np.int64), []) for size in (7, 5)]
    teacher = Teacher(net, "cpu")
    one = batch(items, [False, False])

    def far() -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return teacher.distance(items, net.states(one.ids, one.signs, one.mask))

    assert far() < 1e-4
    net.layers[0].fo.weight.data *= 2
    assert far() > 1e-3
