"""WARC fields: the header of one WARC record, and what is wrong with it (ISO 28500:2017, sections 4 and 5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address

Fields = tuple[tuple[str, str], ...]

VERSIONS = {"WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"}
OF_PAGES = {"response", "resource"}
REQUIRED = ("WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length")
_WITH_ADDRESS = {*OF_PAGES, "request", "revisit", "conversion", "continuation"}
_IDS = ("WARC-Record-ID", "WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID", "WARC-Segment-Origin-ID")
_OFTEN = {"warc-concurrent-to", "warc-protocol", "warc-cipher-suite"}
_ONLY_IN = {"WARC-Filename": "warcinfo", "WARC-Segment-Total-Length": "continuation"}
_NEEDED_IN = {"revisit": ("WARC-Profile",), "continuation": ("WARC-Segment-Number", "WARC-Segment-Origin-ID")}
_NUMBERS = ("Content-Length", "WARC-Segment-Number", "WARC-Segment-Total-Length")
_DIGESTS = ("WARC-Block-Digest", "WARC-Payload-Digest")
_KNOWN = {
    name.lower()
    for name in (
        *REQUIRED,
        *_IDS,
        *_ONLY_IN,
        *_NUMBERS,
        *_DIGESTS,
        *("Content-Type", "WARC-IP-Address", "WARC-Target-URI", "WARC-Truncated", "WARC-Profile"),
        *("WARC-Identified-Payload-Type", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"),
    )
}
_ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+>")
_ADDRESS = re.compile(r"<?[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,18}")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_DIGEST = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[^\s:]+")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z)?)?)?")
_WHOLE = "0000-01-01"


def parsed(header: bytes) -> tuple[str, Fields, list[str]]:
    """The version of a record's header, its named fields in order, and a sentence's rest for each line that is none."""
    first, *lines = header.split(b"\n")
    found: list[tuple[str, str]] = []
    wrong: list[str] = []
    for number, line in enumerate((line.rstrip(b"\r") for line in lines), 2):
        name, colon, value = line.partition(b":")
        if line[:1] in (b" ", b"\t") and found:
            found[-1] = found[-1][0], f"{found[-1][1]} {_text(line).strip()}".strip()
        elif colon and _NAME.fullmatch(name.rstrip()):
            found.append((_text(name.rstrip()), _text(value).strip()))
        elif line:
            wrong.append(f"line {number} of its header is no named field")
    return _text(first).strip(), tuple(found), wrong


def value(fields: Fields, name: str) -> str | None:
    """The first value of a field, whose name is in any case; None where there is none or it is empty."""
    wanted = name.lower()
    return next((told for key, told in fields if key.lower() == wanted and told), None)


def length(fields: Fields) -> int | None:
    """The length of the record's block; None where the header does not tell one."""
    told = value(fields, "Content-Length")
    return int(told) if told and _NUMBER.fullmatch(told) else None


def target(fields: Fields) -> str | None:
    """The address that the record is of, without the angle brackets and spaces that some writers left in it."""
    told = value(fields, "WARC-Target-URI")
    if told is None or not _ADDRESS.fullmatch(told):
        return None
    return (told[1:-1] if told.startswith("<") and told.endswith(">") else told).strip().replace(" ", "%20")


def moment(fields: Fields) -> str | None:
    """The WARC-Date as an ISO 8601 date-time in UTC; a date that is not told in full begins with its first day."""
    told = value(fields, "WARC-Date")
    if told is None or not _DATE.fullmatch(told):
        return None
    try:
        at = datetime.fromisoformat(told if len(told) > len(_WHOLE) else told + _WHOLE[len(told) :])
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


def wrong(version: str, fields: Fields) -> Iterator[str]:
    """What is wrong with a record's header, each as the rest of a sentence that begins with the record."""
    kind = (value(fields, "WARC-Type") or "").lower()
    if version not in VERSIONS:
        yield f"its version is {version[:20]!r}, which is not known"
    for name in (*REQUIRED, *(["WARC-Target-URI"] if kind in _WITH_ADDRESS else []), *_NEEDED_IN.get(kind, ())):
        if value(fields, name) is None:
            yield f"it has no {name}"
    yield from _out_of_place(kind, fields)
    for name, told in fields:
        if told and (reason := _malformed(name, told)):
            yield f"its {name} is {reason}: {told[:60]!r}"
        elif not told and name.lower() in _KNOWN and name not in REQUIRED:
            yield f"its {name} is empty"


def _out_of_place(kind: str, fields: Fields) -> Iterator[str]:
    for name, times in Counter(name.lower() for name, _ in fields).items():
        if times > 1 and name in _KNOWN - _OFTEN:
            yield f"it has {times} fields {name}"
    for name, only in {**_ONLY_IN, **({"WARC-Target-URI": ""} if kind == "warcinfo" else {})}.items():
        if kind != only and value(fields, name):
            yield f"a {kind} record has no {name}"


def _malformed(name: str, told: str) -> str | None:
    """What a field's value is not, though it should be."""
    same = {known.lower(): known for known in (*_IDS, *_NUMBERS, *_DIGESTS)}.get(name.lower(), name)
    if same in _IDS:
        return None if _ID.fullmatch(told) else "no address in angle brackets"
    if same in _NUMBERS:
        return None if _NUMBER.fullmatch(told) else "no number"
    if same in _DIGESTS:
        return None if _DIGEST.fullmatch(told) else "no digest"
    match name.lower():
        case "warc-date" | "warc-refers-to-date":
            return None if moment((("WARC-Date", told),)) else "no date in UTC as ISO 8601 writes it"
        case "warc-target-uri" | "warc-refers-to-target-uri" | "warc-profile":
            return None if _ADDRESS.fullmatch(told) else "no address"
        case "warc-ip-address":
            return None if _is_ip(told) else "no IP address"
        case _:
            return None


def _is_ip(told: str) -> bool:
    try:
        ip_address(told)
    except ValueError:
        return False
    return True


def _text(found: bytes) -> str:
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return found.decode("latin-1")
