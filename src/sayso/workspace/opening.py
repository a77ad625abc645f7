"""Open a ledger, the encoder and the network, which other use cases work with."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import LedgerError

if TYPE_CHECKING:
    from sayso.fetching.fetch import Fetcher
    from sayso.ledger.ledger import Ledger
    from sayso.models.encoder import Encoder

Progress = Callable[[str, int, int | None], None]
"""Called with what is done, how much of it, and of how much (None: not known yet)."""


def default_folder() -> Path:
    """$SAYSO_LEDGER, else the platform's data folder."""
    from platformdirs import user_data_path

    given = os.environ.get("SAYSO_LEDGER")
    return Path(given) if given else user_data_path("sayso") / "ledger"


def open_ledger(folder: str | Path | None = None) -> Ledger:
    """The ledger in `folder` (default: `default_folder`); made by the first `read`."""
    from sayso.ledger.ledger import Ledger

    path = Path(folder) if folder is not None else default_folder()
    if path.exists() and not path.is_dir():
        raise LedgerError(f"{path}: is a file; a ledger is a folder")
    return Ledger(path)


def make_sure(ledger: Ledger) -> None:
    """Make the ledger where there is none yet, before anything is kept beside it. Raises LedgerError."""
    if not ledger.path.exists():
        with ledger.writer():
            pass  # makes it


def encoder(progress: Progress | None = None) -> Encoder:
    """The multilingual encoder; the first call on a machine builds its graph, which takes half a minute."""
    from sayso.models.encoder import Encoder

    def step(done: int, total: int) -> None:
        if progress:
            progress("building the encoder", done, total)

    return Encoder(progress=step)


def fetcher(
    private: bool = False, sleep: Callable[[float], object] = time.sleep, ledger: Ledger | None = None
) -> Fetcher:
    """What fetches addresses, by $SAYSO_AGENT, $SAYSO_PRIVATE and $SAYSO_PROXY; `private`: also of this network.

    `ledger`: in whose folder, once it is made (`make_sure`), robots.txt files are kept between runs. Raises InputError
    for an agent that no request can carry.
    """
    from sayso.fetching.fetch import Fetcher
    from sayso.fetching.settings import of_environment

    return Fetcher(of_environment(private), sleep, kept=ledger.folder / "robots" if ledger else None)
