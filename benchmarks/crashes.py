"""A small run of sayso: at every call that changes a file it is killed, the power goes, or the disk is full.

python benchmarks/crashes.py [--every 1] [--draws 3]      Linux, with a C compiler. --every 10: each tenth call only.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.ledger import disk
from tests.ledger.crashing import ARTICLES, KILLED, POSSIBLE, STEPS, Crashes, Mode
from tests.ledger.sound import Wrong, survived

Trial = tuple[tuple[str, ...], list[Wrong]]
"""The steps that were acknowledged, and what was wrong after the crash."""

CAPTURES = sum(len(files) for files in STEPS.values())


def ended(crashes: Crashes, root: Path, points: Iterable[int], mode: Mode) -> Iterator[Trial]:
    """Runs that end, or run out of disk, at each of these calls."""
    for at in points:
        shutil.rmtree(root, ignore_errors=True)
        outcome = crashes.run(root, at, mode)
        if mode == Mode.FULL or outcome.status == KILLED:
            told = outcome.status == 0 or (outcome.said.startswith("sayso: ") and outcome.said.count("\n") == 1)
            unsaid = [] if told or outcome.status == KILLED else [Wrong("unsaid", outcome.said)]
            yield outcome.done, survived(crashes, root, outcome.done) + unsaid


def unpowered(
    crashes: Crashes, root: Path, changes: list[disk.Change], traced: Path, every: int, draws: int
) -> Iterator[Trial]:
    """Every state of the disk, once each, that a power loss after each change may leave."""
    now, done, seen = disk.Disk(str(traced)), (), set()
    for at, change in enumerate(changes):
        now.apply(change)
        done = (*done, change.path) if change.kind == "A" else done
        for left in _states(now, at, draws) if at % every == 0 or change.kind == "A" else ():
            state = (done, tuple(left.items()))
            if state in seen:
                continue
            seen.add(state)
            shutil.rmtree(root, ignore_errors=True)
            disk.write(left, root)
            yield done, survived(crashes, root, done)


def _states(now: disk.Disk, at: int, draws: int) -> Iterator[dict[str, bytes | None]]:
    for names in (False, True):
        yield now.left(None, names=names)
        yield now.left(None, names=names, all=True)
        for draw in range(draws):
            yield now.left(random.Random(at * draws + draw), names=names)


def tell(name: str, trials: Iterable[Trial]) -> bool:
    """A row of the table; whether all went well."""
    began, count, acknowledged, wrong, first = time.perf_counter(), 0, 0, Counter[str](), ""
    for done, found in trials:
        count += 1
        acknowledged += sum(len(STEPS[step]) for step in done)
        wrong.update({one.kind for one in found})
        first = first or "; ".join(f"{one.kind}: {one.where}" for one in found[:3])
    cells = (
        count,
        acknowledged,
        wrong["lost"],
        wrong["doubled"],
        count - wrong["unopened"],
        count - wrong["unverified"],
    )
    print(f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} | {time.perf_counter() - began:.0f} s |", flush=True)
    if first:
        print(f"{name}: {first}", file=sys.stderr)
    return not wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--draws", type=int, default=3)
    chosen = options.parse_args()
    if not POSSIBLE:
        print("needs Linux (LD_PRELOAD, /proc) and a C compiler named cc", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as outer:
        return measure(Path(outer), chosen.every, chosen.draws)


def measure(outer: Path, every: int, draws: int) -> int:
    crashes = Crashes(outer / "crashes")
    traced, root = outer / "whole", outer / "run"
    calls = crashes.run(traced, trace=outer / "trace").calls
    changes = disk.changes(outer / "trace")
    points = range(1, calls + 1, every)
    writes = sum(change.kind == "W" for change in changes)
    print(
        f"{CAPTURES} captures of {ARTICLES} articles, read in {len(STEPS)} steps; {calls} calls change files, ", end=""
    )
    print(f"{writes} of them write\n")
    print("| what happens | times | captures acknowledged | lost | doubled | opened | verified | took |")
    print("|---|---|---|---|---|---|---|---|")
    rows: list[tuple[str, Callable[[], Iterator[Trial]]]] = [
        ("killed before the call", lambda: ended(crashes, root, points, Mode.BEFORE)),
        ("killed midway in a write", lambda: ended(crashes, root, points, Mode.MIDWAY)),
        ("no power after the call", lambda: unpowered(crashes, root, changes, traced, every, draws)),
        ("disk full from the call on", lambda: ended(crashes, root, points, Mode.FULL)),
    ]
    good = [tell(name, trials()) for name, trials in rows]
    crashes.close()
    return not all(good)


if __name__ == "__main__":
    sys.exit(main())
