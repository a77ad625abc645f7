"""Archive: the exact bytes of every capture, found again by their digest."""

from __future__ import annotations

import sqlite3
import zlib

from sayso.documents.nouns import Capture
from sayso.errors import LedgerError, NotFound


class Archive:
    """Captures by digest, compressed in the ledger's own file, so that one transaction holds them and their text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __contains__(self, digest: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM captures WHERE digest = ?", (digest,)).fetchone()
        return found is not None

    def put(self, capture: Capture) -> str:
        """Keep a capture once; returns its digest."""
        digest = capture.digest
        if digest not in self:
            row = (digest, capture.name, capture.media_type, capture.captured, zlib.compress(capture.body))
            self._connection.execute("INSERT INTO captures VALUES (?, ?, ?, ?, ?)", row)
        return digest

    def get(self, digest: str) -> Capture:
        """The capture, byte for byte. Raises NotFound, and LedgerError when the bytes are no longer those."""
        sql = "SELECT name, body, media_type, captured FROM captures WHERE digest = ?"
        found = self._connection.execute(sql, (digest,)).fetchone()
        if found is None:
            raise NotFound(f"no capture with the digest {digest}")
        name, packed, media_type, captured = found
        try:
            capture = Capture(name, zlib.decompress(packed), media_type, captured)
        except zlib.error as error:
            raise LedgerError(f"the archived bytes of {name} ({digest}) are damaged") from error
        if capture.digest != digest:
            raise LedgerError(f"the archived bytes of {name} ({digest}) have been changed")
        return capture
