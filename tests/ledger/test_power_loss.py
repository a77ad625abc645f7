"""Killed at any call that changes a file, or without power at any moment: nothing acknowledged is lost or doubled.

A sample of all such moments; benchmarks/crashes.py takes every one.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.ledger import disk
from tests.ledger.crashing import KILLED, STEPS, Crashes, Mode, Outcome, texts
from tests.ledger.disk import Change, Disk
from tests.ledger.sound import survived, wrongs

pytestmark = pytest.mark.slow

KILLS = 17
LOSSES = 29
"""Each how many-th moment is tried; prime, so that all kinds of calls are met."""


@pytest.fixture(scope="module")
def whole(crashes: Crashes) -> tuple[Outcome, list[Change]]:
    """A run that nothing befell, and the calls that it made."""
    outcome = crashes.run(crashes.folder / "whole", trace=crashes.folder / "trace")
    assert outcome.done == tuple(STEPS)
    return outcome, disk.changes(crashes.folder / "trace")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, crashes: Crashes) -> None:
    monkeypatch.setenv("SAYSO_KEY", str(crashes.folder / "whole" / "keys" / "key.pem"))


def test_the_calls_seen_are_all_that_change_files(crashes: Crashes, whole: tuple[Outcome, list[Change]]) -> None:
    seen = Disk(str(crashes.folder / "whole"))
    for change in whole[1]:
        seen.apply(change)
    assert seen.left(None, names=True, all=True) == disk.read(crashes.folder / "whole")


@pytest.mark.parametrize("mode", [Mode.BEFORE, Mode.MIDWAY])
def test_killed_at_a_call(tmp_path: Path, crashes: Crashes, whole: tuple[Outcome, list[Change]], mode: Mode) -> None:
    acknowledged = set()
    for at in range(mode, whole[0].calls, KILLS):
        killed = crashes.run(tmp_path / str(at), at, mode)
        assert killed.status in (KILLED, 0) if mode == Mode.MIDWAY else killed.status == KILLED
        assert survived(crashes, tmp_path / str(at), killed.done) == []
        acknowledged.add(killed.done)
    assert acknowledged >= {(), ("first",)}


def test_without_power_at_a_moment(tmp_path: Path, crashes: Crashes, whole: tuple[Outcome, list[Change]]) -> None:
    now, done = Disk(str(crashes.folder / "whole")), []
    for at, change in enumerate(whole[1]):
        now.apply(change)
        done += [change.path] if change.kind == "A" else []
        for names in (False, True) if at % LOSSES == 0 or change.kind == "A" else ():
            root = tmp_path / f"{at}-{names}"
            disk.write(now.left(random.Random(at), names=names), root)
            assert survived(crashes, root, done) == []
    assert done == list(STEPS)


@pytest.mark.parametrize("forgotten", [(".warc.gz",), (".sqlite", ".sqlite-wal"), ("/archive",), ("/keys",)])
def test_a_sync_left_out_is_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    crashes: Crashes,
    whole: tuple[Outcome, list[Change]],
    forgotten: tuple[str, ...],
) -> None:
    """What these tests would say of a ledger that acknowledged before it had synced."""
    now, done, found = Disk(str(crashes.folder / "whole")), [], []
    for at, change in enumerate(whole[1]):
        if change.kind == "S" and change.path.endswith(forgotten):
            continue
        now.apply(change)
        if change.kind == "A":
            done.append(change.path)
            disk.write(now.left(None, names=False), tmp_path / str(at))
            monkeypatch.setenv("SAYSO_KEY", str(tmp_path / str(at) / "keys" / "key.pem"))
            found += wrongs(tmp_path / str(at) / "ledger", texts(done))
    assert found
