"""Folders: a name is on the disk, surely, once its folder was synced; a file's bytes alone are not enough."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)


def make(folder: Path) -> None:
    """Make a folder and those above it that are missing, surely on the disk. Raises OSError."""
    missing = [one for one in folder.parents if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in (folder, *missing):
        sync(one.parent)


def replace(file: Path, body: bytes, mark: str = "new") -> None:
    """Write a file whole, surely on the disk, in the place of what it was; or leave it as it was. Raises OSError.

    `mark` names the draft: one of its own for each writer, where more than one may write at a time.
    """
    draft = file.with_name(f".{file.name}.{mark}")
    try:
        with draft.open("wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
        sync(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """The names in a folder are on the disk, where its file system can be told so and this user may. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
