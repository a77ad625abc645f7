"""What is signed goes on from what was signed before: nobody's alteration is signed by the next honest writer."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.ledger.ledger_contract import MAYOR, LedgerContract, article

from sayso.errors import LedgerError
from sayso.ledger.digests import version_digest
from sayso.ledger.evidence import keys
from sayso.ledger.evidence.merkle import Frontier, leaf_hash
from sayso.ledger.evidence.note import Checkpoint
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import Ledger
from sayso.ledger.rows import VERSION_COLUMNS, version_of
from sayso.linking.judgements.nouns import Thing, made

JUDGEMENT = made("story", "different", (Thing("harbour-1"),), (Thing("marsa-1"),), "me")


@pytest.fixture
def ledger(three: Ledger) -> Ledger:
    with three.writer() as writer:
        writer.put_links(LedgerContract.LINKS)
        writer.put_judgements([JUDGEMENT])
    return three


def forged(db: sqlite3.Connection) -> Frontier:
    """Another title in rows and log, without a key; the tree that the log has then."""
    number, *row = db.execute(f"SELECT number, {VERSION_COLUMNS} FROM versions LIMIT 1").fetchone()
    before = version_digest(version_of(tuple(row)))
    db.execute("UPDATE versions SET title = 'Forged' WHERE number = ?", (number,))
    row = db.execute(f"SELECT {VERSION_COLUMNS} FROM versions WHERE number = ?", (number,)).fetchone()
    tree = Frontier()
    for entry, leaf in db.execute("SELECT entry, leaf FROM log ORDER BY entry").fetchall():
        said = leaf.replace(before, version_digest(version_of(row)))
        db.execute("UPDATE log SET leaf = ? WHERE entry = ?", (said, entry))
        tree.append(leaf_hash(said.encode()))
    db.execute("UPDATE state SET value = ? WHERE key = 'frontier'", (tree.pack(),))
    return tree


def without_checkpoints(db: sqlite3.Connection) -> None:
    forged(db)
    db.execute("DELETE FROM checkpoints")


def with_checkpoints_left(db: sqlite3.Connection) -> None:
    forged(db)


def with_a_key_of_its_own(db: sqlite3.Connection) -> None:
    tree = forged(db)
    (origin,) = db.execute("SELECT value FROM state WHERE key = 'origin'").fetchone()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAYSO_KEY", str(keys.path().parent.parent / "theirs" / "key.pem"))
        signer = keys.signer(origin)
    db.execute("DELETE FROM checkpoints")
    note = signer.sign(Checkpoint(origin, tree.size, tree.root()).text())
    db.execute("INSERT INTO checkpoints (size, note) VALUES (?, ?)", (tree.size, note))
    db.execute("UPDATE state SET value = ? WHERE key = 'vkey'", (signer.vkey,))


def with_an_entry_more(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO log SELECT max(entry) + 1, leaf FROM log")


def with_nothing_that_was_signed(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM checkpoints")
    db.execute("DELETE FROM state WHERE key IN ('frontier', 'vkey', 'origin')")


@pytest.mark.parametrize(
    "alter",
    [
        without_checkpoints,
        with_checkpoints_left,
        with_a_key_of_its_own,
        with_an_entry_more,
        with_nothing_that_was_signed,
    ],
)
def test_an_altered_log_is_not_signed_by_the_next_writer(
    alter: Callable[[sqlite3.Connection], None], ledger: Ledger
) -> None:
    with closing(sqlite3.connect(ledger.path)) as db:
        alter(db)
        db.commit()
    with ledger.writer() as writer, pytest.raises(LedgerError, match=r"is added to the log|is signed by"):
        writer.add(*article("Later.", "new-1"))
    assert verify(ledger.path).findings


def test_a_row_altered_beside_the_log_is_found_after_the_next_writer(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as db:
        db.execute("UPDATE log SET leaf = replace(leaf, 'tests', 'ghost')")
        db.execute("UPDATE readings SET made_by = 'ghost'")
        db.commit()
    with ledger.writer() as writer:
        writer.add(*article("Later.", "new-1"))
    assert "does not hold" in verify(ledger.path).findings[0]


@pytest.mark.parametrize(
    "alteration", ["UPDATE judgements SET found = replace(found, 'me', 'you')", "UPDATE links SET place = place + 7"]
)
def test_adopting_signs_no_links_or_judgements_that_the_log_tells_of(alteration: str, ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as db:
        db.execute(alteration)
        # As if an older sayso had kept it.
        row = ("sha256:" + hashlib.sha256(b"more").hexdigest(), zlib.compress(b"more"))
        db.execute("INSERT INTO captures VALUES (?, 'more', 'text/plain', '2026-01-01T00:00:00+00:00', ?)", row)
        db.commit()
    with ledger.writer():
        pass
    assert [said for said in verify(ledger.path).findings if said.startswith(("links", "judgements"))]


def test_links_shown_by_judgements_sign_no_links_of_the_machine(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as db:
        db.execute("UPDATE links SET place = place + 7")
        db.commit()
    with ledger.writer() as writer:
        writer.put_shown(LedgerContract.LINKS, ["marsa-1"], [], "stamp")
    (said,) = verify(ledger.path).findings
    assert said.startswith("links: ")


def test_a_log_whose_first_step_was_taken_back_has_its_name_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "mine" / "key.pem"))
    ledger = Ledger(tmp_path / "ledger")
    with ledger.writer() as writer:
        (ledger.folder / "archive").touch()
        with pytest.raises(LedgerError, match="cannot be written"):
            writer.add(*MAYOR)
        (ledger.folder / "archive").unlink()
        writer.add(*MAYOR)
    assert verify(ledger.path).findings == ()


def test_versions_of_one_second_whose_order_is_swapped_are_found(ledger: Ledger) -> None:
    """Of two captured in one second the one with the higher number is shown as the current one."""
    with ledger.writer() as writer:
        writer.add(*article("One text.", "twice-1"))
        writer.add(*article("Another text.", "twice-1"))
    assert verify(ledger.path).findings == ()
    with closing(sqlite3.connect(ledger.path)) as db:
        (one,), (other,) = db.execute("SELECT number FROM versions WHERE id = 'twice-1' ORDER BY number").fetchall()
        db.execute("UPDATE versions SET current = 0 WHERE number = ?", (other,))
        for table, column in (("versions", "number"), ("readings", "version"), ("attributions", "version")):
            for was, now in ((one, -1), (other, one), (-1, other)):
                db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (now, was))
        db.execute("UPDATE versions SET current = 1 WHERE number = ?", (other,))
        db.commit()
    with ledger.view() as view:
        assert view.version("twice-1").text == "One text."
    (said,) = verify(ledger.path).findings
    assert said.endswith("they were swapped")
