"""Time stamps of checkpoints, by an authority of the tests' own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from authority import Authority, available
from tests.ledger.ledger_contract import MAYOR, MINISTER

from sayso import workspace
from sayso.errors import InputError, LedgerError
from sayso.ledger.evidence.proof import prove, proven
from sayso.ledger.evidence.stamps import request, stamped
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import Ledger

pytestmark = pytest.mark.skipif(not available(), reason="openssl, which plays the authority, is not here")

NOTE = "a note\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("another"))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "ledger")
    with made.writer() as writer:
        writer.add(*MAYOR)
    return made


def test_a_stamp_says_when_and_who(authority: Authority, another: Authority) -> None:
    asked = request(NOTE)
    answer = authority.answer(asked)
    found = stamped(answer, NOTE, [another.root.read_bytes(), authority.root.read_bytes()], asked)
    assert found.checked
    assert "Roots.example" in found.authority
    assert found.at.endswith("+00:00")
    assert not stamped(answer, NOTE).checked


def test_what_is_no_stamp_of_the_note_is_refused(authority: Authority, another: Authority) -> None:
    asked = request(NOTE)
    answer, roots = authority.answer(asked), [authority.root.read_bytes()]
    for response, note, why in (
        (answer, "another note\n", "other bytes"),
        (answer[:-3], NOTE, "no answer"),
        (b"", NOTE, "no answer"),
        (answer[:-1] + bytes([answer[-1] ^ 1]), NOTE, "not signed under"),
        (another.answer(asked), NOTE, "not signed under"),
    ):
        with pytest.raises(LedgerError, match=why):
            stamped(response, note, roots, asked)
    with pytest.raises(LedgerError, match="another request"):
        stamped(answer, NOTE, roots, request(NOTE))
    with pytest.raises(LedgerError, match="not in PEM"):
        stamped(answer, NOTE, [b"nonsense"])


def test_a_stamp_is_kept_with_its_checkpoint(ledger: Ledger, authority: Authority) -> None:
    answer = authority.answer(workspace.stamp_request(ledger))
    with ledger.writer() as writer:
        writer.add(*MINISTER)
    size, _ = workspace.put_stamp(ledger, answer)
    assert [at for at, _ in workspace.stamps(ledger)] == [size] == [3]
    assert verify(ledger.path).stamps == 1
    checked = verify(ledger.path, roots=[authority.root.read_bytes()])
    assert checked.findings == ()
    assert "the first 3 entries were there at" in checked.notes[0]
    found = proven(prove(ledger.path, "harbour-1"), roots=[authority.root.read_bytes()])
    assert found.size == 3, "a proof is of the earliest checkpoint that is stamped"
    assert found.stamp is not None
    assert found.stamp.checked


def test_a_stamp_under_another_root_is_a_finding(ledger: Ledger, authority: Authority, another: Authority) -> None:
    workspace.put_stamp(ledger, authority.answer(workspace.stamp_request(ledger)))
    (said,) = verify(ledger.path, roots=[another.root.read_bytes()]).findings
    assert "not signed under the root certificates given" in said


def test_a_stamp_of_something_else_is_not_kept(ledger: Ledger, authority: Authority) -> None:
    with pytest.raises(LedgerError, match="any checkpoint of this ledger"):
        workspace.put_stamp(ledger, authority.answer(request(NOTE)))
    with pytest.raises(LedgerError, match="no answer"):
        workspace.put_stamp(ledger, b"nonsense")
    assert workspace.stamps(ledger) == []


@pytest.fixture
def served(authority: Authority) -> Iterator[str]:
    """The authority at an address; it answers as the path says."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            body = {"/large": b"x" * 2_000_000, "/nonsense": b"nonsense"}.get(self.path) or authority.answer(asked)
            self.send_response(404 if self.path == "/nothing" else 200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_authority_that_is_named_is_asked(ledger: Ledger, authority: Authority, served: str) -> None:
    size, stamp = workspace.stamp(ledger, f"{served}/", [authority.root], workspace.fetcher(private=True))
    assert (size, stamp.checked) == (3, True)
    assert verify(ledger.path).findings == ()


@pytest.mark.parametrize(
    ("path", "error", "why"),
    [
        ("/large", InputError, "larger than 1 MB"),
        ("/nothing", InputError, "status 404"),
        ("/nonsense", LedgerError, "no answer of a time stamp authority"),
    ],
)
def test_an_authority_that_answers_otherwise_is_told(
    ledger: Ledger, served: str, path: str, error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        workspace.stamp(ledger, served + path, fetcher=workspace.fetcher(private=True))


def test_an_authority_of_a_private_network_is_asked_only_when_allowed(ledger: Ledger, served: str) -> None:
    with pytest.raises(InputError, match=r"gives no time stamp: it leads to 127\.0\.0\.1.*--allow-private"):
        workspace.stamp(ledger, f"{served}/")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "nonsense", "http://[", "ftp://x.example", "http://a:b@127.0.0.1/"]
)
def test_an_authority_that_cannot_be_asked_is_told(ledger: Ledger, url: str) -> None:
    with pytest.raises(InputError, match="gives no time stamp"):
        workspace.stamp(ledger, url, fetcher=workspace.fetcher(private=True))


def test_an_empty_log_has_nothing_to_stamp(tmp_path: Path) -> None:
    with Ledger(tmp_path).writer():
        pass
    with pytest.raises(LedgerError, match="nothing to stamp"):
        workspace.stamp_request(Ledger(tmp_path))
