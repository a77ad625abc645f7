"""Digests: what the log says of rows, so that an altered row is found."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sqlite3
from functools import cache

from sayso.documents.nouns import Version
from sayso.ledger.rows import version_row

LINK_TABLES = ("links", "members", "speakers", "judged", "judged_members", "retold", "rulings")
"""All that is shown of links."""


def canonical(value: object) -> bytes:
    """JSON in one form only: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(found: bytes) -> str:
    """`sha256:` and the hexadecimal digest."""
    return "sha256:" + hashlib.sha256(found).hexdigest()


def version_digest(version: Version) -> str:
    """Of all that the ledger keeps of a version."""
    return digest(canonical(version_row(version)))


def reading_leaf(version: Version, seen: str, found: str, made_by: str, extractor: str | None) -> dict[str, object]:
    """What the log says of a version, captured last at `seen`, and its reading; `found`: as the ledger keeps it.

    `extractor`: what took the text out of the page just now; None when that was before there was a log.
    """
    return {
        "kind": "reading",
        "id": version.id,
        "capture": version.digest,
        "version": version_digest(version),
        "seen": seen,
        "reading": digest(found.encode()),
        "made_by": made_by,
        "extractor": extractor,
    }


@cache
def extractor() -> str:
    """What takes the text out of a page, with its version."""
    return f"trafilatura {importlib.metadata.version('trafilatura')}"


def table_digest(connection: sqlite3.Connection, table: str) -> str:
    """Of all rows of a table, in whatever order they stand."""
    whole = hashlib.sha256()
    columns = ", ".join(str(place) for place in range(1, _width(connection, table) + 1))
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY {columns}"):
        whole.update(canonical(row))
    return "sha256:" + whole.hexdigest()


def _width(connection: sqlite3.Connection, table: str) -> int:
    return len(connection.execute(f"SELECT * FROM {table} LIMIT 0").description)
