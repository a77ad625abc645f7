"""Keys: the user's own, which signs every log of theirs, and the logs' keys that this machine has come to know.

Both lie in one folder, outside of any ledger: who can only write to a ledger cannot sign for it.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import LedgerError
from sayso.ledger import folders
from sayso.ledger.evidence.note import Signer, Verifier
from sayso.ledger.lock import only_writer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KNOWN = "known_logs"
LOCK_SECONDS = 60.0


def path() -> Path:
    """The file of the private key: $SAYSO_KEY, else `key.pem` in the platform's data folder."""
    from platformdirs import user_data_path

    given = os.environ.get("SAYSO_KEY")
    return Path(given) if given else user_data_path("sayso") / "key.pem"


def signer(origin: str) -> Signer:
    """Signs for the log `origin` with the user's key, which is made on first use.

    Raises LedgerError when the key cannot be made or read, is no Ed25519 key, or may be read by other users.
    """
    file = path()
    with _plainly(file):
        if not file.exists():
            _make(file)
        return Signer(origin, _read(file))


def own(origin: str) -> str | None:
    """The key line of the user's own key for the log; None where there is no key that can be read. Makes none."""
    try:
        return signer(origin).vkey if path().exists() else None
    except LedgerError:
        return None


def trusted(origin: str) -> str | None:
    """The key line that this machine knows the log by, the one told last; None for a log not met before.

    Raises LedgerError when that line is damaged.
    """
    known = path().with_name(KNOWN)
    with _plainly(known):
        lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    last = next((line for line in reversed(lines) if line.startswith(f"{origin}+")), None)
    return None if last is None else Verifier.from_vkey(last).vkey


def trust(origin: str, vkey: str) -> None:
    """Know the log by this key line from now on; older lines stay. Raises LedgerError if it cannot be kept."""
    if Verifier.from_vkey(vkey).name != origin:
        raise LedgerError(f"{vkey}: is the key of another log than {origin}")
    known = path().with_name(KNOWN)
    with _plainly(known):
        folders.make(known.parent)
        # Under a name of its own: the key may lie in a ledger that is being written.
        with only_writer(known.parent, LOCK_SECONDS, KNOWN):
            if trusted(origin) != vkey:
                _append(known, vkey)


def _append(known: Path, line: str) -> None:
    before = known.read_bytes() if known.exists() else b""
    end = b"\n" if before and not before.endswith(b"\n") else b""
    folders.replace(known, before + end + f"{line}\n".encode())


def _make(file: Path) -> None:
    """A new key, in the place of none: of two processes that make one, both go on with the first."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folders.make(file.parent)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(key)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
        folders.sync(file.parent)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _read(file: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise LedgerError(f"{file}: other users may read or write this private key: run `chmod 600 {file}`")
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise LedgerError(f"{file}: is no private key without a password: set SAYSO_KEY to an Ed25519 key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError(f"{file}: is not an Ed25519 key: set SAYSO_KEY to one, or to a file that is to be made")
    return key


@contextmanager
def _plainly(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise LedgerError(f"{file}: cannot be read or made: {reason}; set SAYSO_KEY to a file that can") from error
