"""Verify a ledger, prove an article, and have the log witnessed and stamped from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import InputError, LedgerError
from sayso.workspace import opening

if TYPE_CHECKING:
    from sayso.fetching.fetch import Fetcher
    from sayso.ledger.evidence.proof import Proven
    from sayso.ledger.evidence.stamps import Stamp
    from sayso.ledger.evidence.standing import Standing
    from sayso.ledger.evidence.verify import Verified
    from sayso.ledger.ledger import Ledger
    from sayso.workspace.opening import Progress

_LARGEST_ANSWER = 1_000_000


def verify(
    ledger: Ledger,
    keys: Sequence[str] = (),
    since: Sequence[str | Path] = (),
    roots: Sequence[str | Path] = (),
    quick: bool = False,
    spans: bool = False,
    progress: Progress | None = None,
) -> Verified:
    """Check everything that the ledger's log speaks of, offline; `findings` of the answer are alterations.

    `keys`: key lines that you vouch for; `since`: files with checkpoints from before; `roots`: files with certificates
    (PEM) of time stamp authorities; `quick`: the archive's bytes are not read again; `spans`: every text is made again
    from its capture and every span looked for in it. Raises LedgerError when there is no ledger.
    """
    from sayso.ledger.evidence.verify import verify as verified

    step = progress or (lambda *_: None)
    older, certificates = [_text(path) for path in since], [_bytes(path) for path in roots]
    found = verified(ledger.path, keys, older, certificates, quick, step)
    if not spans:
        return found
    from sayso.workspace.resliced import resliced

    if found.findings:
        why = "since the ledger was altered: spans were not looked for"
        return replace(found, notes=(*found.notes, why))
    again = resliced(ledger, progress)
    told = f"{again.texts} texts were made again from their captures, and {again.spans} spans lie in them"
    return replace(found, findings=tuple(again.findings), notes=(*found.notes, *again.notes, told))


def renew(ledger: Ledger) -> None:
    """Make the search index anew, and forget what else is only kept to be faster, whatever it holds by now.

    Raises LedgerError when there is no ledger.
    """
    with ledger.view():
        pass
    with ledger.writer() as writer:
        writer.renew()


def prove(ledger: Ledger, id: str, every: bool = False) -> str:
    """A file that proves that an article's captures and readings are in the log: of the current or of `every` version.

    `id`: the article's, or the only beginning of it. Raises NotFound, LedgerError.
    """
    from sayso.ledger.evidence.proof import prove as proof_of

    with ledger.view() as view:
        whole = view.version(id).id
    return proof_of(ledger.path, whole, every)


def check_proof(
    proof: str | Path, file: str | Path | None = None, keys: Sequence[str] = (), roots: Sequence[str | Path] = ()
) -> Proven:
    """What the file `proof` proves, checked without any ledger; `file`: what may be a capture that it speaks of.

    Raises InputError for files that cannot be read, LedgerError when something does not hold.
    """
    from sayso.ledger.evidence.proof import proven

    capture = None if file is None else (str(file), _bytes(file))
    return proven(_text(proof), capture, keys, [_bytes(path) for path in roots])


def log(ledger: Ledger) -> Standing:
    """How the log stands: origin, key, size, newest checkpoint, time stamps. Raises LedgerError."""
    from sayso.ledger.evidence.standing import standing

    return standing(ledger.path)


def stamps(ledger: Ledger) -> list[tuple[int, Stamp]]:
    """Size and time stamp of each checkpoint that has one. Raises LedgerError for one that is not of its checkpoint."""
    from sayso.ledger.evidence.stamps import stamped

    return [(size, stamped(stamp, note)) for size, note, stamp in log(ledger).stamped]


def witness(ledger: Ledger, old: str | Path | None = None) -> str:
    """What is posted to a witness (C2SP tlog-witness, add-checkpoint); `old`: file of the checkpoint that it knows."""
    from sayso.ledger.evidence.standing import request

    return request(ledger.path, None if old is None else _text(old))


def stamp_request(ledger: Ledger) -> bytes:
    """The request for a time stamp of the newest checkpoint (RFC 3161, DER). Raises LedgerError."""
    from sayso.ledger.evidence.stamps import request

    return request(_newest(ledger))


def put_stamp(
    ledger: Ledger, response: bytes, roots: Sequence[str | Path] = (), asked: bytes | None = None
) -> tuple[int, Stamp]:
    """Keep an authority's answer (DER) with the checkpoint that it stamps: how many entries that covers, and the stamp.

    Raises LedgerError when it stamps no checkpoint of this ledger, or is not signed under `roots`, if there are any.
    """
    from sayso.ledger.evidence.stamps import imprint, stamped
    from sayso.ledger.evidence.standing import with_digest

    found = with_digest(ledger.path, imprint(response))
    if found is None:
        raise LedgerError("the time stamp is one of other bytes than any checkpoint of this ledger")
    size, note = found
    stamp = stamped(response, note, [_bytes(path) for path in roots], asked)
    with ledger.writer() as writer:
        writer.put_stamp(size, response)
    return size, stamp


def stamp(
    ledger: Ledger, url: str, roots: Sequence[str | Path] = (), fetcher: Fetcher | None = None
) -> tuple[int, Stamp]:
    """Have the newest checkpoint stamped by the authority at `url`: nothing but the digest of the note leaves.

    `fetcher`: who asks it (default: `opening.fetcher`). Raises InputError when it does not answer as it should,
    LedgerError for an answer that is no stamp.
    """
    from sayso.ledger.evidence.stamps import request

    asked = request(_newest(ledger))
    try:
        answer = (fetcher or opening.fetcher()).post(url, asked, "application/timestamp-query", _LARGEST_ANSWER)
    except InputError as error:
        raise InputError(error.name, f"gives no time stamp: it {error.reason}") from None
    return put_stamp(ledger, answer, roots, asked)


def _newest(ledger: Ledger) -> str:
    note = log(ledger).checkpoint
    if not note:
        raise LedgerError("the log is empty: there is nothing to stamp yet")
    return note


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _text(path: str | Path) -> str:
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError:
        raise InputError(str(path), "is no text") from None
