"""A proof shows by itself that an article's captures and readings are in a log, and no other one does."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledger_contract import MAYOR, MINISTER, OTHER, article

from sayso.documents.nouns import Record
from sayso.errors import LedgerError, NotFound
from sayso.ledger.evidence import keys
from sayso.ledger.evidence.note import Signer
from sayso.ledger.evidence.proof import prove, proven
from sayso.ledger.evidence.standing import standing
from sayso.ledger.ledger import Ledger

URL = "https://dal.example/harbour"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = Ledger(tmp_path_factory.mktemp("proofs"))
    body = MAYOR[0].body
    fetched = Record("response", (), b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(body, mtime=0))
    capture = replace(MAYOR[0], url=URL, record=fetched)
    with made.writer() as writer:
        writer.add(capture, *MAYOR[1:])
        writer.add(*MINISTER)
        for day in range(2, 6):
            writer.add(replace(capture, captured=f"2026-03-0{day}T08:00:00+00:00"), *MAYOR[1:])
        other = replace(capture, body=body + b"\n", captured="2026-03-07T08:00:00+00:00", record=None)
        writer.add(other, replace(MAYOR[1], digest=other.digest), MAYOR[2])
        writer.add(*article("Other words.", "harbour-1", day=9))
        writer.add(*OTHER)
    return made


@pytest.fixture(scope="module")
def proof(ledger: Ledger) -> str:
    return prove(ledger.path, "marsa-1")


def test_a_proof_is_small_and_says_what_it_proves(ledger: Ledger, proof: str) -> None:
    found = proven(proof)
    assert len(proof) < 4000
    assert (found.origin, found.size, found.known) == (standing(ledger.path).origin, standing(ledger.path).size, "own")
    capture, reading = (said for _, said in found.entries)
    assert (capture["kind"], capture["digest"]) == ("capture", MINISTER[0].digest)
    assert (reading["kind"], reading["id"]) == ("reading", "marsa-1")


def test_the_current_version_or_every_one(ledger: Ledger) -> None:
    assert len(proven(prove(ledger.path, "harbour-1")).entries) == 2
    said = [said for _, said in proven(prove(ledger.path, "harbour-1", every=True)).entries]
    assert [one["kind"] for one in said] == ["capture", "reading", "capture", "capture", "repeat", "capture", "reading"]
    times = [str(one["captured"])[:10] for one in said if one["kind"] == "capture"]
    assert times == ["2026-03-01", "2026-03-05", "2026-03-07", "2026-03-09"], "of the same bytes the first and the last"


def test_an_unknown_article_has_none(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="nobody"):
        prove(ledger.path, "nobody")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (MAYOR[0].body, "the file is the body of"),
        (gzip.compress(MAYOR[0].body, mtime=0), "the file is the payload as it came of"),
    ],
)
def test_a_file_is_the_capture(ledger: Ledger, data: bytes, what: str) -> None:
    found = proven(prove(ledger.path, "harbour-1", every=True), ("a file", data))
    assert (found.file or "").startswith(f"{what} {URL}, captured at 2026-03-01")


def test_a_record_cut_out_of_the_archive_is_the_capture(ledger: Ledger) -> None:
    proof = prove(ledger.path, "harbour-1", every=True)
    _, first = proven(proof).entries[0]
    start, end = int(str(first["start"])), int(str(first["start"])) + int(str(first["length"]))
    stored = (ledger.folder / "archive" / str(first["file"])).read_bytes()[start:end]
    assert "is the archived records of" in (proven(proof, ("x.warc.gz", stored)).file or "")
    whole = (ledger.folder / "archive" / str(first["file"])).read_bytes()
    assert "record 2 of the file is the body of" in (proven(proof, ("whole.warc.gz", whole)).file or "")
    again = gzip.compress(gzip.decompress(stored))
    assert "record 2 of the file is the body of" in (proven(proof, ("x.warc.gz", again)).file or "")


@pytest.mark.parametrize("data", [b"", b"other bytes", MAYOR[0].body + b" ", b"WARC/1.1\r\n", b"\x1f\x8b"])
def test_another_file_is_not(ledger: Ledger, data: bytes) -> None:
    with pytest.raises(LedgerError, match="is none of the captures"):
        proven(prove(ledger.path, "harbour-1", every=True), ("a file", data))


@given(st.data())
def test_no_changed_character_goes_unseen(proof: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(proof) - 1))
    changed = proof[:place] + data.draw(st.characters(exclude_characters=proof[place])) + proof[place + 1 :]
    try:
        found = proven(changed)
    except LedgerError:
        return
    assert found == proven(proof)


@given(st.one_of(st.text(), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps)))
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(LedgerError, match="no proof that sayso reads"):
        proven(text)


def edited(proof: str, **fields: object) -> str:
    return json.dumps({**json.loads(proof), **fields})


def test_a_proof_of_nothing_is_refused(proof: str) -> None:
    with pytest.raises(LedgerError, match="is empty"):
        proven(edited(proof, entries=[]))


def test_a_leaf_put_in_is_refused(proof: str) -> None:
    one = json.loads(proof)["entries"][0]
    with pytest.raises(LedgerError, match="is not in the log"):
        proven(edited(proof, entries=[{**one, "leaf": one["leaf"].replace("marsa", "other")}]))
    with pytest.raises(LedgerError, match="is not in the log"):
        proven(edited(proof, entries=[{**one, "entry": one["entry"] + 1}]))


def test_whose_key_it_is_is_told(proof: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vkey = json.loads(proof)["vkey"]
    stranger = Signer(vkey.split("+")[0], Ed25519PrivateKey.generate())
    assert proven(proof, given=[vkey]).known == "given"
    with pytest.raises(LedgerError, match="none of the keys given"):
        proven(proof, given=[stranger.vkey])
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "key.pem"))
    assert proven(proof).known == "unknown"
    assert not list(tmp_path.iterdir()), "checking a proof leaves nothing behind"
    keys.trust(stranger.name, vkey)
    assert proven(proof).known == "known"
    keys.trust(stranger.name, stranger.vkey)
    with pytest.raises(LedgerError, match="this machine knows the log by"):
        proven(proof)


def test_a_proof_signed_by_the_key_of_another_log_is_refused(proof: str) -> None:
    told = json.loads(proof)
    text = told["checkpoint"].rpartition("\n\n")[0] + "\n"
    other = Signer("sayso/another", Ed25519PrivateKey.generate())
    with pytest.raises(LedgerError, match="signed by a key of sayso/another"):
        proven(edited(proof, vkey=other.vkey, checkpoint=other.sign(text)))


@pytest.mark.parametrize("proof", ["", "# a README", "{"])
def test_what_is_no_json_is_told_in_words(proof: str) -> None:
    with pytest.raises(LedgerError, match=r"no proof that sayso reads \(sayso proof 1\): it is no JSON"):
        proven(proof)
