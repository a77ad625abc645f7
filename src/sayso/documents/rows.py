"""Rows: one article as a JSON object, in the form that `sayso annotate` takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sayso.documents.nouns import Capture, Version, id_of
from sayso.documents.parsed import parsed
from sayso.errors import InputError

_TEXTS = ("lang", "title", "outlet", "url", "author", "published", "published_from")
_KNOWN = {"id", "text", *_TEXTS}
_NOT_STORABLE = {0: " ", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def row(capture: Capture) -> Iterator[Version | InputError]:
    """The Version of one row; before it an InputError for each field that was left out as wrong.

    The text stays as given, so that offsets hold; only NUL and half surrogate pairs, which no store can keep, are
    replaced one for one.
    """
    try:
        given = parsed(capture.body, capture.name)
    except InputError as error:
        yield error
        return
    if not isinstance(given, dict):
        yield InputError(capture.name, "is not a JSON object with a text")
        return
    text = given.get("text")
    if not isinstance(text, str) or not text.strip():
        yield InputError(capture.name, "has no text")
        return
    fields: dict[str, Any] = {key: given[key] for key in _TEXTS if given.get(key) is not None}
    for key, reason in _wrong(fields):
        del fields[key]
        yield InputError(capture.name, f"{key} left out: {reason}")
    yield _version(capture, given, fields)


def _version(capture: Capture, given: dict[str, Any], fields: dict[str, str]) -> Version:
    if "published" in fields:
        fields.setdefault("published_from", "given")
    fields.setdefault("lang", "und")
    extra = {key: value for key, value in given.items() if key not in _KNOWN}
    own = _own_id(given)
    return Version(
        id=id_of(capture, fields.get("url")) if own is None else own,
        text=given["text"].translate(_NOT_STORABLE),
        digest=capture.digest,
        extra=extra,
        **fields,
    )


def own_id(capture: Capture) -> str | None:
    """The id that a row brings; None for one without, or that is no row."""
    try:
        given = parsed(capture.body, capture.name)
    except InputError:
        return None
    return _own_id(given) if isinstance(given, dict) else None


def _own_id(given: dict[str, Any]) -> str | None:
    identity = given.get("id")
    return None if identity in (None, "") or isinstance(identity, dict | list) else str(identity)


def _wrong(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Fields that are not what they should be, each with the reason."""
    found = [(key, "it is not a string") for key, value in fields.items() if not isinstance(value, str)]
    published = fields.get("published")
    if isinstance(published, str) and iso(published) is None:
        found.append(("published", f"{published[:40]!r} is not an ISO 8601 date"))
    return found


def iso(moment: str | None) -> str | None:
    """An ISO 8601 date or date-time in its usual form, or None when `moment` is neither."""
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(moment or "").isoformat()
        except ValueError:
            continue
    return None
