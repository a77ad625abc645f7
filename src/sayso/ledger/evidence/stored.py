"""Stored: whether the archive's bytes are those that the log tells, and which bytes no entry speaks of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.errors import InputError
from sayso.ledger.archive import FOLDER, stored_at
from sayso.ledger.digests import digest
from sayso.ledger.evidence.claims import BROKEN, Claims, Leaf, Step, entries

_PIECE = 1 << 20
_LARGEST_PARSED = 256_000_000
"""Bytes of one capture with all that stands beside it; a body of 50 MB may be packed, and stand in redirects."""


@dataclass(slots=True)
class Stored:
    """What was found of the archive; files are named as in the ledger's folder."""

    files: int = 0
    bytes: int = 0
    """How many were read and found to be those of the log."""
    ends: dict[str, int] = field(default_factory=dict)
    """File -> where the last capture that the log tells of it ends."""
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def stored(connection: sqlite3.Connection, folder: Path, claims: Claims, quick: bool, step: Step) -> Stored:
    """Check every capture of the log: its row in `records`, its bytes, and what the record in them says of itself.

    Entries follow the order of the bytes, so what lies between them is seen in one pass. `quick`: sizes alone.
    """
    found = Stored()
    for done, (entry, leaf) in enumerate(entries(connection, "capture")):
        try:
            found.findings.extend(_row(connection, entry, leaf))
            found.findings.extend(_place(found, entry, leaf))
            found.findings.extend(_bytes(found, folder / FOLDER, entry, leaf, quick))
        except BROKEN as error:
            found.findings.append(f"log: entry {entry} tells of no capture: {error}")
        step("checking the archive", done + 1, claims.captures)
    _strangers(connection, found)
    _files(found, folder / FOLDER)
    return found


def _row(connection: sqlite3.Connection, entry: int, leaf: Leaf) -> Iterator[str]:
    columns = ("digest", "url", "captured", "file", "start", "length")
    sql = f"SELECT {', '.join(columns)} FROM records WHERE entry = ?"
    row = connection.execute(sql, (entry,)).fetchone()
    if row is None:
        yield f"records: the row of log entry {entry} ({leaf['name']}) is gone"
        return
    for column, value in zip(columns, row, strict=True):
        if value != leaf[column]:
            yield f"records: row {entry}: {column} is {value!r}, but the log says {leaf[column]!r} ({leaf['name']})"


def _place(found: Stored, entry: int, leaf: Leaf) -> Iterator[str]:
    """Captures lie one behind the other in files that follow one another."""
    file, start, length = str(leaf["file"]), _number(leaf["start"]), _number(leaf["length"])
    end = found.ends.get(file, 0)
    if start > end:
        yield f"{FOLDER}/{file}: no entry of the log tells of bytes {end} to {start - 1}"
    elif start < end:
        yield f"log: entry {entry} tells of bytes of {FOLDER}/{file} from {start} that an entry before it told of"
    found.ends[file] = max(end, start + length)


def _bytes(found: Stored, folder: Path, entry: int, leaf: Leaf, quick: bool) -> Iterator[str]:
    path, start, length = folder / str(leaf["file"]), _number(leaf["start"]), _number(leaf["length"])
    where = f"{FOLDER}/{leaf['file']}: bytes {start} to {start + length - 1}"
    whose = f"the capture of {leaf['url'] or leaf['name']} at {leaf['captured']}, log entry {entry}"
    try:
        size = path.stat().st_size
        read = b"" if quick or size < start + length else stored_at(path, start, length)
    except OSError as error:
        yield f"{where} cannot be read ({(error.strerror or str(error)).lower()}): {whose}"
        return
    if size < start + length:
        yield f"{where} are not all there, the file ends at {size}: {whose}"
    elif quick:
        return
    elif digest(read) != leaf["warc"]:
        yield f"{where} were changed: {whose}{_first_bad(read, start)}"
    else:
        found.bytes += length
        yield from (f"{where}: {what}: {whose}" for what in _inside(read, leaf))


def _first_bad(read: bytes, start: int) -> str:
    """Which of the gzip members in a range breaks, when one does: each has a checksum of its own."""
    import zlib

    at = 0
    while at < len(read):
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            piece = read[at:]
            while piece and not unpacker.eof:
                unpacker.decompress(piece, _PIECE)
                piece = unpacker.unconsumed_tail
        except zlib.error:
            return f"; the first record that breaks begins at byte {start + at}"
        if not unpacker.eof:
            return f"; the first record that breaks off begins at byte {start + at}"
        at = len(read) - len(unpacker.unused_data)
    return ""


def _inside(read: bytes, leaf: Leaf) -> Iterator[str]:
    """What the records in the range say must be what the log says of them."""
    from sayso.documents.warcs.recorded import payload_digest, restored

    if len(read) > _LARGEST_PARSED:
        return
    try:
        capture = restored(read, str(leaf["name"]), str(leaf["media_type"]), str(leaf["captured"]))
    except InputError as error:
        yield f"hold no record that can be read ({error.reason})"
        return
    revisit = capture.record is not None and capture.record.kind == "revisit"
    if revisit and capture.record is not None:
        named = {name.lower(): value for name, value in capture.record.headers}
        if named.get("warc-payload-digest") != leaf["payload"]:
            yield "hold a revisit of another payload than the log tells of"
        return
    if capture.digest != leaf["digest"]:
        yield f"hold a body with the digest {capture.digest}, but the log tells of {leaf['digest']}"
    if payload_digest(capture) != leaf["payload"]:
        yield f"hold a payload with the digest {payload_digest(capture)}, but the log tells of {leaf['payload']}"
    if leaf["url"] is not None and capture.url != leaf["url"]:
        yield f"hold a record of {capture.url}, but the log tells of {leaf['url']}"


def _strangers(connection: sqlite3.Connection, found: Stored) -> None:
    """Rows that no entry tells of."""
    sql = "SELECT entry, file, start FROM records WHERE entry NOT IN (SELECT entry FROM log WHERE leaf GLOB ?)"
    for entry, file, start in connection.execute(sql, ('*"kind":"capture"*',)):
        found.findings.append(f"records: row {entry} ({file} from byte {start}) is in no entry of the log")


def _files(found: Stored, folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    found.files = len(found.ends)
    for name, end in sorted(found.ends.items()):
        size = (folder / name).stat().st_size if name in names else end
        if size > end:
            what = "left by an interrupted write, not part of the log"
            found.notes.append(f"{FOLDER}/{name}: bytes {end} to {size - 1} belong to no capture: {what}")
    for name in names:
        if name not in found.ends and not (name.endswith(".cdxj") and f"{name[:-5]}.warc.gz" in found.ends):
            what = "left by an interrupted write, or put there by somebody; not part of the log"
            found.notes.append(f"{FOLDER}/{name}: the log tells of no such file: {what}")


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is no place in a file")
    return value
