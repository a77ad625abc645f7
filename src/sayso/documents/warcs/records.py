"""Records: the records of a WARC or ARC file one by one. What is broken is told, and its neighbours are still read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from sayso.documents.limits import LARGEST
from sayso.documents.warcs import arc
from sayso.documents.warcs import fields as warc_fields
from sayso.documents.warcs.digests import agrees, is_checkable
from sayso.documents.warcs.fields import Fields
from sayso.documents.warcs.source import Source
from sayso.errors import InputError

_WARC = re.compile(rb"WARC/\d{1,2}\.\d{1,3}\r?\n[A-Za-z]")
_OPENING = re.compile(rb"\s*WARC/\d|[A-Za-z][A-Za-z0-9+.-]{1,20}:[^\n]{1,4000} \d{8,17} [^\n]{1,200}\n")
_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_OPENING = 64
_STEPS = (4096, 1 << 18)
"""Bytes in which the end of a header is looked for, one after the other."""
_MOST_TORN = 8
_FIRST = 1 << 16


@dataclass(frozen=True, slots=True)
class Stored:
    """One record of a web archive whose bytes are as its header says."""

    name: str
    """The archive's name, the record's number, from 1, and what it is of."""
    where: str
    """Where in the file it begins, for people."""
    fields: Fields
    block: bytes
    is_whole: bool
    """False for a record of more than 50 MB, of whose block only the first 64 KB are here."""


def records(file: IO[bytes], name: str) -> Iterator[Stored | InputError]:
    """The records of the WARC or ARC file `file`, gzipped or not, which can be sought; InputErrors for what is broken.

    Checked are lengths, the named fields that the standard demands, block digests, gzip. After something broken reading
    goes on at the next place that begins like a record.
    """
    yield from _Walk(file, name)


class _Walk:
    """One way through a file."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._source, self._name = Source(file, _OPENING), name
        self._number = 0
        self._told: str | None = None
        """The damage that was told already."""
        is_arc = arc.OPENING.match(self._source.peek(_FIRST))
        self._pattern, self._longest = (arc.RECORD, arc.LONGEST) if is_arc else (_WARC, _LONGEST_OPENING)
        self._is_arc = bool(is_arc)

    def __iter__(self) -> Iterator[Stored | InputError]:
        source = self._source
        while True:
            source.at += _newlines(source.peek(_FIRST))
            start = source.at
            head = source.peek(self._longest)
            if not head:
                if source.damage is None:
                    return
                if source.damage != self._told:
                    yield InputError(self._name, f"{source.damage}; what is packed there is not read")
                if not source.leap():
                    return
            elif self._pattern.match(head):
                self._number += 1
                yield from self._record(start)
            elif head[0] not in b"\r\n":
                yield InputError(self._name, f"no record begins at {source.where(start)}: {head[:20]!r}")
                source.find(self._pattern, self._longest)

    def _record(self, start: int) -> Iterator[Stored | InputError]:
        where = self._source.where(start)
        header = self._header()
        if header is None:
            # What begins before has no end either, or only after a header longer than any.
            self._source.at = start + max(1, len(self._source.peek(_STEPS[-1])) - _FIRST)
            yield self._refused(where, (), "its header has no end")
            self._source.find(self._pattern, self._longest)
            return
        version, fields, wrong = arc.parsed(header) if self._is_arc else warc_fields.parsed(header)
        wrong += [] if self._is_arc else warc_fields.wrong(version, fields)
        if wrong:
            yield self._refused(where, fields, "; ".join(wrong[:3]))
        size = warc_fields.length(fields)
        if size is None:
            self._source.find(self._pattern, self._longest)
        else:
            yield self._block(where, fields, size)

    def _block(self, where: str, fields: Fields, size: int) -> Stored | InputError:
        source = self._source
        start = source.at
        is_whole = size <= LARGEST
        block = source.take(size) if is_whole else source.peek(_FIRST)
        wrong = self._ends(start, start + size)
        if wrong is None and is_whole and not self._has_digest(fields, block):
            # A length that is too large may have swallowed the next record.
            found = self._pattern.search(block)
            if found:
                source.back(start + found.start())
            return self._refused(where, fields, "its bytes are not those of its WARC-Block-Digest")
        if wrong:
            if source.back(start):
                source.find(self._pattern, self._longest)
            return self._refused(where, fields, wrong)
        return Stored(self._named(fields), where, fields, block, is_whole)

    def _header(self) -> bytes | None:
        """The bytes up to the end of the header, which are passed; None when it has no end."""
        if self._is_arc:
            line = self._source.peek(arc.LONGEST).partition(b"\n")[0]
            return self._source.take(len(line) + 1)
        for length in _STEPS:
            seen = self._source.peek(length)
            end = _END.search(seen)
            if end and (torn := self._torn(seen[: end.start()])):
                self._source.at += torn
                return seen[:torn]
            if end:
                self._source.at += end.end()
                return seen[: end.start()]
        return None

    def _torn(self, header: bytes) -> int | None:
        """Where in a header that breaks off, also in the middle of a line, the header of the next record begins."""
        starts = [found.start() for found in self._pattern.finditer(header, 1)]
        for start in starts[: -_MOST_TORN - 1 : -1]:
            _, fields, _ = warc_fields.parsed(header[start:])
            if all(warc_fields.value(fields, name) for name in warc_fields.REQUIRED):
                return start
        return None

    def _ends(self, start: int, end: int) -> str | None:
        """Go to where the block ends, and say what is wrong with it, if anything."""
        source = self._source
        size = end - start
        if not source.skip(end):
            there = f"only {source.at - start:,} of the {size:,} bytes that its header tells are there"
            self._told = source.damage
            return f"it breaks off: {there}" + (f", since {source.damage}" if source.damage else "")
        if source.opened(start, end):
            return f"its Content-Length of {size:,} reaches into the next record"
        after = source.peek(self._longest)
        lines = _newlines(after)
        if source.torn is not None and source.torn < end and not after[lines:]:
            self._told = source.damage
            return source.damage
        if after[:lines].count(b"\n") >= (1 if self._is_arc else 2) or self._pattern.match(after[lines:]):
            return None
        return None if not after[lines:] else f"it does not end where its Content-Length of {size:,} says"

    def _has_digest(self, fields: Fields, block: bytes) -> bool:
        digest = warc_fields.value(fields, "WARC-Block-Digest")
        return digest is None or not is_checkable(digest) or agrees(digest, block)

    def _named(self, fields: Fields) -> str:
        of = warc_fields.target(fields)
        return f"{self._name}#{self._number}" + (f" {of}" if of else "")

    def _refused(self, where: str, fields: Fields, why: str) -> InputError:
        return InputError(self._named(fields), f"is not a sound record, at {where}: {why}")


def _newlines(found: bytes) -> int:
    return len(found) - len(found.lstrip(b"\r\n"))
