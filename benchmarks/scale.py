"""Linking at the size of an archive: made-up articles with ten statements each, one more article, and hard cases.

python benchmarks/scale.py 1000 3000 10000    # link so many articles, and then one more
python benchmarks/scale.py --hard             # copies, one speaker, nobody, nothing
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sayso import workspace
from sayso.documents.nouns import Capture, Version
from sayso.extraction.nouns import Reading
from sayso.ledger.ledger import Ledger
from sayso.linking.article import from_row
from sayso.models.margin import BACKGROUND

Row = dict[str, Any]
LANGUAGES = ("en", "en", "en", "fr", "de", "es", "ru", "ar")
SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
EVENTS = (
    "ferry accident",
    "bridge collapse",
    "warehouse fire",
    "flood",
    "strike",
    "election",
    "storm",
    "trial",
    "summit",
)
STATEMENTS, FACTS, LONGEST = 10, 14, 60


def rows(count: int, seed: int = 7) -> Iterator[Row]:
    """Articles as `sayso annotate` writes them: stories of one to sixty articles, in six languages."""
    chance = random.Random(seed)
    sentences = {lang: _sentences(lang) for lang in set(LANGUAGES)}
    made = 0
    while made < count:
        story = _Event(chance, sentences)
        for _ in range(min(count - made, LONGEST, int(chance.paretovariate(0.9)))):
            yield story.article(f"a{made}")
            made += 1


def _sentences(lang: str) -> list[list[str]]:
    """Sentences of the background as lists of words; so the vocabulary is that of real texts."""
    lines = (BACKGROUND / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    return [words for line in lines if 6 <= len(words := line.strip().rstrip(".").split()) <= 30]


class _Event:
    """One event: a place, people, a day, and what they say, per language."""

    def __init__(self, chance: random.Random, sentences: dict[str, list[list[str]]]) -> None:
        self._chance, self._sentences = chance, sentences
        self._name, self._town, self._day = chance.choice(EVENTS), self._word(), chance.randrange(1, 365)
        self._people = [f"{self._word()} {self._word()}" for _ in range(5)]
        self._facts: dict[str, list[tuple[str, list[str]]]] = {}

    def _word(self) -> str:
        return "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(2, 3))).capitalize()

    def article(self, id: str) -> Row:
        lang = self._chance.choice(LANGUAGES)
        facts = self._facts.setdefault(lang, [self._fact(lang) for _ in range(FACTS)])
        title = f"{self._name.capitalize()} – {self._town}: {self._people[0]}"
        told: list[Row] = []
        counted: list[Row] = []
        text = f"{title}."
        for who, words in self._chance.sample(facts, STATEMENTS):
            content = " ".join(word for word in words if self._chance.random() > 0.04)
            number = self._chance.choice((20, 20, 20, 30))
            start = len(text) + len(who) + 3
            text += f" {who}: {content} {self._town} {number} people."
            span = [start, len(text) - 1]
            found: Row = {"source": [[start - len(who) - 2, start - 2]], "cue": [], "content": [span]}
            told.append({**found, "type": "indirect", "speaker": who, "score": 0.9})
            at = span[1] - len(f"{number} people")
            counted.append({"span": [at, span[1]], "value": number, "unit": "people", "qualifier": "exact"})
        day = time.strftime("%Y-%m-%d", time.gmtime(1_700_000_000 + 86400 * (self._day + self._chance.randrange(3))))
        return {"id": id, "title": title, "text": text, "lang": lang, "published": day, "outlet": f"Outlet {id[-1]}",
                "attributions": told, "figures": counted}  # fmt: skip

    def _fact(self, lang: str) -> tuple[str, list[str]]:
        """What one of the people says: the first half of one sentence and the second half of another."""
        first, second = self._chance.choices(self._sentences[lang], k=2)
        return self._chance.choice(self._people), first[: len(first) // 2 + 1] + second[len(second) // 2 :]


def measure(count: int) -> None:
    """Read so many articles into a ledger as they are, link them, then one more."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = workspace.open_ledger(folder)
        made = list(rows(count + 1))
        _put(ledger, made[:-1])
        before = time.process_time()
        whole = _timed(lambda: workspace.relink(ledger))
        busy = time.process_time() - before
        stories = len(workspace.stories(ledger))
        _put(ledger, made[-1:])
        more = _timed(lambda: workspace.relink(ledger))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
    figures = f"{whole:.0f} s | {busy:.0f} s | {more:.1f} s | {peak:.1f} GiB | {size:.0f} MiB"
    print(f"| {count:,} | {count * STATEMENTS:,} | {stories:,} | {figures} |", flush=True)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _put(ledger: Ledger, made: list[Row]) -> None:
    """Articles with their readings into the ledger, as `sayso read` would put them."""
    with ledger.writer() as writer, writer.batch():
        for row in made:
            told = from_row(row)
            capture = Capture(told.id, json.dumps(row).encode(), "application/json", "2024-01-01T00:00:00Z")
            about = told.title, told.outlet, None, None, told.published
            version = Version(told.id, told.text or "", told.lang, capture.digest, *about)
            writer.add(capture, version, Reading(told.lang, told.attributions, told.figures))


def hard() -> None:
    """Time what an archive may hold and an algorithm may not like."""
    one = next(rows(1))
    cases = {
        "a thousand copies of one article": [{**one, "id": f"c{i}"} for i in range(1000)],
        "a thousand articles of one word": [{"id": f"w{i}", "text": "Yes.", "lang": "en"} for i in range(1000)],
        "5,000 statements by one speaker in two articles": [_talk("t1", 2500), _talk("t2", 2500)],
        "a thousand articles without speakers and dates": [_bare(row) for row in rows(1000)],
        "5,000 names in one story": [_crowd("n1", 2500), _crowd("n2", 2500)],
    }
    for name, made in cases.items():
        links: dict[str, Any] = {}
        lines = [json.dumps(row) for row in made]
        seconds = _timed(lambda lines=lines, links=links: links.update(workspace.link(lines)[0]))  # type: ignore[misc]
        told = ", ".join(f"{len(links[kind])} {kind}" for kind in ("stories", "threads", "duplicates"))
        print(f"| {name} | {seconds:.0f} s | {told} |")


def _talk(id: str, count: int) -> Row:
    """One speaker who says much; every other sentence stands in both articles."""
    told: list[Row] = []
    text = "The speech of Mira Holt in Arvell."
    for i in range(count):
        content = f"point {i if i % 2 else f'{i} of {id}'} of the plan for Arvell costs {i + 10} coins"
        span = [len(text) + 12, len(text) + 12 + len(content)]
        told.append({"source": [], "cue": [], "content": [span], "type": "indirect", "speaker": "Mira Holt"})
        text += f" Holt said: {content}."
    return {"id": id, "title": "The speech of Mira Holt in Arvell", "text": text, "lang": "en", "attributions": told}


def _crowd(id: str, count: int) -> Row:
    """Every statement by somebody else."""
    chance = random.Random(id)
    row = _talk(id, count)
    for one in row["attributions"]:
        one["speaker"] = " ".join("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))
    return row


def _bare(row: Row) -> Row:
    told = [{**one, "speaker": None, "source": []} for one in row["attributions"]]
    return {**row, "published": None, "attributions": told}


if __name__ == "__main__":
    if "--hard" in sys.argv[1:]:
        hard()
    for asked in sys.argv[1:]:
        if asked.isdecimal():
            measure(int(asked))
