"""Nothing breaks the ways in: attacks, hostile collections, any bytes under any name. benchmarks/fuzz.py does more."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import attacks
import pytest
from fuzz import SOUND, record, seeds
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import mutated

from sayso.documents.nouns import Capture
from sayso.documents.read import captures, versions
from sayso.errors import InputError

HOSTILE = Path(__file__).parents[2].parent / "shared" / "data" / "hostile"
SUFFIXES = (
    *(".html", ".txt", ".md", ".json", ".jsonl", ".xml", ".rss", ".atom", ".opml", ".csv", ".tsv", ".warc"),
    *(".warc.gz", ".wacz", ".mhtml", ".parquet", ".html.gz", ""),
)
SLOW = {
    *("gzip bomb as a WARC record", "gzip bomb in HTTP", "brotli bomb in HTTP", "CSV cell of 100 MB"),
    *("JSONL line of 60 MB", "PDF bomb", "zip bomb", "text of 50 MB", 'HTML of 10 MB of "<"', "JSON-LD of 8 MB"),
    *("a million empty chunks' headers", "HTML with a million attributes", "gzip bomb"),
}
"""Attacks that take a second or more, most of it to be made; benchmarks/attacks.py runs them."""
QUICK = [name for name in attacks.ATTACKS if name not in SLOW and not name.startswith("text of")]


def texts_of(path: Path) -> list[str]:
    """The texts that a path holds; every error is one sentence."""
    found: list[str] = []
    for capture in captures(path):
        for item in [capture] if isinstance(capture, InputError) else versions(capture):
            if isinstance(item, InputError):
                assert "\n" not in str(item)
            else:
                found.append(item.text)
    return found


@pytest.fixture(scope="module")
def costs() -> dict[str, list[str]]:
    """What is against how each attack ended, all read by one run of the benchmark."""
    told = subprocess.run(
        [sys.executable, attacks.__file__, "--json", *QUICK], capture_output=True, text=True, timeout=120, check=False
    )
    assert told.stdout, told.stderr
    return {one["name"]: one["wrong"] for one in map(json.loads, told.stdout.splitlines())}


@pytest.mark.parametrize("name", QUICK)
def test_an_attack_takes_no_time_no_memory_and_no_neighbour(name: str, costs: dict[str, list[str]]):
    assert costs[name] == []


def test_the_hostile_collections_give_articles_and_errors():
    if not HOSTILE.exists():
        pytest.skip("../shared/data/hostile is not here")
    files = [path for path in sorted(HOSTILE.rglob("*")) if path.is_file()]
    assert files
    for path in files:
        began = time.process_time()
        texts_of(path)
        assert time.process_time() - began < attacks.LONGEST, path


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_bytes_under_any_name(suffix: str, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("any") / f"input{suffix}"
    sound = [one[:20_000] for kind in seeds().values() for one in kind[:2]]

    @settings(max_examples=60, deadline=None, database=None)
    @given(st.binary(max_size=300) | st.integers(0, 2**32))
    def check(given: bytes | int) -> None:
        draw = random.Random(given) if isinstance(given, int) else None
        path.write_bytes(mutated(draw.choice(sound), draw) if draw else given)
        texts_of(path)

    check()


def between(kind: str, junk: bytes) -> bytes:
    """Any bytes between two sound neighbours, as the format holds them apart."""
    if kind in ("warc", "warc.gz"):
        return record(901, kind.endswith("gz")) + junk + record(902, kind.endswith("gz"))
    line = junk.replace(b"\n", b" ").replace(b"\r", b" ")
    if kind == "jsonl":
        return attacks.rows(line)
    # A quotation mark that is not closed takes in all that follows, and a table is in one encoding: so says the format.
    return attacks.table(line.replace(b'"', b"'").replace(b"\0", b"").decode("utf-8", "ignore").encode())


@pytest.mark.parametrize("kind", ["warc", "warc.gz", "jsonl", "csv"])
def test_sound_neighbours_come_out_whatever_stands_between_them(kind: str, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("between") / f"input.{kind}"
    own = record(5, kind == "warc.gz") if kind.startswith("warc") else json.dumps({"id": "5", "text": "x"}).encode()

    @settings(max_examples=200, deadline=None, database=None)
    @given(st.binary(max_size=200) | st.integers(0, 2**32))
    def check(given: bytes | int) -> None:
        junk = mutated(own, random.Random(given), largest=20_000) if isinstance(given, int) else given
        path.write_bytes(between(kind, junk))
        found = "\n".join(texts_of(path))
        assert all(words in found for words in attacks.NEIGHBOURS)

    check()


@settings(max_examples=50, deadline=None, database=None)
@given(st.binary(max_size=200), st.sampled_from(SUFFIXES))
def test_a_folder_keeps_what_lies_beside_a_broken_file(tmp_path_factory: pytest.TempPathFactory, junk: bytes, end: str):
    folder = tmp_path_factory.mktemp("folder")
    for number in (901, 902):
        (folder / f"{number}.txt").write_text(SOUND.format(n=number))
    (folder / f"901x{end}").write_bytes(junk)
    (folder / "901y.txt.gz").write_bytes(gzip.compress(b"x" * 50)[:-9])
    found = "\n".join(texts_of(folder))
    assert all(words in found for words in attacks.NEIGHBOURS)


def test_captures_of_nothing_are_errors(tmp_path: Path):
    for suffix in SUFFIXES:
        path = tmp_path / f"empty{suffix}"
        path.touch()
        assert not any(isinstance(one, Capture) for one in captures(path)), suffix
