"""Verify: read all of a ledger again, offline, and name whatever is not as the log says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger.evidence import keys, memory
from sayso.ledger.evidence.claims import Claims, Step, claims
from sayso.ledger.evidence.indexed import indexed
from sayso.ledger.evidence.kept import kept
from sayso.ledger.evidence.note import Checkpoint, Verifier, parsed
from sayso.ledger.evidence.searched import searched
from sayso.ledger.evidence.signed import Signed, signed
from sayso.ledger.evidence.snapshot import snapshot
from sayso.ledger.evidence.sound import sound
from sayso.ledger.evidence.stored import Stored, stored


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found; `findings` are alterations, `notes` are not."""

    origin: str
    vkey: str
    size: int
    """Entries of the log."""
    checkpoint: str
    """The note of the newest checkpoint that holds."""
    checkpoints: int
    stamps: int
    captures: int
    files: int
    bytes: int
    """Bytes of the archive that were read again."""
    versions: int
    findings: tuple[str, ...]
    notes: tuple[str, ...]


def verify(
    path: Path,
    given: Sequence[str] = (),
    since: Sequence[str] = (),
    roots: Sequence[bytes] = (),
    quick: bool = False,
    step: Step = lambda *_: None,
) -> Verified:
    """Check the ledger in the file `path`: the log and its checkpoints, the archive's bytes, every row they speak of.

    `given`: key lines (vkey) that the user vouches for; `since`: notes of checkpoints that the user has from before;
    `roots`: certificates (PEM) of time stamp authorities; `quick`: the archive's files are not read, only their sizes.
    Where all is well, the key and the newest checkpoint are remembered. Raises LedgerError when there is no ledger.
    """
    for vkey in given:
        Verifier.from_vkey(vkey)
    found = _Found()
    with snapshot(path) as connection:
        try:
            found.read(connection, path, given, since, roots, quick, step)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            found.findings.append(f"{path.name}: is damaged and cannot be read to its end: {error}")
    if not found.findings and found.claims.tree.size:
        found.notes.extend(_remember(found.signed, path.parent))
    return found.verified()


@dataclass(slots=True)
class _Found:
    """What is found so far: a damaged file ends the work, not what was found before."""

    claims: Claims = field(default_factory=Claims)
    signed: Signed = field(default_factory=Signed)
    stored: Stored = field(default_factory=Stored)
    versions: int = 0
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(
        self,
        connection: sqlite3.Connection,
        path: Path,
        given: Sequence[str],
        since: Sequence[str],
        roots: Sequence[bytes],
        quick: bool,
        step: Step,
    ) -> None:
        """Everything, in the order in which findings are told."""
        self.findings += sound(connection, path.name, quick)
        before = list(_before(connection, since))
        sizes = {size for (size,) in connection.execute("SELECT size FROM checkpoints")}
        self.claims = claims(connection, sizes | {one.size for _, one in before}, step)
        self.signed = signed(connection, path.parent, self.claims, given, roots)
        self.findings += [*self.claims.findings, *self.signed.findings, *_held(self.claims, self.signed.origin, before)]
        self.stored = stored(connection, path.parent, self.claims, quick, step)
        self.findings += self.stored.findings
        rows = list(kept(connection, self.claims, step))
        if not quick:
            self.derived(connection, path, rows, step)
        self.findings += rows
        if not self.findings:
            self.notes += [
                f"the log begins with the {one.size} entries of {where}" for where, one in before[: len(since)]
            ]
        self.notes += [*self.signed.notes, *self.stored.notes, *_untold(self.claims)]
        self.versions = connection.execute("SELECT count(*) FROM versions").fetchone()[0]

    def derived(self, connection: sqlite3.Connection, path: Path, rows: Sequence[str], step: Step) -> None:
        """What is made of the archive and of the articles; where those were altered, it cannot be held against them."""
        if self.stored.findings or self.claims.findings:
            self.notes.append("the index files of the archive were not checked, since it or the log was altered")
        else:
            self.findings += indexed(connection, path.parent)
        if any(row.startswith("versions:") for row in rows):
            self.notes.append("the search index was not checked, since articles were altered")
        else:
            searched(connection, path.name, self.findings, self.notes, step)

    def verified(self) -> Verified:
        """All of it, as it is handed out."""
        return Verified(
            origin=self.signed.origin,
            vkey=self.signed.vkey,
            size=self.claims.tree.size,
            checkpoint=self.signed.newest,
            checkpoints=self.signed.checkpoints,
            stamps=self.signed.stamps,
            captures=self.claims.captures,
            files=self.stored.files,
            bytes=self.stored.bytes,
            versions=self.versions,
            findings=tuple(self.findings),
            notes=tuple(self.notes),
        )


def _before(connection: sqlite3.Connection, since: Sequence[str]) -> Iterator[tuple[str, Checkpoint]]:
    """Checkpoints that the log must begin with, and where each comes from."""
    for note in since:
        yield "the checkpoint given", Checkpoint.parse(parsed(note)[0])
    row = connection.execute("SELECT value FROM state WHERE key = 'origin'").fetchone()
    known = memory.remembered(str(row[0])) if row else None
    if row and known is not None:
        yield f"the checkpoint that this machine remembers ({memory.path(str(row[0]))})", known


def _held(claims: Claims, origin: str, before: Sequence[tuple[str, Checkpoint]]) -> Iterator[str]:
    for where, one in before:
        if one.origin != origin:
            yield f"log: it is {origin or 'without a name'}, but {where} is one of {one.origin}"
        elif one.size > claims.tree.size:
            why = "it was cut off or put back to an older state, or another copy of it went on"
            yield f"log: has {claims.tree.size} entries, but {where} tells of {one.size}: {why}"
        elif one.size and claims.roots.get(one.size) != one.root:
            why = "they were written anew"
            yield f"log: its first {one.size} entries are not those of {where}: {why}"


def _untold(claims: Claims) -> Iterator[str]:
    if claims.adopted:
        since = f"from entry {claims.adopted[0]} on: they were kept before there was a log, and entered it later"
        yield f"{len(claims.adopted)} readings and their captures are proven {since}"
    if claims.unknown:
        kinds = ", ".join(sorted(claims.unknown))
        yield f"the log holds entries of kinds that this sayso does not know ({kinds}): update sayso to check them"
    if not claims.tree.size:
        yield "the log is empty: nothing is proven yet"


def _remember(signed: Signed, folder: Path) -> Iterator[str]:
    """The key and the newest checkpoint of a log that is whole; what stands in the way is told."""
    try:
        if keys.trusted(signed.origin) != signed.vkey:
            keys.trust(signed.origin, signed.vkey)
        memory.remember(signed.origin, signed.newest, folder)
    except LedgerError as error:
        yield f"the log cannot be remembered for the next time: {error}"
