"""Disk: what a power loss may leave of files, by the trace of all calls that changed them (kill_at.c).

POSIX promises the bytes of a file once it was synced, and its name once its folder was. What was not synced may be
there, or not, or in part: writes reach the disk in any order, in sectors.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_HEAD = struct.Struct("<cI")
_REST = struct.Struct("<qQ")
_REBUILT = "-shm"  # SQLite's index of its log lives in memory: it is made anew after a crash


@dataclass(frozen=True, slots=True)
class Change:
    """One call: A(cknowledged) W(rite) S(ync) T(runcate) C(reate) D(irectory) U(nlink) L(ink) R(ename)."""

    kind: str
    path: str
    number: int
    data: bytes


@dataclass
class File:
    """Bytes that are surely on the disk, and changes after that."""

    synced: bytes = b""
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        """All that was written is on the disk."""
        self.synced, self.pending = self.content(None, all=True), []

    def content(self, draw: random.Random | None, all: bool = False) -> bytes:
        """With no changes since the last sync, with all, or with those that `draw` draws."""
        found = bytearray(self.synced)
        for change in self.pending if all or draw else ():
            if change.kind == "T":
                if all or (draw and draw.random() < 0.5):
                    _resize(found, change.number)
                continue
            for at, part in _sectors(change):
                if all or (draw and draw.random() < 0.5):
                    _resize(found, max(len(found), at + len(part)))
                    found[at : at + len(part)] = part
        return bytes(found)


class Disk:
    """A folder's files as the system sees them (`now`), and the names that are surely on the disk (`kept`)."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.now: dict[str, File | None] = {}
        self.kept: dict[str, File | None] = {}

    def apply(self, change: Change) -> None:
        """What the next call changes."""
        file = self.now.get(change.path)
        if change.kind in "WT":
            assert file is not None, change
            file.pending.append(change)
        elif change.kind == "S" and file is not None:
            file.sync()
        elif change.kind == "S":
            self._sync_folder(change.path)
        elif change.kind in "CD":
            self.now[change.path] = File() if change.kind == "C" else None
        elif change.kind in "LR":
            self.now[change.data.decode()] = file
        if change.kind in "UR":
            del self.now[change.path]
        assert change.kind in "AWTSCDULR", f"{change.data.decode()} of {change.path} is not understood"

    def _sync_folder(self, folder: str) -> None:
        for path in {*self.now, *self.kept}:
            if path.rpartition("/")[0] == folder:
                if path in self.now:
                    self.kept[path] = self.now[path]
                else:
                    del self.kept[path]

    def left(self, draw: random.Random | None, *, names: bool, all: bool = False) -> dict[str, bytes | None]:
        """Files (None: a folder) that a power loss may leave: `names` that no sync has kept yet are there, too."""
        found: dict[str, bytes | None] = {}
        there = {self.root}
        for path, file in sorted((self.now if names else self.kept).items()):
            if path.rpartition("/")[0] in there and not path.endswith(_REBUILT):
                there.add(path)
                found[path.removeprefix(self.root + "/")] = None if file is None else file.content(draw, all)
        return found


def changes(trace: Path) -> list[Change]:
    """All that a trace holds."""
    found, packed, at = [], trace.read_bytes(), 0
    while at < len(packed):
        kind, named = _HEAD.unpack_from(packed, at)
        at += _HEAD.size
        path, at = packed[at : at + named].decode(), at + named
        number, length = _REST.unpack_from(packed, at)
        at += _REST.size
        data, at = packed[at : at + length], at + length
        found.append(Change(kind.decode(), path, number, data))
    return found


def write(left: dict[str, bytes | None], root: Path) -> None:
    """Make the files in an empty folder."""
    root.mkdir(parents=True)
    for path, body in sorted(left.items()):
        if body is None:
            (root / path).mkdir()
        else:
            (root / path).write_bytes(body)
            (root / path).chmod(0o600)


def read(root: Path) -> dict[str, bytes | None]:
    """The files of a folder as `left` gives them."""
    found = {str(path.relative_to(root)): None if path.is_dir() else path.read_bytes() for path in root.rglob("*")}
    return {path: body for path, body in found.items() if not path.endswith(_REBUILT)}


def _resize(found: bytearray, length: int) -> None:
    del found[length:]
    found.extend(bytes(length - len(found)))


def _sectors(change: Change) -> Iterator[tuple[int, bytes]]:
    """A write in parts that each reach the disk or not."""
    at, end = change.number, change.number + len(change.data)
    while at < end:
        upto = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, change.data[at - change.number : upto - change.number]
        at = upto
