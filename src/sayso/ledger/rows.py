"""Nouns to rows and back, exactly: what comes out of the ledger equals what went in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from sayso.documents.nouns import Version
from sayso.extraction.nouns import Figure, Reading

T = TypeVar("T")
Row = tuple[Any, ...]

VERSION_COLUMNS = "id, digest, lang, title, outlet, url, author, published, published_from, modified, extra, text"
LARGEST = 1.0e308
# The standard library's, because figures may be greater than 64 bits.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def pack(noun: object) -> str:
    """A noun as JSON."""
    return _JSON.encode(msgspec.to_builtins(noun))


def unpack(found: str, noun: type[T]) -> T:
    """The noun that `pack` packed."""
    return msgspec.convert(json.loads(found), noun)


def version_row(version: Version) -> Row:
    """In the order of VERSION_COLUMNS."""
    v = version
    about = (v.id, v.digest, v.lang, v.title, v.outlet, v.url, v.author, v.published, v.published_from, v.modified)
    return (*about, json.dumps(v.extra, ensure_ascii=False, sort_keys=True), v.text)


def same_but_bytes(one: Row, other: Row) -> bool:
    """True for two version rows that differ in nothing but the capture that they were read from."""
    at = VERSION_COLUMNS.split(", ").index("digest")
    return one[:at] + one[at + 1 :] == other[:at] + other[at + 1 :]


def version_of(row: Row) -> Version:
    """The inverse of `version_row`."""
    id_, digest, lang, title, outlet, url, author, published, published_from, modified, extra, text = row
    given = (title, outlet, url, author, published, published_from)
    return Version(id_, text, lang, digest, *given, json.loads(extra), modified=modified)


def attribution_rows(number: int, text: str, reading: Reading) -> Iterator[Row]:
    """Rows of the table `attributions`: cue as written, spans of the content."""
    for place, found in enumerate(reading.attributions):
        cue = " … ".join(span.of(text) for span in found.cue)
        yield number, place, found.speaker, cue, found.type, found.stance, pack(found.content)


def figure_rows(number: int, reading: Reading) -> Iterator[Row]:
    """Rows of the table `figures`; the exact value stands in the reading, the row's is for queries."""
    for place, found in enumerate(reading.figures):
        yield number, place, *_values(found), *_about(found), pack(found.span)


def _values(figure: Figure) -> tuple[float | None, float | None]:
    def real(value: float | int | None) -> float | None:
        return float(value) if value is not None and abs(value) < LARGEST else None

    return real(figure.value), real(figure.value_high)


def _about(figure: Figure) -> Row:
    return figure.unit, figure.qualifier, figure.scope, figure.window, figure.as_of, figure.asserted_by
