"""Floors of figure threads and conflicts on the development stories of ../shared: from records, and as sayso reads."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sayso.extraction.annotate import annotated
from sayso.linking.article import from_row
from sayso.linking.figures.conflicts import conflicts
from sayso.linking.figures.join import figure_threads
from sayso.linking.link import to_json
from sayso.linking.nouns import Links, Story

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
STORIES = SHARED / "data" / "stories"

pytestmark = pytest.mark.skipif(not STORIES.is_dir(), reason="../shared is not here")

OF_RECORDS, AS_READ = 97, 88
FLAGS = 18


def module(path: Path) -> ModuleType:
    spec = util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = util.module_from_spec(spec)
    sys.modules[path.stem] = made
    spec.loader.exec_module(made)
    return made


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (STORIES / f"{name}.dev.jsonl").read_text(encoding="utf-8").splitlines()]


def linked(told: Iterable[dict[str, Any]]) -> Links:
    """Figure threads and conflicts of rows as `annotate` writes them, their stories given."""
    told = list(told)
    stories: dict[str, list[str]] = defaultdict(list)
    for row in told:
        stories[row["story"]].append(row["id"])
    articles = [from_row(row) for row in told]
    threads = figure_threads(articles, [Story(id, "", tuple(ids)) for id, ids in stories.items()])
    return Links(figure_threads=tuple(threads), conflicts=tuple(conflicts(articles, [], threads)))


def said(command: str, gold: str, links: Links, folder: Path) -> str:
    path = folder / "links.json"
    path.write_text(json.dumps(to_json(links)), encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as told:
        getattr(module(SHARED / "eval" / "score.py"), command)(str(STORIES / f"{gold}.dev.jsonl"), str(path))
    return told.getvalue()


@pytest.fixture(scope="module")
def of_records() -> Links:
    counted = defaultdict(list)
    for figure in rows("figures"):
        counted[figure["article"]].append(figure)
    return linked({**row, "text": None, "figures": counted[row["id"]]} for row in rows("articles"))


def test_figure_threads_of_records(of_records: Links, tmp_path: Path) -> None:
    f1 = re.search(r"BCubed .* F1 +([\d.]+)", said("figure_threads", "figures", of_records, tmp_path))
    assert f1 is not None
    assert float(f1[1]) >= OF_RECORDS


def test_conflicts_of_records(of_records: Links, tmp_path: Path) -> None:
    told = said("conflicts", "conflicts", of_records, tmp_path)
    counts = re.search(r"found (\d+) of (\d+); look-alikes wrongly flagged (\d+) .* in all (\d+)", told)
    assert counts is not None
    true, wanted, alike, flags = map(int, counts.groups())
    assert (true, alike) == (wanted, 0)
    assert flags <= FLAGS


def test_figure_threads_as_read() -> None:
    bench = module(ROOT / "benchmarks" / "figure_links.py")
    read = [annotated(row) for row in rows("articles") if row["text"]]
    gold = defaultdict(list)
    for figure in rows("figures"):
        gold[figure["article"]].append(figure)
    wanted = {figure["id"]: figure["thread"] for row in read for figure in gold[row["id"]]}
    matched = {id: place for row in read for id, place in bench.matched(gold[row["id"]], row)}
    thread = {(m.article, m.figure): t.id for t in linked(read).figure_threads for m in t.members}
    groups = {id: thread[matched[id]] if id in matched else id for id in wanted}
    f1 = float(bench.bcubed(wanted, groups).split("F1 ")[1].split()[0])
    assert f1 >= AS_READ
