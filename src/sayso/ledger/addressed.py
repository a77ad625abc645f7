"""Addressed: the same bytes at several addresses: which articles a capture of them at one address tells of."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sayso.documents.address import host_of
from sayso.documents.nouns import normal

SAME_ADDRESS = "(id = ?1 OR id > ?1 || '-' AND id < ?1 || '.')"
"""Of the article ?1 or of another text at its address ("?1-2"), by the index; `first_id` tells surely."""


class Given(NamedTuple):
    """A version that bytes gave: its row, the article, and the article's address."""

    number: int
    id: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Addressed:
    """Bytes that were captured: the versions that they gave, and the addresses that they came from (None: a file)."""

    versions: Sequence[Given]
    captures: Sequence[str | None]

    def read(self, url: str | None) -> list[Given]:
        """The versions that these bytes give when they come from `url`; none when that is not known yet.

        At another address they are an article of its own. A file has no address, and adds nothing to what is known.
        """
        named = {_name(one) for one in self.captures} | {_name(one.url) for one in self.versions}
        return self.at(url) if url is None or _name(url) in named else []

    def at(self, url: str | None) -> list[Given]:
        """The versions that a capture at `url` tells of; each version has one capture at least that tells of it.

        A version is told of where its own address gave these bytes. Where that never did, as with entries of a feed or
        a page that names another address, it is by the captures of the same host, or else by those that are no other
        version's own, or by all. What is left for a capture is the versions of its host, or all.
        """
        here, host = _name(url), host_of(url)
        captures = {_name(one): host_of(one) for one in (*self.captures, url)}
        hosts = {*captures.values()} - {""}
        names = [_name(one.url) for one in self.versions]
        others = captures.keys() - {*names} or captures.keys()

        def tells(version: Given, name: str | None) -> bool:
            if name in captures:
                return name == here
            near = host_of(version.url)
            return near == host if near in hosts else here in others

        told = [one for one, name in zip(self.versions, names, strict=True) if tells(one, name)]
        return told or [one for one in self.versions if host_of(one.url) == host] or list(self.versions)


def addressed(connection: sqlite3.Connection, digest: str) -> Addressed:
    """The bytes with this digest."""
    sql = """SELECT number, id, url FROM versions WHERE digest = ?1 UNION
             SELECT number, id, url FROM repeats JOIN versions ON number = version WHERE repeats.digest = ?1"""
    versions = [Given(*row) for row in connection.execute(sql, (digest,))]
    if not versions:
        return Addressed((), ())
    captures = connection.execute("SELECT DISTINCT url FROM records WHERE digest = ?", (digest,))
    return Addressed(versions, [url for (url,) in captures])


def _name(url: str | None) -> str | None:
    return url and (normal(url) or url)
