"""Session: an ONNX graph loaded and run; what goes in and out of the encoder's graphs is named here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as native

from sayso.errors import ModelError
from sayso.models.weights import Floats

VERSION = 1
"""Goes up with every change of the graph, so that an older cached file is not taken for this one."""
INPUT, OUTPUT = "input_ids", "last_hidden_state"
Progress = Callable[[int, int], None]
"""Called with steps done and steps in all."""
Session: TypeAlias = onnxruntime.InferenceSession
_BROKEN = (native.Fail, native.InvalidProtobuf, native.InvalidGraph, native.NoSuchFile, RuntimeError, ValueError)


def load(path: Path, threads: int, unfused: Sequence[str] = ()) -> Session:
    """The graph at `path`, on the CPU; `unfused`: optimizations of ONNX Runtime to leave out. Raises ModelError."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return Session(str(path), options, ["CPUExecutionProvider"], disabled_optimizers=list(unfused))
    except _BROKEN as error:
        raise ModelError(
            f"{path}: the graph cannot be loaded ({error}); delete the file and try again, or install sayso again"
        ) from error


def run(session: Session, ids: NDArray[np.int64]) -> Floats:
    """Hidden states (texts, tokens, hidden) of `ids` (texts, tokens).

    Official graphs want a mask, and run one text at a time: float32 products may differ in the last bit with the
    number of texts.
    """
    wanted = [entry.name for entry in session.get_inputs()]
    if wanted == [INPUT]:
        return cast(Floats, session.run([OUTPUT], {INPUT: ids})[0])
    fill = {"attention_mask": np.ones_like, "token_type_ids": np.zeros_like}
    rows = []
    for row in ids[:, None]:
        feed = {name: fill[name](row) if name in fill else row for name in wanted}
        rows.append(session.run([OUTPUT], feed)[0][0])
    return np.stack(rows)
