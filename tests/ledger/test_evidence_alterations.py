"""Whatever is altered in a ledger is found; benchmarks/alterations.py does it in 200 ways to a larger one."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alterations import COLUMNS, TABLES, WAYS, build, changed_column, filled, findings, flipped_bit, opened, rowids

UNFILLED = {"repeats"}
"""Tables that the small ledger has no rows for."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("altered")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAYSO_KEY", str(root / "key" / "key.pem"))
        build(root / "whole", root / "earlier", examples=False)
        assert findings(root / "whole") == ()
        yield root / "whole"


@pytest.fixture
def copy(whole: Path) -> Iterator[Path]:
    at = whole.parent / "copy"
    yield Path(shutil.copytree(whole, at))
    shutil.rmtree(at)


def test_a_copy_left_alone_is_whole(copy: Path) -> None:
    assert findings(copy) == ()


@pytest.mark.parametrize("name", WAYS)
def test_an_alteration_is_found(name: str, copy: Path) -> None:
    did = WAYS[name][0](random.Random(name), copy)
    assert findings(copy), did


def test_every_changed_column_is_found(whole: Path, copy: Path) -> None:
    tables = filled(whole)
    assert {table for table, _ in COLUMNS} - set(tables) <= UNFILLED | (
        {"checkpoints"} if not _stamps(whole) else set()
    )
    missed = []
    for table, column in COLUMNS:
        if table in tables and (column != "stamp" or _stamps(whole)):
            shutil.copyfile(whole / "ledger.sqlite", copy / "ledger.sqlite")
            did = changed_column(random.Random(1), copy, table, column)
            found = findings(copy)
            missed += [] if found else [did]
    assert missed == []


STRANGE = (
    b"\xff\xfe\x00",
    7,
    -1,
    2**62,
    "",
    "[]",
    "null",
    '{"kind":"capture"}',
    '{"kind":5}',
    "\x00",
    1.5,
    "[[[[",
    "\ud800",
)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_row_or_the_file_holds_is_found_or_changes_nothing(seed: int, whole: Path, copy: Path) -> None:
    """Strange values in a column, or bits flipped in the file: no error but ours, and what is not found is no loss."""
    draw = random.Random(seed)
    if seed % 2:
        table = draw.choice(filled(copy))
        column = draw.choice(TABLES[table])
        value = draw.choice(STRANGE)
        with opened(copy) as db, contextlib.suppress(sqlite3.IntegrityError, UnicodeEncodeError):
            where, row = draw.choice(rowids(db, table))
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (value, *row))
    else:
        flip(draw, copy / "ledger.sqlite")
    if not findings(copy):
        assert rows(copy) == rows(whole)


def flip(draw: random.Random, path: Path) -> None:
    with opened(path.parent) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    changed = bytearray(path.read_bytes())
    for _ in range(draw.choice([1, 1, 5, 50])):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    path.write_bytes(changed)


def rows(folder: Path) -> list[list[tuple[object, ...]]]:
    with opened(folder) as db:
        return [
            sorted(db.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
            for table, columns in TABLES.items()
        ]


def test_a_finding_names_the_bytes_the_capture_and_the_entry(copy: Path) -> None:
    with opened(copy) as db:
        entry, file, start, length, url = db.execute(
            "SELECT entry, file, start, length, url FROM records WHERE start > 0 LIMIT 1"
        ).fetchone()
    path = copy / "archive" / file
    changed = bytearray(path.read_bytes())
    changed[start + length // 2] ^= 4
    path.write_bytes(changed)
    (said,) = findings(copy)
    assert said.startswith(f"archive/{file}: bytes {start} to {start + length - 1} were changed")
    assert f"of {url} at " in said
    assert f"log entry {entry}" in said


def test_a_finding_names_the_row(copy: Path) -> None:
    with opened(copy) as db:
        version, place = db.execute("SELECT version, place FROM figures ORDER BY version DESC, place DESC").fetchone()
        db.execute("UPDATE figures SET value = value + 1 WHERE version = ? AND place = ?", (version, place))
    (said,) = findings(copy)
    assert re.match(rf"figures: row {place} \([\d.]+ in the place of [\d.]+\) of version {version} \(", said)


def test_the_first_of_many_is_named_first(copy: Path) -> None:
    with opened(copy) as db:
        db.execute("UPDATE readings SET made_by = 'nobody'")
        db.execute("DELETE FROM log WHERE entry = 2")
    said = findings(copy)
    assert said[0].startswith(("records: row 2 points", "log: entry 2 is missing"))
    assert "log: entry 2 is missing" in said


def _stamps(folder: Path) -> int:
    with opened(folder) as db:
        return int(db.execute("SELECT count(stamp) FROM checkpoints").fetchone()[0])


def test_what_is_altered_stays_found(copy: Path) -> None:
    """Verifying an altered ledger teaches this machine nothing."""
    flipped_bit(random.Random(2), copy)
    before = {path: path.read_bytes() for path in Path(os.environ["SAYSO_KEY"]).parent.rglob("*") if path.is_file()}
    assert findings(copy) == findings(copy) != ()
    assert before == {path: path.read_bytes() for path in before}
