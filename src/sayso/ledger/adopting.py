"""Adopting: what a sayso without archive and log left in a ledger moves into them, with the first writer."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.writer import Writer

_LOT = 64


def adopt(writer: Writer, connection: sqlite3.Connection) -> None:
    """Archive the captures that lie in the ledger's own file, and log what was never logged; else do nothing.

    In lots: interrupted, it goes on with the next writer. The log proves such bytes from now on, not from when they
    were captured.
    """
    sql = "SELECT digest FROM captures WHERE length(body) > 0 ORDER BY captured, digest LIMIT ?"
    digests = _column(connection, sql, _LOT)
    while digests:
        with writer.batch():
            for digest in digests:
                writer.adopt(digest)
            digests = _column(connection, sql, _LOT)
            # With the last lot, or a crash between the two would leave them out for ever.
            if not digests:
                writer.adopt_rows()


def _column(connection: sqlite3.Connection, sql: str, *values: object) -> list[str]:
    return [value for (value,) in connection.execute(sql, values)]
