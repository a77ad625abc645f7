"""Connections to the ledger's file: how it is opened, what a transaction is, and SQLite's errors in plain words."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import LedgerError

BUSY_SECONDS = 30.0

_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
_PART = ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part", "RELEASE part")
_INDEX = "its search index is damaged: `sayso verify --renew` makes it anew"
_PLAIN = (
    ("SQLITE_FULL", "the disk is full, and nothing of this step was kept"),
    ("SQLITE_READONLY", "cannot be written: it, or its folder, is read-only"),
    ("SQLITE_CANTOPEN", "cannot be opened: check that the folder exists, may be written, and has room on its disk"),
    ("SQLITE_PERM", "may not be opened by this user"),
    ("SQLITE_NOTADB", "is no SQLite file, so it is no ledger"),
    ("SQLITE_CORRUPT_VTAB", _INDEX),
    ("SQLITE_CORRUPT", "is damaged: restore it from a copy, or read the articles again into a new folder"),
    ("SQLITE_BUSY", "is held by another program"),
    ("SQLITE_LOCKED", "is held by another program"),
    ("SQLITE_IOERR", "could not be read or written by the file system: check that its disk has room and is sound"),
)

_PLAIN_OS = {
    errno.ENOSPC: "the disk is full, and nothing of this step was kept",
    errno.EDQUOT: "the disk is full for this user, and nothing of this step was kept",
    errno.EFBIG: "a file grew larger than this system allows, and nothing of this step was kept",
    errno.EROFS: "cannot be written: it is read-only",
    errno.EACCES: "cannot be written: it, or a file in it, is read-only",
}


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """SQLite's errors about the file become LedgerError with one sentence; mistakes in our SQL stay what they are."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        for code, reason in _PLAIN:
            if name.startswith(code):
                raise LedgerError(f"{path}: {reason}") from error
        if "fts5" in str(error):  # SQLite has no code for an index whose settings are none
            raise LedgerError(f"{path}: {_INDEX}") from error
        raise


@contextmanager
def files_plainly(folder: Path) -> Iterator[None]:
    """The system's errors about files in `folder` become LedgerError with one sentence."""
    try:
        yield
    except OSError as error:
        reason = _PLAIN_OS.get(error.errno or 0, f"cannot be written: {(error.strerror or str(error)).lower()}")
        raise LedgerError(f"{folder}: {reason}") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; whatever interrupts it, nothing of it stays. Inside another one it can be taken back alone."""
    begin, end, *back = _PART if connection.in_transaction else _WHOLE
    connection.execute(begin)
    try:
        yield
        connection.execute(end)
    except BaseException:
        # A full disk has ended the whole transaction already.
        if connection.in_transaction:
            for statement in back:
                connection.execute(statement)
        raise


def open_to_write(path: Path) -> sqlite3.Connection:
    """A connection that may write; makes the file where there is none."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # What is acknowledged is on the disk: NORMAL may lose the last transactions when the power goes.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move what was committed from SQLite's log into the ledger's own file, as far as no reader needs the log."""
    try:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    except sqlite3.OperationalError as error:
        # It is kept in the log, and the next writer moves it.
        if error.sqlite_errorname != "SQLITE_FULL":
            raise


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that never writes; works on read-only media, where no one else can be writing either."""
    frozen = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    mode = "mode=ro&immutable=1" if frozen else "mode=rw"
    uri = f"{path.absolute().as_uri()}?{mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return connection
