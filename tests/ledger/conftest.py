"""Runs of sayso that crash, for all tests of the ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ledger.crashing import POSSIBLE, Crashes


@pytest.fixture(scope="session")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashes]:
    if not POSSIBLE:
        pytest.skip("needs Linux (LD_PRELOAD, /proc) and a C compiler named cc")
    made = Crashes(tmp_path_factory.mktemp("crashes"))
    yield made
    made.close()
