"""For all tests of the ledger: one with three articles and a key of its own, and runs of sayso that crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.crashing import POSSIBLE, Crashes
from tests.ledger.ledger_contract import MAYOR, MINISTER, OTHER

from sayso.ledger.ledger import Ledger


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "mine" / "key.pem"))
    made = Ledger(tmp_path / "ledger")
    with made.writer() as writer:
        for one in (MAYOR, MINISTER, OTHER):
            writer.add(*one, made_by="tests")
    return made


@pytest.fixture(scope="session")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashes]:
    if not POSSIBLE:
        pytest.skip("needs Linux (LD_PRELOAD, /proc) and a C compiler named cc")
    made = Crashes(tmp_path_factory.mktemp("crashes"))
    yield made
    made.close()
