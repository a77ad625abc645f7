"""Signed notes and checkpoints of a log, as C2SP writes them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).

A note is a text, an empty line, and a line for each signature. A checkpoint is a note whose text says how large the
log of an origin is, and what its root is. Signatures are Ed25519.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.errors import LedgerError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LARGEST = 1_000_000
_ED25519 = b"\x01"
_KEY_BYTES = 32
_ID_BYTES = 4
_HASH_BYTES = 32
_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f\ud800-\udfff]+")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs notes under a name. Raises LedgerError for a name with white space or a plus in it."""

    name: str
    private_key: Ed25519PrivateKey

    def __post_init__(self) -> None:
        _checked(self.name)

    @property
    def vkey(self) -> str:
        """The public key as verifiers are told it: name, id and key."""
        return _vkey(self.name, self.private_key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signed note over `text`, which ends with a line end. Raises LedgerError for a text no note can hold."""
        if not text.endswith("\n") or _CONTROL.search(text):
            raise LedgerError("a note's text ends with a line end and holds no control characters")
        public = self.private_key.public_key().public_bytes_raw()
        signed = _key_id(self.name, public) + self.private_key.sign(text.encode())
        return f"{text}\n{_DASH}{self.name} {_to_base64(signed)}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """Knows one public key by name."""

    name: str
    public_key: Ed25519PublicKey

    @classmethod
    def from_vkey(cls, vkey: str) -> Verifier:
        """The verifier that a key line names. Raises LedgerError when it is none, or its id is another key's."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        name, plus, rest = vkey.strip().partition("+")
        id_, plus, packed = rest.partition("+")
        key = _from_base64(packed)
        if not plus or key is None or len(key) != 1 + _KEY_BYTES or key[:1] != _ED25519:
            raise LedgerError(f"{vkey[:80]!r} is no key line: write it as the log gives it, NAME+ID+KEY")
        if id_ != _key_id(_checked(name), key[1:]).hex():
            raise LedgerError(f"{vkey[:80]!r}: the id {id_[:8]} is not that of this name and key: it was miscopied")
        return cls(name, Ed25519PublicKey.from_public_bytes(key[1:]))

    @property
    def id(self) -> bytes:
        """The four bytes that signatures of this key begin with."""
        return _key_id(self.name, self.public_key.public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The key line that `from_vkey` reads."""
        return _vkey(self.name, self.public_key.public_bytes_raw())

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key made the signature (64 bytes) over `text`."""
        from cryptography.exceptions import InvalidSignature

        try:
            self.public_key.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


def opened(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that one of the verifiers signed; signatures of unknown keys say nothing.

    Raises LedgerError when it is no note, a signature of a known key is wrong, or no known key signed it.
    """
    text, signatures = parsed(note)
    known = {(one.name, one.id): one for one in verifiers}
    found = [(known[name, id_], rest) for name, id_, rest in signatures if (name, id_) in known]
    for verifier, signature in found:
        if not verifier.signed(text, signature):
            raise LedgerError(f"the signature of {verifier.name} does not fit the note: text or signature was changed")
    if not found:
        names = ", ".join(f"{name}+{id_.hex()}" for name, id_, _ in signatures)
        raise LedgerError(f"no known key signed the note, which is signed by {names}")
    return text


def parsed(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """A note's text and its signatures: name, key id (4 bytes), signature; nothing is checked with a key.

    Raises LedgerError when it is no note.
    """
    body, gap, tail = note.rpartition("\n\n")
    if len(note) > LARGEST or not gap or not tail.endswith("\n") or _CONTROL.search(note):
        raise LedgerError("this is no signed note: a text, an empty line and signature lines")
    return body + "\n", [_signature(line) for line in tail[:-1].split("\n")]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, packed = line.removeprefix(_DASH).partition(" ")
    signed = _from_base64(packed)
    if not line.startswith(_DASH) or not _NAME.fullmatch(name) or not signed or len(signed) <= _ID_BYTES:
        raise LedgerError(f"this is no signature line of a note: {line[:80]!r}")
    return name, signed[:_ID_BYTES], signed[_ID_BYTES:]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log of `size` leaves commits to: `root` (32 bytes); `extra` lines follow."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...] = ()

    def text(self) -> str:
        """The text of its note."""
        lines = (self.origin, str(self.size), _to_base64(self.root), *self.extra)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint in a note's text. Raises LedgerError when there is none."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _NUMBER.fullmatch(lines[1]):
            raise LedgerError("this is no checkpoint: origin, size and root on lines of their own")
        root = _from_base64(lines[2])
        if root is None or len(root) != _HASH_BYTES:
            raise LedgerError(f"this is no checkpoint: {lines[2][:80]!r} is no root hash")
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:-1]))


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise LedgerError(f"{name[:80]!r} cannot name a key: no white space and no plus")
    return name


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_BYTES]


def _vkey(name: str, public: bytes) -> str:
    return f"{name}+{_key_id(name, public).hex()}+{_to_base64(_ED25519 + public)}"


def _to_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _from_base64(packed: str) -> bytes | None:
    """None when it is not standard base64 as `_to_base64` writes it: one text, one value."""
    try:
        raw = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if _to_base64(raw) == packed else None
