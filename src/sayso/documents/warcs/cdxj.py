"""CDXJ: the index lines by which replay tools find a record in a WARC file (pywb's format; keys in SURT form)."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qsl, urlencode

from sayso.documents.address import parts_of
from sayso.errors import InputError

_KEPT = ("response", "resource", "revisit", "metadata")
_WWW = re.compile(r"^www\d*\.")
_DIGITS = re.compile(r"\D")
_STAMP = 14


def lines(stored: bytes, file: str, start: int) -> Iterator[str]:
    """The index line of each record in `stored`, which lies in `file` from byte `start` on.

    Raises InputError when it holds no record.
    """
    from warcio.exceptions import ArchiveLoadFailed

    try:
        yield from _lines(stored, file, start)
    except (ArchiveLoadFailed, zlib.error):
        raise InputError(file, "holds a damaged record: `sayso verify` says which") from None


def _lines(stored: bytes, file: str, start: int) -> Iterator[str]:
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(BytesIO(stored))
    for record in records:
        fields, http = record.rec_headers, record.http_headers
        told: dict[str, str] = {"url": fields.get_header("WARC-Target-URI") or ""}
        if http is not None:
            told |= {"mime": _media_type(http.get_header("Content-Type")), "status": http.get_statuscode()}
        else:
            told["mime"] = _media_type(fields.get_header("Content-Type"))
        if record.rec_type == "revisit":
            told["mime"] = "warc/revisit"
        told["digest"] = fields.get_header("WARC-Payload-Digest") or ""
        at = _DIGITS.sub("", fields.get_header("WARC-Date") or "")[:_STAMP]
        records.read_to_end(record)
        told |= {
            "length": str(records.get_record_length()),
            "offset": str(start + records.get_record_offset()),
            "filename": file,
        }
        if record.rec_type in _KEPT and told["url"]:
            yield f"{surt(told['url'])} {at} {json.dumps(told, ensure_ascii=False)}"


def surt(url: str) -> str:
    """The key that sorts an address under its site: `https://www.dal.example/a?b=1` gives `example,dal)/a?b=1`.

    Addresses without a host (urn:) stay as they are, in lower case, without white space.
    """
    parts = parts_of(url)
    host, port = parts.hostname, parts.port
    if not host or parts.scheme not in ("http", "https"):
        return re.sub(r"\s", "%20", url.lower())
    names = ",".join(reversed(_WWW.sub("", host).split(".")))
    usual = port in (None, 80, 443)
    path = (parts.path.rstrip("/") or "/").lower()
    asked = urlencode(sorted(parse_qsl(parts.query.lower(), keep_blank_values=True)))
    key = f"{names}{'' if usual else f':{port}'}){path}"
    return re.sub(r"\s", "%20", f"{key}?{asked}" if asked else key)


def _media_type(declared: str | None) -> str:
    return (declared or "unk").split(";")[0].strip().lower() or "unk"
