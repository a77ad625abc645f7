"""WACZ: the archive, or some articles' captures, in one ZIP file that replay tools open (WACZ 1.1.1, webrecorder)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from sayso import __version__
from sayso.documents.warcs.cdxj import lines
from sayso.errors import InputError, LedgerError
from sayso.ledger.archive import stored_at
from sayso.ledger.connection import files_plainly
from sayso.ledger.digests import digest as digest_of

WACZ_VERSION = "1.1.1"
_FILE = "data.warc.gz"
_PAGES = {"format": "json-pages-1.0", "id": "pages", "title": "Articles"}
Progress = Callable[[int, int], None]


def write(
    connection: sqlite3.Connection,
    archive: Path,
    out: IO[bytes],
    articles: Iterable[str] | None = None,
    title: str = "sayso",
    progress: Progress | None = None,
) -> int:
    """Write the captures of `articles` (None: all that was ever archived) to `out`; returns how many.

    With all goes the log with its newest checkpoint, with some only their own proofs, since the log names everything
    that was ever captured; both as `evidence/`. Raises LedgerError when archived bytes are not there or damaged.
    """
    ranges = list(_ranges(connection, articles))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        resources: list[dict[str, Any]] = []
        index = sorted(_put_archive(packed, archive, ranges, resources, progress))
        _put(packed, "indexes/index.cdx", "".join(f"{line}\n" for line in index), resources)
        _put(packed, "pages/pages.jsonl", "".join(f"{line}\n" for line in _pages(connection, ranges)), resources)
        for name, text in _log(connection) if articles is None else _proofs(connection, articles):
            _put(packed, name, text, resources)
        package = _package(title, resources)
        packed.writestr("datapackage.json", package)
        digest = {"path": "datapackage.json", "hash": digest_of(package.encode())}
        packed.writestr("datapackage-digest.json", json.dumps(digest, indent=2))
    return len(ranges)


def _ranges(connection: sqlite3.Connection, articles: Iterable[str] | None) -> Iterator[tuple[int, str, int, int]]:
    """Entry, file, start and length of each capture, in the order of the log."""
    sql = "SELECT entry, file, start, length FROM records"
    if articles is None:
        yield from connection.execute(f"{sql} ORDER BY entry")
        return
    wanted = json.dumps(list(articles))
    sql += """ WHERE digest IN (SELECT digest FROM versions WHERE id IN (SELECT value FROM json_each(?1)) UNION
               SELECT p.digest FROM repeats AS p JOIN versions AS v ON v.number = p.version
               WHERE v.id IN (SELECT value FROM json_each(?1))) ORDER BY entry"""
    yield from connection.execute(sql, (wanted,))


def _put_archive(
    packed: zipfile.ZipFile,
    archive: Path,
    ranges: list[tuple[int, str, int, int]],
    resources: list[dict[str, Any]],
    progress: Progress | None,
) -> Iterator[str]:
    """Copy the ranges into one WARC file inside; yields its index lines."""
    place, whole = 0, hashlib.sha256()
    member = zipfile.ZipInfo(f"archive/{_FILE}", datetime.now(UTC).timetuple()[:6])
    # Told beforehand, so that small files get plain headers: ReplayWeb.page loses its way in needless ZIP64 ones.
    member.file_size = sum(length for *_, length in ranges)
    with packed.open(member, "w") as out:
        for count, (_, file, start, length) in enumerate(ranges, 1):
            stored = _slice(archive / file, start, length)
            out.write(stored)
            whole.update(stored)
            yield from _indexed(stored, archive / file, place)
            place += len(stored)
            if progress:
                progress(count, len(ranges))
    told = {"name": _FILE, "path": f"archive/{_FILE}", "hash": f"sha256:{whole.hexdigest()}", "bytes": place}
    resources.append(told)


def _indexed(stored: bytes, path: Path, place: int) -> Iterator[str]:
    try:
        yield from lines(stored, _FILE, place)
    except InputError as error:
        raise LedgerError(f"{path}: {error.reason}") from error


def _slice(path: Path, start: int, length: int) -> bytes:
    with files_plainly(path.parent):
        stored = stored_at(path, start, length)
    if len(stored) != length:
        raise LedgerError(f"{path}: is shorter than the ledger says: `sayso verify` tells what is missing")
    return stored


def _pages(connection: sqlite3.Connection, ranges: list[tuple[int, str, int, int]]) -> Iterator[str]:
    """One line an article: what a replay tool lists."""
    yield json.dumps(_PAGES)
    sql = """SELECT r.url, r.captured, v.title, v.text FROM records AS r JOIN versions AS v ON v.digest = r.digest
             WHERE r.entry = ? AND r.url IS NOT NULL ORDER BY v.number LIMIT 1"""
    for entry, *_ in ranges:
        for url, captured, title, text in connection.execute(sql, (entry,)):
            page = {"id": str(entry), "url": url, "ts": captured.replace("+00:00", "Z"), "title": title, "text": text}
            yield json.dumps(page, ensure_ascii=False)


def _proofs(connection: sqlite3.Connection, articles: Iterable[str]) -> Iterator[tuple[str, str]]:
    """For each article what `sayso verify --proof` checks alone."""
    from sayso.ledger.evidence.proof import prove

    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    for article in articles:
        yield f"evidence/{quote(article, safe='')}.proof.json", prove(path, article, every=True)


def _log(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The log, one leaf a line, and the newest checkpoint."""
    leaves = connection.execute("SELECT leaf FROM log ORDER BY entry")
    yield "evidence/log.jsonl", "".join(f"{leaf}\n" for (leaf,) in leaves)
    for (note,) in connection.execute("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1"):
        yield "evidence/checkpoint", note


def _put(packed: zipfile.ZipFile, path: str, text: str, resources: list[dict[str, Any]]) -> None:
    body = text.encode()
    packed.writestr(path, body)
    resources.append({"name": path.split("/")[-1], "path": path, "hash": digest_of(body), "bytes": len(body)})


def _package(title: str, resources: list[dict[str, Any]]) -> str:
    about = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "software": f"sayso {__version__}",
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "title": title,
        "resources": resources,
    }
    return json.dumps(about, ensure_ascii=False, indent=2)
