"""The ledger's speed and safety on generated articles: writing beside readers, kill -9, search.

python benchmarks/ledger.py [--versions 20000] [--kills 20]
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from multiprocessing.synchronize import Event
from pathlib import Path

import numpy as np

from sayso.documents.nouns import Capture, Version
from sayso.engines.groups import groups
from sayso.errors import LedgerError
from sayso.extraction.nouns import Attribution, Figure, Reading
from sayso.ledger.ledger import Ledger
from sayso.ledger.nouns import Embeddings, Hit
from sayso.text.span import Span

LETTERS = {"en": "etaoinshrdlu", "ar": "ايلمنورتبةعد", "ru": "оеаинтсрвлкм", "de": "enisratdhulg"}
WORDS_PER_TEXT = 300
READERS = 8
SIZE = 384

Article = tuple[Capture, Version, Reading]


def vocabulary(lang: str, size: int = 20_000) -> list[str]:
    draw = random.Random(lang)
    return ["".join(draw.choices(LETTERS[lang], k=draw.randint(2, 11))) for _ in range(size)]


def articles(seed: int = 0) -> Iterator[Article]:
    """Endless invented articles of 300 words, words as frequent as in real texts (Zipf), four languages in turn."""
    draw = random.Random(seed)
    words = {lang: vocabulary(lang) for lang in LETTERS}
    weights = np.cumsum(1 / np.arange(1, 20_001)).tolist()
    number = 0
    while True:
        for lang in LETTERS:
            text = " ".join(draw.choices(words[lang], cum_weights=weights, k=WORDS_PER_TEXT))
            if lang == "ar" and number % 8 == 1:
                text += " والوزير"
            id_ = f"{seed}-{number}"
            capture = Capture(f"{id_}.txt", f"{id_} {text}".encode(), "text/plain", "2026-01-01T00:00:00+00:00")
            yield (
                capture,
                Version(id_, text, lang, capture.digest, title=text[:60], outlet=f"Outlet {number % 7}"),
                READING,
            )
            number += 1


def _attribution(i: int) -> Attribution:
    start = 100 * i
    content = (Span(start + 15, start + 90),)
    return Attribution((Span(start, start + 9),), (Span(start + 10, start + 14),), content, "direct", f"Speaker {i}")


READING = Reading(
    "und",
    tuple(_attribution(i) for i in range(8)),
    tuple(Figure(Span(50 * i, 50 * i + 3), 1000 * i, "votes") for i in range(5)),
)


def write(ledger: Ledger, coming: Iterator[Article], count: int) -> str:
    """Versions written a second, and a second of the writer's own processor time; in groups, as the workspace does."""
    drawn = list(islice(coming, count))
    start, busy = time.perf_counter(), time.process_time()
    for group in groups(drawn, lambda article: len(article[0].body)):
        with ledger.writer() as writer, writer.batch():
            for article in group:
                writer.add(*article)
    took, worked = time.perf_counter() - start, time.process_time() - busy
    return f"{count / took:,.0f} versions/s ({count / worked:,.0f} per CPU-second)"


def poll(folder: str, stop: Event, tally: multiprocessing.SimpleQueue[tuple[int, int]]) -> None:
    """A reader: a new view every 100 ms, counts and one search in each."""
    ledger, views, errors = Ledger(Path(folder)), 0, 0
    while not stop.is_set():
        try:
            with ledger.view() as view:
                view.counts()
                view.search('"والوزير"', limit=5)
                views += 1
        except LedgerError:
            errors += 1
        time.sleep(0.1)
    tally.put((views, errors))


@contextlib.contextmanager
def readers(ledger: Ledger, count: int) -> Iterator[Callable[[], tuple[int, int]]]:
    """Runs `count` readers; the function given tells the number of views and of errors, after they have stopped."""
    context = multiprocessing.get_context("spawn")
    stop, tally = context.Event(), context.SimpleQueue()
    running = [context.Process(target=poll, args=(str(ledger.folder), stop, tally)) for _ in range(count)]
    for process in running:
        process.start()
    time.sleep(2)
    totals: list[tuple[int, int]] = []
    yield lambda: (sum(views for views, _ in totals), sum(errors for _, errors in totals))
    stop.set()
    for process in running:
        totals.append(tally.get())
        process.join()


def killed(folder: Path, seed: int) -> bool:
    """One trial: a writer killed at a random moment; whether the ledger then is whole and writable."""
    command = [sys.executable, __file__, "--write-into", str(folder), "--seed", str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.5))
    process.send_signal(signal.SIGKILL)
    told = len(process.communicate()[0].splitlines())
    with Ledger(folder).writer() as writer:
        writer.add(*next(articles(seed=1_000_000)))
    with Ledger(folder).view() as view:
        pairs = [(version, reading) for version, reading in view.articles() if version.id.startswith(f"{seed}-")]
        whole = all(view.capture(v.digest).digest == v.digest and r == READING for v, r in pairs)
    with contextlib.closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
    return whole and told <= len(pairs) <= told + 1 and sound == "ok"


def endlessly(folder: Path, seed: int) -> None:
    """What a killed writer did: prints a line for each version kept."""
    with Ledger(folder).writer() as writer:
        print("ready", flush=True)
        for article in articles(seed):
            writer.add(*article)
            print(article[1].id, flush=True)


def latency(ask: Callable[[], list[Hit]], times: int = 15) -> tuple[int, float, float]:
    """Hits, median and largest time in ms."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        hits = ask()
        taken.append((time.perf_counter() - start) * 1000)
    return len(hits), statistics.median(taken), max(taken)


def searches(ledger: Ledger) -> Iterator[tuple[str, tuple[int, float, float]]]:
    english = vocabulary("en")
    queries = {
        "rare word": english[15_000],
        "common word": english[20],
        "commonest word": english[0],
        "two common words": f"{english[20]} {english[30]}",
        "quoted phrase": f'"{english[0]} {english[1]}"',
        "Arabic word inside others": "«الوزير»",
        "word that is nowhere": "zzzzzzz",
    }
    with ledger.view() as view:
        for name, query in queries.items():
            yield name, latency(partial(view.search, query, limit=20))
        vector = np.random.default_rng(1).normal(size=SIZE)
        yield "by meaning", latency(partial(view.nearest, vector, "bench", 20), times=5)


def embed(ledger: Ledger, count: int) -> None:
    draw = np.random.default_rng(0)
    with ledger.writer() as writer, writer.batch():
        for _, version, _ in islice(articles(), count):
            vectors = draw.normal(size=(1, SIZE)).astype(np.float32)
            writer.put_embeddings(version.id, Embeddings("bench", (Span(0, 100),), vectors))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--versions", type=int, default=20_000)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--write-into", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.write_into:
        endlessly(chosen.write_into, chosen.seed)
        return
    with tempfile.TemporaryDirectory() as outer:
        measure(Path(outer), chosen.versions, chosen.kills)


def measure(outer: Path, versions: int, kills: int) -> None:
    ledger, coming = Ledger(outer / "news"), articles()
    alone = versions // 2
    print(f"| writing, no readers | {write(ledger, coming, alone)} |")
    with readers(ledger, READERS) as totals:
        rate = write(ledger, coming, versions - alone)
    views, errors = totals()
    print(f"| writing beside {READERS} readers | {rate}, {views:,} views, {errors} errors |")
    embed(ledger, versions)
    size = ledger.path.stat().st_size / 2**20
    print(f"| size | {size:,.0f} MiB for {versions:,} versions of {WORDS_PER_TEXT} words |")
    for name, (hits, median, longest) in searches(ledger):
        print(f"| search: {name} | {hits} hits, median {median:.1f} ms, longest {longest:.1f} ms |")
    good = sum(killed(outer / f"kill-{seed}", seed) for seed in range(1, kills + 1))
    print(f"| kill -9 at a random moment | {good} of {kills} whole |")


if __name__ == "__main__":
    main()
