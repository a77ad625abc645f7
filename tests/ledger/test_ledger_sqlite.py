"""The SQLite ledger keeps the contract, migrates forward, and says plainly what is wrong with a file."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.ledger.ledger_contract import MAYOR, OTHER, LedgerContract, article

from sayso.documents.nouns import Capture, Version
from sayso.errors import LedgerError
from sayso.extraction.nouns import Reading
from sayso.ledger import schema
from sayso.ledger.ledger import Ledger
from sayso.ledger.nouns import Embeddings
from sayso.text.span import Span


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "news")


class TestSqliteLedger(LedgerContract):
    pass


@pytest.fixture
def filled(ledger):
    with ledger.writer() as writer:
        writer.add(*MAYOR)
    return ledger


def execute(ledger, *statements):
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        return [connection.execute(statement).fetchall() for statement in statements]


def assert_refused(ledger, said):
    for door in (ledger.view, ledger.writer):
        with pytest.raises(LedgerError, match=said) as caught, door():
            pass
        assert str(caught.value).startswith(str(ledger.path.parent))


def test_a_ledger_of_a_newer_sayso_is_refused(filled):
    execute(filled, "PRAGMA user_version = 99")
    assert_refused(filled, "a newer sayso wrote it .*update sayso")


def test_another_programs_database_is_refused_and_left_alone(ledger):
    ledger.folder.mkdir()
    execute(ledger, "CREATE TABLE bookmarks (url TEXT)")
    assert_refused(ledger, "another program")
    assert execute(ledger, "SELECT name FROM sqlite_master") == [[("bookmarks",)]]


def test_a_file_that_is_no_database_is_refused_and_left_alone(ledger):
    ledger.folder.mkdir()
    ledger.path.write_text("Dear diary, " * 100)
    assert_refused(ledger, "is no SQLite file")
    assert ledger.path.read_text() == "Dear diary, " * 100


def test_a_damaged_file_is_named(filled):
    body = bytearray(filled.path.read_bytes())
    body[4096:] = random.Random(1).randbytes(len(body) - 4096)
    filled.path.write_bytes(body)
    with pytest.raises(LedgerError, match="is damaged"), filled.view() as view:
        list(view.articles())


def test_changed_bytes_in_the_archive_are_noticed(filled):
    digest = MAYOR[1].digest
    execute(filled, "UPDATE captures SET body = x'789c030000000001'")
    with filled.view() as view, pytest.raises(LedgerError, match="have been changed"):
        view.capture(digest)
    execute(filled, "UPDATE captures SET body = x'00'")
    with filled.view() as view, pytest.raises(LedgerError, match="are damaged"):
        view.capture(digest)


def test_a_full_disk_keeps_what_stood_there(filled):
    body = random.Random(2).randbytes(400_000)
    large = Capture("large.txt", body, "text/plain", "2026-03-01T08:00:00+00:00")
    version = Version("large", body.hex(), "en", large.digest)
    with filled.writer() as writer:
        pages = writer._connection.execute("PRAGMA page_count").fetchone()[0]
        writer._connection.execute(f"PRAGMA max_page_count = {pages + 10}")
        with pytest.raises(LedgerError, match=r"ledger\.sqlite: the disk is full"):
            writer.add(large, version, Reading("en"))
        writer._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        assert writer.add(*OTHER)
    with filled.view() as view:
        assert [v.id for v in view.versions()] == ["harbour-1", "other-1"]
    assert execute(filled, "PRAGMA integrity_check", "SELECT count(*) FROM captures") == [[("ok",)], [(2,)]]


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "news").write_text("")
    with pytest.raises(LedgerError, match=r"news: this folder cannot be made"), Ledger(tmp_path / "news").writer():
        pass


READ_ONLY = """
import os, sys
from pathlib import Path
from sayso.errors import LedgerError
from sayso.ledger.ledger import Ledger
from sayso.ledger.nouns import Embeddings
from sayso.text.span import Span
if os.getuid() == 0:
    os.setuid(65534)
ledger = Ledger(Path(sys.argv[1]))
with ledger.view() as view:
    print(view.search("bridge")[0].id)
try:
    with ledger.writer():
        pass
except LedgerError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs POSIX users")
def test_a_read_only_folder_can_be_read_and_says_that_it_cannot_be_written():
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        ledger = Ledger(Path(outer) / "news")
        with ledger.writer() as writer:
            writer.add(*MAYOR)
        for path in ledger.folder.iterdir():
            path.chmod(0o444)
        ledger.folder.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", READ_ONLY, str(ledger.folder)], capture_output=True, text=True)
        ledger.folder.chmod(0o755)
    assert done.stderr == ""
    found, error = done.stdout.splitlines()
    assert found == "harbour-1"
    assert error.startswith(str(ledger.folder))
    assert "cannot be written" in error


def test_migrations_bring_old_ledgers_forward_and_a_failing_one_changes_nothing(filled, monkeypatch):
    step = "ALTER TABLE failures ADD COLUMN tries INTEGER;\nCREATE TABLE notes (note TEXT)"
    now, steps = schema.VERSION, schema.STEPS
    monkeypatch.setattr(schema, "VERSION", now + 1)
    monkeypatch.setattr(schema, "STEPS", (*steps, step + ";\nSELECT broken"))
    with pytest.raises(sqlite3.OperationalError), filled.view():
        pass
    count = "SELECT count(*) FROM sqlite_master WHERE name = 'notes'"
    assert execute(filled, "PRAGMA user_version", count) == [[(now,)], [(0,)]]
    monkeypatch.setattr(schema, "STEPS", (*steps, step))
    with filled.view() as view:
        assert view.version("harbour-1") == MAYOR[1]
    assert execute(filled, "PRAGMA user_version", count) == [[(now + 1,)], [(1,)]]


def test_an_index_made_by_other_stemmers_is_made_anew(filled):
    execute(filled, "UPDATE state SET value = 'old' WHERE key = 'index'", "DROP TABLE pieces")
    with filled.writer():
        pass
    with filled.view() as view:
        assert [hit.id for hit in view.search('"the bridge"')] == ["harbour-1"]


def test_a_view_of_a_ledger_killed_before_its_index_was_made_makes_it(filled):
    execute(filled, "UPDATE state SET value = '' WHERE key = 'index'", "DROP TABLE words", "DROP TABLE pieces")
    with filled.view() as view:
        assert [hit.id for hit in view.search("bridge")] == ["harbour-1"]


def test_the_index_of_old_versions_is_kept_in_order(filled):
    with filled.writer() as writer:
        writer.add(*article("Corrected: it opens.", "harbour-1", day=2))
    check = "INSERT INTO {0} ({0}) VALUES ('integrity-check')"
    assert execute(filled, check.format("words"), check.format("pieces")) == [[], []]


@pytest.mark.parametrize("chunk", [1, 40, 10**9])
def test_the_nearest_are_the_same_however_few_vectors_are_held_at_a_time(ledger, monkeypatch, chunk):
    draw = np.random.default_rng(0)
    with ledger.writer() as writer, writer.batch():
        for i in range(12):
            spans = tuple(Span(j, j + 1) for j in range(i % 4))
            vectors = draw.integers(0, 3, (len(spans), 3)).astype(np.float32)
            writer.add(*article(f"Bridge {i}", f"b{i:02}"), embeddings=Embeddings("test", spans, vectors))
    with ledger.view() as view:
        kept = {v.id: view.embeddings(v.id, "test") for v in view.versions()}
        best = {id: max(e.vectors @ [1, 2, 0]) for id, e in kept.items() if e.spans}
        monkeypatch.setattr("sayso.ledger.vectors._CHUNK", chunk)
        hits = view.nearest([1, 2, 0], "test", limit=7)
    assert [(hit.id, hit.score) for hit in hits] == sorted(best.items(), key=lambda one: (-one[1], one[0]))[:7]
    assert all(kept[hit.id].vectors[hit.snippet.start] @ [1, 2, 0] == hit.score for hit in hits)
