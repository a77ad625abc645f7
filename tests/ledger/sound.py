"""Sound: what a ledger must be after any crash: it opens, all that was acknowledged is there once, and all agrees."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.ledger.crashing import STEPS, Crashes, texts

from sayso.errors import LedgerError, SaysoError
from sayso.ledger.evidence import keys
from sayso.ledger.evidence.merkle import leaf_hash, root
from sayso.ledger.evidence.note import Checkpoint, Verifier, opened
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import Ledger


class Wrong(NamedTuple):
    """What is wrong with a ledger: "lost", "doubled", "unopened" or "unverified"; and where."""

    kind: str
    where: str


def survived(crashes: Crashes, root: Path, done: Iterable[str]) -> list[Wrong]:
    """What is wrong with `root`/ledger after a crash, and after a whole run that follows it."""
    os.environ["SAYSO_KEY"] = str(root / "keys" / "key.pem")
    found = wrongs(root / "ledger", texts(done))
    again = crashes.run(root)
    if again.done != tuple(STEPS):
        return [*found, Wrong("unopened", f"the next run ended with {again}")]
    return found + wrongs(root / "ledger", texts(STEPS))


def wrongs(folder: Path, acknowledged: Mapping[str, str]) -> list[Wrong]:
    """All that is wrong with the ledger in `folder`. SAYSO_KEY names its key.

    `acknowledged`: the texts of which sayso said that they are kept, by name.
    """
    bodies = {_digest(text.encode()): name for name, text in acknowledged.items()}
    if not (folder / "ledger.sqlite").exists():
        return [Wrong("lost", name) for name in bodies.values()]
    try:
        with Ledger(folder).view() as view, closing(sqlite3.connect(folder / "ledger.sqlite")) as rows:
            digests = [digest for (digest,) in rows.execute("SELECT digest FROM captures")]
            captured = {digest: view.capture(digest).body for digest in digests}
            versions = rows.execute("SELECT id, digest FROM versions").fetchall()
            articles = [version.id for version, _ in view.articles()]
    except (SaysoError, sqlite3.Error) as error:
        return [Wrong("unopened", str(error))]
    read = {digest for _, digest in versions}
    found = [Wrong("lost", name) for digest, name in bodies.items() if not {digest} <= {*captured} & read]
    found += [Wrong("unverified", digest) for digest, body in captured.items() if _digest(body) != digest]
    found += [Wrong("doubled", one) for one in (*_twice(versions), *_twice(articles))]
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        found += _untrue(connection, folder)
    # What this remembers of the log must be how the log begins when it is asked again.
    return found + [Wrong("unverified", finding) for finding in verify(folder / "ledger.sqlite").findings]


def _twice(found: Iterable[object]) -> list[str]:
    return [str(one) for one, count in Counter(found).items() if count > 1]


def _untrue(connection: sqlite3.Connection, folder: Path) -> Iterator[Wrong]:
    """What of the ledger's own file, the log and the archive does not agree."""
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield Wrong("unopened", line)
    leaves = connection.execute("SELECT entry, leaf FROM log ORDER BY entry").fetchall()
    if [entry for entry, _ in leaves] != list(range(len(leaves))):
        yield Wrong("unverified", "the log has gaps")
    yield from _unsigned(connection, [leaf_hash(leaf.encode()) for _, leaf in leaves])
    said = [json.loads(leaf) for _, leaf in leaves]
    logged = Counter(one["digest"] for one in said if one["kind"] == "capture")
    yield from (Wrong("doubled", f"{digest} in the log") for digest, count in logged.items() if count > 1)
    kept = {digest for (digest,) in connection.execute("SELECT digest FROM captures")}
    yield from (Wrong("unverified", f"{digest} in one of log and rows") for digest in kept ^ {*logged})
    for entry, file, start, length in connection.execute("SELECT entry, file, start, length FROM records"):
        stored = (folder / "archive" / file).read_bytes()[start : start + length]
        if _digest(stored) != said[entry]["warc"]:
            yield Wrong("unverified", f"{file} at {start}")


def _unsigned(connection: sqlite3.Connection, hashes: list[bytes]) -> Iterator[Wrong]:
    """Checkpoints that do not say what the log holds, or are not signed by the key that this machine knows."""
    notes = connection.execute("SELECT size, note FROM checkpoints ORDER BY size").fetchall()
    if (notes[-1][0] if notes else 0) != len(hashes):
        yield Wrong("unverified", f"{len(hashes)} entries, and checkpoints of {[size for size, _ in notes]}")
    for size, note in notes:
        try:
            known = keys.trusted(note.partition("\n")[0])
            text = opened(note, [Verifier.from_vkey(known)] if known else [])
        except LedgerError as error:
            yield Wrong("unverified", str(error))
            continue
        checkpoint = Checkpoint.parse(text)
        if (checkpoint.size, checkpoint.root) != (size, root(hashes[:size])):
            yield Wrong("unverified", f"the checkpoint of {size} entries")


def _digest(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()
