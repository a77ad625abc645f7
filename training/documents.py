"""Documents: annotated texts from every source that may be trained on, in one form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.extraction.nouns import Spans
from sayso.text.markup import Mark, parse
from sayso.text.span import Span

SHARED = Path(__file__).parents[1].parent / "shared" / "data" / "attribution"
OWN = Path(__file__).parent / "paragraphs"
HELD_OUT = 20
"""Every so many-th article of PolNeAR train is kept from training, for the thresholds and the calibration."""
_KINDS = {"c": "asserts", "cd": "denies", "cr": "declines", "ca": "asks", "ce": "expects"}
_SEPARATOR = "\n---\n"


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution; `stance` None where the annotation does not tell it."""

    source: Spans
    cue: Spans
    content: Spans
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated text. `complete`: False where attributions may be missing (derived by rule); `nested`: False where
    the annotation leaves out reports inside reports."""

    id: str
    lang: str
    text: str
    attributions: tuple[Gold, ...]
    complete: bool = True
    nested: bool = True


def documents(name: str) -> list[Document]:
    """A set by its name: polnear, held-out, silver or own. Raises FileNotFoundError where ../shared is absent.

    The development sets and German Wikinews are for evaluation only: nothing here reads them.
    """
    if name in ("polnear", "held-out"):
        rows = _rows(SHARED / "polnear.train.jsonl", "en")
        return [one for i, one in enumerate(rows) if (i % HELD_OUT == 0) == (name == "held-out")]
    if name == "silver":
        return [one for path in sorted((SHARED / "silver").glob("*.jsonl")) for one in _rows(path, path.stem)]
    if name == "own":
        return [one for path in sorted(OWN.glob("*.txt")) for one in own(path)]
    raise ValueError(f"{name}: no set to train on; known are polnear, held-out, silver and own")


def _rows(path: Path, lang: str) -> Iterator[Document]:
    """Rows of a JSONL file; those under a non-commercial licence are passed over."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if not row.get("nc"):
                gold = tuple(map(_gold, row["attributions"]))
                whole, nested = "treebank" not in row, not path.stem.startswith("polnear")
                yield Document(str(row["id"]), row.get("lang", lang), row["text"], gold, whole, nested)


def _gold(one: dict[str, Any]) -> Gold:
    source, cue, content = (tuple(Span(*pair) for pair in sorted(one[name])) for name in ("source", "cue", "content"))
    return Gold(source, cue, content)


def own(path: Path) -> Iterator[Document]:
    """Paragraphs that we wrote, in the notation of the tests; cue kinds carry the stance."""
    for number, marked in enumerate(path.read_text(encoding="utf-8").strip().split(_SEPARATOR)):
        text, marks = parse(marked.strip())
        numbers = sorted({mark.number for mark in marks})
        gold = tuple(_from_marks([mark for mark in marks if mark.number == one]) for one in numbers)
        yield Document(f"{path.stem}-{number}", path.stem.partition("-")[0], text, gold)


def _from_marks(marks: list[Mark]) -> Gold:
    def spans(letter: str) -> Spans:
        return tuple(mark.span for mark in marks if mark.kind[0] == letter and mark.span.length)

    stance = next((_KINDS[mark.kind] for mark in marks if mark.kind in _KINDS), None)
    return Gold(spans("s"), spans("c"), spans("q"), stance)
