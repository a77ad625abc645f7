"""ARC: the header line of a record in the format before WARC, as the named fields of a WARC record.

The format: Internet Archive, "Arc File Format", 1996; version 2 has more fields before the length.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sayso.documents.warcs.fields import Fields

LONGEST = 1 << 13
"""Bytes of a header line; longer ones are not found."""
OPENING = re.compile(rb"\s*filedesc://")
RECORD = re.compile(rb"(?m)^[A-Za-z][A-Za-z0-9+.-]{1,20}:[^\r\n]{1,6000} \d{8,18} [^\r\n]{1,1000}\r?$")
_MOMENT = re.compile(r"\d{14}")
_FORMAT = "%Y%m%d%H%M%S"
_SECONDS = 14


def parsed(line: bytes) -> tuple[str, Fields, list[str]]:
    """A header line as `warc_fields.parsed` gives a header: version, named fields, and what is wrong."""
    text = line.decode("utf-8", "replace").strip()
    found = re.fullmatch(r"(\S.*) (\S+) (\d{8,18}) (\S+)((?: \S+){1,6})", text)
    if found is None:
        return "ARC", (), ["its header line has not the fields of ARC"]
    address, ip, when, kind, rest = found.groups()
    told = rest.split()[-1]
    wrong: list[str] = []
    moment = _moment(when)
    if moment is None:
        wrong.append(f"its date is not one: {when!r}")
    if not told.isdigit():
        wrong.append(f"its length is not a number: {told[:20]!r}")
    fields = [
        ("WARC-Type", "warcinfo" if address.startswith("filedesc:") else "response"),
        ("WARC-Target-URI", address),
        *([("WARC-Date", moment)] if moment else []),
        ("WARC-IP-Address", ip),
        ("Content-Type", "application/http; msgtype=response" if address.startswith("http") else kind),
        ("Content-Length", told),
    ]
    return "ARC", tuple(fields), wrong


def _moment(when: str) -> str | None:
    """A WARC-Date of the 14 digits of ARC; more digits are parts of a second, or nothing."""
    if not _MOMENT.match(when):
        return None
    try:
        at = datetime.strptime(when[:_SECONDS], _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return at.isoformat().replace("+00:00", "Z")
