"""Archive: the exact bytes of every capture, in WARC files that only grow, found again by their digest.

What is put is written and synced at the end of the transaction, before it is committed: an acknowledged capture is on
the disk. A file that ends otherwise than the ledger says was left by an interrupted write; it stays as it is, and the
next capture opens a new file.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from pathlib import Path
from typing import Final

from sayso import __version__
from sayso.documents.nouns import Capture
from sayso.errors import InputError, LedgerError, NotFound
from sayso.ledger import folders
from sayso.ledger.connection import files_plainly
from sayso.ledger.digests import digest
from sayso.ledger.log import Log

FOLDER: Final = "archive"
LARGEST_FILE: Final = 1_000_000_000
"""Bytes after which a new WARC file is begun, as the WARC guidelines recommend."""


def refuse_missing(path: Path) -> None:
    """Raises LedgerError when the file of a ledger is not there."""
    refuse_orphans(path)
    if not path.exists():
        raise LedgerError(f"{path.parent}: holds no ledger yet; `sayso read` makes one")


def refuse_orphans(path: Path) -> None:
    """An archive without its log proves nothing, and a new log beside it would seem to. Raises LedgerError."""
    archive = path.parent / FOLDER
    if not path.exists() and next(archive.glob("*.warc.gz"), None) is not None:
        gone = f"{path.name} is gone, and the archive without it proves nothing"
        what = f"put it back from a copy, or read {archive} into a new folder, unproven"
        raise LedgerError(f"{path.parent}: holds an archive, but {gone}: {what}")


class Archive:
    """Captures by digest; `folder` is the ledger's."""

    def __init__(self, connection: sqlite3.Connection, folder: Path, log: Log | None = None) -> None:
        self._connection = connection
        self._folder = folder / FOLDER
        self._log = log
        self._waiting: dict[tuple[str, int], bytes] = {}

    def __contains__(self, digest: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM captures WHERE digest = ?", (digest,)).fetchone()
        return found is not None

    def put(self, capture: Capture) -> str:
        """Keep a capture once; the same bytes at another time or address as a revisit. Returns its digest."""
        from sayso.documents.warcs.recorded import recorded, repeated

        found = capture.digest
        if found not in self:
            row = (found, capture.name, capture.media_type, capture.captured, b"")
            self._connection.execute("INSERT INTO captures VALUES (?, ?, ?, ?, ?)", row)
            self._append(capture, recorded(capture))
        elif capture.url is not None and not self._noted(capture.url, capture.captured, found):
            self._append(capture, repeated(capture, *self._first(found)))
        return found

    def adopt(self, found: str) -> bool:
        """Move the bytes that an older sayso kept in the ledger's own file into a WARC file; False for damaged ones."""
        from sayso.documents.warcs.recorded import recorded

        try:
            capture = self.get(found)
        except LedgerError:
            return False
        self._connection.execute("UPDATE captures SET body = x'' WHERE digest = ?", (found,))
        self._append(capture, recorded(capture))
        return True

    def get(self, digest: str) -> Capture:
        """The capture, byte for byte. Raises NotFound, and LedgerError when the bytes are no longer those."""
        sql = "SELECT name, body, media_type, captured FROM captures WHERE digest = ?"
        found = self._connection.execute(sql, (digest,)).fetchone()
        if found is None:
            raise NotFound(f"no capture with the digest {digest}")
        name, packed, media_type, captured = found
        try:
            capture = self._restored(digest, name, media_type, captured) if not packed else None
            capture = capture or Capture(name, zlib.decompress(packed), media_type, captured)
        except (zlib.error, InputError, OSError) as error:
            raise LedgerError(f"the archived bytes of {name} ({digest}) are damaged") from error
        if capture.digest != digest:
            raise LedgerError(f"the archived bytes of {name} ({digest}) have been changed")
        return capture

    def flush(self) -> None:
        """Write and sync all that waits; the caller commits after this, then says `settle` or `undo`."""
        with files_plainly(self._folder):
            self._flush(sorted({file for file, _ in self._waiting}))

    def _flush(self, files: list[str]) -> None:
        for file in files:
            # What a call that was taken back had put is no longer in the table.
            first = min(start for at, start in self._waiting if at == file)
            sql = "SELECT start FROM records WHERE file = ? AND start >= ? ORDER BY start"
            kept = [start for (start,) in self._connection.execute(sql, (file, first))]
            if kept:
                self._write(file, kept[0], b"".join(self._waiting[file, start] for start in kept))
        if files:
            for one in (self._folder, self._folder.parent):
                folders.sync(one)

    def settle(self) -> None:
        """What was flushed is committed."""
        self._waiting.clear()

    def undo(self) -> None:
        """What was flushed is not committed: bytes that nobody acknowledged are cut off, if the disk lets us."""
        sql = "SELECT 1 FROM records WHERE file = ? AND start = ?"
        for place in sorted(self._waiting):
            # Ctrl-C may come after the commit, too.
            if self._connection.execute(sql, place).fetchone() is None:
                self._cut(self._folder / place[0], place[1])
        self._waiting.clear()

    def _cut(self, path: Path, start: int) -> None:
        try:
            if not start:
                path.unlink(missing_ok=True)
            elif _size(path) > start:
                os.truncate(path, start)
        except OSError:
            # They stay, as after a crash: the next capture opens a new file.
            return

    def _append(self, capture: Capture, stored: bytes) -> None:
        from sayso.documents.warcs.recorded import info, payload_digest

        assert self._log is not None, "this archive was opened to be read"
        file, start = self._end()
        stored = stored if start else info(file) + stored
        leaf = {
            "kind": "capture",
            "url": capture.url,
            "name": capture.name,
            "captured": capture.captured,
            "media_type": capture.media_type,
            "digest": capture.digest,
            "payload": payload_digest(capture),
            "warc": digest(stored),
            "file": file,
            "start": start,
            "length": len(stored),
            "sayso": __version__,
        }
        entry = self._log.append(leaf)
        row = (entry, capture.digest, capture.url, capture.captured, file, start, len(stored))
        self._connection.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._waiting[file, start] = stored

    def _end(self) -> tuple[str, int]:
        """The file that the next record goes to, and where."""
        sql = "SELECT file, start + length FROM records ORDER BY entry DESC LIMIT 1"
        last = self._connection.execute(sql).fetchone()
        if last is None:
            return self._fresh(0)
        file, end = last
        begun = any(at == file for at, _ in self._waiting)
        sound = begun or _size(self._folder / file) == end
        return (file, end) if sound and end < LARGEST_FILE else self._fresh(int(file.split(".")[0]))

    def _fresh(self, number: int) -> tuple[str, int]:
        while (self._folder / (file := f"{number + 1:06}.warc.gz")).exists():
            number += 1
        return file, 0

    def _write(self, file: str, start: int, stored: bytes) -> None:
        self._folder.mkdir(exist_ok=True)
        path = self._folder / file
        with path.open("ab") as grown:
            if grown.tell() != start:
                raise LedgerError(f"{path}: was changed while it was written; nothing of this step was kept, try again")
            grown.write(stored)
            grown.flush()
            os.fsync(grown.fileno())

    def _noted(self, url: str, captured: str, digest: str) -> bool:
        sql = "SELECT 1 FROM records WHERE url = ? AND captured = ? AND digest = ?"
        return self._connection.execute(sql, (url, captured, digest)).fetchone() is not None

    def _first(self, digest: str) -> tuple[str, str]:
        """Address and time of the record that holds the bytes."""
        from sayso.documents.warcs.recorded import address

        sql = """SELECT name, media_type, records.captured, url FROM records JOIN captures USING (digest)
                 WHERE digest = ? ORDER BY entry LIMIT 1"""
        name, media_type, captured, url = self._connection.execute(sql, (digest,)).fetchone()
        return address(Capture(name, b"", media_type, captured, url)), captured

    def _restored(self, digest: str, name: str, media_type: str, captured: str) -> Capture:
        from sayso.documents.warcs.recorded import restored

        sql = "SELECT file, start, length FROM records WHERE digest = ? ORDER BY entry LIMIT 1"
        found = self._connection.execute(sql, (digest,)).fetchone()
        if found is None:
            raise InputError(name, "the ledger does not say where its bytes lie")
        file, start, length = found
        stored = self._waiting.get((file, start)) or stored_at(self._folder / file, start, length)
        return restored(stored, name, media_type, captured)


def stored_at(path: Path, start: int, length: int) -> bytes:
    """The bytes of a file from `start` on, as far as there are any. Raises OSError."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1
