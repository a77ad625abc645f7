"""Claims: what the log says, read in one pass, with the root that it has at every size that somebody vouched for."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from sayso.ledger.digests import canonical
from sayso.ledger.evidence.merkle import Frontier, leaf_hash

Leaf = Mapping[str, object]
Step = Callable[[str, int, int | None], None]
"""Called with what is done, how much of it, and of how much."""

BROKEN: Final = (
    TypeError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    msgspec.MsgspecError,
)
"""What reading an altered row may raise: it may hold anything."""


@dataclass(slots=True)
class Claims:
    """Which entry speaks of what; keys are made by `key`, so that a million articles fit into memory."""

    tree: Frontier = field(default_factory=Frontier)
    roots: dict[int, bytes] = field(default_factory=dict)
    """Size -> root, for the sizes asked for that the log reached."""
    captures: int = 0
    bodies: dict[bytes, int] = field(default_factory=dict)
    """Digest -> the entry of its first capture."""
    readings: dict[bytes, int] = field(default_factory=dict)
    """Version -> the entry of its newest reading."""
    first: dict[bytes, int] = field(default_factory=dict)
    """Version -> the entry of its first reading; -1 for one from before the log."""
    seen: dict[bytes, str] = field(default_factory=dict)
    """Version -> when its bytes came last."""
    cuts: set[bytes] = field(default_factory=set)
    """Versions that hold only the beginning of another."""
    repeats: dict[bytes, int] = field(default_factory=dict)
    """Capture and version -> the entry that says that other bytes gave the same version."""
    judgements: dict[bytes, int] = field(default_factory=dict)
    """Judgement -> its newest entry."""
    links: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Table -> the newest entry about it, and its digest."""
    rest: tuple[int, str] | None = None
    """The newest entry about the sums over all other tables, and their digest."""
    before_rest: str = ""
    """The log's frontier before that entry."""
    stamps: dict[int, str] = field(default_factory=dict)
    """Size of a checkpoint -> digest of its newest time stamp."""
    keys: list[tuple[int, str, str]] = field(default_factory=list)
    """Entry, new key and key before it, for each change of the key."""
    adopted: list[int] = field(default_factory=list)
    """Entries about readings from before the log."""
    unknown: set[str] = field(default_factory=set)
    """Kinds of entries that this sayso does not know."""
    findings: list[str] = field(default_factory=list)


def key(*parts: object) -> bytes:
    """A short name for what `parts` say together."""
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()[:16]


def claims(connection: sqlite3.Connection, sizes: Collection[int], step: Step) -> Claims:
    """What the log says, entry by entry; what cannot be read is among its findings."""
    found, wanted = Claims(), frozenset(sizes)
    total = int(connection.execute("SELECT count(*) FROM log").fetchone()[0])
    next_ = 0
    for entry, leaf in connection.execute("SELECT entry, leaf FROM log ORDER BY entry"):
        if entry != next_:
            found.findings.append(f"log: {_entries(next_, entry - 1)} missing")
        next_ = entry + 1
        _take(found, entry, leaf)
        if found.tree.size in wanted:
            found.roots[found.tree.size] = found.tree.root()
        if found.tree.size % 1000 == 0:
            step("reading the log", found.tree.size, total)
    return found


def _entries(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"


def _take(found: Claims, entry: int, leaf: object) -> None:
    written = leaf.encode("utf-8", "surrogateescape") if isinstance(leaf, str) else repr(leaf).encode()
    if b'"kind":"rest"' in written:
        found.before_rest = found.tree.pack()
    found.tree.append(leaf_hash(written))
    try:
        said = said_by(leaf)
        if canonical(said) != written:
            raise ValueError("it is not in the one form in which entries are written")
        _note(found, entry, said)
    except BROKEN as error:
        found.findings.append(f"log: entry {entry} was changed: it is no entry that sayso writes ({error})")


def said_by(leaf: object) -> Leaf:
    """What a leaf says. Raises ValueError or TypeError when it is none."""
    said = json.loads(leaf) if isinstance(leaf, str) else None
    if not isinstance(said, dict) or not isinstance(said.get("kind"), str):
        raise TypeError("not an object with a kind")
    return said


def _note(found: Claims, entry: int, said: Leaf) -> None:
    kind = str(said["kind"])
    if kind == "capture":
        found.captures += 1
        found.bodies.setdefault(key(said["digest"]), entry)
    elif kind == "reading":
        version = key(said["version"])
        found.readings[version] = entry
        found.seen.setdefault(version, str(said["seen"]))  # from then on only `seen` moves it
        found.first.setdefault(version, -1 if said["extractor"] is None else entry)
        if said["extractor"] is None:
            found.adopted.append(entry)
    elif kind == "seen":
        found.seen[key(said["version"])] = str(said["at"])
    elif kind == "cut":
        version = key(said["version"])
        (found.cuts.discard if said["of"] is None else found.cuts.add)(version)
    elif kind == "repeat":
        found.repeats[key(said["capture"], said["version"])] = entry
    elif kind == "judgement":
        found.judgements[key(said["id"])] = entry
    elif kind == "links":
        tables = said["tables"]
        assert isinstance(tables, dict), "tables are named with their digests"
        found.links.update({str(table): (entry, str(digest)) for table, digest in tables.items()})
    elif kind == "rest":
        found.rest = entry, str(said["digest"])
    elif kind == "stamp":
        found.stamps[int(str(said["size"]))] = str(said["digest"])
    elif kind == "key":
        found.keys.append((entry, str(said["vkey"]), str(said["before"])))
    else:
        found.unknown.add(kind)


def entry(connection: sqlite3.Connection, number: int) -> Leaf:
    """What an entry of the log says; an empty one where there is none that can be read."""
    row = connection.execute("SELECT leaf FROM log WHERE entry = ?", (number,)).fetchone()
    try:
        return said_by(row[0]) if row else {}
    except BROKEN:
        return {}


def entries(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[int, Leaf]]:
    """The entries of a kind that can be read, in order."""
    for number, leaf in connection.execute("SELECT entry, leaf FROM log ORDER BY entry"):
        try:
            said = said_by(leaf)
        except BROKEN:
            continue
        if said["kind"] == kind:
            yield number, said
