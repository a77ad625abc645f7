"""What the log covers by sums (caches, failures, what is watched, counters), and the search index."""

from __future__ import annotations

import base64
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.ledger_contract import MAYOR, MINISTER, article

import sayso.ledger.writer
from sayso.errors import LedgerError
from sayso.ledger import rest, search
from sayso.ledger.digests import canonical
from sayso.ledger.evidence.pages import leads
from sayso.ledger.evidence.verify import verify
from sayso.ledger.ledger import Ledger
from sayso.ledger.nouns import Embeddings
from sayso.ledger.watched import State, Watched
from sayso.ledger.writer import Writer
from sayso.linking.nouns import Links
from sayso.text.span import Span

VECTOR = np.linspace(0, 1, 8, dtype=np.float32)
FEED = State("https://dal.example/feed")


@pytest.fixture
def ledger(three: Ledger) -> Ledger:
    with three.writer() as writer:
        for name, act in ACTS.items():
            if name != "renew":
                act(writer, 1)
    return three


ACTS: dict[str, Callable[[Writer, int], object]] = {
    "read": lambda writer, n: writer.add(*MAYOR, made_by=f"tests {n}"),
    "remember": lambda writer, n: writer.remember("m", {f"sha256:{n}": VECTOR, "sha256:0": VECTOR * n}),
    "embed": lambda writer, n: writer.put_embeddings("harbour-1", Embeddings("m", (Span(0, n),), VECTOR[None])),
    "keep": lambda writer, n: writer.keep("parts", {f"sha256:{n}": bytes(n)}),
    "forget": lambda writer, n: writer.forget({"parts": [f"sha256:{n}"]}),
    "fail": lambda writer, n: writer.add_failure(f"{n}.pdf", "is no PDF"),
    "watch": lambda writer, n: writer.watch([Watched(f"https://dal.example/{n % 2}", "feed", str(n), FEED)]),
    "renew": lambda writer, _: writer.renew(),
}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, 3), st.sampled_from(["", "undone", "inside"]))))
def test_every_writing_moves_the_sums_as_it_moves_the_rows(acts: list[tuple[str, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder))
        with ledger.writer() as writer:
            writer.add(*MAYOR)
            for name, n, how in acts:
                with suppress(ZeroDivisionError), writer.batch():
                    with suppress(ZeroDivisionError), writer.batch():
                        ACTS[name](writer, n)
                        assert how != "inside" or 1 // 0
                    assert how != "undone" or 1 // 0
        with closing(sqlite3.connect(ledger.path)) as connection:
            for table in rest.TABLES:
                assert rest.kept(connection, table) == rest.total(connection, table), table
        assert verify(ledger.path, quick=True).findings == ()


def alter(ledger: Ledger, sql: str) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        assert connection.execute(sql).rowcount > 0


CACHED = {
    "a vector": "UPDATE vectors SET vector = zeroblob(32)",
    "a vector gone": "DELETE FROM vectors WHERE rowid = 1",
    "an embedding": "UPDATE embeddings SET spans = '[[0, 2]]'",
    "what linking kept": "UPDATE kept SET found = x'ff'",
    "a length in the index": "UPDATE words_docsize SET sz = x'0101' WHERE id = 1",
    "a setting of the index": "UPDATE pieces_config SET v = 7",
    "a page of the index": "UPDATE words_data SET block = zeroblob(9) WHERE id > 10",
    "a page of the index gone": "DELETE FROM pieces_data WHERE id > 10",
    "contents of the index": "UPDATE pieces_idx SET term = x'3062' WHERE pgno = 2",
}


@pytest.mark.parametrize("sql", CACHED.values(), ids=CACHED)
def test_an_altered_cache_is_found_and_made_anew(ledger: Ledger, sql: str) -> None:
    alter(ledger, sql)
    (finding,) = verify(ledger.path).findings
    assert re.search("`sayso verify --renew` (makes it anew|lets go of them)$", finding)
    with ledger.writer() as writer:
        writer.add_failure("other.pdf", "is no PDF")
    assert len(verify(ledger.path).findings) == 1, "writing on hides nothing"
    with ledger.writer() as writer:
        writer.renew()
    assert verify(ledger.path).findings == ()
    with ledger.view() as view:
        assert [hit.id for hit in view.search("Dal")] == ["harbour-1"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE failures SET reason = 'is empty'",
        "DELETE FROM failures",
        "UPDATE watched SET due = NULL",
        "UPDATE state SET value = value + 1 WHERE key = 'revision'",
        "INSERT INTO state VALUES ('more', 1)",
    ],
)
def test_what_cannot_be_made_anew_stays_found(ledger: Ledger, sql: str) -> None:
    alter(ledger, sql)
    with ledger.writer() as writer:
        writer.renew()
    (finding,) = verify(ledger.path).findings
    assert "its rows are not those that the log covers" in finding


def test_nobody_writes_on_over_altered_sums(ledger: Ledger) -> None:
    alter(ledger, "UPDATE vectors SET vector = zeroblob(32)")
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("UPDATE sums SET sum = ? WHERE name = 'vectors'", (rest.total(connection, "vectors"),))
    with ledger.writer() as writer, pytest.raises(LedgerError, match="`sums` is not as it was signed"):
        writer.add_failure("other.pdf", "is no PDF")
    with ledger.writer() as writer, pytest.raises(LedgerError, match="`sums` is not as it was signed"):
        writer.renew()
    assert [finding.partition(":")[0] for finding in verify(ledger.path).findings] == ["sums"]


def test_nobody_writes_on_over_an_altered_entry_that_names_the_sums(ledger: Ledger) -> None:
    """Put in for one writing, it would have the owner sign what somebody else did."""
    alter(ledger, "DELETE FROM failures")
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("UPDATE sums SET sum = ? WHERE name = 'failures'", (rest.total(connection, "failures"),))
        leaf = canonical({"kind": "rest", "digest": rest.whole(connection)}).decode()
        last = '(SELECT max(entry) FROM log WHERE leaf GLOB \'*"kind":"rest"*\')'
        connection.execute(f"UPDATE log SET leaf = ? WHERE entry = {last}", (leaf,))
    with ledger.writer() as writer, pytest.raises(LedgerError, match="is not as it was signed"):
        writer.add_failure("other.pdf", "is no PDF")


def test_altered_sums_of_rows_that_nobody_altered_are_put_right(ledger: Ledger) -> None:
    alter(ledger, "UPDATE sums SET sum = zeroblob(256) WHERE name = 'kept'")
    assert len(verify(ledger.path).findings) == 1
    with ledger.writer() as writer:
        writer.renew()
    assert verify(ledger.path).findings == ()


def test_an_alteration_between_two_writings_of_one_writer_is_found(ledger: Ledger) -> None:
    with ledger.writer() as writer:
        writer.add_failure("one.pdf", "is no PDF")
        alter(ledger, "UPDATE watched SET due = NULL")
        writer.add_failure("other.pdf", "is no PDF")
    assert len(verify(ledger.path).findings) == 1


def test_a_trigger_of_another_name_lets_nobody_write(ledger: Ledger) -> None:
    alter_schema = "CREATE TRIGGER sqlitexstat AFTER INSERT ON failures BEGIN UPDATE watched SET due = NULL; END"
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute(alter_schema)
    assert any("the trigger sqlitexstat is none of sayso's" in finding for finding in verify(ledger.path).findings)
    with pytest.raises(LedgerError, match="holds a trigger that is none of sayso's"), ledger.writer():
        pass


def test_names_that_linking_gave_are_not_signed_anew_with_the_next_reading(ledger: Ledger) -> None:
    with ledger.writer() as writer:
        writer.put_links(Links(), {("harbour-1", 0): "Ruth Dal"})
        writer.put_links(Links(), {("harbour-1", 0): "Ruth Dal", ("marsa-1", 0): "Ruth Dal"})
    alter(ledger, "UPDATE speakers SET speaker = 'Liar' WHERE version = 1")
    with ledger.writer() as writer:
        writer.add(*MINISTER, made_by="another")
    assert verify(ledger.path).findings


def test_a_reading_made_anew_signs_no_altered_order_of_versions(ledger: Ledger) -> None:
    alter(ledger, "UPDATE versions SET seen = '2030-01-01T00:00:00+00:00' WHERE number = 1")
    assert verify(ledger.path).findings
    with ledger.writer() as writer:
        writer.add(*MAYOR, made_by="another")
    assert any("seen is" in finding for finding in verify(ledger.path).findings)


def test_a_strange_signature_is_found(ledger: Ledger) -> None:
    line = "— stranger.example/w1 " + base64.b64encode(bytes(68)).decode() + "\n"
    alter(ledger, f"UPDATE checkpoints SET note = note || '{line}' WHERE size = (SELECT max(size) FROM checkpoints)")
    assert "carries a signature that sayso did not put there" in verify(ledger.path).findings[0]


def test_rows_from_before_the_sums_are_covered_from_the_next_writing_on(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("DROP TABLE sums")
        connection.execute("ALTER TABLE versions DROP COLUMN cut")
        connection.execute("DELETE FROM state WHERE key IN ('frontier', 'origin', 'vkey')")
        connection.execute('DELETE FROM log WHERE leaf GLOB \'*"kind":"rest"*\'')
        connection.execute("DELETE FROM checkpoints")
        connection.execute("PRAGMA user_version = 6")
        leaves = [leaf for (leaf,) in connection.execute("SELECT leaf FROM log ORDER BY entry")]
        connection.execute("DELETE FROM log")
    with ledger.writer() as writer, writer.batch():
        for leaf in leaves:
            writer._log.append(json.loads(leaf))
    alter(ledger, "UPDATE vectors SET vector = zeroblob(32)")
    assert any(finding.startswith("vectors: ") for finding in verify(ledger.path).findings)


def test_an_index_of_other_stemmers_is_noted(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "stems", lambda words, lang: [word[:3] for word in words])
    for module in (search, sayso.ledger.writer):
        monkeypatch.setattr(module, "made_by", lambda: "terms 0, PyStemmer 1.0")
    with ledger.writer():
        pass
    monkeypatch.undo()
    found = verify(ledger.path, [_vkey(ledger)])
    assert found.findings == ()
    assert "the search index was made with terms 0, PyStemmer 1.0 and is not compared" in found.notes[0]


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files")
def test_without_room_for_a_comparison_nothing_is_called_altered(ledger: Ledger) -> None:
    with ledger.writer() as writer:
        writer.add(*article(" ".join(f"word{number}" for number in range(5_000)), "long-1"))
    words = [
        sys.executable,
        "-c",
        f"""
import resource, signal
from pathlib import Path
from sayso.errors import LedgerError
from sayso.ledger.evidence.verify import verify
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    print(verify(Path({str(ledger.path)!r})).findings)
except LedgerError as error:
    print(error)
""",
    ]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said.startswith("the search index cannot be checked in the temporary folder (")


def _vkey(ledger: Ledger) -> str:
    with closing(sqlite3.connect(ledger.path)) as connection:
        return str(connection.execute("SELECT value FROM state WHERE key = 'vkey'").fetchone()[0])


def test_an_index_says_truly_what_made_it(ledger: Ledger) -> None:
    """Or an emptied one would pass for one of other stemmers."""
    alter(ledger, "UPDATE state SET value = 'terms 0' WHERE key = 'index'")
    alter(ledger, "DELETE FROM words_data WHERE id > 10")
    assert any(finding.startswith("state: its rows") for finding in verify(ledger.path).findings)


@pytest.mark.parametrize("seed", range(4))
def test_contents_lead_to_every_page_however_it_was_written(seed: int) -> None:
    """Batches of all sizes, few and many words, so that SQLite merges, and has pages to skip."""
    draw = random.Random(seed)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        search.make(connection)
        for _ in _written(connection, draw, vocabulary=(40, 5_000)[seed % 2]):
            assert all(leads(connection, index) for index in search.INDICES)
        connection.execute("INSERT INTO pieces (pieces) VALUES ('optimize')")
        rows = connection.execute("SELECT segid, term, pgno FROM pieces_idx").fetchall()
        for segment, term, page in draw.sample(rows, 20):
            where = "WHERE segid = ? AND term = ? AND pgno = ?"
            connection.execute("SAVEPOINT one")
            connection.execute(f"UPDATE pieces_idx SET pgno = pgno + 1 {where}", (segment, term, page))
            assert not leads(connection, "pieces")
            connection.execute("ROLLBACK TO one")


def _written(connection: sqlite3.Connection, draw: random.Random, vocabulary: int) -> Iterator[None]:
    words = ["".join(draw.choices("abcdefgimнопр", k=draw.randint(1, 9))) for _ in range(vocabulary)]
    number = 0
    for _ in range(25):
        connection.execute("BEGIN")
        for _ in range(draw.choice([1, 10, 120])):
            number += 1
            text = " ".join(draw.choices(words, k=draw.choice([3, 40, 200])))
            for index in search.INDICES:
                connection.execute(f"INSERT INTO {index} (rowid, title, text) VALUES (?, 'the', ?)", (number, text))
        connection.execute("COMMIT")
        yield
