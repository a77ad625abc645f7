"""Declared digests: whether bytes are those of which an archive wrote down a digest, in any of the usual spellings."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable

_KNOWN = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def is_checkable(digest: str) -> bool:
    """Whether `digest` ("sha1:…") names an algorithm that is known here."""
    return _algorithm(digest) in _KNOWN


def agrees(digest: str, found: bytes) -> bool:
    """Whether `digest`, in hexadecimal, base 32 or base 64, is the one of `found`; its algorithm must be checkable."""
    return agrees_with(digest, (found,))


def agrees_with(digest: str, pieces: Iterable[bytes]) -> bool:
    """As `agrees`, of bytes that come in pieces."""
    made = hashlib.new(_algorithm(digest), usedforsecurity=False)
    for piece in pieces:
        made.update(piece)
    return made.digest() in _spelled(digest.partition(":")[2].strip(), made.digest_size)


def _algorithm(digest: str) -> str:
    return digest.partition(":")[0].strip().lower().replace("-", "")


def _spelled(value: str, length: int) -> list[bytes]:
    """What a value may stand for; only readings of `length` bytes."""
    bare = value.rstrip("=")
    found: list[bytes] = []
    for read in (
        bytes.fromhex,
        lambda text: base64.b32decode(text.upper() + "=" * (-len(text) % 8)),
        lambda text: base64.b64decode(text + "=" * (-len(text) % 4), validate=True),
        lambda text: base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True),
    ):
        try:
            found.append(read(bare))
        except (ValueError, binascii.Error):
            continue
    return [one for one in found if len(one) == length]
