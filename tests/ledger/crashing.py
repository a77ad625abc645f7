"""Crashing: a small run of sayso that ends, or meets a full disk, at any call that changes a file (kill_at.c).

One process imports sayso once and reads from standard input what to run; each run is a fork of it.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

HERE = Path(__file__)
KILLED = 137
COMPILER = shutil.which("cc")
POSSIBLE = sys.platform == "linux" and COMPILER is not None
"""The shim is loaded with LD_PRELOAD and reads /proc."""

_PAGE = """<html><head><title>Bridge stays shut</title><link rel="canonical" href="https://listok.example/bridge"></head>
<body><article><h1>Bridge stays shut</h1><p>Minister Ivo Kos said that the harbour bridge would stay shut until Monday,
after all {} pillars had been tested by his inspectors.</p><p>"Nobody crosses it," Kos told reporters in Tolmin on
Friday, where he met the mayor of the town and the owners of the ferries.</p></article></body></html>"""
STEPS = {
    "first": {
        "ships.txt": "Mayor Mira Holt said that 40 ships had left the port of Marsa on Friday.",
        "bridge.html": _PAGE.format(40),
    },
    "second": {
        "wells.txt": "Anna Berger denied that 12 wells in the valley were dry.",
        "earlier.warc": _PAGE.format(41),
    },
}
"""What each of the two `sayso read` of a run reads: three articles, one of them in an older version, too."""
ARTICLES = 3


def _archived(page: str) -> bytes:
    """A web archive with one response, captured long ago."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    fields = (
        "WARC/1.1",
        "WARC-Type: response",
        "WARC-Record-ID: <urn:uuid:6b1f2a52-1111-4222-8333-0123456789ab>",
        "WARC-Date: 2024-07-01T08:00:00Z",
        "WARC-Target-URI: https://listok.example/bridge",
        "Content-Type: application/http;msgtype=response",
        f"Content-Length: {len(http)}",
    )
    return "\r\n".join((*fields, "", "")).encode() + http + b"\r\n\r\n"


def texts(steps: Iterable[str]) -> dict[str, str]:
    """The bodies of what these steps read, by name."""
    return {name: text for step in steps for name, text in STEPS[step].items()}


class Mode(IntEnum):
    """What happens at the call asked for."""

    NOTHING = 0
    BEFORE = 1
    """The process ends instead of it."""
    MIDWAY = 2
    """The process ends when half of what it writes is written."""
    FULL = 3
    """The disk takes half of what it writes, and nothing after that."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run."""

    status: int
    """KILLED, else the status of the last `sayso read`."""
    done: tuple[str, ...]
    """The steps that were acknowledged: `sayso read` ended with status 0."""
    calls: int = 0
    """How many calls changed files, in a run that was not killed."""
    said: str = ""
    """What the last `sayso read` said on standard error."""


def built(folder: Path) -> Path:
    """The shim, compiled into `folder`."""
    shim = folder / "kill_at.so"
    source = str(HERE.with_name("kill_at.c"))
    subprocess.run([str(COMPILER), "-shared", "-fPIC", "-O1", "-o", str(shim), source, "-ldl"], check=True)
    return shim


class Crashes:
    """Starts runs; `folder` is where the shim and what is read lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for step, files in STEPS.items():
            (folder / step).mkdir(parents=True)
            for name, text in files.items():
                (folder / step / name).write_bytes(_archived(text) if name.endswith(".warc") else text.encode())
        env = {**os.environ, "LD_PRELOAD": str(built(folder)), "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "tests.ledger.crashing", str(folder)]
        self._child = subprocess.Popen(
            command, env=env, cwd=HERE.parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, root: Path, at: int = 0, mode: Mode = Mode.NOTHING, trace: Path | None = None) -> Outcome:
        """Run both steps into `root`/ledger, with the key in `root`/keys; `at`: the call that meets `mode`, from 1."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        root.mkdir(exist_ok=True)
        asked = {"root": str(root), "at": at, "mode": mode, "trace": str(trace) if trace else None}
        self._child.stdin.write(json.dumps(asked) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        assert line, "the process that runs are forks of has ended: see its standard error"
        found = json.loads(line)
        return Outcome(**{**found, "done": tuple(found["done"])})

    def close(self) -> None:
        """End the process that runs are forks of."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait()


def serve(folder: Path) -> None:
    """Fork a run for each line of standard input, after one that loads all that sayso loads late."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _use(folder / "warm")
    _steps(folder, folder / "warm", lambda step: None)
    for line in sys.stdin:
        print(json.dumps(asdict(_forked(folder, **json.loads(line)))), file=told, flush=True)


def _forked(folder: Path, root: str, at: int, mode: int, trace: str | None) -> Outcome:
    heard, speak = os.pipe()
    child = os.fork()
    if not child:
        os.close(heard)
        _run(folder, Path(root), at, mode, trace, speak)
        os._exit(0)
    os.close(speak)
    with os.fdopen(heard) as lines:
        told: list[dict[str, Any]] = [json.loads(line) for line in lines]
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done = tuple(one["step"] for one in told if "step" in one)
    return Outcome(status, done) if status else Outcome(**{"done": done, **told[-1]})


def _run(folder: Path, root: Path, at: int, mode: int, trace: str | None, speak: int) -> None:
    """Both steps in this process, which may end at any moment; what was done is written to `speak` at once."""
    shim = ctypes.CDLL(None)
    _use(root)
    if trace:
        shim.kill_at_trace(os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))

    def acknowledge(step: str) -> None:
        shim.kill_at_note(step.encode())
        os.write(speak, json.dumps({"step": step}).encode() + b"\n")

    shim.kill_at_arm(str(root).encode(), ctypes.c_long(at), mode)
    status, said = _steps(folder, root, acknowledge)
    calls = shim.kill_at_disarm()
    os.write(speak, json.dumps({"status": status, "calls": calls, "said": said}).encode() + b"\n")


def _use(root: Path) -> None:
    os.environ |= {"SAYSO_LEDGER": str(root / "ledger"), "SAYSO_KEY": str(root / "keys" / "key.pem")}


def _steps(folder: Path, root: Path, acknowledge: Callable[[str], None]) -> tuple[int, str]:
    """`sayso read` for each step; the status and standard error of the last."""
    from sayso.interfaces.cli import main

    for step in STEPS:
        sys.argv = ["sayso", "read", "--rules", str(folder / step)]
        err = io.StringIO()
        try:
            with redirect_stdout(io.StringIO()), redirect_stderr(err):
                main()
        except SystemExit as end:
            if end.code:
                return int(end.code), err.getvalue()
        acknowledge(step)
    return 0, ""


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
