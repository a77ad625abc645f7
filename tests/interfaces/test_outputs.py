"""Where output goes wrong: a folder in the place of a file, a full disk, a pipe that was closed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("outputs")
    (made / "dir").mkdir()
    run(made, "read", str(EXAMPLES / "dal-bridge.warc"), "--rules", "--ledger", "news")
    return made


def run(folder: Path, *words: str, out=subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "sayso", *words]
    return subprocess.run(whole, cwd=folder, stdout=out, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--prove", "0e675da1f2f9", "-o", "dir"),
        ("log", "--stamp-request", "dir"),
        ("annotate", str(EXAMPLES / "articles" / "feed.jsonl"), "dir"),
    ],
    ids=lambda words: words[0],
)
def test_a_folder_is_no_file(folder, words):
    ledger = () if words[0] == "annotate" else ("--ledger", "news")
    done = run(folder, *words, *ledger)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "dir: is a folder" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(folder):
    with Path("/dev/full").open("w") as full:
        done = run(folder, "verify", "--ledger", "news", out=full)
    assert (done.returncode, done.stderr) == (1, "sayso: what is printed: cannot be written: the disk is full\n")


def test_a_pipe_that_was_closed_is_no_failure(folder):
    script = f"'{sys.executable}' -m sayso verify --ledger news | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout.strip() in ("0", "141")
    assert "Traceback" not in done.stderr
