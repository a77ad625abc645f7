"""Busy: processes that read articles into one ledger, one after the other, and say what was kept."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path


def texts(reader: str, count: int) -> dict[str, str]:
    """Invented articles, other ones for each reader."""
    return {
        f"{reader}-{number}.txt": f"Mayor Mira Holt said that {number + 2} ships of the line {reader} left Marsa."
        for number in range(count)
    }


@contextmanager
def reading(folder: Path, count: int, *readers: str) -> Iterator[list[ForkServerProcess]]:
    """Processes that begin together to read their `texts` into `folder`/ledger; what is kept is told in `kept`.

    Waits for their end.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [__name__, "sayso.workspace.intake", "sayso.ledger.archive", "sayso.extraction.read"]
    )
    together = context.Barrier(len(readers))
    processes = [context.Process(target=_read, args=(folder, reader, count, together)) for reader in readers]
    for process in processes:
        process.start()
    yield processes
    for process in processes:
        process.join()


def kept(folder: Path, reader: str) -> list[str]:
    """The names that were acknowledged."""
    told = folder / reader
    return told.read_text(encoding="utf-8").split("\n")[:-1] if told.exists() else []


def _read(folder: Path, reader: str, count: int, together: Barrier) -> None:
    from sayso import workspace

    os.environ["SAYSO_KEY"] = str(folder / "keys" / "key.pem")
    ledger = workspace.open_ledger(folder / "ledger")
    told = os.open(folder / reader, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    together.wait()
    for name, text in texts(reader, count).items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        assert not workspace.read([path], ledger, tagger=False).failures
        os.write(told, f"{name}\n".encode())
