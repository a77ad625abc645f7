"""Verify: what it says of ledgers that nobody altered, and whom it trusts."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from base64 import b64decode
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.ledger.ledger_contract import MAYOR, MINISTER, OTHER, LedgerContract, article

from sayso.errors import LedgerError
from sayso.ledger.evidence import keys
from sayso.ledger.evidence.merkle import consistent
from sayso.ledger.evidence.note import Checkpoint, Signer, Verifier, opened
from sayso.ledger.evidence.standing import request, standing
from sayso.ledger.evidence.verify import Verified, verify
from sayso.ledger.ledger import FILE, Ledger
from sayso.ledger.writer import Writer
from sayso.linking.judgements.nouns import Thing, made, withdrawn

STRANGER = Signer("sayso/0000000000000000", Ed25519PrivateKey.generate()).vkey


@pytest.fixture
def ledger(three: Ledger) -> Ledger:
    with three.writer() as writer:
        writer.put_links(LedgerContract.LINKS, {("marsa-1", 0): "Ruth Dal"})
    return three


@pytest.fixture
def elsewhere(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that never met the ledger's log, and has no key of its own yet."""
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "theirs" / "key.pem"))
    return tmp_path / "theirs"


def whole(ledger: Ledger, *given: str, **options: object) -> Verified:
    found = verify(ledger.path, given, **options)  # type: ignore[arg-type]
    assert found.findings == ()
    return found


def test_a_ledger_left_alone_is_whole(ledger: Ledger) -> None:
    found = whole(ledger)
    assert (found.captures, found.versions, found.files) == (3, 3, 1)
    assert found.bytes == sum(path.stat().st_size for path in (ledger.folder / "archive").iterdir())
    assert found.notes == ()
    assert found.size == standing(ledger.path).size == 11
    text = opened(found.checkpoint, [Verifier.from_vkey(found.vkey)])
    assert Checkpoint.parse(text).size == found.size


def test_quick_reads_no_archive_but_sees_what_is_missing(ledger: Ledger) -> None:
    assert whole(ledger, quick=True).bytes == 0
    (file,) = (ledger.folder / "archive").glob("*.gz")
    os.truncate(file, file.stat().st_size - 1)
    assert "are not all there" in verify(ledger.path, quick=True).findings[0]


def test_all_that_a_writer_may_do_leaves_it_whole(ledger: Ledger) -> None:
    capture, version, reading = MAYOR
    judgement = made("story", "different", (Thing("harbour-1"),), (Thing("marsa-1"),), "me")
    with ledger.writer() as writer:
        writer.add(*MAYOR, made_by="another tagger")
        writer.add(replace(capture, captured="2026-04-01T00:00:00+00:00"), version, reading, made_by="another tagger")
        writer.seen(replace(MINISTER[0], captured="2026-04-02T00:00:00+00:00"), "tests")
        writer.put(replace(OTHER[0], captured="2026-04-03T00:00:00+00:00", url="https://dal.example/other"))
        writer.add(*article("Other words.", "harbour-1", day=2), made_by="tests")
        writer.add(*article("The same words, older.", "harbour-1", day=1), made_by="tests")
        more = replace(capture, body=capture.body + b" ")
        writer.add(more, replace(version, digest=more.digest), reading, made_by="another tagger")
        writer.put(replace(capture, body=b"no article"))
        writer.put_judgements([judgement])
        writer.put_judgements([withdrawn(judgement)])
        writer.put_links(LedgerContract.LINKS)
        writer.add_failure("x", "y")
        with pytest.raises(ZeroDivisionError):
            broken_off(writer, "back-1")
        with writer.batch():
            with pytest.raises(ZeroDivisionError):
                broken_off(writer, "back-2")
            writer.add(*article("Kept.", "kept-1"))
        writer.index()
    found = whole(ledger)
    assert found.notes == ()
    assert found.captures == 9


def broken_off(writer: Writer, id: str) -> None:
    with writer.batch():
        writer.add(*article("Taken back.", id))
        raise ZeroDivisionError


def test_an_empty_ledger_proves_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty").writer():
        pass
    assert whole(Ledger(tmp_path / "empty")).notes == ("the log is empty: nothing is proven yet",)
    with pytest.raises(LedgerError, match="holds no ledger yet"):
        verify(tmp_path / "nothing" / FILE)


def test_what_a_crash_leaves_is_told_and_is_no_finding(ledger: Ledger) -> None:
    (file,) = (ledger.folder / "archive").glob("*.gz")
    end = file.stat().st_size
    with file.open("ab") as grown:
        grown.write(b"half a record")
    (file.parent / "000002.warc.gz").write_bytes(b"another half")
    torn, stray = whole(ledger).notes
    where = f"archive/{file.name}: bytes {end} to {end + 12} belong to no capture"
    assert torn == f"{where}: left by an interrupted write, not part of the log"
    assert stray.startswith("archive/000002.warc.gz: the log tells of no such file")
    with ledger.writer() as writer:
        writer.add(*article("Goes on.", "on-1"))
    assert len(whole(ledger).notes) == 2
    assert (file.parent / "000003.warc.gz").exists()


def test_a_ledger_in_a_folder_that_cannot_be_written(ledger: Ledger) -> None:
    ledger.folder.chmod(0o500)
    try:
        whole(ledger)
    finally:
        ledger.folder.chmod(0o700)


def test_verifying_beside_a_writer_sees_one_moment(ledger: Ledger) -> None:
    with ledger.writer() as writer, writer.batch():
        writer.add(*article("Not committed yet.", "new-1"))
        assert whole(ledger).versions == 3
    assert whole(ledger).versions == 4


def test_a_strange_machine_trusts_at_first_and_says_so(ledger: Ledger, elsewhere: Path) -> None:
    vkey = standing(ledger.path).vkey
    (note,) = whole(ledger).notes
    assert "taken on trust" in note
    assert vkey in note
    assert keys.trusted(standing(ledger.path).origin) == vkey
    assert whole(ledger).notes == ()
    assert not (elsewhere / "key.pem").exists(), "verifying makes no key"


def test_a_key_given_must_be_the_one(ledger: Ledger, elsewhere: Path) -> None:
    vkey = standing(ledger.path).vkey
    assert whole(ledger, vkey).notes == ()
    (said,) = verify(ledger.path, [STRANGER]).findings
    assert said.startswith("key: ")
    with pytest.raises(LedgerError, match="key line"):
        verify(ledger.path, ["nonsense"])


def test_a_changed_key_is_told_and_must_be_vouched_for_elsewhere(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(ledger.path)
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "friend" / "key.pem"))
    whole(ledger)
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "mine" / "key.pem"))
    (tmp_path / "mine" / "key.pem").unlink()
    with ledger.writer() as writer:
        writer.add(*article("Signed by another key.", "new-1"))
    after = standing(ledger.path)
    assert after.vkey != before.vkey
    (note,) = whole(ledger).notes
    assert "changes its key" in note
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "friend" / "key.pem"))
    (said,) = verify(ledger.path).findings
    assert "changes its key" in said
    assert after.vkey in said
    whole(ledger, after.vkey)
    whole(ledger)


def test_a_log_goes_on_from_a_checkpoint_of_before(ledger: Ledger, tmp_path: Path) -> None:
    before = standing(ledger.path).checkpoint
    with ledger.writer() as writer:
        writer.add(*article("Later.", "new-1"))
    origin, size, *_ = before.split("\n")
    assert whole(ledger, since=[before]).notes == (f"the log begins with the {size} entries of the checkpoint given",)
    other = Signer(origin, Ed25519PrivateKey.generate()).sign(f"{origin}\n{size}\n{'A' * 43}=\n")
    assert "are not those of the checkpoint given" in verify(ledger.path, since=[other]).findings[0]
    later = other.replace(f"\n{size}\n", "\n900\n")
    assert "put back to an older state" in verify(ledger.path, since=[later]).findings[0]
    assert "is one of" in verify(ledger.path, since=[before.replace(origin, "sayso/another")]).findings[0]
    with pytest.raises(LedgerError, match="no checkpoint"):
        verify(ledger.path, since=[STRANGER + "\n\n" + before.rpartition("\n\n")[2]])


def test_a_ledger_without_a_log_is_brought_up_to_date_first(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("PRAGMA user_version = 4")
    with pytest.raises(LedgerError, match="an older sayso wrote it"):
        verify(ledger.path)


def test_what_entered_the_log_later_than_the_ledger_is_told(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection:
        for table in ("records", "log", "checkpoints", "sums"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM state WHERE key IN ('frontier', 'origin', 'vkey')")
        for one in (MAYOR, MINISTER, OTHER):
            row = (zlib.compress(one[0].body), one[0].digest)
            connection.execute("UPDATE captures SET body = ? WHERE digest = ?", row)
        connection.commit()
    shutil.rmtree(ledger.folder / "archive")
    assert len(verify(ledger.path).findings) > 3
    with ledger.writer():
        pass
    (note,) = whole(ledger).notes
    assert note.startswith("3 readings and their captures are proven from entry 1 on")


def test_a_damaged_capture_of_an_older_ledger_keeps_no_one_from_writing(ledger: Ledger) -> None:
    row = ("sha256:0", b"no longer packed")
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("INSERT INTO captures VALUES (?, 'old', 'text/plain', '2025-01-01T00:00:00+00:00', ?)", row)
        connection.commit()
    with ledger.writer() as writer:
        writer.add(*article("Goes on.", "on-1"))
    (said,) = verify(ledger.path).findings
    assert said.startswith("captures: no entry of the log tells of old (sha256:0)")


def test_a_damaged_file_is_a_finding(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'versions'").fetchone()[0]
    with ledger.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    found = verify(ledger.path).findings
    assert found[0].startswith("ledger.sqlite: is damaged")


def test_a_witness_is_sent_what_it_needs(ledger: Ledger) -> None:
    first = standing(ledger.path)
    assert request(ledger.path) == f"old 0\n\n{first.checkpoint}"
    with ledger.writer() as writer:
        writer.add(*article("Later.", "new-1"))
    later = standing(ledger.path)
    old, *proof, empty = request(ledger.path, first.checkpoint).removesuffix(later.checkpoint).split("\n")[:-1]
    assert (old, empty) == (f"old {first.size}", "")
    roots = [Checkpoint.parse(one.checkpoint.rpartition("\n\n")[0] + "\n").root for one in (first, later)]
    hashes = [b64decode(line) for line in proof]
    assert consistent(first.size, roots[0], later.size, roots[1], hashes)
    with pytest.raises(LedgerError, match="does not begin with"):
        request(ledger.path, first.checkpoint.replace(f"\n{first.size}\n", f"\n{first.size - 1}\n"))


def test_an_archive_without_its_ledger_is_told_as_that(ledger: Ledger) -> None:
    for file in ledger.folder.glob("ledger.sqlite*"):
        file.unlink()
    with pytest.raises(LedgerError, match=r"ledger\.sqlite is gone, and the archive without it proves nothing"):
        verify(ledger.path)


def test_an_altered_row_is_told_with_both_values(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("UPDATE attributions SET speaker = 'Liar' WHERE speaker = 'Ruth Dal'")
    assert "row 0 ('Liar' in the place of 'Ruth Dal') of version 1 (harbour-1)" in verify(ledger.path).findings[0]


def test_rows_without_their_version_are_told_once_a_table(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("DELETE FROM versions WHERE number = 1")
    found = [finding for finding in verify(ledger.path).findings if " to a row of versions " in finding]
    assert len(found) == len(set(found)) == len({finding.partition(":")[0] for finding in found})
