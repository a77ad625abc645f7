"""Tables: CSV, TSV and Parquet files of articles, one row capture an article, in the form of JSONL."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from sayso.documents.decoding import decode
from sayso.documents.files import given, refused
from sayso.documents.kinds import JSON
from sayso.documents.limits import LARGEST, MEGABYTES
from sayso.documents.nouns import Capture
from sayso.documents.tables.columns import USUAL, found, renamed
from sayso.documents.tables.parquet import parquet_rows
from sayso.errors import InputError

_PARQUET = b"PAR1"
_DELIMITERS = ",;\t|"
_SAMPLE = 100_000
_SAMPLED_ROWS = 20
_LONGEST_ROW = 2_000_000
_MOST_COLUMNS = 10_000
_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n?\Z", re.IGNORECASE)
_SHOWN = 20


def captures_of(file: Path | IO[bytes], name: str, columns: Mapping[str, str]) -> Iterator[Capture | InputError]:
    """A capture of each row of a CSV, TSV or Parquet file (which must be seekable); an InputError for each broken one.

    `columns` maps our fields to the table's columns ("text" to "body"); what it leaves out goes by usual names.
    """
    if isinstance(file, Path):
        try:
            with file.open("rb") as opened:
                yield from captures_of(opened, name, columns)
        except OSError as error:
            yield refused(file, error)
        return
    head = file.read(len(_PARQUET))
    file.seek(0)
    try:
        rows = parquet_rows(file, name) if head == _PARQUET else _csv_rows(file, name)
        yield from _captures(rows, name, columns)
    except InputError as error:
        yield error


def _captures(
    rows: Iterator[tuple[str, dict[str, Any]] | InputError], name: str, columns: Mapping[str, str]
) -> Iterator[Capture | InputError]:
    known = False
    for row in rows:
        if isinstance(row, InputError):
            yield row
            continue
        place, values = row
        if not known and (lack := _lacking(list(values), columns)):
            raise InputError(name, lack)
        known = True
        body = json.dumps(renamed(values, columns), ensure_ascii=False, separators=(",", ":"), default=str)
        if len(body) > LARGEST:
            yield InputError(place, f"is a row of more than {MEGABYTES} MB")
        else:
            yield given(body.encode("utf-8", "replace"), place, JSON)
    if not known:
        yield InputError(name, "is a table without rows that can be read")


def _lacking(names: list[str], columns: Mapping[str, str]) -> str | None:
    """Why a table with these columns cannot be read, and what to do."""
    there = found(names, columns)
    shown = ", ".join(f"“{one[:40]}”" for one in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    for field, column in columns.items():
        if field not in there:
            return f"has no column “{column}” for {field}: its columns are {shown}"
    if "text" not in there:
        usual = ", ".join(USUAL["text"])
        return f"has no column called {usual}: its columns are {shown}; map one of them, as in --column text=NAME"
    return None


def _csv_rows(file: IO[bytes], name: str) -> Iterator[tuple[str, dict[str, Any]] | InputError]:
    csv.field_size_limit(_LONGEST_ROW)
    lines = _Lines(_text_lines(file, name), name)
    delimiter = _delimiter(lines)
    header = next(_records(lines, delimiter, name), None)
    if header is None or isinstance(header, InputError):
        raise header or InputError(name, "is empty")
    names = [one.strip() for one in header[1]]
    if len(names) > _MOST_COLUMNS:
        raise InputError(name, f"is no table of articles: its first line has {len(names):,} columns")
    for record in _records(lines, delimiter, name):
        if isinstance(record, InputError):
            yield record
        elif len(record[1]) != len(names):
            yield InputError(record[0], f"has {len(record[1])} values where the first line names {len(names)} columns")
        else:
            yield record[0], dict(zip(names, record[1], strict=True))


def _records(lines: _Lines, delimiter: str, name: str) -> Iterator[tuple[str, list[str]] | InputError]:
    """Rows with the place where each begins. A row that breaks off costs its first line only."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield InputError(f"{name}:{lines.first}", _broken(str(error)))
            lines.again()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if any(value.strip() for value in values):
            yield f"{name}:{lines.first}", values


def _broken(told: str) -> str:
    if "expected after" in told:
        return "has a quotation mark inside a quoted value; in CSV it must be doubled"
    if "field limit" in told or "end of data" in told:
        return "opens a quotation mark that is not closed"
    return f"is not valid CSV: {told}"


class _Lines:
    """Lines of a file that can be given again from the second line of the row that was begun last."""

    def __init__(self, lines: Iterator[str], name: str) -> None:
        self._lines, self._name = lines, name
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._length = 0
        self.first = 1
        """The number of the line at which the row begins."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._length > _LONGEST_ROW:
            raise csv.Error("field limit")
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self._taken.append(line)
        self._length += len(line)
        return line

    def begin(self) -> None:
        """A row begins with the next line."""
        self.first += len(self._taken)
        self._taken, self._length = [], 0

    def again(self) -> None:
        """All lines of this row but its first one are given again."""
        self._waiting.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]

    def peek(self, characters: int) -> list[str]:
        """The next lines, of about so many characters, which are given again."""
        seen: list[str] = []
        while sum(map(len, seen)) < characters and len(seen) < _SAMPLED_ROWS and (line := next(self._lines, None)):
            seen.append(line)
        self._waiting.extend(seen)
        return seen


def _delimiter(lines: _Lines) -> str:
    """As Excel's first line says, else the one that cuts the first rows into the most columns of the same number."""
    seen = lines.peek(_SAMPLE)
    told = _SEPARATOR.match(seen[0]) if seen else None
    if told:
        next(lines)
        return told[1]

    def fits(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(seen, delimiter=delimiter) if row]
        except csv.Error:
            return 0.0, 0
        return (widths.count(widths[0]) / len(widths), widths[0]) if widths and widths[0] > 1 else (0.0, 0)

    return max(_DELIMITERS, key=fits)


def _text_lines(file: IO[bytes], name: str) -> Iterator[str]:
    """Lines as they stand. A file that is too large to be judged as a whole must be UTF-8, or be marked as UTF-16."""
    body = file.read(LARGEST + 1)
    if len(body) <= LARGEST:
        yield from io.StringIO(decode(body, name)[0], newline="")
        return
    encoding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    del body
    file.seek(0)
    try:
        text = io.TextIOWrapper(file, encoding, newline="")
        yield from iter(lambda: text.readline(_LONGEST_ROW + 1), "")
    except UnicodeDecodeError:
        raise InputError(name, f"is not UTF-8, as a table of more than {MEGABYTES} MB must be: convert it") from None
