"""Jobs: how many processes are worth starting for what is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

ENOUGH = 1_000_000
"""Bytes of files from which on several processes are done sooner than one, their start included."""
_PACKED = 4
"""How many times larger a packed file is when unpacked."""
_ENDINGS = (".gz", ".wacz", ".parquet")


def jobs_for(inputs: Iterable[str | Path]) -> int:
    """One for each core when the files and folders among `inputs` are large, else 1; what is fetched counts nothing."""
    from sayso.engines.local import cores

    total = 0
    for size in _sizes(inputs):
        total += size
        if total >= ENOUGH:
            return cores()
    return 1


def _sizes(inputs: Iterable[str | Path]) -> Iterator[int]:
    """Bytes of each file, about as many as it has unpacked. What cannot be looked at is for the reading to tell."""
    for one in map(Path, inputs):
        with suppress(OSError):
            for file in one.rglob("*") if one.is_dir() else [one]:
                if file.is_file():
                    yield _size(file)


def _size(file: Path) -> int:
    return file.stat().st_size * (_PACKED if file.name.lower().endswith(_ENDINGS) else 1)
