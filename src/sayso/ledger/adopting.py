"""Adopting: what a sayso without archive and log left in a ledger moves into them, with the first writer."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.writer import Writer

_LOT = 64


def adopt(writer: Writer, connection: sqlite3.Connection) -> None:
    """Archive the captures that lie in the ledger's own file, and log what was never logged; else do nothing.

    In lots: interrupted, it goes on with the next writer. The log proves such bytes from now on, not from when they
    were captured. Damaged ones stay where they are, and keep no one from writing.
    """
    damaged: list[str] = []
    digests = _unarchived(connection, damaged)
    while digests:
        with writer.batch():
            damaged += [digest for digest in digests if not writer.adopt(digest)]
            digests = _unarchived(connection, damaged)
            # With the last lot, or a crash between the two would leave them out for ever.
            if not digests:
                writer.adopt_rows()


def _unarchived(connection: sqlite3.Connection, damaged: list[str]) -> list[str]:
    """The next lot, without those that cannot be archived."""
    sql = """SELECT digest FROM captures WHERE length(body) > 0 AND digest NOT IN (SELECT value FROM json_each(?))
             ORDER BY captured, digest LIMIT ?"""
    return [digest for (digest,) in connection.execute(sql, (json.dumps(damaged), _LOT))]
