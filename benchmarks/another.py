"""What is told as another text at an address, and what as an edit: python benchmarks/another.py [../shared]

Unlike texts: pairs of different articles, of one outlet where the set has outlets. Edits: those that `edits.py` plants,
and articles of which one, two or three sentences stay while another article's take the place of the rest.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from edits import cut, plant, texts

from sayso.documents.nouns import Capture, Version
from sayso.documents.read import versions
from sayso.linking.edits.another import FEWEST, is_another, runs

MOST = 1500  # pairs of an outlet or a set
LANGUAGES = ("ar", "es", "fa", "fr", "it", "pt", "ru", "tr", "uk", "zh")

Pairs = list[tuple[str, str]]


def main(shared: Path) -> None:
    chance = random.Random(1)
    print("unlike texts                        pairs  judged  told as another text")
    for name, pairs in unlike(shared / "data", chance):
        judged = [pair for pair in pairs if min(len(runs(text)) for text in pair) >= FEWEST]
        told = sum(is_another(*pair) for pair in judged)
        print(f"{name:34} {len(pairs):6}  {len(judged):6}  {told:6}  {told / max(1, len(judged)):.1%}")
    print("\nedits                               pairs          told as another text  least share of runs left")
    for name, pairs in edited(texts(shared), chance).items():
        told = sum(is_another(*pair) for pair in pairs)
        least = f"{min(map(left, pairs), default=0):.1%}"
        print(f"{name:34} {len(pairs):6}          {told:6}  {told / max(1, len(pairs)):5.1%}  {least:>20}")


def left(pair: tuple[str, str]) -> float:
    """The share of the shorter text's runs that the other one has too."""
    one, other = map(runs, pair)
    return len(one & other) / max(1, min(len(one), len(other)))


def unlike(data: Path, chance: random.Random) -> Iterator[tuple[str, Pairs]]:
    """Sets of pairs of different articles."""
    yield "pages, one outlet", _pairs(_pages(data / "pages"), chance)
    polnear: dict[str, list[str]] = defaultdict(list)
    for row in (*_rows(data, "attribution/polnear.train"), *_rows(data, "attribution/polnear.dev")):
        polnear[row["id"].split("_")[0]].append(row["text"])
    yield "PolNeAR, one outlet", _pairs(polnear.values(), chance)
    yield "Wikinews (German)", _pairs([[row["text"] for row in _rows(data, "attribution/wikinews-de.train")]], chance)
    for lang in LANGUAGES:
        yield lang, _pairs([[row["text"] for row in _rows(data, f"attribution/{lang}.dev")]], chance)


def edited(found: dict[str, list[str]], chance: random.Random) -> dict[str, Pairs]:
    """Pairs of an article and what became of it."""
    pairs: dict[str, Pairs] = {"planted": [], **{f"{count} sentences stay": [] for count in (3, 2, 1)}}
    for lang, articles in found.items():
        for before, other in zip(articles, (*articles[1:], *articles[:1]), strict=True):
            own, others = _sentences(before, lang), _sentences(other, lang)
            if planted := plant(before, lang, list(others), chance, noise=True):
                pairs["planted"].append((planted.before, planted.after))
            for count in (3, 2, 1) if len(articles) > 1 else ():
                mixed = [*chance.sample(own, count), *others]
                chance.shuffle(mixed)
                pairs[f"{count} sentences stay"].append((before, " ".join(mixed)))
    return pairs


def _sentences(text: str, lang: str) -> list[str]:
    return [sentence for line in cut(text, lang) for sentence in line]


def _pairs(groups: Iterable[list[str]], chance: random.Random) -> Pairs:
    found = []
    for group in groups:
        pairs = list(combinations(group, 2))
        found += chance.sample(pairs, min(MOST, len(pairs)))
    return found


def _pages(folder: Path) -> Iterable[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.html.gz")):
        url = f"https://{path.name[:2]}.example/{path.name}"
        capture = Capture(path.name, gzip.decompress(path.read_bytes()), "text/html", "2026-01-01T00:00:00+00:00", url)
        outlet = path.name.rsplit("_", 3)[0]
        found[outlet] += [one.text for one in versions(capture) if isinstance(one, Version)]
    return found.values()


def _rows(data: Path, name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared")
