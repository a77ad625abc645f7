"""Snapshot: a ledger's file at one moment, to be read whatever it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger import schema
from sayso.ledger.archive import refuse_missing
from sayso.ledger.connection import open_to_read, plainly


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads; altered text may be no text, and comes with surrogates in the place of its bytes.

    Raises LedgerError when there is no ledger, or none that this sayso can read.
    """
    refuse_missing(path)
    with _readable(path), plainly(path), closing(open_to_read(path)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        connection.execute("BEGIN")
        if schema.version_of(connection, path) < schema.VERSION:
            raise LedgerError(f"{path}: an older sayso wrote it: `sayso stories` brings it up to date; then verify it")
        yield connection


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """SQLite tells of damage in words that may themselves be damaged."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise LedgerError(f"{path}: is damaged: restore it from a copy") from error
