"""A writer killed at any moment leaves a ledger that opens, with all that was acknowledged and nothing half-written."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.ledger.ledger_contract import MAYOR

from sayso.errors import LedgerError
from sayso.ledger.ledger import Ledger

WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.ledger.ledger_contract import article
from sayso.ledger.ledger import Ledger
with Ledger(Path(sys.argv[1])).writer() as writer:
    print("ready", flush=True)
    for i in range(100_000):
        words = " ".join(f"bridge{i * k % 977}" for k in range(300))
        writer.add(*article("{s|Dal} {c|said} {q|" + words + "} {f|1}", f"id-{i}", speaker="Dal"))
        print(i, flush=True)
"""


def start(folder):
    command = [sys.executable, "-c", WRITE, str(folder), str(Path(__file__).parents[2])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    printed = process.communicate()[0].split("\n")[:-1]
    return len(printed)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_a_random_moment(tmp_path, seed):
    process = start(tmp_path)
    time.sleep(random.Random(seed).uniform(0.0, 0.3))
    acknowledged = kill(process)
    with Ledger(tmp_path).writer() as writer:
        writer.add(*MAYOR)
    with Ledger(tmp_path).view() as view:
        for version, reading in view.articles():
            assert view.capture(version.digest).body.decode() == version.text
            assert len(reading.attributions) == 1
        counts = view.counts()
    written = counts["articles"] - 1
    assert acknowledged <= written <= acknowledged + 1
    assert counts["captures"] == counts["versions"] == counts["attributions"] == counts["figures"] + 1
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("words", "pieces"):
            rows = connection.execute(f"SELECT count(*) FROM {index}_docsize").fetchone()[0]
            assert rows == counts["versions"]
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")


def test_the_lock_names_its_holder_and_dies_with_it(tmp_path):
    process = start(tmp_path)
    with pytest.raises(LedgerError, match=f"process {process.pid} since"), Ledger(tmp_path).writer(timeout=0.05):
        pass
    kill(process)
    with Ledger(tmp_path).writer(timeout=0.05) as writer:
        assert writer.add(*MAYOR)
