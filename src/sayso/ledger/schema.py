"""The ledger's tables, as numbered steps: step n brings a ledger from version n to n + 1; forward only."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger.connection import transaction

APPLICATION = 0x53617973
"""SQLite's application_id of a ledger ("Says")."""

# The text stands last in its table, so that reading the other columns does not drag it in.
_FIRST = """
CREATE TABLE captures (
    digest TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, captured TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE versions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, digest TEXT NOT NULL REFERENCES captures,
    seen TEXT NOT NULL, current INTEGER NOT NULL, lang TEXT NOT NULL, title TEXT, outlet TEXT, url TEXT, author TEXT,
    published TEXT, published_from TEXT, extra TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX versions_by_id ON versions (id, digest);
CREATE INDEX versions_by_lang ON versions (lang);
CREATE UNIQUE INDEX versions_current ON versions (id) WHERE current;
CREATE INDEX versions_past ON versions (number) WHERE NOT current;
CREATE TABLE readings (version INTEGER PRIMARY KEY REFERENCES versions, made_by TEXT NOT NULL, found TEXT NOT NULL);
CREATE TABLE attributions (
    version INTEGER REFERENCES versions, place INTEGER, speaker TEXT, cue TEXT NOT NULL, type TEXT NOT NULL,
    stance TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (version, place)
) WITHOUT ROWID;
CREATE INDEX attributions_by_speaker ON attributions (speaker);
CREATE TABLE figures (
    version INTEGER REFERENCES versions, place INTEGER, value REAL, value_high REAL, unit TEXT, qualifier TEXT NOT NULL,
    scope TEXT, window TEXT, as_of TEXT, asserted_by TEXT, span TEXT NOT NULL, PRIMARY KEY (version, place)
) WITHOUT ROWID;
CREATE INDEX figures_by_unit ON figures (unit, value);
CREATE TABLE embeddings (
    version INTEGER REFERENCES versions, model TEXT, spans TEXT NOT NULL, vectors BLOB NOT NULL,
    PRIMARY KEY (version, model)
);
CREATE TABLE speakers (
    version INTEGER REFERENCES versions, attribution INTEGER, speaker TEXT NOT NULL, PRIMARY KEY (version, attribution)
) WITHOUT ROWID;
CREATE INDEX speakers_by_name ON speakers (speaker);
CREATE TABLE links (kind TEXT, id TEXT, place INTEGER NOT NULL, found TEXT NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE members (kind TEXT, id TEXT, article TEXT, item TEXT);
CREATE INDEX members_by_article ON members (article, kind);
CREATE TABLE failures (name TEXT PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE state (key TEXT PRIMARY KEY, value NOT NULL);
INSERT INTO state VALUES ('revision', 0), ('linked', -1), ('index', '')
"""

# Whether a capture is known is asked for each one.
_SECOND = "CREATE INDEX versions_by_digest ON versions (digest)"

# What linking compares is embedded once, whatever article it stands in.
_THIRD = "CREATE TABLE vectors (model TEXT, digest TEXT, vector BLOB NOT NULL, PRIMARY KEY (model, digest))"

# What people judge stands apart from what the machine finds (links, members): no link run touches `judgements`. Of the
# articles in `retold` the links in `judged` are shown in the place of the machine's.
_FOURTH = """
CREATE TABLE judgements (id TEXT PRIMARY KEY, at TEXT NOT NULL, found TEXT NOT NULL);
CREATE TABLE rulings (judgement TEXT PRIMARY KEY, found TEXT NOT NULL);
CREATE TABLE retold (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE judged (kind TEXT, id TEXT, place INTEGER NOT NULL, found TEXT NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE judged_members (kind TEXT, id TEXT, article TEXT, item TEXT);
CREATE INDEX judged_members_by_article ON judged_members (article, kind);
INSERT INTO state VALUES ('judgements', 0), ('judged', '')
"""

# What linking found of an article, a part or a story, under a digest of all that it depends on; and who linked last.
_FIFTH = """
CREATE TABLE kept (kind TEXT, digest TEXT, found BLOB NOT NULL, PRIMARY KEY (kind, digest));
INSERT INTO state VALUES ('linked_by', '')
"""

# Where each capture's bytes lie in the archive: one row a WARC record, or a run of them (redirects, request, response).
# `captures.body` is empty from here on; bytes that an older sayso kept there move to the archive with the first writer.
# `log` is append-only: its leaves are what the checkpoints sign (sayso.ledger.evidence). `watched`: feeds and pages
# that `sayso watch` comes back to, and when.
_SIXTH = """
ALTER TABLE versions ADD COLUMN modified TEXT;
CREATE INDEX captures_unarchived ON captures (digest) WHERE length(body) > 0;
CREATE TABLE log (entry INTEGER PRIMARY KEY, leaf TEXT NOT NULL);
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL, stamp BLOB);
CREATE TABLE records (
    entry INTEGER PRIMARY KEY REFERENCES log, digest TEXT NOT NULL REFERENCES captures, url TEXT,
    captured TEXT NOT NULL, file TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL
);
CREATE INDEX records_by_digest ON records (digest);
CREATE INDEX records_by_url ON records (url, captured);
CREATE UNIQUE INDEX records_by_place ON records (file, start);
CREATE TABLE repeats (
    digest TEXT REFERENCES captures, version INTEGER REFERENCES versions, PRIMARY KEY (digest, version)
) WITHOUT ROWID;
CREATE INDEX repeats_by_version ON repeats (version);
CREATE TABLE watched (url TEXT PRIMARY KEY, kind TEXT NOT NULL, due TEXT, state TEXT NOT NULL)
"""

# A sum over each table whose rows no entry of the log names one by one (sayso.ledger.rest).
_SEVENTH = "CREATE TABLE IF NOT EXISTS sums (name TEXT PRIMARY KEY, sum BLOB NOT NULL)"

# A version that holds only the beginning of the one before it: it is not the current one, however late it came.
_EIGHTH = "ALTER TABLE versions ADD COLUMN cut INTEGER NOT NULL DEFAULT 0"

STEPS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH, _EIGHTH)
VERSION = len(STEPS)


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Which step a ledger stands at. Raises LedgerError for another program's file or a newer sayso's ledger."""
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and (application or version or tables):
        raise LedgerError(f"{path}: holds the tables of another program, not a ledger")
    if version > VERSION:
        raise LedgerError(f"{path}: a newer sayso wrote it (step {version}, this one knows {VERSION}): update sayso")
    return version


def refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    """Raises LedgerError when there are triggers or views, which would change what is written; sayso makes none."""
    sql = "SELECT type, name FROM main.sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
    found = connection.execute(sql).fetchone()
    if found:
        raise LedgerError(f"{path}: holds a {found[0]} that is none of sayso's ({found[1]}): restore it from a copy")


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a ledger (or an empty file) to VERSION in one transaction."""
    if version_of(connection, path) == VERSION:
        return
    with transaction(connection):
        for step in STEPS[version_of(connection, path) :]:
            for statement in step.split(";\n"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
