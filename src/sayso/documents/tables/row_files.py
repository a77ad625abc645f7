"""Row files: the rows of JSON and JSONL files, one capture each, so that a row counts once wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO

from sayso.documents.decoding import decode
from sayso.documents.files import given
from sayso.documents.kinds import JSON
from sayso.documents.limits import LARGEST, MEGABYTES
from sayso.documents.nouns import Capture
from sayso.errors import InputError


def of_json(body: bytes, name: str) -> Iterator[Capture | InputError]:
    """Rows of a JSON file: its one object, the elements of its list, or its lines."""
    try:
        text, _ = decode(body, name)
    except InputError as error:
        yield error
        return
    if not text.strip():
        yield InputError(name, "is empty")
        return
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        # Many objects, one a line, under the name of one; or one broken object: then one error says so.
        lines = text.encode("utf-8", "replace").split(b"\n")
        first = next(line for line in lines if line.strip())
        yield from of_lines(lines, name) if first.rstrip().endswith(b"}") else [given(body, name, JSON)]
        return
    if isinstance(whole, list) and not any(isinstance(element, dict) for element in whole):
        yield InputError(name, "is a JSON list without articles")
    elif isinstance(whole, list):
        for number, element in enumerate(whole, 1):
            # The same bytes for the same element, however the file was indented.
            yield given(json.dumps(element, separators=(",", ":")).encode(), f"{name}#{number}", JSON)
    else:
        yield given(text.encode("utf-8", "replace"), name, JSON)


def of_lines(lines: Iterable[bytes], name: str) -> Iterator[Capture | InputError]:
    """One capture a line that is not blank."""
    count = 0
    for number, line in enumerate(lines, 1):
        body = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        count += bool(body)
        if len(line.rstrip(b"\r\n")) > LARGEST:
            yield InputError(f"{name}:{number}", f"is a line of more than {MEGABYTES} MB")
        elif body:
            yield given(body, f"{name}:{number}", JSON)
    if not count:
        yield InputError(name, "is empty")


def lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines of `stream`; of a line that is too long only the beginning, which is too long as well."""
    while line := stream.readline(LARGEST + 1):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(LARGEST + 1)
        yield line
