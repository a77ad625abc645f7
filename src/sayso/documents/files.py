"""Files: which files of a folder are read, and how the system's refusals are told."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sayso.documents import kinds
from sayso.documents.nouns import Capture
from sayso.errors import InputError

GZIP = b"\x1f\x8b"
_READ = "files that are read (.txt, .md, .html, .mhtml, .pdf, .json, .jsonl, .csv, .parquet, .rss, .warc, .wacz)"
_BY_NAME = kinds.ARCHIVES | kinds.TABLES | {kinds.TEXT, kinds.MARKDOWN, kinds.HTML, kinds.JSON, kinds.JSONL}
"""Kinds that a name alone tells; of the others many hold no article."""
_HTTP = re.compile(r"(https?)(?::[/\\]*|//+)(?P<rest>[^/\\].*)", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):/", re.IGNORECASE)
_TOP = {"com", "org", "net", "int", "edu", "gov", "info", "biz", "news", "media", "press", "online", "live", "eu", "uk"}
"""Top-level domains beside those of countries: the oldest, and those that news stands under."""
_PROGRAMS = {"cc", "py", "sh", "so"}
"""Top-level domains of countries that are better known as the ends of files' names."""
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?|localhost(?::\d+)?|(?:\d+\.){3}\d+(?::\d+)?")
_PLAIN = re.compile(r"^localhost|:\d+$")
_BY_BYTES = kinds.FEEDS | {kinds.HTML, kinds.MHTML, kinds.PDF, kinds.JSON, kinds.JSONL, kinds.WARC}


def files(path: Path, passed: Counter[str]) -> Iterator[Path | InputError]:
    """`path` itself, or the files below it that may be articles, sorted, no hidden ones; the others are counted."""
    if not os.path.isdir(path):  # noqa: PTH112 - a Path raises where a name is too long for the system
        yield path
        return
    found, before = 0, passed.total()
    problems: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(folder, name) for name in sorted(names) if not name.startswith(".")):
            if _may_be_article(file):
                found += 1
                yield file
            else:
                passed[file.suffix.lower() or "special file"] += 1
    yield from (refused(Path(str(problem.filename)), problem) for problem in problems)
    if not found and not problems:
        yield InputError(str(path), f"is a folder without {_READ if passed.total() > before else 'files'}")


def given(body: bytes, name: str, media_type: str) -> Capture:
    """The capture of bytes that lie in a file, which says nothing of when they came there: taken now."""
    return Capture(name, body, media_type, datetime.now(UTC).isoformat(timespec="seconds"))


def refused(path: str | Path, error: OSError) -> InputError:
    """One sentence for what the system said; `path` as it was given."""
    if isinstance(error, FileNotFoundError):
        return InputError(str(path), f"there is no such file{_meant(str(path).replace(os.sep, '/'))}")
    return InputError(str(path), f"could not be read: {(error.strerror or str(error)).lower()}")


def _meant(name: str) -> str:
    """What to do about the name of a file that is none, where it reads like an address."""
    if http := _HTTP.fullmatch(name):
        return f"; it looks like an address: write {http[1].lower()}://{http['rest']}"
    if scheme := _SCHEME.match(name):
        return f"; an address begins with https:// or http://, not with {scheme[1]}:"
    server = re.split("[/?#]", name, maxsplit=1)[0]
    if not _HOST.fullmatch(server) or os.path.lexists(server) or not _may_be_host(server, name != server):
        return ""
    # Such a server is often a plain one: what fits cannot be told.
    begin = "begin it with http:// or https://" if _PLAIN.search(server) else f"write https://{name}"
    return f"; it looks like an address: {begin}"


def _may_be_host(server: str, is_longer: bool) -> bool:
    """Whether a name that a host might have is rather a host's than a file's; `is_longer`: a path stands behind it."""
    if ":" in server:
        return True
    name, _, end = server.lower().rpartition(".")
    is_domain = _is_top(end)
    if kinds.of_name(server) or (end in _PROGRAMS and "." not in name):
        return is_longer and is_domain
    return is_longer or is_domain or server.startswith("www.")


def _is_top(label: str) -> bool:
    from babel.core import get_global

    return label in _TOP or label.upper() in get_global("territory_zones")


def _may_be_article(file: Path) -> bool:
    """By its name, or by its first characters; what cannot be found is, so that it is reported."""
    if not file.is_file():
        return not file.exists()
    if kinds.of_name(file.name) in _BY_NAME or not file.suffix:
        return True
    try:
        with file.open("rb") as opened:
            head = opened.read(kinds.SNIFFED)
            if head.startswith(GZIP):
                opened.seek(0)
                head = gzip.GzipFile(fileobj=opened).read(kinds.SNIFFED)
            return kinds.of_bytes(head) in _BY_BYTES
    except (OSError, EOFError, zlib.error):
        return False
