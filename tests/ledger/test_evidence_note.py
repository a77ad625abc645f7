"""Signed notes, checkpoints and keys."""

from __future__ import annotations

import base64
import multiprocessing
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import LedgerError
from sayso.ledger.evidence import keys
from sayso.ledger.evidence.note import Checkpoint, Signer, Verifier, opened, parsed
from sayso.ledger.lock import only_writer

ORIGIN = "sayso/0011223344556677"
TEXT = "a text\n\nof two paragraphs\n"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = Signer(ORIGIN, KEY)
VERIFIER = Verifier.from_vkey(SIGNER.vkey)
NOTE = SIGNER.sign(TEXT)
PUBLISHED = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
"""A key line that the documentation of another implementation publishes: its id is computed as ours are."""


def test_a_note_opens_with_its_key() -> None:
    assert opened(NOTE, [VERIFIER]) == TEXT
    assert VERIFIER.vkey == SIGNER.vkey
    assert Verifier.from_vkey(PUBLISHED).vkey == PUBLISHED


def test_other_signatures_beside_it_say_nothing() -> None:
    witness = Signer("witness.example/w1", Ed25519PrivateKey.generate())
    both = NOTE + witness.sign(TEXT).rpartition("\n\n")[2]
    assert opened(both, [VERIFIER]) == opened(both, [Verifier.from_vkey(witness.vkey)]) == TEXT
    assert [name for name, _, _ in parsed(both)[1]] == [ORIGIN, "witness.example/w1"]


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (NOTE.replace("two", "ten"), "does not fit"),
        (Signer(ORIGIN, Ed25519PrivateKey.generate()).sign(TEXT), "no known key"),
        (Signer("another", KEY).sign(TEXT), "no known key"),
        (NOTE.rstrip("\n"), "no signed note"),
        (TEXT, "no signature line"),
        (NOTE + "more\n", "no signature line"),
        (NOTE.replace("\u2014", "-"), "no signature line"),
        (NOTE + "\n", "no signed note"),
        (NOTE.replace("of", "o\x00"), "no signed note"),
        ("", "no signed note"),
    ],
)
def test_what_is_not_signed_does_not_open(note: str, why: str) -> None:
    with pytest.raises(LedgerError, match=why):
        opened(note, [VERIFIER])


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_changed_byte_passes(place: int, change: int) -> None:
    raw = bytearray(NOTE.encode())
    raw[place] ^= change
    changed = raw.decode(errors="replace")
    with pytest.raises(LedgerError):
        opened(changed, [VERIFIER])


@given(st.text(max_size=80))
def test_any_text_is_a_note_or_refused(text: str) -> None:
    with pytest.raises(LedgerError):
        opened(text, [VERIFIER])
    with pytest.raises(LedgerError):
        Verifier.from_vkey(text)


@pytest.mark.parametrize("text", ["no line end", "", "a tab\t\n", "half \ud800\n", "\x7f\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(LedgerError, match="control characters"):
        SIGNER.sign(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\n", "no\u00a0break", "half\ud800"])
def test_a_name_that_no_line_can_hold_is_refused(name: str) -> None:
    with pytest.raises(LedgerError, match="cannot name a key"):
        Signer(name, KEY)


@pytest.mark.parametrize(
    "vkey",
    [
        SIGNER.vkey.replace(ORIGIN, "another"),
        SIGNER.vkey[:-2],
        f"{ORIGIN}+00000000+{SIGNER.vkey.rpartition('+')[2]}",
        f"{ORIGIN}+{base64.b64encode(b'x' * 33).decode()}",
    ],
)
def test_a_miscopied_key_line_is_refused(vkey: str) -> None:
    with pytest.raises(LedgerError):
        Verifier.from_vkey(vkey)


@given(st.integers(0, 2**62), st.binary(min_size=32, max_size=32), st.lists(st.from_regex(r"[a-z ]+", fullmatch=True)))
def test_a_checkpoint_comes_back(size: int, root: bytes, extra: list[str]) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root, tuple(extra))
    assert Checkpoint.parse(opened(SIGNER.sign(checkpoint.text()), [VERIFIER])) == checkpoint


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", f"a\n01\n{ROOT}\n", f"a\n-1\n{ROOT}\n", "a\n1\nAAAA\n", f"a\n1\n{ROOT}", f"\n1\n{ROOT}\n",
     f"a\n1\n{ROOT}\n\nmore\n", f"a\n1\n{ROOT[:-2]}\n", f"a\n{'9' * 40}\n{ROOT}\n", f"a\n١\n{ROOT}\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(LedgerError, match="no checkpoint"):
        Checkpoint.parse(text)


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "of me" / "key.pem"
    monkeypatch.setenv("SAYSO_KEY", str(path))
    return path


def test_a_key_is_made_once(key: Path) -> None:
    first = keys.signer(ORIGIN)
    assert keys.signer(ORIGIN).vkey == first.vkey
    assert keys.signer("another").vkey.rpartition("+")[2] == first.vkey.rpartition("+")[2]
    assert list(key.parent.iterdir()) == [key]
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600


def make(path: str, out: multiprocessing.SimpleQueue[str]) -> None:
    os.environ["SAYSO_KEY"] = path
    out.put(keys.signer(ORIGIN).vkey)


def test_two_processes_make_one_key(key: Path) -> None:
    context = multiprocessing.get_context("spawn")
    out = context.SimpleQueue()
    both = [context.Process(target=make, args=(str(key), out)) for _ in range(2)]
    for one in both:
        one.start()
    found = {out.get() for _ in both}
    for one in both:
        one.join()
    assert found == {keys.signer(ORIGIN).vkey}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_key_that_others_may_read_is_refused(key: Path) -> None:
    keys.signer(ORIGIN)
    key.chmod(0o644)
    with pytest.raises(LedgerError, match="chmod 600"):
        keys.signer(ORIGIN)


def test_what_is_no_key_of_ours_is_refused(key: Path) -> None:
    elliptic = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key.parent.mkdir()
    for content in (b"", b"some words", elliptic):
        key.write_bytes(content)
        key.chmod(0o600)
        with pytest.raises(LedgerError, match="set SAYSO_KEY"):
            keys.signer(ORIGIN)


def test_a_place_where_no_key_can_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "file" / "key.pem"))
    with pytest.raises(LedgerError, match="set SAYSO_KEY"):
        keys.signer(ORIGIN)


def test_logs_are_known_by_the_key_told_last(key: Path) -> None:
    newer = Signer(ORIGIN, Ed25519PrivateKey.generate()).vkey
    assert keys.trusted(ORIGIN) is None
    for vkey in (SIGNER.vkey, SIGNER.vkey, newer):
        keys.trust(ORIGIN, vkey)
        assert keys.trusted(ORIGIN) == vkey
    assert key.with_name("known_logs").read_text().splitlines() == [SIGNER.vkey, newer]
    assert keys.trusted("another") is None
    with pytest.raises(LedgerError, match="another log"):
        keys.trust("another", newer)


def test_a_damaged_file_of_known_logs_is_told(key: Path) -> None:
    keys.trust(ORIGIN, SIGNER.vkey)
    known = key.with_name("known_logs")
    known.write_text(f"# logs\n\n{known.read_text()[:-9]}")
    with pytest.raises(LedgerError, match="key line"):
        keys.trusted(ORIGIN)


def test_logs_are_known_while_the_folder_of_the_key_is_a_ledger_being_written(key: Path) -> None:
    key.parent.mkdir()
    with only_writer(key.parent, 1.0):
        keys.trust(ORIGIN, SIGNER.vkey)
    assert keys.trusted(ORIGIN) == SIGNER.vkey
