"""Memory: what a machine remembers of the logs that it found whole, and what it does not accept after that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.ledger.ledger_contract import MINISTER, article
from tests.ledger.test_evidence_verify import elsewhere, ledger, whole

from sayso.errors import LedgerError
from sayso.ledger.evidence import memory
from sayso.ledger.evidence.standing import standing
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import FILE, Ledger

__all__ = ["elsewhere", "ledger"]  # fixtures


def test_a_ledger_put_back_is_found_by_the_machine_that_saw_it_later(ledger: Ledger, tmp_path: Path) -> None:
    shutil.copytree(ledger.folder, tmp_path / "older")
    with ledger.writer() as writer:
        writer.add(*article("Later.", "new-1"))
    whole(Ledger(tmp_path / "older"))
    whole(ledger)
    (said,) = verify(tmp_path / "older" / FILE).findings
    assert "put back to an older state" in said


@pytest.mark.parametrize("damaged", [b"damaged", b"\xff\xfe", b""])
def test_damaged_memory_is_to_be_deleted(ledger: Ledger, damaged: bytes) -> None:
    whole(ledger)
    memory.path(standing(ledger.path).origin).write_bytes(damaged)
    with pytest.raises(LedgerError, match="is damaged: delete it"):
        verify(ledger.path)
    with ledger.writer() as writer:
        writer.add(*article("Later.", "new-1"))


def test_nothing_is_added_to_a_ledger_put_back_until_that_is_said_to_be_meant(ledger: Ledger, tmp_path: Path) -> None:
    older = Path(shutil.copytree(ledger.folder, tmp_path / "older"))
    size = standing(ledger.path).size
    with ledger.writer() as writer:
        writer.add(*article("Later.", "new-1"))
    whole(ledger)
    later = standing(ledger.path).size
    shutil.rmtree(ledger.folder)
    shutil.copytree(older, ledger.folder)
    with (
        ledger.writer() as writer,
        pytest.raises(LedgerError, match=f"has {size} entries, since {later} were") as error,
    ):
        writer.add(*article("On from an older state.", "new-2"))
    assert standing(ledger.path).size == size
    Path(str(error.value).rpartition("delete ")[2]).unlink()
    with ledger.writer() as writer:
        writer.add(*article("As was meant.", "new-2"))


def test_a_copy_that_goes_on_elsewhere_keeps_no_one_from_writing(ledger: Ledger, tmp_path: Path) -> None:
    whole(ledger)
    copy = Ledger(Path(shutil.copytree(ledger.folder, tmp_path / "a copy\nof it")))
    with copy.writer() as writer:
        writer.add(*article("Tried out.", "new-1"))
    whole(copy)
    assert memory.found_in(copy.folder) == memory.Found(
        standing(copy.path).origin, standing(copy.path).size, memory._place(copy.folder)
    )
    with ledger.writer() as writer:
        writer.add(*article("The original goes on.", "new-2"))


@pytest.mark.parametrize("kept", ["", "sayso/1\n/folder\n", "sayso/1\n/folder\nmany\n", "sayso/1"])
def test_what_an_older_sayso_remembered_of_a_folder_is_understood(ledger: Ledger, kept: str) -> None:
    whole(ledger)
    memory._place(ledger.folder).write_text(kept)
    found = memory.found_in(ledger.folder)
    assert found is not None
    assert (found.origin, found.size) == (kept.partition("\n")[0], 0)


def test_another_log_in_the_place_of_one_that_was_met_is_found(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(ledger)
    shutil.rmtree(ledger.folder)
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "theirs" / "key.pem"))
    with ledger.writer() as writer:
        writer.add(*MINISTER)
    theirs = standing(ledger.path)
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "mine" / "key.pem"))
    (said,) = verify(ledger.path).findings
    assert f"key: the log {theirs.origin}" in said
    assert "lies in the place of the log sayso/" in said
    whole(ledger, theirs.vkey)
    whole(ledger)
    shutil.rmtree(ledger.folder)
    with ledger.writer() as writer:
        writer.add(*MINISTER)
    (note,) = whole(ledger).notes
    assert note.startswith(f"in this folder lay another log before, {theirs.origin}"), "one's own may, and it is told"


def test_a_machine_that_cannot_remember_says_so(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "file" / "key.pem"))
    trust, remember = whole(ledger).notes
    assert "taken on trust" in trust
    assert "cannot be remembered" in remember
