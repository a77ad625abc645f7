"""One writer at a time, across threads and processes; the system frees the lock when its holder dies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sayso.errors import LedgerError


def _holder(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return "another process"


def _sign(note: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        note.write_text(f"process {os.getpid()} since {now}\n", encoding="utf-8")
    except OSError as error:
        raise LedgerError(f"{note.parent}: cannot be written: {error.strerror}") from error


@contextmanager
def only_writer(folder: Path, timeout: float, name: str = "writer") -> Iterator[None]:
    """Hold a folder's lock of this name; waits up to `timeout` seconds. Raises LedgerError naming the holder.

    The lock is SQLite's own on an empty file: it works on every platform, and forked children don't inherit it.
    """
    note = folder / f"{name}.txt"
    with closing(sqlite3.connect(folder / f"{name}.lock", timeout=timeout, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
            raise LedgerError(f"{folder}: is being written by {_holder(note)}; try again when it is done") from error
        _sign(note)
        try:
            yield
        finally:
            note.unlink(missing_ok=True)
            lock.execute("ROLLBACK")
