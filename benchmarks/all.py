"""Runs every benchmark and prints its command before its table: python benchmarks/all.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ORDER = (
    "attribution.py",
    "tagger.py",
    "peers.py",
    "figures.py",
    "linking.py",
    "story_pairs.py",
    "figure_links.py",
    "changes.py",
    "claims.py",
    "fidelity.py",
    "edits.py",
    "another.py",
    "beginnings.py",
    "speed.py",
    "encoder.py",
    "ledger.py",
    "crashes.py",
    "alterations.py",
)


def main() -> int:
    failed = []
    for name in ORDER:
        print(f"\n$ python benchmarks/{name}", flush=True)
        if subprocess.run([sys.executable, HERE / name], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
