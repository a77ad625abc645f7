"""Signed: whether the log is what its checkpoints say, and whether the keys that signed them are those of this log."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger.digests import digest
from sayso.ledger.evidence import keys, memory
from sayso.ledger.evidence.claims import BROKEN, Claims
from sayso.ledger.evidence.note import Checkpoint, Verifier, opened, parsed
from sayso.ledger.evidence.stamps import stamped


@dataclass(slots=True)
class Signed:
    """What was found of the checkpoints."""

    origin: str = ""
    vkey: str = ""
    """The key that signs the log now."""
    newest: str = ""
    """The note of the newest checkpoint that holds; "" where none does."""
    size: int = 0
    """How many entries it covers."""
    checkpoints: int = 0
    stamps: int = 0
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def signed(
    connection: sqlite3.Connection, folder: Path, claims: Claims, given: Collection[str], roots: Sequence[bytes]
) -> Signed:
    """Check every checkpoint against the log that was read, and the newest key against what this machine knows.

    `folder`: where the ledger lies; `given`: key lines that the user vouches for; `roots`: certificates (PEM) of time
    stamp authorities.
    """
    state = dict(connection.execute("SELECT key, value FROM state WHERE key IN ('origin', 'vkey', 'frontier')"))
    found = Signed(str(state.get("origin", "")), str(state.get("vkey", "")))
    rows = connection.execute("SELECT size, note, stamp FROM checkpoints ORDER BY size").fetchall()
    _chain(found, claims)
    _checkpoints(found, claims, rows)
    _stamps(found, claims, rows, roots)
    if claims.tree.size and found.size < claims.tree.size and not found.findings:
        found.findings.append(
            f"checkpoints: the newest covers {found.size} of the {claims.tree.size} entries of the log"
        )
    if rows and rows[-1][0] > claims.tree.size:
        found.findings.append(f"log: has {claims.tree.size} entries, but was signed with {rows[-1][0]}: it was cut off")
    if state and str(state.get("frontier", "")) != claims.tree.pack():
        found.findings.append("state: the row 'frontier' is not that of the log: log or row was changed")
    if claims.tree.size:
        before = memory.found_in(folder)
        _trust(found, claims, given, before.origin if before else None)
    return found


def _chain(found: Signed, claims: Claims) -> None:
    """The keys follow one another, and the last of them is the one that the ledger names."""
    last = claims.keys[0][2] if claims.keys else found.vkey
    for entry, vkey, before in claims.keys:
        if before != last:
            found.findings.append(f"log: entry {entry} changes a key that did not sign before it ({_short(before)})")
        found.notes.append(f"entry {entry} of the log changes its key from {_short(before)} to {_short(vkey)}")
        last = vkey
    if found.vkey != last:
        found.findings.append(f"state: the row 'vkey' is not the key that the log names last ({_short(last)})")
        found.vkey = last


def _checkpoints(found: Signed, claims: Claims, rows: list[tuple[int, object, object]]) -> None:
    wrong = 0
    for size, note, _ in rows:
        try:
            _check(found, claims, size, note)
            found.newest, found.size = str(note), size
        except (LedgerError, *BROKEN) as error:
            wrong += 1
            if wrong == 1:
                found.findings.append(f"checkpoints: the one over {size} entries does not hold: {error}")
    found.checkpoints = len(rows)
    if wrong > 1:
        found.findings.append(f"checkpoints: {wrong - 1} more do not hold")


def _check(found: Signed, claims: Claims, size: int, note: object) -> None:
    if not isinstance(note, str):
        raise LedgerError("it is no note")
    text = opened(note, [_key_at(found, claims, size)])
    if len(parsed(note)[1]) != 1:
        raise LedgerError("it carries a signature that sayso did not put there")
    checkpoint = Checkpoint.parse(text)
    if checkpoint.origin != found.origin:
        raise LedgerError(
            f"it is one of the log {checkpoint.origin}, and this is {found.origin or 'a log without name'}"
        )
    if checkpoint.size != size:
        raise LedgerError(f"its note says {checkpoint.size} entries")
    if size > claims.tree.size:
        raise LedgerError(f"the log has {claims.tree.size}: it was cut off")
    if checkpoint.root != claims.roots.get(size):
        raise LedgerError(f"an entry from {found.size} to {size - 1} was changed, moved, put in or taken out")


def _key_at(found: Signed, claims: Claims, size: int) -> Verifier:
    """The key in force when the log had `size` entries."""
    vkey = claims.keys[0][2] if claims.keys else found.vkey
    for entry, changed, _ in claims.keys:
        vkey = changed if entry < size else vkey
    return Verifier.from_vkey(vkey)


def _stamps(found: Signed, claims: Claims, rows: list[tuple[int, object, object]], roots: Sequence[bytes]) -> None:
    kept = {size: (note, stamp) for size, note, stamp in rows if stamp is not None}
    for size in sorted(claims.stamps.keys() - kept.keys()):
        found.findings.append(f"checkpoints: the time stamp over {size} entries, which the log names, is gone")
    for size, (note, stamp) in kept.items():
        if not isinstance(stamp, bytes) or claims.stamps.get(size) != digest(stamp):
            found.findings.append(f"checkpoints: the time stamp over {size} entries is not the one that the log names")
            continue
        try:
            said = stamped(stamp, str(note), roots)
        except (LedgerError, *BROKEN) as error:
            found.findings.append(f"checkpoints: over {size} entries: {error}")
            continue
        how = "checked" if said.checked else "whose certificate was not checked: give --roots"
        found.stamps += 1
        found.notes.append(f"the first {size} entries were there at {said.at}, says {said.authority} ({how})")


def _trust(found: Signed, claims: Claims, given: Collection[str], before: str | None) -> None:
    """Whose key it is: the user's own, one that the user names now, or one that this machine met before."""
    known = keys.trusted(found.origin)
    if given:
        if found.vkey not in given:
            found.findings.append(f"key: the log is signed by {found.vkey}, which is none of the keys given")
    elif found.vkey not in (known, keys.own(found.origin)):
        found.findings.extend(_stranger(found, claims, known, before))
    if before not in (None, found.origin):
        found.notes.append(f"in this folder lay another log before, {before}: if you did not begin anew, ask who did")


def _stranger(found: Signed, claims: Claims, known: str | None, before: str | None) -> Iterator[str]:
    if known is None and before not in (None, found.origin):
        what = f"in the place of the log {before}: if rightly so, give its key by --key"
        yield f"key: the log {found.origin}, signed by {found.vkey}, which this machine does not know, lies {what}"
    elif known is None:
        how = (
            "taken on trust, since this machine meets the log for the first time: compare it with what its owner tells"
        )
        found.notes.append(f"the key {found.vkey} is {how}")
    elif any(known == before for _, _, before in claims.keys):
        entry = next(entry for entry, _, before in claims.keys if known == before)
        what = "if its owner changed it, give the new one by --key"
        yield f"key: entry {entry} of the log changes its key to {found.vkey}, which this machine does not know: {what}"
    else:
        yield f"key: the log is signed by {found.vkey}, this machine knows it by {known}: it was made or signed anew"


def _short(vkey: str) -> str:
    return "+".join(vkey.split("+")[:2])
