"""ONNX Runtime runs, and tells nobody."""

from __future__ import annotations

import os
import subprocess
import sys

RUN = """
from sayso.models.tagger import Tagger
import onnxruntime, pathlib
from sayso.extraction.read import read
assert read('“It stays shut,” Ruth Dal said.', 'en').attributions
"""


def test_nothing_is_kept_or_sent_for_the_makers_of_the_runtime(tmp_path):
    env = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ORT_"))}
    env |= {"HOME": str(tmp_path), "SAYSO_CACHE": str(tmp_path / "sayso")}
    subprocess.run([sys.executable, "-c", RUN], check=True, env=env)
    assert [path for path in tmp_path.rglob("*") if "microsoft" in str(path).lower()] == []
