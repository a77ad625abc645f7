"""Revisits: captures of bytes that an archive holds once, under the address or the time of another capture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sayso.documents.nouns import Capture, Record
from sayso.documents.warcs import fields as warc_fields
from sayso.documents.warcs.digests import agrees, is_checkable
from sayso.documents.warcs.recorded import split
from sayso.documents.warcs.records import Stored

MOST = 10_000
"""Revisits of one archive that are looked up; those behind them are counted as not read."""
_KEPT = {"warc-ip-address", "warc-record-id"}
_Key = tuple[str | None, ...]


@dataclass(slots=True)
class Revisits:
    """The revisit records of one archive whose payloads were not come by yet."""

    waiting: dict[str, Stored] = field(default_factory=dict)
    """By the name of the record."""
    _names: dict[_Key, list[str]] = field(default_factory=dict)

    def add(self, one: Stored) -> bool:
        """Keep a revisit record for later; False when it names no payload, or there are too many."""
        digest = _value(one, "WARC-Payload-Digest")
        known = digest and is_checkable(digest) and warc_fields.target(one.fields) and warc_fields.moment(one.fields)
        if not known or len(self.waiting) == MOST:
            return False
        self.waiting[one.name] = one
        for key in ((digest,), _moment(_value(one, "WARC-Refers-To-Target-URI"), _value(one, "WARC-Refers-To-Date"))):
            self._names.setdefault(key, []).append(one.name)
        return True

    def of(self, one: Stored) -> list[Stored]:
        """The revisits to the payload of a record, which are then no longer kept."""
        digest = _value(one, "WARC-Payload-Digest")
        place = _moment(warc_fields.target(one.fields), _value(one, "WARC-Date"))
        near = dict.fromkeys(name for key in ((digest,), place) for name in self._names.get(key, ()))
        found = [self.waiting[name] for name in near if name in self.waiting and _is_of(self.waiting[name], one)]
        for again in found:
            del self.waiting[again.name]
        return found


def _is_of(revisit: Stored, one: Stored) -> bool:
    """Whether the payload of a record is the one that a revisit names; writers differ in how they write digests."""
    digest = _value(revisit, "WARC-Payload-Digest") or ""
    return digest == _value(one, "WARC-Payload-Digest") or agrees(digest, split(one.block)[1])


def _value(one: Stored, name: str) -> str | None:
    return warc_fields.value(one.fields, name)


def _moment(target: str | None, date: str | None) -> _Key:
    return target, date and warc_fields.moment((("WARC-Date", date),))


def revisited(first: Capture, revisits: list[Stored]) -> Iterator[Capture]:
    """The captures that revisits to the bytes of `first` stand for."""
    for one in revisits:
        target, moment = warc_fields.target(one.fields), warc_fields.moment(one.fields)
        if first.record is None or target is None or moment is None:
            continue
        kept = tuple((name, value) for name, value in one.fields if name.lower() in _KEPT)
        record = Record(first.record.kind, kept, split(one.block)[0] or first.record.head, first.record.raw)
        yield replace(first, name=one.name, captured=moment, url=target, record=record)
