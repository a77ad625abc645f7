"""Articles that come in any portions, in any order, changed or withdrawn, give the links of a run over all of them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.linking.article import Annotated, from_row
from sayso.linking.relink import Entry, relink
from sayso.models import margin
from sayso.models.weights import Floats


@dataclass
class Shelf:
    kept: dict[tuple[str, str], bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)

    def recall(self, kind: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        return {digest: self.kept[kind, digest] for digest in digests if (kind, digest) in self.kept}

    def remember(self, kind: str, found: Mapping[str, bytes]) -> None:
        self.new += [kind] * len(found)
        self.kept |= {(kind, digest): one for digest, one in found.items()}

    def forget(self, used: Mapping[str, Sequence[str]]) -> None:
        wanted = {(kind, digest) for kind, digests in used.items() for digest in digests}
        self.kept = {key: one for key, one in self.kept.items() if key in wanted}


@dataclass
class Archive:
    rows: dict[str, dict]
    loaded: list[str] = field(default_factory=list)

    def entries(self) -> list[Entry]:
        return [
            Entry(id, row["published"], hashlib.sha256(json.dumps(row).encode()).hexdigest())
            for id, row in self.rows.items()
        ]

    def load(self, ids: Sequence[str]) -> list[Annotated]:
        self.loaded += ids
        return [from_row(self.rows[id]) for id in ids]


class Words:
    """Stands in for the encoder: texts with the same words lie near each other."""

    name = "words"

    def embed(self, texts: Sequence[str]) -> Floats:
        rows = np.array([sum(map(self._word, text.split()), np.zeros(64)) for text in texts]).reshape(len(texts), 64)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)

    def _word(self, word: str) -> Floats:
        return np.random.default_rng(zlib.crc32(word.encode())).normal(size=64)


@pytest.fixture(autouse=True)
def background(monkeypatch: pytest.MonkeyPatch) -> None:
    bank = np.random.default_rng(1).normal(size=(40, 64))
    monkeypatch.setattr(
        margin, "bank", lambda _: np.asarray(bank / np.linalg.norm(bank, axis=1, keepdims=True), np.float32)
    )


EVENTS = (
    ("Arvell", "harbour bridge closed after storm", "pillars"),
    ("Brennick", "bakers protest against dearer flour", "tonnes"),
    ("Colvara", "museum shows golden masks again", "visitors"),
)
PEOPLE = (("Mira Holt", "Jonas Ek"), ("Lena Ostrom", "Otto Brandt"), ("Ines Palma", "Yusuf Demir"))


def row(id: str, event: int, people: Sequence[int], number: int, day: int) -> dict:
    (town, what, unit), text = EVENTS[event], ""
    told, counted = [], []
    text = f"{town} {what}, seen by {' and '.join(PEOPLE[event])} of {town}."
    for who in people:
        content = f"{town} {what} with {number} {unit}"
        said = f" {PEOPLE[event][who]} said that {content}."
        start, at = len(text) + said.index(content), len(text) + said.index(f" {number} ") + 1
        told.append({"source": [], "cue": [], "content": [[start, start + len(content)]], "type": "indirect",
                     "speaker": PEOPLE[event][who]})  # fmt: skip
        counted.append({"span": [at, at + len(str(number))], "value": number, "unit": unit, "qualifier": "exact"})
        text += said
    return {"id": id, "text": text, "title": f"{town}: {what}", "lang": "en", "published": f"2024-05-{day:02}",
            "outlet": f"Outlet {id}", "attributions": told, "figures": counted}  # fmt: skip


ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.integers(0, 1), max_size=3), st.integers(11, 14), st.integers(1, 9)),
    min_size=1,
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.lists(st.integers(0, 9), max_size=10), st.data())
def test_portions_give_what_one_run_gives(facts, removed, data):
    rows = {f"a{i}": row(f"a{i}", *fact) for i, fact in enumerate(facts)}
    order = data.draw(st.permutations(list(rows)))
    shelf, archive = Shelf(), Archive({})
    for id in order:
        archive.rows[id] = rows[id]
        if data.draw(st.booleans()):
            shelf.forget(relink(archive, shelf, Words()).used)
    for place in removed:
        archive.rows.pop(f"a{place}", None)
    found = relink(archive, shelf, Words())
    whole = relink(Archive(dict(sorted(archive.rows.items()))), None, Words())
    assert found.links == whole.links
    assert found.names == whole.names


def test_one_more_article_looks_into_its_own_story_only():
    rows = {f"a{i}": row(f"a{i}", i % 3, [0, i % 2], 11 + i % 3, 1) for i in range(9)}
    shelf, archive = Shelf(), Archive(rows)
    relink(archive, shelf, Words())
    archive.loaded.clear()
    shelf.new.clear()
    rows["late"] = row("late", 0, [0], 11, 2)
    found = relink(archive, shelf, Words())
    (story,) = [story for story in found.links.stories if "late" in story.articles]
    assert len(story.articles) == 4
    assert set(archive.loaded) == set(story.articles)
    assert sorted(shelf.new) == ["near", "offer", "part", "speakers", "within"]


def test_an_article_told_anew_changes_its_links():
    rows = {f"a{i}": row(f"a{i}", 0, [0], 11, 1) for i in range(3)}
    shelf, archive = Shelf(), Archive(rows)
    before = relink(archive, shelf, Words()).links
    rows["a1"] = row("a1", 0, [0], 14, 1)
    after = relink(archive, shelf, Words()).links
    assert not before.conflicts
    assert after.conflicts
    assert after == relink(archive, None, Words()).links


def test_the_same_articles_again_cost_no_look():
    archive, shelf = Archive({f"a{i}": row(f"a{i}", i % 3, [0, 1], 12, 1) for i in range(6)}), Shelf()
    first = relink(archive, shelf, Words())
    archive.loaded.clear()
    again = relink(archive, shelf, Words())
    assert (again.links, again.names, archive.loaded) == (first.links, first.names, [])
