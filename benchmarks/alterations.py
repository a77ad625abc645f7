"""Altered ledgers: how many of 200 alterations `sayso verify` finds, and whether it finds any in copies left alone.

python benchmarks/alterations.py [--seed 1] [--untouched 20] [--any COUNT] [--verbose]

A ledger of examples/articles and of captures as a fetcher makes them is copied, altered in one way, and verified. The
ways in WAYS are taken in turn; what each changes is drawn by a seeded generator. tests/ledger uses them, too.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
from authority import Authority, available
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sayso.documents.nouns import Capture, Record
from sayso.errors import SaysoError
from sayso.ledger import archive
from sayso.ledger.digests import canonical
from sayso.ledger.evidence.keys import signer
from sayso.ledger.evidence.merkle import Frontier, leaf_hash
from sayso.ledger.evidence.note import Checkpoint, Signer
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import Ledger
from sayso.ledger.nouns import Embeddings
from sayso.ledger.watched import State, Watched
from sayso.linking.judgements.nouns import Ruling, Thing, made
from sayso.linking.nouns import Links, StatementMember, Story, Thread
from sayso.text.span import Span

Draw = random.Random
Value = str | int | float | bytes | None
Way = Callable[[Draw, Path], str]
"""Alters the ledger in a folder, and says what it did."""

FILE = "ledger.sqlite"
EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
SMALL_FILES = 12_000
"""Bytes after which the benchmark's ledger begins another WARC file, so that there are several."""

TABLES = {
    "captures": ("digest", "name", "media_type", "captured", "body"),
    "records": ("entry", "digest", "url", "captured", "file", "start", "length"),
    "versions": (
        *("number", "id", "digest", "seen", "current", "lang", "title", "outlet", "url", "author"),
        *("published", "published_from", "modified", "extra", "text", "cut"),
    ),
    "readings": ("version", "made_by", "found"),
    "attributions": ("version", "place", "speaker", "cue", "type", "stance", "content"),
    "figures": (
        *("version", "place", "value", "value_high", "unit", "qualifier", "scope", "window", "as_of"),
        *("asserted_by", "span"),
    ),
    "repeats": ("digest", "version"),
    "links": ("kind", "id", "place", "found"),
    "members": ("kind", "id", "article", "item"),
    "speakers": ("version", "attribution", "speaker"),
    "judged": ("kind", "id", "place", "found"),
    "judged_members": ("kind", "id", "article", "item"),
    "retold": ("article",),
    "rulings": ("judgement", "found"),
    "judgements": ("id", "at", "found"),
    "log": ("entry", "leaf"),
    "checkpoints": ("size", "note", "stamp"),
    "embeddings": ("version", "model", "spans", "vectors"),
    "vectors": ("model", "digest", "vector"),
    "kept": ("kind", "digest", "found"),
    "failures": ("name", "reason", "at"),
    "watched": ("url", "kind", "due", "state"),
    "state": ("key", "value"),
    "sums": ("name", "sum"),
    **{
        f"{index}_{part}": columns
        for index in ("words", "pieces")
        for part, columns in (
            ("data", ("id", "block")),
            ("idx", ("segid", "term", "pgno")),
            ("docsize", ("id", "sz")),
            ("config", ("k", "v")),
        )
    },
}
"""Every column whose change must be found; of the search index those that change what is found by it."""
SEGMENTS = 10
"""The row of an index's data that lists its segments: much of it only says when to merge them."""


def opened(folder: Path) -> closing[sqlite3.Connection]:
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    return closing(connection)


# The archive's bytes


def records(folder: Path) -> list[tuple[str, int, int]]:
    with opened(folder) as db:
        return list(db.execute("SELECT file, start, length FROM records ORDER BY entry"))


def one_record(draw: Draw, folder: Path) -> tuple[Path, bytes, int, int]:
    file, start, length = draw.choice(records(folder))
    path = folder / "archive" / file
    return path, path.read_bytes(), start, start + length


def flipped_bit(draw: Draw, folder: Path) -> str:
    path, all_, start, end = one_record(draw, folder)
    at = draw.randrange(start, end)
    changed = bytearray(all_)
    changed[at] ^= 1 << draw.randrange(8)
    path.write_bytes(changed)
    return f"a bit of byte {at} of {path.name} flipped"


def inserted_bytes(draw: Draw, folder: Path) -> str:
    path, all_, start, end = one_record(draw, folder)
    at, more = draw.randrange(start, end), draw.randbytes(draw.randint(1, 40))
    path.write_bytes(all_[:at] + more + all_[at:])
    return f"{len(more)} bytes put into {path.name} at {at}"


def cut_bytes(draw: Draw, folder: Path) -> str:
    path, all_, start, end = one_record(draw, folder)
    at = draw.randrange(start, end)
    count = draw.randint(1, min(40, end - at))
    path.write_bytes(all_[:at] + all_[at + count :])
    return f"{count} bytes cut out of {path.name} at {at}"


def packed_anew(draw: Draw, folder: Path) -> str:
    """The words of a page changed, and the record packed again as it should be: of the same length, where it can."""
    path, all_, start, end = one_record(draw, folder)
    plain = bytearray(gzip.decompress(all_[start:end]))
    plain[draw.randrange(len(plain))] ^= 1
    path.write_bytes(all_[:start] + gzip.compress(bytes(plain)) + all_[end:])
    return f"the record at {start} of {path.name} written anew"


def swapped_records(draw: Draw, folder: Path) -> str:
    of_file = Counter(file for file, _, _ in records(folder))
    file = draw.choice([file for file, count in of_file.items() if count > 1])
    path = folder / "archive" / file
    own = [(start, start + length) for name, start, length in records(folder) if name == file]
    at = draw.randrange(len(own) - 1)
    (a, b), (_, c) = own[at], own[at + 1]
    all_ = path.read_bytes()
    path.write_bytes(all_[:a] + all_[b:c] + all_[a:b] + all_[c:])
    return f"records {at} and {at + 1} of {file} swapped"


def doubled_bytes(draw: Draw, folder: Path) -> str:
    path, all_, start, end = one_record(draw, folder)
    path.write_bytes(all_[:start] + all_[start:end] + all_[start:])
    # The last record of the last file doubled at its end is what an interrupted write leaves: nothing is altered by it.
    if path.read_bytes()[: len(all_)] == all_:
        return flipped_bit(draw, folder)
    return f"the record at {start} of {path.name} doubled"


def files(folder: Path) -> list[Path]:
    return sorted((folder / "archive").glob("*.warc.gz"))


def swapped_files(draw: Draw, folder: Path) -> str:
    one, other = draw.sample(files(folder), 2)
    aside = one.with_suffix(".aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    return f"{one.name} and {other.name} swapped"


def renamed_file(draw: Draw, folder: Path) -> str:
    one = draw.choice(files(folder))
    one.rename(one.with_name("000999.warc.gz"))
    return f"{one.name} renamed"


def deleted_file(draw: Draw, folder: Path) -> str:
    one = draw.choice(files(folder))
    one.unlink()
    return f"{one.name} deleted"


def emptied_file(draw: Draw, folder: Path) -> str:
    one = draw.choice(files(folder))
    one.write_bytes(b"")
    return f"{one.name} emptied"


def changed_index(draw: Draw, folder: Path) -> str:
    path = draw.choice(sorted((folder / "archive").glob("*.cdxj")))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = draw.randrange(len(lines) - 1)
    digit = draw.choice([i for i, one in enumerate(lines[at]) if one.isdigit()])
    new = str((int(lines[at][digit]) + 1) % 10)
    lines[at] = draw.choice([lines[at][:digit] + new + lines[at][digit + 1 :], lines[at] * 2])
    path.write_text("".join(lines), encoding="utf-8")
    return f"line {at + 1} of {path.name} changed or doubled"


# Rows


def filled(folder: Path, *but: str) -> list[str]:
    with opened(folder) as db:
        return [t for t in TABLES if t not in but and db.execute(f"SELECT 1 FROM {t} LIMIT 1").fetchone()]


def other_than(draw: Draw, value: Value) -> Value:
    """A value of the same kind that is another."""
    if value is None:
        return draw.choice(["x", 7])
    if isinstance(value, bytes):
        at = draw.randrange(len(value)) if value else 0
        return value[:at] + bytes([value[at] ^ 1 << draw.randrange(8)]) + value[at + 1 :] if value else b"x"
    if isinstance(value, float):
        return value * 2 + 0.5
    if isinstance(value, int):
        return 1 - value if value in (0, 1) else value + draw.choice([-1, 1, 1000])
    at = draw.randrange(len(value)) if value else 0
    changes = [value[:at] + "x" + value[at + 1 :], value + " ", value[:at] + value[at + 1 :], value[::-1], ""]
    return draw.choice([one for one in changes if one != value])


def rowids(db: sqlite3.Connection, table: str) -> list[tuple[str, tuple[Value, ...]]]:
    """A condition that names each row, and its values."""
    columns = TABLES[table]
    found = " AND ".join(f"{column} IS ?" for column in columns)
    where = f"WHERE id != {SEGMENTS}" if table.endswith("_data") else ""
    return [(found, row) for row in db.execute(f"SELECT {', '.join(columns)} FROM {table} {where}")]


def changed_column(draw: Draw, folder: Path, table: str = "", column: str = "") -> str:
    table = table or draw.choice(filled(folder))
    column = column or draw.choice(TABLES[table])
    with opened(folder) as db:
        for where, row in draw.sample(rowids(db, table), len(rowids(db, table))):
            value = row[TABLES[table].index(column)]
            new = other_than(draw, value)
            try:
                db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (new, *row))
            except sqlite3.IntegrityError:
                continue
            return f"{table}.{column} from {str(value)[:30]!r} to {str(new)[:30]!r}"
    return changed_column(draw, folder)


def deleted_row(draw: Draw, folder: Path) -> str:
    table = draw.choice(filled(folder))
    with opened(folder) as db:
        where, row = draw.choice(rowids(db, table))
        db.execute(f"DELETE FROM {table} WHERE {where}", row)
    return f"a row of {table} deleted: {str(row)[:60]}"


def doubled_row(draw: Draw, folder: Path) -> str:
    table = draw.choice(filled(folder))
    with opened(folder) as db:
        where, row = draw.choice(rowids(db, table))
        columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
        values = list(db.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", row).fetchone())
        keys = [(place, pk) for place, (*_, pk) in enumerate(db.execute(f"PRAGMA table_info({table})")) if pk]
        for place, _ in keys[-1:]:
            last = db.execute(f"SELECT max({columns[place]}) FROM {table}").fetchone()[0]
            values[place] = last + 1 if isinstance(last, int) else f"{values[place]}x"
        if table == "versions":
            values[columns.index("current")] = 0
        if table == "records":
            values[columns.index("start")] += 1
        db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(values))})", values)
    return f"a row of {table} doubled: {str(row)[:60]}"


def swapped_rows(draw: Draw, folder: Path) -> str:
    """The contents of two rows change places: both are true, but of something else."""
    table, column = draw.choice([("versions", "text"), ("readings", "found"), ("log", "leaf"), ("captures", "name")])
    key = {"versions": "number", "readings": "version", "log": "entry", "captures": "digest"}[table]
    with opened(folder) as db:
        rows = list(db.execute(f"SELECT {key}, {column} FROM {table}"))
        (a, one), (b, other) = next(
            pair for pair in iter(lambda: draw.sample(rows, 2), None) if pair[0][1] != pair[1][1]
        )
        db.executemany(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [(other, a), (one, b)])
    return f"{table}.{column} of {a!r} and {b!r} swapped"


# Log and checkpoints


def reordered_log(draw: Draw, folder: Path) -> str:
    with opened(folder) as db:
        leaves = [leaf for (leaf,) in db.execute("SELECT leaf FROM log ORDER BY entry")]
        first = draw.randrange(len(leaves) - 2)
        last = draw.randrange(first + 1, len(leaves))
        some = leaves[first : last + 1]
        moved = some[1:] + some[:1]
        db.executemany("UPDATE log SET leaf = ? WHERE entry = ?", [(one, first + i) for i, one in enumerate(moved)])
    return f"entries {first} to {last} of the log moved round"


def cut_log(draw: Draw, folder: Path) -> str:
    """The last entries gone; sometimes with the checkpoints over them, and the frontier made to fit."""
    with opened(folder) as db:
        sizes = [size for (size,) in db.execute("SELECT size FROM checkpoints ORDER BY size")]
        left = draw.choice(sizes[:-1])
        db.execute("DELETE FROM log WHERE entry >= ?", (left,))
        if tidy := draw.random() < 0.5:
            db.execute("DELETE FROM checkpoints WHERE size > ?", (left,))
            _fit_frontier(db)
    return f"the log cut to {left} entries{', checkpoints and frontier too' if tidy else ''}"


def put_in_entry(draw: Draw, folder: Path) -> str:
    with opened(folder) as db:
        leaves = [leaf for (leaf,) in db.execute("SELECT leaf FROM log ORDER BY entry")]
        at = draw.randrange(len(leaves))
        _write_log(db, [*leaves[:at], draw.choice(leaves), *leaves[at:]])
        _fit_frontier(db)
    return f"an entry put into the log at {at}"


def older_checkpoint(draw: Draw, folder: Path) -> str:
    with opened(folder) as db:
        notes = list(db.execute("SELECT size, note FROM checkpoints ORDER BY size"))
        (newest, _), (size, note) = notes[-1], draw.choice(notes[:-1])
        if draw.random() < 0.5:
            db.execute("DELETE FROM checkpoints WHERE size > ?", (size,))
            return f"checkpoints after the one over {size} entries deleted"
        db.execute("UPDATE checkpoints SET note = ? WHERE size = ?", (note, newest))
    return f"the checkpoint over {size} entries in the place of the newest"


def strange_signer(draw: Draw, origin: str) -> Signer:
    return Signer(origin, Ed25519PrivateKey.from_private_bytes(draw.randbytes(32)))


def signed_by_another(draw: Draw, folder: Path) -> str:
    with opened(folder) as db:
        origin = _state(db, "origin")
        other = strange_signer(draw, origin)
        size, note = draw.choice(list(db.execute("SELECT size, note FROM checkpoints")))
        again = other.sign(note.rpartition("\n\n")[0] + "\n")
        db.execute("UPDATE checkpoints SET note = ? WHERE size = ?", (again, size))
    return f"the checkpoint over {size} entries signed by another key"


def rebuilt(draw: Draw, folder: Path) -> str:
    """A version changed, and everything that speaks of it made to fit, the log signed anew with another key."""
    return _rebuilt(draw, folder, lambda origin: strange_signer(draw, origin))


def rebuilt_by_owner(draw: Draw, folder: Path) -> str:
    """The same with the owner's own key: only a checkpoint from before, which this machine remembers, tells."""
    return _rebuilt(draw, folder, signer) + " with the owner's key"


def changed_key(draw: Draw, folder: Path) -> str:
    """Another key enters the log as it should, and signs from there on."""
    with opened(folder) as db:
        origin, before = _state(db, "origin"), _state(db, "vkey")
        other = strange_signer(draw, origin)
        leaves = [leaf for (leaf,) in db.execute("SELECT leaf FROM log ORDER BY entry")]
        _write_log(db, [*leaves, canonical({"kind": "key", "vkey": other.vkey, "before": before}).decode()])
        db.execute("UPDATE state SET value = ? WHERE key = 'vkey'", (other.vkey,))
        _sign(db, other, [len(leaves) + 1])
        _fit_frontier(db)
    return "another key signs from here on"


def moved_back(draw: Draw, folder: Path) -> str:
    """The whole ledger as it was at an earlier checkpoint: every signature in it is right."""
    earlier = folder.parent / "earlier"
    shutil.rmtree(folder)
    shutil.copytree(draw.choice(sorted(earlier.iterdir())), folder)
    return "the whole ledger put back to an earlier state"


def _rebuilt(draw: Draw, folder: Path, signer_of: Callable[[str], Signer]) -> str:
    with opened(folder) as db:
        old = dict(db.execute("SELECT entry, leaf FROM log"))
        number, text = draw.choice(list(db.execute("SELECT number, text FROM versions")))
        db.execute("UPDATE versions SET text = ? WHERE number = ?", (text[:-3] + "!!!", number))
        from sayso.ledger.digests import version_digest
        from sayso.ledger.rows import VERSION_COLUMNS, version_of

        row = db.execute(f"SELECT {VERSION_COLUMNS} FROM versions WHERE number = ?", (number,)).fetchone()
        now = version_of(row)
        was, became = version_digest(replace(now, text=text)), version_digest(now)
        _write_log(db, [leaf.replace(was, became) for _, leaf in sorted(old.items())])
        sizes = [size for (size,) in db.execute("SELECT size FROM checkpoints")]
        by = signer_of(_state(db, "origin"))
        db.execute("UPDATE state SET value = ? WHERE key = 'vkey'", (by.vkey,))
        db.execute("UPDATE checkpoints SET stamp = NULL")
        _sign(db, by, sizes)
        _fit_frontier(db)
    return f"version {number} changed, and the whole log rebuilt and signed"


def _state(db: sqlite3.Connection, key: str) -> str:
    return str(db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()[0])


def _write_log(db: sqlite3.Connection, leaves: list[str]) -> None:
    db.execute("DELETE FROM log")
    db.executemany("INSERT INTO log VALUES (?, ?)", list(enumerate(leaves)))


def _tree(db: sqlite3.Connection, size: int) -> Frontier:
    tree = Frontier()
    for (leaf,) in db.execute("SELECT leaf FROM log WHERE entry < ? ORDER BY entry", (size,)):
        tree.append(leaf_hash(leaf.encode()))
    return tree


def _fit_frontier(db: sqlite3.Connection) -> None:
    size = db.execute("SELECT count(*) FROM log").fetchone()[0]
    db.execute("UPDATE state SET value = ? WHERE key = 'frontier'", (_tree(db, size).pack(),))


def _sign(db: sqlite3.Connection, by: Signer, sizes: list[int]) -> None:
    for size in sizes:
        note = by.sign(Checkpoint(by.name, size, _tree(db, size).root()).text())
        db.execute(
            "INSERT INTO checkpoints (size, note) VALUES (?, ?) ON CONFLICT DO UPDATE SET note = excluded.note",
            (size, note),
        )


def altered_state(draw: Draw, folder: Path) -> str:
    key = draw.choice(["origin", "vkey", "frontier"])
    with opened(folder) as db:
        value = _state(db, key)
        db.execute("UPDATE state SET value = ? WHERE key = ?", (other_than(draw, value), key))
    return f"state: {key} changed"


def trap(draw: Draw, folder: Path) -> str:
    """A view or trigger of one's own, which would answer in the place of a table, or change what is written."""
    table = draw.choice(["versions", "readings"])
    with opened(folder) as db:
        db.execute(f"CREATE TRIGGER aside AFTER UPDATE ON {table} BEGIN SELECT 1; END")
    return f"a trigger on {table}"


COLUMNS = tuple((table, column) for table, columns in TABLES.items() for column in columns)
WAYS: dict[str, tuple[Way, int]] = {
    "bit flipped in the archive": (flipped_bit, 14),
    "bytes put into the archive": (inserted_bytes, 8),
    "bytes cut out of the archive": (cut_bytes, 8),
    "record written anew": (packed_anew, 5),
    "records swapped": (swapped_records, 3),
    "record doubled": (doubled_bytes, 3),
    "WARC files swapped": (swapped_files, 3),
    "WARC file renamed": (renamed_file, 3),
    "WARC file deleted": (deleted_file, 3),
    "WARC file emptied": (emptied_file, 2),
    "index changed": (changed_index, 3),
    "row deleted": (deleted_row, 22),
    "row doubled": (doubled_row, 18),
    "rows swapped": (swapped_rows, 8),
    "log reordered": (reordered_log, 5),
    "log cut off": (cut_log, 5),
    "entry put in": (put_in_entry, 4),
    "older checkpoint": (older_checkpoint, 5),
    "signed by another key": (signed_by_another, 4),
    "log rebuilt, another key": (rebuilt, 4),
    "log rebuilt, owner's key": (rebuilt_by_owner, 2),
    "key changed": (changed_key, 2),
    "ledger put back": (moved_back, 3),
    "row of state changed": (altered_state, 2),
    "trigger put in": (trap, 1),
}
"""Name -> the way, and how often of 200; the rest are changed columns, each of COLUMNS that the ledger fills."""
ALL = 200


def ways(draw: Draw, folder: Path) -> Iterator[tuple[str, Way]]:
    """200 of them."""
    for name, (way, count) in WAYS.items():
        yield from [(name, way)] * count
    tables = filled(folder)
    columns = [pair for pair in COLUMNS if pair[0] in tables]
    for table, column in draw.sample(columns, len(columns))[: ALL - sum(count for _, count in WAYS.values())]:
        yield "column changed", lambda draw, at, t=table, c=column: changed_column(draw, at, t, c)


def any_rows(draw: Draw, count: int) -> Iterator[tuple[str, Way]]:
    """Rows drawn without a thought of what they mean."""
    for _ in range(count):
        yield draw.choice([("column changed", changed_column), ("row deleted", deleted_row)])


# The ledger that is altered


def fetched(place: int, words: str, at: str, packed: bool = True) -> Capture:
    """A page as a fetcher takes it: request, redirect, packed payload."""
    url = f"https://www.dal-courier.example/{place}"
    body = f"""<html lang="en"><head><title>Bridge {place}</title><meta property="og:site_name" content="Dal Courier">
<link rel="canonical" href="{url}"><meta property="article:published_time" content="2026-03-0{1 + place % 9}"></head>
<body><article><h1>Bridge {place}</h1><p>{words}</p><p>“The bridge number {place} stays shut until May,” Mayor Ruth Dal
said on Tuesday, adding that {place + 3} engineers had looked at it.</p><p>The council met for four hours on Monday, and
heard from the people of both banks what the closure costs them: longer ways to work, dearer bread, and a school bus
that comes an hour late on most days of the week.</p><p>Nobody in the hall asked for the bridge to be opened before it
is safe, but many wanted to know why the cracks had not been seen in the autumn, when the road was last repaired.</p>
</article></body></html>""".encode()
    raw = gzip.compress(body, mtime=0) if packed else None
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    head += b"Content-Encoding: gzip\r\n\r\n" if packed else b"\r\n"
    asked = Record("request", (("WARC-Target-URI", url),), f"GET /{place} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    moved = Record(
        "response",
        (("WARC-Target-URI", f"http://dal-courier.example/{place}"),),
        f"HTTP/1.1 301 Moved\r\nLocation: {url}\r\n\r\n".encode(),
        b"",
    )
    return Capture(url, body, "text/html", at, url, Record("response", (), head, raw, (moved, asked)))


def build(folder: Path, earlier: Path, examples: bool = True) -> None:
    """Make the ledger, with states of before in `earlier`. Without `examples`: small, read by the rules alone."""
    from sayso import workspace
    from sayso.engines.local import Serial
    from sayso.workspace.intake import Intake

    ledger = workspace.open_ledger(folder)
    calm = "The river stood high for the third week, and the ferries carried the cars of the whole valley to the town."
    rounds = [
        [fetched(place, calm, f"2026-03-01T0{place}:00:00+00:00", place % 2 == 0) for place in range(6)],
        [fetched(place, calm, f"2026-03-02T0{place}:00:00+00:00", place % 2 == 0) for place in range(3)],
        [fetched(place, calm + " It rained.", f"2026-03-03T0{place}:00:00+00:00") for place in range(2)],
    ]
    with mock.patch.object(archive, "LARGEST_FILE", SMALL_FILES if examples else 3000):
        if examples:
            workspace.read([str(EXAMPLES)], ledger)
        for place, captures in enumerate(rounds):
            intake = Intake(ledger, Serial(), tagger=examples)
            intake.take(captures)
            shutil.copytree(folder, earlier / str(place))
    if examples:
        workspace.relink(ledger)
        story = next(iter(workspace.stories(ledger)))
        with ledger.view() as view:
            thread = view.threads(view.story(story.id))[0]
        workspace.judge(ledger, thread.id, "reject", by="the editor")
    else:
        _link_by_hand(ledger)
    _fill_the_rest(ledger)
    workspace.index(ledger)
    _stamp(folder, earlier.parent / "authority")


def _link_by_hand(ledger: Ledger) -> None:
    """Links and a judgement of two articles, without the encoder."""
    with ledger.view() as view:
        (one, said), (other, _), *_ = view.articles()
    members = [StatementMember(v.id, 0, said.attributions[0].content, "verbatim") for v in (one, other)]
    story, thread = Story("s1", "The bridge", (one.id, other.id)), Thread("t1", "It stays shut", tuple(members))
    judgement = made("story", "different", (Thing(one.id),), (Thing(other.id),), "the editor", "")
    with ledger.writer() as writer, writer.batch():
        writer.put_links(Links((story,), (thread,)), {(one.id, 0): "Ruth Dal", (other.id, 0): "Ruth Dal"})
        writer.put_judgements([judgement])
        writer.put_shown(Links((story,)), [one.id], [Ruling(judgement.id, "stands", "")], "1")


def _fill_the_rest(ledger: Ledger) -> None:
    """A row at least in each table that the log covers by a sum."""
    with ledger.view() as view:
        (one, _), *_ = view.articles()
    vector = np.linspace(0, 1, 8, dtype=np.float32)
    with ledger.writer() as writer, writer.batch():
        writer.put_embeddings(one.id, Embeddings("model", (Span(0, 4), Span(5, 9)), np.stack([vector, vector[::-1]])))
        writer.remember("model", {"sha256:1": vector, "sha256:2": vector[::-1]})
        writer.keep("parts", {"sha256:1": b"what was found", "sha256:2": b"and more"})
        writer.add_failure("torn.pdf", "is no PDF: it ends after 12 bytes")
        feed = State("https://www.dal-courier.example/feed", etag='"7"', last="2026-03-03T05:00:00+00:00")
        writer.watch([Watched(feed.address, "feed", "2026-03-03T06:00:00+00:00", feed)])


def _stamp(folder: Path, authority: Path) -> None:
    from sayso import workspace

    if not available():
        print("openssl is not here: the ledger goes without a time stamp", file=sys.stderr)
        return
    ledger = workspace.open_ledger(folder)
    workspace.put_stamp(ledger, Authority(authority).answer(workspace.stamp_request(ledger)))


def findings(folder: Path) -> tuple[str, ...]:
    """What verify finds; a ledger that cannot be opened any more is found, too."""
    try:
        return verify(folder / FILE).findings
    except SaysoError as error:
        return (str(error),)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--untouched", type=int, default=20)
    parser.add_argument(
        "--any", type=int, help="so many rows of any table, changed or deleted, in the place of all ways"
    )
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    draw = Draw(given.seed)
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        os.environ["SAYSO_KEY"] = str(root / "key" / "key.pem")
        whole = root / "whole"
        build(whole, root / "earlier")
        first = findings(whole)
        print(f"the ledger: {sum(f.stat().st_size for f in whole.rglob('*'))} bytes, {len(files(whole))} WARC files")
        print("untouched, before:", first or "nothing found")
        found, missed, took = Counter[str](), [], 0.0
        tried = Counter[str]()
        for name, way in ways(draw, whole) if given.any is None else any_rows(draw, given.any):
            copy = root / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(whole, copy)
            did = way(draw, copy)
            begun = time.perf_counter()
            said = findings(copy)
            took += time.perf_counter() - begun
            tried[name] += 1
            found[name] += bool(said)
            if not said:
                missed.append(f"{name}: {did}")
            if given.verbose:
                print(f"{did}\n    -> {len(said)}: {said[0] if said else 'MISSED'}")
        wrongly = sum(bool(findings(Path(shutil.copytree(whole, root / f"copy{i}")))) for i in range(given.untouched))
    for name, count in tried.items():
        print(f"{name:32} {found[name]:4} of {count}")
    print(f"found {found.total()} of {tried.total()}; untouched copies with findings: {wrongly} of {given.untouched}")
    print(f"{1000 * took / tried.total():.0f} ms a ledger")
    print("\n".join(missed))
    sys.exit(bool(missed or wrongly or first))


if __name__ == "__main__":
    main()
