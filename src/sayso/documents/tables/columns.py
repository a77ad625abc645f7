"""Columns: which column of a table, or field of a row, is the text, the title, the address and so on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sayso.documents.dated import iso_of
from sayso.documents.named import people

USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "published": ("published", "date", "pubdate", "published_at", "publish_date"),
    "outlet": ("outlet", "source", "publisher", "site", "domain"),
    "author": ("author", "authors", "byline"),
    "lang": ("lang", "language"),
    "id": ("id", "guid"),
}
"""What each field of a row is usually called, the likeliest first; compared without case."""


def found(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """For each field that a table has, its column's name: as `columns` (field: column) says, else the usual one."""
    there = list(names)
    caseless = {name.strip().casefold(): name for name in reversed(there)}
    chosen: dict[str, str] = {}
    for field, usual in {**dict.fromkeys(columns, ()), **USUAL}.items():
        wanted = [columns[field]] if field in columns else [name for name in usual if name not in columns.values()]
        exact = [name for name in wanted if name in there]
        fitting = exact or [caseless[name.casefold()] for name in wanted if name.casefold() in caseless]
        if fitting:
            chosen[field] = fitting[0]
    return chosen


def renamed(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """`row` with its fields under the names that `documents.rows` knows; what has no such name stays as it is.

    `columns`: field to column, as the user says it. Empty values are left out, dates that can be read are in ISO 8601,
    and lists of authors are one string. A row that has `text` needs this only when the user names columns.
    """
    chosen = found(row, columns)
    taken = {column: field for field, column in chosen.items()}
    # Where another column is the text, one that is called "text" keeps its words under another name.
    rest = {f"{key}_column" if key in chosen else key: value for key, value in row.items() if key not in taken}
    values = {field: _value(field, row[column]) for field, column in chosen.items()} | rest
    return {key: value for key, value in values.items() if not _is_empty(value)}


def _value(field: str, value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if field == "published" and isinstance(value, str):
        return iso_of(value) or value
    if field in ("outlet", "author") and isinstance(value, list | dict):
        return people(value) or value
    return str(value) if field == "id" and isinstance(value, int | float) else value


def _is_empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and not math.isfinite(value))
