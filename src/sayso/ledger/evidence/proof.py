"""Proof: one small file that shows, without the ledger, that an article's captures and readings stand in its log."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from sayso.errors import InputError, LedgerError, NotFound
from sayso.ledger.addressed import addressed
from sayso.ledger.digests import digest as digest_of
from sayso.ledger.digests import version_digest
from sayso.ledger.evidence import keys
from sayso.ledger.evidence.claims import BROKEN, Leaf, said_by
from sayso.ledger.evidence.merkle import included, inclusion, leaf_hash
from sayso.ledger.evidence.note import Checkpoint, Verifier, opened
from sayso.ledger.evidence.snapshot import snapshot
from sayso.ledger.evidence.stamps import Stamp, stamped
from sayso.ledger.evidence.standing import leaf_hashes
from sayso.ledger.rows import VERSION_COLUMNS, version_of

FORMAT = "sayso proof 1"
LARGEST = 10_000_000
_PROVING = ("capture", "repeat", "reading")


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof shows."""

    origin: str
    size: int
    """Entries of the log at the checkpoint."""
    vkey: str
    known: str
    """How: "given" by the user, their "own", "known" from before, or "unknown": only the proof itself brings it."""
    entries: tuple[tuple[int, Leaf], ...]
    """Entry and what it says, for each that is proven to be in the log."""
    stamp: Stamp | None = None
    file: str | None = None
    """What the file given is to these entries, in words; None when none was given."""


def prove(path: Path, id: str, every: bool = False) -> str:
    """The proof of an article of the ledger in the file `path`: of its current version, or of `every` one.

    Of captures of the same bytes at the article's address the first and the last are in it. Raises NotFound for an
    unknown article, LedgerError when the log does not tell of it (`verify` says why).
    """
    with snapshot(path) as connection:
        wanted = _wanted(connection, id, every)
        entries = list(_chosen(connection, id, *wanted))
        if not entries:
            raise LedgerError(f"the log tells nothing of the article {id}: run `sayso verify`")
        if all(said_by(leaf)["kind"] != "capture" for _, leaf in entries):
            raise LedgerError(f"the log tells of no capture of the article {id}: run `sayso verify`")
        size, note, stamp = _checkpoint(connection, max(entry for entry, _ in entries))
        state = dict(connection.execute("SELECT key, value FROM state WHERE key = 'vkey'"))
        hashes = leaf_hashes(connection)[:size]
        proof = {
            "format": FORMAT,
            "vkey": _vkey_at(connection, size, str(state["vkey"])),
            "checkpoint": note,
            "stamp": None if stamp is None else base64.b64encode(stamp).decode(),
            "entries": [
                {"entry": entry, "leaf": leaf, "proof": [_to_base64(one) for one in inclusion(hashes, entry)]}
                for entry, leaf in entries
            ],
        }
    return json.dumps(proof, ensure_ascii=False, indent=1) + "\n"


def proven(
    proof: str, file: tuple[str, bytes] | None = None, given: Collection[str] = (), roots: Sequence[bytes] = ()
) -> Proven:
    """What a proof shows, checked with nothing but itself. `file`: name and bytes of what may be a capture.

    `given`: key lines that the user vouches for; `roots`: certificates (PEM) of time stamp authorities. Raises
    LedgerError when anything of it does not hold, or the file is none of the captures.
    """
    try:
        if len(proof) > LARGEST:
            raise ValueError("it is too large")
        told = _parsed(proof)
        if told["format"] != FORMAT:
            raise ValueError(f"its format is {told['format']!r}")
        verifier, note = Verifier.from_vkey(told["vkey"]), str(told["checkpoint"])
        checkpoint = Checkpoint.parse(opened(note, [verifier]))
        entries = tuple(_included(one, checkpoint) for one in told["entries"])
        stamp = None if told["stamp"] is None else base64.b64decode(told["stamp"], validate=True)
    except BROKEN as error:
        raise LedgerError(f"this is no proof that sayso reads ({FORMAT}): {error}") from error
    known = _known(verifier, checkpoint.origin, given)
    if not entries:
        raise LedgerError("the proof is empty: it speaks of no entry of the log")
    said = None if stamp is None else stamped(stamp, note, roots)
    what = None if file is None else _is(*file, [leaf for _, leaf in entries])
    return Proven(checkpoint.origin, checkpoint.size, verifier.vkey, known, entries, said, what)


def _wanted(connection: sqlite3.Connection, id: str, every: bool) -> tuple[set[str], set[str]]:
    """Digests of the article's versions and of the captures that gave them."""
    sql = f"SELECT number, {VERSION_COLUMNS} FROM versions WHERE id = ?" + ("" if every else " AND current")
    versions, captures = set(), set()
    for number, *row in connection.execute(sql, (id,)):
        version = version_of(tuple(row))
        versions.add(version_digest(version))
        captures.add(version.digest)
        repeats = connection.execute("SELECT digest FROM repeats WHERE version = ?", (number,))
        captures.update(digest for (digest,) in repeats)
    if not versions:
        raise NotFound(f"no article {id!r} in the ledger: `sayso search` and `sayso stories` name them")
    return versions, captures


def _chosen(
    connection: sqlite3.Connection, id: str, versions: set[str], captures: set[str]
) -> Iterator[tuple[int, str]]:
    """The first and the last capture of the same bytes, what gave a version, and the newest reading of each version."""
    chosen: dict[tuple[str, ...], tuple[int, str]] = {}
    same = {digest: addressed(connection, digest) for digest in captures}

    @cache
    def ids(digest: str, url: str | None) -> set[str]:
        return {one.id for one in same[digest].at(url)}

    for entry, leaf in connection.execute("SELECT entry, leaf FROM log ORDER BY entry"):
        try:
            said = said_by(leaf)
        except BROKEN:
            continue
        if said["kind"] == "capture" and said.get("digest") in captures:
            if id not in ids(str(said["digest"]), _address(said)):
                continue
            chosen.setdefault(("first", str(said["digest"])), (entry, leaf))
            chosen["last", str(said["digest"])] = entry, leaf
        elif said["kind"] == "reading" and said.get("version") in versions:
            chosen["reading", str(said["version"])] = entry, leaf
        elif said["kind"] == "repeat" and said.get("capture") in captures:
            chosen["repeat", str(said["capture"]), str(said["version"])] = entry, leaf
    yield from sorted(set(chosen.values()))


def _address(said: Leaf) -> str | None:
    url = said.get("url")
    return url if isinstance(url, str) else None


def _checkpoint(connection: sqlite3.Connection, last: int) -> tuple[int, str, bytes | None]:
    """The earliest checkpoint over entry `last` that has a time stamp, else the newest one."""
    sql = """SELECT size, note, stamp FROM checkpoints WHERE size > ?
             ORDER BY stamp IS NULL, CASE WHEN stamp IS NULL THEN -size ELSE size END LIMIT 1"""
    found = connection.execute(sql, (last,)).fetchone()
    if found is None:
        raise LedgerError(f"no checkpoint covers entry {last} of the log: run `sayso verify`")
    return int(found[0]), str(found[1]), found[2]


def _vkey_at(connection: sqlite3.Connection, size: int, last: str) -> str:
    """The key in force when the log had `size` entries."""
    sql = 'SELECT leaf FROM log WHERE entry >= ? AND leaf LIKE \'%"kind":"key"%\' ORDER BY entry'
    changes = [said for said in map(_said, connection.execute(sql, (size,))) if said.get("kind") == "key"]
    return str(changes[0]["before"]) if changes else last


def _said(row: tuple[object]) -> Leaf:
    try:
        return said_by(row[0])
    except BROKEN:
        return {}


def _parsed(proof: str) -> Any:  # noqa: ANN401  (JSON of anybody)
    try:
        return json.loads(proof)
    except json.JSONDecodeError:
        raise ValueError("it is no JSON") from None


def _included(one: Any, checkpoint: Checkpoint) -> tuple[int, Leaf]:  # noqa: ANN401  (JSON of anybody)
    entry, leaf = one["entry"], str(one["leaf"])
    path = [base64.b64decode(hash_, validate=True) for hash_ in one["proof"]]
    if type(entry) is not int or not included(leaf_hash(leaf.encode()), entry, checkpoint.size, path, checkpoint.root):
        raise LedgerError(f"entry {entry!r} of the proof is not in the log that the checkpoint signs: it was changed")
    said = said_by(leaf)
    if said["kind"] not in _PROVING:
        raise LedgerError(f"entry {entry} of the proof speaks of no article")
    return entry, said


def _known(verifier: Verifier, origin: str, given: Collection[str]) -> str:
    if verifier.name != origin:
        raise LedgerError(f"the proof is signed by a key of {verifier.name}, not of its log {origin}")
    if given:
        if verifier.vkey not in given:
            raise LedgerError(f"the proof is signed by {verifier.vkey}, which is none of the keys given")
        return "given"
    if verifier.vkey == keys.own(origin):
        return "own"
    known = keys.trusted(origin)
    if known not in (None, verifier.vkey):
        what = "if the log changed its key, give the one that you know by --key"
        raise LedgerError(f"the proof is signed by {verifier.vkey}, but this machine knows the log by {known}: {what}")
    return "unknown" if known is None else "known"


def _is(name: str, data: bytes, leaves: Sequence[Leaf]) -> str:
    """What a file is to the captures that are proven: the body, the payload as it came, or the archived records."""
    found = {digest_of(data): "the file", **_of_records(data, name)}
    for field, what in (
        ("warc", "the archived records"),
        ("digest", "the body"),
        ("payload", "the payload as it came"),
    ):
        for leaf in leaves:
            if leaf["kind"] == "capture" and leaf.get(field) in found:
                whence = leaf.get("url") or leaf.get("name")
                return f"{found[str(leaf[field])]} is {what} of {whence}, captured at {leaf['captured']}, byte for byte"
    raise LedgerError(f"{name}: is none of the captures that the proof speaks of: other bytes, or changed ones")


def _of_records(data: bytes, name: str) -> dict[str, str]:
    """Digest -> what has it, for bodies and payloads of all records of a WARC file that can be read."""
    from sayso.documents.payload import decoded
    from sayso.documents.warcs.recorded import split
    from sayso.documents.warcs.records import records

    found: dict[str, str] = {}
    for number, one in enumerate(records(BytesIO(data), name), 1):
        if isinstance(one, InputError):
            continue
        head, raw = split(one.block) if one.block.startswith(b"HTTP/") else (b"", one.block)
        what = f"record {number} of the file"
        found.setdefault(digest_of(raw), what)
        with suppress(InputError):
            found.setdefault(digest_of(decoded(head, raw, name)), what)
    return found


def _to_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
