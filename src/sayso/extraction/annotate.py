"""Annotate: from a version, or a line of JSON, to its reading. Needs nothing but what it is given."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sayso.documents.limits import LONGEST_TEXT
from sayso.documents.nouns import Capture, Version
from sayso.documents.parsed import parsed
from sayso.documents.read import versions
from sayso.errors import InputError
from sayso.extraction.agency import agency
from sayso.extraction.bounds import TooMany
from sayso.extraction.dates.dateline import dateline
from sayso.extraction.dates.day import day
from sayso.extraction.nouns import Reading
from sayso.extraction.read import TAGGER, read
from sayso.extraction.rows import row as row_of
from sayso.languages.detect import UNKNOWN, detect, language
from sayso.models.tagger import Tagger

REQUIRED = ("id", "text")


def settled(version: Version) -> Version:
    """The version with its language, and with day and outlet from the dateline, where they were not given."""
    lang = version.lang if version.lang != UNKNOWN else language(version.text, version.lang_declared)
    version = replace(version, lang=lang, outlet=version.outlet or agency(version.text))
    day = None if version.published else dateline(version.text, lang)
    return replace(version, published=day, published_from="dateline") if day else version


def readings(
    capture: Capture | InputError, tagger: Tagger | None = TAGGER
) -> list[InputError | tuple[Version, Reading]]:
    """All versions of a capture, settled, with their readings; what could not be read stands between them."""
    if isinstance(capture, InputError):
        return [capture]
    return [v if isinstance(v, InputError) else taken(v, capture.name, tagger) for v in versions(capture)]


def taken(version: Version, name: str, tagger: Tagger | None = TAGGER) -> InputError | tuple[Version, Reading]:
    """The version, settled, with its reading; or why it, of the capture `name`, cannot be read."""
    if wrong := _too_long(version.text):
        return InputError(name, f"its {wrong}")
    version = settled(version)
    try:
        return version, reading(version, tagger)
    except TooMany as error:
        return InputError(name, f"its {error}")


def _too_long(text: str) -> str | None:
    if len(text) <= LONGEST_TEXT:
        return None
    return f"text has {len(text):,} characters; up to {LONGEST_TEXT:,} are read of one article: split it"


def reading(version: Version, tagger: Tagger | None = TAGGER) -> Reading:
    """What was found in a settled version; without a tagger by the rules alone. Raises TooMany."""
    return read(version.text, version.lang, version.published, version.title, version.outlet, tagger)


def line(text: str) -> tuple[str, str | None]:
    """One line of `sayso annotate` and its error: the row with what was found, or with `error` and nothing lost."""
    try:
        text.encode()
        row = parsed(text)
    except UnicodeEncodeError:
        return _failed(text, "not valid UTF-8")
    except InputError as error:
        return _failed(text, error.reason)
    if not isinstance(row, dict):
        return _failed(row, "not an object with id and text")
    done = annotated(row)
    return _written(done), done.get("error")


def _failed(line: object, reason: str) -> tuple[str, str]:
    return json.dumps({"error": reason, "line": line}), reason


def annotated(row: dict[str, Any]) -> dict[str, Any]:
    """One row with more fields; unknown fields pass through, fields of an earlier run are replaced."""
    wrong = _wrong(row)
    if wrong:
        return {**row, "error": wrong}
    text = row["text"]
    lang = row.get("lang") or detect(text)
    published = day(row["published"], lang) if row.get("published") else dateline(text, lang)
    try:
        found = row_of(read(text, lang, published, row.get("title"), row.get("outlet")))
    except TooMany as error:
        return {**row, "error": str(error)}
    kept = {k: v for k, v in row.items() if k != "error"}
    return {**kept, **found, "lang": lang, "published": row.get("published") or published}


def _wrong(row: dict[str, Any]) -> str | None:
    """What stands against reading a row, in one sentence."""
    missing = [name for name in REQUIRED if row.get(name) is None]
    if missing:
        return f"needs {' and '.join(missing)}"
    if not isinstance(row["text"], str):
        return "text must be a string"
    if wrong := _too_long(row["text"]):
        return wrong
    for name in ("lang", "published", "title", "outlet"):
        if row.get(name) is not None and not isinstance(row[name], str):
            return f"{name} must be a string or null"
    return None


def _written(row: dict[str, Any]) -> str:
    try:
        line = json.dumps(row, ensure_ascii=False)
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(row)
    return line
