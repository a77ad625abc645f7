from __future__ import annotations

import json
import math
import multiprocessing
import pickle
import struct
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from sayso.errors import ModelError
from sayso.models import cache, margin, vocabulary, weights
from sayso.models.encoder import Encoder

pytestmark = pytest.mark.encoder

TEXTS = [
    "The harbour bridge reopened on Monday after eleven months of repairs.",
    "أعيد افتتاح جسر الميناء يوم الاثنين بعد أحد عشر شهرا من الإصلاحات.",
    "Мост в гавани открыли в понедельник после одиннадцати месяцев ремонта.",
    "Prices of bread rose again, the baker said.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


@pytest.fixture(scope="module")
def package() -> weights.Weights:
    return weights.read_weights(weights.package_file())


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return vocabulary.from_pieces(weights.read_pieces(weights.package_file()))


def _norm(x, scale, bias, epsilon):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon) * scale + bias


def _reference(package: weights.Weights, ids: list[int]) -> np.ndarray:
    """The plain float32 forward pass, as the model's paper describes it."""
    t, shape = package.tensors, package.shape
    word = weights.Packed(package.word.codes[ids], package.word.scales[ids], package.word.bits).dense()
    x = _norm(word + t["emb.pos"][: len(ids)] + t["emb.type"][0], t["emb.ln.w"], t["emb.ln.b"], shape.epsilon)
    erf = np.vectorize(math.erf, otypes=[np.float32])
    for i in range(shape.layers):

        def linear(x, name, prefix=f"l{i}."):
            return x @ t[f"{prefix}{name}.w"].T + t[f"{prefix}{name}.b"]

        q, k, v = (linear(x, name).reshape(len(ids), shape.heads, -1).transpose(1, 0, 2) for name in "qkv")
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
        share = np.exp(scores - scores.max(-1, keepdims=True))
        heads = (share / share.sum(-1, keepdims=True)) @ v
        out = linear(heads.transpose(1, 0, 2).reshape(len(ids), -1), "ao")
        x = _norm(x + out, t[f"l{i}.aln.w"], t[f"l{i}.aln.b"], shape.epsilon)
        inner = linear(x, "fi")
        x = _norm(
            x + linear(inner * (1 + erf(inner / math.sqrt(2))) / 2, "fo"),
            t[f"l{i}.oln.w"],
            t[f"l{i}.oln.b"],
            shape.epsilon,
        )
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def test_the_graph_computes_what_the_weights_say(encoder, package, tokenizer):
    wanted = np.stack([_reference(package, vocabulary.encode(tokenizer, "query: " + text)) for text in TEXTS[:3]])
    cosines = (encoder.embed(TEXTS[:3]) * wanted).sum(1)
    assert cosines.mean() > 0.995
    assert cosines.min() > 0.99


def test_a_translation_is_nearer_than_another_sentence(encoder):
    cosines = encoder.embed(TEXTS) @ encoder.embed(TEXTS).T
    assert cosines[:3, :3].min() > cosines[:3, 3].max() + 0.03


def test_shape_type_and_length(encoder):
    vectors = encoder.embed(TEXTS)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.embed([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", " ", "\0", "\0\0a", "ﷺ" * 1000, "a" * 300_000, "\ud800", "🇺🇦👩‍👩‍👧", "\r\n\t"])
def test_any_text_has_a_vector(encoder, text):
    vector = encoder.embed([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6), st.randoms())
def test_a_vector_does_not_depend_on_its_neighbours(encoder, texts, random):
    alone = [encoder.embed([text])[0] for text in texts]
    together = encoder.embed(texts)
    assert all((a == b).all() for a, b in zip(alone, together, strict=True))
    order = list(range(len(texts)))
    random.shuffle(order)
    assert (encoder.embed([texts[i] for i in order]) == together[order]).all()


def test_a_vector_does_not_depend_on_the_number_of_threads(encoder):
    many = TEXTS * 10
    assert Encoder(threads=2).embed(many).tobytes() == encoder.embed(many).tobytes()


def test_only_the_first_512_tokens_count(encoder):
    long = "word " * 600
    assert (encoder.embed([long]) == encoder.embed([long + "and something else"])).all()


def test_threads_share_one_encoder():
    encoder = Encoder(threads=1)
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(encoder.embed(TEXTS).tobytes())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork on this system")
def test_a_forked_child_gets_the_same_bytes(encoder):
    here = encoder.embed(TEXTS).tobytes()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(encoder.embed, (TEXTS,)).get(timeout=60).tobytes() == here


def test_an_encoder_can_be_pickled(encoder):
    assert pickle.loads(pickle.dumps(encoder)).threads == 1


def test_pieces_are_those_of_the_package(tokenizer):
    assert tokenizer.encode("The interview, إن المقابلة").tokens == [
        "▁The",
        "▁interview",
        ",",
        "▁إن",
        "▁المقابل",
        "ة",
    ]
    assert tokenizer.encode("a\0b\u200bc ﬁ").tokens == tokenizer.encode("ab c fi").tokens


def test_packed_matrices_open_to_what_they_hold():
    codes = np.array([[0x80 | i % 8 for i in range(16)]], np.uint8)
    dense = weights.Packed(codes, np.array([[2.0]], np.float32), 4).dense()
    assert dense[0, :4].tolist() == [-16, 0, -14, 0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"PK\x03\x04 something else", "wrong magic"), (b"E5S1" + b"\0" * 20, "broken"), (b"", "broken")],
)
def test_broken_weights_are_told_in_one_sentence(tmp_path, content, reason):
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=reason):
        weights.read_weights(path)


@pytest.mark.parametrize("threads", ["0", "many", "-1"])
def test_a_wrong_number_of_threads_is_refused(monkeypatch, threads):
    monkeypatch.setenv("SAYSO_THREADS", threads)
    with pytest.raises(ModelError, match="SAYSO_THREADS"):
        Encoder()


def test_a_broken_cached_graph_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    encoder = Encoder(threads=1)
    (tmp_path / f"{encoder.name}.onnx").write_bytes(b"not a graph")
    with pytest.raises(ModelError, match="delete the file"):
        encoder.embed(["a"])


def test_the_cache_is_written_in_one_step(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "new"))

    def fail(path):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(ModelError, match="No space left"):
        cache.once("thing", fail)
    assert list((tmp_path / "new").iterdir()) == []
    assert cache.once("thing", lambda path: path.write_text("whole") and None).read_text() == "whole"
    assert cache.once("thing", fail).read_text() == "whole"


def _tiny_checkpoint(folder):
    """A made-up checkpoint of one layer in the official layout."""
    random = np.random.default_rng(3)
    sizes = {"attention.self.query": (32, 32), "attention.self.key": (32, 32), "attention.self.value": (32, 32)}
    sizes |= {"attention.output.dense": (32, 32), "intermediate.dense": (64, 32), "output.dense": (32, 64)}
    tensors = {f"encoder.layer.0.{name}.weight": random.normal(size=size) for name, size in sizes.items()}
    tensors |= {f"encoder.layer.0.{name}.bias": random.normal(size=size[0]) for name, size in sizes.items()}
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        tensors |= {f"encoder.layer.0.{name}.weight": np.ones(32), f"encoder.layer.0.{name}.bias": np.zeros(32)}
    tensors |= {f"embeddings.{n}_embeddings.weight": random.normal(size=(s, 32)) for n, s in
                (("word", 6), ("position", 512), ("token_type", 1))}  # fmt: skip
    tensors |= {"embeddings.LayerNorm.weight": np.ones(32), "embeddings.LayerNorm.bias": np.zeros(32)}
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        raw = tensor.astype(np.float32).tobytes()
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    head = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(head)) + head + data)
    config = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    config |= {"vocab_size": 6, "max_position_embeddings": 512, "layer_norm_eps": 1e-12}
    (folder / "config.json").write_text(json.dumps(config))
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁a", -1.0), ("▁b", -1.0)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.save(str(folder / "tokenizer.json"))


def test_an_official_checkpoint_is_read(monkeypatch, tmp_path):
    _tiny_checkpoint(tmp_path)
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SAYSO_ENCODER", str(tmp_path))
    from sayso.models.checkpoint import read_checkpoint

    vectors = Encoder(threads=1).embed(["a", "b b a"])
    wanted = [_reference(read_checkpoint(tmp_path), ids) for ids in ([0, 3, 4, 2], [0, 3, 5, 5, 4, 2])]
    assert vectors.shape == (2, 32)
    assert (vectors * np.stack(wanted)).sum(1).min() > 0.99


def test_a_folder_without_a_checkpoint_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_ENCODER", str(tmp_path))
    with pytest.raises(ModelError, match="neither"):
        Encoder(threads=1).embed(["a"])


def test_margin_lets_one_threshold_serve_all_languages(encoder, monkeypatch, tmp_path):
    for code, text in (
        ("en", "The shop opens at nine.\nRain fell all day.\n"),
        ("ru", "Собака спит.\nПоезд опоздал.\n"),
    ):
        (tmp_path / f"{code}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(margin, "BACKGROUND", tmp_path)
    monkeypatch.setenv("SAYSO_CACHE", str(cache.folder()))
    vectors = encoder.embed(TEXTS)
    found = margin.margins(vectors[:1], vectors[1:], encoder)
    assert found.shape == (1, 3)
    assert found[0, :2].min() > found[0, 2] + 0.1


def test_an_interrupt_while_weights_are_read_stays_an_interrupt() -> None:
    def stop(reader: weights._Reader) -> None:
        view = np.frombuffer(reader.data, np.uint8)
        assert len(view)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights._guarded(weights.package_file(), stop)
