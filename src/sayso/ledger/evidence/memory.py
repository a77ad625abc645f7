"""Memory: the newest checkpoint of each log that this machine found whole, and where, kept beside the user's key.

Signatures alone cannot show that a ledger was put back to an older state, or went on from there otherwise; that this
machine saw a later one can.
"""

from __future__ import annotations

import hashlib
import secrets
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
    if lay_in(folder) != origin:
        _write(_place(folder), f"{origin}\n{folder.absolute()}\n".encode("utf-8", "surrogateescape"))


def lay_in(folder: Path) -> str | None:
    """The log that lay in `folder` when it was found whole last; None for a folder not met before."""
    try:
        return _place(folder).read_text(encoding="utf-8", errors="surrogateescape").partition("\n")[0]
    except OSError:
        return None


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
