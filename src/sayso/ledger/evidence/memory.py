"""Memory: the newest checkpoint of each log that this machine found whole, and where, kept beside the user's key.

Signatures alone cannot show that a ledger was put back to an older state, or went on from there otherwise; that this
machine saw a later one can.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger import folders
from sayso.ledger.evidence import keys
from sayso.ledger.evidence.note import Checkpoint, parsed

FOLDER = "checkpoints"


def path(origin: str) -> Path:
    """Where the newest checkpoint of a log is remembered; an origin may hold anything, so it does not name the file."""
    return keys.path().parent / FOLDER / f"{hashlib.sha256(origin.encode('utf-8', 'replace')).hexdigest()[:16]}.note"


def remembered(origin: str) -> Checkpoint | None:
    """The newest checkpoint that this machine found whole; None for a log not met before. Raises LedgerError."""
    file = path(origin)
    try:
        note = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LedgerError(f"{file}: this checkpoint, which was remembered, cannot be read: {error}") from error
    try:
        return Checkpoint.parse(parsed(note.decode())[0])
    except (LedgerError, UnicodeDecodeError) as error:
        raise LedgerError(f"{file}: this checkpoint, which was remembered, is damaged: delete it") from error


def remember(origin: str, note: str, folder: Path) -> None:
    """Keep the note of a checkpoint that was checked, and that the log lies in `folder`. Raises LedgerError."""
    _write(path(origin), note.encode())
    size = Checkpoint.parse(parsed(note)[0]).size
    if found_in(folder) != Found(origin, size, _place(folder)):
        _write(_place(folder), f"{origin}\n{folder.absolute()}\n{size}\n".encode("utf-8", "surrogateescape"))


@dataclass(frozen=True, slots=True)
class Found:
    """A log that was found whole."""

    origin: str
    size: int
    """How many entries it had then."""
    file: Path
    """Where this is remembered."""


def found_in(folder: Path) -> Found | None:
    """The log that lay in `folder` when it was found whole last; None for a folder not met before."""
    file = _place(folder)
    try:
        origin, *rest = file.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return None
    # The folder's name stands between, and may hold anything.
    size = rest[-2] if len(rest) > 2 else ""
    return Found(origin, int(size) if size.isdecimal() else 0, file)


def _place(folder: Path) -> Path:
    name = hashlib.sha256(str(folder.absolute()).encode("utf-8", "replace")).hexdigest()[:16]
    return keys.path().parent / FOLDER / f"{name}.place"


def _write(file: Path, content: bytes) -> None:
    try:
        folders.make(file.parent)
        folders.replace(file, content, secrets.token_hex(8))
    except OSError as error:
        raise LedgerError(
            f"{file}: cannot be written: {error.strerror}; set SAYSO_KEY to a file whose folder can"
        ) from error
