"""Quality floors on the development sets, per language, by the scorers of ../shared: what must not get worse.

The floors lie a little under what was measured (benchmarks/RESULTS.md); raise them with what is built.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import time
from functools import cache
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sayso.extraction.annotate import annotated
from sayso.extraction.read import TAGGER, read
from sayso.models.tagger import Tagger

SHARED = Path(__file__).parents[2] / "shared"
DATA = SHARED / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared is not here")

END_TO_END = {"polnear": 70, "ar": 64, "ru": 74, "fr": 77, "es": 74, "wikinews-de": 49}
# Small sets, young packs: a floor against breaking them, no more.
END_TO_END |= {"pt": 72, "it": 62, "tr": 57, "uk": 60, "fa": 70, "zh": 70}
SURFACES = {"en": 97, "ar": 93, "ru": 94, "fr": 94, "es": 90, "de": 94}
FIGURES_IN_ARTICLES = 77
TIMES = 35
TEMPEVAL_VALUE = 77
WORDS_PER_CPU_SECOND = 800
"""Of everything, on a machine that may be busy; and of all but the tagger:"""
WORDS_WITHOUT_TAGGER = 20_000


@cache
def scorer(name: str) -> ModuleType:
    spec = util.spec_from_file_location(name, SHARED / "eval" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / path).read_text(encoding="utf-8").splitlines()]


def bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "lang", "text", "published", "title", "outlet") if row.get(name)}


def table(command: str, gold: str, folder: Path) -> str:
    predicted = folder / "predicted.jsonl"
    predicted.write_text("\n".join(json.dumps(annotated(bare(row))) for row in rows(gold)), encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as said:
        getattr(scorer("score"), command)(str(DATA / gold), str(predicted))
    return said.getvalue()


def measured(pattern: str, said: str) -> float:
    found = re.search(pattern, said, re.MULTILINE)
    assert found is not None, said
    return float(found[1])


@pytest.mark.parametrize(("name", "floor"), END_TO_END.items())
def test_attributions_end_to_end(name: str, floor: float) -> None:
    gold = rows(f"attribution/{name}.dev.jsonl")
    report = scorer("score_attributions").score(gold, [annotated(bare(row)) for row in gold])
    assert 100 * report["end_to_end/all"]["f1"] >= floor


@pytest.mark.parametrize(("lang", "floor"), SURFACES.items())
def test_values_of_figures(lang: str, floor: float, surfaces: str) -> None:
    assert measured(rf"^{lang} .*?  R *([\d.]+)", surfaces) >= floor


@pytest.fixture(scope="module")
def surfaces(tmp_path_factory: pytest.TempPathFactory) -> str:
    return table("figures", "figures/surfaces.dev.jsonl", tmp_path_factory.mktemp("surfaces"))


def test_figures_in_articles(tmp_path: Path) -> None:
    assert measured(r"^all .*?F1 *([\d.]+)", table("figures", "figures/articles.dev.jsonl", tmp_path)) >= (
        FIGURES_IN_ARTICLES
    )


def test_times(tmp_path: Path) -> None:
    said = table("times", "figures/times.jsonl", tmp_path)
    assert measured(r"value .*?hit (\d+)", said) >= TIMES
    said = table("times", "figures/tempeval3_platinum.jsonl", tmp_path)
    assert measured(r"value .*?F1 *([\d.]+)", said) >= TEMPEVAL_VALUE


@pytest.mark.parametrize("lang", ["ar", "ru", "fr", "es"])
@pytest.mark.parametrize(("tagger", "floor"), [(TAGGER, WORDS_PER_CPU_SECOND), (None, WORDS_WITHOUT_TAGGER)])
def test_words_per_cpu_second(lang: str, tagger: Tagger | None, floor: int) -> None:
    gold = [bare(row) for row in rows(f"attribution/{lang}.dev.jsonl")]
    read(gold[0]["text"], lang, tagger=tagger)
    began = time.process_time()
    for row in gold:
        read(row["text"], lang, row.get("published"), tagger=tagger)
    words = sum(len(re.findall(r"\w+", row["text"])) for row in gold)
    assert words / (time.process_time() - began) >= floor
