"""`sayso verify` and `sayso log`, as they are typed."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from authority import Authority, available
from tests.ledger.ledger_contract import MAYOR, MINISTER, OTHER

from sayso.interfaces.cli import main
from sayso.ledger.ledger import Ledger


@dataclass
class Typed:
    status: int
    out: str
    err: str


Type = Callable[..., Typed]


@pytest.fixture
def sayso(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger"))
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "mine" / "key.pem"))
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> Typed:
        monkeypatch.setattr(sys, "argv", ["sayso", *words])
        with pytest.raises(SystemExit) as end:
            main()
        return Typed(end.value.code if isinstance(end.value.code, int) else 0, *capsys.readouterr())

    with Ledger(tmp_path / "ledger").writer() as writer:
        for one in (MAYOR, MINISTER, OTHER):
            writer.add(*one)
    return typed


def test_a_ledger_left_alone(sayso: Type) -> None:
    done = sayso("verify")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("Nothing was altered.\n")
    assert "3 captures in 1 file (" in done.out


def test_findings_are_named_one_a_line_with_status_1(sayso: Type, tmp_path: Path) -> None:
    (file,) = (tmp_path / "ledger" / "archive").glob("*.gz")
    file.write_bytes(file.read_bytes()[:-4] + b"xxxx")
    done = sayso("verify")
    assert done.status == 1
    assert "\n1 finding, named on standard error; " in done.out
    assert done.err.startswith(f"sayso: archive/{file.name}: bytes ")
    assert done.err.count("\n") == 1
    told = json.loads(sayso("verify", "--json").out)
    assert [f"sayso: {finding}\n" for finding in told["findings"]] == [done.err]


def test_many_findings_are_counted(sayso: Type, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "ledger" / "ledger.sqlite") as db:
        db.executemany("INSERT INTO retold VALUES (?)", [(f"a{i}",) for i in range(3)])
        db.executemany("INSERT INTO judgements VALUES (?, '', '{}')", [(f"j{i}",) for i in range(120)])
    done = sayso("verify")
    assert done.status == 1
    assert done.err.splitlines()[-1] == "sayso: and 21 more; --json gives all"


def test_spans(sayso: Type, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mayor Dal said the bridge stays shut until May, 30 percent longer than planned.\n")
    assert sayso("read", "a.txt", "--rules", "--ledger", "fresh").status == 0
    done = sayso("verify", "--spans", "--ledger", "fresh")
    assert (done.status, done.err) == (0, "")
    assert "Note: 1 texts were made again from their captures, and " in done.out


def test_a_proof_is_written_and_checked_alone(sayso: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sayso("verify", "--prove", "harbour-1", "-o", "p.json").status == 0
    (tmp_path / "a.txt").write_bytes(MAYOR[0].body)
    vkey = json.loads((tmp_path / "p.json").read_text())["vkey"]
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "nowhere"))
    monkeypatch.setenv("SAYSO_KEY", str(tmp_path / "theirs" / "key.pem"))
    done = sayso("verify", "--proof", "p.json", "a.txt")
    assert (done.status, done.err) == (0, "")
    assert "Proven: the file is the body of harbour-1.txt" in done.out
    assert "a key that this machine does not know" in done.out
    assert "Not proven: when it was" in done.out
    assert "the key that you gave" in sayso("verify", "--proof", "p.json", "--key", vkey).out
    assert json.loads(sayso("verify", "--proof", "p.json", "--json").out)["vkey"] == vkey
    (tmp_path / "a.txt").write_bytes(MAYOR[0].body + b".")
    done = sayso("verify", "--proof", "p.json", "a.txt")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("sayso: a.txt: is none of the captures")


@pytest.mark.parametrize(
    ("name", "url", "says"),
    [
        ("a.warc.gz#1 https://north.example/1", "https://north.example/1", ", as a.warc.gz#1 says; body"),
        ("saved.mhtml", "https://north.example/1", ", as saved.mhtml says; body"),
        ("https://north.example/1", "https://www.north.example/1", "+00:00; body"),
        ("harbour-1.txt", None, "+00:00; body"),
    ],
)
def test_a_proof_tells_who_tells_address_and_time(
    sayso: Type, tmp_path: Path, name: str, url: str | None, says: str
) -> None:
    capture = replace(MAYOR[0], name=name, url=url)
    with Ledger(tmp_path / "proven").writer() as writer:
        writer.add(capture, *MAYOR[1:])
    assert sayso("verify", "--ledger", "proven", "--prove", "harbour-1", "-o", "p.json").status == 0
    (line,) = (line for line in sayso("verify", "--proof", "p.json").out.splitlines() if "captured at" in line)
    assert line.lstrip(" 0123456789:").startswith(url or name)
    assert says in line


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["verify", "--prove", "nobody"], 1, "no article 'nobody'"),
        (["verify", "--proof", "nothing.json"], 1, "nothing.json: cannot be read: no such file"),
        (["verify", "--proof", "ledger/ledger.sqlite"], 1, "is no text"),
        (["verify", "--key", "nonsense"], 1, "is no key line"),
        (["verify", "--since", "nothing"], 1, "nothing: cannot be read"),
        (["verify", "--ledger", "nothing"], 1, "holds no ledger yet"),
        (["verify", "a.txt"], 2, "give --proof FILE"),
        (["verify", "--proof", "a", "--prove", "b"], 2, "give --proof FILE"),
        (["verify", "--renew", "--prove", "b"], 2, "--renew goes with checking the whole ledger"),
        (["log", "--checkpoint", "--witness"], 2, "give one of"),
        (["log", "--old", "x"], 2, "give one of"),
        (["log", "--stamp-response", "nothing"], 1, "nothing: cannot be read"),
        (["log", "--stamp", "http://127.0.0.1:1/"], 1, "gives no time stamp"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(sayso: Type, words: list[str], status: int, says: str) -> None:
    done = sayso(*words)
    assert (done.status, done.out) == (status, "")
    assert says in done.err
    assert done.err.startswith("sayso: ")
    assert done.err.count("\n") == 1


def test_an_altered_search_index_is_found_and_made_anew(sayso: Type, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger" / "ledger.sqlite")) as connection, connection:
        connection.execute("UPDATE words_config SET v = 7")
    found = sayso("verify")
    assert found.status == 1
    assert "the search index is damaged" in found.err
    searched = sayso("search", "Dal", "--no-meaning")
    assert (searched.status, searched.out) == (1, "")
    assert "its search index is damaged: `sayso verify --renew` makes it anew" in searched.err
    assert sayso("verify", "--renew").out.endswith("Nothing was altered.\n")
    assert "harbour-1" in sayso("search", "Dal", "--no-meaning").out


def test_the_log_is_shown_and_a_checkpoint_taken(sayso: Type, tmp_path: Path) -> None:
    done = sayso("log")
    assert "9 entries (3 capture, 3 reading, 3 rest), 3 checkpoints" in done.out
    checkpoint = sayso("log", "--checkpoint").out
    assert done.out.endswith(checkpoint)
    (tmp_path / "old").write_text(checkpoint)
    assert json.loads(sayso("log", "--json").out)["checkpoint"] == checkpoint
    assert sayso("log", "--witness").out == f"old 0\n\n{checkpoint}"
    assert sayso("log", "--witness", "--old", "old").out == f"old 9\n\n{checkpoint}"
    assert sayso("verify", "--since", "old").status == 0


@pytest.mark.skipif(not available(), reason="openssl, which plays the authority, is not here")
def test_a_stamp_is_asked_for_and_kept(sayso: Type, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    assert sayso("log", "--stamp-request", "a.tsq").status == 0
    (tmp_path / "a.tsr").write_bytes(authority.answer((tmp_path / "a.tsq").read_bytes()))
    done = sayso("log", "--stamp-response", "a.tsr", "--roots", str(authority.root))
    assert done.out.startswith("The first 9 entries were there at ")
    assert done.out.endswith("(checked).\n")
    assert "its certificate was not checked" in sayso("log").out
    assert "(checked)" in sayso("verify", "--roots", str(authority.root)).out
