"""What befalls a newsroom's ledger: kills, full and read-only disks, two writers at once, a clock that goes back."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.ledger import busy
from tests.ledger.crashing import HERE, STEPS, Crashes, Mode, texts
from tests.ledger.sound import survived, wrongs

from sayso import workspace
from sayso.documents import files
from sayso.documents.nouns import Capture, Version
from sayso.extraction.nouns import Reading
from sayso.ledger import adopting, order
from sayso.ledger.ledger import Ledger
from sayso.ledger.log import Log
from sayso.linking.judgements.nouns import Judgement, Thing

FULL_AT = 41
"""Each how many-th call meets a full disk; benchmarks/crashes.py takes every one."""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "keys" / "key.pem"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))


def logged(folder: Path) -> list[dict[str, str]]:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        return [json.loads(leaf) for (leaf,) in connection.execute("SELECT leaf FROM log ORDER BY entry")]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    draw, acknowledged = random.Random(6), {}
    for trial in range(30):
        reader = f"r{trial}"
        with busy.reading(tmp_path, 1000, reader) as [process]:
            while trial % 3 == 0 and not busy.kept(tmp_path, reader):
                assert process.is_alive()
                time.sleep(0.005)
            time.sleep(draw.uniform(0, 0.4))
            process.kill()
        written = busy.texts(reader, 1000)
        acknowledged |= {name: written[name] for name in busy.kept(tmp_path, reader)}
    assert len(acknowledged) >= 10
    assert wrongs(tmp_path / "ledger", acknowledged) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_two_processes_read_into_one_ledger(tmp_path: Path) -> None:
    with busy.reading(tmp_path, 12, "a", "b") as processes:
        pass
    assert [process.exitcode for process in processes] == [0, 0]
    assert wrongs(tmp_path / "ledger", busy.texts("a", 12) | busy.texts("b", 12)) == []
    names = [Path(leaf["name"]).name for leaf in logged(tmp_path / "ledger") if leaf["kind"] == "capture"]
    assert sorted(names) == sorted([*busy.texts("a", 12), *busy.texts("b", 12)])
    for reader in "ab":
        assert [name for name in names if name[0] == reader] == list(busy.texts(reader, 12))
    assert names != sorted(names)


def test_the_disk_is_full_at_a_call(tmp_path: Path, crashes: Crashes) -> None:
    calls = crashes.run(tmp_path / "whole").calls
    outcomes = set()
    for at in range(1, calls, FULL_AT):
        root = tmp_path / str(at)
        outcome = crashes.run(root, at, Mode.FULL)
        assert outcome.status == 1
        assert outcome.said.startswith("sayso: ")
        assert outcome.said.count("\n") == 1
        if "nothing of this step was kept" in outcome.said:
            assert articles(root / "ledger") == len(texts(outcome.done))
        assert survived(crashes, root, outcome.done) == []
        outcomes.add(outcome.done)
    assert outcomes == {(), ("first",)}


def articles(folder: Path) -> int:
    """How many the ledger holds as it lies there."""
    try:
        with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
            return int(connection.execute("SELECT count(*) FROM versions").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


IN_A_MOUNT = """
import contextlib, io, os, subprocess, sys
from pathlib import Path
from sayso.interfaces.cli import main

def sayso(*words):
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["sayso", *words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code or 0
    print(status, repr(err.getvalue().replace(str(folder), "DIR")))
    return out.getvalue()

folder, first, second = map(Path, sys.argv[1:])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1200k", "sayso-test", folder], check=True)
os.environ |= {"SAYSO_LEDGER": str(folder / "ledger"), "SAYSO_KEY": str(folder / "keys" / "key.pem")}
sayso("read", "--rules", str(first))
"""
FULL_DISK = """
with open(folder / "ballast", "wb", buffering=0) as ballast, contextlib.suppress(OSError):
    while ballast.write(bytes(512)):
        pass
sayso("read", "--rules", str(second))
(folder / "ballast").unlink()
sayso("read", "--rules", str(second))
print("ships" in sayso("search", "--no-meaning", "ships"), "wells" in sayso("search", "--no-meaning", "wells"))
"""
READ_ONLY = """
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
print("ships" in sayso("search", "--no-meaning", "ships"))
sayso("verify")
sayso("read", "--rules", str(second))
"""
MAY_MOUNT = (
    shutil.which("unshare") is not None
    and not subprocess.run(
        ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        check=False,
    ).returncode
)


def in_a_mount(folder: Path, crashes: Crashes, then: str) -> list[str]:
    """Lines that a program printed which reads the first step into a small file system of its own, and does more."""
    folder.mkdir()
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", IN_A_MOUNT + then, str(folder)]
    command += [str(crashes.folder / step) for step in STEPS]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parents[2], check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.skipif(not MAY_MOUNT, reason="this user may mount no file system")
def test_a_small_file_system_is_full(tmp_path: Path, crashes: Crashes) -> None:
    first, full, after, *searches = in_a_mount(tmp_path / "disk", crashes, FULL_DISK)
    assert first == "0 ''"
    assert full.startswith("1 'sayso: DIR/")
    assert full.count("\\n") == 1
    assert after == "0 ''"
    assert searches[-1] == "True True"


@pytest.mark.skipif(not MAY_MOUNT, reason="this user may mount no file system")
def test_a_file_system_is_read_only(tmp_path: Path, crashes: Crashes) -> None:
    _, search, found, verified, refused = in_a_mount(tmp_path / "disk", crashes, READ_ONLY)
    assert (search, found, verified) == ("0 ''", "True", "0 ''")
    assert refused.startswith("1 'sayso: DIR/ledger")
    assert "read-only" in refused.lower()
    assert refused.count("\\n") == 1


class Clock:
    """Stands in for `datetime`."""

    hour = 10

    @classmethod
    def now(cls, zone: object) -> datetime:
        return datetime(2026, 5, 1, cls.hour, tzinfo=UTC)


def test_the_clock_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "datetime", Clock)
    monkeypatch.setattr(order, "_now", lambda: Clock.now(UTC).isoformat(timespec="seconds"))
    ledger, page = workspace.open_ledger(tmp_path / "ledger"), tmp_path / "bridge.html"
    told = []
    for hour, pillars in ((10, 40), (9, 41), (8, 40), (9, 42), (11, 43)):
        monkeypatch.setattr(Clock, "hour", hour)
        page.write_text(STEPS["first"]["bridge.html"].replace("40 pillars", f"{pillars} pillars"), encoding="utf-8")
        assert workspace.read([page], ledger, tagger=False).failures == ()
        told.append(page.read_text(encoding="utf-8"))
        with ledger.view() as view:
            [(version, _)] = view.articles()
            assert f"{pillars} pillars" in version.text
    times = [leaf["captured"] for leaf in logged(tmp_path / "ledger") if leaf["kind"] == "capture"]
    assert times == [f"2026-05-01T{hour:02}:00:00+00:00" for hour in (10, 9, 9, 11)]
    assert wrongs(tmp_path / "ledger", {"bridge.html": told[-1]}) == []


def test_an_older_ledger_is_taken_over_in_spite_of_interruptions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try gets one transaction further."""
    ledger, written = Ledger(tmp_path / "ledger"), busy.texts("old", 3)
    with ledger.writer() as writer:
        for name, text in written.items():
            capture = Capture(name, text.encode(), "text/plain", "2026-03-01T08:00:00+00:00")
            writer.add(capture, Version(name, text, "en", capture.digest), Reading("en"))
        writer.put_judgements([Judgement("story", "same", (Thing("old-0.txt"),), (Thing("old-1.txt"),), "Ann", "2026")])
    as_it_was(ledger, written)
    monkeypatch.setattr(adopting, "_LOT", 1)
    seal, sealed = Log.seal, iter([True, False] * 9)

    def interrupted(log: Log) -> None:
        if not next(sealed):
            raise KeyboardInterrupt
        seal(log)

    monkeypatch.setattr(Log, "seal", interrupted)
    for _ in written:
        with suppress(KeyboardInterrupt), ledger.writer():
            pass
    monkeypatch.setattr(Log, "seal", seal)
    assert wrongs(ledger.folder, written) == []


def as_it_was(ledger: Ledger, written: dict[str, str]) -> None:
    """Make the ledger what a sayso without archive and log would have left."""
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        for table in ("records", "log", "checkpoints", "sums"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM state WHERE key IN ('frontier', 'origin', 'vkey')")
        for text in written.values():
            row = (zlib.compress(text.encode()), Capture("", text.encode(), "", "").digest)
            connection.execute("UPDATE captures SET body = ? WHERE digest = ?", row)
    shutil.rmtree(ledger.folder / "archive")
