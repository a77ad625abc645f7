"""Kinds: what a file or a payload is, by its name, by what a server said of it, and by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from sayso.documents.address import parts_of

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
JSON, JSONL = "application/json", "application/jsonl"
RSS, ATOM, JSON_FEED = "application/rss+xml", "application/atom+xml", "application/feed+json"
OPML, XML = "text/x-opml", "application/xml"
MHTML, PDF = "multipart/related", "application/pdf"
CSV, TSV, PARQUET = "text/csv", "text/tab-separated-values", "application/vnd.apache.parquet"
WARC, ZIP, WACZ = "application/warc", "application/zip", "application/wacz"

FEEDS = frozenset({RSS, ATOM, JSON_FEED})
TABLES = frozenset({CSV, TSV, PARQUET})
ARCHIVES = frozenset({WARC, WACZ})
OF_ARTICLES = FEEDS | {TEXT, MARKDOWN, HTML, MHTML, PDF}
"""What is read of what a web archive holds."""
SNIFFED = 4096
"""Bytes by which a kind is told."""
_JUNK = 32
"""Bytes that may stand before a PDF whose name says that it is something else."""

_BY_SUFFIX = {
    **dict.fromkeys((".txt", ".text"), TEXT),
    ".md": MARKDOWN,
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    ".json": JSON,
    **dict.fromkeys((".jsonl", ".ndjson"), JSONL),
    **dict.fromkeys((".rss", ".rdf"), RSS),
    ".atom": ATOM,
    ".opml": OPML,
    ".xml": XML,
    **dict.fromkeys((".mhtml", ".mht"), MHTML),
    ".pdf": PDF,
    ".csv": CSV,
    **dict.fromkeys((".tsv", ".tab"), TSV),
    **dict.fromkeys((".parquet", ".pq"), PARQUET),
    **dict.fromkeys((".warc", ".arc"), WARC),
    ".wacz": WACZ,
}
_DECLARED = {
    "application/xhtml+xml": HTML,
    "text/x-markdown": MARKDOWN,
    "application/rdf+xml": RSS,
    "text/xml": XML,
    "text/rss": RSS,
    "application/x-rss+xml": RSS,
    "message/rfc822": MHTML,
    "application/x-mimearchive": MHTML,
    "application/x-pdf": PDF,
    "text/x-opml+xml": OPML,
    "application/xml+opml": OPML,
    "application/x-ndjson": JSONL,
}
_ANYTHING = {"", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "application/unknown"}
_FIRM = {MARKDOWN, JSONL, PARQUET, WARC, WACZ}
"""Kinds by name that no first bytes can contradict."""
_VAGUE = {TEXT, JSON, JSONL, XML}
"""Kinds by bytes that say less than a name does."""
_HTML = re.compile(
    rb"\s*(?:(?><!--.*?-->)\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_ARC = re.compile(rb"filedesc://[^\n]* \d{8,17} text/plain -?\d+\r?\n")
_ROOT = re.compile(
    rb"(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|\s)*+<(?:[A-Za-z][\w.-]*:)?([\w.-]+)", re.DOTALL
)
_BY_ROOT = {b"rss": RSS, b"feed": ATOM, b"rdf": RSS, b"opml": OPML, b"html": HTML}
_SITE_FILES = re.compile(r"/(?:robots|ads|app-ads|humans|security|llms)\.txt$", re.IGNORECASE)


def of_name(name: str) -> str | None:
    """The kind that a file's name tells, with or without ".gz" behind it; None where it tells none."""
    path = PurePath(name)
    path = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return _BY_SUFFIX.get(path.suffix.lower())


def of_bytes(body: bytes) -> str:
    """The kind by the first characters; text where they tell nothing."""
    head = body[:SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        return HTML
    for begins, kind in ((b"WARC/", WARC), (b"PK\x03\x04", ZIP), (b"PAR1", PARQUET)):
        if head.startswith(begins):
            return kind
    if b"%PDF-" in head[:1024]:
        return PDF
    if _ARC.match(head):
        return WARC
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<opml", b"<rdf:", b"<!--")):
        return _of_xml(head)
    if re.match(rb"(?:from|mime-version|snapshot-content-location|subject|date|content-type):", head, re.IGNORECASE):
        return MHTML if re.search(rb"(?im)^content-type:\s*multipart/related", head) else TEXT
    return _of_json(head)


def _of_xml(head: bytes) -> str:
    root = _ROOT.match(head)
    found = _BY_ROOT.get(root[1].lower()) if root else None
    return found or (TEXT if head.startswith(b"<!--") else XML)


def _of_json(head: bytes) -> str:
    if re.match(rb'\{\s*"', head):
        if re.search(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version', head):
            return JSON_FEED
        return JSONL if b"\n" not in head or re.match(rb"\{[^\n]*\}\s*\n", head) else JSON
    return JSON if re.match(rb'\[\s*\{\s*"', head) else TEXT


def of_file(told: str | None, head: bytes) -> str:
    """The kind of a file whose name tells `told`, by its first bytes where these say more."""
    seen = of_bytes(head)
    if told is None:
        return seen
    if seen == PDF and b"%PDF-" not in head[:_JUNK]:
        # Further on it may stand in any text or table.
        return told
    return told if told in _FIRM or seen in _VAGUE or (told == TEXT and seen == XML) else seen


def of_payload(declared: str | None, body: bytes) -> str:
    """The kind of what a server sent as media type `declared`, which is often too broad, and sometimes wrong."""
    told = _DECLARED.get(declared or "", declared or "")
    if told in _ANYTHING or told == XML or told.startswith("text/"):
        seen = of_bytes(body)
        if seen not in (TEXT, JSON, JSONL) or told in _ANYTHING:
            return seen
    return told


def may_be_article(declared: str | None, url: str) -> bool:
    """Whether a payload of media type `declared` from `url` is worth looking at; styles and pictures are not."""
    told = _DECLARED.get(declared or "", declared or "")
    if told == TEXT and _SITE_FILES.search(parts_of(url).path):
        return False
    return told in OF_ARTICLES or told in _ANYTHING or told == XML
