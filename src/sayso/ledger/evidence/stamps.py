"""Time stamps of checkpoints: an authority outside says that the signed note was there at a time (RFC 3161).

What is stamped is the SHA-256 of the whole note, signatures included. The authority's answer is kept as it came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from sayso.errors import LedgerError

if TYPE_CHECKING:
    from types import ModuleType

    from rfc3161_client import TimeStampResponse

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = (0, 1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority said of a note."""

    at: str
    """ISO 8601 date-time, UTC."""
    authority: str
    """Whom the certificate that signed names as its issuer; it says so itself unless `checked`."""
    checked: bool
    """Whether its signature leads to a root certificate that was given."""


def request(note: str) -> bytes:
    """The request for a stamp of `note` (DER, a TimeStampReq), as authorities take it. Raises LedgerError."""
    client = _client()
    builder = client.TimestampRequestBuilder().data(note.encode()).hash_algorithm(client.HashAlgorithm.SHA256)
    return bytes(builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes())


def stamped(response: bytes, note: str, roots: Sequence[bytes] = (), asked: bytes | None = None) -> Stamp:
    """What the authority's answer (DER, a TimeStampResp) says of `note`.

    `roots`: certificates (PEM) that its signature must lead to, when there are any; `asked`: the request (DER), whose
    nonce the answer must repeat. Raises LedgerError when it is no stamp of this note, or not signed under a root.
    """
    found = _decoded(response)
    imprint = found.tst_info.message_imprint
    digest = hashlib.sha256(note.encode()).digest()
    if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != digest:
        raise LedgerError("the time stamp is one of other bytes than this checkpoint's note")
    if asked is not None and found.tst_info.nonce != _nonce(asked):
        raise LedgerError("the time stamp answers another request: its nonce is not the one that was sent")
    if roots:
        _check(found, digest, roots)
    at = found.tst_info.gen_time.astimezone(UTC).isoformat(timespec="seconds")
    signers = sorted(one.issuer.rfc4514_string() for one in found.signed_data.signer_infos)
    return Stamp(at, "; ".join(signers) or "no name", bool(roots))


def imprint(response: bytes) -> bytes:
    """The digest (SHA-256, 32 bytes) of the note that an authority's answer stamps. Raises LedgerError."""
    return bytes(_decoded(response).tst_info.message_imprint.message)


def _decoded(response: bytes) -> TimeStampResponse:
    try:
        found: TimeStampResponse = _client().decode_timestamp_response(response)
        if found.status in _GRANTED:
            found.tst_info.gen_time  # noqa: B018  (raises where the answer holds no stamp)
            return found
        reason = " ".join(found.status_string)
    except ValueError as error:
        raise LedgerError("this is no answer of a time stamp authority (RFC 3161, a .tsr file)") from error
    raise LedgerError(f"the authority gave no time stamp (status {found.status}): {reason or 'it does not say why'}")


def _check(found: TimeStampResponse, digest: bytes, roots: Sequence[bytes]) -> None:
    from cryptography.x509 import load_pem_x509_certificates

    client = _client()
    try:
        # Only these: what comes with the answer links to them, but is never a root itself.
        trusted = [one for pem in roots for one in load_pem_x509_certificates(pem)]
    except ValueError as error:
        raise LedgerError(f"the root certificates are not in PEM: {error}") from error
    try:
        client.VerifierBuilder(roots=trusted).build().verify(found, digest)
    except (client.VerificationError, ValueError) as error:
        why = str(error).split(": ErrorStack")[0]
        raise LedgerError(f"the time stamp is not signed under the root certificates given: {why}") from error


def _nonce(asked: bytes) -> int | None:
    parsed: int | None = _client()._rust.parse_timestamp_request(asked).nonce
    return parsed


def _client() -> ModuleType:
    try:
        import rfc3161_client
    except ImportError as error:
        raise LedgerError("time stamps need the package rfc3161-client: pip install 'sayso[stamps]'") from error
    return rfc3161_client
